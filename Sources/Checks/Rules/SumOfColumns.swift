import Content
import Diagnostics
import Fiscal
import Forms

extension Check {
  /// 行内合计列与分项列之和不符
  static let sumOfColumns = Check(
    "sum-of-columns", "合计列与分项列之和不符",
    why: "同一行里，合计列等于各分项列之和。对不上，说明有一格填错或漏填。",
    references: ["SUM-03", "XTB-09"],
    examples: [
      .passes(exampleThreePublic, ("三公.csv", "单位,合计,出国,小计,购置,运行,接待\n县局,36.00,0.00,29.00,0.00,29.00,7.00\n")),
      .fails(exampleThreePublic, ("三公.csv", "单位,合计,出国,小计,购置,运行,接待\n县局,↓36.50,0.00,29.00,0.00,29.00,7.00\n")),
      .fails(exampleThreePublic, ("三公.csv", "单位,合计,出国,小计,购置,运行,接待\n县局,36.00,0.00,↓29.00,1.00,29.00,7.00\n")),
    ]
  ) { context in
    context.panels.flatMap { panel in
      panel.panel.leaves.flatMap { leaf in
        leaf.rules.flatMap { rule -> [Finding] in
          guard case .sum(let parts) = rule else { return [] }
          return panel.rows.indices.compactMap {
            panel.columnSum(leaf, parts.map { panel.panel.leaves[$0] }, row: $0)
          }
        }
      }
    }
  }
}

extension PanelContext {
  fileprivate func columnSum(_ leaf: Leaf, _ parts: [Leaf], row: Int) -> Finding? {
    guard applies(leaf, to: row), !cell(row, leaf).isOpen, let total = term(row, leaf) else { return nil }
    let cells = parts.map { cell(row, $0) }
    // Where no part is filled in the split is not given in this row.
    if table.form.blank != .zero, cells.allSatisfy(\.isOpen) { return nil }
    let terms = parts.compactMap { term(row, $0) }
    guard terms.count == parts.count else { return nil }
    if let whole = fact(row, leaf) {
      context.facts.declare(split: whole, into: parts.compactMap { fact(row, $0) })
    }
    let names = zip(parts, terms).map { "\($0.name) \(amount($1.value, leaf))" }
    return judge(
      total: total, terms: terms, at: row, leaf, parts: names, whole: leaf.title, what: "分项列之和",
      id: "sum-of-columns",
      hint: "核对这一行是否漏填或填错；若分项是四舍五入后的数，请改填原始数", disputes: [(row, leaf)] + parts.map { (row, $0) })
  }
}
