import Content
import Diagnostics
import Forms
import Parsing
import Testing

@testable import Checks

private let form = """
  id: funds
  title: 经费
  unit: 万元
  columns:
    - {id: item, title: 项目}
    - {id: total, title: 合计, type: amount, adds: [basic, project]}
    - {id: basic, title: 基本支出, type: amount}
    - {id: project, title: 项目支出, type: amount}
  rows:
    - id: total
      title: 总计
      rows:
        - {id: first, title: 甲, rows: [{title: 甲一}, {title: 甲二}]}
        - {title: 乙}
  empty: 本表无发生额。
  """

/// All that is said of a unit whose one table has these lines; `waivers` go into `disclosure.yaml`.
private func findings(_ rows: [String], waivers: String = "") throws -> [Finding] {
  let set = "id: s\ntitle: 套\nkind: budget\nforms: [{form: funds}]\n"
  let library = FormLibrary(own: [
    SourceText(file: "content/forms/s/funds.yaml", text: form),
    SourceText(file: "content/forms/s/set.yaml", text: set),
  ])
  var found = library.findings
  let files = [
    ("unit.yaml", "name: 县局\n"),
    ("2022/budget/disclosure.yaml", "form-set: s\npublished: 2022-02-01 09:00\n" + waivers),
    ("2022/budget/经费.csv", "项目,合计,基本支出,项目支出\n" + rows.joined(separator: "\n") + "\n"),
  ].map { UnitFiles.File(path: $0.0, bytes: Array($0.1.utf8), size: 0) }
  let parsed = parse(UnitFiles(slug: "xian", folder: "content/xian", files: files), findings: &found)
  let unit = try #require(bind(parsed, to: library, findings: &found))
  return check(unit, with: library.facts, siteWaivers: [], earlier: found).filter { $0.severity > .info }
}

private let right = [
  "总计,100.00,60.00,40.00", "甲,70.00,40.00,30.00", "甲一,30.00,20.00,10.00", "甲二,40.00,20.00,20.00",
  "乙,30.00,20.00,10.00",
]

private func changed(_ line: Int, _ text: String) -> [String] {
  var rows = right
  rows[line] = text
  return rows
}

@Suite struct OneCauseTests {
  @Test func `a table that is right says nothing`() throws {
    #expect(try findings(right) == [])
  }

  @Test(arguments: [
    // A total down, the sum it is part of, and the sum across.
    (1, "甲,70.00,49.00,30.00", "3:9", "甲、基本支出写的是 49.00 万元，改为 40.00 万元", 3),
    // A figure of the lowest rows: its column and its row.
    (2, "甲一,30.00,29.00,10.00", "3:9", "甲一、基本支出写的是 29.00 万元，改为 20.00 万元", 2),
    // The corner.
    (0, "总计,109.00,60.00,40.00", "2:4", "总计、合计写的是 109.00 万元，改为 100.00 万元", 2),
  ])
  func `a wrong figure is one finding that names the figure and the other places`(
    _ line: Int, _ text: String, _ place: String, _ remedy: String, _ count: Int
  ) throws {
    let found = try findings(changed(line, text))
    #expect(found.count == 1, "\(found.map(\.message))")
    let finding = try #require(found.first)
    #expect("\(finding.place.line):\(finding.place.column)" == place)
    let cause = try #require(finding.notes.first)
    #expect(cause.message.contains(remedy) && cause.message.contains("这 \(count) 处就都相符"), "\(cause.message)")
    #expect(cause.place?.line == line + 2)
    #expect(finding.notes.count { $0.id != nil } == count - 1)
  }

  @Test func `two wrong figures are two findings`() throws {
    var rows = changed(2, "甲一,30.00,29.00,10.00")
    rows[4] = "乙,30.00,20.00,14.00"
    let found = try findings(rows)
    #expect(found.count == 2, "\(found.map(\.message))")
    #expect(found.allSatisfy { $0.notes.contains { $0.message.hasPrefix("多半只错了这一格") } })
  }

  @Test func `what no single figure explains is left apart`() throws {
    // One row is too large by 9, another column by 4: each sum has a figure of its own that is wrong.
    let found = try findings([
      "总计,100.00,60.00,40.00", "甲,70.00,40.00,30.00", "甲一,39.00,20.00,10.00", "甲二,40.00,20.00,20.00",
      "乙,30.00,24.00,10.00",
    ])
    #expect(found.count > 1)
    #expect(
      found.contains { finding in !finding.notes.contains { $0.message.hasPrefix("多半") } } || found.count == 2
    )
  }

  @Test func `one sum alone accuses nobody`() throws {
    let found = try findings([
      "总计,,60.00,40.00", "甲,,40.00,30.00", "甲一,,20.00,10.00", "甲二,,20.00,20.00", "乙,,29.00,10.00",
    ])
    let sums = found.filter { $0.id == "sum-of-rows" }
    #expect(sums.count == 1)
    #expect(sums.allSatisfy { finding in !finding.notes.contains { $0.message.hasPrefix("多半") } })
  }

  @Test func `a finding that is waived stays by itself`() throws {
    let waiver =
      "waivers: [{check: sum-of-columns, table: 经费, row: 甲一, column: 合计, reason: 原文如此}]\n"
    let found = try findings(changed(2, "甲一,30.00,29.00,10.00"), waivers: waiver)
    #expect(found.map(\.id).sorted() == ["sum-of-columns", "sum-of-rows"])
    #expect(found.filter { $0.waived != nil }.map(\.id) == ["sum-of-columns"])
  }
}

@Suite struct ManyFiguresTests {
  @Test func `a fact with very many figures is one finding with a few places`() throws {
    let form = """
      id: same
      title: 同一事实
      unit: 万元
      states: {flow: 支出}
      columns: [{id: item, title: 项目}, {id: a, title: 金额, type: amount, states: {nature: 基本}}]
      rows: [{free: lines, states: {item: 三公}}]
      """
    let rows = (1...3000).map { "第\($0)行,\($0).00" }.joined(separator: "\n")
    let example = Check.Example.passes(("forms/same.yaml", form), ("同一事实.csv", "项目,金额\n\(rows)\n"))
    let clock = ContinuousClock()
    var found: [Finding] = []
    let time = try clock.measure { found = try ExampleDisclosure(example).findings }
    let same = found.filter { $0.id == "same-fact-two-figures" }
    #expect(same.count == 1)
    #expect(same.first?.notes.count == 11 && same.first?.notes.last?.message == "等 2999 处")
    #expect(time < .seconds(30))
  }
}
