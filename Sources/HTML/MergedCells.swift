/// Finds how far each cell of the body reaches over those that are merged with it.
struct MergedCells {
  /// For each line one cell for each leaf; `nil` where a panel has ended.
  let cells: [[Cell?]]
  private var taken: [[Bool]]

  init(_ rows: [Row], leaves: Int, panels: [Range<Int>]) {
    cells = rows.map { row in
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
    taken = Array(repeating: Array(repeating: false, count: leaves), count: rows.count)
  }

  /// Takes the cell here and all that is merged with it; `nil` when an earlier cell covers this place.
  ///
  /// Ask line by line and leaf by leaf. A cell that wants to merge with nothing stands for itself.
  mutating func take(line: Int, leaf: Int, before end: Int) -> (rowSpan: Int, colSpan: Int)? {
    guard !taken[line][leaf] else { return nil }
    var (rowSpan, colSpan) = (1, 1)
    if let cell = cells[line][leaf] {
      if !cell.isMergedAbove, !cell.isMergedLeft {
        while isFree(line, leaf + colSpan, before: end), cells[line][leaf + colSpan]?.isMergedLeft == true {
          colSpan += 1
        }
        while covers(line + rowSpan, leaf..<leaf + colSpan, before: end) { rowSpan += 1 }
      }
    } else {
      colSpan = end - leaf
      while isFree(line + rowSpan, leaf, before: end), cells[line + rowSpan][leaf] == nil { rowSpan += 1 }
    }
    for row in line..<line + rowSpan {
      for covered in leaf..<leaf + colSpan { taken[row][covered] = true }
    }
    return (rowSpan, colSpan)
  }

  /// Whether the cells of a line continue the cell above them, as wide as it is.
  private func covers(_ line: Int, _ leaves: Range<Int>, before end: Int) -> Bool {
    for leaf in leaves {
      guard isFree(line, leaf, before: end), let cell = cells[line][leaf] else { return false }
      guard cell.isMergedAbove || (leaf > leaves.lowerBound && cell.isMergedLeft) else { return false }
    }
    return true
  }

  private func isFree(_ line: Int, _ leaf: Int, before end: Int) -> Bool {
    line < cells.count && leaf < end && !taken[line][leaf]
  }
}

extension Cell {
  fileprivate var isMergedAbove: Bool { if case .above = content { true } else { false } }
  fileprivate var isMergedLeft: Bool { if case .left = content { true } else { false } }
}
