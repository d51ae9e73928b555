import Fiscal
import Formulas

/// The names that a relation of a form may use: fields, rows and columns, alone or as paths (`行.列`, `部分.行.列`).
///
/// Paths are looked up when they are asked for; all rows times all columns would be too many to write down.
struct ReferableNames {
  /// What a name of a relation stands for.
  enum Meaning {
    case nothing
    /// One cell: a field, the total score, or a row in a column.
    case cell(FigureShape)
    /// A row alone, where it has this many columns of amounts.
    case row(columns: Int)
    /// This many cells.
    case several(Int)

    var isCell: Bool { if case .cell = self { true } else { false } }
  }

  /// Names that stand alone, in the order of the form.
  private(set) var titles: [String] = []
  private var alone: [String: FigureShape] = [:]
  private var panels: [(prefixes: [String], panel: Panel)] = []

  init(_ form: Form) {
    var single: [(String, FigureShape)] = []
    for block in form.blocks {
      switch block {
      case .fields(_, let rows):
        for field in rows.flatMap({ $0 }) {
          single += [(field.id, FigureShape(field)), (field.title, FigureShape(field))]
        }
      case .grid(let grid):
        for panel in grid.panels {
          panels.append(([grid.id, grid.title, panel.id].compactMap { $0 }.filter { !$0.isEmpty }, panel))
          titles += panel.rows.filter { !$0.isOpen }.flatMap { [$0.id, $0.title] }
          titles += panel.leaves.flatMap { [$0.id, $0.title] }
        }
      case .score(let score): single += [(score.id, FigureShape()), (score.title, FigureShape())]
      case .texts, .indicators: break
      }
    }
    titles = single.map(\.0) + titles
    for (name, shape) in single where alone[normalizedName(name)] == nil {
      alone[normalizedName(name)] = shape
    }
  }

  func meaning(of name: Name) -> Meaning {
    if name.parts.count == 1, let shape = field(named: name.parts[0]) { return .cell(shape) }
    var cells: [Leaf] = []
    var bare: Int?
    for (prefixes, panel) in panels {
      let isInside = name.parts.count > 1 && prefixes.contains(name.parts[0])
      let found = panel.cells(named: isInside ? Array(name.parts.dropFirst()) : name.parts)
      cells += found.cells
      bare = bare ?? found.bare
    }
    if let first = cells.first { return cells.count == 1 ? .cell(FigureShape(first)) : .several(cells.count) }
    return bare.map { .row(columns: $0) } ?? .nothing
  }

  /// A field or the total score.
  func field(named name: String) -> FigureShape? { alone[normalizedName(name)] }

  /// The columns that all names are, where they are columns of one list: the relation speaks of each of its rows.
  func columns(_ names: [Name]) -> [Leaf]? {
    guard !names.isEmpty else { return nil }
    for (_, panel) in panels {
      let found = names.map { panel.leaves.meant(by: $0) }
      if found.allSatisfy({ $0.count == 1 }) { return found.flatMap { $0 } }
    }
    return nil
  }
}

extension Panel {
  /// The columns of the cells of declared rows that a path means; for a row alone that has not one column of amounts,
  /// how many it has.
  fileprivate func cells(named parts: [String]) -> (cells: [Leaf], bare: Int?) {
    for end in parts.indices.dropFirst() {
      let rows = declaredRows(named: Array(parts[..<end]))
      let columns = leaves(named: Array(parts[end...]))
      let cells = rows.flatMap { row in
        columns.filter { $0.only.isEmpty || $0.only.contains(self.rows[row].id) }
      }
      if !cells.isEmpty { return (cells, nil) }
    }
    let rows = declaredRows(named: parts)
    let amounts = leaves.filter { $0.type == .amount }
    guard amounts.count == 1, let amount = amounts.first else {
      return ([], rows.isEmpty ? nil : amounts.count)
    }
    return (rows.map { _ in amount }, nil)
  }

  /// Declared rows by a path: what encloses a row may stand before its own name.
  func declaredRows(named parts: [String]) -> [Int] {
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
    }
  }

  /// The place of the rows from the data (由数据决定的行) that a formula calls by their id, and not by their own names.
  public func openRows(named id: String) -> Int? {
    rows.indices.first { rows[$0].isOpen && rows[$0].id == id }
  }

  /// Columns whose ids, or titles, end with a path.
  public func leaves(named parts: [String]) -> [Leaf] { leaves.named(parts) }
}

extension [Leaf] {
  /// Columns whose ids, or titles, end with a path.
  func named(_ parts: [String]) -> [Leaf] {
    let wanted = parts.map { normalizedName($0) }
    func ends(_ path: [String]) -> Bool {
      path.count >= wanted.count && path.suffix(wanted.count).map { normalizedName($0) } == wanted
    }
    return filter { ends($0.path) || ends($0.titles) }
  }

  /// The columns that a formula over one row means by a name: of several that end so, the one that is called just so.
  public func meant(by name: Name) -> [Leaf] {
    let found = named(name.parts)
    guard found.count > 1 else { return found }
    for isWhole in [{ $0.path == name.parts }, { $0.id == name.text }, { $0.titles == name.parts }]
      as [(Leaf) -> Bool]
    {
      let whole = found.filter(isWhole)
      if whole.count == 1 { return whole }
    }
    return found
  }
}

extension RowSpec {
  func isNamed(_ name: String) -> Bool {
    id == name || ([title] + aliases).contains { normalizedName($0) == normalizedName(name) }
  }
}
