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
  /// The whole code, where the table has a column of codes, or the code stands before the name.
  var code: String?
  /// Its name without a code before it.
  var plainName: String
  /// Its codes, where the table pairs those of two classifications.
  var pair: RowBinder.CodePair?

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
  /// The classification whose codes stand before the names in one cell, and whether they do.
  var led: Classification?
  var isLed: Bool { led != nil }
  /// The columns of two classifications whose codes stand side by side.
  var pairs: [DraftPair] = []
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
    let isWrittenBeside = findLeadingCodes(guess.columns, in: csv, draft.library)
    records = csv.rows.enumerated().compactMap { line, texts in record(texts, at: line, in: csv, of: draft) }
    if !isWrittenBeside { codeColumns = codes(among: guess.columns) }
    joinCodes()
    pairs = pairs(among: guess.columns, draft.library)
    joinPairs()
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
      cells: cells, plainName: name.map { plainName(cells[$0].text) } ?? "")
  }

  /// A name without the code that stands before it.
  private func plainName(_ text: String) -> String {
    let name = led.flatMap { LeadingCode(text, in: [$0]) }?.name ?? ""
    return name.isEmpty ? text : name
  }

  /// Goes on to the plan that says less; what was refused under the last one may hold again.
  mutating func nextPlan() {
    plans.removeFirst()
    refusedRows = []
  }
}

extension DraftColumn {
  /// What is counted, as titles say in brackets: 保有量（辆）.
  private static let counted: Set = [
    "人", "人次", "辆", "台", "个", "家", "次", "套", "件", "户", "所", "项", "名", "批", "批次", "间", "座", "栋", "艘", "团组",
  ]
  /// What is measured and no money.
  private static let measured: Set = [
    "平方米", "立方米", "米", "公里", "千米", "亩", "公顷", "吨", "千克", "公斤", "天", "月", "年", "小时",
  ]

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
      let measure = name.hasSuffix("）") ? name.dropLast().split(separator: "（").last.map(String.init) : nil
      let counted = measure.flatMap { Self.counted.contains($0) ? $0 : nil }
      if ["%", "％", "率", "百分比", "占比", "比重"].contains(where: { name.contains($0) }) {
        type = .percent
      } else if ["得分", "分值", "分数"].contains(where: { name.hasSuffix($0) }) {
        type = .score
      } else if let counted {
        type = .count
        unit = counted
      } else if measure.map({ Self.measured.contains($0) }) ?? false {
        type = .number
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
