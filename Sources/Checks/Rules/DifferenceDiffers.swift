import Content
import Diagnostics
import Fiscal
import Forms

extension Check {
  /// 增减额与两列之差不符
  static let differenceDiffers = Check(
    "difference-differs", "增减额与两列之差不符",
    why: "增减额等于后数减前数；它常被引用到正文里，错了就处处错。",
    references: ["SUM-05"],
    examples: [
      .passes(exampleTwoYears, ("对比表.csv", "项目,上年,本年,增减额,增减%\n支出,10.00,12.00,2.00,20.00%\n")),
      .fails(exampleTwoYears, ("对比表.csv", "项目,上年,本年,增减额,增减%\n支出,10.00,12.00,↓-2.00,20.00%\n")),
    ]
  ) { context in
    context.panels.flatMap { panel -> [Finding] in
      panel.panel.leaves.flatMap { leaf in
        leaf.rules.flatMap { rule -> [Finding] in
          guard case .difference(let new, let old) = rule else { return [] }
          let terms = [panel.panel.leaves[new], panel.panel.leaves[old]]
          return panel.rows.indices.compactMap { row in
            guard panel.applies(leaf, to: row), !panel.cell(row, leaf).isOpen,
              let stated = panel.term(row, leaf),
              let first = panel.term(row, terms[0]), let second = panel.term(row, terms[1])
            else { return nil }
            return panel.judge(
              total: stated,
              terms: [first, Term(value: second.value.negated, interval: second.interval.negated)], at: row,
              leaf,
              parts: [
                "\(terms[0].name) \(panel.amount(first.value, leaf))",
                "\(terms[1].name) \(panel.amount(second.value, leaf))",
              ],
              whole: leaf.title, what: "两列之差", id: "difference-differs", hint: "重新相减；减少的写负数",
              added: terms.map { (row, $0) }, isDifference: true, isDisputed: false)
          }
        }
      }
    }
  }
}
