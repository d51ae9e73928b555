import Content
import Fiscal
import Forms
import HTML

/// A panel with its rows, as the page shows it: which columns, how rows stand to one another.
struct PanelView {
  let filled: FilledPanel
  /// Columns that are shown, by their place among the leaves.
  let leaves: [Leaf]
  /// What rows need to know of each of these columns.
  private let shown: [Shown]
  /// The column that names the rows.
  private let labelColumn: Int?
  /// The column that a heading at the left (`under`) stands before, where the panel has one.
  private let sideColumn: Int?
  private let proseColumns: Set<Int>
  private let roles: [HTML.Row.Role]
  /// Cells that only continue the one above, by row and leaf.
  private let continued: Set<Address>
  private let sideHeadings: [String?]
  /// For each row, the column that names it.
  private let titleColumns: [Int?]
  /// The outermost depth of the rows that a column names; indentation counts from there.
  private let outermost: [Int: Int]
  /// For the preview.
  private let places: PlaceNames?

  private struct Address: Hashable {
    var row: Int
    var leaf: Int
  }

  private struct Shown {
    var index: Int
    var style: CellStyle
    /// Whether its cells head their rows.
    var isHeader: Bool
    /// Only rows with these ids have a value here; empty means all.
    var only: [String]
  }

  /// - Parameter headers: further columns whose cells head their rows, such as the levels of indicators.
  init(_ filled: FilledPanel, headers: [Int] = [], places: PlaceNames? = nil) {
    self.filled = filled
    self.places = places
    let panel = filled.panel
    leaves = filled.printedLeaves
    let label = panel.labelColumn
    labelColumn = label
    let merged = leaves.filter(\.isMerged).map(\.index)
    let lineColumns = panel.rows.compactMap { spec -> Int? in
      guard case .levels(_, _, let column?) = spec.kind else { return nil }
      return panel.leaf(named: column)?.index
    }
    let heading = Set(headers + merged + lineColumns + [label].compactMap(\.self))
    shown = leaves.map {
      Shown(index: $0.index, style: CellStyle($0), isHeader: heading.contains($0.index), only: $0.only)
    }
    let hasSides = panel.rows.indices.contains { panel.rows[$0].sideHeading != nil }
    sideHeadings = filled.rows.map { row in
      var spec = hasSides ? row.spec : nil
      while let index = spec {
        if let heading = panel.rows[index].sideHeading { return heading }
        spec = panel.rows[index].parent
      }
      return nil
    }
    sideColumn = sideHeadings.contains { $0 != nil } ? label : nil
    proseColumns = Set(
      leaves.filter { leaf in
        !leaf.type.isNumeric && leaf.index != label
          && filled.rows.contains { row in
            let text = row.cell(leaf.index).text
            return text.utf8.count > 20 && text.unicodeScalars.count > 20
          }
      }.map(\.index))
    roles = Self.roles(of: filled)
    let continued = Self.continued(filled, merged: merged)
    self.continued = continued
    let words = shown.filter { !$0.style.type.isNumeric }.map(\.index)
    let isContinued = { (row: Int, leaf: Int) in
      !continued.isEmpty && continued.contains(Address(row: row, leaf: leaf))
    }
    titleColumns = filled.rows.indices.map { index in
      guard let label else { return nil }
      let row = filled.rows[index]
      if !row.cell(label).text.isEmpty || isContinued(index, label) { return label }
      // A unit above its codes stands in a column of its own.
      return words.first { !row.cell($0).text.isEmpty && !isContinued(index, $0) } ?? label
    }
    var outermost: [Int: Int] = [:]
    for (row, column) in zip(filled.rows, titleColumns) {
      if let column { outermost[column] = min(outermost[column] ?? row.depth, row.depth) }
    }
    self.outermost = outermost
  }

  /// How far a cell is indented: only the one that names its row is.
  private func indent(_ row: Int, _ leaf: Int) -> Int {
    guard titleColumns[row] == leaf else { return 0 }
    return filled.rows[row].depth - (outermost[leaf] ?? 0)
  }

  private static func roles(of filled: FilledPanel) -> [HTML.Row.Role] {
    var roles = [HTML.Row.Role](repeating: .ordinary, count: filled.rows.count)
    let (rows, specs) = (filled.rows, filled.panel.rows)
    for index in rows.indices {
      if let parent = rows[index].parent, rows[index].relation == .part, roles.indices.contains(parent) {
        // 本年…合计 stands below its parts.
        let isBelow = parent > index
        if roles[parent] == .ordinary { roles[parent] = isBelow ? .total : .subtotal }
      }
      if let spec = rows[index].spec, !specs[spec].adds.isEmpty { roles[index] = .total }
    }
    return roles
  }

  /// A blank or repeated cell continues the one above where all merged columns at its left do.
  private static func continued(_ filled: FilledPanel, merged: [Int]) -> Set<Address> {
    var continued: Set<Address> = []
    guard !merged.isEmpty else { return continued }
    var standing: [Int: String] = [:]
    for (index, row) in filled.rows.enumerated() {
      let isBroken = index == 0 || filled.rows[index - 1].spec != row.spec || row.line == 0
      if isBroken { standing = [:] }
      var follows = !isBroken
      for leaf in merged {
        let text = row.cell(leaf).text
        if follows, let above = standing[leaf], text.isEmpty || text == above {
          continued.insert(Address(row: index, leaf: leaf))
        } else {
          follows = false
          standing[leaf] = text
        }
      }
    }
    return continued
  }

  // MARK: Header

  /// - Parameters:
  ///   - number: The number of the next numbered column (栏次), where columns are numbered.
  ///   - lineTitle: The title of the column of row numbers (行次), if there is one.
  func columns(number: inout Int?, numbersTitle: String?, lineTitle: String?) -> [HTML.Column] {
    columns(filled.panel.columns, path: [], &number, numbersTitle, lineTitle)
  }

  private func columns(
    _ nodes: [Forms.Column], path: [String], _ number: inout Int?, _ numbersTitle: String?,
    _ lineTitle: String?
  ) -> [HTML.Column] {
    var result: [HTML.Column] = []
    for node in nodes {
      let key = (path + [node.id]).joined(separator: ".")
      guard let index = node.leaf else {
        let inner = columns(node.children, path: path + [node.id], &number, numbersTitle, lineTitle)
        if !inner.isEmpty { result.append(HTML.Column(node.title, key: key, inner)) }
        continue
      }
      guard let leaf = leaves.first(where: { $0.index == index }) else { continue }
      let isLabel = index == labelColumn
      if index == sideColumn { result.append(HTML.Column("类别", kind: .text)) }
      var printed: String?
      if let next = number {
        if leaf.type.isNumeric {
          printed = String(next)
          number = next + 1
        } else if isLabel {
          printed = numbersTitle
        }
      }
      result.append(
        HTML.Column(node.title, key: key, kind: kind(of: leaf, isLabel: isLabel), number: printed))
      if isLabel, let lineTitle { result.append(HTML.Column(lineTitle, kind: .line)) }
    }
    return result
  }

  private func kind(of leaf: Leaf, isLabel: Bool) -> HTML.Column.Kind {
    if leaf.type.isNumeric { return .number }
    if proseColumns.contains(leaf.index) { return .prose }
    if leaf.type == .code { return .code }
    return isLabel ? .name : .text
  }

  // MARK: Rows

  /// - Parameters:
  ///   - lineNumber: 行次, where the table prints them.
  ///   - isFirst: Whether nothing stands above it, so that it cannot continue a cell.
  func part(_ index: Int, lineNumber: Int?, isFirst: Bool = false) -> HTML.Row.Part {
    let row = filled.rows[index]
    var cells: [HTML.Cell] = []
    cells.reserveCapacity(shown.count + 2)
    for column in shown {
      let cell = view(of: row, at: index, column, isFirst: isFirst)
      if column.index == sideColumn {
        switch sideHeadings[index] {
        case let heading?
        where index > 0 && !isFirst && sideHeadings[index - 1] == heading && !startsSide(index):
          cells += [.above, cell]
        case let heading?: cells += [.header(heading), cell]
        case nil: cells += [cell, .left]
        }
      } else {
        cells.append(cell)
      }
      if column.index == labelColumn, let lineNumber { cells.append(.text(String(lineNumber))) }
    }
    return HTML.Row.Part(cells, role: roles[index], key: key(of: row))
  }

  /// Whether a row carries a heading at the left of its own, even if it reads like the one above.
  private func startsSide(_ index: Int) -> Bool {
    filled.rows[index].spec.map { filled.panel.rows[$0].sideHeading != nil } ?? false
  }

  private func view(of row: Content.Row, at index: Int, _ column: Shown, isFirst: Bool) -> HTML.Cell {
    if !continued.isEmpty, continued.contains(Address(row: index, leaf: column.index)) {
      return isFirst ? .header(filled.filledDown(index, column.index)) : .above
    }
    let cell = row.cell(column.index)
    if cell.state == .blank, !column.only.isEmpty, !isAsked(column, of: row) { return .empty }
    return HTML.Cell(
      cell.content(column.style), isRowHeader: column.isHeader || titleColumns[index] == column.index,
      indent: indent(index, column.index), place: places?.name(cell, in: row.file))
  }

  private func isAsked(_ column: Shown, of row: Content.Row) -> Bool {
    row.spec.map { column.only.contains(filled.panel.rows[$0].id) } ?? true
  }

  private func key(of row: Content.Row) -> String? {
    if let code = row.code { return code }
    guard let spec = row.spec, !filled.panel.rows[spec].isOpen else { return nil }
    return filled.panel.rows[spec].id
  }

  // MARK: CSV

  var csvHeader: [String] { leaves.map { $0.csvTitle ?? $0.name } }

  /// The cells of a row, or as many empty ones.
  func write(row index: Int?, to csv: inout CSVWriter) {
    guard let index else {
      for _ in shown { csv.cell("") }
      return
    }
    for column in shown {
      let text = filled.rows[index].cell(column.index).csvText(column.style)
      csv.cell(text, indent: text.isEmpty ? 0 : 2 * max(indent(index, column.index), 0))
    }
  }
}

extension Content.Row {
  /// The cell of a column; blank where the row is shorter.
  func cell(_ index: Int) -> Content.Cell { cells.indices.contains(index) ? cells[index] : .absent }
}
