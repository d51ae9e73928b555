/// Walks along the source of a leaf while its nodes are visited, and so knows where each of them stands.
///
/// libcmark's own positions of inlines are wrong behind a hard line break, in links over several lines and in
/// quotations. The nodes come in the order of the text, so matching them byte by byte is exact.
struct InlineCursor {
  /// The text of a node, and where each of its bytes stands in the rewritten text.
  struct Aligned {
    var bytes: [UInt8]
    var origins: [Int]
    /// Whether a byte was written with a backslash or as an entity.
    var isEscaped: [Bool]
  }

  private let bytes: [UInt8]
  private let syntax: InlineSyntax
  private let end: Int
  private let quoteDepth: Int
  private var spans: CodeSpans?
  private(set) var position: Int
  /// How often the cursor may look ahead for its place after an unforeseen piece of syntax.
  private var searchesLeft = 16

  init(_ bytes: [UInt8], from start: Int, to end: Int, quoteDepth: Int) {
    self.bytes = bytes
    syntax = InlineSyntax(bytes: bytes)
    self.end = min(end, bytes.count)
    position = min(start, self.end)
    self.quoteDepth = quoteDepth
  }

  mutating func text(_ literal: String) -> Aligned {
    var aligned = Aligned(bytes: Array(literal.utf8), origins: [], isEscaped: [])
    aligned.origins.reserveCapacity(aligned.bytes.count)
    aligned.isEscaped.reserveCapacity(aligned.bytes.count)
    var index = 0
    while index < aligned.bytes.count {
      let byte = aligned.bytes[index]
      if position < end, bytes[position] == UInt8(ascii: "&"), let next = entityEnd(aligned.bytes[index...]) {
        // An entity stands for one character, or for several that no other text gives.
        let length = scalarLength(byte)
        for _ in 0..<min(length, aligned.bytes.count - index) {
          aligned.origins.append(position)
          aligned.isEscaped.append(true)
          index += 1
        }
        position = next
        continue
      }
      // A backslash before punctuation never stands for itself.
      if position + 1 < end, bytes[position] == UInt8(ascii: "\\"), bytes[position + 1] == byte,
        isASCIIPunctuation(byte)
      {
        note(&aligned, escaped: true)
        position += 1
      } else if position < end, bytes[position] == byte {
        note(&aligned, escaped: false)
      } else if search(for: aligned.bytes[index...]) {
        note(&aligned, escaped: false)
      } else {
        aligned.origins.append(position)
        aligned.isEscaped.append(true)
        index += 1
        continue
      }
      position += 1
      index += 1
    }
    return aligned
  }

  /// Goes to the content of the next line.
  mutating func lineBreak() {
    while position < end, !isLineEnd(bytes[position]) { position += 1 }
    if position < end, bytes[position] == UInt8(ascii: "\r") { position += 1 }
    if position < end, bytes[position] == UInt8(ascii: "\n") { position += 1 }
    skipLineStart()
  }

  /// Goes over the stars or low lines of emphasis.
  mutating func delimiter(_ count: Int) {
    for _ in 0..<count {
      skipHinges()
      guard position < end, bytes[position] == UInt8(ascii: "*") || bytes[position] == UInt8(ascii: "_")
      else { return }
      position += 1
    }
  }

  mutating func codeSpan() {
    seek(UInt8(ascii: "`"))
    guard position < end else { return }
    let spans = spans ?? CodeSpans(in: bytes, position..<end)
    self.spans = spans
    let runEnd = syntax.runEnd(at: position, limit: end)
    position = spans.end(openedBy: position..<runEnd) ?? runEnd
  }

  /// Goes over text that stands in the source as it is, line breaks with their margins apart.
  mutating func verbatim(_ literal: String) {
    for byte in literal.utf8 {
      guard position < end else { return }
      if isLineEnd(byte) {
        if isLineEnd(bytes[position]) { position += 1 }
        if byte == UInt8(ascii: "\n") { skipQuotes() }
      } else if bytes[position] == byte {
        position += 1
      }
    }
  }

  /// Whether the link that begins here is an address in angle brackets.
  var isAtAngle: Bool { position < end && bytes[position] == UInt8(ascii: "<") }

  mutating func angleAddress() {
    while position < end, bytes[position] != UInt8(ascii: ">") { position += 1 }
    position = min(position + 1, end)
  }

  mutating func openBracket(isImage: Bool) {
    skipHinges()
    if isImage, position < end, bytes[position] == UInt8(ascii: "!") { position += 1 }
    if position < end, bytes[position] == UInt8(ascii: "[") { position += 1 }
  }

  mutating func closeBracket() {
    skipHinges()
    guard position < end, bytes[position] == UInt8(ascii: "]") else { return }
    position += 1
    if let behind = syntax.destinationEnd(at: position, limit: end) { position = behind }
  }

  /// Goes over hinges that stand before a delimiter.
  mutating func skipHinges() {
    while position + 2 < end, bytes[position] == 0xEE, bytes[position + 1] == 0x80,
      bytes[position + 2] == 0x80
    {
      position += 3
    }
  }

  private func note(_ aligned: inout Aligned, escaped: Bool) {
    aligned.origins.append(position)
    aligned.isEscaped.append(escaped)
  }

  private mutating func seek(_ byte: UInt8) {
    var offset = position
    while offset < end, bytes[offset] != byte { offset += 1 }
    if offset < end { position = offset }
  }

  private mutating func search(for rest: ArraySlice<UInt8>) -> Bool {
    guard searchesLeft > 0 else { return false }
    searchesLeft -= 1
    let wanted = rest.prefix(12)
    var offset = position
    while offset + wanted.count <= end {
      if bytes[offset..<offset + wanted.count].elementsEqual(wanted) {
        position = offset
        return true
      }
      offset += 1
    }
    return false
  }

  /// The end of the entity that begins here, unless the text has it as it is written.
  private func entityEnd(_ text: ArraySlice<UInt8>) -> Int? {
    var offset = position + 1
    let limit = min(end, position + 40)
    while offset < limit, isASCIILetter(bytes[offset]) || isASCIIDigit(bytes[offset]) || bytes[offset] == 0x23
    {
      offset += 1
    }
    guard offset < limit, offset > position + 1, bytes[offset] == UInt8(ascii: ";") else { return nil }
    return text.starts(with: bytes[position...offset]) ? nil : offset + 1
  }

  private func scalarLength(_ byte: UInt8) -> Int { byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4 }

  private mutating func skipLineStart() {
    skipQuotes()
    while position < end, isBlank(bytes[position]) { position += 1 }
  }

  private mutating func skipQuotes() {
    var quotes = 0
    var offset = position
    while offset < end, quotes < quoteDepth {
      if bytes[offset] == UInt8(ascii: ">") {
        quotes += 1
        position = offset + 1
      } else if !isBlank(bytes[offset]) {
        break
      }
      offset += 1
    }
    if quotes > 0, position < end, isBlank(bytes[position]) { position += 1 }
  }
}
