import Checks
import Diagnostics
import Reports
import Testing

@testable import Pipeline

private func page(_ report: BuildReport, _ site: FaultySite? = nil) -> String {
  HTMLReport(
    .init(siteName: report.siteName, units: report.covered, findings: report.findings, extent: "全部"),
    program: "gongkai 1.2.3", rules: RuleBook.rules
  ) { site?.lines($0, $1) }.html()
}

@Suite struct HTMLReportTests {
  @Test func `the page tells each finding with its place, its line and what to do`() async throws {
    let site = try FaultySite()
    let report = try await FaultySite.found.value
    let html = page(report, site)
    for finding in report.findings where finding.severity > .info {
      #expect(html.contains(HTMLText.escaped(finding.message)), "\(finding.message)")
      if let reason = finding.waived { #expect(html.contains(HTMLText.escaped(reason))) }
    }
    #expect(html.contains("<mark>1,273.25</mark>"))
    #expect(html.contains("改为 445.96 万元，这 3 处就都相符"))
    for unit in report.covered { #expect(html.contains(unit.name)) }
    #expect(html.contains("&lt;b&gt;") && !html.contains("<b>粗"))
  }

  @Test func `every link leads to a place on the page, and ids are there once`() async throws {
    let html = page(try await FaultySite.found.value)
    let ids = html.matches(of: /\sid="([^"]+)"/).map { String($0.1) }
    #expect(Set(ids).count == ids.count)
    let targets = html.matches(of: /href="#([^"]+)"/).map { String($0.1) }
    #expect(targets.count > 10)
    for target in targets { #expect(ids.contains(target), "\(target)") }
  }

  @Test func `the page asks nobody for anything`() async throws {
    let html = page(try await FaultySite.found.value)
    #expect(!html.contains("<script") && !html.contains("http"))
    #expect(html.matches(of: /(src|href)="([^"#][^"]*)"/).allSatisfy { $0.2 == "data:," })
    #expect(html.contains(HTMLReport.mark))
  }

  @Test func `without a finding the page says so, and holds nothing to be done`() {
    var report = BuildReport(outcome: .checked, findings: [])
    report.covered = [ReportedUnit(slug: "jyj", name: "教育局", documents: [])]
    let html = page(report)
    #expect(html.contains("没有错误，也没有警告") && !html.contains("要处理的问题") && !html.contains("规则说明"))
  }

  @Test func `of a thousand like findings the first are told and the rest counted`() {
    let subject = Subject(unit: "jyj", year: 2024, kind: "budget")
    let findings = (1...1000).map {
      Finding("sum-of-rows", at: Place(file: "a.csv", line: $0, column: 1), "第 \($0) 个", subject: subject)
    }
    let html = page(BuildReport(outcome: .checked, findings: findings))
    #expect(html.contains("第 30 个") && !html.contains("第 31 个") && html.contains("还有 970 处同类的错误"))
    #expect(html.contains("有 1000 个错误"))
  }
}

private enum HTMLText {
  static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
  }
}
