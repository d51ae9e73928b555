import Content
import Diagnostics
import Fiscal
import Forms
import Formulas

extension Check {
  /// 表样规定的关系不成立
  static let formRelations = Check(
    "relation-violated", "表样规定的勾稽关系不成立",
    why: "表样写明的等式（如 资金总额 = 基本支出 + 项目支出）是填表人和审核人共同依据的规则。",
    references: ["PRF-01", "PRF-02", "SUM-03"],
    examples: [
      .passes(exampleRelation, ("targets.yaml", "资金总额: 10.00\n基本支出: 6.00\n项目支出: 4.00\n")),
      .passes(exampleRelation, ("targets.yaml", "资金总额: 10.00\n基本支出:\n项目支出:\n")),
      .fails(exampleRelation, ("targets.yaml", "资金总额: ↓10.00\n基本支出: 6.00\n项目支出: 5.00\n")),
      // Also where the relation is written the other way round.
      .fails(exampleRelation, ("targets.yaml", "资金总额: 11.00\n基本支出: 6.00\n项目支出: 5.00\n分值: ↓9\n")),
      // Between tables, whatever units they are in.
      .passes(
        exampleInYuan, exampleInTenThousand, exampleSetRelation, ("明细.csv", "项目,金额\n合计,100049.00\n"),
        ("总表.csv", "项目,金额\n支出合计,10.00\n")),
      .fails(
        exampleInYuan, exampleInTenThousand, exampleSetRelation, ("明细.csv", "项目,金额\n合计,100051.00\n"),
        ("总表.csv", "项目,金额\n支出合计,↓10.00\n")),
      .fails(exampleColumnRelation, ("经费.csv", "项目,培训费,其中：外聘,人次\n党校,3.00,2.00,10\n夜校,↓3.00,4.00,10\n")),
    ]
  ) { context in
    context.panels.flatMap { panel -> [Finding] in
      panel.table.form.relations.filter(\.isRowwise).flatMap { relation in
        panel.rows.indices.compactMap { panel.judge(relation, row: $0) }
      }
    }
      + context.disclosure.tables.enumerated().flatMap { index, table in
        table.form.relations.filter { !$0.isRowwise }.compactMap { context.judge($0, of: table, index) }
      } + context.disclosure.brokenRelations.map { context.report($0) }
  }
}

/// One side of a relation with the cells that it names.
private struct Side {
  var expression: Expression
  var cells: [ReadCell]
  /// The formula as it is read: with titles in place of ids.
  var text: String
  /// The row, and the column, of the only cell that it names.
  var name: [String]?

  /// A figure that the form itself states, such as 100.
  var isConstant: Bool { expression.names.isEmpty && expression.references.isEmpty }

  /// Whether something is filled in: a side whose cells are all empty says nothing, nor does one with a cell at fault.
  var speaks: Bool {
    isConstant || (cells.contains { !$0.cell.isOpen } && cells.allSatisfy { $0.cell.state != .invalid })
  }

  var isOneCell: Bool { name != nil }

  /// Where to look: what is filled in, where there is something.
  var cell: ReadCell? { cells.first { !$0.cell.isOpen && $0.cell.line > 0 } }
}

extension Expression {
  fileprivate var onlyName: Name? { names.count == 1 && names[0].text == text ? names[0] : nil }
}

extension CheckContext {
  fileprivate func judge(_ relation: FormRelation, of table: Table, _ index: Int) -> Finding? {
    let source = table.relationSource(within: disclosure)
    let sides = [relation.equation.left, relation.equation.right].map { expression in
      Side(
        expression: expression,
        cells: (expression.names.compactMap { source.cell(named: $0) }
          + expression.references.flatMap { source.cells(of: $0) }).map {
            ReadCell(cell: $0, file: table.file)
          },
        text: expression.text(naming: { source.printed($0)?.joined(separator: "的") }) { source.printed($0) },
        name: expression.onlyName.flatMap { source.printed($0) })
    }
    guard sides.allSatisfy(\.speaks) else { return nil }
    // A total that stands alone is where to look first.
    let first = sides.first(where: \.isOneCell) ?? sides.first { !$0.isConstant } ?? sides[0]
    let finding = finding(
      relation.equation, sides, with: source, at: first.cell?.place ?? Place(file: table.file),
      subject: subject(table, row: first.text))
    if let finding {
      var suspects = Suspects()
      for place in table.figures(at: sides.flatMap(\.cells).map(\.cell), table: index) {
        suspects.add(place, .unknown)
      }
      suspect(suspects, for: finding)
    }
    return finding
  }
}

extension CheckContext {
  /// A relation between tables; figures of another year may have been restated since.
  fileprivate func report(_ broken: BrokenRelation) -> Finding {
    let sides = [broken.left, broken.right].map { side in
      Side(expression: side.expression, cells: side.cells, text: side.text, name: nil)
    }
    let files = Set(disclosure.tables.map(\.file))
    let own = sides.filter { $0.cell.map { files.contains($0.file) } ?? false }
    let first = own.first ?? sides.first { $0.cell != nil }
    let place = first?.cell?.place ?? disclosure.place
    let notes = sides.compactMap { side -> Finding.Note? in
      guard let cell = side.cell, cell.place != place else { return nil }
      return Finding.Note(side.text, at: cell.place)
    }
    let table = disclosure.tables.first { $0.file == place.file }
    return Finding(
      "relation-violated", broken.relation.isAcross ? .warning : .error, at: place,
      message(broken.comparison, sides), hint: hint(broken.relation.equation, sides), notes: notes,
      subject: subject(table, row: first?.text))
  }
}

extension PanelContext {
  /// A relation between columns, in one row.
  fileprivate func judge(_ relation: FormRelation, row: Int) -> Finding? {
    var columns: [Name: Int] = [:]
    for name in relation.equation.names {
      let found = panel.leaves.meant(by: name)
      guard found.count == 1, let leaf = found.first, applies(leaf, to: row) else { return nil }
      columns[name] = leaf.index
    }
    let source = RowSource(panel: self, row: row, blankIsZero: true) { columns[$0] }
    let sides = [relation.equation.left, relation.equation.right].map { expression in
      let leaves = expression.names.compactMap { columns[$0] }.map { panel.leaves[$0] }
      return Side(
        expression: expression, cells: leaves.map { ReadCell(cell: cell(row, $0), file: rows[row].file) },
        text: source.text(of: expression),
        name: expression.onlyName == nil ? nil : leaves.first.map { [$0.title] })
    }
    let names = relation.equation.left.names + relation.equation.right.names
    guard let first = names.first.flatMap({ columns[$0] }), sides.allSatisfy(\.speaks) else { return nil }
    let leaf = panel.leaves[first]
    let finding = finding(
      relation.equation, sides, with: source, at: place(row, leaf), subject: subject(row, leaf))
    if let finding {
      var suspects = Suspects()
      for column in names.compactMap({ columns[$0] }) {
        suspects.add(figure(row, panel.leaves[column]), .unknown)
      }
      context.suspect(suspects, for: finding)
    }
    return finding
  }
}

/// Judges both sides as they are filled in.
private func finding(
  _ equation: Equation, _ sides: [Side], with source: some FigureSource, at place: Place, subject: Subject
) -> Finding? {
  do throws(FormulaError) {
    let comparison = try equation.compare(with: source)
    guard comparison.agreement == .inconsistent else { return nil }
    return Finding(
      "relation-violated", at: place, message(comparison, sides),
      hint: hint(equation, sides), subject: subject)
  } catch {
    return nil
  }
}

private func hint(_ equation: Equation, _ sides: [Side]) -> String {
  "应当：\(sides[0].text) \(equation.relation.rawValue) \(sides[1].text)；核对填错的一项"
}

/// Against a figure of the form: “…”是 9，应为 10. Else both sides and how far they are apart.
private func message(_ comparison: Comparison, _ sides: [Side]) -> String {
  func name(_ side: Side) -> String {
    guard let name = side.name else { return side.text + " " }
    return "“" + name.joined(separator: "”的") + (name.count == 1 ? "”" : "")
  }
  let (left, right) = (comparison.left.figure, comparison.right.figure)
  if let constant = sides.firstIndex(where: \.isConstant) {
    let words: [Relation: (String, String)] = [
      .equal: ("应为", "应为"), .atMost: ("应不小于", "应不大于"), .atLeast: ("应不大于", "应不小于"),
    ]
    let wanted = words[comparison.relation].map { constant == 0 ? $0.0 : $0.1 } ?? "应为"
    let (stated, limit) = constant == 0 ? (right, left) : (left, right)
    return "\(name(sides[1 - constant]))是 \(shown(stated))，\(wanted) \(shown(limit))"
  }
  var difference = comparison.difference
  difference.value = difference.value.magnitude
  return
    "\(sides[0].text) \(shown(left))，\(sides[1].text) \(shown(right))，相差 \(shown(difference))"
}

let exampleRelation = (
  name: "forms/targets.yaml",
  text: """
  id: targets
  title: 目标表
  unit: 万元
  sheet:
    - fields: [[{title: 资金总额, type: amount}], [{title: 基本支出, type: amount}, {title: 项目支出, type: amount}], [{title: 分值, type: score}]]
  relations: ["资金总额 = 基本支出 + 项目支出", "分值 = 10"]
  """
)

private let exampleSetRelation = (name: "set.yaml", text: "relations: [\"总表[支出合计] = 明细[total]\"]\n")

private let exampleInYuan = (
  name: "forms/details.yaml",
  text: """
  id: details
  title: 明细
  unit: 元
  columns: [{title: 项目}, {title: 金额, type: amount}]
  rows: [{id: total, title: 合计}]
  empty: 本表无发生额。
  """
)

private let exampleInTenThousand = (
  name: "forms/summary.yaml",
  text: """
  id: summary
  title: 总表
  unit: 万元
  columns: [{title: 项目}, {title: 金额, type: amount}]
  rows: [支出合计]
  empty: 本表无发生额。
  """
)

let exampleColumnRelation = (
  name: "forms/costs.yaml",
  text: """
  id: costs
  title: 经费
  unit: 万元
  columns: [{title: 项目}, {title: 培训费, type: amount}, {title: 其中：外聘, type: amount}, {title: 人次, type: count}]
  rows: [{free: lines}]
  relations: ["培训费 >= 其中：外聘"]
  empty: 本表无发生额。
  """
)
