import Testing

@testable import Fiscal

/// What is done over bytes must say what is done, more slowly and more plainly, here.
@Suite struct PlainSpellingTests {
  @Test(arguments: [
    ("  1.一般公共预算拨款", "一般公共预算拨款"), ("其中：因公出国(境)费 ", "因公出国（境）费"),
    ("（十二）其他", "其他"), ("1.5倍", "1.5倍"), ("其中", "其中"), ("其中：", "："), ("一、", "一、"),
    ("一、其中:（1）甲,乙", "甲，乙"), ("①\u{3000}甲\u{200B}", "甲"), ("“三公”经费、会议费", "“三公”经费、会议费"), ("", ""),
  ])
  func `names are compared without what does not tell them apart`(text: String, name: String) {
    #expect(normalizedName(text) == name)
    #expect(normalizedName(text[...]) == name)
  }

  @Test func `a name over bytes is the name over scalars`() {
    let pieces = [
      " ", "\t", "\u{A0}", "\u{3000}", "\u{200B}", "\u{2009}", "(", ")", "（", "）", ":", "：", ",", "，", "其中",
      "其",
      "中", "一", "十二", "百", "1", "23", "4567", ".", "．", "、", "①", "⒈", "甲", "é", "e\u{301}", "“", "𠮷", "A",
    ]
    var numbers = Numbers(seed: 2022)
    for _ in 0..<20_000 {
      let text = (0..<Int.random(in: 0...7, using: &numbers)).map { _ in
        pieces[Int.random(in: 0..<pieces.count, using: &numbers)]
      }.joined()
      let (found, expected) = (Array(normalizedName(text).utf8), Array(nameOverScalars(text).utf8))
      if found != expected { Issue.record("\(text.debugDescription)") }
    }
  }

  @Test func `an exact amount is printed as the fraction is`() {
    var numbers = Numbers(seed: 7)
    for _ in 0..<5_000 {
      let limit: Int64 = [9, 1_000, 10_000_000, 999_999_999_999_999].randomElement(using: &numbers) ?? 9
      let zeros = powerOfTen(Int.random(in: 0...2, using: &numbers)) ?? 1
      let fen = Int64.random(in: -limit...limit, using: &numbers) * Int64(zeros)
      let unit = MoneyUnit.allCases.randomElement(using: &numbers) ?? .yuan
      let decimals = Int.random(in: 0...7, using: &numbers)
      let value = Rational(Int128(fen), over: Int128(unit.fen)) ?? .zero
      for grouped in [false, true] {
        let expected = value.rounded(decimals: max(decimals, value.exactDecimals ?? 0)).map {
          digits($0, decimals: max(decimals, value.exactDecimals ?? 0), grouped: grouped)
        }
        #expect(Amount(fen: fen).exactText(in: unit, atLeast: decimals, grouped: grouped) == expected)
      }
    }
  }

  @Test(
    arguments: [
      ("0", 0, 0), ("-0.50", -50, 2), ("1,273.52", 127_352, 2), ("12,345,678", 12_345_678, 0), ("007", 7, 0),
      (" 5 ", 5, 0), ("+5", 5, 0), ("999999999999999999", 999_999_999_999_999_999, 0),
      ("9999999999999999999", 9_999_999_999_999_999_999, 0),
    ] as [(String, Int128, Int)])
  func `plain numbers are read as they are written`(text: String, digits: Int128, decimals: Int) throws {
    let number = try DecimalText(text)
    #expect(number.digits == digits)
    #expect(number.decimals == decimals)
  }

  @Test(arguments: [
    "1,27.5", "12,34", ",1", "1.", ".5", "1.2.3", "1-2", "--1", "1,2345", "1234,567", "-", "1.5,000",
  ])
  func `a number with marks out of their place is refused`(text: String) {
    #expect(throws: NumberSyntaxError.self) { try DecimalText(text) }
  }
}

private struct Numbers: RandomNumberGenerator {
  var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ state >> 29
  }
}

private func digits(_ scaled: Int128, decimals: Int, grouped: Bool) -> String {
  var text = String(scaled.magnitude)
  while text.count <= decimals { text = "0" + text }
  var whole = String(text.dropLast(decimals))
  if grouped, whole.count > 3 {
    for place in stride(from: whole.count - 3, to: 0, by: -3) {
      whole.insert(",", at: whole.index(whole.startIndex, offsetBy: place))
    }
  }
  return (scaled < 0 ? "-" : "") + whole + (decimals > 0 ? "." + text.suffix(decimals) : "")
}

private func nameOverScalars(_ text: String) -> String {
  let wide: [Unicode.Scalar: Unicode.Scalar] = ["(": "（", ")": "）", ":": "：", ",": "，"]
  var rest = text.unicodeScalars.filter { !$0.isBlank && $0 != "\u{200B}" }.map { wide[$0] ?? $0 }[...]
  while true {
    let before = rest.count
    for prefix in ["其中：", "其中"]
    where rest.count > prefix.unicodeScalars.count && rest.starts(with: prefix.unicodeScalars) {
      rest = rest.dropFirst(prefix.unicodeScalars.count)
    }
    if let length = numbering(rest), length < rest.count { rest = rest.dropFirst(length) }
    if rest.count == before { break }
  }
  return String(String.UnicodeScalarView(rest))
}

private func numbering(_ scalars: ArraySlice<Unicode.Scalar>) -> Int? {
  guard let first = scalars.first else { return nil }
  if (0x2460...0x249B).contains(first.value) { return 1 }
  let body = first == "（" ? scalars.dropFirst() : scalars
  let chinese = body.prefix { "一二三四五六七八九十百".unicodeScalars.contains($0) }
  let digits = body.prefix { ("0"..."9").contains($0) }
  let count = max(chinese.count, digits.count)
  guard count > 0, count <= 3 else { return nil }
  let next = body.dropFirst(count).first
  if first == "（" { return next == "）" ? count + 2 : nil }
  if next == "、" { return count + 1 }
  guard !digits.isEmpty, next == "." || next == "．" else { return nil }
  if let after = body.dropFirst(count + 1).first, ("0"..."9").contains(after) { return nil }
  return count + 1
}
