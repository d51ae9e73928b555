import Content
import Fiscal
import Forms

/// The figures of rows that words call by name.
extension TextReading {
  /// Whether a row stands within one of some others.
  func isWithin(_ address: WordBook.RowAddress, _ others: [WordBook.RowAddress]) -> Bool {
    guard address.table >= 0, address.panel >= 0 else { return false }
    let rows = disclosure.tables[address.table].panels[address.panel].rows
    var row = rows[address.row].parent
    while let above = row {
      if others.contains(.init(table: address.table, panel: address.panel, row: above)) { return true }
      row = rows[above].parent
    }
    return false
  }

  /// Whether rows of one list bear the same name under several codes (行政运行), so that their sum may be meant.
  func isAmbiguous(_ rows: [WordBook.RowAddress]) -> Bool {
    guard rows.count > 1 else { return false }
    var codes: [WordBook.RowAddress: [String]] = [:]
    for address in rows where address.table >= 0 && address.panel >= 0 {
      guard let code = disclosure.tables[address.table].panels[address.panel].rows[address.row].code else {
        continue
      }
      let list = WordBook.RowAddress(table: address.table, panel: address.panel, row: 0)
      for other in codes[list] ?? [] where !code.hasPrefix(other) && !other.hasPrefix(code) { return true }
      codes[list, default: []].append(code)
    }
    return false
  }

  /// The rows of totals, or the only rows, of the lists that some columns belong to: 年末实有人数 59 人.
  func totalRows(of columns: Set<WordBook.RowAddress>) -> [WordBook.RowAddress] {
    var found: [WordBook.RowAddress] = []
    for column in columns.sorted(by: { ($0.table, $0.panel) < ($1.table, $1.panel) })
    where column.table >= 0 && column.panel >= 0 {
      let rows = disclosure.tables[column.table].panels[column.panel].rows
      for row in rows.indices
      where rows.count == 1 || ["合计", "总计"].contains(normalizedTitle(rows[row].title)) {
        let address = WordBook.RowAddress(table: column.table, panel: column.panel, row: row)
        if !found.contains(address) { found.append(address) }
      }
    }
    return found
  }

  /// The figures of rows that bear a name, in the columns that the words around allow.
  func figures(
    of rows: [WordBook.RowAddress], _ tags: [Int: UInt16], _ around: [Int: UInt16], year: Int,
    _ kind: TextNumber.Kind
  ) -> [TextCell] {
    var found: [(cell: TextCell, fits: Bool)] = []
    for address in rows {
      if address.table < 0 {
        let figure = disclosure.figures[address.row]
        if var cell = TextCell(figure, at: address.row), isSame(kind, cell) {
          cell.fact = facts.statement(at: cell.place)
          found.append((cell, true))
        }
        continue
      }
      let table = disclosure.tables[address.table]
      guard !table.form.isAsWritten || kind != .money else { continue }
      guard address.panel >= 0 else {
        let filled = table.fields[address.row]
        let place = FigurePlace(table: address.table, row: address.row)
        if var cell = CellShape(filled.field).cell(filled.cell, at: place), isSame(kind, cell) {
          cell.fact = facts.statement(at: place)
          // The sheet of one project speaks of it only where it is named.
          let key = cell.fact.map { facts.key($0) }
          let isNamed = lanes.project.map { lane in
            key.map { $0[lane] == 0 || around[lane] == $0[lane] } ?? (table.instance == nil || kind != .money)
          }
          if isNamed ?? true { found.append((cell, true)) }
        }
        continue
      }
      found += figures(of: address, tags, around, year: year, kind)
    }
    let fitting = found.filter(\.fits)
    // Where no row is of what the words before speak of, the figure that is meant may stand in no table.
    return fitting.isEmpty ? [] : fitting.map(\.cell)
  }

  private func figures(
    of address: WordBook.RowAddress, _ tags: [Int: UInt16], _ around: [Int: UInt16], year: Int,
    _ kind: TextNumber.Kind
  ) -> [(cell: TextCell, fits: Bool)] {
    let filled = disclosure.tables[address.table].panels[address.panel]
    let row = filled.rows[address.row]
    if filled.isChange(row) { return [] }
    let own = Set(row.tags.values.keys.compactMap { facts.dimension($0) })
    var found: [(cell: TextCell, fits: Bool)] = []
    for leaf in filled.panel.leaves
    where leaf.index < row.cells.count && leaf.type.isNumeric && !leaf.isDerived {
      let place = FigurePlace(table: address.table, panel: address.panel, row: address.row, leaf: leaf.index)
      guard var cell = CellShape(leaf).cell(row.cells[leaf.index], at: place), isSame(kind, cell) else {
        continue
      }
      if case .count(let unit) = kind {
        guard counts(unit, leaf, row), yearOffset(of: leaf) == year else { continue }
      }
      cell.fact = facts.fact(at: address.row, leaf.index, ofPanel: address.panel, table: address.table)
      guard let fact = cell.fact else {
        found.append((cell, around.isEmpty || kind != .money))
        continue
      }
      if facts.isDisputed(fact) { continue }
      let key = facts.key(fact)
      let isOfProject = lanes.project.map { key[$0] != 0 } ?? false
      let agrees = tags.allSatisfy { lane, value in
        if facts.isWithin(key[lane], value, in: lane) { return true }
        // 行政运行……，其中人员经费……: the whole row is not a part of it.
        guard key[lane] == 0 else { return false }
        return !lanes.narrowing.contains(lane) || lane == lanes.flow || (isOfProject && lane == lanes.nature)
      }
      let stays = lanes.narrowing.allSatisfy { lane in
        own.contains(lane) || tags[lane] != nil || key[lane] == (around[lane] ?? 0) || lane == lanes.flow
      }
      let funded =
        lanes.fund.map { lane in
          around[lane].map {
            own.contains(lane) || tags[lane] == nil
              ? facts.isWithin(key[lane], $0, in: lane) : key[lane] == $0
          } ?? true
        } ?? true
      found.append((cell, agrees && stays && funded && yearOffset(of: key) == year))
    }
    return found
  }

  /// Whether a row and a column count in a unit: as the column declares, as the row's own column of units (计量单位) says,
  /// or as the row is called (接待批次, 接待人次). Columns that are worked out (增减数) count nothing.
  private func counts(_ unit: String, _ leaf: Leaf, _ row: Row) -> Bool {
    if leaf.rules.contains(where: { if case .equals = $0 { true } else { false } }) { return false }
    if let counted = leaf.countUnit { return counted == unit }
    if let said = row.cells.first(where: {
      $0.amount == nil && $0.number == nil && countUnits.contains($0.text)
    }) {
      return said.text == unit || said.text.hasPrefix(unit) || unit.hasPrefix(said.text)
    }
    let named = countUnits.filter { $0.count > 1 && row.title.contains($0) }
    return named.isEmpty || named.contains(unit)
  }

  private func isSame(_ kind: TextNumber.Kind, _ cell: TextCell) -> Bool {
    switch kind {
    case .money: cell.isMoney
    case .percent: cell.isPercent
    case .count: !cell.isMoney && !cell.isPercent
    case .points: false
    }
  }

  private func yearOffset(of leaf: Leaf) -> Int { leaf.states["year"].flatMap { Int($0) } ?? 0 }
}
