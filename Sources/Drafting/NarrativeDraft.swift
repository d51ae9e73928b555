import Content

/// Last year's text for this year: formulas are kept, figures and years typed by hand are marked.
struct NarrativeDraft {
  let years: Years

  func text(_ source: String) -> String {
    let head =
      "\(Mark.review.text)本文照 \(years.old) 年的起草：双花括号里的数字取自新的表；手写的数字、年度和原因逐处核对，改好后删去标记和这一段。\n\n"
    var writer = Writer(years: years)
    for line in source.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      writer.take(line)
    }
    return head + writer.lines.joined(separator: "\n")
  }

  private struct Writer {
    let years: Years
    var lines: [String] = []
    /// Inside `{{ … }}`, which may go over several lines.
    private var isFormula = false
    private var fence: Character?

    init(years: Years) { self.years = years }

    mutating func take(_ line: Substring) {
      let bare = line.drop { $0 == " " }
      if !isFormula, let mark = bare.first, "`~".contains(mark), bare.prefix(while: { $0 == mark }).count >= 3
      {
        fence = fence == nil ? mark : fence == mark ? nil : fence
        return lines.append(String(line))
      }
      guard fence == nil else { return lines.append(String(line)) }
      lines.append(marked(Array(line.unicodeScalars)))
    }

    private mutating func marked(_ line: [Unicode.Scalar]) -> String {
      var result = String.UnicodeScalarView()
      var index = isFormula ? 0 : listMark(line)
      result.append(contentsOf: line[..<index])
      var formula = String.UnicodeScalarView()
      while index < line.count {
        let next = index + 1 < line.count ? line[index + 1] : nil
        if isFormula {
          if line[index] == "}", next == "}" {
            result.append(contentsOf: years.moved(String(formula)).unicodeScalars)
            result.append(contentsOf: "}}".unicodeScalars)
            formula = .init()
            isFormula = false
            index += 2
          } else {
            formula.append(line[index])
            index += 1
          }
        } else if line[index] == "{", next == "{" {
          result.append(contentsOf: "{{".unicodeScalars)
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
        } else {
          result.append(line[index])
          index += 1
        }
      }
      result.append(contentsOf: years.moved(String(formula)).unicodeScalars)
      return String(result)
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

    private static let units = Set("年月日元人个家辆台次项套份度号%％".unicodeScalars)
  }
}
