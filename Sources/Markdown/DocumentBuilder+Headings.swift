import Diagnostics

extension DocumentBuilder {
  /// A heading with its anchor and number; one inside a list or a quotation is outside the outline.
  mutating func heading(_ node: CommonMarkNode, _ around: Surroundings) -> Heading {
    let range = range(of: node)
    let isInOutline = around.depth == 1
    let depth = max(node.headingLevel - topLevel + 1, 1)
    var inlines = inlines(of: node, in: range, around)
    var number: HeadingNumber?
    if isInOutline {
      if depth > lastDepth + 1 {
        findings.append(.headingJump(from: lastDepth, to: depth, at: place(range)))
      }
      lastDepth = depth
      number = counter.next(depth: depth)
    }
    if let number, let (typed, at) = dropTypedNumber(from: &inlines), typed.number != number {
      findings.append(.headingNumber(typed: typed.text, automatic: number.text, at: at))
    }
    let text = plainText(of: inlines)
    if inlines.isEmpty { findings.append(.emptyHeading(at: place(range))) }
    let heading = Heading(
      level: node.headingLevel, depth: depth, id: anchors.anchor(for: text), number: number?.text, text: text,
      inlines: inlines, place: place(range))
    document.headings.append(heading)
    return heading
  }

  /// Takes a number typed by hand from the head of a heading, also from within emphasis.
  private func dropTypedNumber(from inlines: inout [Inline]) -> (TypedNumber, Place)? {
    guard let first = inlines.first else { return nil }
    switch first {
    case .text(let text, let place):
      guard let typed = TypedNumber(at: text) else { return nil }
      var rest = place
      rest.column += typed.length
      rest.length = max(place.length - typed.length, 0)
      let words = String(text.unicodeScalars.dropFirst(typed.length))
      inlines.replaceSubrange(0..<1, with: words.isEmpty ? [] : [.text(words, rest)])
      var marked = place
      marked.length = typed.text.unicodeScalars.count
      return (typed, marked)
    case .emphasis(var children):
      guard let found = dropTypedNumber(from: &children) else { return nil }
      inlines.replaceSubrange(0..<1, with: children.isEmpty ? [] : [.emphasis(children)])
      return found
    case .strong(var children):
      guard let found = dropTypedNumber(from: &children) else { return nil }
      inlines.replaceSubrange(0..<1, with: children.isEmpty ? [] : [.strong(children)])
      return found
    default: return nil
    }
  }
}
