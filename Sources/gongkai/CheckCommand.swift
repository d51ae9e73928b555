import ArgumentParser
import Diagnostics
import Files
import Glibc
import Pipeline

struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "核对 content/，不写任何文件。", usage: "gongkai check [<content>] [选项]",
    discussion: "与 build 走同样的步骤，直到网页检查为止。")

  @OptionGroup var place: PlaceOptions
  @OptionGroup var report: ReportOptions

  @Option(help: "只看一个单位（content/ 下的文件夹名）。")
  var unit: String?

  @Option(help: "主题文件夹，优先于网站自己的 Themes/。")
  var theme: String?

  @Option(help: "同时处理几个单位。")
  var jobs: Int?

  func validate() throws { try requirePositive(jobs) }

  func run() async throws {
    let folders = SiteFolders(content: place.contentFolder, theme: theme.map { place.resolve($0) })
    let options = BuildOptions(
      jobs: jobs ?? Machine.processors, strict: report.strict, unit: unit,
      listsTies: report.verbose && report.format == .text)
    let progress = Progress(quiet: report.quiet)
    let result: BuildReport
    do {
      result = try await Pipeline.check(folders, options, on: .real) { progress.show($0) }
    } catch let trouble as BuildTrouble {
      progress.clear()
      throw stop(trouble)
    }
    progress.clear()
    let reporting = Reporting(options: report, disk: .real)
    if report.format == .json {
      Terminal.out(reporting.json(of: result))
    } else {
      let text = reporting.text(of: result, on: STDOUT_FILENO)
      Terminal.out(text.isEmpty ? "" : text + "\n")
      if report.verbose { Terminal.out(reporting.ties(of: result)) }
      if report.verbose { Terminal.error(reporting.times(of: result, whole: progress.elapsed)) }
      let content = "\(result.units) 个单位、\(result.disclosures) 份文档、\(result.tables) 张表、\(result.figures) 个数字"
      if !report.quiet { Terminal.out("核对了 \(content)：\(reporting.counts(of: result))。\n") }
    }
    let code = reporting.exitCode(of: result)
    if code != .success { throw code }
  }
}
