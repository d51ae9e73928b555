import Fiscal

/// Exact calculation with figures that knows dimensions, decimals and intervals.
extension Measure {
  /// The most decimals a computed number is given; what matters beyond is set by its format.
  static let ratioDecimals = 4

  init(_ value: Rational?, _ interval: Interval?, _ dimension: Dimension, decimals: Int) throws(FormulaFault)
  {
    guard let value else { throw .overflow }
    let width = interval.flatMap { $0.upper.subtracting($0.lower) } ?? .zero
    self.init(
      figure: Figure(
        value: value, dimension: dimension, decimals: decimals, lastDigit: width.isZero ? nil : width),
      interval: interval)
  }

  // MARK: Sums

  func adding(_ other: Measure) throws(FormulaFault) -> Measure {
    let pair = try Alignment(self, other, to: "相加")
    let sum = pair.left.figure.value.adding(pair.right.figure.value)
    let interval = pair.left.interval.flatMap { left in pair.right.interval.flatMap { left.adding($0) } }
    return try Measure(sum, interval, pair.dimension, decimals: pair.decimals(of: sum))
  }

  func subtracting(_ other: Measure) throws(FormulaFault) -> Measure {
    let pair = try Alignment(self, other, to: "相减")
    let rest = pair.left.figure.value.subtracting(pair.right.figure.value)
    let interval = pair.left.interval.flatMap { left in pair.right.interval.flatMap { left.subtracting($0) } }
    return try Measure(rest, interval, pair.dimension, decimals: pair.decimals(of: rest))
  }

  /// The smaller (or larger) of two, with the interval that it may lie in.
  func chosen(smaller: Bool, or other: Measure) throws(FormulaFault) -> Measure {
    let pair = try Alignment(self, other, to: "比较大小")
    let choose: (Rational, Rational) -> Rational = { smaller ? Swift.min($0, $1) : Swift.max($0, $1) }
    let value = choose(pair.left.figure.value, pair.right.figure.value)
    let interval = pair.left.interval.flatMap { left in
      pair.right.interval.map { Interval(choose(left.lower, $0.lower), choose(left.upper, $0.upper)) }
    }
    return try Measure(value, interval, pair.dimension, decimals: pair.decimals(of: value))
  }

  var negated: Measure {
    var result = self
    result.figure.value = figure.value.negated
    result.interval = interval?.negated
    return result
  }

  var magnitude: Measure {
    guard figure.value < .zero || (interval.map { $0.lower < .zero } ?? false) else { return self }
    var result = self
    result.figure.value = figure.value.magnitude
    result.interval = interval.map { interval in
      let far = Swift.max(interval.lower.magnitude, interval.upper.magnitude)
      let near = Swift.min(interval.lower.magnitude, interval.upper.magnitude)
      return Interval(interval.contains(.zero) ? .zero : near, far)
    }
    return result
  }

  /// Rounded half away from zero (四舍五入) in the figure's own unit.
  func rounded(decimals: Int) throws(FormulaFault) -> Measure {
    let unit: Rational =
      if case .money(let unit) = figure.dimension { Rational(unit.fen) } else { Rational(1) }
    let round: (Rational) -> Rational? = { value in
      guard let scale = powerOfTen(decimals) else { return nil }
      return value.divided(by: unit)?.rounded(decimals: decimals)
        .flatMap { Rational($0, over: scale) }?.multiplied(by: unit)
    }
    let interval = interval.flatMap { interval in
      round(interval.lower).flatMap { low in round(interval.upper).map { Interval(low, $0) } }
    }
    return try Measure(round(figure.value), interval, figure.dimension, decimals: decimals)
  }

  // MARK: Products

  /// A percentage as the ratio it means (95% as 0.95); everything else as it is.
  var asRatio: Measure {
    guard figure.dimension == .percent, let hundredth = Rational(1, over: 100) else { return self }
    let value = figure.value.multiplied(by: hundredth) ?? figure.value
    let ratio = try? Measure(
      value, interval.flatMap { $0.multiplied(by: hundredth) }, .plain(unit: nil),
      decimals: figure.decimals + 2)
    return ratio ?? self
  }

  func multiplied(by other: Measure) throws(FormulaFault) -> Measure {
    let (left, right) = (asRatio, other.asRatio)
    let dimension: Dimension
    let decimals: Int
    switch (left.figure.dimension, right.figure.dimension) {
    case (.money, .money):
      throw FormulaFault(.dimension, "两个金额不能相乘", hint: "金额只能乘以数或百分比")
    case (.money, _):
      (dimension, decimals) = (left.figure.dimension, left.figure.decimals)
    case (_, .money):
      (dimension, decimals) = (right.figure.dimension, right.figure.decimals)
    case (.plain(let first), .plain(let second)):
      let unit = first == nil ? second : second == nil ? first : nil
      dimension = .plain(unit: unit)
      decimals = Swift.min(left.figure.decimals + right.figure.decimals, Self.ratioDecimals)
    default:
      (dimension, decimals) = (.plain(unit: nil), Self.ratioDecimals)
    }
    let interval = left.interval.flatMap { first in right.interval.flatMap { first.multiplied(by: $0) } }
    return try Measure(
      left.figure.value.multiplied(by: right.figure.value), interval, dimension, decimals: decimals)
  }

  func divided(by other: Measure) throws(FormulaFault) -> Measure {
    let (left, right) = (asRatio, other.asRatio)
    guard !right.figure.value.isZero else {
      throw FormulaFault(.divisionByZero, "除数为零", hint: "除数可能为零时，不用除法，或改用 增减(…) 这类会说明原因的写法")
    }
    let dimension: Dimension
    var decimals = Self.ratioDecimals
    switch (left.figure.dimension, right.figure.dimension) {
    case (.money, .plain):
      (dimension, decimals) = (left.figure.dimension, left.figure.decimals)
    case (.plain, .money) where !left.figure.isBareZero:
      throw FormulaFault(
        .dimension, "\(left.figure.dimension.chinese)不能除以\(right.figure.dimension.chinese)",
        hint: "金额可以除以金额或数；核对除号两边的次序")
    case (.plain(.some(let unit)), .plain(.none)): dimension = .plain(unit: unit)
    default: dimension = .plain(unit: nil)
    }
    let interval = left.interval.flatMap { top in right.interval.flatMap { top.divided(by: $0) } }
    return try Measure(
      left.figure.value.divided(by: right.figure.value), interval, dimension, decimals: decimals)
  }
}

extension Interval {
  /// All products of the two intervals.
  fileprivate func multiplied(by other: Interval) -> Interval? {
    let corners = [lower, upper].flatMap { left in
      [other.lower, other.upper].compactMap { left.multiplied(by: $0) }
    }
    guard corners.count == 4, let low = corners.min(), let high = corners.max() else { return nil }
    return Interval(low, high)
  }
}

/// Two figures brought to one dimension, so that they can be added or compared.
struct Alignment {
  var left: Measure
  var right: Measure
  var dimension: Dimension

  /// - Parameter purpose: what is to be done with the figures, for the message.
  init(_ first: Measure, _ second: Measure, to purpose: String) throws(FormulaFault) {
    (left, right) = (first, second)
    switch (first.figure.dimension, second.figure.dimension) {
    case (let one, let other) where one == other: dimension = one
    case (_, let other) where first.figure.isBareZero: dimension = other
    case (let one, _) where second.figure.isBareZero: dimension = one
    case (.money(let unit), .money): dimension = .money(unit: unit)
    case (.plain(let one), .plain(.none)): dimension = .plain(unit: one)
    case (.plain(.none), .plain(let other)): dimension = .plain(unit: other)
    case (.percent, .plain(.none)), (.plain(.none), .percent):
      (left, right, dimension) = (first.asRatio, second.asRatio, .plain(unit: nil))
    case (let one, let other):
      throw FormulaFault(
        .dimension, "\(one.chinese)与\(other.chinese)不能\(purpose)",
        hint: "核对两边是否引用了同类的数\(Self.advice(one, other))")
    }
  }

  /// The decimals of a sum: the most of both; where the units differ, as many as the sum needs.
  func decimals(of value: Rational?) -> Int {
    let (one, other) = (left.figure, right.figure)
    guard case .money(let unit) = dimension, case .money(let first) = one.dimension,
      case .money(let second) = other.dimension, first != second
    else {
      if one.isBareZero { return other.decimals }
      return other.isBareZero ? one.decimals : max(one.decimals, other.decimals)
    }
    let finest = max(one.decimals(in: unit), other.decimals(in: unit))
    let needed = value?.divided(by: Rational(unit.fen))?.exactDecimals ?? finest
    return max(one.decimals, min(finest, needed))
  }

  private static func advice(_ one: Dimension, _ other: Dimension) -> String {
    switch (one, other) {
    case (.money, .plain(.none)), (.plain(.none), .money): "；金额写上单位，如 50万元"
    default: ""
    }
  }
}

extension Figure {
  /// How many decimals the figure's last declared digit has when it is stated in another unit.
  func decimals(in unit: MoneyUnit) -> Int {
    guard case .money(let own) = dimension else { return decimals }
    return max(decimals + unit.finestDecimals - own.finestDecimals, 0)
  }
}
