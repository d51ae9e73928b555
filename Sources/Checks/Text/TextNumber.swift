import Fiscal

/// A number of a passage with its unit.
struct TextNumber {
  enum Kind: Hashable {
    case money
    case percent
    /// 百分点
    case points
    case count(String)

    var isCount: Bool { if case .count = self { true } else { false } }
  }

  var kind: Kind
  /// Digits and unit.
  var range: Range<Int>
  /// In fen for money.
  var value: Rational
  /// What its last printed digit is worth.
  var step: Rational
  /// Decimals as printed, in its own unit.
  var decimals: Int
  var unit: MoneyUnit?
  /// One end of a range: 1000—2000 元.
  var isRange = false
  /// 约、余、以上, a price for each, an ordinal: it states no figure of its own.
  var isRough = false
  var isChinese = false
  /// Given by a formula.
  var isComputed = false

  var isMoney: Bool { kind == .money }

  /// What the printed number may stand for; counts are exact.
  var interval: Interval {
    if case .count = kind { return Interval(exactly: value) }
    return Interval(value, lastDigit: step)
  }
}

/// A year named in a passage (2024年).
struct TextYear {
  var range: Range<Int>
  var year: Int
}

/// Units of counts.
struct CountUnits {
  /// Longest first.
  let words: [[Unicode.Scalar]]
  let starts: Set<Unicode.Scalar>

  init(_ words: [[Unicode.Scalar]]) {
    self.words = words
    starts = Set(words.compactMap(\.first))
  }
}

/// Finds the numbers of a passage from left to right.
struct NumberScanner {
  let passage: TextLine
  private let scalars: [Unicode.Scalar]
  private(set) var numbers: [TextNumber] = []
  private(set) var years: [TextYear] = []
  private let units: CountUnits

  init(_ passage: TextLine, units: CountUnits) {
    self.passage = passage
    scalars = passage.scalars
    self.units = units
    var index = 0
    while index < scalars.count { index = max(index + 1, read(at: index)) }
  }

  /// Reads what begins at a place; tells where it ends, or the place itself.
  private mutating func read(at start: Int) -> Int {
    if let digit = asciiDigit(scalars[start]), digit >= 0 { return readDigits(at: start) }
    if chineseDigit(scalars[start]) != nil || scalars[start] == "十" { return readChinese(at: start) }
    return start
  }

  private mutating func readDigits(at start: Int) -> Int {
    var end = start
    var digits: Int128 = 0
    var count = 0
    var decimals: Int?
    while end < scalars.count {
      if let digit = asciiDigit(scalars[end]) {
        count += 1
        if count <= 24 { digits = digits * 10 + Int128(digit) }
        if decimals != nil { decimals? += 1 }
      } else if scalars[end] == ",", decimals == nil, isGroup(at: end + 1) {
        // 千分位
      } else if scalars[end] == ".", decimals == nil, end + 1 < scalars.count,
        asciiDigit(scalars[end + 1]) != nil
      {
        decimals = 0
      } else {
        break
      }
      end += 1
    }
    guard count <= 18, let power = powerOfTen(decimals ?? 0), let value = Rational(digits, over: power) else {
      return end
    }
    if decimals == nil, count == 4, at(end) == "年" {
      years.append(TextYear(range: start..<end + 1, year: Int(clamping: digits)))
      return end + 1
    }
    if start > 0, isLetter(scalars[start - 1]) || scalars[start - 1] == "." { return end }
    let isNegative = at(start - 1) == "-" && start >= 2 && asciiDigit(scalars[start - 2]) == nil
    let isSecond = isDash(at(start - 1)) && start >= 2 && (asciiDigit(scalars[start - 2]) != nil)
    if let next = rangeEnd(at: end), numbers.count < 100_000 {
      // The unit stands behind the second number.
      _ = next
      return end
    }
    guard
      let (number, behind) = finish(
        start, end, isNegative && !isSecond ? value.negated : value, decimals: decimals ?? 0)
    else { return end }
    var stated = number
    stated.isRange = isSecond
    numbers.append(stated)
    return behind
  }

  /// Whether three digits and no more stand at a place: a group behind a comma.
  private func isGroup(at start: Int) -> Bool {
    guard start + 3 <= scalars.count, (start..<start + 3).allSatisfy({ asciiDigit(scalars[$0]) != nil })
    else {
      return false
    }
    return at(start + 3).flatMap { asciiDigit($0) } == nil
  }

  /// Where the second number of a range begins.
  private func rangeEnd(at end: Int) -> Int? {
    guard isDash(at(end)), let next = at(end + 1), asciiDigit(next) != nil else { return nil }
    return end + 1
  }

  private func isDash(_ scalar: Unicode.Scalar?) -> Bool {
    switch scalar {
    case "—", "–", "-", "~", "～", "至": true
    default: false
    }
  }

  private mutating func readChinese(at start: Int) -> Int {
    var end = start
    while end < scalars.count, isChineseNumeral(scalars[end]) { end += 1 }
    guard end < scalars.count, end - start <= 8, let value = chineseValue(scalars[start..<end]) else {
      return end
    }
    if at(start - 1) == "第" || at(start - 1) == "十" { return end }
    guard let (number, behind) = finish(start, end, Rational(value), decimals: 0) else { return end }
    guard number.kind != .percent else { return end }
    var stated = number
    stated.isChinese = true
    numbers.append(stated)
    return behind
  }

  /// The number with the unit that follows its digits; nil where there is none.
  private func finish(_ start: Int, _ digitsEnd: Int, _ digits: Rational, decimals: Int) -> (TextNumber, Int)?
  {
    var end = digitsEnd
    var isRough = false
    func skipMore() {
      while let scalar = at(end), scalar == "余" || scalar == "多" || scalar == "几" {
        isRough = true
        end += 1
      }
    }
    skipMore()
    var scale: Int128 = 1
    switch at(end) {
    case "万":
      scale = 10_000
      end += 1
    case "亿":
      scale = 100_000_000
      end += 1
    case "千" where at(end + 1) == "元":
      scale = 1_000
      end += 1
    case "百" where at(end + 1) == "万" && at(end + 2) == "元":
      scale = 1_000_000
      end += 2
    default: break
    }
    skipMore()
    let lastDigit = powerOfTen(decimals).flatMap { Rational(1, over: $0) } ?? Rational(1)
    var number = TextNumber(
      kind: .percent, range: start..<end, value: digits, step: lastDigit, decimals: decimals, isRough: isRough
    )
    if at(end) == "元" || (scale == 10_000 && endsMoney(at(end))) {
      if at(end) == "元" { end += 1 }
      let fen = Rational(scale * 100)
      number.kind = .money
      number.unit = MoneyUnit.allCases.first { $0.fen == Int64(clamping: scale * 100) }
      guard let value = digits.multiplied(by: fen), let step = lastDigit.multiplied(by: fen) else {
        return nil
      }
      number.value = value
      number.step = step
    } else if scale == 1, at(end) == "%" {
      end += 1
    } else if scale == 1,
      passage.has(["个", "百", "分", "点"], at: end) || passage.has(["百", "分", "点"], at: end)
    {
      number.kind = .points
      end += at(end) == "个" ? 4 : 3
    } else if let unit = unit(at: end) {
      number.kind = .count(String(String.UnicodeScalarView(unit)))
      number.value = digits.multiplied(by: Rational(scale)) ?? digits
      if scale > 1 { number.isRough = true }
      end += unit.count
    } else {
      return nil
    }
    number.range = start..<end
    number.isComputed = passage.isComputed(start..<end)
    number.isRough = number.isRough || hasRoughWords(before: start) || hasRoughWords(behind: end)
    return (number, end)
  }

  /// Whether 12万 ends here and is money: 12万人 is not.
  private func endsMoney(_ scalar: Unicode.Scalar?) -> Bool {
    guard let scalar else { return true }
    return isDelimiter(scalar)
  }

  private func unit(at start: Int) -> [Unicode.Scalar]? {
    guard let first = at(start), units.starts.contains(first) else { return nil }
    return units.words.first { passage.has($0, at: start) }
  }

  private func hasRoughWords(before start: Int) -> Bool {
    roughBefore.contains { words in passage.has(words, at: start - words.count) }
  }

  private func hasRoughWords(behind end: Int) -> Bool {
    // A price for each, or a number that is still to be looked at (【待核】).
    if at(end) == "/" || at(end) == "【" { return true }
    let bracketed = passage.has(["（", "含", "）"], at: end) ? end + 3 : end
    return roughBehind.contains { words in passage.has(words, at: bracketed) }
  }

  private func at(_ index: Int) -> Unicode.Scalar? { scalars.indices.contains(index) ? scalars[index] : nil }
}

private let roughBefore: [[Unicode.Scalar]] = [
  "约", "近", "逾", "超过", "超出", "不少于", "不低于", "不超过", "不高于", "至少", "最多", "≥", "≤", ">", "<", "单价",
  "每", "人均", "标准", "第", "满", "不足",
].map { Array($0.unicodeScalars) }

private let roughBehind: [[Unicode.Scalar]] = [
  "以上", "以下", "以内", "及以上", "及以下", "左右", "上下", "以外", "不等",
].map { Array($0.unicodeScalars) }

func isDelimiter(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar {
  case "，", "。", "；", "：", "、", "（", "）", ",", "|": true
  default: false
  }
}

func asciiDigit(_ scalar: Unicode.Scalar) -> Int? {
  (0x30...0x39).contains(scalar.value) ? Int(scalar.value - 0x30) : nil
}

private func isLetter(_ scalar: Unicode.Scalar) -> Bool {
  (0x41...0x5A).contains(scalar.value) || (0x61...0x7A).contains(scalar.value)
}

func chineseDigit(_ scalar: Unicode.Scalar) -> Int? {
  switch scalar {
  case "零", "〇": 0
  case "一": 1
  case "二", "两": 2
  case "三": 3
  case "四": 4
  case "五": 5
  case "六": 6
  case "七": 7
  case "八": 8
  case "九": 9
  default: nil
  }
}

private func isChineseNumeral(_ scalar: Unicode.Scalar) -> Bool {
  chineseDigit(scalar) != nil || scalar == "十" || scalar == "百" || scalar == "千"
}

/// 十二, 三百零五, 两千; nil for digits in a row such as 二〇二四.
private func chineseValue(_ numerals: ArraySlice<Unicode.Scalar>) -> Int? {
  var total = 0
  var open: Int?
  for scalar in numerals {
    if let digit = chineseDigit(scalar) {
      if digit > 0, let before = open, before > 0 { return nil }
      open = digit
      continue
    }
    let place = scalar == "十" ? 10 : scalar == "百" ? 100 : 1000
    total += max(open ?? 1, 1) * place
    open = nil
  }
  return total + (open ?? 0)
}
