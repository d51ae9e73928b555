import Diagnostics

/// Prepares the text for libcmark: placeholders go out, emphasis beside Chinese punctuation is mended.
///
/// CommonMark's rules of emphasis know words between spaces. In `本年**“三公”经费**支出` the stars stand between a
/// letter and a punctuation mark, and so count as closing only. A hinge between the two, a character that
/// counts as a letter, makes them able to open and to close; it is taken out again with the nodes.
struct Rewriter {
  private let source: SourceText
  private let bytes: [UInt8]
  private let syntax: InlineSyntax
  private let leaves: Leaves
  private(set) var result: RewrittenText
  /// Up to where the original has been copied or replaced.
  private var position = 0

  init(_ source: SourceText, _ leaves: Leaves) {
    self.source = source
    self.leaves = leaves
    bytes = source.bytes
    syntax = InlineSyntax(bytes: source.bytes)
    result = RewrittenText(capacity: source.bytes.count)
  }

  mutating func rewrite(_ findings: inout [Finding]) -> RewrittenText {
    for leaf in leaves.all where leaf.kind != .verbatim && leaf.end > position {
      copy(upTo: max(leaf.start, position))
      rewriteLeaf(leaf, &findings)
    }
    copy(upTo: bytes.count)
    return result
  }

  private mutating func rewriteLeaf(_ leaf: Leaf, _ findings: inout [Finding]) {
    if position == leaf.start, leaves.definitions.contains(position) {
      result.insert(RewrittenText.hinge)
      if let place = addressDefinition(at: position, limit: leaf.end) {
        findings.append(.referenceDefinition(at: source.place(place)))
      }
    }
    var spans: CodeSpans?
    var before = ScalarKind.space
    var strongIsOpen = false
    var mayReportUnclosed = true
    while position < leaf.end {
      switch bytes[position] {
      case UInt8(ascii: "\\"):
        let next = position + 1
        copy(upTo: next < leaf.end && isASCIIPunctuation(bytes[next]) ? next + 1 : next)
        before = .punctuation
      case UInt8(ascii: "`"):
        if spans == nil { spans = CodeSpans(in: bytes, position..<leaf.end) }
        let runEnd = syntax.runEnd(at: position, limit: leaf.end)
        copy(upTo: spans?.end(openedBy: position..<runEnd) ?? runEnd)
        before = .punctuation
      case UInt8(ascii: "<"):
        copy(upTo: syntax.angleEnd(at: position, limit: leaf.end) ?? position + 1)
        before = .punctuation
      case UInt8(ascii: "]"):
        copy(upTo: syntax.destinationEnd(at: position + 1, limit: leaf.end) ?? position + 1)
        before = .punctuation
      case UInt8(ascii: "{") where syntax.isOpening(at: position, limit: leaf.end):
        if let end = placeholderEnd(at: position, in: leaf) {
          takeOut(position..<end, &findings)
          before = .other
        } else {
          if mayReportUnclosed {
            findings.append(.unclosedPlaceholder(at: source.place(position..<position + 2)))
          }
          mayReportUnclosed = false
          copy(upTo: position + 2)
          before = .punctuation
        }
      case UInt8(ascii: "*"):
        let end = syntax.runEnd(at: position, limit: leaf.end)
        rewriteStars(upTo: end, before: before, after: kind(at: end, in: leaf), &strongIsOpen)
        before = .punctuation
      default:
        var end = position + 1
        while end < leaf.end, !Self.isSpecial(bytes[end]) { end += 1 }
        before = kind(before: end)
        copy(upTo: end)
      }
    }
  }

  /// Puts hinges around a run of stars where Chinese writing needs them.
  private mutating func rewriteStars(
    upTo end: Int, before: ScalarKind, after: ScalarKind, _ strongIsOpen: inout Bool
  ) {
    let count = end - position
    if count == 1, before == .digit, after == .digit {
      // 3*4 is a product; CommonMark would swallow the sign in 3*4*5.
      result.insert("\\")
      return copy(upTo: end)
    }
    let touches = before != .space && after != .space
    // `**甲。****乙。**`: the four are two that close and two that open.
    let splits = count == 4 && touches && strongIsOpen
    let single = count == 1
    let hingesBefore =
      before == .punctuation && (splits || after == .other || (after.isLetter && !single))
    let hingesAfter =
      after == .punctuation && (splits || before == .other || (before.isLetter && !single))
    if hingesBefore { result.insert(RewrittenText.hinge) }
    if splits {
      copy(upTo: position + 2)
      result.insert(RewrittenText.hinge)
    }
    copy(upTo: end)
    if hingesAfter { result.insert(RewrittenText.hinge) }
    if (count == 2 || count == 3) && (before != .space || after != .space) { strongIsOpen.toggle() }
  }

  /// The end of a placeholder: before the next one, a blank line, and any code.
  private func placeholderEnd(at start: Int, in leaf: Leaf) -> Int? {
    // An ATX heading ends with its line; anything else may go on until a blank line.
    let limit = leaf.kind == .heading && leaf.lines.count == 1 ? leaf.end : bytes.count
    var offset = start + 2
    while offset < limit {
      if syntax.isClosing(at: offset, limit: limit) { return offset + 2 }
      if syntax.isOpening(at: offset, limit: limit) { return nil }
      if isLineEnd(bytes[offset]) {
        if offset + 1 < limit, bytes[offset] == UInt8(ascii: "\r"), bytes[offset + 1] == UInt8(ascii: "\n") {
          offset += 1
        }
        let line = source.lines.line(at: offset) + 1
        if leaves.verbatimLines.contains(line) { return nil }
        let next = source.lines.start(of: line)..<source.lines.contentEnd(of: line, in: bytes)
        if bytes[next].allSatisfy({ isBlank($0) || $0 == UInt8(ascii: ">") }) { return nil }
      }
      offset += 1
    }
    return nil
  }

  private mutating func takeOut(_ range: Range<Int>, _ findings: inout [Finding]) {
    var inner = range.lowerBound + 2..<range.upperBound - 2
    func isOuter(_ byte: UInt8) -> Bool { isBlank(byte) || isLineEnd(byte) }
    while let first = bytes[inner].first, isOuter(first) { inner = inner.lowerBound + 1..<inner.upperBound }
    while let last = bytes[inner].last, isOuter(last) { inner = inner.lowerBound..<inner.upperBound - 1 }
    if inner.isEmpty { findings.append(.emptyPlaceholder(at: source.place(range))) }
    var text = Array(bytes[inner])
    var isLineStart = false
    for offset in text.indices {
      if isLineEnd(text[offset]) {
        isLineStart = true
      } else if isLineStart, text[offset] == UInt8(ascii: ">") {
        text[offset] = UInt8(ascii: " ")
      } else if !isBlank(text[offset]) {
        isLineStart = false
      }
    }
    let placeholder = Placeholder(
      text: String(decoding: text, as: UTF8.self), place: source.place(inner), isBlock: false)
    result.insertPlaceholder(placeholder, replacing: range)
    position = range.upperBound
  }

  private mutating func copy(upTo end: Int) {
    guard end > position else { return }
    result.copy(position..<end, of: bytes)
    position = end
  }

  private func kind(at offset: Int, in leaf: Leaf) -> ScalarKind {
    guard offset < leaf.end else { return .space }
    if syntax.isOpening(at: offset, limit: leaf.end), placeholderEnd(at: offset, in: leaf) != nil {
      return .other
    }
    return ScalarKind(decodeScalar(bytes, at: offset))
  }

  /// The kind of the character that ends before a byte.
  private func kind(before end: Int) -> ScalarKind {
    var start = end - 1
    while start > 0, isContinuation(bytes[start]) { start -= 1 }
    return ScalarKind(decodeScalar(bytes, at: start))
  }

  /// Whether something other than plain text may begin with a byte.
  private static func isSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "\\"), UInt8(ascii: "`"), UInt8(ascii: "<"), UInt8(ascii: "]"), UInt8(ascii: "{"),
      UInt8(ascii: "*"):
      true
    default: false
    }
  }

  /// The range of `[label]: address` if what follows the colon is an address and not words.
  private func addressDefinition(at start: Int, limit: Int) -> Range<Int>? {
    guard let close = bytes[start..<limit].firstIndex(of: UInt8(ascii: "]")), close + 2 < limit else {
      return nil
    }
    if bytes[start + 1] == UInt8(ascii: "^") { return nil }
    let address = bytes[(close + 2)..<limit].drop { isBlank($0) || isLineEnd($0) }
      .prefix { !isBlank($0) && !isLineEnd($0) }
    let isAddress =
      address.first.map {
        [UInt8(ascii: "<"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "#")].contains($0)
      }
      ?? false
    let text = String(decoding: address, as: UTF8.self)
    return isAddress || text.contains("://") || text.hasPrefix("mailto:") || text.hasPrefix("www.")
      ? start..<close + 2 : nil
  }
}
