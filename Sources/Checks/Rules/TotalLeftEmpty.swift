import Content
import Diagnostics
import Fiscal
import Forms

extension Check {
  /// 分项有数而合计空着
  static let totalLeftEmpty = Check(
    "total-left-empty", .warning, "分项有数而合计空着",
    why: "分项都填了，合计却空着，读者只能自己去加，也无从核对。",
    references: ["PRF-23", "FRM-10"],
    examples: [
      .passes(exampleFunctions, ("支出表.csv", "编码,名称,支出\n201,一般公共服务支出,10.00\n,合计,10.00\n")),
      .fails(exampleFunctions, ("支出表.csv", "编码,名称,支出\n201,一般公共服务支出,10.00\n,↓合计,\n")),
    ]
  ) { context in
    context.panels.flatMap { panel -> [Finding] in
      let addends = panel.addends.filter { !panel.panel.leaves[$0].isDerived }
      return panel.rows.indices.compactMap { row in panel.emptyTotal(row, addends) }
    }
  }
}

extension PanelContext {
  /// One finding a row: a total left empty in several columns is one omission.
  fileprivate func emptyTotal(_ row: Int, _ addends: [Int]) -> Finding? {
    let blank = addends.filter { applies($0, to: row) && cell(row, $0).state == .blank }
    guard !blank.isEmpty else { return nil }
    let added = rows[row].spec.map { panel.rows[$0].adds.flatMap { outermost(of: $0) } } ?? []
    let parts = parts(of: row, .part) + added
    let empty = blank.filter { leaf in
      parts.contains { part in
        isAmount(leaf)
          ? cell(part, leaf).fen != 0 : term(part, panel.leaves[leaf]).map { !$0.value.isZero } ?? false
      }
    }.map { panel.leaves[$0] }
    guard let leaf = empty.first else { return nil }
    let sums = empty.map { leaf in
      let sum = parts.compactMap { term($0, leaf)?.value }.reduce(Rational.zero) { $0.adding($1) ?? $0 }
      return "\(leaf.name) \(amount(sum, leaf))"
    }
    return Finding(
      "total-left-empty", .warning, at: rows[row].place,
      "“\(name(row))”空着，而分项有数；分项之和：\(listed(sums))\(unit(leaf))",
      hint: "填上合计", subject: subject(row, nil))
  }
}
