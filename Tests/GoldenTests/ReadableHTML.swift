/// Prints the pages that this project writes in a form that people can read and compare line by line.
///
/// An element that holds only words stands on one line, every other opens an indented block. A row of a table is
/// one line; its cells go without end tags, `id`, `headers` and `scope="row"`, which tests of their own look at.
enum ReadableHTML {
  static func page(_ html: String) -> String {
    let nodes = HTMLTree.parse(html)
    var lines: [String] = []
    for element in HTMLTree.all(named: ["title", "meta"], in: nodes)
    where element.attribute("name") != "viewport" {
      guard element.name == "title" || element.attribute("name") != nil else { continue }
      print(.element(element), depth: 0, into: &lines)
    }
    for main in HTMLTree.all(named: ["main"], in: nodes) { print(.element(main), depth: 0, into: &lines) }
    return lines.joined(separator: "\n") + "\n"
  }

  private static let inline: Set<String> = [
    "a", "abbr", "b", "br", "code", "data", "em", "i", "img", "small", "span", "strong", "sub", "sup", "time",
  ]
  private static let cells: Set<String> = ["td", "th"]

  private static func print(_ node: HTMLTree.Node, depth: Int, into lines: inout [String]) {
    let margin = String(repeating: "  ", count: depth)
    switch node {
    case .text(let text):
      let words = oneLine(text)
      if !words.isEmpty { lines.append(margin + words) }
    case .element(let element):
      if isFlat(element) {
        lines.append(margin + flat(node))
      } else {
        lines.append(margin + element.startTag)
        for child in element.children { print(child, depth: depth + 1, into: &lines) }
        lines.append(margin + "</\(element.name)>")
      }
    }
  }

  private static func isFlat(_ element: HTMLTree.Element) -> Bool {
    if element.name == "tr" { return true }
    return element.children.allSatisfy { child in
      guard case .element(let inner) = child else { return true }
      return inline.contains(inner.name) && isFlat(inner)
    }
  }

  private static func flat(_ node: HTMLTree.Node) -> String {
    switch node {
    case .text(let text): return text.replacing("\n", with: " ")
    case .element(let element):
      let inner = element.children.map(flat).joined()
      if cells.contains(element.name) {
        return element.startTag(without: ["id", "headers", "scope=\"row\""]) + trimmed(inner)
      }
      if element.name == "data", element.attribute("value") == inner.replacing(",", with: "") { return inner }
      if HTMLTree.void.contains(element.name) { return element.startTag }
      return element.startTag + (element.name == "tr" ? trimmed(inner) : inner) + "</\(element.name)>"
    }
  }

  private static func oneLine(_ text: String) -> String { trimmed(text.replacing("\n", with: " ")) }

  private static func trimmed(_ text: String) -> String {
    var rest = text[...]
    while rest.first == " " || rest.first == "\n" { rest.removeFirst() }
    while rest.last == " " || rest.last == "\n" { rest.removeLast() }
    return String(rest)
  }
}

/// The elements of a page that this project wrote: every attribute quoted, every element closed.
enum HTMLTree {
  indirect enum Node {
    case text(String)
    case element(Element)
  }

  struct Element {
    var name: String
    /// As written: `class="total"`.
    var attributes: [String]
    var children: [Node] = []

    var startTag: String { startTag(without: []) }

    /// - Parameter without: names of attributes, or whole attributes.
    func startTag(without left: Set<String>) -> String {
      let kept = attributes.filter { attribute in
        !left.contains(attribute) && !left.contains(String(attribute.prefix { $0 != "=" }))
      }
      return "<" + ([name] + kept).joined(separator: " ") + ">"
    }

    func attribute(_ name: String) -> String? {
      attributes.first { $0.hasPrefix(name + "=\"") }.map { String($0.dropFirst(name.count + 2).dropLast()) }
    }
  }

  static let void: Set<String> = ["br", "col", "hr", "img", "input", "link", "meta", "wbr"]

  static func parse(_ html: String) -> [Node] {
    var open = [Element(name: "", attributes: [])]
    var rest = html[...]
    while let less = rest.firstIndex(of: "<") {
      if less > rest.startIndex { append(.text(String(rest[..<less])), to: &open) }
      rest = rest[less...]
      guard let tag = readTag(&rest) else { break }
      if tag.name.hasPrefix("!") { continue }
      if tag.name.hasPrefix("/") {
        if open.count > 1, let closed = open.popLast() { append(.element(closed), to: &open) }
      } else if void.contains(tag.name) {
        append(.element(tag), to: &open)
      } else {
        open.append(tag)
      }
    }
    while open.count > 1, let closed = open.popLast() { append(.element(closed), to: &open) }
    return open.first?.children ?? []
  }

  static func all(named names: Set<String>, in nodes: [Node]) -> [Element] {
    nodes.flatMap { node -> [Element] in
      guard case .element(let element) = node else { return [] }
      return names.contains(element.name) ? [element] : all(named: names, in: element.children)
    }
  }

  private static func append(_ node: Node, to open: inout [Element]) {
    open[open.count - 1].children.append(node)
  }

  /// Takes `<name a="b" c>` from the front.
  private static func readTag(_ rest: inout Substring) -> Element? {
    var words: [String] = []
    var word = ""
    var isQuoted = false
    rest.removeFirst()
    while let character = rest.popFirst() {
      if character == "\"" { isQuoted.toggle() }
      if !isQuoted, character == ">" || character == " " || character == "\n" {
        if !word.isEmpty { words.append(word) }
        word = ""
        if character == ">" {
          return words.first.map { Element(name: $0, attributes: Array(words.dropFirst())) }
        }
      } else {
        word.append(character)
      }
    }
    return nil
  }
}
