import Parsing

/// A cell with another content than before.
public struct CellChange: Hashable, Sendable {
  public var row: String
  public var column: String
  public var old: String
  public var new: String
  /// Whether a figure changed, or only words.
  public var isFigure: Bool
}

/// What is different between two published files of one table.
public struct TableDifference: Hashable, Sendable {
  public var cells: [CellChange] = []
  public var addedRows: [String] = []
  public var removedRows: [String] = []
  public var addedColumns: [String] = []
  public var removedColumns: [String] = []

  public var isEmpty: Bool { self == TableDifference() }
}

/// Compares two versions of a table, knowing no form: rows by what names them, columns by their headings.
///
/// Lists that stand side by side (收入｜支出) are compared each by itself, so that a row more on the left does not
/// move those on the right. A row is named by its first columns (codes, names, levels of indicators), a blank
/// one of them by what stands above, and by the rows above that it is indented under. Figures are compared as
/// decimal text, so 36 and 36.00 are the same, and 0, a blank and — are not.
func compare(_ old: CSVTable, _ new: CSVTable) -> TableDifference {
  let before = FlatTable(old)
  let after = FlatTable(new)
  let kinds = columnKinds([before, after])
  var strips = (before.strips(kinds), after.strips(kinds))
  if strips.0.count != strips.1.count {
    strips = ([Array(before.columns.indices)], [Array(after.columns.indices)])
  }
  var difference = TableDifference()
  difference.addedColumns = after.columns.filter { !before.columns.contains($0) }
  difference.removedColumns = before.columns.filter { !after.columns.contains($0) }
  for (left, right) in zip(strips.0, strips.1) {
    let labels = labelColumns(right.map { after.columns[$0] }, kinds)
    let known = Set(left.map { before.columns[$0] })
    // A renamed first column still names the rows.
    let isShared = labels.allSatisfy(known.contains)
    let names = isShared ? labels : labelColumns(left.map { before.columns[$0] }, kinds)
    compareRows(
      TableStrip(before, left, labels: names), TableStrip(after, right, labels: labels), &difference)
  }
  return difference
}

private func compareRows(_ before: TableStrip, _ after: TableStrip, _ difference: inout TableDifference) {
  var partners = match(before.rows, after.rows, by: \.key)
  // Below a row that got another name, its own rows are still the same.
  let matched = Set(partners.values)
  let rest = before.rows.indices.filter { !matched.contains($0) }
  let open = after.rows.indices.filter { partners[$0] == nil }
  let found = match(rest.map { before.rows[$0] }, open.map { after.rows[$0] }, by: \.label)
  for (new, old) in found { partners[open[new]] = rest[old] }

  let shared = after.values.filter { before.values.contains($0) }
  for (index, row) in after.rows.enumerated() {
    guard let partner = partners[index] else {
      difference.addedRows.append(after.name(of: row))
      continue
    }
    for column in shared {
      let (old, new) = (before.rows[partner].cells[column] ?? "", row.cells[column] ?? "")
      guard FigureText(old).plain != FigureText(new).plain else { continue }
      difference.cells.append(
        CellChange(
          row: after.name(of: row), column: column, old: old, new: new,
          isFigure: FigureText(old).isFigure || FigureText(new).isFigure))
    }
  }
  let taken = Set(partners.values)
  difference.removedRows += before.rows.indices.filter { !taken.contains($0) }.map {
    before.name(of: before.rows[$0])
  }
}

/// For rows of the second list, by index, the row of the first with the same name: the first with the first, the
/// second with the second.
private func match(
  _ old: [TableStrip.Row], _ new: [TableStrip.Row], by key: KeyPath<TableStrip.Row, [String]>
)
  -> [Int: Int]
{
  var waiting: [[String]: [Int]] = [:]
  for (index, row) in old.enumerated().reversed() { waiting[row[keyPath: key], default: []].append(index) }
  var partners: [Int: Int] = [:]
  for (index, row) in new.enumerated() {
    if let partner = waiting[row[keyPath: key]]?.popLast() { partners[index] = partner }
  }
  return partners
}
