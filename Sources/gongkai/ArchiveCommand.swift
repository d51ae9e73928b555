import Archive
import ArgumentParser
import Diagnostics
import Glibc
import Pipeline
import Release

struct ArchiveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "archive", abstract: "把一个年度封存到 archive/年度/，可以长期校验。",
    usage: "gongkai archive <year> [<content>] [选项]",
    discussion: """
      存档是 BagIt 1.0 文件夹：网页、源文件、表格、核对报告和每个文件的摘要。有错误时不存档；存档从不覆盖。
      同一年度后来公开的文档另存为补充存档（archive/2022-2/）。
      """)

  @Argument(help: "年度，如 2022。")
  var year: Int

  @OptionGroup var place: PlaceOptions
  @OptionGroup var report: ReportOptions

  @Option(help: "主题文件夹，优先于网站自己的 Themes/；应与公开时相同。")
  var theme: String?

  @Option(help: "网站的基础路径，代替 site.yaml 里的 base-path；应与公开时相同。")
  var basePath: String?

  @Option(help: "同时处理几个单位。")
  var jobs: Int?

  func validate() throws {
    try requirePositive(jobs)
    try requireYear(year)
    try requireBasePath(basePath)
  }

  func run() async throws {
    let folders = SiteFolders(content: place.contentFolder, theme: theme.map { place.resolve($0) })
    let options = BuildOptions(basePath: basePath, jobs: jobs ?? Machine.processors, strict: report.strict)
    let progress = Progress(quiet: report.quiet)
    let outcome: ArchiveOutcome
    do {
      outcome = try await archive(
        folders, ArchiveOptions(year: year, program: Gongkai.program, build: options)
      ) { progress.show($0) }
    } catch let trouble as BuildTrouble {
      progress.clear()
      throw stop(trouble)
    } catch let error as BagError {
      progress.clear()
      throw stop(error)
    }
    progress.clear()
    switch outcome {
    case .archived(let made):
      let chain = made.previous.map { "接在存档 \($0.text) 之后" } ?? "链条的第一份"
      Terminal.out(
        """
        已封存 \(folders.archive)/\(made.name.text)：\(made.disclosures) 份文档、\(made.pages) 个网页，共 \(made.files) 个文件；\(chain)。
        已豁免的问题 \(made.waived) 个，理由在 data/report/check.txt。
        校验：gongkai verify \(year)，或在存档里运行 sha512sum -c manifest-sha512.txt。

        """)
    case .unchanged(let names):
      let list = names.map { "\(folders.archive)/\($0.text)" }.joined(separator: "、")
      Terminal.out("\(year) 年已经封存在 \(list)，没有变化。\n")
    case .nothingOfYear:
      Terminal.error("gongkai: \(folders.content) 里没有 \(year) 年的公开文档\n")
      throw ExitCode(Exit.findings)
    case .refused(let result):
      let reporting = Reporting(options: report, disk: .real)
      if let data = reporting.data(of: result) {
        Terminal.out(data)
        throw ExitCode(Exit.findings)
      }
      Terminal.error(reporting.text(of: result, on: STDERR_FILENO))
      Terminal.out("没有存档：\(reporting.counts(of: result))。\n")
      throw ExitCode(Exit.findings)
    case .damaged(let findings):
      Terminal.error(Reporting.lines(of: findings, on: STDERR_FILENO))
      Terminal.out("没有存档：已有的存档损坏了，请先恢复。\n")
      throw ExitCode(Exit.findings)
    }
  }
}
