/// One cell of a published table with all the labels that lead to it.
struct PublishedCell: Hashable {
  /// From outer to inner: the table's caption, the head of its panel, merged labels, labels less indented,
  /// the row's own label.
  var row: [String]
  /// The header cells above it, from outer to inner.
  var column: [String]
  var text: String
}

/// Reads the cells of an HTML table by the shape of its grid alone; identifiers and `headers` are not
/// looked at.
struct TableGrid {
  private struct Cell {
    var text: String
    var isHeader: Bool
    var isNumber: Bool
    var indent: Int
    var row: Int
    var column: Int
    var rowSpan: Int
    var columnSpan: Int
  }

  private var cells: [Cell] = []
  /// Index of the cell that covers a place.
  private var covering: [[Int?]] = []
  private var headRows = 0
  private var width = 0

  init(_ table: Element) {
    let head = table.children.first { $0.name == "thead" }?.children ?? []
    let body = table.children.filter { $0.name == "tbody" }.flatMap(\.children)
    // The running row repeats the title on each printed page.
    let rows = head.filter { !$0.classes.contains("running") }
    headRows = rows.count
    for (row, element) in (rows + body).enumerated() { add(element, as: row) }
  }

  private mutating func add(_ element: Element, as row: Int) {
    var column = 0
    for cell in element.children where cell.name == "td" || cell.name == "th" {
      while covered(row, column) != nil { column += 1 }
      let indent = cell.classes.lazy.compactMap { $0.hasPrefix("indent-") ? Int($0.dropFirst(7)) : nil }.first
      let made = Cell(
        text: cell.text, isHeader: cell.name == "th", isNumber: cell.classes.contains("number"),
        indent: indent ?? 0,
        row: row, column: column,
        rowSpan: Int(cell.attributes["rowspan"] ?? "1") ?? 1,
        columnSpan: Int(cell.attributes["colspan"] ?? "1") ?? 1)
      cells.append(made)
      for y in row..<row + made.rowSpan {
        for x in column..<column + made.columnSpan { cover(y, x, with: cells.count - 1) }
      }
      column += made.columnSpan
      width = max(width, column)
    }
  }

  private func covered(_ row: Int, _ column: Int) -> Int? {
    row < covering.count && column < covering[row].count ? covering[row][column] : nil
  }

  private mutating func cover(_ row: Int, _ column: Int, with index: Int) {
    while covering.count <= row { covering.append([]) }
    while covering[row].count <= column { covering[row].append(nil) }
    covering[row][column] = index
  }

  /// All cells of the body but its header cells.
  ///
  /// A panel begins with a label column to the right of figures: a list of two sides has two.
  func published(caption: [String]) -> [PublishedCell] {
    let labelColumns = labelColumns
    var panels: [(labels: [Int], columns: [Int])] = []
    for column in 0..<width {
      let isLabel = labelColumns.contains(column)
      let followsFigures = column > 0 && !labelColumns.contains(column - 1) && !isCode(column - 1)
      if panels.isEmpty || isLabel && followsFigures {
        panels.append(([], []))
      }
      panels[panels.count - 1].columns.append(column)
      if isLabel { panels[panels.count - 1].labels.append(column) }
    }
    return panels.flatMap { panel in
      let head = caption + headings(panel.labels)
      return (headRows..<max(headRows, covering.count)).flatMap { row in
        let labels = (head + panel.labels.indices.flatMap { leading(row, panel.labels, at: $0) }).map {
          label($0)
        }.filter { !$0.isEmpty }
        return panel.columns.compactMap { column -> PublishedCell? in
          guard let index = covered(row, column), !cells[index].isHeader else { return nil }
          guard cells[index].row == row, cells[index].column == column else { return nil }
          return PublishedCell(
            row: labels, column: headings([column]).map { label($0) }, text: cells[index].text)
        }
      }
    }
  }

  /// The columns that say what a row is about: those with header cells, and the words to the left of these.
  ///
  /// A label that spans several rows does not tell them apart, so the column to its right labels too (单位 |
  /// 年度 in the “三公” table). In a table without header cells all columns before the figures are labels.
  private var labelColumns: Set<Int> {
    let body = cells.filter { $0.row >= headRows }
    let numbers = Set(body.filter(\.isNumber).map(\.column))
    let headers = body.filter(\.isHeader)
    var columns = Set(headers.flatMap { $0.column..<$0.column + $0.columnSpan })
    for header in headers where header.rowSpan > 1 { columns.insert(header.column + header.columnSpan) }
    if columns.isEmpty { columns.formUnion((0..<width).prefix { !numbers.contains($0) }) }
    for column in columns {
      var left = column - 1
      while left >= 0, !numbers.contains(left), !columns.contains(left) {
        // Codes stand beside the names they belong to; they are figures of their own in the lists.
        if !isCode(left) { columns.insert(left) }
        left -= 1
      }
    }
    return columns
  }

  private func isCode(_ column: Int) -> Bool {
    let texts = cells.filter { $0.row >= headRows && $0.column == column }.map { bare($0.text) }.filter {
      !$0.isEmpty
    }
    return !texts.isEmpty && texts.allSatisfy { $0.allSatisfy(\.isNumber) }
  }

  private func headings(_ columns: [Int]) -> [String] {
    var seen: Set<Int> = []
    return columns.flatMap { column in
      (0..<headRows).compactMap { covered($0, column) }.filter { seen.insert($0).inserted }.map {
        cells[$0].text
      }
    }
  }

  /// The label of a row in one label column, after those of the less indented rows above it; these end
  /// where the label to the left changes (资金来源 | 合计 stands over nothing of 资金结构).
  private func leading(_ row: Int, _ panel: [Int], at position: Int) -> [String] {
    guard let index = covered(row, panel[position]) else { return [] }
    if bare(cells[index].text).isEmpty, position + 1 < panel.count,
      let above = (headRows..<row).last(where: { line in
        covered(line, panel[position]).map { !bare(cells[$0].text).isEmpty } ?? false
      })
    {
      // Account titles stand below the unit that they belong to.
      return leading(above, panel, at: position)
    }
    let left = position > 0 ? covered(row, panel[position - 1]) : nil
    var path = bare(cells[index].text).isEmpty ? [] : [cells[index].text]
    var indent = cells[index].indent
    var above = cells[index].row - 1
    while indent > 0, above >= headRows {
      if let left, cells[left].rowSpan > 1, covered(above, panel[position - 1]) != left { break }
      if let other = covered(above, panel[position]), cells[other].indent < indent {
        path.insert(ownLabel(above, panel, at: position), at: 0)
        indent = cells[other].indent
      }
      above -= 1
    }
    return path
  }

  /// What a row is called: a unit stands in a column of its own, to the left of the account titles below it.
  private func ownLabel(_ row: Int, _ panel: [Int], at position: Int) -> String {
    panel[...position].reversed().compactMap { covered(row, $0) }.map { cells[$0].text }.first {
      !bare($0).isEmpty
    } ?? ""
  }
}
