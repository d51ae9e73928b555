/// What a published figure stands for: every value that rounds to it (XBRL Calculations 1.1, closed intervals).
///
///     Interval(figure: 36.50, halfUnit: 0.005)   // 36.495 … 36.505
public struct Interval: Hashable, Sendable {
  public let lower: Rational
  public let upper: Rational

  public init(_ lower: Rational, _ upper: Rational) {
    self.lower = min(lower, upper)
    self.upper = max(lower, upper)
  }

  public init(exactly value: Rational) { self.init(value, value) }

  /// The closed interval of half a last digit around a value.
  public init(_ value: Rational, lastDigit: Rational) {
    let half = Rational(1, over: 2).flatMap { lastDigit.multiplied(by: $0) } ?? .zero
    self.init(value.subtracting(half) ?? value, value.adding(half) ?? value)
  }

  public func meets(_ other: Interval) -> Bool { lower <= other.upper && other.lower <= upper }
  public func contains(_ value: Rational) -> Bool { lower <= value && value <= upper }

  /// Nil on overflow, as everywhere with exact fractions.
  public func adding(_ other: Interval) -> Interval? {
    guard let low = lower.adding(other.lower), let high = upper.adding(other.upper) else { return nil }
    return Interval(low, high)
  }

  public func subtracting(_ other: Interval) -> Interval? { adding(other.negated) }
  public var negated: Interval { Interval(upper.negated, lower.negated) }

  public func multiplied(by factor: Rational) -> Interval? {
    guard let low = lower.multiplied(by: factor), let high = upper.multiplied(by: factor) else { return nil }
    return Interval(low, high)
  }

  /// All quotients of the two intervals; nil where the divisor's interval holds zero.
  public func divided(by other: Interval) -> Interval? {
    guard !other.contains(.zero) else { return nil }
    let corners = [lower, upper].flatMap { top in
      [other.lower, other.upper].compactMap { top.divided(by: $0) }
    }
    guard corners.count == 4, let low = corners.min(), let high = corners.max() else { return nil }
    return Interval(low, high)
  }
}

/// The verdict of comparing a stated figure with what it should be.
public enum Agreement: Hashable, Sendable {
  /// The printed values are equal.
  case exact
  /// The printed values differ, but their intervals meet: 尾差.
  case rounding
  case inconsistent

  public init(
    _ stated: Rational, within statedInterval: Interval, expected: Rational, within expectedInterval: Interval
  ) {
    if stated == expected {
      self = .exact
    } else {
      self = statedInterval.meets(expectedInterval) ? .rounding : .inconsistent
    }
  }
}
