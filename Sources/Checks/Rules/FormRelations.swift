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
    ]
  ) { context in
    context.disclosure.tables.enumerated().flatMap { index, table in
      table.form.relations.compactMap { context.judge($0, of: table) }
    }
  }
}

extension CheckContext {
  fileprivate func judge(_ relation: FormRelation, of table: Table) -> Finding? {
    let source = table.relationSource(within: disclosure)
    do throws(FormulaError) {
      // Where nothing on the right is filled in the relation says nothing.
      let parts = relation.equation.right.names.map { source.cell(named: $0) }
      let left = relation.equation.left.names.map { source.cell(named: $0) }
      guard parts.contains(where: { $0.map { !$0.isOpen } ?? false }),
        left.allSatisfy({ $0.map { !$0.isOpen } ?? true })
      else { return nil }
      let comparison = try relation.equation.compare(with: source)
      guard comparison.agreement == .inconsistent else { return nil }
      let words = try words(comparison)
      let place = left.compactMap { $0 }.first.map { $0.place(in: table.file) } ?? Place(file: table.file)
      return Finding(
        "relation-violated", at: place,
        "\(relation.equation.left.text) \(words.left)，\(relation.equation.right.text) \(words.right)，相差 \(words.difference)",
        hint: "应当：\(relation.equation.text)；核对填错的一项",
        subject: subject(table, row: relation.equation.left.text))
    } catch {
      return nil
    }
  }

  private func words(_ comparison: Comparison) throws(FormulaError) -> (
    left: String, right: String, difference: String
  ) {
    func text(_ figure: Figure) -> String {
      do throws(FormulaFault) { return try figure.text(as: nil) } catch { return "" }
    }
    var difference = comparison.difference
    difference.value = difference.value.magnitude
    return (text(comparison.left.figure), text(comparison.right.figure), text(difference))
  }
}

let exampleRelation = (
  name: "forms/targets.yaml",
  text: """
  id: targets
  title: 目标表
  unit: 万元
  sheet:
    - fields: [[{title: 资金总额, type: amount}], [{title: 基本支出, type: amount}, {title: 项目支出, type: amount}]]
  relations: ["资金总额 = 基本支出 + 项目支出"]
  """
)
