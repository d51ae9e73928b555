/// Reads the HTML of one table as a browser would, knowing nothing of how it was written.
struct TableReader {
  struct Cell {
    var isHeader: Bool
    var attributes: [String: String]
    /// What an eye sees.
    var shown = ""
    /// What a screen reader hears: hidden words too.
    var heard = ""
    var row = 0
    var column = 0
    var group = 0
    var rowSpan = 1
    var columnSpan = 1

    var id: String? { attributes["id"] }
    var classes: [String] { (attributes["class"] ?? "").split(separator: " ").map(String.init) }
  }

  private(set) var cells: [Cell] = []
  private(set) var width = 0
  private(set) var bodyRows = 0
  private(set) var ids: [String] = []
  /// Cells over which another one lies.
  private(set) var overlaps = 0
  private(set) var gaps = 0

  init(_ html: String) {
    var taken: [Int: Set<Int>] = [:]
    var (row, column, group, inBody, isRunning) = (-1, 0, -1, false, false)
    var open: Cell?
    var hiddenDepth = 0
    var spans: [Bool] = []
    var rest = Substring(html)
    while let start = rest.firstIndex(of: "<") {
      Self.add(String(rest[..<start]), to: &open, hidden: hiddenDepth > 0)
      guard let end = rest[start...].firstIndex(of: ">") else { break }
      let (name, attributes) = Self.tag(String(rest[rest.index(after: start)..<end]))
      rest = rest[rest.index(after: end)...]
      if let id = attributes["id"] { ids.append(id) }
      switch name {
      case "tbody": (group, inBody) = (group + 1, true)
      case "tr":
        isRunning = attributes["aria-hidden"] == "true"
        if !isRunning { (row, column) = (row + 1, 0) }
        if inBody { bodyRows += 1 }
      case "td", "th":
        guard !isRunning else { continue }
        while taken[row, default: []].contains(column) { column += 1 }
        open = Cell(
          isHeader: name == "th", attributes: attributes, row: row, column: column,
          group: inBody ? group : -1,
          rowSpan: Int(attributes["rowspan"] ?? "1") ?? 0, columnSpan: Int(attributes["colspan"] ?? "1") ?? 0)
        if let cell = open {
          for y in row..<row + cell.rowSpan {
            for x in column..<column + cell.columnSpan {
              if !taken[y, default: []].insert(x).inserted { overlaps += 1 }
            }
          }
          column += cell.columnSpan
          width = max(width, column)
        }
      case "/td", "/th":
        if let cell = open { cells.append(cell) }
        open = nil
      case "span":
        let hides = attributes["class"] == "hidden"
        spans.append(hides)
        if hides { hiddenDepth += 1 }
      case "/span": if spans.popLast() == true { hiddenDepth -= 1 }
      default: break
      }
    }
    gaps = (0...max(row, 0)).map { width - taken[$0, default: []].count }.reduce(0, +)
  }

  var headerCells: [Cell] { cells.filter(\.isHeader) }
  var dataCells: [Cell] { cells.filter { !$0.isHeader && $0.group >= 0 } }

  /// The words of the headers that a data cell names, in its own order.
  func named(_ cell: Cell) -> [String] {
    (cell.attributes["headers"] ?? "").split(separator: " ").map { id in
      headerCells.first { $0.id == String(id) }?.shown ?? "?"
    }
  }

  /// The words of the headers that `scope` gives to a data cell, rows before columns.
  func scoped(_ cell: Cell) -> [String] {
    let rows = headerCells.filter { header in
      switch header.attributes["scope"] {
      case "row":
        header.group >= 0 && header.row <= cell.row && cell.row < header.row + header.rowSpan
      case "rowgroup":
        header.group == cell.group && header.row <= cell.row
      default: false
      }
    }
    let columns = headerCells.filter { header in
      ["col", "colgroup"].contains(header.attributes["scope"])
        && header.column <= cell.column && cell.column < header.column + header.columnSpan
    }
    return (rows + columns).map(\.shown)
  }

  func cell(_ text: String) -> Cell? { cells.first { $0.shown == text } }

  private static func add(_ text: String, to cell: inout Cell?, hidden: Bool) {
    let words = unescaped(text).replacing("\n", with: "")
    cell?.heard += words
    if !hidden { cell?.shown += words }
  }

  private static func tag(_ text: String) -> (String, [String: String]) {
    var attributes: [String: String] = [:]
    let name = text.prefix { $0 != " " }
    var rest = text.dropFirst(name.count)
    while let equals = rest.firstIndex(of: "="), let quote = rest[equals...].firstIndex(of: "\"") {
      let value = rest[rest.index(after: quote)...].prefix { $0 != "\"" }
      let names = rest[..<equals].split(separator: " ")
      if let last = names.last { attributes[String(last)] = unescaped(String(value)) }
      rest = rest[value.endIndex...].dropFirst()
    }
    return (String(name), attributes)
  }

  private static func unescaped(_ text: String) -> String {
    text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
      .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
  }
}

extension String {
  /// Replaces every occurrence, without Foundation.
  fileprivate func replacing(_ wanted: String, with other: String) -> String {
    split(separator: wanted, omittingEmptySubsequences: false).joined(separator: other)
  }
}
