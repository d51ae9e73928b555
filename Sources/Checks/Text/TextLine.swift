import Content
import Diagnostics
import Markdown

/// A paragraph, list item or heading of a narrative as one line of scalars, each with its place in the file.
///
/// Blanks between Chinese writing and quotation marks are left out and punctuation is full-width, so that words are
/// found however they are typed. What formulas gave stands in the line too, as words around typed figures.
struct TextLine {
  private(set) var scalars: [Unicode.Scalar] = []
  private var lines: [Int32] = []
  private var columns: [Int32] = []
  /// What formulas gave.
  private(set) var computed: [Range<Int>] = []
  /// The headings above, outermost first, by their place among all passages.
  var headings: [Int] = []
  /// The paragraph that introduces the list this stands in.
  var lead: Int?
  var isHeading = false
  private var owesBlank = false

  func place(_ range: Range<Int>, in file: String) -> Place {
    guard range.lowerBound < scalars.count, !range.isEmpty else {
      return Place(file: file, line: 1, column: 1)
    }
    let (line, column) = (lines[range.lowerBound], columns[range.lowerBound])
    let last = range.upperBound - 1
    let length = lines[last] == line ? max(1, Int(columns[last] - column) + 1) : 1
    return Place(file: file, line: Int(line), column: Int(column), length: length)
  }

  func text(_ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[range])
    return String(view)
  }

  func isComputed(_ range: Range<Int>) -> Bool { computed.contains { $0.overlaps(range) } }

  /// Whether words stand at a place.
  func has(_ words: [Unicode.Scalar], at start: Int) -> Bool {
    guard start >= 0, start + words.count <= scalars.count else { return false }
    for offset in words.indices where scalars[start + offset] != words[offset] { return false }
    return true
  }

  mutating func append(_ text: String, at place: Place, isComputed: Bool = false) {
    let start = scalars.count
    var column = place.column
    for scalar in text.unicodeScalars {
      append(scalar, line: place.line, column: column)
      if !isComputed { column += 1 }
    }
    if isComputed, scalars.count > start { computed.append(start..<scalars.count) }
  }

  mutating func appendBreak() { owesBlank = true }

  private mutating func append(_ scalar: Unicode.Scalar, line: Int, column: Int) {
    switch scalar {
    case " ", "\t", "\n", "\r", "\u{A0}", "\u{3000}", "\u{200B}":
      owesBlank = true
      return
    case "“", "”", "‘", "’", "\"", "'", "《", "》", "「", "」": return
    default: break
    }
    let unified = unifiedScalar(scalar)
    if owesBlank, let last = scalars.last, isWordASCII(last), isWordASCII(unified) {
      put(" ", line: line, column: column)
    }
    owesBlank = false
    put(unified, line: line, column: column)
  }

  private mutating func put(_ scalar: Unicode.Scalar, line: Int, column: Int) {
    scalars.append(scalar)
    lines.append(Int32(clamping: line))
    columns.append(Int32(clamping: column))
  }
}

/// Digits and percent signs half-width, punctuation full-width but for the comma and the point, which numbers use.
private func unifiedScalar(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
  switch scalar {
  case "(": "（"
  case ")": "）"
  case ":": "："
  case ";": "；"
  case "！", "!": "。"
  case "？", "?": "。"
  case "％": "%"
  case "．": "."
  case "，": "，"
  case "－", "−": "-"
  case "０"..."９": Unicode.Scalar(scalar.value - 0xFF10 + 0x30) ?? scalar
  default: scalar
  }
}

private func isWordASCII(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar {
  case "0"..."9", "a"..."z", "A"..."Z": true
  default: false
  }
}

/// Words as passages hold them.
func passageScalars(_ text: some StringProtocol) -> [Unicode.Scalar] {
  var passage = TextLine()
  passage.append(String(text), at: Place(file: "", line: 1, column: 1))
  return passage.scalars
}

/// Reads the passages of a narrative, in reading order.
struct PassageReader {
  private(set) var passages: [TextLine] = []
  private let narrative: Narrative
  private var headings: [(depth: Int, passage: Int)] = []

  init(_ narrative: Narrative) {
    self.narrative = narrative
    read(narrative.document.blocks, lead: nil)
  }

  private mutating func read(_ blocks: [Block], lead: Int?) {
    var last: Int?
    for block in blocks {
      switch block {
      case .heading(let heading):
        while let open = headings.last, open.depth >= heading.depth { headings.removeLast() }
        let index = add(heading.inlines, lead: nil, isHeading: true)
        headings.append((heading.depth, index))
        last = nil
      case .paragraph(let inlines, _): last = add(inlines, lead: lead ?? nil)
      case .list(let list):
        for item in list.items { read(item: item, lead: last ?? lead) }
        last = nil
      case .quote(let inner, _): read(inner, lead: lead)
      case .code, .thematicBreak, .placeholder: last = nil
      }
    }
  }

  /// What is nested in an item is introduced by the item's own words.
  private mutating func read(item: [Block], lead: Int?) {
    guard case .paragraph(let inlines, _)? = item.first else { return read(item, lead: lead) }
    let own = add(inlines, lead: lead)
    read(Array(item.dropFirst()), lead: own)
  }

  private mutating func add(_ inlines: [Inline], lead: Int?, isHeading: Bool = false) -> Int {
    var passage = TextLine()
    append(inlines, to: &passage)
    passage.headings = headings.map(\.passage)
    passage.lead = lead
    passage.isHeading = isHeading
    passages.append(passage)
    return passages.count - 1
  }

  private func append(_ inlines: [Inline], to passage: inout TextLine) {
    for inline in inlines {
      switch inline {
      case .text(let text, let place): passage.append(text, at: place)
      case .code(let text, let place): passage.append(text, at: place)
      case .softBreak, .lineBreak: passage.appendBreak()
      case .emphasis(let inner), .strong(let inner), .link(_, let inner): append(inner, to: &passage)
      case .image: break
      case .placeholder(let index):
        guard narrative.insertions.indices.contains(index),
          case .text(let text) = narrative.insertions[index],
          narrative.document.placeholders.indices.contains(index)
        else { continue }
        passage.append(text, at: narrative.document.placeholders[index].place, isComputed: true)
      }
    }
  }
}
