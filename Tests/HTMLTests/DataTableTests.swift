import Testing

@testable import HTML

private func read(_ table: DataTable) -> TableReader {
  TableReader(String(decoding: table.html(), as: UTF8.self))
}

private func money(_ text: String) -> Cell {
  .number(text, value: String(text.filter { $0 != "," }))
}

/// 表1: two lists side by side; the left one ends three lines before the right one, and both meet in their totals.
private let overview = DataTable(
  id: "overview", caption: Caption(number: "表1", title: "收支总表", subject: "部门名称：某局", meta: ["单位：万元"]),
  panels: [
    Panel([Column("收入", [Column("项目", kind: .name), Column("预算数", kind: .number)])]),
    Panel([Column("支出", [Column("项目", kind: .name), Column("预算数", kind: .number)])]),
  ],
  rows: [
    Row(parts: [.init([.header("一、拨款"), money("10.00")]), .init([.header("一、公共服务"), money("6.01")])]),
    Row(parts: [
      .init([.header("1.一般", indent: 1), money("9.00")]), .init([.header("行政", indent: 1), money("6.02")]),
    ]),
    Row(parts: [.ended, .init([.header("运行", indent: 2), money("6.03")])]),
    Row(parts: [.ended, .init([.header("二、卫生"), money("4.00")])]),
    Row(parts: [
      .init([.header("收入总计"), money("10.01")], role: .total),
      .init([.header("支出总计"), money("10.02")], role: .total),
    ]),
  ])

/// 表2: four levels of header over fifteen columns.
private let income = DataTable(
  id: "income", caption: Caption(number: "表2", title: "收入总表"),
  columns: [
    Column("预算单位", key: "unit", kind: .name), Column("收入总计", key: "total", kind: .number),
    Column(
      "本年收入", key: "current",
      [
        Column(
          "政府预算拨款",
          [
            Column("一般公共预算拨款", ["小计", "基本", "履职", "专项", "投资"].map { Column($0, kind: .number) }),
            Column("政府性基金", kind: .number), Column("国有资本", kind: .number),
          ]),
        Column("财政专户", kind: .number),
        Column("单位资金", ["事业", "经营", "上级", "附属", "其他"].map { Column($0, kind: .number) }),
      ]),
    Column("上年结转", kind: .number),
  ],
  rows: (0..<2).map { row in
    Row([.header("单位\(row)", indent: row)] + (1..<16).map { money("\(row).\($0 + 10)") }, key: "u\(row)")
  })

/// An indicator table whose first two columns merge.
private let indicators = DataTable(
  id: "indicators", caption: Caption(title: "绩效指标"),
  columns: ["一级", "二级", "三级"].map { Column($0) } + [Column("目标值")],
  rows: [
    Row([.header("产出"), .header("数量"), .header("人次"), .text("800")]),
    Row([.above, .above, .header("份数"), .text("5000")]),
    Row([.above, .header("质量"), .header("准确率"), .text("100%")]),
    Row([.header("效益"), .header("社会"), .header("凝聚力"), .text("90%")]),
    Row([.header("满意度"), .header("服务"), .header("职工"), .text("91%")]),
    Row([.above, .above, .header("其他"), .text("92%")]),
  ])

@Test(arguments: [overview, income, indicators])
func `every header has its own id and words, and every cell its place`(_ table: DataTable) {
  let reader = read(table)
  #expect(Set(reader.ids).count == reader.ids.count)
  #expect(reader.headerCells.allSatisfy { $0.id != nil && !$0.shown.isEmpty })
  #expect(reader.overlaps == 0)
  #expect(reader.gaps == 0)
}

@Test func `a cell of a list names the headers of its own list only`() {
  let reader = read(overview)
  #expect(reader.cell("10.00").map(reader.named) == ["一、拨款", "收入", "预算数"])
  #expect(reader.cell("6.01").map(reader.named) == ["一、公共服务", "支出", "预算数"])
  #expect(reader.cell("4.00").map(reader.named) == ["二、卫生", "支出", "预算数"])
  #expect(reader.cell("10.02").map(reader.named) == ["支出总计", "支出", "预算数"])
}

@Test func `where one list has ended the space is one cell that says so`() {
  let reader = read(overview)
  let ended = reader.cells.filter { $0.classes.contains("ended") }
  #expect(ended.map(\.heard) == ["此处无项目"])
  #expect(ended.map { [$0.row, $0.column, $0.rowSpan, $0.columnSpan] } == [[4, 0, 2, 2]])
}

@Test func `a header of four levels over fifteen columns is rebuilt from attributes alone`() {
  let reader = read(income)
  #expect(reader.width == 16)
  #expect(reader.cell("0.13").map(reader.named) == ["单位0", "本年收入", "政府预算拨款", "一般公共预算拨款", "基本"])
  #expect(reader.cell("1.17").map(reader.named) == ["单位1", "本年收入", "政府预算拨款", "政府性基金"])
  #expect(reader.cell("1.25").map(reader.named) == ["单位1", "上年结转"])
  #expect(reader.headerCells.map(\.id).contains("income:c-total"))
  #expect(reader.headerCells.map(\.id).contains("income:r-u1"))
  #expect(String(decoding: income.html(), as: UTF8.self).contains("data-table wide"))
}

@Test func `two levels of header are told by scope alone`() {
  let table = DataTable(
    id: "t", caption: Caption(title: "支出"),
    columns: [
      Column("单位", kind: .name), Column("总计", kind: .number),
      Column("采购", [Column("小计", kind: .number), Column("中小", kind: .number)]),
    ],
    rows: [Row([.header("甲"), money("1.00"), money("2.00"), money("3.00")])])
  let reader = read(table)
  #expect(reader.dataCells.allSatisfy { $0.attributes["headers"] == nil })
  #expect(reader.cell("1.00").map(reader.scoped) == ["甲", "总计"])
  #expect(reader.cell("3.00").map(reader.scoped) == ["甲", "采购", "中小"])
  #expect(reader.cell("采购")?.attributes["scope"] == "colgroup")
}

@Test func `merged first columns head all the rows they span`() {
  let reader = read(indicators)
  #expect(reader.cell("5000").map(reader.named) == ["产出", "数量", "份数", "目标值"])
  #expect(reader.cell("100%").map(reader.named) == ["产出", "质量", "准确率", "目标值"])
  #expect(reader.cell("90%").map(reader.named) == ["效益", "社会", "凝聚力", "目标值"])
  #expect(reader.cell("92%").map(reader.named) == ["满意度", "服务", "其他", "目标值"])
  #expect(reader.cell("产出")?.rowSpan == 3)
  #expect(reader.cell("产出")?.attributes["scope"] == "rowgroup")
  #expect(reader.cell("数量")?.attributes["scope"] == "row")
  #expect(reader.cell("效益")?.group == 1)
  #expect(reader.cell("满意度")?.group == 2)
}

@Test func `a cell merged over rows and columns covers a rectangle`() {
  let table = DataTable(
    id: "t", caption: Caption(title: "表"), columns: ["甲", "乙", "丙"].map { Column($0) },
    rows: [
      Row([.text("大"), .left, .text("1")]), Row([.above, .left, .text("2")]),
      Row([.above, .above, .text("3")]),
      Row([.above, .text("4"), .left]),
    ])
  let reader = read(table)
  #expect(reader.cell("大").map { [$0.rowSpan, $0.columnSpan] } == [3, 2])
  #expect(reader.cell("4").map { [$0.rowSpan, $0.columnSpan] } == [1, 2])
  #expect(reader.overlaps == 0 && reader.gaps == 0)
}

@Test func `a heading row heads the rows below it up to the total`() {
  let table = DataTable(
    id: "t", caption: Caption(title: "表"), columns: [Column("项目", kind: .name), Column("金额", kind: .number)],
    rows: [
      .group("人员经费"), Row([.header("工资"), money("1.00")]), .group("公用经费"),
      Row([.header("水电"), money("2.00")]), Row([.header("合计"), money("3.00")], role: .total),
    ])
  let reader = read(table)
  #expect(reader.cell("1.00").map(reader.named) == ["人员经费", "工资", "金额"])
  #expect(reader.cell("2.00").map(reader.named) == ["公用经费", "水电", "金额"])
  #expect(reader.cell("3.00").map(reader.named) == ["合计", "金额"])
  #expect(reader.cell("人员经费")?.columnSpan == 2)
  #expect(reader.cell("公用经费")?.attributes["scope"] == "rowgroup")
}

@Test func `zero, blank, dash, none and not applicable look and read differently`() {
  let table = DataTable(
    id: "t", caption: Caption(title: "表"), columns: [Column("项目", kind: .name), Column("金额", kind: .number)],
    rows: [
      money("0.00"), .absent(.blank), .absent(.dash), .absent(.dash, shown: "/"), .absent(.none),
      .absent(.notApplicable), .number("", value: ""), .number("-0.01", value: "-0.01"),
    ].enumerated().map { Row([.header("第\($0)行"), $1]) })
  let cells = read(table).dataCells
  #expect(cells.map(\.shown) == ["0.00", "", "—", "/", "无", "不适用", "", "-0.01"])
  #expect(cells.map(\.heard) == ["0.00", "空", "—", "/", "无", "不适用", "空", "-0.01"])
  #expect(
    cells.map { $0.classes.last ?? "" }
      == ["zero", "blank", "dash", "dash", "none", "not-applicable", "blank", "number"])
}

@Test func `exact values stand beside printed figures`() {
  #expect(
    String(decoding: overview.html(), as: UTF8.self)
      .contains("headers=\"overview:r1 overview:c1.1 overview:c2.2\"><data value=\"10.00\">10.00</data></td>")
  )
}

@Test func `a row header without words is a plain cell, and a hierarchy can be heard`() {
  let table = DataTable(
    id: "t", caption: Caption(title: "表"),
    columns: [Column("编码", kind: .code), Column("名称", kind: .name), Column("")],
    rows: [Row([Cell(.empty, isRowHeader: true), .header("甲", indent: 2), .text("x")])])
  let reader = read(table)
  #expect(reader.headerCells.map(\.shown) == ["编码", "名称", "甲"])
  #expect(reader.cell("甲")?.heard == "第3级：甲")
  #expect(reader.cell("甲")?.classes == ["name", "indent-2"])
}

@Test func `a table without rows says so, and cells beyond the header are not lost`() {
  var table = DataTable(
    id: "t", caption: Caption(title: "表"), columns: [Column("甲"), Column("乙")], rows: [],
    emptyStatement: "本表本年无发生额。")
  #expect(read(table).dataCells.map(\.shown) == ["本表本年无发生额。"])
  #expect(read(table).dataCells.map(\.columnSpan) == [2])
  table.rows = [Row(["1", "2", "3"].map { .text($0) }), Row([.text("4")])]
  #expect(read(table).dataCells.map(\.shown) == ["1", "2", "3", "4", ""])
}

@Test func `equal keys and keys with spaces still give different ids`() {
  let table = DataTable(
    id: "t 1", caption: Caption(title: "表"), columns: [Column("甲", key: "a b"), Column("乙", key: "a b")],
    rows: [Row([.header("1"), .header("2")], key: "x"), Row([.header("3"), .empty], key: "x")])
  #expect(
    read(table).headerCells.compactMap(\.id) == [
      "t-1:c-a-b", "t-1:c-a-b-2", "t-1:r-x", "t-1:r1.2", "t-1:r-x-2",
    ])
}

@Test func `lists whose rows differ in rank carry it on their cells`() {
  var table = overview
  table.rows = [
    Row(parts: [
      .init([.header("小计"), money("1.00")], role: .subtotal), .init([.header("明细"), money("2.00")]),
    ]),
    Row(parts: [.init([.header("其中")], role: .group)]),
    Row(parts: [.init([.header("甲"), money("3.00")]), .init([.header("乙"), money("4.00")])]),
  ]
  let reader = read(table)
  #expect(reader.cell("1.00")?.classes == ["number", "subtotal"])
  #expect(reader.cell("2.00")?.classes == ["number"])
  #expect(reader.cell("其中")?.columnSpan == 2)
  #expect(reader.cell("3.00").map(reader.named) == ["其中", "甲", "收入", "预算数"])
  #expect(reader.cell("4.00").map(reader.named) == ["乙", "支出", "预算数"])
}

/// Numbers that look random and are the same on every run.
private struct Dice {
  var state: UInt64

  mutating func roll(_ sides: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % sides
  }
}

@Test(arguments: 0..<200)
func `however cells merge and lists end, the grid has no hole and every named header exists`(_ seed: Int) {
  var dice = Dice(state: UInt64(seed))
  func column(_ depth: Int) -> Column {
    if depth > 2 || dice.roll(3) > 0 { return Column("列", kind: dice.roll(2) == 0 ? .number : .name) }
    return Column("组", (0...dice.roll(3)).map { _ in column(depth + 1) })
  }
  func leaves(_ column: Column) -> Int {
    column.children.isEmpty ? 1 : column.children.map(leaves).reduce(0, +)
  }
  let panels = (0...dice.roll(3)).map { _ in Panel((0...dice.roll(3)).map { _ in column(0) }) }
  let rows = (0...dice.roll(8)).map { _ in
    Row(
      parts: panels.map { panel in
        if dice.roll(4) == 0 { return .ended }
        let role: Row.Role = [.ordinary, .ordinary, .total, .subtotal, .group][dice.roll(5)]
        let cells: [Cell] = (0..<panel.columns.map(leaves).reduce(0, +)).map { _ in
          [.above, .left, .header("行"), .text("文"), money("1.00"), .empty, .header("")][dice.roll(7)]
        }
        return Row.Part(cells, role: role, key: dice.roll(2) == 0 ? "键" : nil)
      })
  }
  let reader = read(DataTable(id: "t", caption: Caption(title: "表"), panels: panels, rows: rows))
  #expect(reader.overlaps == 0 && reader.gaps == 0)
  #expect(Set(reader.ids).count == reader.ids.count)
  #expect(reader.headerCells.allSatisfy { !$0.shown.isEmpty })
  #expect(reader.bodyRows == rows.count)
  #expect(!reader.dataCells.flatMap(reader.named).contains("?"))
}
