/// Looks one figure of a list up on its page; says what is wrong, or `nil` when the page shows it.
struct Finder {
  let page: PublishedPage
  /// How often the list has each figure of the text.
  private let wantedInText: [[String]: Int]

  init(_ list: FigureList, on html: String) {
    page = PublishedPage(html)
    let texts = list.figures.filter { $0.whereabouts == .text }
    wantedInText = Dictionary(texts.map { (inPeople(tokens(in: $0.figure)), 1) }, uniquingKeysWith: +)
  }

  func fault(of wanted: SourceFigure) -> String? {
    if wanted.whereabouts == .text {
      // The text is in other words, so a figure is looked for in all of it, as often as paper has it.
      let figure = tokens(in: wanted.figure)
      let found = places(of: figure, in: page.text).count
      let times = wantedInText[inPeople(figure)] ?? 1
      return found >= times || figure == page.written ? nil : "原文 \(times) 处，网页 \(found) 处"
    }
    guard let block = page.block(wanted.table) else { return "没有这张表" }
    let found = cells(of: wanted, in: block)
    guard let cell = found.first else { return "没有这一格" }
    guard found.count == 1 else { return "有 \(found.count) 格都像" }
    return shows(cell.text, wanted.figure) ? nil : "这一格是“\(bare(cell.text))”"
  }

  /// The figures of the list that the page does not show, each with its line, row, column and what is wrong.
  func missing(from list: FigureList) -> [String] {
    list.figures.compactMap { figure in
      fault(of: figure).map { "\(list.name).csv:\(figure.line): \(figure.shown) “\(figure.figure)”：\($0)" }
    }
  }

  /// The numbers in tables and fields that no figure of the list leads to.
  func added(to list: FigureList) -> [String] {
    var reached: [String: Set<PublishedCell>] = [:]
    for figure in list.figures where figure.whereabouts != .text {
      guard let block = page.block(figure.table) else { continue }
      reached[block.title, default: []].formUnion(cells(of: figure, in: block))
    }
    return page.blocks.flatMap { block in
      (block.cells + block.fields).compactMap { cell in
        guard plainNumber(bare(cell.text)) != nil, reached[block.title]?.contains(cell) != true else {
          return nil
        }
        let (row, column) = (cell.row.joined(separator: " > "), cell.column.joined(separator: "/"))
        return "\(list.name).csv: \(block.title) [\(row), \(column)] “\(bare(cell.text))”：原文没有"
      }
    }
  }

  /// The cells that row and column of the list lead to; the list may leave out labels that paper has
  /// further out.
  ///
  /// The last label must be the cell's own, the others must lead to it in their order; where several cells
  /// fit, those with the fewest labels in between. So `部门` is the outer of two lines of one name, and `部门 >
  /// 单位` the inner.
  private func cells(of wanted: SourceFigure, in block: PublishedPage.Block) -> [PublishedCell] {
    let row = wanted.row.map { $0 == "部门" || $0 == "单位" ? page.unit : $0 }
    let inTable = closest(row, wanted.column, in: block.cells)
    switch wanted.whereabouts {
    case .table, .text: return inTable
    case .indicator: return inTable.isEmpty && row.count == 1 ? total(of: wanted, in: block) : inTable
    // The column of a text is the heading over it; a field may also be a cell of a small table in the sheet.
    case .field:
      return closest(row + wanted.column, [], in: block.fields) + (wanted.column.isEmpty ? inTable : [])
    }
  }

  /// The last line of an indicator table, which pages show as fields: the column names the field (总分/分值 is
  /// 总分（分值）), or the figure itself does (等级：优).
  private func total(of wanted: SourceFigure, in block: PublishedPage.Block) -> [PublishedCell] {
    block.fields.compactMap { field in
      guard let name = field.row.last, let column = wanted.column.last, let row = wanted.row.last else {
        return nil
      }
      if name == row + column || name == column { return field }
      var named = field
      named.text = "\(name)：\(field.text)"
      return wanted.figure.hasPrefix("\(name)：") ? named : nil
    }
  }

  private func closest(_ row: [String], _ column: [String], in cells: [PublishedCell]) -> [PublishedCell] {
    let fitting = cells.filter { leads(row, to: $0.row) && (column.isEmpty || leads(column, to: $0.column)) }
    let between = { (cell: PublishedCell) in cell.row.count + (column.isEmpty ? 0 : cell.column.count) }
    let fewest = fitting.map(between).min()
    return fitting.filter { between($0) == fewest }
  }

  private func leads(_ path: [String], to labels: [String]) -> Bool {
    guard let last = path.last, last == labels.last else { return false }
    var rest = path.dropLast()
    for label in labels.dropLast() where label == rest.first { rest.removeFirst() }
    return rest.isEmpty
  }

  /// Tells whether a cell shows a figure: numbers by their value, words as printed but for white space.
  ///
  /// Prose may be put in other words, and then every number in it must be there as often as on paper.
  private func shows(_ cell: String, _ figure: String) -> Bool {
    let (shown, wanted) = (bare(cell), bare(figure))
    if let number = plainNumber(wanted) { return plainNumber(shown) == number }
    if shown == wanted { return true }
    let numbers = figures(inProse: figure)
    guard wanted.count > 30, !numbers.isEmpty else { return false }
    let text = tokens(in: cell)
    return numbers.allSatisfy { number in
      places(of: number, in: text).count >= numbers.count { $0 == number }
    }
  }
}
