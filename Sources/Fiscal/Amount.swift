/// An exact sum of money (金额), held in fen (分) so that totals never drift by rounding.
///
///     let budget = try Amount("36.50", in: .tenThousandYuan)  // 36.50 万元
///     budget.fen                                               // 36_500_000
///     budget.text(in: .yuan, decimals: 2)                      // "365000.00"
public struct Amount: Hashable, Comparable, Sendable {
  public let fen: Int64

  public init(fen: Int64) { self.fen = fen }

  /// The amount that a text states in a unit.
  /// - Throws: `NumberSyntaxError` where the text is no plain decimal, is finer than a fen or too large.
  public init(_ text: String, in unit: MoneyUnit) throws(NumberSyntaxError) {
    self = try Amount(DecimalText(text), in: unit)
  }

  /// - Throws: `NumberSyntaxError` where the number is finer than a fen or too large.
  public init(_ number: DecimalText, in unit: MoneyUnit) throws(NumberSyntaxError) {
    guard let power = powerOfTen(number.decimals) else { throw .tooFine }
    // Nearly always a whole number of fen stands behind each digit: no division is needed.
    if let digits = Int64(exactly: number.digits), number.decimals <= unit.finestDecimals {
      let (fen, overflow) = digits.multipliedReportingOverflow(
        by: smallPowersOfTen[unit.finestDecimals - number.decimals])
      guard !overflow, fen.magnitude < Self.limit else { throw .tooLarge }
      self.fen = fen
      return
    }
    let (product, overflow) = number.digits.multipliedReportingOverflow(by: Int128(unit.fen))
    guard !overflow else { throw .tooLarge }
    guard product % power == 0 else { throw .tooFine }
    guard let fen = Int64(exactly: product / power), fen.magnitude < Self.limit else { throw .tooLarge }
    self.fen = fen
  }

  /// What no amount reaches.
  private static let limit: UInt64 = 1_000_000_000_000_000_000

  public static func < (left: Amount, right: Amount) -> Bool { left.fen < right.fen }

  /// The amount in fen as an exact fraction, to calculate with.
  public var rational: Rational { Rational(fen) }

  /// The amount in a unit, rounded half away from zero to a number of decimals.
  public func text(in unit: MoneyUnit, decimals: Int, grouped: Bool = false) -> String {
    Rational(Int128(fen), over: Int128(unit.fen))?.text(decimals: decimals, grouped: grouped) ?? ""
  }

  /// The amount in a unit with at least so many decimals, and more where fewer would not be exact.
  public func exactText(in unit: MoneyUnit, atLeast decimals: Int, grouped: Bool = false) -> String {
    let finest = unit.finestDecimals
    var digits = fen
    var needed = finest
    while needed > 0, digits % 10 == 0 {
      digits /= 10
      needed -= 1
    }
    if decimals > needed {
      guard let scaled = powerOfTen(decimals - needed)?.multipliedReportingOverflow(by: Int128(digits)),
        !scaled.overflow
      else { return "" }
      return decimalText(scaled.partialValue, decimals: decimals, grouped: grouped)
    }
    return decimalText(Int128(digits), decimals: needed, grouped: grouped)
  }
}
