extension Parser {
  /// The reference whose table is named by `run`; the parser stands at its `[`.
  mutating func reference(_ run: NameRun) throws(FormulaError) -> Reference {
    var names = run.parts
    var yearOffset = 0
    if names.count > 1, let offset = yearOffsetNamed(names[0]) {
      yearOffset = offset
      names.removeFirst()
    } else if names.count > 1, isYear(names[0]) {
      throw text.error(
        .syntax, "不能用“\(names[0])”指明年度", run.range, hint: "年度写作 上年、上上年、下年，如 上年.收支总表[收入总计]")
    }
    var kind: String?
    if names.count == 3 || (names.count == 2 && kinds.contains(names[0])) { kind = names.removeFirst() }
    guard names.count <= 2 else {
      throw text.error(
        .syntax, "“\(text[run.range])”的层次太多", run.range, hint: "写作 上年.公开类别.表名.实例名[行, 列]；名称里有点时，用英文双引号括起来")
    }
    let (row, column) = try selectors()
    return Reference(
      yearOffset: yearOffset, kind: kind, table: names[0], instance: names.count == 2 ? names[1] : nil,
      row: row, column: column)
  }

  /// The year that a word in front of a table means, or nil where it is no such word.
  func yearOffsetNamed(_ word: String) -> Int? {
    switch word {
    case "本年": 0
    case "上年": -1
    case "上上年": -2
    case "上上上年": -3
    case "下年": 1
    case "下下年": 2
    default: nil
    }
  }

  private func isYear(_ word: String) -> Bool {
    let digits = word.unicodeScalars.prefix(while: \.isDigit)
    return digits.count == 4 && ["", "年", "年度"].contains(word.dropFirst(4))
  }

  private mutating func selectors() throws(FormulaError) -> (row: Selector, column: Selector?) {
    let open = position
    var cells: [Selector] = []
    repeat {
      position += 1
      cells.append(try selector(number: cells.count, openAt: open))
    } while current?.isComma == true
    position += 1
    guard cells.count <= 2 else {
      throw text.error(
        .syntax, "方括号里最多写行和列两项，这里有 \(cells.count) 项", open..<position, hint: "名称里有逗号时，用英文双引号括起来")
    }
    return (cells[0], cells.count == 2 ? cells[1] : nil)
  }

  /// One selector; the parser then stands at the comma or bracket that ends it.
  private mutating func selector(number: Int, openAt open: Int) throws(FormulaError) -> Selector {
    let start = position
    var parts: [(text: String, hasQuotes: Bool)] = [("", false)]
    while let scalar = current, !scalar.isComma, !scalar.closesSelectors {
      switch scalar {
      case "\"":
        parts[parts.count - 1].text += try quoted()
        parts[parts.count - 1].hasQuotes = true
      case "/", "／":
        parts.append(("", false))
        position += 1
      case "[", "［":
        throw text.error(
          .syntax, "方括号里又出现“\(scalar)”", position..<(position + 1), hint: "前面少了“]”？名称里有方括号时，用英文双引号括起来")
      case "(", "（":
        let end = endOfBracketsInSelector() ?? position + 1
        parts[parts.count - 1].text += text[position..<end]
        position = end
      default:
        parts[parts.count - 1].text.unicodeScalars.append(scalar)
        position += 1
      }
    }
    guard current != nil else {
      throw text.error(.syntax, "方括号没有闭合", open..<(open + 1), hint: "补上“]”")
    }
    return try selector(
      of: parts.map { ($0.hasQuotes ? trimmed($0.text) : singleSpaced($0.text), $0.hasQuotes) },
      number: number, range: start..<position)
  }

  private func selector(
    of parts: [(text: String, hasQuotes: Bool)], number: Int, range: Range<Int>
  ) throws(FormulaError) -> Selector {
    let isStar = { (part: (text: String, hasQuotes: Bool)) in
      !part.hasQuotes && (part.text == "*" || part.text == "＊")
    }
    if parts.count == 1, isStar(parts[0]) { return .all }
    let marked = range.isEmpty ? max(range.lowerBound - 1, 0)..<(range.lowerBound + 1) : range
    if parts.contains(where: \.text.isEmpty) {
      let what = number == 0 ? "行" : "列"
      throw text.error(
        .syntax, parts.count == 1 ? "方括号里的\(what)是空的" : "路径“\(trimmed(text[range]))”缺了一级", marked,
        hint: parts.count == 1 ? "写出\(what)的名称；要全部\(what)，写 *" : "名称里有“/”时，用英文双引号括起来")
    }
    if parts.contains(where: isStar) {
      throw text.error(.syntax, "“*”不能与名称连用", marked, hint: "要全部\(number == 0 ? "行" : "列")，只写 *")
    }
    return .path(parts.map(\.text))
  }

  /// Where balanced brackets inside a selector end; what they hold is not split.
  private func endOfBracketsInSelector() -> Int? {
    guard let end = endOfBrackets(from: position) else { return nil }
    let inside = text.scalars[position..<end]
    return inside.contains { $0.closesSelectors || $0.opensSelectors || $0 == "\"" } ? nil : end
  }

  private func trimmed(_ word: String) -> String {
    var scalars = Array(word.unicodeScalars.drop { $0.isBlank })
    while let last = scalars.last, last.isBlank { scalars.removeLast() }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  /// Without white space around it, and with one space for each white space inside it.
  private func singleSpaced(_ word: String) -> String {
    word.unicodeScalars.split { $0.isBlank }.map { String($0) }.joined(separator: " ")
  }
}
