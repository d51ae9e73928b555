/// A number typed by hand at the head of a heading (手写编号).
struct TypedNumber: Hashable {
  var number: HeadingNumber
  /// As it was written, such as `⒉` or `（三）`.
  var text: String
  /// How many scalars to leave out, the blanks behind the number among them.
  var length: Int

  init?(at heading: String) {
    let scalars = Array(heading.unicodeScalars.prefix(40))
    guard let (number, end) = Self.read(scalars) else { return nil }
    var behind = end
    while behind < scalars.count, ScalarKind(scalars[behind]) == .space { behind += 1 }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[..<end])
    self.number = number
    text = String(view)
    length = behind
  }

  private static func read(_ scalars: [Unicode.Scalar]) -> (HeadingNumber, Int)? {
    guard let first = scalars.first else { return nil }
    switch first {
    case "第": return readPart(scalars)
    case "（", "(": return readBracketed(scalars)
    case "\u{2488}"..."\u{249B}":
      return (HeadingNumber(style: .digits, value: Int(first.value) - 0x2487), 1)
    case "\u{2474}"..."\u{2487}":
      return (HeadingNumber(style: .digitsInBrackets, value: Int(first.value) - 0x2473), 1)
    case "\u{3220}"..."\u{3229}":
      return (HeadingNumber(style: .chineseInBrackets, value: Int(first.value) - 0x321F), 1)
    default: break
    }
    let chinese = scalars.prefix { isChineseDigit($0) }
    if let value = chineseValue(chinese), chinese.count < scalars.count {
      let mark = scalars[chinese.count]
      guard ["、", ".", "．"].contains(mark), !continuesWord(scalars[(chinese.count + 1)...]) else {
        return nil
      }
      return (HeadingNumber(style: .chinese, value: value), chinese.count + 1)
    }
    let digits = scalars.prefix { digitValue($0) != nil }
    guard let value = value(of: digits), digits.count < scalars.count else { return nil }
    guard [".", "．", "、"].contains(scalars[digits.count]) else { return nil }
    // 1.5倍 begins with a figure, not with a number of a heading.
    if digits.count + 1 < scalars.count, digitValue(scalars[digits.count + 1]) != nil { return nil }
    return (HeadingNumber(style: .digits, value: value), digits.count + 1)
  }

  private static func readPart(_ scalars: [Unicode.Scalar]) -> (HeadingNumber, Int)? {
    let chinese = scalars.dropFirst().prefix { isChineseDigit($0) }
    let digits = scalars.dropFirst().prefix { digitValue($0) != nil }
    guard let value = chineseValue(chinese) ?? value(of: digits) else { return nil }
    let numeral = max(chinese.count, digits.count) + 1
    let rest = scalars[numeral...]
    guard rest.starts(with: "部分".unicodeScalars) || rest.first == "章" else { return nil }
    var end = numeral + (rest.first == "章" ? 1 : 2)
    let isMarked =
      end < scalars.count && (["、", "：", ":"].contains(scalars[end]) || ScalarKind(scalars[end]) == .space)
    guard isMarked || end == scalars.count || rest.first != "章" else { return nil }
    if end < scalars.count, ["、", "：", ":"].contains(scalars[end]) { end += 1 }
    return (HeadingNumber(style: .part, value: value), end)
  }

  private static func readBracketed(_ scalars: [Unicode.Scalar]) -> (HeadingNumber, Int)? {
    guard let close = scalars.firstIndex(where: { $0 == "）" || $0 == ")" }) else { return nil }
    let inner = scalars[1..<close]
    var end = close + 1
    if end < scalars.count, scalars[end] == "、" { end += 1 }
    if let value = chineseValue(inner) {
      return (HeadingNumber(style: .chineseInBrackets, value: value), end)
    }
    return value(of: inner).map { (HeadingNumber(style: .digitsInBrackets, value: $0), end) }
  }

  /// Whether `二级`, `三季度` and the like follow: `一、二级项目` counts levels, not headings.
  private static func continuesWord(_ rest: ArraySlice<Unicode.Scalar>) -> Bool {
    let numeral = rest.prefix { isChineseDigit($0) }
    guard !numeral.isEmpty else { return false }
    let behind = rest.dropFirst(numeral.count)
    return behind.first == "级" || behind.starts(with: "季度".unicodeScalars)
  }

  private static func isChineseDigit(_ scalar: Unicode.Scalar) -> Bool {
    "零〇一二三四五六七八九十百千".unicodeScalars.contains(scalar)
  }

  private static func digitValue(_ scalar: Unicode.Scalar) -> Int? {
    switch scalar.value {
    case 0x30...0x39: Int(scalar.value) - 0x30
    case 0xFF10...0xFF19: Int(scalar.value) - 0xFF10
    default: nil
    }
  }

  /// Up to three digits: `2025.` is a year.
  private static func value(of digits: ArraySlice<Unicode.Scalar>) -> Int? {
    guard (1...3).contains(digits.count) else { return nil }
    var value = 0
    for scalar in digits {
      guard let digit = digitValue(scalar) else { return nil }
      value = value * 10 + digit
    }
    return value > 0 ? value : nil
  }
}
