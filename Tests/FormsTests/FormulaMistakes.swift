import Diagnostics
import Parsing
import Testing

@testable import Forms

private let twoColumns =
  "columns: [{id: item, title: 项目}, {id: amount, title: 金额, type: amount}, {id: people, title: 人数, type: count, unit: 人}]"

/// Formulas of forms that could never be judged.
private let formMistakes: [Mistake] = [
  .form(
    "a relation of words", "form-unknown-name", "关系里的“项目”是文字，没有可以核对的数",
    head: "relations: [↓项目 <= 金额]"),
  .form(
    "a relation of a field of words", "form-unknown-name", "关系里的“名称”是文字",
    head: "relations: [↓名称 = 1]", columns: "sheet: [{fields: [[名称]]}]", rows: ""),
  .form(
    "money held against persons", "form-syntax", "金额（万元）", head: "relations: [↓金额 <= 人数]", columns: twoColumns
  ),
  .form(
    "money held against a number", "form-syntax", "金额（万元）", head: "relations: [\"↓sum(甲表[*, 金额]) = 100\"]"),
  .form(
    "all rows where one figure is read", "form-unknown-name", "“甲表[*, amount]”对应几格，不是一个数",
    head: "relations: [\"↓甲表[*, amount] = 100万元\"]"),
  .form(
    "rows from the data where one figure is read", "form-unknown-name", "“甲表[lines, 金额]”对应几格",
    head: "relations: [\"↓甲表[lines, 金额] = 100万元\"]", rows: "rows: [{id: lines, free: x}]"),
  .form(
    "a row that is not there", "form-unknown-name", "没有“总计”这一行", head: "relations: [\"↓甲表[总计, 金额] = 0\"]",
    rows: "rows: [合计]"),
  .form(
    "a row of which there are two", "form-unknown-name", "有 2 行“合计”",
    head: "relations: [\"↓甲表[合计, 金额] = 0\"]",
    rows: "rows: [合计, {title: 甲, rows: [乙]}, 合计]"),
  .form(
    "a column of which there are two", "form-unknown-name", "有 2 列“数”",
    head: "relations: [\"↓甲表[合计, 数] = 0\"]",
    columns:
      "columns: [项目, {title: 甲, columns: [{title: 数, type: amount}]}, {title: 乙, columns: [{title: 数, type: amount}]}]",
    rows: "rows: [合计]"),
  .form(
    "a formula of two columns of one name", "form-ambiguous-column", "公式里的“数”有 2 列",
    columns:
      "columns: [项目, {title: 甲, columns: [{title: 数, type: amount}]}, {title: 乙, columns: [{title: 数, type: amount}]}, {title: 丙, type: amount, equals: ↓数 * 2}]"
  ),
  .form(
    "a formula of words", "form-syntax", "公式里的“项目”是文字列",
    columns: "columns: [项目, {title: 金额, type: amount, equals: ↓项目 * 2}]"),
  .form(
    "a formula of a column of words", "form-syntax", "“数”列不是数，不能由公式算出",
    columns: "columns: [项目, {title: 金额, type: amount}, {title: 数, equals: ↓金额 * 2}]"),
  .form(
    "a formula that gives money for a score", "form-syntax", "金额（万元）",
    columns: "columns: [项目, {title: 金额, type: amount}, {title: 得分, type: score, equals: ↓金额 * 2}]"),
  .form(
    "a formula of cells", "form-syntax", "公式只用本行的列，不能写“甲表[合计]”",
    columns: "columns: [项目, {title: 金额, type: amount, equals: \"↓甲表[合计]\"}]"),
  .form(
    "a formula of no column", "form-syntax", "公式“2 * 3”没有用到任何一列",
    columns: "columns: [项目, {title: 得分, type: score, equals: ↓2 * 3}]"),
  .form(
    "a strip that begins nowhere", "form-unknown-row", "没有“其他”这一行", head: "strips: [\"302\", ↓其他]"),
  .form("one strip by its code", "form-syntax", "要写每一条开头的编码或行", head: "strips: ↓[\"302\"]"),
  .form(
    "a numbering that is none", "form-syntax", "“ordinal”不能是“壹”",
    rows: "rows: [{codes: function, ordinal: ↓壹}]"),
]

private let head = "id: s\ntitle: 套\nkind: budget\nforms: [{form: a}]\n"

/// Formulas of sets that could never be judged, or that several cells fit.
private let setMistakes: [Mistake] = [
  .set("a relation of bare names", "表套的关系要写明是哪张表的“合计”", head + "relations: [↓合计 = 甲表]"),
  .set("a relation of nothing", "关系“1 = 1”没有提到表里的任何一格", head + "relations: [↓1 = 1]"),
  .set("a relation that is no equation", "关系式缺少“=”和右边", head + "relations: [\"甲表[x↓]\"]"),
  .set(
    "a relation of a table that the set has not", "本套里没有“甲丙表”这张表",
    head + "relations: [\"↓sum(甲表[*, 金额]) = 甲丙表[合计]\"]"),
  .set(
    "a relation of a column that is not there", "没有“数额”这一列", head + "relations: [\"↓甲表[x, 数额] = 上年.甲表[x]\"]"),
  .set("a relation of all rows", "“甲表[*, 金额]”对应几格", head + "relations: [\"↓甲表[*, 金额] = 上年.甲表[x]\"]"),
  .set("a relation of words", "“项目”是文字", head + "relations: [\"↓甲表[x, 项目] = 上年.甲表[x]\"]"),
  .set("money held against a number", "金额（万元）", head + "relations: [\"↓甲表[x, 金额] = 100\"]"),
  .set(
    "a key figure of a table that the set has not", "本套里没有“乙表”这张表",
    head + "key-figures: [{title: 甲, formula: \"↓乙表[合计]\"}]"),
  .set(
    "a predecessor that is nowhere", "没有表样“old-a”",
    head.replacing("{form: a}", with: "{form: a, succeeds: ↓old-a}")),
  .set("a year of the outline", "“{year-9}年概况”里的年度不能这样写", head + "outline: [\"↓{year-9}年概况\"]"),
]

@Suite struct FormulaMistakeTests {
  @Test(arguments: formMistakes + setMistakes)
  func `a formula that could never be judged is an error at its place`(_ mistake: Mistake) throws {
    let findings = mistake.findings()
    let finding = try #require(findings.first)
    #expect(findings.count == 1, "\(findings.map(\.message))")
    #expect(finding.id == mistake.id && finding.message.contains(mistake.message), "\(finding.message)")
    #expect(finding.severity == .error && finding.hint != nil)
    #expect("\(finding.place.line):\(finding.place.column)" == mistake.marked, "\(finding.place)")
  }

  @Test(arguments: [
    "relations: [金额 <= 100万元]", "relations: [\"sum(甲表[lines, 金额]) = 甲表[合计]\"]",
    "relations: [\"sum(甲表[*, 金额]) <= 100万元\", \"甲表[第一行, 金额] >= 0\", 合计 >= 0]",
  ])
  func `a formula that can be judged is none`(_ relations: String) {
    let text =
      "id: a\ntitle: 甲表\nunit: 万元\ncolumns: [项目, {title: 金额, type: amount}]\nrows: [{id: lines, free: x}, 合计]\n"
    let library = FormLibrary(own: [SourceText(file: "content/forms/a.yaml", text: text + relations + "\n")])
    #expect(library.findings.isEmpty, "\(library.findings.map(\.message))")
  }

  @Test func `columns of one name in several groups are told apart by their path`() throws {
    let text = """
      id: a
      title: 甲表
      unit: 万元
      columns:
        - 项目
        - {id: x, title: 甲, columns: [{id: sum, title: 数, type: amount}, {id: twice, title: 倍数, type: amount, equals: sum * 2}]}
        - {id: y, title: 乙, columns: [{id: sum, title: 数, type: amount}, {id: twice, title: 倍数, type: amount, equals: 数 * 2}]}
        - {title: 丙, type: amount, equals: x.sum + 乙.数}
      rows: [{free: lines}]
      relations: [x.sum <= 乙.数]

      """
    let library = FormLibrary(own: [SourceText(file: "content/forms/a.yaml", text: text)])
    #expect(library.findings.isEmpty, "\(library.findings.map(\.message))")
    let form = try #require(library.form("a", year: 2022))
    #expect(form.relations.map(\.isRowwise) == [true])
    let columns = form.panels[0].leaves.map { leaf in
      leaf.rules.flatMap { rule -> [Int] in
        if case .equals(_, let columns) = rule { columns.values.sorted() } else { [] }
      }
    }
    #expect(columns == [[], [], [1], [], [3], [1, 3]])
  }

  @Test func `the formulas of the catalogue's sets find what they name`() {
    let library = FormLibrary(own: [])
    for set in library.sets {
      let year = min(max(set.years.lowerBound, 2022), set.years.upperBound)
      let findings = SetFormulas(set, standalone: []) { library.form($0, year: year) }.findings
      #expect(findings.isEmpty, "\(set.id): \(findings.map(\.message))")
    }
  }

  @Test(arguments: [("合计", 2), ("收入/合计", nil), ("合计, 金额", 2), ("支出合计", nil)])
  func `a key figure that several rows fit is an error of the set`(_ row: String, _ count: Int?) {
    let panels =
      "panels: [{title: 收入, columns: [项目, {title: 金额, type: amount}], rows: [合计]}, {title: 支出, columns: [项目, {title: 金额, type: amount}], rows: [合计, {title: 支出合计}]}]\n"
    let library = FormLibrary(own: [
      SourceText(file: "content/forms/s/a.yaml", text: "id: a\ntitle: 甲表\nunit: 万元\n" + panels),
      SourceText(
        file: "content/forms/s/set.yaml", text: head + "key-figures: [{title: 合计, formula: \"甲表[\(row)]\"}]\n"
      ),
    ])
    let messages = library.findings.map(\.message)
    #expect(messages.count == (count == nil ? 0 : 1), "\(messages)")
    #expect(count == nil || messages[0].contains("有 2 行“合计”，不知道是哪一行"), "\(messages)")
  }
}
