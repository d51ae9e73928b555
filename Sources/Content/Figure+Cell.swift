import Fiscal
import Forms
import Formulas

extension Figure {
  /// The figure a cell states; nil for words and for blanks that say nothing.
  init?(
    _ cell: Cell, type: ColumnType, unit: MoneyUnit?, countUnit: String?, decimals: Int, blank: BlankMeaning
  ) {
    let dimension: Dimension
    let value: Rational
    var digits = decimals
    switch cell.state {
    case .value, .zero:
      if let amount = cell.amount {
        dimension = .money(unit: unit ?? .tenThousandYuan)
        value = amount.rational
        digits = max(decimals, cell.decimals)
      } else if let number = cell.number {
        dimension = type == .percent ? .percent : .plain(unit: countUnit)
        value = number.rational
        digits = cell.decimals
      } else if type == .indicator, let (number, rest) = leadingNumber(of: cell.text) {
        dimension = rest == "%" ? .percent : .plain(unit: rest.isEmpty ? nil : rest)
        value = number.rational
        digits = number.decimals
      } else {
        return nil
      }
    case .blank where blank == .zero && type == .amount:
      dimension = .money(unit: unit ?? .tenThousandYuan)
      value = .zero
    case .dash where type == .amount, .none where type == .amount:
      dimension = .money(unit: unit ?? .tenThousandYuan)
      value = .zero
    default: return nil
    }
    var lastDigit: Rational?
    // Counts and scores are exact; amounts and percentages are rounded to their last digit.
    if case .plain = dimension {
      lastDigit = nil
    } else if let power = powerOfTen(digits) {
      let one = if case .money(let unit) = dimension { Int128(unit.fen) } else { Int128(1) }
      lastDigit = Rational(one, over: power)
    }
    self.init(value: value, dimension: dimension, decimals: digits, lastDigit: lastDigit)
  }
}

/// The number at the head of an indicator's value (`1070人次`, `≥90%`) and what follows it.
func leadingNumber(of text: String) -> (number: DecimalText, rest: String)? {
  let body = text.drop { "≥≤＞＜>=<=不少于不低于超过约达 ".contains($0) }
  let digits = body.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == ",") }
  guard !digits.isEmpty, let number = try? DecimalText(String(digits)) else { return nil }
  return (number, String(body.dropFirst(digits.count)).trimmingBlanks)
}

extension Reference {
  /// Whether both name the same cell, however they are spelled.
  func matches(_ other: Reference) -> Bool {
    func same(_ left: Selector?, _ right: Selector?) -> Bool {
      switch (left, right) {
      case (nil, nil), (.all?, .all?): true
      case (.path(let first)?, .path(let second)?):
        first.map { normalizedName($0) } == second.map { normalizedName($0) }
      default: false
      }
    }
    return yearOffset == other.yearOffset && kind == other.kind
      && normalizedName(table) == normalizedName(other.table)
      && instance.map { normalizedName($0) } == other.instance.map { normalizedName($0) }
      && same(row, other.row)
      && same(column, other.column)
  }
}
