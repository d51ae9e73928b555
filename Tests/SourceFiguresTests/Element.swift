/// A piece of a page as a browser would hold it: a tag with what stands in it.
///
/// The reader shares nothing with the room that writes the pages, so the two cannot be wrong together.
struct Element {
  enum Content {
    case text(String)
    case element(Element)
  }

  var name: String
  var attributes: [String: String] = [:]
  var contents: [Content] = []

  var classes: [Substring] { (attributes["class"] ?? "").split(separator: " ") }
  var id: String { attributes["id"] ?? "" }

  var children: [Element] {
    contents.compactMap { if case .element(let element) = $0 { element } else { nil } }
  }

  /// All elements below this one, in the order of the page.
  var descendants: [Element] { children.flatMap { [$0] + $0.descendants } }

  func first(_ name: String) -> Element? { descendants.first { $0.name == name } }

  /// What an eye reads here; blocks are kept apart by a line break.
  ///
  /// What only a screen reader hears, what only a printer repeats, and scripts are left out.
  var text: String { readable { _ in false } }

  /// The same without the elements that `skip` names.
  func readable(skipping skip: (Element) -> Bool) -> String {
    if skip(self) || name == "script" || classes.contains("hidden") || attributes["aria-hidden"] == "true" {
      return ""
    }
    var words = ""
    for content in contents {
      switch content {
      case .text(let text): words += text.split(whereSeparator: \.isNewline).joined(separator: " ")
      case .element(let element): words += element.readable(skipping: skip)
      }
    }
    return Element.inline.contains(name) ? words : "\n\(words)\n"
  }

  private static let inline: Set<String> = [
    "span", "a", "data", "time", "strong", "em", "code", "sup", "sub", "b", "i",
  ]
  private static let withoutEnd: Set<String> = ["meta", "link", "br", "hr", "img", "col", "input"]

  /// Reads a whole page; the root holds the page's elements.
  static func read(_ html: String) -> Element {
    var open = [Element(name: "")]
    var rest = Substring(html)
    func close() {
      guard open.count > 1, let done = open.popLast() else { return }
      open[open.count - 1].contents.append(.element(done))
    }
    while let start = rest.firstIndex(of: "<") {
      if start > rest.startIndex { open[open.count - 1].contents.append(.text(unescaped(rest[..<start]))) }
      guard let end = rest[start...].firstIndex(of: ">") else { break }
      let inner = rest[rest.index(after: start)..<end]
      rest = rest[rest.index(after: end)...]
      if inner.hasPrefix("!") { continue }
      if inner.hasPrefix("/") {
        close()
        continue
      }
      let element = tag(inner)
      open.append(element)
      if withoutEnd.contains(element.name) { close() }
      if element.name == "script" || element.name == "style",
        let end = rest.firstRange(of: "</\(element.name)>")
      {
        rest = rest[end.lowerBound...]
      }
    }
    while open.count > 1 { close() }
    return open[0]
  }

  private static func tag(_ text: Substring) -> Element {
    let name = text.prefix { $0 != " " }
    var element = Element(name: String(name))
    var rest = text.dropFirst(name.count)
    while let equals = rest.firstIndex(of: "="), let quote = rest[equals...].firstIndex(of: "\"") {
      let value = rest[rest.index(after: quote)...].prefix { $0 != "\"" }
      if let key = rest[..<equals].split(separator: " ").last {
        element.attributes[String(key)] = unescaped(value)
      }
      rest = rest[value.endIndex...].dropFirst()
    }
    return element
  }

  private static func unescaped(_ text: Substring) -> String {
    guard text.contains("&") else { return String(text) }
    return String(text).replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing(
      "&quot;", with: "\""
    )
    .replacing("&#39;", with: "'").replacing("&nbsp;", with: " ").replacing("&amp;", with: "&")
  }
}
