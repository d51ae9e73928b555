import Fiscal
import Forms
import Formulas

/// The cells of one table, by the names that its form's relations use.
public struct RelationSource: FigureSource {
  let readable: ReadableTable
  let lookup: FigureLookup

  var table: Table { readable.table }

  public func look(up reference: Reference) -> Lookup { lookup.look(up: reference) }

  /// A blank counts as nothing here, so that a relation needs no zeros.
  public func look(upName name: Name) -> Lookup {
    if let cell = cell(named: name), cell.amount == nil, cell.number == nil {
      return .figures([Figure(value: .zero, dimension: .plain(unit: nil), decimals: 0, lastDigit: nil)])
    }
    let hits = hits(named: name)
    guard hits.count == 1, field(named: name) == nil,
      let figure = Figure(
        hits[0].panel.rows[hits[0].row].cells[hits[0].leaf.index], leaf: hits[0].leaf, blank: table.form.blank
      )
    else { return lookup.look(upName: name) }
    return .figures([figure])
  }

  /// The cell that a name means: a field, the total score, a row's only amount, or row and column.
  public func cell(named name: Name) -> Cell? {
    field(named: name) ?? hits(named: name).first.map { $0.panel.rows[$0.row].cells[$0.leaf.index] }
  }

  private func field(named name: Name) -> Cell? { titledField(named: name)?.cell }
  private func fieldTitle(named name: Name) -> String? { titledField(named: name)?.title }

  private func titledField(named name: Name) -> (title: String, cell: Cell?)? {
    guard name.parts.count == 1 else { return nil }
    let wanted = normalizedName(name.parts[0])
    for block in table.blocks {
      switch block {
      case .fields(_, let rows):
        let found = rows.lazy.flatMap { $0 }.first {
          $0.field.id == name.parts[0] || normalizedName($0.field.title) == wanted
        }
        if let found { return (found.field.title, found.cell) }
      case .score(let score, let filled)
      where score.id == name.parts[0] || normalizedName(score.title) == wanted:
        return (score.title, filled.score)
      case .grid, .indicators, .score, .texts: continue
      }
    }
    return nil
  }

  /// What a name means as it is printed: a field, a row, or a row and its column; nil where that is not one cell.
  public func printed(_ name: Name) -> [String]? {
    if let title = fieldTitle(named: name) { return [title] }
    let hits = hits(named: name)
    guard hits.count == 1, let last = name.parts.last else { return nil }
    let (row, leaf) = (hits[0].panel.rows[hits[0].row], hits[0].leaf)
    let namesColumn =
      name.parts.count > 1 && !hits[0].panel.panel.leaves(named: [last]).isEmpty
      && !row.isNamed(last, in: hits[0].panel.panel)
    return namesColumn ? [row.title, leaf.title] : [row.title]
  }

  /// A reference with the row and column as they are printed; nil where that is not one cell.
  public func printed(_ reference: Reference) -> String? { lookup.printed(reference) }

  /// The cells of this table that a reference reads.
  public func cells(of reference: Reference) -> [Cell] {
    if case .path(let parts) = reference.row, let field = field(named: Name(parts)) { return [field] }
    return readable.panels.flatMap { panel in
      let leaves = reference.column.map { lookup.columns($0, in: panel) } ?? panel.amounts
      return lookup.rows(reference.row, in: panel).flatMap { row in
        leaves.map { panel.rows[row].cells[$0.index] }
      }
    }
  }

  /// The cells of tables that a name fits; the name of a part or panel may stand before them.
  public func hits(named name: Name) -> [(panel: FilledPanel, row: Int, leaf: Leaf)] {
    let panels = readable.panels
    guard name.parts.count > 1 else { return cells(named: name.parts, in: panels) }
    let inBlocks = panelsOfBlocks(named: name.parts[0])
    let named = inBlocks.isEmpty ? panels.filter { $0.panel.id == name.parts[0] } : inBlocks
    let found = cells(named: Array(name.parts.dropFirst()), in: named)
    return found.isEmpty ? cells(named: name.parts, in: panels) : found
  }

  private func panelsOfBlocks(named name: String) -> [ReadablePanel] {
    var found: [ReadablePanel] = []
    var next = 0
    for block in table.blocks {
      let end = next + block.panels.count
      if block.isNamed(name) { found += readable.panels[next..<end] }
      next = end
    }
    return found
  }

  /// A row and a column, both by paths: what of the path is the row shows where both are found.
  private func cells(named parts: [String], in panels: [ReadablePanel]) -> [(
    panel: FilledPanel, row: Int, leaf: Leaf
  )] {
    panels.flatMap { panel -> [(panel: FilledPanel, row: Int, leaf: Leaf)] in
      for end in parts.indices.dropFirst() {
        let rows = lookup.rows(.path(Array(parts[..<end])), in: panel)
        let leaves = panel.panel.leaves(named: Array(parts[end...]))
        let hits = rows.flatMap { row in
          leaves.filter { panel.filled.applies($0, to: row) }.map {
            (panel: panel.filled, row: row, leaf: $0)
          }
        }
        if !hits.isEmpty { return hits }
      }
      guard panel.amounts.count == 1, let amount = panel.amounts.first else { return [] }
      return lookup.rows(.path(parts), in: panel).map { (panel.filled, $0, amount) }
    }
  }
}

extension FilledPanel {
  /// Whether a column has a value in a row at all.
  public func applies(_ leaf: Leaf, to row: Int) -> Bool {
    leaf.only.isEmpty || rows[row].spec.map { leaf.only.contains(panel.rows[$0].id) } ?? false
  }
}

extension FilledBlock {
  var panels: [FilledPanel] {
    switch self {
    case .grid(let grid): grid.panels
    case .indicators(_, let panel): [panel]
    case .fields, .texts, .score: []
    }
  }
}

extension Table {
  /// For the relations that its form declares.
  public func relationSource(within disclosure: Disclosure) -> RelationSource {
    let shelf = Shelf(
      year: disclosure.year, kind: disclosure.kind, tables: [self], figures: disclosure.figures)
    let readable = ReadableTable(self)
    return RelationSource(
      readable: readable,
      lookup: FigureLookup(home: shelf, others: [], kinds: [disclosure.kind], table: readable))
  }
}

extension Figure {
  /// The figure that a cell of a column states.
  public init?(_ cell: Cell, leaf: Leaf, blank: BlankMeaning) {
    self.init(
      cell, type: leaf.type, unit: leaf.unit, countUnit: leaf.countUnit, decimals: leaf.decimals, blank: blank
    )
  }
}
