import Fiscal
import Formulas

extension Form {
  /// Why a formula finds nothing where a reference points to, as far as that is known before there are data.
  enum ReferenceProblem: Equatable {
    case column(String)
    case columns(String, Int)
    case row(String)
    case rows(String, Int)
    /// A row without a column, where it has this many columns of amounts.
    case amounts(String, Int)
    /// Several cells where one figure is read.
    case many
    case words(String)
  }

  /// - Parameter isSingle: whether one figure is wanted, and not all for a sum.
  func problem(of reference: Reference, isSingle: Bool) -> ReferenceProblem? {
    if case .path(let parts) = reference.row, parts.count == 1,
      let shape = ReferableNames(self).field(named: parts[0])
    {
      let isWords = reference.column == nil && !shape.isNumeric
      return isWords ? .words(reference.row.text) : nil
    }
    var having = panels
    if case .path(let parts)? = reference.column {
      having = panels.filter { !$0.leaves(named: parts).isEmpty }
      guard !having.isEmpty else { return isKnownLater(parts) ? nil : .column(parts.joined(separator: "/")) }
    }
    guard case .path(let parts) = reference.row, let last = parts.last else {
      let rows = having.flatMap { panel in panel.rows.filter(\.isCountedInAll) }
      let isMany = rows.count > 1 || rows.contains(where: \.isOpen)
      return isSingle && isMany ? .many : problem(of: reference, in: having.map { ($0, nil) })
    }
    let rows = having.map { panel in (panel: panel, rows: panel.outermostRows(named: parts)) }
      .filter { !$0.rows.isEmpty }
    guard !rows.isEmpty else {
      if having.contains(where: { $0.openRows(named: last) != nil }) {
        let naming = having.filter { $0.openRows(named: last) != nil }
        return isSingle ? .many : problem(of: reference, in: naming.map { ($0, nil) })
      }
      let isOpen = having.contains { $0.rows.contains(where: \.isOpen) }
      if isOpen { return columnProblem(of: reference, in: having) }
      return hasTexts(named: last) ? nil : .row(reference.row.text)
    }
    // Without a column a row of amounts is meant, or one of the only list that has it.
    let fitting =
      reference.column == nil && rows.count > 1
      ? rows.filter { $0.panel.leaves.contains(where: { $0.type == .amount }) } : rows
    let count = fitting.reduce(0) { $0 + $1.rows.count }
    if isSingle, count > 1 { return .rows(reference.row.text, count) }
    return problem(of: reference, in: fitting.flatMap { found in found.rows.map { (found.panel, $0) } })
  }

  /// - Parameter rows: the rows that a reference means, by their panel; nil for those that only data shows.
  private func problem(of reference: Reference, in rows: [(panel: Panel, row: Int?)]) -> ReferenceProblem? {
    guard reference.column == nil else { return columnProblem(of: reference, in: rows.map(\.panel)) }
    for (panel, row) in rows {
      let amounts = panel.leaves.filter { leaf in
        guard leaf.type == .amount, !leaf.isOptional, leaf.listed == nil else { return false }
        return leaf.only.isEmpty || row.map { leaf.only.contains(panel.rows[$0].id) } ?? false
      }
      if amounts.count > 1 { return .amounts(reference.row.text, amounts.count) }
    }
    return nil
  }

  private func columnProblem(of reference: Reference, in panels: [Panel]) -> ReferenceProblem? {
    guard case .path(let parts)? = reference.column else { return nil }
    for panel in panels {
      // As formulas do: of several the one that the path names whole.
      var columns = panel.leaves(named: parts)
      let whole = columns.filter { $0.titles.map { normalizedName($0) } == parts.map { normalizedName($0) } }
      if columns.count > 1, whole.count == 1 { columns = whole }
      if columns.count > 1, columns.allSatisfy({ $0.listed == nil }) {
        return .columns(parts.joined(separator: "/"), columns.count)
      }
      if let first = columns.first, !FigureShape(first).isNumeric { return .words(first.name) }
    }
    return nil
  }

  /// Whether a word names a column that only data shows: those repeated for codes, or those of the total score.
  private func isKnownLater(_ parts: [String]) -> Bool {
    panels.contains {
      $0.codeColumns != nil || $0.leaves.contains { $0.csvTitle == parts.joined(separator: "/") }
    }
      || blocks.contains { if case .score = $0 { true } else { false } }
        && ["分值", "得分", "等级"].contains(parts.last)
  }

  private func hasTexts(named name: String) -> Bool {
    blocks.contains { block in
      if case .texts(let texts) = block {
        texts.id == name || normalizedName(texts.title) == normalizedName(name)
      } else {
        false
      }
    }
  }

  /// What the figures that a reference reads are like; nil where that is not known.
  func shape(of reference: Reference) -> FigureShape? {
    if case .path(let parts) = reference.row, parts.count == 1, reference.column == nil,
      let field = ReferableNames(self).field(named: parts[0])
    {
      return field
    }
    guard case .path(let parts)? = reference.column else {
      let amounts = panels.flatMap { $0.leaves.filter { $0.type == .amount } }
      let units = Set(amounts.map(\.unit))
      return reference.column == nil && units.count == 1 ? amounts.first.map { FigureShape($0) } : nil
    }
    let shapes = panels.flatMap { $0.leaves(named: parts) }
    let isAlike = shapes.allSatisfy {
      $0.type == shapes[0].type && $0.unit == shapes[0].unit && $0.countUnit == shapes[0].countUnit
    }
    return isAlike ? shapes.first.map { FigureShape($0) } : nil
  }
}

extension RowSpec {
  /// Whether it is one of all rows (`*`): outermost, and no sum of those beside it.
  fileprivate var isCountedInAll: Bool { parent == nil && adds.isEmpty && difference.isEmpty }
}

extension Panel {
  /// Declared rows by a path; where one encloses the others only that, which is the one that formulas take.
  fileprivate func outermostRows(named parts: [String]) -> [Int] {
    let found = declaredRows(named: parts)
    let outermost = found.first { candidate in
      found.allSatisfy { row in
        var current: Int? = row
        while let index = current {
          if index == candidate { return true }
          current = rows[index].parent
        }
        return false
      }
    }
    return outermost.map { [$0] } ?? found
  }
}
