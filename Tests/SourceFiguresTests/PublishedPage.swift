/// One published disclosure, read from its HTML: its tables and sheets by title, and its running text.
struct PublishedPage {
  /// A table, or a sheet with its fields, texts and tables.
  struct Block {
    /// Without year, number and brackets: `项目支出绩效自评表劳模慰问费`.
    var title: String
    /// The heading of the text that the block stands under.
    var heading: String
    var cells: [PublishedCell] = []
    var fields: [PublishedCell] = []
  }

  var unit = ""
  var blocks: [Block] = []
  /// What an eye reads of the disclosure itself, taken apart: title, text, sheets and tables. What the site
  /// adds of its own is left out: contents, key figures, 信息公开事项, units of tables, downloads.
  var text: [String] = []
  /// The day on which the document was written (成文日期), taken apart.
  var written: [String] = []

  init(_ html: String) {
    guard let main = Element.read(html).first("main") else { return }
    for fact in main.descendants where fact.classes.contains("info") {
      for entry in fact.children {
        let value = entry.first("dd")?.text ?? ""
        switch entry.first("dt").map({ label($0.text) }) {
        case "发布机构": unit = label(value)
        case "成文日期": written = tokens(in: value).filter { $0 != "\n" }
        default: break
        }
      }
    }
    var heading = ""
    collect(main, &heading)
    text = tokens(in: main.readable { $0.name == "nav" || !Self.ownWords.isDisjoint(with: $0.classes) })
  }

  private static let ownWords: Set<Substring> = [
    "block", "info", "byline", "table-facts", "running", "downloads", "back",
  ]

  /// The block of a title; else the only one under a heading of this name, as paper names a table that has
  /// no title.
  func block(_ title: String) -> Block? {
    let wanted = label(title.replacing("#", with: ""))
    if let named = blocks.first(where: { $0.title == wanted }) { return named }
    let below = blocks.filter { $0.heading == wanted }
    return below.count == 1 ? below[0] : nil
  }

  private mutating func collect(_ element: Element, _ heading: inout String) {
    for child in element.children {
      if child.classes.contains("data-table") {
        var block = Block(title: Self.title(of: child), heading: heading)
        if let table = child.first("table") { block.cells = TableGrid(table).published(caption: []) }
        blocks.append(block)
      } else if child.classes.contains("sheet") {
        blocks.append(Self.sheet(child, under: heading))
      } else if ["h1", "h2", "h3", "h4", "h5", "h6"].contains(child.name) {
        heading = label(child.readable { $0.classes.contains("number") })
      } else {
        collect(child, &heading)
      }
    }
  }

  /// A sheet in the order of paper; a heading over a group of fields leads to each of them, and to tables
  /// below it.
  private static func sheet(_ element: Element, under heading: String) -> Block {
    var block = Block(title: title(of: element), heading: heading)
    var section: [String] = []
    for part in element.descendants {
      if part.classes.contains("block-title") {
        section = [part.text]
      } else if part.classes.contains("texts") {
        section = part.children.filter { $0.classes.contains("block-title") }.map(\.text)
        for column in part.descendants where column.classes.contains("text-column") {
          let inner = column.children.filter { $0.classes.contains("text-heading") }.map(\.text)
          let words = column.children.filter { !$0.classes.contains("text-heading") }.map(\.text).joined()
          block.fields.append(
            PublishedCell(row: (section + inner).map { label($0) }, column: [], text: words))
        }
      } else if part.classes.contains("field") {
        let name = part.first("dt")?.text ?? ""
        let value = part.first("dd")?.text ?? ""
        block.fields.append(PublishedCell(row: (section + [name]).map { label($0) }, column: [], text: value))
      } else if part.name == "table" {
        let caption = part.first("caption")?.text ?? ""
        block.cells += TableGrid(part).published(caption: section + [caption])
      } else if part.classes.contains("notes") {
        block.fields.append(PublishedCell(row: ["备注"], column: [], text: part.text))
      }
    }
    return block
  }

  /// `2021年度项目支出绩效自评表（劳模慰问费）` is `项目支出绩效自评表劳模慰问费`, the list's `项目支出绩效自评表#劳模慰问费`.
  private static func title(of element: Element) -> String {
    let title = element.descendants.first { $0.classes.contains("table-title") }
    var words = Substring(bare(title?.readable { $0.classes.contains("table-number") } ?? ""))
    let year = words.prefix { $0.isNumber }
    if year.count == 4, words.dropFirst(4).hasPrefix("年") {
      words = words.dropFirst(5)
      if words.hasPrefix("度") { words = words.dropFirst() }
    }
    return label(words)
  }
}
