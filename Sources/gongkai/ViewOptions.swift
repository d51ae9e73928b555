import ArgumentParser
import Checks
import Diagnostics
import Files
import Pipeline
import Reports

extension Severity: ExpressibleByArgument {
  public init?(argument: String) {
    guard let found = Severity.allCases.first(where: { $0.key == argument }) else { return nil }
    self = found
  }

  // The option's own words name them, in Chinese.
  public static var allValueStrings: [String] { [] }
}

/// Which findings are listed, and the report for those who do not sit at the terminal.
struct ViewOptions: ParsableArguments {
  @Option(help: ArgumentHelp("只列出这些规则的问题，几个用逗号分开，如 sum-of-rows,law-violated。", valueName: "ids"))
  var only: [String] = []

  @Option(help: ArgumentHelp("不列出这些规则的问题，几个用逗号分开。", valueName: "ids"))
  var skip: [String] = []

  @Option(help: ArgumentHelp("只列出这样严重和更严重的。可选 error、warning、info。", valueName: "severity"))
  var minSeverity: Severity?

  @Option(
    name: .customLong("report"),
    help: ArgumentHelp("另写一份给人看的报告网页（一个 .html 文件，可以直接打开、打印）。", valueName: "file"))
  var reportFile: String?

  func validate() throws {
    for id in ids(only) + ids(skip) where RuleBook.rule(id) == nil {
      let advice = RuleBook.nearest(to: id).map { "；是否想写 \($0)？" } ?? "；运行 gongkai explain 列出全部规则"
      throw ValidationError("没有规则“\(id)”\(advice)")
    }
    if let reportFile, !reportFile.hasSuffix(".html"), !reportFile.hasSuffix(".htm") {
      throw ValidationError("“--report”后面写一个 .html 文件，这里是“\(reportFile)”")
    }
  }

  private func ids(_ lists: [String]) -> [String] {
    lists.flatMap { $0.split { $0 == "," || $0 == "，" || $0.isWhitespace }.map(String.init) }
  }

  var isWhole: Bool { only.isEmpty && skip.isEmpty && minSeverity == nil }

  /// The report with only the findings that are to be listed.
  func view(of report: BuildReport) -> BuildReport {
    guard !isWhole else { return report }
    let (wanted, unwanted) = (Set(ids(only)), Set(ids(skip)))
    var view = report
    view.findings = report.findings.filter { finding in
      (wanted.isEmpty || wanted.contains(finding.id)) && !unwanted.contains(finding.id)
        && finding.severity >= (minSeverity ?? .info)
    }
    return view
  }

  /// 另有 3 个问题没有列出（--min-severity error）; nil where all are listed.
  func rest(of report: BuildReport) -> String? {
    let hidden = report.findings.count - view(of: report).findings.count
    guard hidden > 0 else { return nil }
    var words: [String] = []
    if !only.isEmpty { words.append("--only " + ids(only).joined(separator: ",")) }
    if !skip.isEmpty { words.append("--skip " + ids(skip).joined(separator: ",")) }
    if let minSeverity { words.append("--min-severity " + minSeverity.key) }
    return "另有 \(hidden) 个问题没有列出（\(words.joined(separator: " "))）。"
  }

  /// Writes the report page, where one was asked for.
  ///
  /// - Throws: `BuildTrouble` where it cannot be written, or where something else is in its place.
  func writePage(
    of report: BuildReport, at place: PlaceOptions, showingInfos: Bool, on disk: Disk
  ) throws(BuildTrouble) {
    guard let reportFile else { return }
    let path = place.resolve(reportFile)
    let source = SourceLines(disk)
    let lines = TextReport.masking({ source.line($0, $1) }, report.findings)
    let shown = view(of: report)
    let extent =
      "\(report.units) 个单位、\(report.disclosures) 份文档、\(report.tables) 张表、\(report.figures) 个数字"
    let page = HTMLReport(
      .init(
        siteName: report.siteName, units: report.covered, findings: shown.findings, extent: extent,
        selection: rest(of: report), showsInfos: showingInfos), program: Gongkai.program,
      rules: RuleBook.rules
    ) { lines($0, $1) }
    let isWritten: Bool
    do throws(DiskError) {
      isWritten = try replaceOwnFile(path, with: Array(page.html().utf8), mark: HTMLReport.mark)
    } catch {
      throw BuildTrouble("写不了报告 \(path)：\(error.message)")
    }
    if !isWritten { throw BuildTrouble("\(path) 已经有了，又不是 gongkai 写的报告，没有动它；换一个文件名，或先移走它") }
  }
}
