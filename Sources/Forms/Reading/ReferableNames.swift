import Fiscal
import Formulas

/// The names that a relation of a form may use: fields, rows and columns, alone or as paths (`行.列`, `部分.行.列`).
///
/// Paths are looked up when they are asked for; all rows times all columns would be too many to write down.
struct ReferableNames {
  /// What a name of a relation stands for.
  enum Meaning: Hashable {
    case nothing
    /// One cell: a field, the total score, or a row in a column.
    case cell
    /// A row alone, where it has this many columns of amounts.
    case row(columns: Int)
    /// This many cells.
    case several(Int)
  }

  /// Names that stand alone, in the order of the form.
  private(set) var titles: [String] = []
  private var alone: Set<String> = []
  private var panels: [(prefixes: [String], panel: Panel)] = []

  init(_ form: Form) {
    var single: [String] = []
    for block in form.blocks {
      switch block {
      case .fields(_, let rows): single += rows.flatMap { $0.flatMap { [$0.id, $0.title] } }
      case .grid(let grid):
        for panel in grid.panels {
          panels.append(([grid.id, grid.title, panel.id].compactMap { $0 }.filter { !$0.isEmpty }, panel))
          titles += panel.rows.filter { !$0.isOpen }.flatMap { [$0.id, $0.title] }
          titles += panel.leaves.flatMap { [$0.id, $0.title] }
        }
      case .score(let score): single += [score.id, score.title]
      case .texts, .indicators: break
      }
    }
    titles = single + titles
    alone = Set(single.map { normalizedName($0) })
  }

  func meaning(of name: Name) -> Meaning {
    if let only = name.parts.first, name.parts.count == 1, alone.contains(normalizedName(only)) {
      return .cell
    }
    var cells = 0
    var bare: Int?
    for (prefixes, panel) in panels {
      if let first = name.parts.first, name.parts.count > 1, prefixes.contains(first) {
        let inner = panel.cells(named: Array(name.parts.dropFirst()))
        cells += inner.cells
        bare = bare ?? inner.bare
      } else {
        let found = panel.cells(named: name.parts)
        cells += found.cells
        bare = bare ?? found.bare
      }
    }
    if cells > 0 { return cells == 1 ? .cell : .several(cells) }
    return bare.map { .row(columns: $0) } ?? .nothing
  }

  /// Whether all names are columns of one list, so that the relation speaks of each of its rows.
  func areColumns(_ names: [Name]) -> Bool {
    !names.isEmpty
      && panels.contains { _, panel in
        names.allSatisfy { name in
          panel.leaves.count { $0.id == name.text || normalizedName($0.title) == normalizedName(name.text) }
            == 1
        }
      }
  }
}

extension Panel {
  /// How many cells of declared rows a path means; for a row alone that has not one column of amounts, how many it has.
  fileprivate func cells(named parts: [String]) -> (cells: Int, bare: Int?) {
    for end in parts.indices.dropFirst() {
      let rows = declaredRows(named: Array(parts[..<end]))
      let columns = leaves(named: Array(parts[end...]))
      let cells = rows.flatMap { row in columns.filter { $0.only.isEmpty || $0.only.contains(row.id) } }
      if !cells.isEmpty { return (cells.count, nil) }
    }
    let rows = declaredRows(named: parts)
    let amounts = leaves.count { $0.type == .amount }
    return amounts == 1 ? (rows.count, nil) : (0, rows.isEmpty ? nil : amounts)
  }

  /// Declared rows by a path: what encloses a row may stand before its own name.
  private func declaredRows(named parts: [String]) -> [RowSpec] {
    guard let last = parts.last else { return [] }
    return rows.indices.filter { index in
      guard !rows[index].isOpen, rows[index].isNamed(last) else { return false }
      var around = [id, title].compactMap { $0 }
      var current: Int? = index
      while let spec = current {
        around += [rows[spec].sideHeading].compactMap { $0 }
        if spec != index { around += [rows[spec].id, rows[spec].title] }
        current = rows[spec].parent
      }
      let names = Set(around.map { normalizedName($0) })
      return parts.dropLast().allSatisfy { names.contains(normalizedName($0)) }
    }.map { rows[$0] }
  }

  /// Columns whose ids, or titles, end with a path.
  public func leaves(named parts: [String]) -> [Leaf] {
    let wanted = parts.map { normalizedName($0) }
    func ends(_ path: [String]) -> Bool {
      path.map { normalizedName($0) }.suffix(wanted.count) == wanted[...]
    }
    return leaves.filter { ends($0.path) || ends($0.titles) }
  }
}

extension RowSpec {
  fileprivate func isNamed(_ name: String) -> Bool {
    id == name || ([title] + aliases).contains { normalizedName($0) == normalizedName(name) }
  }
}
