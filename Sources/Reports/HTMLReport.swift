import Diagnostics
import HTML

/// A report that a supervisor opens from disk: one file without scripts, to be read on a screen or printed.
///
/// It holds the counts, every unit with the state of its disclosures, what is to be done in each, the waivers with
/// their reasons, and what each rule that was broken is for.
public struct HTMLReport {
  /// What the report is about.
  public struct Contents: Sendable {
    /// The name of the site; nil where its settings cannot be read.
    public var siteName: String?
    public var units: [ReportedUnit]
    public var findings: [Finding]
    /// What was looked at: 5 个单位、13 份文档、80 张表、4000 个数字.
    public var extent: String
    /// What of the findings is shown, where not all are.
    public var selection: String?
    /// Whether what is only worth knowing, such as 尾差, is told one by one too; it is counted in any case.
    public var showsInfos: Bool

    public init(
      siteName: String?, units: [ReportedUnit], findings: [Finding], extent: String, selection: String? = nil,
      showsInfos: Bool = false
    ) {
      self.siteName = siteName
      self.units = units
      self.findings = findings
      self.extent = extent
      self.selection = selection
      self.showsInfos = showsInfos
    }
  }

  let contents: Contents
  /// Name and version of the program.
  let program: String
  let rules: [String: FindingRule]
  let lines: TextReport.LineSource
  let open: [FindingGroup]
  let waived: [FindingGroup]
  /// By subject; a page has each only once.
  let anchors: [String: String]

  /// What tells a report from other files, so that only a report is written over.
  public static let mark = "<meta name=\"generator\" content=\"gongkai report\">"

  /// Of so many findings of one rule in one disclosure the rest are counted.
  static let limit = 30
  static let notesShown = 12

  public init(
    _ contents: Contents, program: String, rules: [FindingRule], lines: @escaping TextReport.LineSource
  ) {
    self.contents = contents
    self.program = program
    self.rules = Dictionary(rules.map { ($0.id, $0) }) { first, _ in first }
    self.lines = lines
    open = contents.findings.filter { $0.waived == nil && (contents.showsInfos || $0.severity > .info) }
      .grouped(under: contents.units)
    waived = contents.findings.filter { $0.waived != nil }.grouped(under: contents.units)
    var anchors: [String: String] = [:]
    for (index, group) in open.enumerated() { anchors[group.key] = "findings-\(index + 1)" }
    self.anchors = anchors
  }

  public func html() -> String {
    var html = HTMLWriter()
    html.raw("<!DOCTYPE html>\n<html lang=\"zh-Hans\">\n<head>\n<meta charset=\"utf-8\">\n")
    html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
    html.raw(Self.mark + "\n<link rel=\"icon\" href=\"data:,\">\n")
    html.element("title", text: title)
    html.raw("\n<style>\n\(Self.style)</style>\n</head>\n<body>\n")
    html.raw("<a class=\"skip\" href=\"#main\">跳到正文</a>\n<header class=\"site-header\"><div class=\"frame\">")
    html.element("p", [("class", "site-name")], text: contents.siteName ?? "核对报告")
    html.raw("</div></header>\n<main id=\"main\" tabindex=\"-1\" class=\"frame\">\n")
    html.element("h1", text: "核对报告")
    html.raw("\n")
    writeSummary(to: &html)
    writeStates(to: &html)
    writeFindings(to: &html)
    writeWaivers(to: &html)
    writeRules(to: &html)
    html.raw("</main>\n<footer class=\"site-footer\"><div class=\"frame\">")
    html.element("p", text: "由 \(program) 核对并生成。")
    html.raw("</div></footer>\n</body>\n</html>\n")
    return html.string
  }

  private var title: String { contents.siteName.map { "核对报告 - \($0)" } ?? "核对报告" }

  private static let style = embeddedStyle.map(\.text).joined()

  func count(_ severity: Severity) -> Int {
    contents.findings.count { $0.waived == nil && $0.severity == severity }
  }

  // MARK: Summary

  private func writeSummary(to html: inout HTMLWriter) {
    let (errors, warnings, infos) = (count(.error), count(.warning), count(.info))
    let verdict =
      errors > 0
      ? "有 \(errors) 个错误。改正或写明理由豁免以前，有错误的内容不能公开。"
      : warnings > 0 ? "没有错误。有 \(warnings) 个警告，多半有误，公开以前请核对。" : "没有错误，也没有警告。"
    html.element("p", [("class", errors > 0 ? "verdict refused" : "verdict")], text: verdict)
    html.raw("\n<dl class=\"counts\">")
    let waivers = waived.reduce(0) { $0 + $1.findings.count }
    for (name, number) in [("错误", errors), ("警告", warnings), ("提示", infos), ("已豁免", waivers)] {
      html.raw("<div class=\"count\">")
      html.element("dt", text: name)
      html.element("dd", text: String(number))
      html.raw("</div>")
    }
    html.raw("</dl>\n")
    html.element("p", text: "核对了 \(contents.extent)。")
    if let selection = contents.selection { html.element("p", text: selection) }
    html.raw("\n")
  }

  // MARK: Rules

  /// What each rule that is named above is for.
  private func writeRules(to html: inout HTMLWriter) {
    let used = Set((open + waived).flatMap(\.findings).flatMap { [$0.id] + $0.notes.compactMap(\.id) })
    let explained = used.sorted().compactMap { rules[$0] }
    guard !explained.isEmpty else { return }
    html.raw("<section>\n<h2 id=\"rules\">规则说明</h2>\n<dl class=\"rules\">\n")
    for rule in explained {
      html.raw("<div>")
      html.raw("<dt")
      html.attribute("id", "rule-" + rule.id)
      html.raw(">")
      html.text(rule.title)
      html.raw(" ")
      html.element("code", text: rule.id)
      html.raw("</dt>")
      html.element("dd", text: rule.advice.isEmpty ? rule.why : "\(rule.why)\(rule.advice)")
      html.raw("</div>\n")
    }
    html.raw("</dl>\n</section>\n")
  }
}

extension FindingGroup {
  /// What tells the group apart from others.
  var key: String { "\(unit ?? "")/\(document.map { "\($0.year)/\($0.kind)" } ?? "")" }
}
