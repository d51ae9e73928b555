import Content
import Diagnostics
import Fiscal
import Forms

extension Check {
  /// 行次、栏次不符
  static let numbersDiffer = Check(
    "numbers-differ", .warning, "数据里的行次、栏次与印出的不同",
    why: "正文、注释和别的表会说“第 3 行”“第 2 栏”；数据里写的与页面按表样印出的不同，读者就找错了数，也往往说明漏了一行。",
    references: ["FRM-09"],
    examples: [
      .passes(
        exampleNumbered,
        (
          "收支表.csv",
          "收入/项目,收入/行次,收入/金额,支出/项目,支出/行次,支出/金额\n栏次,,1=2,栏次,,2\n拨款,1,5.00,基本支出,4,3.00\n,2,,项目支出,5,2.00\n收入总计,3,5.00,支出总计,6,5.00\n"
        )),
      .fails(
        exampleNumbered,
        (
          "收支表.csv",
          "收入/项目,收入/行次,收入/金额,支出/项目,支出/行次,支出/金额\n拨款,1,5.00,基本支出,4,3.00\n,2,,项目支出,5,2.00\n收入总计,↓2,5.00,支出总计,6,5.00\n"
        )),
      .fails(
        exampleNumbered,
        (
          "收支表.csv",
          "收入/项目,收入/行次,收入/金额,支出/项目,支出/行次,支出/金额\n栏次,,1,栏次,,↓1\n拨款,1,5.00,基本支出,4,3.00\n,2,,项目支出,5,2.00\n收入总计,3,5.00,支出总计,6,5.00\n"
        )),
    ]
  ) { context in
    context.disclosure.tables.flatMap { table in
      table.grids.flatMap { grid in
        rowNumbers(of: grid, in: table, context) + columnNumbers(of: grid, in: table, context)
      }
    }
  }
}

private func rowNumbers(of grid: FilledGrid, in table: Table, _ context: CheckContext) -> [Finding] {
  guard let title = grid.grid.rowNumbers else { return [] }
  let lines = grid.printedLines
  return lines.enumerated().flatMap { line, row in
    zip(grid.strips, row).enumerated().compactMap { strip, place -> Finding? in
      guard let index = place.1 else { return nil }
      let row = grid.panels[place.0].rows[index]
      let number = FilledGrid.lineNumber(line, strip: strip, of: lines.count)
      guard let cell = row.number, !cell.says(number) else { return nil }
      return Finding(
        "numbers-differ", .warning, at: cell.place(in: row.file),
        "“\(row.title)”的\(title)写“\(cell.text)”，这一行印出的是 \(number)",
        hint: "改为 \(number)，或核对前面是否漏了行；\(title)也可以整列不写", subject: context.subject(table, row: row.title))
    }
  }
}

private func columnNumbers(of grid: FilledGrid, in table: Table, _ context: CheckContext) -> [Finding] {
  guard let title = grid.grid.columnNumbers else { return [] }
  var numbers: [(leaf: Leaf, panel: Int, strip: Int)] = []
  for panel in grid.panels.indices {
    let leaves = grid.panels[panel].printedLeaves.filter(\.type.isNumeric)
    for strip in 0..<max(1, grid.panels[panel].panel.strips) { numbers += leaves.map { ($0, panel, strip) } }
  }
  return numbers.enumerated().compactMap { place, column -> Finding? in
    let stated = grid.panels[column.panel].columnNumbers.first {
      $0.strip == column.strip && $0.leaf == column.leaf.index
    }
    guard let cell = stated?.cell, !cell.says(place + 1) else { return nil }
    return Finding(
      "numbers-differ", .warning, at: cell.place(in: table.file),
      "“\(column.leaf.name)”的\(title)写“\(cell.text)”，这一列印出的是 \(place + 1)",
      hint: "改为 \(place + 1)；\(title)一行也可以不写", subject: context.subject(table, column: column.leaf.name))
  }
}

extension Cell {
  /// Whether it is a number, alone or with what it adds (`1=2+3`).
  fileprivate func says(_ count: Int) -> Bool {
    if number?.rational == Rational(count) { return true }
    let parts = text.split(whereSeparator: { "=＝".contains($0) })
    return parts.count > 1 && parts.first.map { $0.filter { !$0.isWhitespace } } == String(count)
  }
}

private let exampleNumbered = (
  name: "forms/numbered.yaml",
  text: """
  id: numbered
  title: 收支表
  unit: 万元
  numbers: {rows: 行次, columns: 栏次}
  panels:
    - id: income
      title: 收入
      columns: [{id: item, title: 项目}, {id: amount, title: 金额, type: amount}]
      rows: [拨款, {id: total, title: 收入总计, adds: [拨款]}]
    - id: expenditure
      title: 支出
      columns: [{id: item, title: 项目}, {id: amount, title: 金额, type: amount}]
      rows: [基本支出, 项目支出, {id: total, title: 支出总计, adds: [基本支出, 项目支出]}]
  align: [[income.total, expenditure.total]]
  empty: 本表无发生额。
  """
)
