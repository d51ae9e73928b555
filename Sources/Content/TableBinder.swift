import Diagnostics
import Fiscal
import Forms
import Parsing

/// What binding needs to know of the disclosure around a table.
struct BindingContext {
  var library: FormLibrary
  var projects: [Project]
  var subject: Subject

  /// A classification as it stood in the year of the disclosure.
  func classification(_ id: String) -> Classification { library.classification(id, year: subject.year) }

  /// The project that bears a name, in whatever way it is called.
  func project(named name: String) -> String? {
    let wanted = normalizedName(name)
    return projects.first { project in
      project.id == name || normalizedName(project.name) == wanted
        || project.otherNames.contains { normalizedName($0) == wanted }
    }?.id
  }
}

/// Binds CSV to the panels of a grid: finds each column by its name, reads each cell by its type.
struct TableBinder {
  let context: BindingContext
  let table: String
  var findings: [Finding] = []

  init(context: BindingContext, table: String) {
    self.context = context
    self.table = table
  }

  mutating func bind(_ csv: CSVTable, to declared: Grid) -> FilledGrid? {
    let grid = listing(declared, in: csv.header)
    guard let columns = match(csv, to: grid) else { return nil }
    var panels: [FilledPanel] = []
    for (panel, strips) in zip(grid.panels, columns) {
      var filled = FilledPanel(panel: panel, rows: [])
      var binder = RowBinder(panel: panel, file: csv.file, context: context, table: table)
      if binder.asksForAllRows {
        binder.prepare(
          strips.flatMap { columns in csv.rows.map { row in columns.leaves.map { $0.map { row[$0] } } } })
      }
      for (strip, columns) in strips.enumerated() {
        for record in csv.rows {
          let cells = columns.leaves.map { $0.map { record[$0] } }
          guard cells.contains(where: { $0.map { !$0.text.isWhite } ?? false }) else { continue }
          if let title = grid.columnNumbers, panel.isColumnNumbers(cells, title) {
            filled.columnNumbers += columnNumbers(cells, of: panel, strip: strip, file: csv.file)
          } else {
            binder.take(
              cells, level: columns.level.map { record[$0] }, number: columns.number.map { record[$0] })
          }
        }
      }
      binder.finish(header: csv.header.first)
      findings += binder.findings
      filled.rows = binder.rows
      panels.append(filled)
    }
    return FilledGrid(
      grid: grid, panels: panels, lines: FilledGrid.lines(of: panels, in: grid, onPaper: false))
  }

  /// An empty grid: the header and the fixed rows' absence stand for “nothing occurred”.
  func empty(_ declared: Grid) -> FilledGrid {
    let grid = listing(declared, in: [])
    return FilledGrid(grid: grid, panels: grid.panels.map { FilledPanel(panel: $0, rows: []) }, lines: [])
  }

  /// 栏次 as the data prints them.
  private func columnNumbers(_ cells: [CSVCell?], of panel: Panel, strip: Int, file: String) -> [FilledPanel
    .ColumnNumber]
  {
    panel.leaves.filter(\.type.isNumeric).compactMap { leaf in
      guard let text = cells[leaf.index], !text.text.trimmingBlanks.isEmpty else { return nil }
      return .init(strip: strip, leaf: leaf.index, cell: Cell(number: text, in: file))
    }
  }
}

extension Panel {
  /// Whether a record of data is the line of column numbers and not a row.
  fileprivate func isColumnNumbers(_ cells: [CSVCell?], _ title: String) -> Bool {
    let wanted = normalizedName(title)
    return leaves.contains { leaf in
      !leaf.type.isNumeric && (cells[leaf.index].map { normalizedName($0.text) == wanted } ?? false)
    }
  }
}

extension String {
  /// Whether it is empty or white space.
  fileprivate var isWhite: Bool {
    // What begins with a figure, a letter or 汉字 need not be gone through.
    if let first = utf8.first, (0x21...0x7E).contains(first) || (0xE4...0xE9).contains(first) { return false }
    return allSatisfy(\.isWhitespace)
  }
}

extension Cell {
  /// A printed number of a row or column (行次、栏次).
  init(number text: CSVCell, in file: String) {
    let place = Place(file: file, line: text.line, column: text.column, length: text.length)
    self = Cell.read(text.text, as: CellShape(type: .number, unit: nil), at: place).cell
  }
}
