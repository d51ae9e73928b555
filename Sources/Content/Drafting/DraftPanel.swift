import Diagnostics
import Fiscal
import Forms
import Parsing

/// A column of a drafted form.
struct DraftColumn {
  /// The column's place in the file.
  var index: Int
  var titles: [String]
  /// What rules call it, where its title would not do.
  var id: String?
  var type: ColumnType
  /// The unit of amounts where it is not that of the table, or of counts.
  var unit: String?
  var rule: DraftRule?

  /// How many levels of titles a draft tells apart.
  private static let deepest = 6

  var title: String { titles.last ?? "" }
  var name: String { titles.joined(separator: "/") }
}

/// How a column follows from others of its panel, by their places in it.
struct DraftRule {
  enum Kind: String {
    case adds, difference, growth, share
  }

  var kind: Kind
  var columns: [Int]
  var evidence: DraftEvidence
}

/// A row of the data of a drafted table.
struct DraftRecord {
  /// Its place among the rows of the file.
  var line: Int
  var name: String
  var indentation: Int
  /// By the column's place in the panel, for columns of amounts.
  var amounts: [Int: DraftAmount]
  /// By the column's place in the panel, as they are read.
  var cells: [Cell]
  /// The whole code, where the table has a column of codes.
  var code: String?

  /// Whether its name says that it sums others.
  var isTotal: Bool { titleSaysTotal(name) }
}

/// Whether a title says that it sums others: 合计, 本年收入总计, 小计.
func titleSaysTotal(_ title: String) -> Bool {
  let name = normalizedName(title).filter { $0 != " " }
  return ["合计", "总计", "小计", "共计", "总额"].contains { name.contains($0) }
}

/// One list of a drafted form, with what its figures bear out.
struct DraftPanel {
  var title: String?
  var id: String
  var columns: [DraftColumn]
  var records: [DraftRecord] = []
  /// The column that names the rows, those that hold the code, and the classification of both.
  var label: Int?
  var codeColumns: [Int] = []
  /// How the rows may be declared, the best first.
  var plans: [RowPlan] = []
  /// Fixed rows whose sums the checks have refused.
  var refusedRows: Set<String> = []

  var amounts: [Int] { columns.indices.filter { columns[$0].type == .amount } }

  /// Whether the codes are printed in several columns (类、款、项).
  var isSpread: Bool { codeColumns.count > 1 }

  init(_ guess: HeaderGuess.Panel, number: Int, in csv: CSVTable, of draft: DraftSettings) {
    title = guess.title
    id = "panel-\(number)"
    columns = guess.columns.map { DraftColumn($0, unit: draft.unit) }
    for (index, title) in columns.map(\.title).enumerated()
    where columns.count(where: { $0.titles.contains(title) }) > 1 || title.contains(".") {
      columns[index].id = "c\(index + 1)"
    }
    label =
      columns.indices.first {
        columns[$0].type == .text && guess.columns[$0].contents == .words && guess.columns[$0].isFilled
      }
      ?? columns.indices.first { columns[$0].type == .text }
    records = csv.rows.enumerated().compactMap { line, texts in record(texts, at: line, in: csv, of: draft) }
    codeColumns = codes(among: guess.columns)
    joinCodes()
    findRules()
    plans = rowPlans(draft.library)
  }

  private func record(_ texts: [CSVCell], at line: Int, in csv: CSVTable, of draft: DraftSettings)
    -> DraftRecord?
  {
    guard columns.contains(where: { !texts[$0.index].text.trimmingBlanks.isEmpty }) else { return nil }
    let cells = columns.map { column in
      let unit = column.unit.flatMap { MoneyUnit(rawValue: $0) } ?? draft.unit
      return Cell.read(
        texts[column.index].text, as: CellShape(type: column.type, unit: unit), at: Place(file: csv.file)
      ).cell
    }
    var amounts: [Int: DraftAmount] = [:]
    for (index, column) in columns.enumerated() where column.type == .amount {
      let unit = column.unit.flatMap { MoneyUnit(rawValue: $0) } ?? draft.unit
      amounts[index] = DraftAmount(cells[index], unit: unit, decimals: draft.decimals)
    }
    let words = columns.indices.filter { !columns[$0].type.isNumeric }
    let named = label.flatMap { cells[$0].text.isEmpty ? nil : $0 }
    let name = named ?? words.first { !cells[$0].text.isEmpty }
    return DraftRecord(
      line: line, name: name.map { cells[$0].text } ?? "",
      indentation: label.map { texts[columns[$0].index].text.indentation } ?? 0, amounts: amounts,
      cells: cells)
  }

  /// Goes on to the plan that says less; what was refused under the last one may hold again.
  mutating func nextPlan() {
    plans.removeFirst()
    refusedRows = []
  }

  // MARK: Codes

  /// The columns of codes before the names: one, or one for each level.
  private func codes(among guesses: [GuessedColumn]) -> [Int] {
    let first = guesses.indices.filter { guesses[$0].contents == .codes && $0 < (label ?? 0) }
    let sizes = first.map { index in
      Set(records.map { $0.cells[index].text.utf8.count }.filter { $0 > 0 })
    }
    guard let start = sizes.firstIndex(where: { $0.isSubset(of: [3, 5, 7]) }) else { return [] }
    let levels = sizes[(start + 1)...].prefix { $0.isSubset(of: [1, 2]) && !$0.isEmpty }.count
    guard levels > 0, sizes[start] == [3] else { return [first[start]] }
    return Array(first[start...(start + min(levels, 3))])
  }

  private mutating func joinCodes() {
    guard let last = codeColumns.indices.last else { return }
    var above = codeColumns.map { _ in "" }
    for index in records.indices {
      let parts = codeColumns.map { records[index].cells[$0].text }
      guard let deepest = parts.lastIndex(where: { !$0.isEmpty }) else { continue }
      for level in 0...last {
        if level > deepest {
          above[level] = ""
        } else if !parts[level].isEmpty {
          above[level] = parts[level].utf8.count == 1 ? "0" + parts[level] : parts[level]
        }
      }
      let code = above.joined()
      if code.utf8.allSatisfy({ (48...57).contains($0) }) { records[index].code = code }
    }
  }
}

extension DraftColumn {
  init(_ guess: GuessedColumn, unit tableUnit: MoneyUnit) {
    index = guess.index
    titles = guess.titles
    // No header is that deep: the outermost groups of a longer name are one.
    let excess = titles.count - Self.deepest
    if excess > 0 { titles.replaceSubrange(0...excess, with: [titles[0...excess].joined(separator: "/")]) }
    let name = normalizedName(guess.titles.last ?? "")
    switch guess.contents {
    case .words, .codes: type = .text
    case .percentages: type = .percent
    case .numbers: type = .number
    case .amounts:
      let counted = ["人", "辆", "台", "个", "家", "次", "套"].first { name.contains("（\($0)）") }
      if ["%", "％", "率", "百分比", "占比", "比重"].contains(where: { name.contains($0) }) {
        type = .percent
      } else if ["得分", "分值", "分数"].contains(where: { name.hasSuffix($0) }) {
        type = .score
      } else if let counted {
        type = .count
        unit = counted
      } else if ["人数", "辆数", "台数", "个数", "数量", "次数", "序号", "行次", "面积"].contains(where: { name.hasSuffix($0) })
      {
        type = .number
      } else {
        type = .amount
        unit = guess.unit.flatMap { $0 == tableUnit ? nil : $0.rawValue }
      }
    }
  }
}
