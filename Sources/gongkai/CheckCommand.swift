import ArgumentParser
import Diagnostics
import Files
import Glibc
import Pipeline

struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "核对 content/，不写任何文件。", usage: "gongkai check [<content>] [选项]",
    discussion: """
      与 build 走同样的步骤，直到网页检查为止。
      只列出一部分时（--only、--skip、--min-severity、--unit），退出码也只看列出的。
      """)

  @OptionGroup var place: PlaceOptions
  @OptionGroup var report: ReportOptions
  @OptionGroup var view: ViewOptions

  @Option(help: "只看一个单位（content/ 下的文件夹名）。")
  var unit: String?

  @Option(help: "主题文件夹，优先于网站自己的 Themes/。")
  var theme: String?

  @Option(help: "同时处理几个单位。")
  var jobs: Int?

  @OptionGroup var day: DayOptions

  func validate() throws { try requirePositive(jobs) }

  func run() async throws {
    let folders = SiteFolders(content: place.contentFolder, theme: theme.map { place.resolve($0) })
    let options = BuildOptions(
      jobs: jobs ?? Machine.processors, strict: report.strict, unit: unit, today: day.today,
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
    let listed = view.view(of: result)
    if let data = reporting.data(of: listed) {
      Terminal.out(data)
    } else {
      let text = reporting.text(of: listed, on: STDOUT_FILENO)
      Terminal.out(text.isEmpty ? "" : text + "\n")
      if report.verbose { Terminal.out(reporting.ties(of: result)) }
      if report.verbose { Terminal.error(reporting.times(of: result, whole: progress.elapsed)) }
      let content = "\(result.units) 个单位、\(result.disclosures) 份文档、\(result.tables) 张表、\(result.figures) 个数字"
      if !report.quiet {
        Terminal.out(
          "核对了 \(content)：\(reporting.counts(of: listed))。\n\(view.rest(of: result).map { $0 + "\n" } ?? "")")
      }
    }
    do throws(BuildTrouble) {
      try view.writePage(of: result, at: place, showingInfos: report.verbose, on: .real)
    } catch {
      throw stop(error)
    }
    let code = reporting.exitCode(of: listed)
    if code != .success { throw code }
  }
}
