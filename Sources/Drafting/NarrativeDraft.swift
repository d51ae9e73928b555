import Content

/// Last year's text for this year: formulas are kept, figures and years typed by hand are marked.
struct NarrativeDraft {
  let years: Years

  /// What stands between the braces of each formula, in order.
  func formulas(in source: String) -> [String] { written(source, formulas: [:]).formulas }

  /// - Parameter formulas: What each formula becomes, by what stands between its braces; others only move on in years.
  func text(_ source: String, formulas: [String: String] = [:]) -> String {
    let head =
      "\(Mark.review.text)本文照 \(years.old) 年的起草：双花括号里的数字取自新的表；手写的数字、年度和原因逐处核对，改好后删去标记和这一段。\n\n"
    return head + written(source, formulas: formulas).lines.joined(separator: "\n")
  }

  private func written(_ source: String, formulas: [String: String]) -> Writer {
    var writer = Writer(years: years, outcomes: formulas)
    for line in source.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      writer.take(line)
    }
    writer.end()
    return writer
  }

  private struct Writer {
    let years: Years
    let outcomes: [String: String]
    var lines: [String] = []
    private(set) var formulas: [String] = []
    /// Inside `{{ … }}`, which may go over several lines.
    private var isFormula = false
    private var formula = String.UnicodeScalarView()
    /// What stands before a formula that has not ended with its line.
    private var before = String.UnicodeScalarView()
    private var fence: Character?

    init(years: Years, outcomes: [String: String]) {
      self.years = years
      self.outcomes = outcomes
    }

    mutating func take(_ line: Substring) {
      let bare = line.drop { $0 == " " }
      if !isFormula, let mark = bare.first, "`~".contains(mark), bare.prefix(while: { $0 == mark }).count >= 3
      {
        fence = fence == nil ? mark : fence == mark ? nil : fence
        return lines.append(String(line))
      }
      guard fence == nil else { return lines.append(String(line)) }
      mark(Array(line.unicodeScalars))
    }

    /// Gives out a formula without an end.
    mutating func end() {
      guard isFormula else { return }
      lines.append(String(before) + "{{" + years.moved(String(formula)))
    }

    private mutating func outcome() -> String {
      let text = String(formula)
      formulas.append(text)
      return outcomes[text] ?? "{{" + years.moved(text) + "}}"
    }

    private mutating func mark(_ line: [Unicode.Scalar]) {
      var result = before
      var index = isFormula ? 0 : listMark(line)
      result.append(contentsOf: line[..<index])
      if isFormula { formula.append("\n") }
      while index < line.count {
        let next = index + 1 < line.count ? line[index + 1] : nil
        if isFormula {
          if line[index] == "}", next == "}" {
            result.append(contentsOf: outcome().unicodeScalars)
            formula = .init()
            isFormula = false
            index += 2
          } else {
            formula.append(line[index])
            index += 1
          }
        } else if line[index] == "{", next == "{" {
          isFormula = true
          index += 2
        } else if line[index] == "]", next == "(", let end = line[index...].firstIndex(of: ")") {
          // Where a link leads is no figure.
          result.append(contentsOf: line[index...end])
          index = end + 1
        } else if Years.isDigit(line[index]) {
          let end = numberEnd(line, from: index)
          result.append(contentsOf: line[index..<end])
          result.append(contentsOf: Mark.review.text.unicodeScalars)
          index = end
        } else if let end = wordEnd(line, from: index) {
          result.append(contentsOf: line[index..<end])
          result.append(contentsOf: Mark.review.text.unicodeScalars)
          index = end
        } else {
          result.append(line[index])
          index += 1
        }
      }
      before = isFormula ? result : .init()
      if !isFormula { lines.append(String(result)) }
    }

    /// Where a number in words ends with what it counts (三个, 十余次, 百分之五), or a year that follows the calendar (去年).
    private func wordEnd(_ line: [Unicode.Scalar], from start: Int) -> Int? {
      func has(_ word: String, at index: Int) -> Bool { line[index...].starts(with: word.unicodeScalars) }
      if let word = Self.passingYears.first(where: { has($0, at: start) }) {
        return start + word.unicodeScalars.count
      }
      if has("百分之", at: start) {
        let digits = line[(start + 3)...].prefix { Self.numerals.contains($0) || $0 == "点" }
        return digits.isEmpty ? nil : digits.endIndex
      }
      guard Self.numerals.contains(line[start]), !Self.magnitudes.contains(line[start]) else { return nil }
      var end = start + line[start...].prefix { Self.numerals.contains($0) }.count
      if end < line.count, ["余", "多"].contains(line[end]) { end += 1 }
      while end < line.count, Self.magnitudes.contains(line[end]) { end += 1 }
      guard end < line.count, Self.units.contains(line[end]) else { return nil }
      // 一次性 counts nothing.
      return end + 1 < line.count && line[end + 1] == "性" ? nil : end + 1
    }

    /// How long the number of a list item at the head of a line is, with the blanks before it.
    private func listMark(_ line: [Unicode.Scalar]) -> Int {
      let start = line.prefix { $0 == " " || $0 == "\t" || $0 == ">" }.count
      let digits = line[start...].prefix { Years.isDigit($0) }
      guard !digits.isEmpty, digits.endIndex + 1 < line.count,
        [".", ")"].contains(line[digits.endIndex]), line[digits.endIndex + 1] == " "
      else { return start }
      return digits.endIndex + 1
    }

    /// Where a figure ends with its unit: 3.39 万元, 1,273 人, 2022 年 2 月 15 日.
    private func numberEnd(_ line: [Unicode.Scalar], from start: Int) -> Int {
      var index = start
      while true {
        while index < line.count, Years.isDigit(line[index]) || isInside(line, index) { index += 1 }
        var end = index
        if end < line.count, line[end] == " " { end += 1 }
        if end < line.count, "千万百亿".unicodeScalars.contains(line[end]) { end += 1 }
        guard end < line.count, Self.units.contains(line[end]) else { return index }
        index = end + 1
        // A date goes on.
        let next = index < line.count && line[index] == " " ? index + 1 : index
        guard next < line.count, Years.isDigit(line[next]) else { return index }
        index = next
      }
    }

    private func isInside(_ line: [Unicode.Scalar], _ index: Int) -> Bool {
      [".", ","].contains(line[index]) && index + 1 < line.count && Years.isDigit(line[index + 1])
    }

    private static let passingYears = ["去年", "今年", "明年", "前年"]
    private static let numerals = Set("〇零一二两三四五六七八九十百千万亿几".unicodeScalars)
    private static let magnitudes = Set("百千万亿".unicodeScalars)
    private static let units = Set("年月日元人个家辆台次项套份度号%％".unicodeScalars)
  }
}
