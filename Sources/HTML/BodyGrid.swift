/// The body laid out: merged cells become spans, and rows fall into groups.
struct BodyGrid {
  /// A cell in its place, with all it covers.
  struct Placed {
    enum Kind: Equatable {
      case data
      /// Heads its row, or the rows it spans.
      case rowHeader
      /// Heads all rows of its `<tbody>`.
      case groupHeader
      /// Space of a panel that has nothing here.
      case ended
    }

    var cell: Cell
    var leaf: Int
    var panel: Int
    var rowSpan: Int
    var colSpan: Int
    var kind: Kind
    var id: String?
    /// Ids of the row headers that speak of it.
    var headers: [String] = []
  }

  struct Line {
    var cells: [Placed] = []
    /// The role that all parts share, or `nil` when panels differ.
    var role: Row.Role?
    /// The role in each panel.
    var roles: [Row.Role] = []
    var beginsGroup = false
  }

  private(set) var lines: [Line] = []
  /// More than one row header speaks of some cell, so that `scope` alone would not say it all.
  private(set) var hasComplexHeaders = false
  /// A row header spans several rows, so that rows do not all begin in the first column.
  private(set) var hasMergedHeaders = false

  init(_ rows: [Row], leaves: Int, panels: [Range<Int>], identifiers: inout IdentifierPool) {
    let cells = Self.spread(rows, leaves: leaves, panels: panels)
    merge(cells, rows: rows, panels: panels)
    splitIntoGroups(panels: panels)
    nameHeaders(rows, panels: panels, identifiers: &identifiers)
  }

  /// Every row with exactly one cell for each leaf; `nil` where a panel has ended.
  private static func spread(_ rows: [Row], leaves: Int, panels: [Range<Int>]) -> [[Cell?]] {
    rows.map { row in
      var line = [Cell?](repeating: nil, count: leaves)
      for (panel, range) in panels.enumerated() where panel < row.parts.count && !row.parts[panel].isEnded {
        let part = row.parts[panel]
        let filler: Cell = part.role == .group ? .left : .empty
        for (offset, leaf) in range.enumerated() {
          line[leaf] = offset < part.cells.count ? part.cells[offset] : filler
        }
      }
      return line
    }
  }

  private mutating func merge(_ cells: [[Cell?]], rows: [Row], panels: [Range<Int>]) {
    var taken = cells.map { $0.map { _ in false } }
    for (line, row) in rows.enumerated() {
      let roles = panels.indices.map { $0 < row.parts.count ? row.parts[$0].role : .ordinary }
      let live = panels.indices.filter { $0 < row.parts.count && !row.parts[$0].isEnded }.map { roles[$0] }
      let shared = live.first.flatMap { first in live.allSatisfy { $0 == first } ? first : nil }
      var placed: [Placed] = []
      for (panel, range) in panels.enumerated() {
        for leaf in range where !taken[line][leaf] {
          var colSpan = 1
          var rowSpan = 1
          let cell = cells[line][leaf]
          func isFree(_ row: Int, _ leaf: Int) -> Bool {
            row < cells.count && leaf < range.upperBound && !taken[row][leaf]
          }
          if let cell, cell.content != .above, cell.content != .left {
            while isFree(line, leaf + colSpan), cells[line][leaf + colSpan]?.content == .left { colSpan += 1 }
            while (leaf..<leaf + colSpan).allSatisfy({ covered in
              guard isFree(line + rowSpan, covered), let below = cells[line + rowSpan][covered] else {
                return false
              }
              return below.content == .above || (covered > leaf && below.content == .left)
            }) { rowSpan += 1 }
          } else if cell == nil {
            colSpan = range.upperBound - leaf
            while isFree(line + rowSpan, leaf), cells[line + rowSpan][leaf] == nil { rowSpan += 1 }
          }
          for row in line..<line + rowSpan {
            for covered in leaf..<leaf + colSpan { taken[row][covered] = true }
          }
          let isHeader = cell.map { $0.isRowHeader && $0.hasWords } ?? false
          placed.append(
            Placed(
              cell: cell ?? .empty, leaf: leaf, panel: panel, rowSpan: rowSpan, colSpan: colSpan,
              kind: cell == nil ? .ended : isHeader ? .rowHeader : .data))
        }
        // Cells beyond the header are kept, so that nothing is lost without being seen.
        if panel < row.parts.count, !row.parts[panel].isEnded, let last = range.last {
          for cell in row.parts[panel].cells.dropFirst(range.count) {
            placed.append(Placed(cell: cell, leaf: last, panel: panel, rowSpan: 1, colSpan: 1, kind: .data))
          }
        }
      }
      lines.append(Line(cells: placed, role: shared, roles: roles))
    }
  }

  /// In a table of one panel, a heading row begins a `<tbody>`, and so does a first cell that spans rows.
  private mutating func splitIntoGroups(panels: [Range<Int>]) {
    guard panels.count == 1 else { return }
    var begins: Set<Int> = []
    var crossed: Set<Int> = []
    var followsHeading = false
    for (index, line) in lines.enumerated() {
      for cell in line.cells where cell.rowSpan > 1 { crossed.formUnion(index + 1..<index + cell.rowSpan) }
      if let first = line.cells.first, first.kind == .rowHeader, first.leaf == 0, first.rowSpan > 1 {
        begins.formUnion([index, index + first.rowSpan])
      }
      if line.role == .group || (line.role == .total && followsHeading) { begins.insert(index) }
      followsHeading = line.role == .group || (followsHeading && line.role != .total)
    }
    for index in lines.indices where index > 0 && begins.contains(index) && !crossed.contains(index) {
      lines[index].beginsGroup = true
    }
  }

  private mutating func nameHeaders(_ rows: [Row], panels: [Range<Int>], identifiers: inout IdentifierPool) {
    var groupOfPanel = [String?](repeating: nil, count: panels.count)
    // The header that stands at each leaf, and the line at which it ends.
    var standing = [(id: String, end: Int)?](repeating: nil, count: panels.last?.upperBound ?? 0)
    let groupLengths = lengthsOfGroups()
    for index in lines.indices {
      for panel in panels.indices where [.group, .total].contains(lines[index].roles[panel]) {
        groupOfPanel[panel] = nil
      }
      var named = [Bool](repeating: false, count: panels.count)
      for place in lines[index].cells.indices where lines[index].cells[place].kind == .rowHeader {
        let cell = lines[index].cells[place]
        let key = named[cell.panel] ? nil : rows[index].parts[cell.panel].key
        let counted = cell.leaf == 0 ? "r\(index + 1)" : "r\(index + 1).\(cell.leaf + 1)"
        let id = identifiers.take(key.map { "r-\($0)" } ?? counted)
        named[cell.panel] = true
        lines[index].cells[place].id = id
        if panels.count == 1, cell.rowSpan > 1, cell.rowSpan == groupLengths[index] {
          lines[index].cells[place].kind = .groupHeader
        }
        if lines[index].roles[cell.panel] == .group {
          groupOfPanel[cell.panel] = id
          if panels.count == 1 { lines[index].cells[place].kind = .groupHeader }
        } else {
          for leaf in cell.leaf..<cell.leaf + cell.colSpan { standing[leaf] = (id, index + cell.rowSpan) }
        }
        if cell.rowSpan > 1 { hasMergedHeaders = true }
        if cell.rowSpan > 1 || (cell.colSpan > 1 && lines[index].roles[cell.panel] != .group) {
          hasComplexHeaders = true
        }
      }
      for (panel, range) in panels.enumerated() {
        var headers = groupOfPanel[panel].map { [$0] } ?? []
        for leaf in range {
          if let header = standing[leaf], header.end > index, headers.last != header.id {
            headers.append(header.id)
          }
        }
        if headers.count > 1 { hasComplexHeaders = true }
        for place in lines[index].cells.indices
        where lines[index].cells[place].panel == panel && lines[index].cells[place].kind == .data {
          lines[index].cells[place].headers = headers
        }
      }
    }
  }

  /// For the first line of each `<tbody>`, how many lines it has; 0 for the others.
  private func lengthsOfGroups() -> [Int] {
    var lengths = [Int](repeating: 0, count: lines.count)
    var start = 0
    for index in lines.indices {
      if lines[index].beginsGroup { start = index }
      lengths[start] += 1
    }
    return lengths
  }
}
