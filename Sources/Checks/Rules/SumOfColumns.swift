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
    context.panels.flatMap { panel -> [Finding] in
      var findings: [Finding] = []
      let leaves = panel.panel.leaves
      for leaf in leaves.indices {
        for case .sum(let parts) in leaves[leaf].rules {
          for row in panel.rows.indices {
            if let finding = panel.columnSum(leaf, parts, row: row) { findings.append(finding) }
          }
        }
      }
      return findings
    }
  }
}

extension PanelContext {
  fileprivate func columnSum(_ leaf: Int, _ parts: [Int], row: Int) -> Finding? {
    guard applies(leaf, to: row), !cell(row, leaf).isOpen else { return nil }
    // Where no part is filled in the split is not given in this row.
    if isSilent(parts.lazy.map { self.cell(row, $0) }, of: leaf) { return nil }
    let isOfAmounts = isAmount(leaf) && parts.allSatisfy(isAmount)
    // What cannot be read is a fault of its own.
    if isOfAmounts, !cell(row, leaf).isReadable || parts.contains(where: { !cell(row, $0).isReadable }) {
      return nil
    }
    if parts.count > 1, let whole = fact(row, leaf) {
      facts.declare(split: whole, into: parts.compactMap { fact(row, $0) })
    }
    if isOfAmounts {
      var sum = QuickSum()
      for part in parts { sum.add(cell(row, part).fen) }
      if sum.equals(cell(row, leaf)) { return nil }
    }
    return inexactColumnSum(panel.leaves[leaf], parts.map { panel.leaves[$0] }, row: row)
  }

  private func inexactColumnSum(_ leaf: Leaf, _ parts: [Leaf], row: Int) -> Finding? {
    guard let total = term(row, leaf) else { return nil }
    let terms = parts.compactMap { term(row, $0) }
    guard terms.count == parts.count else { return nil }
    let names = zip(parts, terms).map { "\($0.name) \(amount($1.value, leaf))" }
    return judge(
      total: total, terms: terms, at: row, leaf, parts: names, whole: leaf.title, what: "分项列之和",
      id: "sum-of-columns",
      hint: "核对这一行是否漏填或填错；若分项是四舍五入后的数，请改填原始数", added: parts.map { (row, $0) })
  }
}
