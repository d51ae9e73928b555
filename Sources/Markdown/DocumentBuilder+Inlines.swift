import Diagnostics

extension DocumentBuilder {
  /// What is collected while one leaf is read.
  struct LeafReading {
    var cursor: InlineCursor
    /// Runs of stars, and of `~~`, that stayed text.
    var stars: [(text: String, range: Range<Int>)] = []
    var tildes: [Range<Int>] = []
    /// Double low lines, which make nothing bold within Chinese writing.
    var lowLines: [Range<Int>] = []
  }

  /// The inlines of a paragraph or heading.
  mutating func inlines(of node: CommonMarkNode, in range: Range<Int>, _ around: Surroundings) -> [Inline] {
    var start = range.lowerBound
    if node.kind == .heading {
      while start < range.upperBound, rewritten.bytes[start] == UInt8(ascii: "#") { start += 1 }
      while start < range.upperBound, isBlank(rewritten.bytes[start]) { start += 1 }
    }
    var reading = LeafReading(
      cursor: InlineCursor(rewritten.bytes, from: start, to: range.upperBound, quoteDepth: around.quotes))
    let inlines = inlines(of: node, &reading, depth: around.depth)
    // Of each pair only the first is reported: one fault, one finding.
    for (index, run) in reading.stars.enumerated() where index % 2 == 0 {
      findings.append(.literalEmphasis(run.text, at: place(run.range)))
    }
    for (index, run) in reading.tildes.enumerated() where index % 2 == 0 && index + 1 < reading.tildes.count {
      findings.append(.strikethrough(at: place(run)))
    }
    for (index, run) in reading.lowLines.enumerated()
    where index % 2 == 0 && index + 1 < reading.lowLines.count {
      findings.append(.literalEmphasis("__", at: place(run)))
    }
    return inlines
  }

  /// The inlines within a node, in a leaf that is being read.
  mutating func inlines(
    of node: CommonMarkNode, _ reading: inout LeafReading, depth: Int
  ) -> [Inline] {
    let start = reading.cursor.position
    guard mayDescend(depth, at: start..<start) else { return [] }
    var result: [Inline] = []
    for child in node.children { result += inline(child, &reading, depth: depth) }
    return result
  }

  private mutating func inline(
    _ node: CommonMarkNode, _ reading: inout LeafReading, depth: Int
  ) -> [Inline] {
    let start = reading.cursor.position
    switch node.kind {
    case .text: return text(reading.cursor.text(node.literal), &reading)
    case .softBreak:
      reading.cursor.lineBreak()
      return [.softBreak]
    case .lineBreak:
      reading.cursor.lineBreak()
      return [.lineBreak]
    case .codeSpan:
      reading.cursor.codeSpan()
      return [.code(rewritten.restored(node.literal), place(start..<reading.cursor.position))]
    case .htmlInline:
      reading.cursor.verbatim(node.literal)
      let place = place(start..<reading.cursor.position)
      let literal = rewritten.restored(node.literal)
      findings.append(.rawHTML(literal, at: place))
      return [.text(literal, place)]
    case .emphasis, .strong:
      let count = node.kind == .strong ? 2 : 1
      reading.cursor.delimiter(count)
      let children = inlines(of: node, &reading, depth: depth + 1)
      reading.cursor.delimiter(count)
      return [node.kind == .strong ? .strong(children) : .emphasis(children)]
    case .link, .image: return [link(node, &reading, depth: depth)]
    default: return []
    }
  }

  private mutating func text(_ aligned: InlineCursor.Aligned, _ reading: inout LeafReading) -> [Inline] {
    noteLeftovers(in: aligned, &reading)
    return rewritten.pieces(of: aligned.bytes).map { piece in
      switch piece {
      case .placeholder(let index): return .placeholder(index)
      case .text(let bytes, let first, let last):
        return .text(
          String(decoding: bytes, as: UTF8.self), place(aligned.origins[first]..<aligned.origins[last] + 1))
      }
    }
  }

  /// Notes marks that stayed text because this dialect does not know them or because they have no partner.
  private mutating func noteLeftovers(in text: InlineCursor.Aligned, _ reading: inout LeafReading) {
    var offset = 0
    while offset < text.bytes.count {
      let byte = text.bytes[offset]
      guard
        byte == UInt8(ascii: "*") || byte == UInt8(ascii: "~") || byte == UInt8(ascii: "_")
          || byte == UInt8(ascii: "["), !text.isEscaped[offset]
      else {
        offset += 1
        continue
      }
      if byte == UInt8(ascii: "[") {
        if let end = footnoteEnd(in: text.bytes, at: offset) {
          findings.append(.footnote(at: place(text.origins[offset]..<text.origins[end - 1] + 1)))
          offset = end
        } else {
          offset += 1
        }
        continue
      }
      var end = offset + 1
      while end < text.bytes.count, text.bytes[end] == byte, !text.isEscaped[end] { end += 1 }
      let range = text.origins[offset]..<text.origins[end - 1] + 1
      // Longer rows of stars stand for hidden digits.
      if byte == UInt8(ascii: "*"), (2...3).contains(end - offset) {
        reading.stars.append((String(repeating: "*", count: end - offset), range))
      }
      if byte == UInt8(ascii: "_"), end - offset == 2 { reading.lowLines.append(range) }
      if byte == UInt8(ascii: "~"), end - offset == 2 { reading.tildes.append(range) }
      offset = end
    }
  }

  /// The end of `[^1]`.
  private func footnoteEnd(in bytes: [UInt8], at start: Int) -> Int? {
    guard start + 2 < bytes.count, bytes[start + 1] == UInt8(ascii: "^") else { return nil }
    let label = bytes[(start + 2)...].prefix(64).prefix {
      $0 > 0x20 && $0 != UInt8(ascii: "]") && $0 != UInt8(ascii: "[")
    }
    guard !label.isEmpty, label.endIndex < bytes.count, bytes[label.endIndex] == UInt8(ascii: "]") else {
      return nil
    }
    return label.endIndex + 1
  }
}
