import Content
import Fiscal
import Forms

/// A printed figure as whole numbers: what it says, and half of its last place.
///
/// Money is counted in millionths of a fen, everything else in thousand-millionths.
struct Printed: Hashable, Sendable {
  enum Measure: Hashable { case money, plain }

  var value: Int128
  var half: Int128
  var measure: Measure

  static let plainScale: Int128 = 1_000_000_000
  private static let moneyScale: Int128 = 1_000_000

  static func nothing(_ measure: Measure) -> Printed { Printed(value: 0, half: 0, measure: measure) }

  static func money(_ amount: Amount, in unit: MoneyUnit, decimals: Int) -> Printed {
    Printed(
      value: Int128(amount.fen) * moneyScale,
      half: Int128(unit.fen) * moneyScale / (2 * ten(to: decimals)), measure: .money)
  }

  /// Percentages are rounded, what is counted is not.
  static func plain(_ number: DecimalText, isRounded: Bool) -> Printed? {
    guard number.decimals <= 9, number.digits.magnitude < 1_000_000_000_000_000_000 else { return nil }
    return Printed(
      value: number.digits * ten(to: 9 - number.decimals),
      half: isRounded ? plainScale / (2 * ten(to: number.decimals)) : 0, measure: .plain)
  }

  var lower: Int128 { value - half }
  var upper: Int128 { value + half }

  /// Whether both may stand for the same number.
  func meets(_ other: Printed) -> Bool { lower <= other.upper && other.lower <= upper }

  /// Whether both print one figure: with the same last place it is the same in every digit.
  func prints(_ other: Printed) -> Bool { half == other.half ? value == other.value : meets(other) }

  static func ten(to exponent: Int) -> Int128 {
    (0..<max(0, min(exponent, 18))).reduce(1) { power, _ in power * 10 }
  }
}

extension Cell {
  /// What stands in a cell of a column; nil where it is no figure.
  func printed(_ type: ColumnType, _ unit: MoneyUnit?, decimals: Int) -> Printed? {
    if let amount {
      return .money(amount, in: unit ?? .tenThousandYuan, decimals: max(decimals, self.decimals))
    }
    return number.flatMap { .plain($0, isRounded: type == .percent) }
  }

  /// Whether nothing was written, which leaves a total open.
  var isLeftOpen: Bool { state == .blank || state == .dash }
}

extension FilledPanel {
  func printed(_ row: Int, _ leaf: Int) -> Printed? {
    let column = panel.leaves[leaf]
    return rows[row].cells[leaf].printed(column.type, column.unit, decimals: column.decimals)
  }

  /// The same in a sum, where a cell without a figure counts for nothing.
  func term(_ row: Int, _ leaf: Int) -> Printed? {
    if let printed = printed(row, leaf) { return printed }
    switch rows[row].cells[leaf].state {
    case .blank, .dash, .none, .notApplicable, .zero:
      return .nothing(panel.leaves[leaf].type == .amount ? .money : .plain)
    case .value, .invalid: return nil
    }
  }
}
