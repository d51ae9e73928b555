import Content
import Diagnostics
import Fiscal
import Forms

extension Check {
  /// 合计行与分项行之和不符
  static let sumOfRows = Check(
    "sum-of-rows", "合计行与分项行之和不符",
    why: "合计等于各分项之和，上级科目等于直接下级科目之和，部门等于各单位之和。读者最先核对合计；合计对不上，整张表都不可信。",
    references: ["SUM-01", "SUM-02", "SUM-06", "SUM-07", "BAL-02"],
    examples: [
      .passes(exampleFunctions, ("支出表.csv", "编码,名称,支出\n201,一般公共服务支出,10.00\n20129,群众团体事务,10.00\n,合计,10.00\n")),
      .passes(exampleFunctions, ("支出表.csv", "编码,名称,支出\n201,一般公共服务支出,10.01\n20129,群众团体事务,10.00\n,合计,10.00\n")),
      .fails(exampleFunctions, ("支出表.csv", "编码,名称,支出\n201,一般公共服务支出,↓10.02\n20129,群众团体事务,10.00\n,合计,10.02\n")),
      .fails(exampleFunctions, ("支出表.csv", "编码,名称,支出\n201,一般公共服务支出,10.00\n208,社会保障和就业支出,5.00\n,合计,↓16.00\n")),
      .passes(exampleStaff, ("人员.csv", "单位,编制人数,在职人数\n局本级,32,\n图书馆,45,\n合计,77,\n")),
      .fails(exampleStaff, ("人员.csv", "单位,编制人数,在职人数\n局本级,32,30\n图书馆,45,43\n合计,77,↓74\n")),
    ]
  ) { context in
    context.panels.flatMap { panel -> [Finding] in
      panel.rows.indices.flatMap { row in
        panel.rowSums(row).flatMap { sum in panel.addends.compactMap { panel.rowSum(sum, row: row, $0) } }
      }
    }
  }
}

/// The rows that make up another, and how.
private struct RowSum {
  var parts: [Int]
  /// Whether the second is taken from the first.
  var isDifference = false
  var what: String
  var isExact: Bool
}

extension PanelContext {
  fileprivate func rowSums(_ row: Int) -> [RowSum] {
    let declared = panel.rows
    var sums: [RowSum] = []
    let below = parts(of: row, .part)
    if !below.isEmpty {
      let isComplete = below.allSatisfy { rows[$0].spec.map { declared[$0].isComplete } ?? true }
      sums.append(RowSum(parts: below, what: "分项之和", isExact: isComplete))
    }
    guard let spec = rows[row].spec else { return sums }
    if !declared[spec].adds.isEmpty {
      let added = declared[spec].adds.flatMap { outermost(of: $0) }
      let isComplete = declared[spec].adds.allSatisfy { declared[$0].isComplete }
      // Rows left out by a form that does not require them count as zero; a table without any is empty.
      if !added.isEmpty {
        sums.append(RowSum(parts: added, what: "分项之和", isExact: isComplete))
      }
    }
    if let (first, second) = subtracted(at: row) {
      sums.append(RowSum(parts: [first, second], isDifference: true, what: "两行之差", isExact: true))
    }
    return sums
  }

  /// The two rows whose difference a row is (增减): as the form declares it, or as a line of a row printed on several.
  func subtracted(at row: Int) -> (first: Int, second: Int)? {
    guard let spec = rows[row].spec else { return nil }
    let declared = panel.rows[spec]
    if declared.difference.count == 2 {
      let terms = declared.difference.compactMap { outermost(of: $0).first }
      if terms.count == 2 { return (terms[0], terms[1]) }
    }
    guard let line = rows[row].line, case .levels(_, let lines, _) = declared.kind, line < lines.count,
      lines[line].difference.count == 2
    else { return nil }
    let first = row - line
    let terms = lines[line].difference.compactMap { id in
      lines.firstIndex { $0.id == id }.map { first + $0 }
    }
    guard terms.count == 2, terms.allSatisfy({ rows.indices.contains($0) && rows[$0].spec == spec }) else {
      return nil
    }
    return (terms[0], terms[1])
  }

  fileprivate func rowSum(_ sum: RowSum, row: Int, _ leaf: Int) -> Finding? {
    guard applies(leaf, to: row), !cell(row, leaf).isOpen else { return nil }
    if isSilent(sum.parts.lazy.map { self.cell($0, leaf) }, of: leaf) { return nil }
    guard sum.parts.contains(where: { applies(leaf, to: $0) }) else { return nil }
    // What cannot be read is a fault of its own.
    if isAmount(leaf),
      !cell(row, leaf).isReadable
        || sum.parts.contains(where: { applies(leaf, to: $0) && !cell($0, leaf).isReadable })
    {
      return nil
    }
    if !sum.isDifference, sum.parts.count > 1, let whole = fact(row, leaf) {
      facts.declare(split: whole, into: sum.parts.compactMap { fact($0, leaf) })
    }
    if isAmount(leaf), quickSum(sum, leaf).equals(cell(row, leaf)) { return nil }
    return inexactRowSum(sum, row: row, panel.leaves[leaf])
  }

  private func quickSum(_ sum: RowSum, _ leaf: Int) -> QuickSum {
    var added = QuickSum()
    for (place, part) in sum.parts.enumerated() where applies(leaf, to: part) {
      if sum.isDifference, place == 1 {
        added.subtract(cell(part, leaf).fen)
      } else {
        added.add(cell(part, leaf).fen)
      }
    }
    return added
  }

  private func inexactRowSum(_ sum: RowSum, row: Int, _ leaf: Leaf) -> Finding? {
    guard let total = term(row, leaf) else { return nil }
    var terms: [Term] = []
    for (place, part) in sum.parts.enumerated() where applies(leaf, to: part) {
      guard let term = term(part, leaf) else { return nil }
      terms.append(
        sum.isDifference && place == 1
          ? Term(value: term.value.negated, interval: term.interval.negated) : term)
    }
    let names = zip(sum.parts.filter { applies(leaf, to: $0) }, terms).map {
      "\(rows[$0].title) \(amount($1.value.magnitude, leaf))"
    }
    let isExact = sum.isExact && !context.isWithheld(rows[row], in: table)
    if !isExact {
      // Chosen or withheld lines: their sum is at most the total.
      guard let verdict = SumVerdict(total: total, terms: terms), verdict.agreement == .inconsistent,
        verdict.difference < .zero
      else { return nil }
    }
    return judge(
      total: total, terms: terms, at: row, leaf, parts: names, whole: rows[row].title, what: sum.what,
      id: "sum-of-rows",
      hint: sum.isDifference ? "核对两行的数，重新相减" : "核对分项是否漏填或重复；若分项是四舍五入后的数，请改填原始数",
      added: sum.parts.filter { applies(leaf, to: $0) }.map { ($0, leaf) }, isDifference: sum.isDifference)
  }
}
