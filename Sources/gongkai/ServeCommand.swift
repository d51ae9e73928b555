import ArgumentParser
import Diagnostics
import Files
import Glibc
import Pipeline
import Preview

struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "在本机预览：改动一保存，打开的网页就跟着变，问题显示在数字旁边。",
    usage: "gongkai serve [<content>] [选项]",
    discussion: """
      只有本机能打开。不写 public/；去掉预览加上的一层，网页与 build 写出的逐字节相同（网址后加 ?plain 可见）。
      Ctrl-C 结束，退出码 0。
      """)

  @OptionGroup var place: PlaceOptions

  @Option(help: "端口；被占用时改用下一个空着的，0 由系统挑选。")
  var port: UInt16 = 8000

  @OptionGroup var making: MakingOptions

  func run() async throws {
    endAtOnce()
    let folders = making.folders(place)
    let site = LiveSite(folders, making.build(), on: .real)
    do {
      try requireContent(folders, on: .real)
    } catch let trouble as BuildTrouble {
      throw stop(trouble)
    }
    do {
      try await preview(PreviewedSite(site), watching: site.sources, port: port) { event in
        switch event {
        case .listening(let port, let wanted): Terminal.out(welcome(port, wanted))
        case .refreshed(let refresh): Terminal.out(line(for: refresh))
        case .trouble(let message): Terminal.error("gongkai: \(message)\n")
        }
      }
    } catch {
      Terminal.error("gongkai: \(error.message)\n")
      throw ExitCode(Exit.trouble)
    }
  }
}

/// Ctrl-C and SIGTERM end the program there and then: it has nothing to tidy up.
private func endAtOnce() {
  for number in [SIGINT, SIGTERM] { signal(number) { _ in _exit(0) } }
}

private func welcome(_ port: UInt16, _ wanted: UInt16) -> String {
  let moved = port == wanted ? "" : "\(wanted) 端口被占用，改用 \(port)。\n"
  return "\(moved)预览：http://127.0.0.1:\(port)/\n改动一保存，网页就跟着变；Ctrl-C 结束。\n"
}

/// 收支总表.csv：更新 3 页，42 毫秒；错误 1 个，警告 0 个.
private func line(for refresh: PreviewRefresh) -> String {
  let open = refresh.findings.filter { $0.waived == nil }
  let counts = "错误 \(open.count { $0.severity == .error }) 个，警告 \(open.count { $0.severity == .warning }) 个"
  let pages = refresh.pages == 0 ? "网页没有变化" : "更新 \(refresh.pages) 页"
  let milliseconds = Int((refresh.duration / .milliseconds(1)).rounded())
  return "\(words(for: refresh.changes))：\(pages)，\(milliseconds) 毫秒；\(counts)\n"
}

private func words(for changes: FolderChanges) -> String {
  guard case .paths(let paths) = changes else { return "许多文件" }
  // What is there now says more than the traces of how it was saved.
  let present = paths.filter { access($0, F_OK) == 0 }
  let sorted = (present.isEmpty ? paths : present).sorted { Path.precedes($0, $1) }
  guard sorted.count > 3 else { return sorted.joined(separator: "、") }
  return "\(sorted[0]) 等 \(sorted.count) 个文件"
}
