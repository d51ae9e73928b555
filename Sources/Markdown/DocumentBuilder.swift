import Diagnostics

/// Turns libcmark's tree into a document.
struct DocumentBuilder {
  /// Deeper nesting is no narrative, and would exhaust the stack.
  static let depthLimit = 100

  let source: SourceText
  var rewritten: RewrittenText
  let lines: LineTable
  var findings: [Finding] = []
  var document = MarkdownDocument()
  var counter: HeadingCounter
  var anchors = Anchors()
  var topLevel = 1
  var lastDepth = 0
  var reportedDepth = false

  init(_ source: SourceText, _ rewritten: RewrittenText, numbering: HeadingNumbering) {
    self.source = source
    self.rewritten = rewritten
    lines = LineTable(rewritten.bytes)
    counter = HeadingCounter(numbering)
  }

  mutating func build(_ findings: inout [Finding]) -> MarkdownDocument {
    guard let tree = CommonMarkTree(rewritten.bytes) else { return document }
    let top = tree.root.children
    topLevel = top.filter { $0.kind == .heading }.map(\.headingLevel).min() ?? 1
    for node in top { document.blocks += blocks(from: node, Surroundings()) }
    document.placeholders = rewritten.placeholders
    findings += self.findings
    return document
  }

  /// What stands around a block.
  struct Surroundings {
    var depth = 1
    var quotes = 0
    var isFirstOfItem = false

    func within(quote: Bool = false, firstOfItem: Bool = false) -> Surroundings {
      Surroundings(depth: depth + 1, quotes: quotes + (quote ? 1 : 0), isFirstOfItem: firstOfItem)
    }
  }

  private mutating func blocks(from node: CommonMarkNode, _ around: Surroundings) -> [Block] {
    guard mayDescend(around.depth, at: range(of: node)) else { return [] }
    switch node.kind {
    case .paragraph: return paragraph(node, around)
    case .heading: return [.heading(heading(node, around))]
    case .thematicBreak: return [.thematicBreak(place(of: node))]
    case .code: return [code(node)]
    case .htmlBlock:
      let literal = rewritten.restored(node.literal)
      findings.append(.rawHTML(literal, at: place(of: node)))
      return [.paragraph([.text(literal, place(of: node))], place(of: node))]
    case .quote:
      let children = node.children.flatMap { blocks(from: $0, around.within(quote: true)) }
      return [.quote(children, place(of: node))]
    case .list: return [.list(list(node, around))]
    default: return []
    }
  }

  private mutating func list(_ node: CommonMarkNode, _ around: Surroundings) -> List {
    var items: [[Block]] = []
    for item in node.children {
      var blocks: [Block] = []
      for (index, child) in item.children.enumerated() {
        blocks += self.blocks(from: child, around.within(firstOfItem: index == 0))
      }
      items.append(blocks)
    }
    return List(
      isOrdered: node.isOrderedList, start: node.listStart, isTight: node.isTightList, items: items,
      place: place(of: node))
  }

  private mutating func code(_ node: CommonMarkNode) -> Block {
    let start = range(of: node).lowerBound
    let isFenced = start < rewritten.bytes.count && [0x60, 0x7E].contains(rewritten.bytes[start])
    if !isFenced { findings.append(.indentedCode(at: place(of: node))) }
    let language = rewritten.restored(node.fenceInfo).split(separator: " ").first.map(String.init) ?? ""
    return .code(rewritten.restored(node.literal), language: language, place(of: node))
  }

  private mutating func paragraph(_ node: CommonMarkNode, _ around: Surroundings) -> [Block] {
    let range = range(of: node)
    if let header = tableHeader(in: range, quotes: around.quotes) {
      findings.append(.table(at: place(header)))
    }
    if around.isFirstOfItem, isTask(at: range) {
      findings.append(.taskList(at: place(range.lowerBound..<range.lowerBound + 3)))
    }
    let inlines = trimmed(inlines(of: node, in: range, around))
    if let indices = standingAlone(inlines) {
      for index in indices { rewritten.placeholders[index].isBlock = true }
      return indices.map { .placeholder($0) }
    }
    return [.paragraph(inlines, place(range))]
  }

  /// The placeholders of a paragraph in which each line holds one and nothing else.
  private func standingAlone(_ inlines: [Inline]) -> [Int]? {
    var indices: [Int] = []
    var expectsPlaceholder = true
    for inline in inlines {
      switch inline {
      case .placeholder(let index) where expectsPlaceholder:
        indices.append(index)
        expectsPlaceholder = false
      case .softBreak where !expectsPlaceholder, .lineBreak where !expectsPlaceholder:
        expectsPlaceholder = true
      default: return nil
      }
    }
    return indices.isEmpty || expectsPlaceholder ? nil : indices
  }

  /// A paragraph without the full-width blanks that many type at its head; the page indents by itself.
  private func trimmed(_ inlines: [Inline]) -> [Inline] {
    guard case .text(let text, var place)? = inlines.first else { return inlines }
    let rest = text.unicodeScalars.drop { ScalarKind($0) == .space }
    place.column += text.unicodeScalars.count - rest.count
    place.length = max(place.length - (text.unicodeScalars.count - rest.count), 0)
    return (rest.isEmpty ? [] : [.text(String(rest), place)]) + inlines.dropFirst()
  }

  /// Whether content of a given depth may be read; the first that may not is reported.
  mutating func mayDescend(_ depth: Int, at range: Range<Int>) -> Bool {
    if depth <= Self.depthLimit { return true }
    if !reportedDepth { findings.append(.tooDeep(Self.depthLimit, at: place(range))) }
    reportedDepth = true
    return false
  }

  /// The bytes of a block in the rewritten text.
  func range(of node: CommonMarkNode) -> Range<Int> {
    let start = lines.start(of: node.start.line) + node.start.column
    let end = lines.contentEnd(of: node.endLine, in: rewritten.bytes)
    return min(start, end)..<end
  }

  func place(of node: CommonMarkNode) -> Place { place(range(of: node)) }

  /// The place in the original of a stretch of the rewritten text.
  func place(_ range: Range<Int>) -> Place {
    let start = rewritten.original(of: range.lowerBound)
    return source.place(start..<max(start, rewritten.original(of: range.upperBound)))
  }
}
