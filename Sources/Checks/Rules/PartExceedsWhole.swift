import Content
import Diagnostics
import Fiscal
import Forms

extension Check {
  /// “其中”大于全部
  static let partExceedsWhole = Check(
    "part-exceeds-whole", "“其中”大于全部",
    why: "“其中”只是一部分，不可能大于它所在的全部；多半是两格填反，或单位写错。",
    references: ["SUM-04", "XTB-11"],
    examples: [
      .passes(exampleProcurement, ("采购.csv", "单位,小计,其中：面向中小企业\n县局,10.00,10.00\n")),
      .fails(exampleProcurement, ("采购.csv", "单位,小计,其中：面向中小企业\n县局,10.00,↓12.00\n")),
    ]
  ) { context in
    context.panels.flatMap { panel -> [Finding] in
      var findings: [Finding] = []
      let leaves = panel.panel.leaves
      for leaf in leaves.indices {
        for case .ofWhich(let parts) in leaves[leaf].rules {
          for row in panel.rows.indices {
            for part in parts where panel.mayExceed((row, part), (row, leaf)) {
              let (inner, outer) = (leaves[part], leaves[leaf])
              if let finding = panel.exceeds((row, inner), (row, outer), inner.title, outer.title) {
                findings.append(finding)
              }
            }
          }
        }
      }
      let addends = panel.addends.filter { !leaves[$0].isDerived }
      for row in panel.rows.indices {
        for part in panel.parts(of: row, .ofWhich) {
          for leaf in addends where panel.mayExceed((part, leaf), (row, leaf)) {
            let names = (panel.rows[part].title, panel.rows[row].title)
            if let finding = panel.exceeds((part, leaves[leaf]), (row, leaves[leaf]), names.0, names.1) {
              findings.append(finding)
            }
          }
        }
      }
      return findings
    }
  }
}

extension PanelContext {
  /// Whether a part is larger than the whole as printed: only then the intervals need to be compared.
  fileprivate func mayExceed(_ part: (row: Int, leaf: Int), _ whole: (row: Int, leaf: Int)) -> Bool {
    !isAmount(part.leaf) || !isAmount(whole.leaf)
      || cell(part.row, part.leaf).fen > cell(whole.row, whole.leaf).fen
  }

  fileprivate func exceeds(
    _ part: (row: Int, leaf: Leaf), _ whole: (row: Int, leaf: Leaf), _ partName: String, _ wholeName: String
  ) -> Finding? {
    guard cell(whole.row, whole.leaf).isFigure, let inner = term(part.row, part.leaf),
      let outer = term(whole.row, whole.leaf),
      inner.interval.lower > outer.interval.upper, outer.value >= .zero
    else { return nil }
    dispute(part.row, part.leaf)
    dispute(whole.row, whole.leaf)
    let finding = Finding(
      "part-exceeds-whole", at: place(part.row, part.leaf),
      "“\(partName)”\(amount(inner.value, part.leaf))，大于“\(wholeName)”\(amount(outer.value, whole.leaf))\(unit(whole.leaf))",
      hint: "核对两格是否填反，单位是否写错", notes: [.init("全部", at: place(whole.row, whole.leaf))],
      subject: subject(part.row, part.leaf))
    var suspects = Suspects()
    suspects.add(figure(part.row, part.leaf), .unknown)
    suspects.add(figure(whole.row, whole.leaf), .unknown)
    context.suspect(suspects, for: finding)
    return finding
  }
}
