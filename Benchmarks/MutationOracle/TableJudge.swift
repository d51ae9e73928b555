import Content
import Fiscal
import Forms
import Formulas

/// The relations within one table.
struct TableJudge {
  let table: Table
  let disclosure: Disclosure

  func violations() -> [Oracle.Violation] {
    table.panels.flatMap { columns(of: $0) + rows(of: $0) + rowRelations(of: $0) } + formRelations()
      + scores()
  }

  func violation(_ relation: Oracle.Relation, _ row: String, _ column: String = "")
    -> Oracle.Violation
  {
    Oracle.Violation(relation: relation, words: "\(table.name) \(row) \(column)")
  }

  // MARK: Columns

  private func columns(of filled: FilledPanel) -> [Oracle.Violation] {
    var found: [Oracle.Violation] = []
    for leaf in filled.panel.leaves {
      for rule in leaf.rules {
        for row in filled.rows.indices where filled.applies(leaf, to: row) {
          guard let relation = broken(rule, leaf, row, filled) else { continue }
          found.append(violation(relation, filled.rows[row].title, leaf.name))
        }
      }
    }
    return found
  }

  private func broken(_ rule: ColumnRule, _ leaf: Leaf, _ row: Int, _ filled: FilledPanel) -> Oracle.Relation?
  {
    let cells = filled.rows[row].cells
    switch rule {
    case .sum(let parts):
      guard let total = total(row, leaf.index, filled), !isSilent(parts.map { cells[$0] }, leaf) else {
        return nil
      }
      return addsUp(total, parts.map { filled.term(row, $0) }) ? nil : .columnSum
    case .difference(let new, let old):
      guard let total = total(row, leaf.index, filled) else { return nil }
      return addsUp(total, [filled.term(row, new), filled.term(row, old).map(negated)]) ? nil : .difference
    case .ofWhich(let parts):
      guard let whole = filled.printed(row, leaf.index), whole.value >= 0 else { return nil }
      return parts.contains { exceeds(filled.term(row, $0), whole) } ? .partOfWhole : nil
    case .growth(let new, let old):
      return isRatio(row, leaf.index, new, old, isGrowth: true, filled) ? nil : .percentage
    case .share(let part, let whole):
      return isRatio(row, leaf.index, part, whole, isGrowth: false, filled) ? nil : .percentage
    case .equals(let expression, let names):
      guard var stated = Figure(cells[leaf.index], leaf: leaf, blank: .nothing) else { return nil }
      // A score that follows from others is rounded as well, to a tenth at the coarsest.
      if cells[leaf.index].number != nil, leaf.type != .percent {
        stated.lastDigit = Rational(1, over: Printed.ten(to: max(1, stated.decimals)))
      }
      let source = RowFigures(filled: filled, row: row, blank: table.form.blank, blankIsZero: false) {
        names[$0]
      }
      return holds { () throws(FormulaError) in try expression.compare(stated, with: source) }
        ? nil : .formula
    }
  }

  /// A printed percentage against what the two amounts may stand for; true where nothing can be said.
  private func isRatio(
    _ row: Int, _ leaf: Int, _ top: Int, _ bottom: Int, isGrowth: Bool, _ filled: FilledPanel
  ) -> Bool {
    let cells = filled.rows[row].cells
    guard let stated = filled.printed(row, leaf) else { return true }
    if table.form.blank != .zero, cells[top].isLeftOpen || cells[bottom].isLeftOpen { return true }
    guard var above = filled.term(row, top), let base = filled.term(row, bottom) else { return true }
    if base.value == 0 { return above.value == 0 && stated.value == 0 }
    if isGrowth {
      above = Printed(value: above.value - base.value, half: above.half + base.half, measure: above.measure)
    }
    if base.lower <= 0, base.upper >= 0 { return true }
    let sign: Int128 = base.value < 0 ? -1 : 1
    let hundred = 100 * Printed.plainScale
    // stated × base against 100 × above, at every corner.
    let corners = [above.lower, above.upper].flatMap { top in
      [base.lower, base.upper].map { (top: top * sign, base: $0 * sign) }
    }
    let reachesDown = corners.contains { over(stated.upper, $0.base) >= over(hundred, $0.top) }
    let reachesUp = corners.contains { over(stated.lower, $0.base) <= over(hundred, $0.top) }
    return reachesDown && reachesUp
  }

  /// A product; what does not fit is as large as can be.
  private func over(_ first: Int128, _ second: Int128) -> Int128 {
    let (product, overflow) = first.multipliedReportingOverflow(by: second)
    return overflow ? ((first < 0) == (second < 0) ? .max : .min) : product
  }

  // MARK: Rows

  private func rows(of filled: FilledPanel) -> [Oracle.Violation] {
    var found: [Oracle.Violation] = []
    let isWithheld = !disclosure.withheld.isEmpty
    for row in filled.rows.indices {
      var sums = [(parts: children(of: row, .part, filled), isDifference: false)]
      if let spec = filled.rows[row].spec {
        let declared = filled.panel.rows[spec]
        sums.append((declared.adds.flatMap { outermost($0, filled) }, false))
        let terms = declared.difference.compactMap { outermost($0, filled).first }
        if terms.count == 2 { sums.append((terms, true)) }
        if let terms = lineTerms(row, declared, filled) { sums.append((terms, true)) }
      }
      for sum in sums where !sum.parts.isEmpty {
        let isOpen =
          isWithheld
          || sum.parts.contains { part in
            filled.rows[part].spec.map { !filled.panel.rows[$0].isComplete } ?? false
          }
        for leaf in filled.panel.leaves where isAddend(leaf) && filled.applies(leaf, to: row) {
          guard let total = total(row, leaf.index, filled),
            !isSilent(sum.parts.map { filled.rows[$0].cells[leaf.index] }, leaf)
          else { continue }
          let parts = sum.parts.filter { filled.applies(leaf, to: $0) }
          if parts.isEmpty { continue }
          let terms = parts.enumerated().map { place, part in
            let term = filled.term(part, leaf.index)
            return sum.isDifference && place == 1 ? term.map(negated) : term
          }
          if !addsUp(total, terms, mayBeLess: isOpen && !sum.isDifference) {
            found.append(violation(.rowSum, filled.rows[row].title, leaf.name))
          }
        }
      }
      for part in children(of: row, .ofWhich, filled) {
        for leaf in filled.panel.leaves where isAddend(leaf) && !leaf.isDerived {
          guard let whole = filled.printed(row, leaf.index), whole.value >= 0,
            exceeds(filled.term(part, leaf.index), whole)
          else { continue }
          found.append(violation(.partOfWhole, filled.rows[part].title, leaf.name))
        }
      }
    }
    return found
  }

  private func children(of row: Int, _ relation: RowSpec.Relation, _ filled: FilledPanel) -> [Int] {
    standing(
      filled.rows.indices.filter { filled.rows[$0].parent == row && filled.rows[$0].relation == relation },
      filled)
  }

  private func outermost(_ spec: Int, _ filled: FilledPanel) -> [Int] {
    standing(
      filled.rows.indices.filter { row in
        filled.rows[row].spec == spec && filled.rows[row].parent.map { filled.rows[$0].spec != spec } ?? true
      }, filled)
  }

  /// What rows that the data leaves out hold, in their place.
  private func standing(_ rows: [Int], _ filled: FilledPanel) -> [Int] {
    rows.flatMap { filled.rows[$0].isHollow ? children(of: $0, .part, filled) : [$0] }
  }

  private func lineTerms(_ row: Int, _ declared: RowSpec, _ filled: FilledPanel) -> [Int]? {
    guard case .levels(_, let lines, _) = declared.kind, let line = filled.rows[row].line,
      lines.indices.contains(line), lines[line].difference.count == 2
    else { return nil }
    let terms = lines[line].difference.compactMap { id in
      lines.firstIndex { $0.id == id }.map { row - line + $0 }
    }
    return terms.count == 2 && terms.allSatisfy(filled.rows.indices.contains) ? terms : nil
  }

  // MARK: Sums

  private func isAddend(_ leaf: Leaf) -> Bool { [.amount, .count, .number].contains(leaf.type) }

  /// The figure of a total; nil where it is left open.
  private func total(_ row: Int, _ leaf: Int, _ filled: FilledPanel) -> Printed? {
    filled.rows[row].cells[leaf].isLeftOpen ? nil : filled.term(row, leaf)
  }

  private func isSilent(_ cells: [Cell], _ leaf: Leaf) -> Bool {
    (table.form.blank != .zero || leaf.type != .amount) && cells.allSatisfy(\.isLeftOpen)
  }

  private func negated(_ printed: Printed) -> Printed {
    Printed(value: -printed.value, half: printed.half, measure: printed.measure)
  }

  private func exceeds(_ part: Printed?, _ whole: Printed) -> Bool {
    part.map { $0.measure == whole.measure && $0.lower > whole.upper } ?? false
  }

  /// Whether a total may be the sum of its parts; true where one of them cannot be read.
  private func addsUp(_ total: Printed, _ parts: [Printed?], mayBeLess: Bool = false) -> Bool {
    var sum = Printed.nothing(total.measure)
    for part in parts {
      guard let part, part.measure == total.measure else { return true }
      sum.value += part.value
      sum.half += part.half
    }
    return mayBeLess ? sum.lower <= total.upper : sum.meets(total)
  }
}
