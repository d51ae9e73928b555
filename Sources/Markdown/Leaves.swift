/// A stretch of lines that Markdown reads as running text, or that it leaves as it is.
struct Leaf {
  enum Kind {
    case paragraph, heading, verbatim
  }

  var kind: Kind
  /// Lines counted from 0.
  var lines: ClosedRange<Int>
  /// The byte where the content of the first line begins.
  var start: Int
  var end: Int
}

/// Which lines are text and which are code: a first reading, before placeholders are taken out.
struct Leaves {
  private(set) var all: [Leaf] = []
  private(set) var verbatimLines: Set<Int> = []
  /// Where a line would define a link's address elsewhere (`[说明]: 地址`).
  ///
  /// Such a line would vanish from the page, and `[注]：` mistyped as `[注]:` is one: so it stays text.
  let definitions: Set<Int>

  init(in source: SourceText) {
    let bytes = source.bytes
    let starts = definitionStarts(in: bytes, source.lines)
    definitions = Set(starts)
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count + starts.count)
    var copied = 0
    for start in starts {
      text += bytes[copied..<start]
      text.append(UInt8(ascii: "\\"))
      copied = start
    }
    text += bytes[copied...]
    guard let tree = CommonMarkTree(text) else { return }
    var found: [Leaf] = []
    tree.forEachNode { node in
      let kind: Leaf.Kind
      switch node.kind {
      case .paragraph: kind = .paragraph
      case .heading: kind = .heading
      case .code, .htmlBlock: kind = .verbatim
      default: return
      }
      let start = node.start
      let lastLine = min(node.endLine, source.lines.lineCount - 1)
      guard start.line <= lastLine else { return }
      let end = source.lines.start(of: lastLine + 1)
      let first = min(source.lines.start(of: start.line) + start.column, end)
      found.append(Leaf(kind: kind, lines: start.line...lastLine, start: first, end: end))
    }
    all = found
    for leaf in found where leaf.kind == .verbatim { verbatimLines.formUnion(leaf.lines) }
  }
}

/// The bytes where a line begins with `[label]:`, behind whatever marks of quotations and lists.
private func definitionStarts(in bytes: [UInt8], _ lines: LineTable) -> [Int] {
  var starts: [Int] = []
  for line in 0..<lines.lineCount {
    let end = lines.start(of: line + 1)
    let start = contentStart(in: bytes, lines.start(of: line)..<end)
    if start < end, bytes[start] == UInt8(ascii: "["), definesAddress(bytes, at: start) {
      starts.append(start)
    }
  }
  return starts
}

private func contentStart(in bytes: [UInt8], _ line: Range<Int>) -> Int {
  var offset = line.lowerBound
  while offset < line.upperBound {
    if isBlank(bytes[offset]) || bytes[offset] == UInt8(ascii: ">") {
      offset += 1
      continue
    }
    var marker = offset
    while marker < line.upperBound, marker - offset < 9, isASCIIDigit(bytes[marker]) { marker += 1 }
    let marks = marker > offset ? [UInt8(ascii: "."), UInt8(ascii: ")")] : Array("-+*".utf8)
    guard marker + 1 < line.upperBound, marks.contains(bytes[marker]), isBlank(bytes[marker + 1]) else {
      break
    }
    offset = marker + 2
  }
  return offset
}

private func definesAddress(_ bytes: [UInt8], at start: Int) -> Bool {
  var offset = start + 1
  let limit = min(bytes.count, start + 1002)
  while offset < limit {
    switch bytes[offset] {
    case UInt8(ascii: "["): return false
    case UInt8(ascii: "]"):
      return offset > start + 1 && offset + 1 < bytes.count && bytes[offset + 1] == UInt8(ascii: ":")
    case UInt8(ascii: "\\"): offset += 2
    default: offset += 1
    }
  }
  return false
}
