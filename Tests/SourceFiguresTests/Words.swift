/// Numbers and words taken apart, so that a number is compared as a number and never as a run of digits.
///
///     tokens(in: "1,273.52 万元")  // ["1273.52", "万", "元"]
///     tokens(in: "2023/3/24")      // ["2023", "年", "3", "月", "24", "日"]
///
/// White space counts for nothing; a line break between two blocks of a page is a token of its own, so
/// that no number is put together from two of them.
func tokens(in text: String) -> [String] {
  var found: [String] = []
  let characters = text.map(halfWidth)
  var index = 0
  while index < characters.count {
    let character = characters[index]
    if isDigit(character) {
      let (number, next) = number(in: characters, from: index)
      found.append(number)
      index = next
    } else {
      if character.isNewline {
        if found.last != "\n" { found.append("\n") }
      } else if !character.isWhitespace {
        found.append(String(character))
      }
      index += 1
    }
  }
  return withDatesInWords(found)
}

/// A number without separators and without zeros that say nothing; `nil` for any other text.
///
///     plainNumber("1,273.50")  // "1273.5"
///     plainNumber("0.00")      // "0"
///     plainNumber("100%")      // nil
func plainNumber(_ text: String) -> String? {
  let characters = Array(text)
  guard let first = characters.first, isDigit(first) else { return nil }
  let (number, next) = number(in: characters, from: 0)
  return next == characters.count ? number : nil
}

/// The text without white space.
func bare(_ text: String) -> String { text.filter { !$0.isWhitespace } }

/// A label as it is compared: without white space, brackets and the word 其中, which paper and page set
/// differently.
func label(_ text: some StringProtocol) -> String {
  let words = String(text).filter { !$0.isWhitespace && !"（）()".contains($0) }
  return words.hasPrefix("其中：") ? String(words.dropFirst(3)) : words
}

/// The places at which a figure of a list stands in a text, both taken apart into tokens.
///
/// People are counted with 人 or 名; 人次 counts visits, so `3 人` is not found in `3 人次`. A figure in 万 may be
/// followed by 元 on the page.
func places(of figure: [String], in text: [String]) -> [Int] {
  guard let first = figure.first, figure.count <= text.count else { return [] }
  return (0...text.count - figure.count).filter { start in
    guard same(text[start], first) else { return false }
    guard zip(figure, text[start...]).allSatisfy({ same($0, $1) }) else { return false }
    let next = start + figure.count < text.count ? text[start + figure.count] : ""
    return !(isPeople(figure[figure.count - 1]) && next == "次")
  }
}

/// The figures in a piece of prose: each number with the character that follows it. Marks of a list (`1.`)
/// are none.
func figures(inProse text: String) -> [[String]] {
  let all = tokens(in: text)
  return all.indices.compactMap { index in
    guard let first = all[index].first, isDigit(first) else { return nil }
    guard index + 1 < all.count else { return [all[index]] }
    let next = all[index + 1]
    if next == "." || next == "、" { return nil }
    let isUnit = next == "%" || next.first?.isLetter == true
    let isVisits = isPeople(next) && index + 2 < all.count && all[index + 2] == "次"
    return isVisits ? [all[index], next, "次"] : isUnit ? [all[index], next] : [all[index]]
  }
}

/// The figure with people counted one way, so that `3 名` and `3 人` are one figure.
func inPeople(_ figure: [String]) -> [String] { figure.map { isPeople($0) ? "人" : $0 } }

private func same(_ one: String, _ other: String) -> Bool { one == other || isPeople(one) && isPeople(other) }

private func isPeople(_ token: String) -> Bool { token == "人" || token == "名" }

private func isDigit(_ character: Character) -> Bool { "0"..."9" ~= character }

/// The number that begins at a digit, in its plain form, and the place after it.
private func number(in characters: [Character], from start: Int) -> (String, Int) {
  var index = start
  func digits(_ from: Int) -> Int { characters[min(from, characters.count)...].prefix(while: isDigit).count }
  var whole = ""
  repeat {
    if index > start { index += 1 }
    let count = digits(index)
    whole += characters[index..<index + count]
    index += count
  } while index < characters.count && characters[index] == "," && digits(index + 1) == 3
  var fraction = ""
  if index < characters.count, characters[index] == ".", digits(index + 1) > 0 {
    let count = digits(index + 1)
    fraction = String(characters[index + 1...index + count])
    index += 1 + count
  }
  while whole.count > 1, whole.first == "0" { whole.removeFirst() }
  while fraction.last == "0" { fraction.removeLast() }
  return (fraction.isEmpty ? whole : "\(whole).\(fraction)", index)
}

/// `2023/3/24` and `2023-03-24` are the day that other pages write 2023年3月24日.
private func withDatesInWords(_ found: [String]) -> [String] {
  var words = found
  var index = 0
  while index + 4 < words.count {
    let mark = words[index + 1]
    if words[index].count == 4, mark == "/" || mark == "-", words[index + 3] == mark,
      [0, 2, 4].allSatisfy({ words[index + $0].allSatisfy(isDigit) })
    {
      words[index + 1] = "年"
      words[index + 3] = "月"
      words.insert("日", at: index + 5)
    }
    index += 1
  }
  return words
}

/// Digits, percent signs and dashes in the one width in which they are compared.
private func halfWidth(_ character: Character) -> Character {
  switch character {
  case "０"..."９":
    character.unicodeScalars.first.flatMap { Unicode.Scalar($0.value - 0xFEE0) }.map(Character.init)
      ?? character
  case "％": "%"
  case "—", "–", "－", "~", "～": "-"
  case "／": "/"
  case "＞": ">"
  default: character
  }
}
