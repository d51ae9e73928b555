import ArgumentParser
import Diagnostics
import Files
import Glibc
import Pipeline

struct BuildCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build", abstract: "核对 content/ 并生成网页到 public/。",
    usage: "gongkai build [<content>] [选项]",
    discussion: """
      有错误时原来的 public/ 保持不变；没有错误时新网页一步换上。
      --only、--skip、--min-severity 只管列出哪些问题，不管能不能公开：没有列出的错误照样阻止公开。
      """)

  @OptionGroup var place: PlaceOptions
  @OptionGroup var report: ReportOptions
  @OptionGroup var view: ViewOptions

  @Option(name: .shortAndLong, help: "网页写到哪个文件夹（默认在 content/ 旁边的 public）。")
  var output: String?

  @OptionGroup var making: MakingOptions

  @Flag(help: "有错误的文档不公开，列为空缺，其余照常公开（退出码仍为 1）。")
  var hold = false

  func run() async throws {
    let folders = making.folders(place, output: output.map { place.resolve($0) })
    let options = making.build(hold: hold, strict: report.strict)
    let progress = Progress(quiet: report.quiet)
    let result: BuildReport
    do {
      result = try await build(folders, options, on: .real) { progress.show($0) }
    } catch let trouble as BuildTrouble {
      progress.clear()
      throw stop(trouble)
    }
    progress.clear()
    let reporting = Reporting(options: report, disk: .real)
    if let data = reporting.data(of: view.view(of: result)) {
      Terminal.out(data)
    } else {
      Terminal.error(reporting.text(of: view.view(of: result), on: STDERR_FILENO))
      if !report.quiet, let rest = view.rest(of: result) { Terminal.error(rest + "\n") }
      if report.verbose { Terminal.error(reporting.times(of: result, whole: progress.elapsed)) }
      if !report.quiet { Terminal.out(summary(result, folders, reporting)) }
    }
    do throws(BuildTrouble) {
      try view.writePage(of: result, at: place, showingInfos: report.verbose, on: .real)
    } catch {
      throw stop(error)
    }
    if result.held.isEmpty == false || reporting.exitCode(of: result) != .success {
      throw ExitCode(Exit.findings)
    }
  }

  private func summary(_ result: BuildReport, _ folders: SiteFolders, _ reporting: Reporting) -> String {
    let content = "\(result.units) 个单位、\(result.disclosures) 份文档、\(result.tables) 张表、\(result.figures) 个数字"
    guard result.outcome == .published else {
      let strictly = result.count(.error) == 0 ? "（--strict：警告也算错误）" : ""
      return "没有生成网页：\(reporting.counts(of: result))\(strictly)。\(folders.output)/ 保持原样。\n按上面的提示改正后再运行一次。\n"
    }
    var text = "已公开 \(result.pages) 个网页：\(content)。\n"
    text += "核对结果：\(reporting.counts(of: result))。\n"
    if !result.held.isEmpty { text += "有错误而暂不公开：\(result.held.joined(separator: "、"))。\n" }
    text +=
      "网页在 \(folders.output)/（新写 \(result.written) 个文件，\(result.carriedOver) 个没有变化）；用浏览器打开 \(folders.output)/index.html 查看。\n"
    return text
  }
}
