import Fiscal
import Forms
import Formulas

/// The cells of one table, by the names that its form's relations use.
public struct RelationSource: FigureSource {
  let table: Table
  let lookup: FigureLookup

  public func look(up reference: Reference) -> Lookup { lookup.look(up: reference) }

  /// A blank counts as nothing here, so that a relation needs no zeros.
  public func look(upName name: Name) -> Lookup {
    if let cell = cell(named: name), cell.amount == nil, cell.number == nil {
      return .figures([
        Figure(
          value: .zero, dimension: .money(unit: table.form.unit ?? .tenThousandYuan),
          decimals: table.form.decimals, lastDigit: nil)
      ])
    }
    return lookup.look(upName: name)
  }

  /// The cell that a name means: a field, a row's only amount, or block.row.column.
  public func cell(named name: Name) -> Cell? {
    if name.parts.count == 1 {
      let wanted = normalizedName(name.parts[0])
      if let field = table.fields.first(where: {
        $0.field.id == name.parts[0] || normalizedName($0.field.title) == wanted
      }) {
        return field.cell
      }
    }
    return hits(named: name).first.map { $0.panel.rows[$0.row].cells[$0.leaf.index] }
  }

  /// The cells of tables that a name fits.
  public func hits(named name: Name) -> [(panel: FilledPanel, row: Int, leaf: Leaf)] {
    var parts = name.parts
    var panels = table.panels
    if parts.count > 1 {
      let scoped = table.blocks.filter { $0.isNamed(parts[0]) }
      if !scoped.isEmpty {
        parts.removeFirst()
        panels = scoped.flatMap { block -> [FilledPanel] in
          if case .grid(let grid) = block {
            grid.panels
          } else if case .indicators(_, let panel) = block {
            [panel]
          } else {
            []
          }
        }
      } else if panels.contains(where: { $0.panel.id == parts[0] }) {
        panels = panels.filter { $0.panel.id == parts[0] }
        parts.removeFirst()
      }
    }
    guard let rowName = parts.first else { return [] }
    return panels.flatMap { panel in
      panel.rows.indices.filter { panel.rows[$0].isNamed(rowName, in: panel.panel) }.flatMap {
        row -> [(panel: FilledPanel, row: Int, leaf: Leaf)] in
        let leaves =
          parts.count > 1
          ? panel.panel.leaves.filter {
            $0.id == parts[1] || normalizedName($0.title) == normalizedName(parts[1])
          }
          : panel.panel.leaves.filter { $0.type == .amount }
        return leaves.count == 1 ? [(panel, row, leaves[0])] : []
      }
    }
  }
}

extension Table {
  /// For the relations that its form declares.
  public func relationSource(within disclosure: Disclosure) -> RelationSource {
    let shelf = Shelf(
      year: disclosure.year, kind: disclosure.kind, tables: [self], figures: disclosure.figures)
    return RelationSource(
      table: self, lookup: FigureLookup(home: shelf, others: [], kinds: [disclosure.kind], table: ReadableTable(self)))
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
