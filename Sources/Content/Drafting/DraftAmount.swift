import Fiscal
import Forms

/// An amount of a drafted table as a term of a sum: exact, in fen.
struct DraftAmount {
  var fen: Int128 = 0
  /// What one unit of its last digit is; 0 where nothing is written.
  var last: Int128 = 0
  /// Whether nothing is written, so that a total here is left open.
  var isOpen = false

  init() {}

  init(_ cell: Cell, unit: MoneyUnit, decimals: Int) {
    guard let amount = cell.amount else {
      isOpen = cell.state == .blank || cell.state == .dash
      return
    }
    fen = Int128(amount.fen)
    let power = powerOfTen(max(decimals, cell.decimals)) ?? 1
    last = max(1, Int128(unit.fen) / power)
  }

  /// The sum of several; what is open counts as zero.
  init(sumOf terms: [DraftAmount]) {
    for term in terms {
      fen += term.fen
      last += term.last
    }
  }

  var negated: DraftAmount {
    var amount = self
    amount.fen = -fen
    return amount
  }

  var interval: Interval {
    let value = Rational(fen)
    return last == 0 ? Interval(exactly: value) : Interval(value, lastDigit: Rational(last))
  }
}

/// How many places of a table bear a relation out.
struct DraftEvidence: Equatable {
  /// Places that are not zero.
  var count = 0
  /// Of those, how many agree only within the rounding of printed figures (尾差).
  var rounded = 0
  /// Whether two parts or more are not zero somewhere, so that it is no mere copy.
  var hasTwoParts = false

  /// - Parameters:
  ///   - totals: What is stated in each place.
  ///   - parts: For each place the terms that should add up to it.
  /// - Returns: nil where a place contradicts it.
  init?(totals: [DraftAmount], parts: [[DraftAmount]]) {
    for (total, terms) in zip(totals, parts) {
      let sum = DraftAmount(sumOf: terms)
      if total.isOpen {
        guard sum.fen == 0 else { return nil }
        continue
      }
      let gap = (total.fen - sum.fen).magnitude
      if gap > 0 {
        // Half a last digit at both ends, and never more than five last digits.
        guard 2 * gap <= (total.last + sum.last).magnitude, gap <= 5 * total.last.magnitude else {
          return nil
        }
        rounded += 1
      }
      guard total.fen != 0 else { continue }
      count += 1
      if terms.count(where: { $0.fen != 0 }) > 1 { hasTwoParts = true }
    }
  }

  /// - Parameter places: How many places bear it out, once that is known.
  init(places: Int) {
    count = places
  }

  /// `5 行相符，其中 1 行是尾差`.
  func words(_ what: String) -> String {
    "\(count) \(what)相符" + (rounded > 0 ? "，其中 \(rounded) \(what)是尾差" : "")
  }
}
