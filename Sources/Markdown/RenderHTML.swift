import Diagnostics

extension MarkdownDocument {
  /// The document as HTML, over UTF-8 bytes, so that no character hides another from escaping.
  ///
  /// The page's own title is the `h1`; headings begin at `h2`.
  /// - Parameters:
  ///   - placeholder: Gives the finished HTML of the placeholder with an index.
  ///   - link: Gives the address that a page uses for one of the narrative.
  ///   - place: Gives the words for `data-place` on a block, for the preview; built pages have none.
  public func renderHTML(
    placeholder: (Int) -> String, link: (String) -> String = { $0 }, place: (Place) -> String? = { _ in nil }
  ) -> String {
    withoutActuallyEscaping(placeholder) { placeholder in
      withoutActuallyEscaping(link) { link in
        withoutActuallyEscaping(place) { place in
          var writer = MarkdownHTMLWriter(placeholder: placeholder, link: link, place: place)
          writer.write(blocks)
          return String(decoding: writer.bytes, as: UTF8.self)
        }
      }
    }
  }

  /// Some blocks of a document as HTML.
  public static func renderHTML(
    _ blocks: [Block], placeholder: (Int) -> String, link: (String) -> String = { $0 }
  ) -> String {
    withoutActuallyEscaping(placeholder) { placeholder in
      withoutActuallyEscaping(link) { link in
        var writer = MarkdownHTMLWriter(placeholder: placeholder, link: link)
        writer.write(blocks)
        return String(decoding: writer.bytes, as: UTF8.self)
      }
    }
  }

  /// Running text as HTML, such as that of a heading.
  public static func renderHTML(
    _ inlines: [Inline], placeholder: (Int) -> String, link: (String) -> String = { $0 }
  ) -> String {
    withoutActuallyEscaping(placeholder) { placeholder in
      withoutActuallyEscaping(link) { link in
        var writer = MarkdownHTMLWriter(placeholder: placeholder, link: link)
        writer.write(inlines)
        return String(decoding: writer.bytes, as: UTF8.self)
      }
    }
  }
}

struct MarkdownHTMLWriter {
  let placeholder: (Int) -> String
  let link: (String) -> String
  let place: (Place) -> String?
  private(set) var bytes: [UInt8] = []
  /// What stood before a line break whose space is not decided yet.
  private var pendingBreak = false
  private var last: Neighbour = .none

  init(
    placeholder: @escaping (Int) -> String, link: @escaping (String) -> String,
    place: @escaping (Place) -> String? = { _ in nil }
  ) {
    self.placeholder = placeholder
    self.link = link
    self.place = place
  }

  private enum Neighbour {
    case none
    case scalar(Unicode.Scalar)
    case placeholder
  }

  mutating func write(_ blocks: [Block], isTight: Bool = false) {
    for block in blocks { write(block, isTight: isTight) }
  }

  private mutating func write(_ block: Block, isTight: Bool) {
    switch block {
    case .heading(let heading): write(heading)
    case .paragraph(let inlines, let place):
      if !isTight {
        raw("<p")
        attribute(place)
        raw(">")
      }
      write(inlines)
      raw(isTight ? "\n" : "</p>\n")
    case .list(let list): write(list)
    case .quote(let blocks, _):
      raw("<blockquote>\n")
      write(blocks)
      raw("</blockquote>\n")
    case .code(let code, let language, let place):
      raw("<pre")
      attribute(place)
      raw("><code")
      if !language.isEmpty { attribute("class", "language-" + language) }
      raw(">")
      // HTML drops a line break right behind the tag of `pre`, and not behind that of `code`.
      escaped(code)
      raw("</code></pre>\n")
    case .thematicBreak: raw("<hr>\n")
    case .placeholder(let index):
      raw(placeholder(index))
      raw("\n")
    }
  }

  private mutating func write(_ heading: Heading) {
    let tag = "h\(min(max(heading.depth + 1, 2), 6))"
    raw("<\(tag)")
    attribute("id", heading.id)
    attribute(heading.place)
    raw(">")
    if let number = heading.number {
      raw("<span class=\"number\">")
      escaped(number)
      // A number without a mark of its own needs a space before the words.
      raw(number.hasSuffix("部分") || number.hasSuffix(".") ? "</span> " : "</span>")
    }
    write(heading.inlines)
    raw("</\(tag)>\n")
  }

  private mutating func write(_ list: List) {
    raw(list.isOrdered ? "<ol" : "<ul")
    if list.isOrdered, list.start != 1 { attribute("start", String(list.start)) }
    raw(">\n")
    for item in list.items {
      raw("<li")
      // A loose item has paragraphs, which say it themselves.
      if list.isTight, case .paragraph(_, let place)? = item.first { attribute(place) }
      raw(">")
      write(item, isTight: list.isTight)
      if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
      raw("</li>\n")
    }
    raw(list.isOrdered ? "</ol>\n" : "</ul>\n")
  }

  mutating func write(_ inlines: [Inline]) {
    last = .none
    pendingBreak = false
    writeRun(inlines)
  }

  private mutating func writeRun(_ inlines: [Inline]) {
    for inline in inlines {
      switch inline {
      case .text(let text, _):
        settleBreak(before: text.unicodeScalars.first.map { .scalar($0) } ?? .none)
        escaped(text)
        note(text)
      case .softBreak: pendingBreak = true
      case .lineBreak:
        raw("<br>\n")
        last = .none
        pendingBreak = false
      case .code(let code, _):
        settleBreak(before: code.unicodeScalars.first.map { .scalar($0) } ?? .none)
        element("code") { $0.escaped(code) }
        note(code)
      case .emphasis(let children):
        settleBreak(before: children)
        element("em") { $0.writeRun(children) }
      case .strong(let children):
        settleBreak(before: children)
        element("strong") { $0.writeRun(children) }
      case .link(let target, let children):
        settleBreak(before: children)
        write(target, children)
      case .image(let target):
        settleBreak(before: .none)
        write(image: target)
      case .placeholder(let index):
        settleBreak(before: .placeholder)
        raw(placeholder(index))
        last = .placeholder
      }
    }
  }

  private mutating func write(_ target: Link, _ children: [Inline]) {
    raw("<a")
    attribute("href", addressEscaped(link(target.destination)))
    if !target.title.isEmpty { attribute("title", target.title) }
    raw(">")
    writeRun(children)
    raw("</a>")
  }

  private mutating func write(image target: Link) {
    raw("<img")
    attribute("src", addressEscaped(link(target.destination)))
    attribute("alt", target.text)
    if !target.title.isEmpty { attribute("title", target.title) }
    attribute("loading", "lazy")
    raw(">")
    last = .none
  }

  /// Writes the space of a line break where one is due: not between Chinese characters, nor beside a figure.
  private mutating func settleBreak(before next: Neighbour) {
    guard pendingBreak else { return }
    pendingBreak = false
    switch (last, next) {
    case (.scalar(let left), .scalar(let right)) where !joinsWithSpace(left, right): break
    case (.scalar(let scalar), .placeholder) where isChinese(scalar): break
    case (.placeholder, .scalar(let scalar)) where isChinese(scalar): break
    default: raw("\n")
    }
  }

  private mutating func settleBreak(before children: [Inline]) {
    switch children.first {
    case .text(let text, _)?, .code(let text, _)?:
      settleBreak(before: text.unicodeScalars.first.map { .scalar($0) } ?? .none)
    case .emphasis(let inner)?, .strong(let inner)?, .link(_, let inner)?: settleBreak(before: inner)
    case .placeholder?: settleBreak(before: .placeholder)
    default: settleBreak(before: .none)
    }
  }

  private mutating func note(_ text: String) {
    if let scalar = text.unicodeScalars.last { last = .scalar(scalar) }
  }

  private mutating func element(_ tag: String, _ content: (inout MarkdownHTMLWriter) -> Void) {
    raw("<\(tag)>")
    content(&self)
    raw("</\(tag)>")
  }

  private mutating func attribute(_ place: Place) {
    if let words = self.place(place) { attribute("data-place", words) }
  }

  private mutating func attribute(_ name: String, _ value: String) {
    raw(" \(name)=\"")
    escaped(value)
    raw("\"")
  }

  private mutating func raw(_ text: String) { bytes += Array(text.utf8) }

  private mutating func escaped(_ text: String) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): raw("&amp;")
      case UInt8(ascii: "<"): raw("&lt;")
      case UInt8(ascii: ">"): raw("&gt;")
      case UInt8(ascii: "\""): raw("&quot;")
      case UInt8(ascii: "'"): raw("&#39;")
      default: bytes.append(byte)
      }
    }
  }

  /// An address with the ASCII characters percent-encoded that may not stand in one.
  private func addressEscaped(_ address: String) -> String {
    let source = Array(address.utf8)
    var result: [UInt8] = []
    for (offset, byte) in source.enumerated() {
      let hex = source[(offset + 1)...].prefix(2)
      let isLonePercent = byte == UInt8(ascii: "%") && !(hex.count == 2 && hex.allSatisfy(isHexDigit))
      if byte <= 0x20 || byte == 0x7F || isLonePercent || "\"<>\\^`{|}[]".utf8.contains(byte) {
        let digits = Array("0123456789ABCDEF".utf8)
        result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      } else {
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private func isHexDigit(_ byte: UInt8) -> Bool {
    isASCIIDigit(byte) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66)
  }
}
