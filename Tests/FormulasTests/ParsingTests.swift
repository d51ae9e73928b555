import Diagnostics
import Testing

@testable import Formulas

@Suite struct ParsingTests {
  @Test(arguments: [
    ("收支总表[收入总计]", Reference(table: "收支总表", row: .path(["收入总计"]))),
    ("收支总表 [ 收入总计 , 2022年预算数 ]", Reference(table: "收支总表", row: .path(["收入总计"]), column: .path(["2022年预算数"]))),
    ("收支总表［收入总计，2022年预算数］", Reference(table: "收支总表", row: .path(["收入总计"]), column: .path(["2022年预算数"]))),
    ("a[*, 总计]", Reference(table: "a", row: .all, column: .path(["总计"]))),
    ("a[2012901, *]", Reference(table: "a", row: .path(["2012901"]), column: .all)),
    ("a[\"*\"]", Reference(table: "a", row: .path(["*"]))),
    ("上年.a[行]", Reference(yearOffset: -1, table: "a", row: .path(["行"]))),
    (
      "上上年.决算.a.帮扶基金[行]",
      Reference(yearOffset: -2, kind: "决算", table: "a", instance: "帮扶基金", row: .path(["行"]))
    ),
    ("下年.a[行]", Reference(yearOffset: 1, table: "a", row: .path(["行"]))),
    ("决算.a[行]", Reference(kind: "决算", table: "a", row: .path(["行"]))),
    ("a.帮扶基金[年度本级预算金额]", Reference(table: "a", instance: "帮扶基金", row: .path(["年度本级预算金额"]))),
    (
      "three-public[本年, 公务用车购置及运行维护费/小计]",
      Reference(table: "three-public", row: .path(["本年"]), column: .path(["公务用车购置及运行维护费", "小计"]))
    ),
    ("一般公共预算“三公”经费支出表[合计]", Reference(table: "一般公共预算“三公”经费支出表", row: .path(["合计"]))),
    ("支出表（按功能 分类）[合计]", Reference(table: "支出表（按功能 分类）", row: .path(["合计"]))),
    ("支出表(按功能分类)[合计]", Reference(table: "支出表(按功能分类)", row: .path(["合计"]))),
    ("2021-2022年收支表[合计]", Reference(table: "2021-2022年收支表", row: .path(["合计"]))),
    ("阿·买提表[（1）财政拨款]", Reference(table: "阿·买提表", row: .path(["（1）财政拨款"]))),
    (
      "a[1）财政拨款, 一、一般公共服务支出]",
      Reference(table: "a", row: .path(["1）财政拨款"]), column: .path(["一、一般公共服务支出"]))
    ),
    ("a[因公出国（境/外，港澳）费]", Reference(table: "a", row: .path(["因公出国（境/外，港澳）费"]))),
    (
      "a[\"甲,乙/丙]\", \"说\"\"明\"\"\"]",
      Reference(table: "a", row: .path(["甲,乙/丙]"]), column: .path(["说\"明\""]))
    ),
    ("\"表 1.2\"[行]", Reference(table: "表 1.2", row: .path(["行"]))),
    ("a[收入\n  总计]", Reference(table: "a", row: .path(["收入 总计"]))),
    ("数据[工会经费上年预算]", Reference(table: "数据", row: .path(["工会经费上年预算"]))),
  ])
  func `a reference names year, kind, table, sheet, row and column`(_ text: String, _ expected: Reference)
    throws
  {
    let expression = try parseExpression(text, at: start, kinds: ["决算"])
    #expect(expression.references == [expected])
    #expect(expression.names.isEmpty)
  }

  @Test(arguments: [
    ("points * min(1, rate)", ["points", "rate"]), ("资金总额 - 基本支出 - 资金总额", ["资金总额", "基本支出"]),
    ("funds.by-source.score", ["funds.by-source.score"]), ("a-b", ["a-b"]), ("a -b", ["a", "b"]),
    ("a- b", ["a", "b"]),
    ("a−b", ["a", "b"]), ("a/b×c÷d*e", ["a", "b", "c", "d", "e"]), ("（甲 + 乙）* 丙", ["甲", "乙", "丙"]),
    ("（1）财政拨款 + (2)事业收入", ["（1）财政拨款", "(2)事业收入"]), ("因公出国(境)费 + b", ["因公出国(境)费", "b"]),
    ("公务接待费（含外宾）+ b", ["公务接待费（含外宾）", "b"]), ("sum（甲，乙）", ["甲", "乙"]), ("SUM (甲, 乙)", ["甲", "乙"]),
    ("\"甲 - 乙\" - 丙", ["甲 - 乙", "丙"]), ("sum", ["sum"]), ("100-rate", ["100-rate"]), ("(a)-b", ["a", "b"]),
    ("其中：项目支出 + 2022年预算数", ["其中：项目支出", "2022年预算数"]),
  ])
  func `bare names are told apart from operators`(_ text: String, _ names: [String]) throws {
    #expect(try parseExpression(text, at: start).names.map(\.text) == names)
  }

  @Test(arguments: [
    ("", "3:10+1 公式是空的"), ("  ", "3:11+1 公式是空的"), ("甲 +", "3:12+1 公式没有写完，后面还应有数或名称"),
    ("表[", "3:11+1 方括号没有闭合"), ("表[]", "3:11+2 方括号里的行是空的"), ("表[行,]", "3:13+2 方括号里的列是空的"),
    ("表[行 + 表[列]", "3:17+1 方括号里又出现“[”"), ("表[a, b, c]", "3:11+9 方括号里最多写行和列两项，这里有 3 项"),
    ("表[*/小计]", "3:12+4 “*”不能与名称连用"), ("表[甲//乙]", "3:12+4 路径“甲//乙”缺了一级"),
    ("表[\"行]", "3:12+1 引号没有闭合"), ("表[行]]", "3:14+1 多了一个“]”"), ("[行]", "3:10+1 “[”前面没有表名"),
    ("表【行】", "3:11+1 方括号用错了：“【”"), ("(甲 + 乙", "3:10+1 括号“(”没有闭合"), ("甲)", "3:11+1 多了一个“)”，或它前面不完整"),
    ("收支总表[甲] 乙", "3:18+1 这里应是运算符，却是“乙”"), ("* 2", "3:10+1 运算符“*”前面缺少数"),
    ("平均(甲, 乙)", "3:10+2 不认识的函数“平均”"), ("round(甲)", "3:10+8 round 要 2 个参数，这里有 1 个"),
    ("增减(甲)", "3:10+5 增减 要 2 至 3 个参数，这里有 1 个"), ("增减(甲, 乙, 3)", "3:19+1 增减 的第三个参数应是文字"),
    ("min(1,000, 甲)", "3:14+5 数字里不写千分位逗号：“1,000”"), ("１２", "3:10+2 数字“１２”用了全角字符"),
    (".5", "3:10+1 “.”前面没有名称或数字"), ("5.", "3:10+2 “5.”中点的两边都应有名称"),
    ("1.2.3", "3:10+5 “1.2.3”千分位逗号或小数点的位置不对"),
    ("2021年.收支总表[甲]", "3:10+10 不能用“2021年”指明年度"), ("a.b.c.d[甲]", "3:10+7 “a.b.c.d”的层次太多"),
    ("甲 – 乙", "3:12+1 这里应是运算符，却是“–”"), ("– 乙", "3:10+1 “–”不是减号"), ("甲 = 乙", "3:12+1 这里不能写“=”"),
    ("甲\u{200B} + 乙", "3:11+1 有看不见的字符 U+200B"), ("甲 | 万元", "3:12+1 这里不能写格式“|”"),
    ("甲 +\n  乙 ~", "4:5+1 不认识的字符“~”"), ("甲 +\r\n乙 ~", "4:3+1 不认识的字符“~”"),
    ("甲, 乙", "3:11+1 这里不应有逗号"),
  ])
  func `a text that is no formula is refused at its place`(_ text: String, _ expected: String) {
    let error = #expect(throws: FormulaError.self) { try parseExpression(text, at: start) }
    #expect(error.map(described) == expected)
    #expect(error?.reason == .syntax)
  }

  @Test(arguments: [
    String(repeating: "(", count: 3_000), String(repeating: "-", count: 3_000) + "1",
    "1" + String(repeating: " + 1", count: 900), String(repeating: "sum(", count: 900),
    String(repeating: "（", count: 2_000) + "甲", String(repeating: "1 + ", count: 2_000),
    String(repeating: "\"", count: 3_999),
  ])
  func `formulas that are too deep or too long are refused`(_ text: String) {
    #expect(throws: FormulaError.self) { try parseExpression(text, at: start) }
  }

  @Test func `a place without a line stays the place of the whole file`() {
    let whole = Place(file: "form.yaml")
    let error = #expect(throws: FormulaError.self) { try parseExpression("甲 +", at: whole) }
    #expect(error?.place == whole)
  }

  @Test(arguments: [
    ("总计 = 甲 + 乙", Relation.equal), ("总计＝甲", .equal), ("总计 == 甲", .equal), ("其中 <= 总计", .atMost),
    ("其中≤总计", .atMost),
    ("总计 >= 其中", .atLeast), ("总计 ≥ 其中", .atLeast),
  ])
  func `a relation has two sides`(_ text: String, _ relation: Relation) throws {
    #expect(try parseEquation(text, at: start).relation == relation)
  }

  @Test(arguments: [
    ("总计", "3:11+1 关系式缺少“=”和右边"), ("总计 < 甲", "3:13+1 不认识的关系“<”"), ("甲 = 乙 = 丙", "3:16+1 这里不能写“=”"),
    ("= 甲", "3:10+1 这里不能写“=”"), ("甲 =", "3:12+1 公式没有写完，后面还应有数或名称"), ("甲 乙 = 丙", "3:12+1 这里应是运算符或“=”，却是“乙”"),
  ])
  func `a relation that is not one is refused`(_ text: String, _ expected: String) {
    let error = #expect(throws: FormulaError.self) { try parseEquation(text, at: start) }
    #expect(error.map(described) == expected)
  }

  @Test(arguments: [
    ("表 收支总表", "表 收支总表"), (" 表　项目支出绩效目标表.帮扶基金 ", "表 项目支出绩效目标表.帮扶基金"),
    ("表 \"甲.乙\"", "表 甲.乙"), ("表 一般公共预算支出表（按功能分类）", "表 一般公共预算支出表（按功能分类）"),
    ("表", "3:10+1 没有写要放哪张表"), ("表 收支总表[甲]", "3:16+3 放整张表不写方括号"), ("表 上年.收支总表", "3:12+7 只能放本文档的表，不能放“上年”的表"),
    ("表 a.b.c", "3:12+5 “a.b.c”的层次太多"), ("表 甲 乙", "3:14+1 这里应是运算符，却是“乙”"),
    ("甲 | ", "3:13+1 没有写格式"), ("甲 | 万", "3:14+1 不认识的格式“万”"), ("甲 | 万元(x)", "3:16+3 小数位数应是 0 至 10 的整数"),
    ("甲 | 万元(", "3:16+1 小数位数应是 0 至 10 的整数"), ("甲 | 大写(2)", "3:14+5 大写不能指定小数位数"),
    ("甲 | 万元 | 元", "3:17+1 这里不能写格式“|”"),
  ])
  func `an insertion places a table or a formatted figure`(_ text: String, _ expected: String) {
    #expect(written(text, with: FigureTable([:])) == expected)
  }

  @Test func `a placed table knows the place of its name`() throws {
    let table = try parseInsertion(" 表 收支总表 ", at: start)
    #expect(
      table
        == .table(
          name: "收支总表", instance: nil, place: Place(file: "narrative.md", line: 3, column: 13, length: 4)))
  }
}
