import Fiscal
import Forms
import Formulas

/// The tables and figures of one disclosure that a formula may read, found by their names.
final class Shelf {
  let year: Int
  let kind: Kind
  let tables: [Table]
  let figures: [ExtraFigure]
  /// Names of tables whose file is at fault, which a finding already says.
  let unreadable: Set<String>
  /// Whether nothing of the disclosure could be read.
  let isUnreadable: Bool

  init(
    year: Int, kind: Kind, tables: [Table], figures: [ExtraFigure], unreadable: Set<String> = [],
    isUnreadable: Bool = false
  ) {
    self.year = year
    self.kind = kind
    self.tables = tables
    self.figures = figures
    self.unreadable = unreadable
    self.isUnreadable = isUnreadable
  }

  /// The tables whose form bears a name, in whatever way it is called.
  func tables(named name: String) -> [ReadableTable] { tablesByName[normalizedName(name)] ?? [] }

  private lazy var tablesByName: [String: [ReadableTable]] = {
    var found: [String: [ReadableTable]] = [:]
    for table in tables {
      let readable = ReadableTable(table)
      for name in Set(table.form.names.map { normalizedName($0) }) {
        found[name, default: []].append(readable)
      }
    }
    return found
  }()
}

/// A table whose rows and columns are found by their names.
final class ReadableTable {
  let table: Table
  private(set) lazy var panels: [ReadablePanel] = table.panels.map { ReadablePanel($0) }

  init(_ table: Table) { self.table = table }

  /// The same table with nothing but one block.
  func reduced(to block: FilledBlock) -> ReadableTable {
    var reduced = table
    reduced.blocks = [block]
    return ReadableTable(reduced)
  }
}

/// A list whose rows and columns are found by their names, however often formulas ask for them.
final class ReadablePanel {
  let filled: FilledPanel
  let panel: Panel
  let rows: [Row]
  private(set) lazy var amounts: [Leaf] = panel.leaves.filter { $0.type == .amount }
  /// The columns that a row without a column may mean.
  private(set) lazy var meantByRow: [Leaf] = panel.leaves.filter(\.isMeantByRow)
  private var columns: [[String]: [Leaf]] = [:]

  init(_ filled: FilledPanel) {
    self.filled = filled
    panel = filled.panel
    rows = filled.rows
  }

  // MARK: Rows

  /// The rows that a formula may call so, in order; see `Row.isNamed`.
  func rows(named name: String) -> [Int] {
    let titled = rowNames.titles[normalizedName(name)] ?? []
    guard let marked = rowNames.marks[name] else { return titled }
    return titled.isEmpty ? marked : Set(titled + marked).sorted()
  }

  /// The rows by their titles, normalized, and by codes and ids, which are written in one way only.
  private lazy var rowNames: (titles: [String: [Int]], marks: [String: [Int]]) = {
    var (titles, marks): ([String: [Int]], [String: [Int]]) = ([:], [:])
    func add(_ name: String, _ index: Int, to names: inout [String: [Int]]) {
      if names[name]?.last != index { names[name, default: []].append(index) }
    }
    for index in rows.indices {
      let names = rows[index].callNames(in: panel)
      for title in names.titles { add(normalizedName(title), index, to: &titles) }
      for mark in names.marks { add(mark, index, to: &marks) }
    }
    return (titles, marks)
  }()

  /// A row with the rows that enclose it, for messages.
  func path(of row: Int) -> String {
    var names = [rows[row].title]
    var current = rows[row].parent
    while let index = current, names.count < 64 {
      names.insert(rows[index].title, at: 0)
      current = rows[index].parent
    }
    if let title = panel.title { names.insert(title, at: 0) }
    return names.joined(separator: "/")
  }

  // MARK: Columns

  /// The columns that a path of titles or ids means; of several the one that it names whole.
  func columns(named parts: [String]) -> [Leaf] {
    if let known = columns[parts] { return known }
    let found = findColumns(parts.map { normalizedName($0) })
    columns[parts] = found
    return found
  }

  private func findColumns(_ wanted: [String]) -> [Leaf] {
    func ends(_ path: [String]) -> Bool {
      path.count >= wanted.count && Array(path.suffix(wanted.count)) == wanted
    }
    let exact = panel.leaves.filter { leaf in
      ends(leaf.titles.map { normalizedName($0) }) || ends(leaf.path.map { normalizedName($0) })
        || leaf.csvTitle.map { normalizedName($0) } == wanted.joined(separator: "/")
    }
    if exact.count <= 1 { return exact }
    let whole = exact.filter { $0.titles.map { normalizedName($0) } == wanted }
    return whole.count == 1 ? whole : exact
  }
}
