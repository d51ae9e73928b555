import Fiscal

/// What a figure measures (量纲); figures of different dimensions are never added up.
public enum Dimension: Hashable, Sendable {
  /// Money (金额), with the unit in which it is stated.
  case money(unit: MoneyUnit)
  /// A percentage (百分比).
  case percent
  /// A count, a score or a bare number, with the unit printed behind it (人、辆), if any.
  case plain(unit: String?)

  /// The dimension in words, for messages: `金额（万元）`.
  public var chinese: String {
    switch self {
    case .money(let unit): "金额（\(unit.rawValue)）"
    case .percent: "百分比"
    case .plain(.some(let unit)): "数量（\(unit)）"
    case .plain(.none): "数"
    }
  }
}

/// A value with its dimension and its declared precision: what a cell states or a formula gives.
///
///     // 1,273.52 万元
///     Figure(value: Rational(1_273_520_000), dimension: .money(unit: .tenThousandYuan), decimals: 2)
public struct Figure: Hashable, Sendable {
  /// Money in fen (分); everything else as the number printed (95 for 95%).
  public var value: Rational
  public var dimension: Dimension
  /// How many decimals are declared or printed, in the figure's own unit.
  public var decimals: Int
  /// The worth of the last declared digit (in fen for money): the figure stands for ± half of it.
  /// Nil where it is exact.
  ///
  /// The result of a calculation carries the width of everything its operands may stand for.
  public var lastDigit: Rational?

  public init(value: Rational, dimension: Dimension, decimals: Int, lastDigit: Rational? = nil) {
    self.value = value
    self.dimension = dimension
    self.decimals = decimals
    self.lastDigit = lastDigit
  }

  /// A printed amount of money that stands for ± half of its last declared digit.
  public init(printed amount: Amount, in unit: MoneyUnit, decimals: Int) {
    self.init(
      value: amount.rational, dimension: .money(unit: unit), decimals: decimals,
      lastDigit: powerOfTen(decimals).flatMap { Rational(Int128(unit.fen), over: $0) })
  }

  /// A zero without a dimension, such as a typed `0` or the sum of no figures: it goes with any other figure.
  var isBareZero: Bool { value.isZero && dimension == .plain(unit: nil) && lastDigit == nil }

  /// The number that is printed, before rounding: for money in its own unit.
  var number: Rational? {
    guard case .money(let unit) = dimension else { return value }
    return value.divided(by: Rational(unit.fen))
  }
}

/// A figure together with every value it may stand for.
public struct Measure: Hashable, Sendable {
  public var figure: Figure
  /// Nil where there are no bounds (a divisor that may be zero): any other figure is then within rounding.
  public var interval: Interval?

  public init(figure: Figure, interval: Interval?) {
    self.figure = figure
    self.interval = interval
  }

  public init(_ figure: Figure) {
    self.figure = figure
    interval =
      figure.lastDigit.map { Interval(figure.value, lastDigit: $0) } ?? Interval(exactly: figure.value)
  }
}
