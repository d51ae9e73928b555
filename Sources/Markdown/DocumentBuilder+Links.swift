import Diagnostics

extension DocumentBuilder {
  mutating func link(_ node: CommonMarkNode, _ reading: inout LeafReading, depth: Int) -> Inline {
    reading.cursor.skipHinges()
    let start = reading.cursor.position
    let isImage = node.kind == .image
    let number = document.links.count
    document.links.append(
      Link(kind: .link, destination: "", title: "", text: "", place: place(start..<start)))
    let children: [Inline]
    if !isImage, reading.cursor.isAtAngle {
      reading.cursor.angleAddress()
      let place = place(start..<reading.cursor.position)
      children = node.children.map { .text(rewritten.restored($0.literal), place) }
    } else {
      reading.cursor.openBracket(isImage: isImage)
      children = inlines(of: node, &reading, depth: depth + 1)
      reading.cursor.closeBracket()
    }
    let link = Link(
      kind: isImage ? .image : .link, destination: rewritten.restored(node.destination),
      title: rewritten.restored(node.title), text: plainText(of: children),
      place: place(start..<reading.cursor.position))
    document.links[number] = link
    check(link, children)
    return isImage ? .image(link) : .link(link, children)
  }

  private mutating func check(_ link: Link, _ children: [Inline]) {
    let isImage = link.kind == .image
    for (what, text) in [(isImage ? "图片地址" : "链接地址", link.destination), ("链接的提示文字", link.title)]
    where text.contains("{{") {
      return findings.append(.misplacedPlaceholder(in: what, at: link.place))
    }
    if isImage, hasPlaceholder(children) {
      findings.append(.misplacedPlaceholder(in: "图片的替代文字", at: link.place))
    } else if isImage, isEmpty(link.text) {
      findings.append(.imageWithoutText(at: link.place))
    } else if !isImage, isEmpty(link.text), !hasContent(children) {
      findings.append(.linkWithoutText(at: link.place))
    }
    checkDestination(link)
  }

  private mutating func checkDestination(_ link: Link) {
    let destination = link.destination
    if destination.unicodeScalars.allSatisfy({ ScalarKind($0) == .space }) {
      return findings.append(.emptyDestination(at: link.place))
    }
    if destination.unicodeScalars.contains(where: { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) }) {
      return findings.append(.brokenAddress(at: link.place))
    }
    // Browsers take a backslash for a slash.
    let start = destination.drop { $0 == " " }.replacing("\\", with: "/", maxReplacements: 2)
    if start.hasPrefix("//") { return findings.append(.unknownScheme("//", at: link.place)) }
    guard let scheme = scheme(of: start) else { return }
    let known = link.kind == .image ? ["https", "http"] : ["https", "http", "mailto", "tel"]
    if !known.contains(scheme.lowercased()) {
      findings.append(.unknownScheme(scheme + ":", at: link.place))
    } else if link.kind == .image {
      findings.append(.imageElsewhere(at: link.place))
    }
  }

  /// What stands before the colon of an address with a scheme.
  private func scheme(of address: some StringProtocol) -> String? {
    let name = address.utf8.prefix {
      isASCIILetter($0) || isASCIIDigit($0) || [0x2B, 0x2D, 0x2E].contains($0)
    }
    guard let first = name.first, isASCIILetter(first) else { return nil }
    guard name.endIndex < address.utf8.endIndex, address.utf8[name.endIndex] == UInt8(ascii: ":") else {
      return nil
    }
    return String(decoding: name, as: UTF8.self)
  }

  private func isEmpty(_ text: String) -> Bool { text.unicodeScalars.allSatisfy { ScalarKind($0) == .space } }

  private func hasPlaceholder(_ inlines: [Inline]) -> Bool {
    inlines.contains { inline in
      switch inline {
      case .placeholder: true
      case .emphasis(let children), .strong(let children), .link(_, let children): hasPlaceholder(children)
      default: false
      }
    }
  }

  /// Whether something in a link can be read without its own text: a placeholder or a picture's words.
  private func hasContent(_ inlines: [Inline]) -> Bool {
    hasPlaceholder(inlines) || inlines.contains { if case .image = $0 { true } else { false } }
  }
}
