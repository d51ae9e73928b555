/// Finds how far each cell of the body reaches over those that are merged with it.
struct MergedCells {
  /// How a place of the body stands to its neighbours.
  enum Place {
    /// A cell of its own.
    case single
    case above
    case left
    /// A panel that has ended.
    case ended
  }

  private let width: Int
  private let height: Int
  /// Line by line, one for each leaf.
  private var places: [Place]
  private var taken: [Bool]
  /// Whether every place stands for itself.
  private let isPlain: Bool

  init(_ rows: [Row], leaves: Int, panels: [Range<Int>]) {
    width = leaves
    height = rows.count
    places = Array(repeating: .ended, count: leaves * rows.count)
    var isPlain = true
    for (line, row) in rows.enumerated() {
      for (panel, range) in panels.enumerated() {
        guard panel < row.parts.count, !row.parts[panel].isEnded else {
          if !range.isEmpty { isPlain = false }
          continue
        }
        let cells = row.parts[panel].cells
        let filler = row.parts[panel].role == .group ? Place.left : .single
        for (offset, leaf) in range.enumerated() {
          let place = offset < cells.count ? cells[offset].mergedPlace : filler
          if place != .single { isPlain = false }
          places[line * leaves + leaf] = place
        }
      }
    }
    self.isPlain = isPlain
    taken = isPlain ? [] : Array(repeating: false, count: places.count)
  }

  /// Takes the cell here and all that is merged with it; `nil` when an earlier cell covers this place.
  ///
  /// Ask line by line and leaf by leaf. A cell that wants to merge with nothing stands for itself.
  mutating func take(line: Int, leaf: Int, before end: Int) -> (rowSpan: Int, colSpan: Int)? {
    if isPlain { return (1, 1) }
    guard !taken[line * width + leaf] else { return nil }
    var (rowSpan, colSpan) = (1, 1)
    switch place(line, leaf) {
    case .single:
      while isFree(line, leaf + colSpan, before: end), place(line, leaf + colSpan) == .left { colSpan += 1 }
      while covers(line + rowSpan, leaf..<leaf + colSpan, before: end) { rowSpan += 1 }
    case .above, .left: break
    case .ended:
      colSpan = end - leaf
      while isFree(line + rowSpan, leaf, before: end), place(line + rowSpan, leaf) == .ended { rowSpan += 1 }
    }
    for row in line..<line + rowSpan {
      for covered in leaf..<leaf + colSpan { taken[row * width + covered] = true }
    }
    return (rowSpan, colSpan)
  }

  /// Whether a panel has nothing here.
  func isEnded(_ line: Int, _ leaf: Int) -> Bool { place(line, leaf) == .ended }

  private func place(_ line: Int, _ leaf: Int) -> Place { places[line * width + leaf] }

  /// Whether the cells of a line continue the cell above them, as wide as it is.
  private func covers(_ line: Int, _ leaves: Range<Int>, before end: Int) -> Bool {
    for leaf in leaves {
      guard isFree(line, leaf, before: end) else { return false }
      let place = place(line, leaf)
      guard place == .above || (leaf > leaves.lowerBound && place == .left) else { return false }
    }
    return true
  }

  private func isFree(_ line: Int, _ leaf: Int, before end: Int) -> Bool {
    line < height && leaf < end && !taken[line * width + leaf]
  }
}

extension Cell {
  fileprivate var mergedPlace: MergedCells.Place {
    switch content {
    case .above: .above
    case .left: .left
    default: .single
    }
  }
}
