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
      }
  }
}

/// One side of a relation with the cells that it names.
private struct Side {
  var expression: Expression
  var cells: [Cell]

  /// A figure that the form itself states, such as 100.
  var isConstant: Bool { expression.names.isEmpty && expression.references.isEmpty }

  /// Whether something is filled in: a side whose cells are all empty says nothing, nor does one with a cell at fault.
  var speaks: Bool {
    isConstant || (cells.contains { !$0.isOpen } && cells.allSatisfy { $0.state != .invalid })
  }

  var isOneCell: Bool { expression.names.count == 1 && expression.names[0].text == expression.text }
}

extension CheckContext {
  fileprivate func judge(_ relation: FormRelation, of table: Table, _ index: Int) -> Finding? {
    let source = table.relationSource(within: disclosure)
    let sides = [relation.equation.left, relation.equation.right].map { expression in
      Side(
        expression: expression,
        cells: expression.names.compactMap { source.cell(named: $0) }
          + expression.references.flatMap { source.cells(of: $0) })
    }
    guard sides.allSatisfy(\.speaks) else { return nil }
    // A total that stands alone is where to look first.
    let first = sides.first(where: \.isOneCell) ?? sides.first { !$0.isConstant } ?? sides[0]
    let cell = first.cells.first { !$0.isOpen && $0.line > 0 }
    let finding = finding(
      relation, sides, with: source, at: cell?.place(in: table.file) ?? Place(file: table.file),
      subject: subject(table, row: first.expression.text))
    if let finding {
      var suspects = Suspects()
      for place in table.figures(at: sides.flatMap(\.cells), table: index) { suspects.add(place, .unknown) }
      suspect(suspects, for: finding)
    }
    return finding
  }
}

extension PanelContext {
  /// A relation between columns, in one row.
  fileprivate func judge(_ relation: FormRelation, row: Int) -> Finding? {
    func leaves(_ expression: Expression) -> [Leaf] {
      expression.names.compactMap { name in
        panel.leaves.first { $0.id == name.text || normalizedTitle($0.title) == normalizedTitle(name.text) }
      }
    }
    let sides = [relation.equation.left, relation.equation.right].map {
      Side(expression: $0, cells: leaves($0).map { cell(row, $0) })
    }
    let used = relation.equation.names.count
    guard let leaf = leaves(relation.equation.left).first ?? leaves(relation.equation.right).first,
      leaves(relation.equation.left).count + leaves(relation.equation.right).count >= used,
      (leaves(relation.equation.left) + leaves(relation.equation.right)).allSatisfy({ applies($0, to: row) }),
      sides.allSatisfy(\.speaks)
    else { return nil }
    let finding = finding(
      relation, sides, with: RowSource(panel: self, row: row, blankIsZero: true), at: place(row, leaf),
      subject: subject(row, leaf))
    if let finding {
      var suspects = Suspects()
      for expression in [relation.equation.left, relation.equation.right] {
        for leaf in leaves(expression) { suspects.add(figure(row, leaf), .unknown) }
      }
      context.suspect(suspects, for: finding)
    }
    return finding
  }
}

/// Judges both sides as they are filled in.
private func finding(
  _ relation: FormRelation, _ sides: [Side], with source: some FigureSource, at place: Place, subject: Subject
) -> Finding? {
  do throws(FormulaError) {
    let comparison = try relation.equation.compare(with: source)
    guard comparison.agreement == .inconsistent else { return nil }
    return Finding(
      "relation-violated", at: place, message(comparison, sides),
      hint: "应当：\(relation.equation.text)；核对填错的一项", subject: subject)
  } catch {
    return nil
  }
}

/// Against a figure of the form: “…”是 9，应为 10. Else both sides and how far they are apart.
private func message(_ comparison: Comparison, _ sides: [Side]) -> String {
  func text(_ figure: Figure) -> String {
    do throws(FormulaFault) { return try figure.text(as: nil) } catch { return "" }
  }
  func name(_ side: Side) -> String {
    guard side.isOneCell, let name = side.expression.names.first else { return side.expression.text + " " }
    return "“" + name.parts.suffix(2).joined(separator: "”的") + (name.parts.count == 1 ? "”" : "")
  }
  let (left, right) = (comparison.left.figure, comparison.right.figure)
  if let constant = sides.firstIndex(where: \.isConstant) {
    let words: [Relation: (String, String)] = [
      .equal: ("应为", "应为"), .atMost: ("应不小于", "应不大于"), .atLeast: ("应不大于", "应不小于"),
    ]
    let wanted = words[comparison.relation].map { constant == 0 ? $0.0 : $0.1 } ?? "应为"
    let (stated, limit) = constant == 0 ? (right, left) : (left, right)
    return "\(name(sides[1 - constant]))是 \(text(stated))，\(wanted) \(text(limit))"
  }
  var difference = comparison.difference
  difference.value = difference.value.magnitude
  return
    "\(sides[0].expression.text) \(text(left))，\(sides[1].expression.text) \(text(right))，相差 \(text(difference))"
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
