import Content

/// What a cell is in a sum of amounts, without its text.
struct AmountCell {
  /// 0 where it counts for nothing.
  var fen: Int64
  var state: CellState
  /// Whether it can be added: it holds an amount, or counts for nothing.
  var isReadable: Bool

  /// Whether nothing is written, so that a total here is left open.
  var isOpen: Bool { state == .blank || state == .dash }

  init(_ amount: Int64?, _ state: CellState) {
    fen = amount ?? 0
    self.state = state
    switch state {
    case .blank, .dash, .none, .notApplicable, .zero: isReadable = true
    case .value, .invalid: isReadable = amount != nil
    }
  }
}

/// A sum of cells in fen as it grows, to tell quickly the sums that are right.
struct QuickSum {
  private(set) var fen: Int64 = 0
  private(set) var isExact = true

  mutating func add(_ part: Int64) {
    let (sum, overflow) = fen.addingReportingOverflow(part)
    fen = sum
    if overflow { isExact = false }
  }

  mutating func subtract(_ part: Int64) {
    let (difference, overflow) = fen.subtractingReportingOverflow(part)
    fen = difference
    if overflow { isExact = false }
  }

  /// Whether it is a total as printed: then nothing needs to be said, and no interval to be worked out.
  func equals(_ total: AmountCell) -> Bool { isExact && fen == total.fen }
}
