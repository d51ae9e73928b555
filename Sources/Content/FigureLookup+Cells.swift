import Diagnostics
import Fiscal
import Forms
import Formulas

/// A cell that a formula reads, with the table it stands in.
public struct ReadCell: Sendable {
  public var cell: Cell
  public var file: String

  public init(cell: Cell, file: String) {
    self.cell = cell
    self.file = file
  }

  public var place: Place { cell.place(in: file) }
}

extension FigureLookup {
  /// The cells that a reference reads; nil where its table is not there, or there are several of it.
  func cells(of reference: Reference) -> [ReadCell]? {
    guard let shelf = shelf(of: reference) else { return standInCell(for: reference) }
    if reference.table == Self.extraTable {
      return extraCells(reference, in: shelf)
    }
    guard let readable = table(of: reference, in: shelf) else { return standInCell(for: reference) }
    let file = readable.table.file
    if case .path(let parts) = reference.row, reference.column == nil || parts.count == 1,
      let cell = readable.table.cell(ofField: parts)
    {
      return [ReadCell(cell: cell, file: file)]
    }
    return readable.panels.flatMap { panel in
      let leaves = reference.column.map { columns($0, in: panel) } ?? panel.meantByRow
      return rows(reference.row, in: panel).flatMap { row in
        leaves.map { ReadCell(cell: panel.rows[row].cells[$0.index], file: panel.rows[row].file) }
      }
    }
  }

  /// A reference with its row and column as they are printed; nil where it reads none or several.
  func printed(_ reference: Reference) -> String? {
    guard case .path = reference.row, let shelf = shelf(of: reference),
      let readable = table(of: reference, in: shelf)
    else { return nil }
    var found: [(row: String, column: String?)] = []
    for panel in readable.panels {
      let leaves = reference.column.map { columns($0, in: panel) }
      for row in rows(reference.row, in: panel) {
        let title = panel.rows[row].title
        found += leaves.map { $0.map { (title, $0.name) } } ?? [(title, nil)]
      }
    }
    guard found.count == 1, let only = found.first else { return nil }
    var shown = reference
    shown.row = .path([only.row])
    shown.column = only.column.map { .path([$0]) }
    return shown.text
  }

  private func shelf(of reference: Reference) -> Shelf? {
    guard let kind = reference.kind.map({ self.kind(named: $0) }) ?? home.kind else { return nil }
    return shelf(home.year + reference.yearOffset, kind)
  }

  private func table(of reference: Reference, in shelf: Shelf) -> ReadableTable? {
    let tables = shelf.tables(named: reference.table).filter { table in
      reference.instance.map { name in
        table.table.instance.map { normalizedName($0) == normalizedName(name) } ?? false
      } ?? true
    }
    return tables.count == 1 ? tables[0] : nil
  }

  private func extraCells(_ reference: Reference, in shelf: Shelf) -> [ReadCell] {
    let wanted = reference.row.text
    let figure = shelf.figures.first { $0.id == wanted || normalizedName($0.title) == normalizedName(wanted) }
    return figure.map { [ReadCell(cell: $0.cell, file: $0.place.file)] } ?? []
  }

  private func standInCell(for reference: Reference) -> [ReadCell]? {
    guard let figure = standIn(for: reference) else { return nil }
    return home.figures.first { $0.figure == figure }.map { [ReadCell(cell: $0.cell, file: $0.place.file)] }
  }
}

extension Table {
  /// The cell of a field or of the total score.
  fileprivate func cell(ofField parts: [String]) -> Cell? {
    guard parts.count == 1 else { return nil }
    let wanted = normalizedName(parts[0])
    for block in blocks {
      switch block {
      case .fields(_, let rows):
        let found = rows.lazy.flatMap { $0 }.first {
          $0.field.id == parts[0] || normalizedName($0.field.title) == wanted
        }
        if let found { return found.cell }
      case .score(let score, let filled) where score.id == parts[0] || normalizedName(score.title) == wanted:
        return filled.score
      case .grid, .indicators, .texts, .score: continue
      }
    }
    return nil
  }
}
