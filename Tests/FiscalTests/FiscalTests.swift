import Testing

@testable import Fiscal

@Suite struct AmountTests {
  @Test func `an amount keeps every fen of its unit`() throws {
    #expect(try Amount("36.50", in: .tenThousandYuan).fen == 36_500_000)
    #expect(try Amount("1,273.52", in: .tenThousandYuan).fen == 1_273_520_000)
    #expect(try Amount("17.9935", in: .tenThousandYuan).text(in: .yuan, decimals: 2) == "179935.00")
    #expect(try Amount("(3.00)", in: .yuan).fen == -300)
    #expect(try Amount("-0.01", in: .yuan).fen == -1)
  }

  @Test(arguments: [
    ("36.5万", NumberSyntaxError.trailing("万")), ("１２.00", .fullWidth(meant: "12.00")),
    ("12.3456789", .tooFine),
    ("", .empty), ("1.273,52", .grouping), ("12,34", .grouping), ("1,2345", .grouping), ("--1", .notANumber),
    ("1e5", .trailing("e5")), (".", .notANumber), ("5.", .notANumber), ("99999999999999999999", .tooLarge),
    ("NaN", .notANumber), ("1.2.3", .grouping), (",123", .grouping), ("123,", .grouping),
  ])
  func `text that is not an exact amount is refused`(_ text: String, _ error: NumberSyntaxError) {
    #expect(throws: error) { try Amount(text, in: .tenThousandYuan) }
  }

  @Test func `printing rounds half away from zero and groups thousands`() throws {
    #expect(try Amount("1273.525", in: .tenThousandYuan).text(in: .tenThousandYuan, decimals: 2) == "1273.53")
    #expect(
      try Amount("-1273.525", in: .tenThousandYuan).text(in: .tenThousandYuan, decimals: 2) == "-1273.53")
    #expect(try Amount("1234567.8", in: .yuan).text(in: .yuan, decimals: 2, grouped: true) == "1,234,567.80")
    #expect(try Amount("0.6", in: .tenThousandYuan).text(in: .tenThousandYuan, decimals: 2) == "0.60")
    #expect(
      try Amount("17.9935", in: .tenThousandYuan).exactText(in: .tenThousandYuan, atLeast: 2) == "17.9935")
  }

  @Test(
    arguments: [
      (0, "零元整"), (1, "壹分"), (10, "壹角整"), (105, "壹元零伍分"), (1_000_000, "壹万元整"), (1_000_100, "壹万零壹元整"),
      (12_735_200_00, "壹仟贰佰柒拾叁万伍仟贰佰元整"), (10_050_000_00, "壹仟零伍万元整"), (100_000_001_00, "壹亿零壹元整"),
      (-300, "负叁元整"), (1_200_000_00, "壹佰贰拾万元整"),
    ] as [(Int64, String)])
  func `capital numerals follow the rules for cheques`(_ fen: Int64, _ text: String) {
    #expect(Amount(fen: fen).capitalText == text)
  }
}

@Suite struct RationalTests {
  @Test func `fractions stay exact and ordered`() throws {
    let third = try #require(Rational(1, over: 3))
    #expect(third.adding(third)?.adding(third) == Rational(1))
    #expect(third.text(decimals: 4) == "0.3333")
    let close = try #require(Rational(333_333_333_333_333_333, over: 1_000_000_000_000_000_000))
    #expect(close < third)
    #expect(try #require(Rational(-1, over: 3)) < close.negated)
    #expect(Rational(1, over: 0) == nil)
    #expect(Rational(Int128.max).adding(Rational(1)) == nil)
    #expect(third.exactDecimals == nil)
    #expect(Rational(1, over: 8)?.exactDecimals == 3)
  }

  @Test func `intervals that touch agree`() throws {
    let digit = try #require(Rational(1, over: 100))
    let stated = try #require(Rational(7217, over: 100))
    let summed = try #require(Rational(7218, over: 100))
    #expect(
      Agreement(
        stated, within: Interval(stated, lastDigit: digit), expected: summed,
        within: Interval(summed, lastDigit: digit))
        == .rounding)
    let far = try #require(Rational(7219, over: 100))
    #expect(
      Agreement(
        stated, within: Interval(stated, lastDigit: digit), expected: far,
        within: Interval(far, lastDigit: digit))
        == .inconsistent)
    #expect(Interval(exactly: Rational(1)).divided(by: Interval(Rational(-1), Rational(1))) == nil)
  }

  @Test func `headings count in Chinese`() {
    #expect([1, 10, 11, 20, 26, 99].map(chineseNumeral) == ["一", "十", "十一", "二十", "二十六", "九十九"])
  }
}
