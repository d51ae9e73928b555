import Diagnostics
import Parsing
import Testing

@testable import Forms

private let parts =
  "{id: basic, title: 基本, type: amount}, {id: project, title: 项目, type: amount}"

/// Mistakes that were told several times over, or not at all.
let tellingMistakes: [Mistake] = [
  Mistake(
    name: "a unit that is none",
    text:
      "id: a\ntitle: 甲表\nunit: ↓万\ncolumns: [{title: 项目}, {title: 金额, type: amount}]\nrows: [{free: lines}]\n",
    id: "form-syntax", message: "“unit”不能是“万”"),
  Mistake(
    name: "an empty title",
    text:
      "id: a\ntitle: \"↓\"\nunit: 万元\ncolumns: [{title: 项目}, {title: 金额, type: amount}]\nrows: [{free: lines}]\n",
    id: "form-syntax", message: "“title”没有填写"),
  Mistake(
    name: "a mistyped place of the year",
    text:
      "id: a\ntitle: \"↓{yaer}年甲表\"\nunit: 万元\ncolumns: [{title: 项目}, {title: 金额, type: amount}]\nrows: [{free: lines}]\n",
    id: "form-syntax", message: "“{yaer}年甲表”里的年度不能这样写"),
  .form(
    "a full-width colon", "form-syntax", "“title：项目”的冒号是全角的",
    columns: "columns: [{id: item, ↓title：项目}, {title: 金额, type: amount}]"),
  .form(
    "an alignment without lines", "form-syntax", "align 的每一项应当是列表", head: "align: [↓x.total, y.total]"),
  .form(
    "one classification twice as a pair", "form-syntax", "成对的科目要写两种",
    rows: "rows: [{codes: ↓[economic, economic]}]"),
  .form(
    "three classifications as a pair", "form-syntax", "成对的科目要写两种",
    rows: "rows: [{codes: ↓[economic, gov-economic, function]}]"),
  .form(
    "codes that are none", "form-syntax", "“abc”不是科目编码", rows: "rows: [{codes: economic, under: [↓abc]}]"),
  .form("words as a year", "form-syntax", "年度“上年”应是与文档年度之差", head: "states: {year: ↓上年}"),
  .form("a year too far off", "form-syntax", "年度“-11”应是与文档年度之差", head: "states: {year: ↓-11}"),
  .form("rows without any row", "form-syntax", "没有声明行", rows: "rows: ↓[]"),
  .form(
    "a sum of words", "form-syntax", "“项目”是文字列，没有可以计算的数",
    columns: "columns: [{title: 项目}, {id: all, title: 合计, type: amount, adds: [↓项目, basic]}, \(parts)]"),
  .form(
    "a sum of one column twice", "form-syntax", "“basic”写了两次",
    columns:
      "columns: [{title: 名称}, {id: all, title: 合计, type: amount, adds: [basic, ↓basic]}, \(parts)]"),
  .form(
    "a difference of one column", "form-syntax", "“basic”写了两次",
    columns: "columns: [{title: 名称}, {id: gap, title: 差额, difference: [basic, ↓basic]}, \(parts)]"),
  .form(
    "sums of columns that come round", "form-syntax", "adds 绕成一圈：x → y → x",
    columns:
      "columns: [{title: 名称}, ↓{id: x, title: 甲, type: amount, adds: [y]}, {id: y, title: 乙, type: amount, adds: [x]}]"
  ),
  .form("a row that is added twice", "form-syntax", "“甲”写了两次", rows: "rows: [甲, {title: 合计, adds: [甲, ↓甲]}]"),
  .form(
    "sums of rows that come round", "form-syntax", "adds 绕成一圈：甲 → 乙 → 甲",
    rows: "rows: [↓{title: 甲, adds: [乙]}, {title: 乙, adds: [甲]}]"),
  .form(
    "an alias that is another row's title", "form-duplicate-id", "“甲”已经是另一行的标题",
    rows: "rows: [甲, {title: 乙, aliases: [↓甲]}]"),
  .form(
    "two panels of one id", "form-duplicate-id", "有两个分栏的 id 都是“x”",
    columns:
      "panels: [{id: x, title: 收, columns: [{title: 项目}], rows: [甲]}, {id: ↓x, title: 支, columns: [{title: 项目}], rows: [乙]}]",
    rows: ""),
  .sheet("a part of a sheet that is mistyped", "form-syntax", "没有“textes”这个键", "  - ↓textes: {title: 目标}"),
  .sheet(
    "grades that overlap", "form-syntax", "等级“差”与“优”的分数段重叠",
    "  - score: {title: 总分, points: 100, grades: ↓{优: 80.., 差: ..90}}"),
  .sheet(
    "grades that leave a gap", "form-syntax", "等级“差”与“优”的分数段之间有空当",
    "  - score: {title: 总分, points: 100, grades: ↓{优: 90.., 差: ..60}}"),
  .sheet(
    "an execution that has no cell", "form-syntax", "没有写它在哪一格",
    "  - score: {title: 总分, points: 100, ↓includes-execution: true}"),
]

private let sample =
  "id: a\ntitle: 甲表\nunit: 万元\ncolumns: [{id: item, title: 项目}, {id: prior, title: \"{year-1}年数\", type: amount}, {id: now, title: \"{year}年数\", type: amount}]\nrows: [甲, {id: t, title: 合计, adds: [甲]}]\nempty: 无\n"

private func findings(_ set: String, _ files: (String, String)...) -> [Finding] {
  let head = "id: s\ntitle: 套\nkind: budget\n"
  let own = [("s/a.yaml", sample), ("s/set.yaml", head + set)] + files
  return FormLibrary(own: own.map { SourceText(file: "content/forms/" + $0.0, text: $0.1) }).findings
}

@Suite struct TellingTests {
  @Test(arguments: ["甲表[合计] = 1万元", "甲表[t] = 1万元", "甲表[合计] >= 甲表[甲]", "sum(甲表[合计]) = 1万元"])
  func `a relation of a row with several columns of amounts is refused`(_ relation: String) {
    let found = findings("forms: [{form: a}]\nrelations: [\"\(relation)\"]\n")
    #expect(found.map(\.id) == ["form-set-syntax"])
    #expect(found.first?.message.contains("这张表有 2 个金额列") == true, "\(found.map(\.message))")
    #expect(found.first?.hint?.contains("{year-1}年数（prior）、{year}年数（now）") == true, "\(found.map(\.hint))")
  }

  @Test func `a key figure of a row with several columns of amounts is refused`() {
    let found = findings("forms: [{form: a}]\nkey-figures: [{title: 甲, formula: \"甲表[合计]\"}]\n")
    #expect(found.map(\.id) == ["form-set-syntax"])
  }

  @Test(arguments: ["format: 万", "format: 百分比"])
  func `a format that cannot be printed is refused`(_ format: String) {
    let found = findings(
      "forms: [{form: a}]\nkey-figures: [{title: 甲, formula: \"甲表[合计, now]\", \(format)}]\n")
    #expect(found.map(\.id) == ["form-set-syntax"], "\(found.map(\.message))")
  }

  @Test func `formulas of a set name columns by titles with a year`() throws {
    let set =
      "id: s\ntitle: 套\nkind: budget\nforms: [{form: a}]\nrelations: [\"甲表[合计, {year}年数] >= 甲表[合计, {year-1}年数]\"]\nkey-figures: [{title: 甲, formula: \"甲表[合计, {year}年数]\"}]\n"
    let library = FormLibrary(own: [
      SourceText(file: "content/forms/s/a.yaml", text: sample),
      SourceText(file: "content/forms/s/set.yaml", text: set),
    ])
    #expect(library.findings.isEmpty, "\(library.findings.map(\.message))")
    let read = try #require(library.set("s")).inYear(2024)
    #expect(read.relations.map(\.equation.text) == ["甲表[合计, 2024年数] ≥ 甲表[合计, 2023年数]"])
    #expect(read.keyFigures.map(\.expression.text) == ["甲表[合计, 2024年数]"])
  }

  @Test func `a column with a year that stands still is refused, with what to write`() {
    let found = findings("forms: [{form: a}]\nrelations: [\"甲表[合计, 2024年数] >= 0万元\"]\n")
    #expect(found.map(\.message) == ["“甲表[合计, 2024年数]”：这张表没有“2024年数”这一列"])
    #expect(found.first?.hint == "列：项目（item）、{year-1}年数（prior）、{year}年数（now）")
  }

  @Test func `one form listed twice is one finding`() {
    let found = findings("forms: [{form: a}, {form: a}]\n")
    #expect(found.map(\.message) == ["表样“a”在这套里列了两次"])
  }

  @Test func `a kind that is mistyped is told at its place`() {
    let library = FormLibrary(own: [
      SourceText(file: "content/forms/s/set.yaml", text: "id: s\ntitle: 套\nkind: bugdet\nforms: []\n")
    ])
    let found = library.findings
    #expect(found.map { "\($0.place.line):\($0.place.column)" } == ["3:7"], "\(found.map(\.message))")
    #expect(found.first?.hint?.hasPrefix("是否想写 budget？") == true)
  }

  @Test func `years of a set have four digits`() {
    #expect(findings("years: 22..\nforms: [{form: a}]\n").map(\.id) == ["form-set-syntax"])
  }

  @Test func `a set without forms is a hint`() {
    let library = FormLibrary(own: [
      SourceText(file: "content/forms/s/set.yaml", text: "id: s\ntitle: 套\nkind: budget\nforms: []\n")
    ])
    #expect(library.findings.isEmpty && library.hints.map(\.message) == ["表套“套”里没有表样"])
  }

  @Test func `sets and forms that extend one another in a circle are one finding each`() {
    let sets = ["s", "t"].map {
      SourceText(
        file: "content/forms/\($0)/set.yaml",
        text: "id: \($0)\nextends: \($0 == "s" ? "t" : "s")\ntitle: 套\nkind: budget\n")
    }
    #expect(FormLibrary(own: sets).findings.map(\.id) == ["form-extends"])
    let forms = ["x", "y"].map {
      SourceText(
        file: "content/forms/\($0).yaml",
        text: "id: \($0)\nextends: \($0 == "x" ? "y" : "x")\ntitle: 表\($0)\n")
    }
    #expect(FormLibrary(own: forms).findings.map(\.id) == ["form-extends"])
  }

  @Test func `a form that drops all columns is one finding at what it drops`() {
    let found = findings(
      "forms: [{form: a}]\n", ("s/b.yaml", "id: b\nextends: a\ntitle: 乙表\ndrop: [item, prior, now]\n"))
    #expect(found.map(\.id) == ["form-extends"], "\(found.map(\.message))")
    #expect(found.first?.message.hasPrefix("列全部去掉了") == true && found.first?.place.line == 4)
  }

  @Test func `a total whose parts are all dropped is a hint`() {
    let text =
      "id: a\ntitle: 甲表\nunit: 万元\ncolumns: [{id: item, title: 项目}, {id: total, title: 合计, type: amount, adds: [basic, project]}, \(parts)]\nrows: [{free: lines}]\nempty: 无\n"
    let library = FormLibrary(own: [
      SourceText(file: "content/forms/s/a.yaml", text: text),
      SourceText(
        file: "content/forms/s/b.yaml", text: "id: b\nextends: a\ntitle: 乙表\ndrop: [basic, project]\n"),
    ])
    #expect(library.findings.isEmpty, "\(library.findings.map(\.message))")
    #expect(library.hints.map(\.id) == ["form-total-unchecked"], "\(library.hints.map(\.message))")
    #expect(library.hints.first?.place.file == "content/forms/s/b.yaml")
  }

  @Test func `a header of other columns is one finding`() {
    let library = FormLibrary(own: [
      SourceText(file: "content/forms/classifications/function.csv", text: "代码,名字\n2012988,甲\n")
    ])
    #expect(library.findings.map(\.id) == ["form-syntax"], "\(library.findings.map(\.message))")
  }

  @Test func `facts without dimensions are the one finding`() {
    let library = FormLibrary(own: [
      SourceText(file: "content/forms/facts.yaml", text: "dimensions: []\n"),
      SourceText(file: "content/forms/s/a.yaml", text: sample + "states: {flow: 支出}\n"),
    ])
    #expect(library.findings.map(\.id) == ["facts-syntax"], "\(library.findings.map(\.message))")
  }

  @Test func `hints name rows that can be called, each once`() {
    let text = sample.replacing("[甲, {id: t", with: "[{codes: function}, 甲, {id: t").replacing(
      "[甲]", with: "[乙]")
    let library = FormLibrary(own: [SourceText(file: "content/forms/a.yaml", text: text)])
    #expect(library.findings.first?.hint == "可用的行：甲、t；由数据决定的行没有 id，要引用就给这一项写 id")
  }

  @Test func `circles are found wherever they begin`() {
    #expect(firstCircle([[1], [2], []]) == nil)
    #expect(firstCircle([[1, 2], [3], [3], []]) == nil)
    #expect(firstCircle([[2], [], [3], [2]]) == [2, 3])
    #expect(firstCircle([[0]]) == [0])
  }
}
