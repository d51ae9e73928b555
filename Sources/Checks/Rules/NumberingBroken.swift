import Content
import Diagnostics
import Fiscal

extension Check {
  /// 编号断开
  static let numberingBroken = Check(
    "numbering-broken", .warning, "手写的编号跳号、重号或混用",
    why: "编号从一跳到三，多半漏了一段；“1.”与“⒉”混用是从几处拼来的。只看同一节里同一种编号，从一重新开始的不算；标题的编号自动生成，另有规则。",
    references: ["TXT-04", "NAR-11"],
    examples: [
      .passes(
        exampleThreePublic, exampleThreePublicTable,
        ("narrative.md", "# 概况\n\n一、甲。\n\n（一）乙。\n\n（二）丙。\n\n二、丁。\n\n（一）戊。一是办公；二是差旅；三是培训。\n")),
      .fails(exampleThreePublic, exampleThreePublicTable, ("narrative.md", "# 概况\n\n一、甲。\n\n↓三、乙。\n")),
      .fails(exampleThreePublic, exampleThreePublicTable, ("narrative.md", "# 概况\n\n甲：一是办公；↓三是培训。\n")),
    ]
  ) { context in
    let scan = context.text
    var findings: [Finding] = []
    var section = NumberedSection()
    // Behind the number before this one.
    var last = 0
    for passage in scan.text.passages {
      if passage.depth != nil { section = NumberedSection() }
      if passage.role == .text { section = NumberedSection() }
      guard passage.isProse else { continue }
      for line in scan.lines(of: passage) {
        guard let number = scan.number(at: line) else { continue }
        defer { last = number.range.upperBound }
        // 备注：1.甲 has its first number within the line.
        if let fault = section.fault(with: number),
          !scan.hasNumber(number.value - 1, in: min(last, line.lowerBound)..<line.lowerBound)
        {
          findings.append(
            context.notice("numbering-broken", .warning, number.range, fault, hint: "核对是否漏了一段，再改编号"))
        }
      }
      if passage.role == .text { section = NumberedSection() }
      if let (range, fault) = scan.brokenCount(in: passage) {
        findings.append(
          context.notice("numbering-broken", .warning, range, fault, hint: "核对是否漏了一项，再改编号"))
      }
    }
    return findings
  }
}

/// A number at the head of a line.
private struct LineNumber {
  /// From the outermost in.
  enum Style: Int {
    /// 一、
    case chinese
    /// （一）
    case chineseInBrackets
    /// 1. 1． 1、 and ⒈
    case digits
    /// （1） (1) ⑴
    case digitsInBrackets
    /// 1）
    case digitsHalfBracket
    /// ①
    case circled
  }

  var style: Style
  var value: Int
  /// As written, without the number itself: `、`, `.`.
  var mark: String
  var range: Range<Int>
}

/// The numbers of one section, style by style.
private struct NumberedSection {
  /// Of each style the last number; those of inner styles are forgotten when an outer one goes on.
  private var last: [(style: LineNumber.Style, value: Int, mark: String)] = []

  mutating func fault(with number: LineNumber) -> String? {
    let previous = last.first { $0.style == number.style }
    last.removeAll { $0.style.rawValue >= number.style.rawValue }
    last.append((number.style, number.value, number.mark))
    // A list may begin anywhere: its beginning may be a formula or a heading.
    guard let previous else { return nil }
    if number.value == 1 || number.value == previous.value + 1 {
      let single = ["⒈"]
      let isMixed = single.contains(number.mark) != single.contains(previous.mark)
      return isMixed && number.value > 1 ? "编号“\(number.value)”与前一个写法不同（1. 与 ⒉ 混用）" : nil
    }
    return number.value == previous.value
      ? "编号 \(number.value) 重复" : "编号从 \(previous.value) 跳到 \(number.value)"
  }
}

extension TextScan {
  /// The lines of a passage.
  fileprivate func lines(of passage: Passage) -> [Range<Int>] {
    text.scalars[passage.range].split(separator: 0x0A).map { $0.startIndex..<$0.endIndex }
  }

  /// Whether `1.`, `1、` or `1）` stands within a line.
  fileprivate func hasNumber(_ value: Int, in line: Range<Int>) -> Bool {
    guard value > 0 else { return false }
    var index = line.lowerBound
    while index < line.upperBound {
      let start = index
      var number = 0
      while index < line.upperBound, let digit = digit(text.scalars[index]) {
        number = min(number * 10 + Int(digit), 10_000)
        index += 1
      }
      // Not the digits before a decimal point.
      if index > start, number == value, index < line.upperBound,
        [0x2E, 0xFF0E, 0x3001, 0xFF09, 0x29].contains(text.scalars[index]),
        index + 1 == line.upperBound || digit(text.scalars[index + 1]) == nil
      {
        return true
      }
      index = max(index, start + 1)
    }
    return false
  }

  /// The number that a line begins with.
  fileprivate func number(at line: Range<Int>) -> LineNumber? {
    let scalars = text.scalars
    var start = line.lowerBound
    while start < line.upperBound, isBlank(scalars[start]) { start += 1 }
    guard start + 1 < line.upperBound else { return nil }
    let first = scalars[start]
    switch first {
    case 0x2488...0x249B:
      return LineNumber(style: .digits, value: Int(first) - 0x2487, mark: "⒈", range: start..<start + 1)
    case 0x2474...0x2487:
      return LineNumber(
        style: .digitsInBrackets, value: Int(first) - 0x2473, mark: "", range: start..<start + 1)
    case 0x2460...0x2473:
      return LineNumber(style: .circled, value: Int(first) - 0x245F, mark: "", range: start..<start + 1)
    default: break
    }
    let isBracketed = first == 0xFF08 || first == 0x28
    let body = isBracketed ? start + 1 : start
    var end = body
    while end < line.upperBound, end - body < 4, numeral(scalars[end]) != nil || digit(scalars[end]) != nil {
      end += 1
    }
    guard end > body, end < line.upperBound, let value = value(body..<end) else { return nil }
    let isChinese = digit(scalars[body]) == nil
    let next = scalars[end]
    let range = start..<end + 1
    if isBracketed {
      guard next == 0xFF09 || next == 0x29 else { return nil }
      return LineNumber(
        style: isChinese ? .chineseInBrackets : .digitsInBrackets, value: value, mark: "", range: range)
    }
    if isChinese {
      // 一、二级项目 counts levels.
      guard next == 0x3001, end + 1 < line.upperBound, numeral(scalars[end + 1]) == nil else { return nil }
      return LineNumber(style: .chinese, value: value, mark: "、", range: range)
    }
    if next == 0xFF09 || next == 0x29 {
      return LineNumber(style: .digitsHalfBracket, value: value, mark: "", range: range)
    }
    guard [0x2E, 0xFF0E, 0x3001].contains(next), end - body <= 2,
      end + 1 >= line.upperBound || digit(scalars[end + 1]) == nil
    else { return nil }
    // 1、2 号楼 lists numbers.
    return LineNumber(style: .digits, value: value, mark: text.text(end..<end + 1), range: range)
  }

  /// 一是 … 二是 … within a passage: the first that does not follow the one before it.
  fileprivate func brokenCount(in passage: Passage) -> (Range<Int>, String)? {
    let scalars = text.scalars
    var last = 0
    for index in passage.range.dropFirst().dropLast() where scalars[index] == 0x662F {
      guard let value = numeral(scalars[index - 1]), value <= 9 else { continue }
      // Only at the head of a clause: 统一是, 十一是 are words.
      if index - 1 > passage.range.lowerBound {
        guard
          "，。；：、,;:.（！？\u{FFFC}".unicodeScalars.contains(where: { $0.value == scalars[index - 2] })
            || isBlank(scalars[index - 2])
        else { continue }
      }
      if value == 1 {
        last = 1
      } else if last > 0 {
        guard value == last + 1 else {
          return (index - 1..<index + 1, "“\(text.text(index - 1..<index + 1))”前面是第 \(last) 项")
        }
        last = value
      }
    }
    return nil
  }

  private func numeral(_ scalar: UInt32) -> Int? {
    switch scalar {
    case 0x4E00: 1
    case 0x4E8C: 2
    case 0x4E09: 3
    case 0x56DB: 4
    case 0x4E94: 5
    case 0x516D: 6
    case 0x4E03: 7
    case 0x516B: 8
    case 0x4E5D: 9
    case 0x5341: 10
    default: nil
    }
  }

  /// The value of a numeral below 100, in digits or Chinese.
  private func value(_ range: Range<Int>) -> Int? {
    let scalars = text.scalars[range]
    let digits = scalars.compactMap { digit($0) }
    if !digits.isEmpty {
      return digits.count == scalars.count && digits.count <= 3 ? digits.reduce(0) { $0 * 10 + Int($1) } : nil
    }
    let numerals = scalars.compactMap { numeral($0) }
    switch numerals.count {
    case 1: return numerals[0]
    case 2 where numerals[0] == 10 && numerals[1] < 10: return 10 + numerals[1]
    case 2 where numerals[1] == 10 && numerals[0] < 10: return numerals[0] * 10
    case 3 where numerals[1] == 10 && numerals[0] < 10 && numerals[2] < 10:
      return numerals[0] * 10 + numerals[2]
    default: return nil
    }
  }
}
