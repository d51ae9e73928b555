import Fiscal

/// The names that a relation of a form may use: fields, rows and columns, alone or as `block.row.column`.
///
/// Paths are taken apart when they are asked for; all rows times all columns would be too many to write down.
struct ReferableNames {
  /// Names that stand alone, in the order of the form.
  private(set) var titles: [String] = []
  private var alone: Set<String> = []
  private var grids: [(prefixes: [String], rows: Set<String>, columns: Set<String>)] = []

  init(_ form: Form) {
    for block in form.blocks {
      switch block {
      case .fields(_, let rows): titles += rows.flatMap { $0.flatMap { [$0.id, $0.title] } }
      case .grid(let grid): add(grid)
      case .score(let score): titles += [score.id, score.title]
      case .texts, .indicators: break
      }
    }
    alone = Set(titles.map { normalizedName($0) })
  }

  private mutating func add(_ grid: Grid) {
    for panel in grid.panels {
      let rows = panel.rows.filter { !$0.isOpen }.flatMap { [$0.id, $0.title] }
      let columns = panel.leaves.flatMap { [$0.id, $0.title] }
      titles += rows + columns
      grids.append(
        (
          [grid.id, panel.id].filter { !$0.isEmpty }, Set(rows.map { normalizedName($0) }),
          Set(columns.map { normalizedName($0) })
        ))
    }
  }

  func contains(_ name: String) -> Bool {
    if alone.contains(normalizedName(name)) { return true }
    return grids.contains { grid in
      grid.prefixes.contains { prefix in
        name.hasPrefix(prefix + ".")
          && isCell(String(name.dropFirst(prefix.count + 1)), grid.rows, grid.columns)
      }
    }
  }

  /// Whether a name is a row, or a row and a column with a full stop between them.
  private func isCell(_ name: String, _ rows: Set<String>, _ columns: Set<String>) -> Bool {
    if rows.contains(normalizedName(name)) { return true }
    return name.indices.contains { index in
      name[index] == "." && rows.contains(normalizedName(name[..<index]))
        && columns.contains(normalizedName(name[name.index(after: index)...]))
    }
  }
}
