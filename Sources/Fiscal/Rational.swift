/// An exact fraction: what every calculation with figures gives, so that nothing is rounded before it is printed.
///
/// Operations that would leave 128 bits give nil; no figure of a public budget comes near.
public struct Rational: Hashable, Sendable, Comparable {
  /// In lowest terms, and the denominator is positive.
  public let numerator: Int128
  public let denominator: Int128

  public static let zero = Rational(0)

  public init(_ whole: some BinaryInteger) {
    numerator = Int128(clamping: whole)
    denominator = 1
  }

  /// Nil where the denominator is zero.
  public init?(_ numerator: Int128, over denominator: Int128) {
    guard denominator != 0, numerator != .min, denominator != .min else { return nil }
    if denominator == 1 {
      self.init(unchecked: numerator, 1)
      return
    }
    let divisor = greatestCommonDivisor(numerator.magnitude, denominator.magnitude)
    let sign: Int128 = denominator < 0 ? -1 : 1
    self.init(unchecked: sign * numerator / Int128(divisor), sign * denominator / Int128(divisor))
  }

  public func adding(_ other: Rational) -> Rational? {
    if denominator == other.denominator {
      let (sum, overflow) = numerator.addingReportingOverflow(other.numerator)
      return overflow ? nil : Rational(sum, over: denominator)
    }
    let (left, first) = numerator.multipliedReportingOverflow(by: other.denominator)
    let (right, second) = other.numerator.multipliedReportingOverflow(by: denominator)
    let (bottom, third) = denominator.multipliedReportingOverflow(by: other.denominator)
    let (top, fourth) = left.addingReportingOverflow(right)
    return first || second || third || fourth ? nil : Rational(top, over: bottom)
  }

  public func subtracting(_ other: Rational) -> Rational? { adding(other.negated) }

  public func multiplied(by other: Rational) -> Rational? {
    let (top, first) = numerator.multipliedReportingOverflow(by: other.numerator)
    let (bottom, second) = denominator.multipliedReportingOverflow(by: other.denominator)
    return first || second ? nil : Rational(top, over: bottom)
  }

  /// Nil where the divisor is zero.
  public func divided(by other: Rational) -> Rational? {
    Rational(other.denominator, over: other.numerator).flatMap { multiplied(by: $0) }
  }

  public var negated: Rational { Rational(unchecked: -numerator, denominator) }
  public var magnitude: Rational { numerator < 0 ? negated : self }
  public var isZero: Bool { numerator == 0 }

  public static func < (left: Rational, right: Rational) -> Bool {
    if left.denominator == right.denominator { return left.numerator < right.numerator }
    let (wholeLeft, restLeft) = floorDivision(left.numerator, left.denominator)
    let (wholeRight, restRight) = floorDivision(right.numerator, right.denominator)
    if wholeLeft != wholeRight { return wholeLeft < wholeRight }
    if restLeft == 0 || restRight == 0 { return restLeft == 0 && restRight != 0 }
    // Both rests are proper fractions: compare their reciprocals the other way round.
    return Rational(unchecked: right.denominator, restRight) < Rational(unchecked: left.denominator, restLeft)
  }

  /// Rounded half away from zero (四舍五入) to a number of decimals, as the digits scaled by 10^decimals.
  public func rounded(decimals: Int) -> Int128? {
    guard let scale = powerOfTen(decimals) else { return nil }
    let (scaled, overflow) = numerator.magnitude.multipliedReportingOverflow(by: UInt128(scale))
    guard !overflow else { return nil }
    let bottom = denominator.magnitude
    var (quotient, rest) = scaled.quotientAndRemainder(dividingBy: bottom)
    if rest >= bottom - rest { quotient += 1 }
    guard let value = Int128(exactly: quotient) else { return nil }
    return numerator < 0 ? -value : value
  }

  /// As decimal text, rounded half away from zero: `Rational(1, over: 3)?.text(decimals: 2)` is "0.33".
  public func text(decimals: Int, grouped: Bool = false) -> String? {
    rounded(decimals: decimals).map { decimalText($0, decimals: decimals, grouped: grouped) }
  }

  /// The number of decimals that print the value exactly, or nil where it has no finite expansion within 18.
  public var exactDecimals: Int? {
    (0...18).first { decimals in
      guard let scale = powerOfTen(decimals) else { return false }
      return scale % denominator == 0
    }
  }

  private init(unchecked numerator: Int128, _ denominator: Int128) {
    self.numerator = numerator
    self.denominator = denominator
  }
}

/// 10^exponent, or nil beyond 36.
public func powerOfTen(_ exponent: Int) -> Int128? {
  guard (0...36).contains(exponent) else { return nil }
  if exponent < smallPowersOfTen.count { return Int128(smallPowersOfTen[exponent]) }
  return (0..<exponent).reduce(1) { power, _ in power * 10 }
}

/// The powers that amounts ask for, again and again.
let smallPowersOfTen: [Int64] = [
  1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000,
]

/// Digits scaled by 10^decimals as text, optionally with a comma between thousands (千分位).
public func decimalText(_ scaled: Int128, decimals: Int, grouped: Bool = false) -> String {
  guard let small = UInt64(exactly: scaled.magnitude) else {
    return decimalText(Array(String(scaled.magnitude).utf8), scaled < 0, decimals: decimals, grouped: grouped)
  }
  // From the last digit forward; 64 bits have 20 digits.
  var rest = small
  return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: max(20, decimals + 1) + 8 + 2) { room in
    var start = room.count
    func put(_ byte: UInt8) {
      start -= 1
      room[start] = byte
    }
    var written = 0
    while rest > 0 || written <= decimals {
      if written == decimals, decimals > 0 { put(UInt8(ascii: ".")) }
      let place = written - decimals
      if grouped, place > 0, place % 3 == 0 { put(UInt8(ascii: ",")) }
      put(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
      written += 1
    }
    if scaled < 0 { put(UInt8(ascii: "-")) }
    return String(decoding: UnsafeBufferPointer(rebasing: room[start...]), as: UTF8.self)
  }
}

private func decimalText(_ magnitude: [UInt8], _ isNegative: Bool, decimals: Int, grouped: Bool) -> String {
  var digits = magnitude
  if digits.count <= decimals {
    digits.insert(contentsOf: repeatElement(48, count: decimals + 1 - digits.count), at: 0)
  }
  var bytes: [UInt8] = isNegative ? [45] : []
  let whole = digits.count - decimals
  for (index, digit) in digits.enumerated() {
    if index == whole {
      bytes.append(46)
    } else if grouped, index > 0, index < whole, (whole - index) % 3 == 0 {
      bytes.append(44)
    }
    bytes.append(digit)
  }
  return String(decoding: bytes, as: UTF8.self)
}

private func greatestCommonDivisor(_ first: UInt128, _ second: UInt128) -> UInt128 {
  var (large, small) = (first, second)
  while small != 0 { (large, small) = (small, large % small) }
  return large == 0 ? 1 : large
}

private func floorDivision(_ numerator: Int128, _ denominator: Int128) -> (Int128, Int128) {
  let (quotient, rest) = numerator.quotientAndRemainder(dividingBy: denominator)
  return rest < 0 ? (quotient - 1, rest + denominator) : (quotient, rest)
}
