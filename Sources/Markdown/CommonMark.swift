import CCmark

/// A tree made by libcmark; its memory is given back with this value.
struct CommonMarkTree: ~Copyable {
  let root: CommonMarkNode

  init?(_ bytes: [UInt8]) {
    let pointer = bytes.withUnsafeBytes { buffer in
      // An empty array may have no address; the library wants one even for no bytes.
      guard let start = buffer.bindMemory(to: CChar.self).baseAddress else {
        return cmark_parse_document("", 0, CMARK_OPT_DEFAULT)
      }
      return cmark_parse_document(start, buffer.count, CMARK_OPT_DEFAULT)
    }
    guard let pointer else { return nil }
    root = CommonMarkNode(pointer: pointer)
  }

  deinit { cmark_node_free(root.pointer) }

  /// Calls a function with every node, parents first, however deep the tree is.
  func forEachNode(_ body: (CommonMarkNode) -> Void) {
    guard let iterator = cmark_iter_new(root.pointer) else { return }
    defer { cmark_iter_free(iterator) }
    while true {
      let event = cmark_iter_next(iterator)
      if event == CMARK_EVENT_DONE || event == CMARK_EVENT_NONE { return }
      guard event == CMARK_EVENT_ENTER, let pointer = cmark_iter_get_node(iterator) else { continue }
      body(CommonMarkNode(pointer: pointer))
    }
  }
}

/// A node of a living tree.
struct CommonMarkNode {
  enum Kind {
    case document, quote, list, item, code, htmlBlock, paragraph, heading, thematicBreak
    case text, softBreak, lineBreak, codeSpan, htmlInline, emphasis, strong, link, image, other
  }

  fileprivate let pointer: OpaquePointer

  fileprivate init(pointer: OpaquePointer) { self.pointer = pointer }

  var kind: Kind {
    switch cmark_node_get_type(pointer) {
    case CMARK_NODE_DOCUMENT: .document
    case CMARK_NODE_BLOCK_QUOTE: .quote
    case CMARK_NODE_LIST: .list
    case CMARK_NODE_ITEM: .item
    case CMARK_NODE_CODE_BLOCK: .code
    case CMARK_NODE_HTML_BLOCK: .htmlBlock
    case CMARK_NODE_PARAGRAPH: .paragraph
    case CMARK_NODE_HEADING: .heading
    case CMARK_NODE_THEMATIC_BREAK: .thematicBreak
    case CMARK_NODE_TEXT: .text
    case CMARK_NODE_SOFTBREAK: .softBreak
    case CMARK_NODE_LINEBREAK: .lineBreak
    case CMARK_NODE_CODE: .codeSpan
    case CMARK_NODE_HTML_INLINE: .htmlInline
    case CMARK_NODE_EMPH: .emphasis
    case CMARK_NODE_STRONG: .strong
    case CMARK_NODE_LINK: .link
    case CMARK_NODE_IMAGE: .image
    default: .other
    }
  }

  var children: [CommonMarkNode] {
    var nodes: [CommonMarkNode] = []
    var next = cmark_node_first_child(pointer)
    while let pointer = next {
      nodes.append(CommonMarkNode(pointer: pointer))
      next = cmark_node_next(pointer)
    }
    return nodes
  }

  var literal: String { string(cmark_node_get_literal(pointer)) }
  var fenceInfo: String { string(cmark_node_get_fence_info(pointer)) }
  var destination: String { string(cmark_node_get_url(pointer)) }
  var title: String { string(cmark_node_get_title(pointer)) }
  var headingLevel: Int { Int(cmark_node_get_heading_level(pointer)) }
  var isOrderedList: Bool { cmark_node_get_list_type(pointer) == CMARK_ORDERED_LIST }
  var isTightList: Bool { cmark_node_get_list_tight(pointer) != 0 }
  var listStart: Int { Int(cmark_node_get_list_start(pointer)) }

  /// Line and byte column of a block, counted from 0.
  ///
  /// The library's positions of inlines are not to be trusted.
  var start: (line: Int, column: Int) {
    (
      max(Int(cmark_node_get_start_line(pointer)) - 1, 0),
      max(Int(cmark_node_get_start_column(pointer)) - 1, 0)
    )
  }

  /// The last line of a block, counted from 0.
  var endLine: Int { max(Int(cmark_node_get_end_line(pointer)) - 1, start.line) }

  private func string(_ pointer: UnsafePointer<CChar>?) -> String {
    pointer.map { String(cString: $0) } ?? ""
  }
}
