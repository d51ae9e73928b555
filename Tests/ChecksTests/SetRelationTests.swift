import Content
import Diagnostics
import Forms
import Parsing
import Testing

@testable import Checks

private let forms = [
  (
    "summary",
    "id: summary\ntitle: 总表\nunit: 万元\ncolumns: [项目, {id: amount, title: 金额, type: amount}]\nrows: [{id: income, title: 收入总计}, {id: lines, free: x}]\nempty: 无\n"
  ),
  (
    "details",
    "id: details\ntitle: 明细\nunit: 元\ncolumns: [项目, {id: prior, title: 上年数, type: amount}, {id: amount, title: 金额, type: amount}]\nrows: [{id: lines, free: x}, {id: total, title: 合计, adds: lines}]\nempty: 无\n"
  ),
]

/// What is found in the years of a unit whose set has one relation.
private func findings(_ relation: String, _ files: [(String, String)], key: String = "") throws -> [Finding] {
  var own = forms.map { SourceText(file: "content/forms/s/\($0.0).yaml", text: $0.1) }
  let figures = key.isEmpty ? "" : "key-figures: [{title: 数, formula: \"\(key)\"}]\n"
  own.append(
    SourceText(
      file: "content/forms/s/set.yaml",
      text:
        "id: s\ntitle: 套\nkind: budget\nforms: [{form: summary, required: false}, {form: details, required: false}]\n"
        + figures + (relation.isEmpty ? "" : "relations: [\"\(relation)\"]\n")))
  let library = FormLibrary(own: own)
  var found = library.findings
  let years = Set(files.map { $0.0.prefix(4) }).sorted()
  let texts =
    [("unit.yaml", "name: 县局\n")]
    + years.map { ("\($0)/budget/disclosure.yaml", "form-set: s\npublished: \($0)-02-01 09:00\n") }
    + files.map { ("\($0.0.prefix(4))/budget/\($0.0.dropFirst(5))", $0.1) }
  let parsed = parse(
    UnitFiles(
      slug: "xian", folder: "content/xian",
      files: texts.map { UnitFiles.File(path: $0.0, bytes: Array($0.1.utf8), size: 0) }), findings: &found)
  let unit = try #require(bind(parsed, to: library, findings: &found))
  for disclosure in unit.disclosures { found += check([disclosure], with: library.facts) }
  return found.filter { $0.severity > .info }
}

private let summary = ("2022/总表.csv", "项目,金额\n收入总计,10.00\n甲,4.00\n乙,6.00\n")
private let details = (
  "2022/明细.csv", "项目,上年数,金额\n甲,30000.00,40000.00\n乙,50000.00,60000.00\n合计,80000.00,100000.00\n"
)
private let before = ("2021/明细.csv", "项目,上年数,金额\n甲,,30000.00\n乙,,50100.00\n合计,,80100.00\n")

@Suite struct SetRelationTests {
  @Test(arguments: [
    "总表[收入总计] = 明细[合计, 金额]", "总表[income] = sum(明细[lines, amount])", "sum(总表[lines, 金额]) = 明细[合计, 金额]",
    "明细[合计, 上年数] <= 总表[收入总计]", "总表[收入总计] - 总表[甲] = 明细[乙, 金额]",
    "明细[甲, 金额] / 明细[合计, 金额] = 40%",
  ])
  func `a relation between tables that holds is silent`(_ relation: String) throws {
    #expect(try findings(relation, [summary, details]).map(\.message) == [])
  }

  @Test func `a relation between tables that does not hold is an error that names both places`() throws {
    let found = try findings("总表[income] = sum(明细[lines, 上年数])", [summary, details])
    #expect(found.map(\.id) == ["relation-violated"] && found.first?.severity == .error)
    let finding = try #require(found.first)
    #expect(finding.message == "总表[收入总计] 10.00 万元，sum(明细[lines, 上年数]) 80,000.00 元，相差 2.00 万元")
    #expect(
      "\(finding.place.file):\(finding.place.line):\(finding.place.column)"
        == "content/xian/2022/budget/总表.csv:2:6")
    #expect(finding.notes.compactMap(\.place?.file) == ["content/xian/2022/budget/明细.csv"])
  }

  @Test func `a relation between years is a warning, since last year's figures may be restated`() throws {
    let found = try findings("明细[合计, 上年数] = 上年.明细[合计, 金额]", [details, before])
    #expect(found.map(\.id) == ["relation-violated"] && found.first?.severity == .warning)
    #expect(found.first?.message == "明细[合计, 上年数] 80,000.00 元，上年.明细[合计, 金额] 80,100.00 元，相差 100.00 元")
    #expect(try findings("明细[甲, 上年数] = 上年.明细[甲, 金额]", [details, before]).isEmpty)
  }

  @Test func `a table or a year that is not there says nothing, nor does an empty or a faulty cell`() throws {
    #expect(try findings("总表[income] = 明细[合计, 上年数]", [summary]).isEmpty)
    #expect(try findings("明细[合计, 上年数] = 上年.明细[合计, 金额]", [details]).isEmpty)
    #expect(try findings("总表[甲] = 明细[丙, 金额]", [summary, details]).isEmpty)
    let blank = ("2022/明细.csv", "项目,上年数,金额\n甲,,40000.00\n合计,,40000.00\n")
    #expect(try findings("总表[甲] = 明细[合计, 上年数]", [summary, blank]).isEmpty)
    let faulty = ("2022/总表.csv", "项目,金额\n收入总计,10.00\n甲,4.o0\n")
    #expect(
      try findings("总表[甲] = 明细[合计, 上年数]", [faulty, details]).map(\.id).contains("relation-violated") == false)
  }

  @Test func `a key figure that several rows of the data fit is a warning that lists them`() throws {
    let twice = ("2022/总表.csv", "项目,金额\n收入总计,10.00\n甲,4.00\n甲,6.00\n")
    let found = try findings("", [twice], key: "总表[甲]")
    #expect(found.map(\.id) == ["key-figure-ambiguous"] && found.first?.severity == .warning)
    #expect(found.first?.message.contains("关键数字“数”没有印出：“总表”里有 2 行都叫“甲”") == true)
    #expect(try findings("", [summary], key: "总表[丙]").isEmpty)
  }
}
