import Content
import Fiscal
import Forms

/// An amount in fen as a finding prints it, in the unit of its column.
func shown(_ fen: Rational, in unit: MoneyUnit, decimals: Int) -> String {
  let value = fen.divided(by: Rational(unit.fen)) ?? .zero
  let exact = value.exactDecimals ?? decimals
  return value.text(decimals: max(decimals, min(exact, unit.finestDecimals)), grouped: true) ?? ""
}

/// A number as a finding prints it.
func shown(_ number: Rational) -> String {
  number.text(decimals: number.exactDecimals ?? 4) ?? ""
}

/// Names of a few things, and how many more there are.
func listed(_ names: [String], limit: Int = 6) -> String {
  names.count <= limit
    ? names.joined(separator: "、") : names.prefix(limit).joined(separator: "、") + " 等 \(names.count) 项"
}

/// One term of a sum: a cell's value and what it may stand for.
struct Term {
  var value: Rational
  var interval: Interval
}

/// A sum compared with the total that is printed for it.
struct SumVerdict {
  var stated: Rational
  var summed: Rational
  var difference: Rational
  var agreement: Agreement

  /// - Parameter cap: a difference above it is never rounding, however many terms there are.
  init?(total: Term, terms: [Term]) {
    var sum = Rational.zero
    var interval = Interval(exactly: .zero)
    for term in terms {
      guard let nextSum = sum.adding(term.value), let nextInterval = interval.adding(term.interval) else {
        return nil
      }
      sum = nextSum
      interval = nextInterval
    }
    guard let gap = total.value.subtracting(sum) else { return nil }
    stated = total.value
    summed = sum
    difference = gap
    agreement = Agreement(total.value, within: total.interval, expected: sum, within: interval)
  }
}

extension Cell {
  /// The value of a figure's cell as a term of a sum: blanks, dashes and 无 are zero; nil where it cannot be read.
  func term(leaf: Leaf) -> Term? {
    // What is counted is not rounded.
    if let number { return Term(value: number.rational, interval: Interval(exactly: number.rational)) }
    let unit = leaf.unit ?? .tenThousandYuan
    let digits = max(leaf.decimals, decimals)
    let last = powerOfTen(digits).flatMap { Rational(Int128(unit.fen), over: $0) } ?? Rational(1)
    if let amount {
      return Term(value: amount.rational, interval: Interval(amount.rational, lastDigit: last))
    }
    switch state {
    case .blank, .dash, .none, .notApplicable, .zero:
      return Term(value: .zero, interval: Interval(exactly: .zero))
    case .value, .invalid: return nil
    }
  }

  var isFigure: Bool { amount != nil || number != nil }

  /// Whether nothing is written, so that a total here is left open.
  var isOpen: Bool { state == .blank || state == .dash }
}

extension Leaf {
  /// Whether a total in this column is the sum of its parts: amounts, counts and plain numbers.
  var isAddend: Bool {
    switch type {
    case .amount, .count, .number: true
    default: false
    }
  }
}
