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
  }

  struct Line {
    var cells: [Placed] = []
    /// The role that all parts share, or `nil` when panels differ.
    var role: Row.Role?
    /// The role in each panel.
    var roles: [Row.Role] = []
    /// The ids of the headers that speak of each panel's cells here, with a space between.
    var headers: [String] = []
    var beginsGroup = false
  }

  private(set) var lines: [Line] = []
  /// More than one row header speaks of some cell, so that `scope` alone would not say it all.
  private(set) var hasComplexHeaders = false
  /// A row header spans several rows, so that rows do not all begin in the first column.
  private(set) var hasMergedHeaders = false

  init(_ rows: [Row], leaves: Int, panels: [Range<Int>], identifiers: inout IdentifierPool) {
    place(rows, leaves: leaves, panels: panels)
    splitIntoGroups(panels: panels)
    nameHeaders(rows, panels: panels, identifiers: &identifiers)
  }

  private mutating func place(_ rows: [Row], leaves: Int, panels: [Range<Int>]) {
    var merged = MergedCells(rows, leaves: leaves, panels: panels)
    lines.reserveCapacity(rows.count)
    for (index, row) in rows.enumerated() {
      var line = Line()
      line.cells.reserveCapacity(leaves)
      for (panel, range) in panels.enumerated() {
        let part = panel < row.parts.count ? row.parts[panel] : .ended
        line.roles.append(part.role)
        for leaf in range {
          guard let (rowSpan, colSpan) = merged.take(line: index, leaf: leaf, before: range.upperBound) else {
            continue
          }
          let offset = leaf - range.lowerBound
          let cell: Cell =
            offset < part.cells.count ? part.cells[offset] : part.role == .group ? .left : .empty
          let isEnded = merged.isEnded(index, leaf)
          line.cells.append(
            Placed(
              cell: isEnded ? .empty : cell, leaf: leaf, panel: panel, rowSpan: rowSpan, colSpan: colSpan,
              kind: isEnded ? .ended : cell.isRowHeader && cell.hasWords ? .rowHeader : .data))
        }
        // Cells beyond the header are kept, so that nothing is lost without being seen.
        for cell in part.cells.dropFirst(range.count) where !range.isEmpty {
          line.cells.append(
            Placed(cell: cell, leaf: range.upperBound - 1, panel: panel, rowSpan: 1, colSpan: 1, kind: .data))
        }
      }
      let live = row.parts.prefix(panels.count).filter { !$0.isEnded }.map(\.role)
      line.role = live.first.flatMap { first in live.allSatisfy { $0 == first } ? first : nil }
      lines.append(line)
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
        var headers = groupOfPanel[panel] ?? ""
        var last = groupOfPanel[panel]
        for leaf in range {
          guard let header = standing[leaf], header.end > index, last != header.id else { continue }
          if last == nil {
            headers = header.id
          } else {
            headers += " " + header.id
            hasComplexHeaders = true
          }
          last = header.id
        }
        lines[index].headers.append(headers)
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
