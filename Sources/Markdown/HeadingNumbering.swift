/// How headings are numbered (标题编号).
public enum HeadingNumbering: Hashable, Sendable {
  /// 第一部分、一、（一）、1.、（1）
  case parts
  /// 一、（一）、1.、（1）
  case plain
  case none

  fileprivate func style(atDepth depth: Int) -> HeadingNumber.Style? {
    let styles: [HeadingNumber.Style] =
      switch self {
      case .parts: [.part, .chinese, .chineseInBrackets, .digits, .digitsInBrackets]
      case .plain: [.chinese, .chineseInBrackets, .digits, .digitsInBrackets]
      case .none: []
      }
    return styles.indices.contains(depth - 1) ? styles[depth - 1] : nil
  }
}

/// A heading's number: what it counts, and how that is written.
struct HeadingNumber: Hashable {
  enum Style {
    case part, chinese, chineseInBrackets, digits, digitsInBrackets
  }

  var style: Style
  var value: Int

  var text: String {
    switch style {
    case .part: "第\(chineseNumeral(value))部分"
    case .chinese: "\(chineseNumeral(value))、"
    case .chineseInBrackets: "（\(chineseNumeral(value))）"
    case .digits: "\(value)."
    case .digitsInBrackets: "（\(value)）"
    }
  }
}

/// Counts headings as they come.
struct HeadingCounter {
  let numbering: HeadingNumbering
  private var counts: [Int] = []

  init(_ numbering: HeadingNumbering) { self.numbering = numbering }

  mutating func next(depth: Int) -> HeadingNumber? {
    guard depth >= 1 else { return nil }
    if counts.count > depth { counts.removeLast(counts.count - depth) }
    while counts.count < depth { counts.append(0) }
    counts[depth - 1] += 1
    return numbering.style(atDepth: depth).map { HeadingNumber(style: $0, value: counts[depth - 1]) }
  }
}

/// A whole number from 1 to 9999 in Chinese (`二十一`); any other in digits.
func chineseNumeral(_ value: Int) -> String {
  guard (1...9999).contains(value) else { return String(value) }
  let digits = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
  var text = ""
  var rest = value
  var owesZero = false
  for (unit, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
    let digit = rest / unit
    rest %= unit
    if digit == 0 {
      owesZero = !text.isEmpty
      continue
    }
    if owesZero { text += digits[0] }
    owesZero = false
    // 十一, but 一百一十一.
    text += unit == 10 && digit == 1 && text.isEmpty ? name : digits[digit] + name
  }
  return text
}

/// The value of a Chinese numeral below 10,000, or nil.
func chineseValue(_ numeral: some Sequence<Unicode.Scalar>) -> Int? {
  var total = 0
  var digit: Int?
  var isEmpty = true
  for scalar in numeral {
    isEmpty = false
    switch scalar {
    case "千": total += 1000 * (digit ?? 1)
    case "百": total += 100 * (digit ?? 1)
    case "十": total += 10 * (digit ?? 1)
    case "零", "〇":
      if let digit { total += digit }
    default:
      guard let value = Array("零一二三四五六七八九".unicodeScalars).firstIndex(of: scalar), digit == nil else {
        return nil
      }
      digit = value
      continue
    }
    digit = nil
    if total > 99_999 { return nil }
  }
  total += digit ?? 0
  return isEmpty || total == 0 ? nil : total
}
