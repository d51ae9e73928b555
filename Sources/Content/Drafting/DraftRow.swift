import Fiscal
import Forms

/// A declared row of a drafted form, or a block of rows from the data.
struct DraftRow {
  /// `codes: function`, for a block of rows from the data.
  var block: String?
  var title = ""
  /// The places of the rows in the same list that it adds.
  var adds: [Int] = []
  var evidence: DraftEvidence?
  var children: [DraftRow] = []
  /// Whether its children are only at most as much as it is (其中).
  var isOfWhich = false
  var childEvidence: DraftEvidence?
  /// What it states in each column of amounts; for a block the sum of its outermost rows.
  var totals: [DraftAmount] = []
  /// The row of the file, for a declared row.
  var line: Int?
  var isTotal = false
}

extension DraftPanel {
  /// The rows that a plan declares, with the sums that the figures bear out.
  func rows(_ plan: RowPlan, _ library: FormLibrary) -> [DraftRow] {
    let labelName = label.map { reference($0) } ?? ""
    var rows: [DraftRow]
    switch plan {
    case .anything: return [DraftRow(block: "free: lines")]
    case .fixed: rows = nested(numbered(records)[...])
    case .codes(let id):
      rows = listed("codes: \(id)", isOutermost(byCode:)) { $0.code != nil }
    case .pairs(let first, let second):
      let outermost = outermostPairs
      rows = listed("codes: [\(first), \(second)]", { outermost.contains($0.line) }, { $0.pair != nil })
    case .names(let id):
      let classification = library.classification(id)
      let outermost = records.filter { isListed($0, in: classification) }.map(\.indentation).min()
      rows = listed("codes: \(id)", { $0.indentation == outermost }, { isListed($0, in: classification) })
    case .levels(let depth):
      let level = "{of: text, in: \(yamlScalar(labelName))}"
      let levels = Array(repeating: level, count: depth).joined(separator: ", ")
      let outermost = records.filter { !$0.isTotal }.map(\.indentation).min()
      rows = listed("levels: [\(levels)]", { $0.indentation == outermost }, { !$0.isTotal })
    case .free: rows = listed("free: lines", isAny) { !$0.isTotal }
    }
    addTotals(&rows)
    return rows
  }

  // MARK: Lists from the data

  private func listed(
    _ block: String, _ isOutermost: (DraftRecord) -> Bool, _ isListed: (DraftRecord) -> Bool
  ) -> [DraftRow] {
    var rows: [DraftRow] = []
    let members = records.filter { isListed($0) && isOutermost($0) }
    for record in records {
      if isListed(record) {
        if rows.contains(where: { $0.block != nil }) { continue }
        let totals = amounts.map { column in
          DraftAmount(sumOf: members.map { $0.amounts[column] ?? DraftAmount() })
        }
        var row = DraftRow(block: block, totals: totals)
        row.evidence = DraftEvidence(places: members.count)
        rows.append(row)
      } else {
        rows.append(DraftRow(record, amounts))
        if rows.count == 1 { rows[0].isTotal = true }
      }
    }
    return rows
  }

  private func isAny(_ record: DraftRecord) -> Bool { true }

  private func isOutermost(byCode record: DraftRecord) -> Bool {
    guard let code = record.code else { return false }
    return !records.contains { $0.code.map { code != $0 && code.hasPrefix($0) } ?? false }
  }

  // MARK: Rows as they stand

  /// Where no name is indented, the style of its number (一、 （一） 1.) tells how deep it lies.
  private func numbered(_ records: [DraftRecord]) -> [DraftRecord] {
    guard Set(records.map(\.indentation)).count == 1 else { return records }
    return records.map { record in
      var record = record
      let name = record.name.filter { !$0.isWhitespace }
      let isBracketed = name.hasPrefix("（") || name.hasPrefix("(")
      let first = (isBracketed ? name.dropFirst() : name[...]).first
      let isChinese = first.map { "一二三四五六七八九十".contains($0) } ?? false
      if isNumbered(record.name) { record.indentation = (isChinese ? 0 : 2) + (isBracketed ? 1 : 0) }
      return record
    }
  }

  private func nested(_ records: ArraySlice<DraftRecord>) -> [DraftRow] {
    var rows: [DraftRow] = []
    var rest = records
    while let first = rest.first {
      let below = rest.dropFirst().prefix { $0.indentation > first.indentation }
      var row = DraftRow(first, amounts)
      let children = nested(below)
      if let sum = sum(of: row, children), sum.count > 0 {
        row.children = children
        row.childEvidence = sum
      } else if !children.isEmpty, isAtLeast(row, each: children) {
        row.children = children
        row.isOfWhich = true
      }
      rows.append(row)
      // What neither adds up nor lies within stands beside it.
      if row.children.isEmpty { rows += children }
      rest = rest.dropFirst(1 + below.count)
    }
    return rows
  }

  private func isAtLeast(_ row: DraftRow, each children: [DraftRow]) -> Bool {
    children.allSatisfy { child in
      zip(row.totals, child.totals).allSatisfy { whole, part in part.fen <= whole.fen && part.fen >= 0 }
    }
  }

  // MARK: Totals

  /// Gives totals the rows beside them that add up to them: those above, else those below.
  private func addTotals(_ rows: inout [DraftRow]) {
    var open: [Int] = []
    // A total right above its list is what the rows behind add, and not the list.
    if rows.count > 1, rows[0].isTotal, rows[1].block != nil, let sum = sum(of: rows[0], [rows[1]]),
      sum.count > 0,
      !refusedRows.contains(normalizedName(rows[0].title))
    {
      rows[0].adds = [1]
      rows[0].evidence = sum
    }
    for index in rows.indices where index != 1 || rows[0].adds.isEmpty {
      if rows[index].isTotal, rows[index].adds.isEmpty,
        let parts = parts(of: rows[index], among: open.reversed().map { $0 }, rows)
      {
        rows[index].adds = parts.rows.sorted()
        rows[index].evidence = parts.evidence
        open.removeAll { parts.rows.contains($0) }
      }
      open.append(index)
    }
    open = []
    for index in rows.indices.reversed() {
      let isTaken = rows.contains { $0.adds.contains(index) }
      if rows[index].isTotal, rows[index].adds.isEmpty, rows[index].children.isEmpty,
        let parts = parts(of: rows[index], among: open.reversed().map { $0 }, rows)
      {
        rows[index].adds = parts.rows.sorted()
        rows[index].evidence = parts.evidence
        open.removeAll { parts.rows.contains($0) }
      }
      if !isTaken { open.append(index) }
    }
  }

  /// - Parameter open: Rows that nothing adds yet, the nearest first.
  private func parts(of row: DraftRow, among open: [Int], _ rows: [DraftRow]) -> (
    rows: [Int], evidence: DraftEvidence
  )? {
    guard !open.isEmpty, !refusedRows.contains(normalizedName(row.title)) else { return nil }
    for length in (1...open.count).reversed() {
      let some = Array(open.prefix(length))
      let parts = some.map { rows[$0] }
      // One row is not added up; a list is.
      if length == 1, parts.allSatisfy({ $0.block == nil }) { continue }
      if let sum = sum(of: row, parts), sum.count > 0 { return (some, sum) }
    }
    return nil
  }

  private func sum(of row: DraftRow, _ parts: [DraftRow]) -> DraftEvidence? {
    guard !parts.isEmpty else { return nil }
    return DraftEvidence(
      totals: row.totals, parts: row.totals.indices.map { column in parts.map { $0.totals[column] } })
  }
}

extension DraftRow {
  fileprivate init(_ record: DraftRecord, _ amounts: [Int]) {
    self.init(
      title: record.name, totals: amounts.map { record.amounts[$0] ?? DraftAmount() }, line: record.line,
      isTotal: record.isTotal)
  }
}
