import Content
import Diagnostics
import Forms
import Parsing
import Testing

@testable import Checks

private let basic = """
  id: basic
  title: 基本表
  unit: 万元
  states: {flow: 支出, nature: 基本}
  columns: [{id: item, title: 项目}, {id: amount, title: 支出, type: amount}]
  rows: [{title: 基本支出}]
  empty: 本表无发生额。
  """

/// All that is said of two tables: 支出合计, 基本支出 and 项目支出, and 基本支出 once more.
private func findings(_ total: String, _ first: String, _ second: String, again: String) throws -> [Finding] {
  let set = "id: s\ntitle: 套\nkind: budget\nforms: [{form: natures}, {form: basic}]\n"
  let library = FormLibrary(own: [
    SourceText(file: "content/forms/s/natures.yaml", text: exampleNatures.text),
    SourceText(file: "content/forms/s/basic.yaml", text: basic),
    SourceText(file: "content/forms/s/set.yaml", text: set),
  ])
  var found = library.findings
  let files = [
    ("unit.yaml", "name: 县局\n"),
    ("2022/budget/disclosure.yaml", "form-set: s\npublished: 2022-02-01 09:00\n"),
    ("2022/budget/性质表.csv", "项目,支出\n支出合计,\(total)\n基本支出,\(first)\n项目支出,\(second)\n"),
    ("2022/budget/基本表.csv", "项目,支出\n基本支出,\(again)\n"),
  ].map { UnitFiles.File(path: $0.0, bytes: Array($0.1.utf8), size: 0) }
  let parsed = parse(UnitFiles(slug: "xian", folder: "content/xian", files: files), findings: &found)
  let unit = try #require(bind(parsed, to: library, findings: &found))
  return check(unit, with: library.facts, siteWaivers: [], earlier: found).filter { $0.severity > .info }
}

@Suite struct SecondPrintingTests {
  @Test func `of a sum the figure that another table prints otherwise is named first`() throws {
    let found = try findings("10.00", "6.50", "4.00", again: "6.00")
    #expect(found.map(\.id) == ["sum-of-rows"], "\(found.map(\.message))")
    let note = try #require(found.first?.notes.first)
    #expect(note.message.contains("基本支出、支出写的是 6.50 万元") && note.message.contains("6.00 万元"))
    #expect(note.place?.file == "content/xian/2022/budget/性质表.csv" && note.place?.line == 3)
  }

  @Test func `of a sum nobody is accused where the other table says the same, or something else again`()
    throws
  {
    for again in ["6.50", "5.00"] {
      let found = try findings("10.00", "6.50", "4.00", again: again)
      #expect(!found.isEmpty)
      #expect(
        found.allSatisfy { finding in !finding.notes.contains { $0.message.hasPrefix("多半") } }, "\(again)")
    }
  }

  @Test func `tables that agree say nothing`() throws {
    #expect(try findings("10.00", "6.00", "4.00", again: "6.00") == [])
  }
}
