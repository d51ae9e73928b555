import Archive
import ArgumentParser
import Diagnostics
import Glibc
import Pipeline
import Release

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "校验存档：摘要、缺少和多出的文件、各年度之间的链条。",
    usage: "gongkai verify [<years> ...] [选项]",
    discussion: "写明年度时，连同链条上在它之前的各份一起校验；不写则校验 archive/ 里的全部存档。任何一处与封存时不同，都指名报告，退出码 1。")

  @Argument(help: "年度，如 2022；不写则全部。")
  var years: [Int] = []

  @Option(name: .customShort("C"), help: ArgumentHelp("先进入这个文件夹。", valueName: "dir"))
  var directory: String?

  @Flag(help: "只用存档里的源文件重新生成网页，逐字节比较。")
  var rebuild = false

  @Option(help: "问题的格式。")
  var format: ReportFormat = .text

  func validate() throws {
    for year in years { try requireYear(year) }
  }

  func run() throws {
    let folders = SiteFolders(content: PlaceOptions.resolve("content", in: directory))
    let progress = Progress()
    let report: VerifyReport
    do {
      report = try verifyYears(years, in: folders, rebuilding: rebuild, program: Gongkai.program) {
        progress.show($0)
      }
    } catch let trouble as BuildTrouble {
      throw stop(trouble)
    } catch let error as BagError {
      throw stop(error)
    }
    progress.clear()
    let isGood = report.findings.isEmpty
    if let data = Reporting.data(of: report.findings, as: format) {
      Terminal.out(data)
    } else {
      Terminal.error(Reporting.lines(of: report.findings, on: STDERR_FILENO))
      let names = report.bags.map(\.text).joined(separator: "、")
      if report.bags.isEmpty, isGood {
        Terminal.out("\(folders.archive)/ 里还没有存档。\n")
      } else if isGood {
        let rebuilt = rebuild ? "，由源文件重新生成的网页逐字节相同" : ""
        Terminal.out("存档 \(names) 完好：\(report.files) 个文件与封存时一致，链条完整\(rebuilt)。\n")
      } else {
        Terminal.out("存档有 \(report.findings.count) 处与封存时不同。\n")
      }
    }
    if !isGood { throw ExitCode(Exit.findings) }
  }
}

/// Refuses what is no year of the calendar.
func requireYear(_ year: Int) throws {
  guard (1990...2100).contains(year) else { throw ValidationError("年度应在 1990 到 2100 之间，这里是“\(year)”") }
}
