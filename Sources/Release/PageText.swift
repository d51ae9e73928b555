/// The paragraphs, headings and list items of a page as a reader sees them, without tables; of its main part alone,
/// where it has one, as what stands around it is the same on every page.
///
/// Tables are compared by the files published beside them; scripts, heads and the sizes of downloads say nothing.
func paragraphs(of html: [UInt8]) -> [String] {
  var scanner = ParagraphScanner(bytes: html)
  scanner.run()
  return scanner.paragraphs
}

private struct ParagraphScanner {
  let bytes: [UInt8]
  var index = 0
  var text: [UInt8] = []
  var paragraphs: [String] = []

  private static let silent: Set<String> = ["head", "script", "style", "table", "svg", "template"]
  /// What stands within a line; every other element begins a new one.
  private static let inline: Set<String> = [
    "a", "abbr", "b", "bdi", "cite", "code", "data", "em", "i", "kbd", "mark", "q", "s", "small", "span",
    "strong",
    "sub", "sup", "time", "u", "wbr",
  ]

  mutating func run() {
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "<") {
        readTag()
      } else {
        text.append(bytes[index])
        index += 1
      }
    }
    endParagraph()
  }

  private mutating func readTag() {
    let start = index + 1
    let end = bytes[start...].firstIndex(of: UInt8(ascii: ">")) ?? bytes.count
    index = min(end + 1, bytes.count)
    let tag = bytes[start..<end]
    let isClosing = tag.first == UInt8(ascii: "/")
    let name = tag.drop { $0 == UInt8(ascii: "/") }.prefix {
      $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "/")
    }
    let word = String(decoding: name, as: UTF8.self).lowercased()
    let attributes = String(decoding: tag.dropFirst(name.count), as: UTF8.self)
    if word == "main" {
      if isClosing {
        endParagraph()
        index = bytes.count
      } else {
        (text, paragraphs) = ([], [])
      }
      return
    }
    if !isClosing, Self.silent.contains(word) { return skip(to: "</" + word) }
    if word == "span", attributes.hasSuffix("class=\"size\"") { return skip(to: "</span") }
    if !Self.inline.contains(word) { endParagraph() }
  }

  /// Goes on after the closing tag; without one, nothing more is read.
  private mutating func skip(to closing: String) {
    let sought = Array(closing.utf8)
    while index < bytes.count {
      guard let next = bytes[index...].firstIndex(of: UInt8(ascii: "<")) else { break }
      if bytes[next...].starts(with: sought) {
        let end = bytes[next...].firstIndex(of: UInt8(ascii: ">")) ?? bytes.count - 1
        index = end + 1
        return endParagraph(unless: closing == "</span")
      }
      index = next + 1
    }
    index = bytes.count
  }

  private mutating func endParagraph(unless isInline: Bool = false) {
    if isInline { return }
    let words = text.split { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
    text = []
    guard !words.isEmpty else { return }
    paragraphs.append(unescaped(String(decoding: Array(words.joined(separator: [0x20])), as: UTF8.self)))
  }
}

/// A figure in the text of a page that is another one now, with the words around it.
public struct TextFigureChange: Hashable, Sendable {
  public var before: String
  public var old: String
  public var new: String
  public var after: String
}

/// What is different between the texts of two versions of a page.
public struct TextDifference: Hashable, Sendable {
  /// Figures in paragraphs that are otherwise the same.
  public var figures: [TextFigureChange] = []
  /// Paragraphs that are there now and were not before, but for their figures.
  public var added: [String] = []
  public var removed: [String] = []

  public var isEmpty: Bool { figures.isEmpty && added.isEmpty && removed.isEmpty }

  /// Paragraphs are the same if their words are, in whatever order they stand.
  init(_ old: [String], _ new: [String]) {
    var counts: [String: Int] = [:]
    for text in old { counts[text, default: 0] += 1 }
    let arrived = new.filter { text in
      guard let count = counts[text], count > 0 else { return true }
      counts[text] = count - 1
      return false
    }
    let left = old.reversed().filter { text in
      guard let count = counts[text], count > 0 else { return false }
      counts[text] = count - 1
      return true
    }.map(FiguresInText.init)
    // The first that left stands last, as partners are taken from the end.
    var waiting = Dictionary(grouping: left, by: \.words)
    for text in arrived.map(FiguresInText.init) {
      guard let partner = waiting[text.words]?.popLast() else {
        added.append(text.text)
        continue
      }
      for (index, figure) in text.figures.enumerated() where figure != partner.figures[index] {
        figures.append(
          TextFigureChange(
            before: String(text.words[index].suffix(14)), old: partner.figures[index], new: figure,
            after: String(text.words[index + 1].prefix(4))))
      }
    }
    removed = waiting.values.flatMap { $0 }.map(\.text).sorted()
  }
}

/// A paragraph taken apart into figures and the words between them; there is always one piece of words more.
private struct FiguresInText {
  let text: String
  private(set) var words = [""]
  private(set) var figures: [String] = []

  init(_ text: String) {
    self.text = text
    var isInFigure = false
    let characters = Array(text)
    for (index, character) in characters.enumerated() {
      let isDigit = ("0"..."9").contains(character)
      let isMark =
        isInFigure && (character == "." || character == ",") && index + 1 < characters.count
        && ("0"..."9").contains(characters[index + 1])
      if isDigit || isMark {
        if !isInFigure { figures.append("") }
        figures[figures.count - 1].append(character)
      } else {
        if isInFigure { words.append("") }
        words[words.count - 1].append(character)
      }
      isInFigure = isDigit || isMark
    }
    if isInFigure { words.append("") }
  }
}
