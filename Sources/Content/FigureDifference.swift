import Diagnostics

/// A cell that says something else in one of two versions of a disclosure.
public struct FigureDifference: Hashable, Sendable {
  public var table: String
  /// nil where one version lacks the whole table.
  public var row: String?
  public var column: String?
  /// As written; nil where that version has no such cell.
  public var old: String?
  public var new: String?
  /// In the newer version; the table's file where the cell is gone.
  public var place: Place
}

extension Disclosure {
  /// What the tables and extra figures of this disclosure say otherwise than those of an older version.
  ///
  /// `36` and `36.00` are one amount: how a figure is written does not count.
  public func differences(from older: Disclosure) -> [FigureDifference] {
    let (before, after) = (older.statements(), statements())
    var differences = tableDifferences(from: older)
    let lacking = Set(differences.map(\.table))
    let known = Dictionary(before.map { ($0.key, $0) }) { first, _ in first }
    for statement in after where !lacking.contains(statement.key.table) {
      let old = known[statement.key]
      guard old?.value ?? "" != statement.value else { continue }
      differences.append(statement.difference(old: old?.text, new: statement.text))
    }
    let left = Set(after.map(\.key))
    for statement in before
    where !left.contains(statement.key) && !statement.value.isEmpty && !lacking.contains(statement.key.table)
    {
      var difference = statement.difference(old: statement.text, new: nil)
      difference.place = place(ofTable: statement.key.table)
      differences.append(difference)
    }
    return differences
  }

  /// Tables that one of the versions lacks.
  private func tableDifferences(from older: Disclosure) -> [FigureDifference] {
    let (before, after) = (Set(older.tables.map(\.name)), Set(tables.map(\.name)))
    let gone = older.tables.map(\.name).filter { !after.contains($0) }.map {
      FigureDifference(table: $0, row: nil, column: nil, old: $0, new: nil, place: place)
    }
    let new = tables.filter { !before.contains($0.name) }.map {
      FigureDifference(
        table: $0.name, row: nil, column: nil, old: nil, new: $0.name, place: Place(file: $0.file))
    }
    return gone + new
  }

  private func place(ofTable name: String) -> Place {
    tables.first { $0.name == name }.map { Place(file: $0.file) } ?? place
  }

  private func statements() -> [Statement] {
    var list = StatementList()
    for table in tables { list.add(table) }
    for figure in figures {
      list.add(
        figure.cell, table: FigureLookup.extraTable, row: figure.title, column: nil, file: figure.place.file)
    }
    return list.statements
  }
}

/// What one cell says, under the names that tell it from all others.
private struct Statement {
  struct Key: Hashable {
    var table: String
    var row: String
    var column: String?
    /// Which of several cells of one name.
    var number: Int
  }

  var key: Key
  /// For comparing: amounts in fen, everything else as written.
  var value: String
  var text: String
  var place: Place

  func difference(old: String?, new: String?) -> FigureDifference {
    FigureDifference(table: key.table, row: key.row, column: key.column, old: old, new: new, place: place)
  }
}

private struct StatementList {
  private(set) var statements: [Statement] = []
  private var counts: [Statement.Key: Int] = [:]

  mutating func add(_ table: Table) {
    for block in table.blocks {
      switch block {
      case .fields(_, let rows):
        for filled in rows.flatMap({ $0 }) {
          add(filled.cell, table: table.name, row: filled.field.title, column: nil, file: table.file)
        }
      case .grid(let grid):
        for panel in grid.panels { add(panel, of: table) }
      case .indicators(_, let panel): add(panel, of: table)
      case .texts(let texts, let values, let place):
        let text = values.joined(separator: "\n")
        add(
          text, text, table: table.name, row: texts.title, column: nil, at: place ?? Place(file: table.file))
      case .score(let score, let filled):
        for (name, cell) in [("分值", filled.points), ("得分", filled.score), ("等级", filled.grade)] {
          if let cell { add(cell, table: table.name, row: score.title, column: name, file: table.file) }
        }
      }
    }
  }

  private mutating func add(_ filled: FilledPanel, of table: Table) {
    for index in filled.rows.indices {
      let row = filled.rows[index]
      let name = filled.path(of: index)
      for leaf in filled.panel.leaves where leaf.index < row.cells.count {
        let column = filled.panel.title.map { $0 + "/" + leaf.name } ?? leaf.name
        add(row.cells[leaf.index], table: table.name, row: name, column: column, file: row.file)
      }
    }
  }

  mutating func add(_ cell: Cell, table: String, row: String, column: String?, file: String) {
    let value = cell.amount.map { "\($0.fen)" } ?? cell.text
    add(value, cell.text, table: table, row: row, column: column, at: cell.place(in: file))
  }

  private mutating func add(
    _ value: String, _ text: String, table: String, row: String, column: String?, at place: Place
  ) {
    var key = Statement.Key(table: table, row: row, column: column, number: 0)
    key.number = counts[key, default: 0]
    counts[Statement.Key(table: table, row: row, column: column, number: 0)] = key.number + 1
    statements.append(Statement(key: key, value: value, text: text, place: place))
  }
}

extension FilledPanel {
  /// A row by its titles from the outermost down.
  fileprivate func path(of index: Int) -> String {
    var names = [rows[index].title]
    var current = rows[index].parent
    while let parent = current, rows.indices.contains(parent), names.count < 64 {
      names.insert(rows[parent].title, at: 0)
      current = rows[parent].parent
    }
    return names.joined(separator: "/")
  }
}
