import Fiscal

/// A name as typed: its parts between dots, quotes taken off.
struct NameRun {
  var parts: [String]
  var range: Range<Int>
  var hasQuotes: Bool
}

extension Parser {
  /// The name that begins here, or nil where none does.
  ///
  /// - `-` belongs to a name where name characters stand on both sides (`three-public`); else it is a minus.
  /// - Brackets belong to a name where they stand right behind it (`支出表（按功能）`) or right before it
  ///   (`（1）财政拨款`).
  mutating func nameRun() throws(FormulaError) -> NameRun? {
    let start = position
    var parts = [""]
    var hasQuotes = false
    while let scalar = current {
      if scalar == "\"" {
        parts[parts.count - 1] += try quoted()
        hasQuotes = true
      } else if scalar == ".", position > start {
        parts.append("")
        position += 1
      } else if scalar.isNamePart || (scalar == "-" && position > start && joinsName(hyphenAt: position)) {
        parts[parts.count - 1].unicodeScalars.append(scalar)
        position += 1
      } else if scalar.opensParenthesis, let end = endOfBracketsInName(from: start) {
        parts[parts.count - 1] += text[position..<end]
        position = end
      } else {
        break
      }
    }
    guard position > start else { return nil }
    return try checked(NameRun(parts: parts, range: start..<position, hasQuotes: hasQuotes))
  }

  /// The text between double quotes; a doubled quote stands for itself.
  mutating func quoted() throws(FormulaError) -> String {
    let start = position
    var content = String.UnicodeScalarView()
    position += 1
    while let scalar = current {
      position += 1
      if scalar != "\"" {
        content.append(scalar)
      } else if current == "\"" {
        content.append(scalar)
        position += 1
      } else {
        return String(content)
      }
    }
    throw text.error(.syntax, "引号没有闭合", start..<(start + 1), hint: "补上另一个英文双引号")
  }

  /// The number that a name really is: `3`, `0.5`, `95%`, `50万元`; nil where it is a name.
  mutating func number(_ run: NameRun) throws(FormulaError) -> Figure? {
    guard !run.hasQuotes else { return nil }
    var typed = Array(text.scalars[run.range])
    if typed.contains("-"), typed.allSatisfy({ $0.isDigit || $0 == "." || $0 == "-" }) {
      // `1-0.5` is a subtraction, `2021-2022年收支表` a name.
      typed = Array(typed.prefix { $0 != "-" })
      position = run.range.lowerBound + typed.count
    }
    let range = run.range.lowerBound..<position
    let digits = typed.prefix { $0.isDigit || $0 == "." }
    let unit = text[(range.lowerBound + digits.count)..<range.upperBound]
    guard !digits.isEmpty, let dimension = dimension(ofUnit: unit) else {
      if let first = typed.first, (0xFF10...0xFF19).contains(first.value), !typed.contains(where: isLetter) {
        throw text.error(.syntax, "数字“\(text[range])”用了全角字符", range, hint: "改用半角数字")
      }
      return nil
    }
    try refuseThousands(after: range)
    do throws(NumberSyntaxError) {
      let number = try DecimalText(text[range.lowerBound..<(range.lowerBound + digits.count)])
      return try figure(number, dimension, range)
    } catch {
      throw text.error(.syntax, "“\(text[range])”\(error.message)", range)
    }
  }

  // MARK: Details

  private func figure(
    _ number: DecimalText, _ dimension: Dimension, _ range: Range<Int>
  ) throws(NumberSyntaxError) -> Figure {
    guard case .money(let unit) = dimension else {
      return Figure(value: number.rational, dimension: dimension, decimals: number.decimals)
    }
    return Figure(
      value: try Amount(number, in: unit).rational, dimension: dimension, decimals: number.decimals)
  }

  private func dimension(ofUnit unit: String) -> Dimension? {
    if unit.isEmpty { return .plain(unit: nil) }
    if unit == "%" || unit == "％" { return .percent }
    return MoneyUnit(rawValue: unit).map { .money(unit: $0) }
  }

  private func isLetter(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isAlphabetic }

  /// `1,000` would be read as two numbers.
  private func refuseThousands(after range: Range<Int>) throws(FormulaError) {
    let typed = text.scalars[range]
    guard typed.count <= 3, typed.first != "0", typed.allSatisfy(\.isDigit),
      scalar(at: position)?.isComma == true,
      (1...3).allSatisfy({ scalar(at: position + $0)?.isDigit == true }),
      scalar(at: position + 4)?.isDigit != true
    else { return }
    throw text.error(
      .syntax, "数字里不写千分位逗号：“\(text[range.lowerBound..<(position + 4)])”", range.lowerBound..<(position + 4),
      hint: "去掉逗号；若是两个参数，在逗号后加一个空格")
  }

  private func joinsName(hyphenAt index: Int) -> Bool {
    guard let before = scalar(at: index - 1), let after = scalar(at: index + 1) else { return false }
    return (before.isNamePart || before == "\"" || before.closesParenthesis)
      && (after.isNamePart || after == "\"")
  }

  /// Where brackets that belong to the name end; nil where they group or call.
  private func endOfBracketsInName(from start: Int) -> Int? {
    guard let opening = current, let end = endOfBrackets(from: position) else { return nil }
    let inside = text.scalars[(position + 1)..<(end - 1)]
    guard !inside.contains(where: { $0.opensSelectors || $0.closesSelectors || $0 == "\"" || $0 == "\n" })
    else {
      return nil
    }
    let next = scalar(at: end)
    if position == start { return next?.isNamePart == true ? end : nil }
    if Function(named: text[start..<position]) != nil { return nil }
    if opening == "（" { return end }
    return next?.isNamePart == true || next == "." || next?.opensSelectors == true ? end : nil
  }

  /// The position behind the bracket that closes the one at `open`; both widths go together.
  func endOfBrackets(from open: Int) -> Int? {
    var depth = 0
    for index in text.scalars.indices.dropFirst(open) {
      if text.scalars[index].opensParenthesis { depth += 1 }
      if text.scalars[index].closesParenthesis { depth -= 1 }
      if depth == 0 { return index + 1 }
    }
    return nil
  }

  private func checked(_ run: NameRun) throws(FormulaError) -> NameRun {
    if run.parts.contains(where: { $0.allSatisfy(\.isWhitespace) }) {
      throw text.error(
        .syntax, "“\(text[run.range])”中点的两边都应有名称", run.range, hint: "名称里本来有点时，用英文双引号括起来")
    }
    if !run.hasQuotes, text.scalars[run.range].allSatisfy(\.isDash) {
      throw text.error(.syntax, "“\(text[run.range])”不是减号", run.range, hint: "减号写作“-”，两边留空格")
    }
    return run
  }
}
