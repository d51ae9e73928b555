import Diagnostics
import Forms
import Parsing
import Testing

@testable import Content

private let form = SourceText(
  file: "content/forms/own/debts.yaml",
  text: """
    id: debts
    title: 债务表
    unit: 万元
    columns:
      - 债务名称
      - {title: 期初, type: amount}
      - {title: 举借, type: amount}
      - {title: 偿还, type: amount}
      - {title: 期末, type: amount}
    rows: [{free: lines}]
    empty: 无

    """)

/// What is told of a table of that name with another header, and what is published.
private func bound(_ csv: String, isRequired: Bool) throws -> (findings: [Finding], tables: [Content.Table]) {
  let set = SourceText(
    file: "content/forms/own/set.yaml",
    text: "id: own\ntitle: 套\nkind: budget\nforms: [{form: debts, required: \(isRequired)}]\n")
  let library = FormLibrary(own: [form, set])
  var findings = library.findings
  let files = [
    ("unit.yaml", "name: 单位\n"),
    ("2025/budget/disclosure.yaml", "form-set: own\npublished: 2025-02-01 09:00\n"),
    ("2025/budget/债务表.csv", csv),
  ]
  let parsed = parse(
    UnitFiles(
      slug: "unit", folder: "content/unit",
      files: files.map { .init(path: $0.0, bytes: Array($0.1.utf8), size: $0.1.utf8.count) }),
    findings: &findings)
  let unit = bind(parsed, to: library, findings: &findings)
  return (findings, unit?.disclosures.first?.tables ?? [])
}

private let foreign = "债券,发行日期,利率,面值,到期\n甲,2020-01-01,3%,100,2030\n"

@Suite struct ForeignHeaderTests {
  @Test func `a table that only has the name of an optional form is published as it stands`() throws {
    let (findings, tables) = try bound(foreign, isRequired: false)
    #expect(findings.map(\.id) == ["unknown-table"])
    let finding = try #require(findings.first)
    #expect(finding.severity == .warning && finding.message.contains("与表样“债务表”同名"))
    #expect(
      finding.hint?.contains("gongkai forms draft") == true && finding.hint?.contains("债务名称、期初") == true)
    #expect(tables.count == 1 && tables[0].form.isAsWritten)
    #expect(tables[0].panels[0].rows[0].cells.map(\.text) == ["甲", "2020-01-01", "3%", "100", "2030"])
  }

  @Test func `for a form that is required the header is one error`() throws {
    let (findings, tables) = try bound(foreign, isRequired: true)
    #expect(findings.map(\.id) == ["csv-header-differs"])
    #expect(findings.first?.severity == .error && findings.first?.place.line == 1)
    #expect(findings.first?.hint?.contains("gongkai forms draft") == true)
    #expect(tables.isEmpty)
  }

  @Test(arguments: [true, false])
  func `a header that has some of the form's columns is told column by column`(_ isRequired: Bool) throws {
    let (findings, tables) = try bound("债务名称,期初,借,还,末\n甲,1,2,3,0\n", isRequired: isRequired)
    #expect(
      findings.map(\.id)
        == Array(repeating: "csv-missing-column", count: 3) + Array(repeating: "csv-unknown-column", count: 3)
    )
    #expect(tables.isEmpty)
  }
}
