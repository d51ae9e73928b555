extension Amount {
  /// The amount in capital numerals (大写金额), as on cheques: 壹万贰仟元整.
  public var capitalText: String {
    let digits = Array("零壹贰叁肆伍陆柒捌玖")
    let (yuan, rest) = fen.magnitude.quotientAndRemainder(dividingBy: 100)
    var text = fen < 0 ? "负" : ""
    if yuan > 0 || rest == 0 { text += capitalInteger(yuan, digits: digits) + "元" }
    guard rest > 0 else { return text + "整" }
    let (jiao, coins) = rest.quotientAndRemainder(dividingBy: 10)
    if jiao > 0 { text += String(digits[Int(jiao)]) + "角" } else if yuan > 0 { text += "零" }
    return text + (coins > 0 ? String(digits[Int(coins)]) + "分" : "整")
  }
}

private func capitalInteger(_ value: UInt64, digits: [Character]) -> String {
  guard value > 0 else { return String(digits[0]) }
  let small = ["", "拾", "佰", "仟"]
  let large = ["", "万", "亿", "万亿", "亿亿"]
  var groups: [UInt64] = []
  var rest = value
  while rest > 0 {
    groups.append(rest % 10_000)
    rest /= 10_000
  }
  var text = ""
  var gap = false
  for index in groups.indices.reversed() {
    let group = groups[index]
    guard group > 0 else {
      gap = !text.isEmpty
      continue
    }
    if gap || (!text.isEmpty && group < 1_000) { text += "零" }
    gap = false
    var pending = false
    var begun = false
    for (place, divisor) in [(3, 1_000), (2, 100), (1, 10), (0, 1)] as [(Int, UInt64)] {
      let digit = Int(group / divisor % 10)
      if digit == 0 {
        pending = begun
      } else {
        if pending { text += "零" }
        text += String(digits[digit]) + small[place]
        pending = false
        begun = true
      }
    }
    text += large[min(index, large.count - 1)]
  }
  return text
}

/// A number in everyday Chinese numerals (小写): 12 is 十二, for the numbering of parts and headings.
public func chineseNumeral(_ value: Int) -> String {
  let digits = Array("零一二三四五六七八九")
  switch value {
  case 0...9: return String(digits[value])
  case 10...99:
    let (tens, ones) = value.quotientAndRemainder(dividingBy: 10)
    return (tens > 1 ? String(digits[tens]) : "") + "十" + (ones > 0 ? String(digits[ones]) : "")
  default: return String(value)
  }
}
