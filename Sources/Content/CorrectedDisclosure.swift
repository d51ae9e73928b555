import Fiscal
import Forms

/// One figure of a table changed, to see what would follow from it.
public struct Correction: Sendable {
  /// The disclosure with the other figure.
  public var disclosure: Disclosure
  public var address: CellAddress
  /// The figure as it is written, and as it would have to be.
  public var written: String
  public var corrected: String
}

extension Disclosure {
  /// The disclosure with one figure of a table raised, as if it had been written so.
  ///
  /// - Parameter difference: In fen for an amount.
  /// - Returns: Nil where the place is no cell of a table, or the figure could not be written.
  public func raising(_ at: FigurePlace, by difference: Rational) -> Correction? {
    guard tables.indices.contains(Int(at.table)), let found = tables[Int(at.table)].figure(at),
      found.cell.line > 0,
      let raised = found.cell.raised(by: difference, in: found.column)
    else { return nil }
    var disclosure = self
    guard disclosure.tables[Int(at.table)].replace(at, by: raised) else { return nil }
    let unit = found.column.type == .amount ? " " + found.column.unit.rawValue : ""
    let mark = found.column.type == .percent ? "%" : ""
    return Correction(
      disclosure: disclosure, address: printed(at),
      written: found.cell.text.isEmpty ? "空格" : found.cell.text + unit, corrected: raised.text + mark + unit)
  }
}

/// What a column or a field says of its figures, as far as writing one needs it.
private struct FigureColumn {
  var type: ColumnType
  var unit: MoneyUnit
  var decimals: Int
}

extension Table {
  /// Which figures of the table some of its cells are.
  ///
  /// - Parameter table: The place of this table among those of its disclosure.
  public func figures(at cells: [Cell], table: Int) -> [FigurePlace] {
    let wanted = Set(cells.filter { $0.line > 0 }.map { [$0.line, $0.column] })
    func isWanted(_ cell: Cell) -> Bool { wanted.contains([cell.line, cell.column]) }
    guard !wanted.isEmpty else { return [] }
    var places = fields.indices.filter { isWanted(fields[$0].cell) }.map {
      FigurePlace(table: table, row: $0)
    }
    for (panel, filled) in panels.enumerated() {
      for row in filled.rows.indices {
        for leaf in filled.panel.leaves.indices where isWanted(filled.rows[row].cells[leaf]) {
          places.append(FigurePlace(table: table, panel: panel, row: row, leaf: leaf))
        }
      }
    }
    return places
  }

  fileprivate func figure(_ at: FigurePlace) -> (cell: Cell, column: FigureColumn)? {
    if at.panel < 0 {
      let fields = fields
      guard fields.indices.contains(Int(at.row)) else { return nil }
      let field = fields[Int(at.row)].field
      return (
        fields[Int(at.row)].cell,
        FigureColumn(type: field.type, unit: field.unit ?? .tenThousandYuan, decimals: field.decimals)
      )
    }
    let panels = panels
    guard panels.indices.contains(Int(at.panel)) else { return nil }
    let filled = panels[Int(at.panel)]
    guard filled.rows.indices.contains(Int(at.row)), filled.panel.leaves.indices.contains(Int(at.leaf)) else {
      return nil
    }
    let leaf = filled.panel.leaves[Int(at.leaf)]
    return (
      filled.rows[Int(at.row)].cells[Int(at.leaf)],
      FigureColumn(type: leaf.type, unit: leaf.unit ?? .tenThousandYuan, decimals: leaf.decimals)
    )
  }

  /// Puts a cell in the place of a figure; false where there is none.
  fileprivate mutating func replace(_ at: FigurePlace, by cell: Cell) -> Bool {
    let (panel, row, leaf) = (Int(at.panel), Int(at.row), Int(at.leaf))
    var (firstPanel, firstField) = (0, 0)
    for index in blocks.indices {
      switch blocks[index] {
      case .fields(let title, var rows):
        for line in rows.indices {
          if panel < 0, row >= firstField, row < firstField + rows[line].count {
            rows[line][row - firstField].cell = cell
            blocks[index] = .fields(title: title, rows: rows)
            return true
          }
          firstField += rows[line].count
        }
      case .grid(var grid):
        if panel >= firstPanel, panel < firstPanel + grid.panels.count {
          grid.panels[panel - firstPanel].rows[row].cells[leaf] = cell
          blocks[index] = .grid(grid)
          return true
        }
        firstPanel += grid.panels.count
      case .indicators(let block, var filled):
        if panel == firstPanel {
          filled.rows[row].cells[leaf] = cell
          blocks[index] = .indicators(block, filled)
          return true
        }
        firstPanel += 1
      case .texts, .score: break
      }
    }
    return false
  }
}

extension Cell {
  /// The cell with a figure that is larger by a difference, written with as many decimals as it takes.
  fileprivate func raised(by difference: Rational, in column: FigureColumn) -> Cell? {
    var cell = self
    switch state {
    case .value, .zero, .blank, .dash, .none: break
    case .notApplicable, .invalid: return nil
    }
    if column.type == .amount {
      guard let sum = (amount?.rational ?? .zero).adding(difference), sum.denominator == 1,
        let fen = Int64(exactly: sum.numerator)
      else { return nil }
      let raised = Amount(fen: fen)
      cell.amount = raised
      cell.text = raised.exactText(in: column.unit, atLeast: max(column.decimals, decimals), grouped: true)
      cell.state = fen == 0 ? .zero : .value
      return cell
    }
    guard number != nil || state != .value, let sum = (number?.rational ?? .zero).adding(difference),
      let exact = sum.exactDecimals, let text = sum.text(decimals: max(exact, decimals)),
      let number = try? DecimalText(text)
    else { return nil }
    cell.number = number
    cell.text = text
    cell.decimals = number.decimals
    cell.state = number.digits == 0 ? .zero : .value
    return cell
  }
}
