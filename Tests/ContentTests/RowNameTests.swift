import Diagnostics
import Forms
import Parsing
import Testing

@testable import Content

@Suite struct RowNameTests {
  @Test(arguments: [
    ("{free: units, in: unit}", "1,馆本部,3.00\n2,分馆,4.00\n", ["馆本部", "分馆"]),
    ("{levels: [{of: department, in: unit}, {of: unit, in: unit}]}", "1,局,7.00\n2,  分馆,7.00\n", ["局", "分馆"]),
    // A code is no name.
    ("{levels: [{of: text, in: number}]}", "1,馆本部,3.00\n", ["1"]),
  ])
  func `rows are named in the column that their list says`(_ rows: String, _ csv: String, _ names: [String])
    throws
  {
    let form = """
      columns: [{id: number, title: 序号}, {id: unit, title: 单位}, {id: total, title: 支出, type: amount}]
      rows: [\(rows)]
      """
    let table = try BoundTable(form, "序号,单位,支出\n" + csv)
    #expect(table.rows.map(\.title) == names)
  }

  @Test func `a level below names its rows in its own column`() throws {
    let form = """
      columns: [{id: unit, title: 单位}, {id: project, title: 项目}, {id: total, title: 支出, type: amount}]
      rows: [{levels: [{of: unit, in: unit}, {of: text, in: project}]}]
      """
    let table = try BoundTable(form, "单位,项目,支出\n馆,,3.00\n馆,修缮,3.00\n")
    #expect(table.rows.map(\.title) == ["馆", "修缮"])
  }

  @Test func `where no column holds words, declared rows come in their order and bear their own names`()
    throws
  {
    let form = """
      states: {flow: 支出}
      columns: [{id: total, title: 合计, type: amount}, {id: car, title: 公车, type: amount}]
      rows: [{id: prior, title: 上年, states: {year: -1}}, {id: now, title: 本年}]
      """
    let table = try BoundTable(form, "合计,公车\n3.00,1.00\n4.00,2.00\n")
    #expect(table.findings.isEmpty, "\(table.findings.map(\.message))")
    #expect(table.rows.map(\.title) == ["上年", "本年"])
    let (_, short) = try BoundTable.bind(form, "合计,公车\n3.00,1.00\n")
    #expect(short.map(\.message) == ["缺少“本年”这一行"])
    let (_, long) = try BoundTable.bind(form, "合计,公车\n3,1\n4,2\n5,3\n")
    #expect(long.count == 1 && long[0].id == "table-unknown-row")
  }

  @Test(arguments: [
    ("支出结构/项目支出", 3), ("资金来源/年度资金总额", 0), ("支出结构/年度资金总额", 1), ("支出结构/年度资金总额/项目支出", 3),
  ])
  func `the heading at the left may begin the path of every row beside it`(_ path: String, _ row: Int) throws
  {
    let form = """
      columns: [{title: 项目}, {title: 预算数, type: amount}]
      rows:
        - {id: total, title: 年度资金总额, under: 资金来源}
        - id: use
          title: 年度资金总额
          under: 支出结构
          rows: [基本支出, 项目支出]
      """
    let table = try BoundTable(form, "项目,预算数\n年度资金总额,3\n年度资金总额,3\n基本支出,1\n项目支出,2\n")
    let lookup = FigureLookup(
      home: .init(year: 2022, kind: Kind(id: "budget", title: "部门预算"), tables: [], figures: []), others: [],
      kinds: [])
    #expect(
      lookup.rows(.path(path.split(separator: "/").map(String.init)), in: ReadablePanel(table.grid.panels[0]))
        == [row])
  }

  @Test func `a row that goes into another total states nothing by itself, whatever parts it has`() throws {
    let form = """
      states: {flow: 支出}
      columns: [{id: item, title: 项目}, {id: amount, title: 金额, type: amount}]
      rows:
        - {id: total, title: 合计, adds: [grants, own]}
        - {id: grants, title: 补助, rows: [{id: first, title: 一补}, {id: second, title: 二补}]}
        - {id: own, title: 自筹}
      """
    let table = try BoundTable(form, "项目,金额\n合计,5\n补助,3\n一补,1\n二补,2\n自筹,2\n")
    #expect(table.rows.filter(\.speaks).map(\.title) == ["合计"])
  }

  @Test func `a row that goes into a total of something else speaks for itself`() throws {
    let form = """
      states: {flow: 支出}
      columns: [{id: item, title: 项目}, {id: amount, title: 金额, type: amount}]
      rows:
        - {id: current, title: 本年支出合计, adds: lines}
        - {id: lines, codes: function}
        - {id: closing, title: 结转下年, states: {flow: 年末结转}}
        - {id: total, title: 支出总计, states: {flow: 支出总计}, adds: [current, closing]}
      """
    let table = try BoundTable(form, "项目,金额\n本年支出合计,3\n结转下年,2\n支出总计,5\n")
    #expect(table.rows.filter(\.speaks).map(\.title) == ["本年支出合计", "结转下年", "支出总计"])
  }
}
