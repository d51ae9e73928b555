import Parsing

/// What the cells of a column are.
enum ColumnKind { case words, codes, figures }

/// A published table with its columns told apart by name.
struct FlatTable {
  /// The headings; one that comes again has its count behind it.
  let columns: [String]
  let rows: [[String]]

  init(_ table: CSVTable) {
    var counts: [String: Int] = [:]
    columns = table.header.map { cell in
      let count = counts[cell.text, default: 0] + 1
      counts[cell.text] = count
      return count == 1 ? cell.text : "\(cell.text)（\(count)）"
    }
    rows = table.rows.map { $0.map(\.text) }
  }

  /// The columns of each list that stands beside others: `收入/项目, 收入/预算数｜支出/项目, 支出/预算数`.
  func strips(_ kinds: [String: ColumnKind]) -> [[Int]] {
    var strips: [[Int]] = []
    for (index, column) in columns.enumerated() {
      let group = Self.group(column)
      let follows = columns[index...].prefix { Self.group($0) == group }
      let begins =
        index > 0 && kinds[column] != .figures && kinds[columns[index - 1]] == .figures && group != nil
        && group != Self.group(columns[index - 1]) && follows.contains { kinds[$0] == .figures }
      if strips.isEmpty || begins { strips.append([]) }
      strips[strips.count - 1].append(index)
    }
    return strips
  }

  private static func group(_ column: String) -> Substring? {
    column.firstIndex(of: "/").map { column[..<$0] }
  }
}

/// What each column holds, judged by all its cells: at least half of them figures or not.
func columnKinds(_ tables: [FlatTable]) -> [String: ColumnKind] {
  var kinds: [String: ColumnKind] = [:]
  for column in Set(tables.flatMap(\.columns)) {
    let cells = tables.flatMap { table -> [String] in
      guard let index = table.columns.firstIndex(of: column) else { return [] }
      return table.rows.compactMap { index < $0.count && !FigureText($0[index]).isBlank ? $0[index] : nil }
    }
    let figures = cells.count { FigureText($0).isFigure }
    let isCode = !cells.isEmpty && cells.allSatisfy { FigureText($0).isCode }
    kinds[column] = figures * 2 < cells.count ? .words : isCode ? .codes : .figures
  }
  return kinds
}

/// The columns that name a row: words, and codes that stand before words; of words alone all but the last.
func labelColumns(_ columns: [String], _ kinds: [String: ColumnKind]) -> [String] {
  guard let first = columns.firstIndex(where: { kinds[$0] == .words }) else {
    return Array(columns.prefix(1))
  }
  guard columns[..<first].allSatisfy({ kinds[$0] == .codes }) else { return Array(columns.prefix(1)) }
  var end = first
  while end < columns.count {
    let isCodeOfWords =
      kinds[columns[end]] == .codes && end + 1 < columns.count && kinds[columns[end + 1]] == .words
    guard kinds[columns[end]] == .words || isCodeOfWords else { break }
    end += 1
  }
  return Array(columns[..<(end == columns.count ? max(1, end - 1) : end)])
}

/// One list of a table: its rows, each with the names by which it is found again.
struct TableStrip {
  struct Row {
    /// Its label columns, a blank one filled from above.
    var label: [String]
    /// The label, below those of the rows that it is indented under.
    var key: [String]
    /// What the row itself prints in its label columns.
    var shown: String
    var cells: [String: String]
  }

  private(set) var rows: [Row] = []
  /// The columns that do not name rows.
  let values: [String]
  private var counts: [String: Int] = [:]

  init(_ table: FlatTable, _ columns: [Int], labels: [String]) {
    values = columns.map { table.columns[$0] }.filter { !labels.contains($0) }
    var above: [String] = Array(repeating: "", count: labels.count)
    var outer: [Int: [(depth: Int, label: String)]] = [:]
    for row in table.rows {
      var cells: [String: String] = [:]
      for index in columns where index < row.count { cells[table.columns[index]] = row[index] }
      guard cells.values.contains(where: { !$0.isEmpty }) else { continue }
      let own = labels.map { cells[$0] ?? "" }
      let texts = own.map(Self.trimmed)
      let named = texts.firstIndex { !$0.isEmpty } ?? texts.count
      // Blank cells at the left continue those above; at the right they are blank.
      let label = texts.enumerated().map { $0 < named ? above[$0] : $1 }
      above = label
      var key = label
      if named < own.count {
        let depth = own[named].prefix { $0 == " " }.count
        var stack = outer[named] ?? []
        while let last = stack.last, last.depth >= depth { stack.removeLast() }
        key = stack.map(\.label) + label
        stack.append((depth, texts[named]))
        outer[named] = stack
      }
      let shown = texts.filter { !$0.isEmpty }.joined(separator: " ")
      counts[shown, default: 0] += 1
      rows.append(Row(label: label, key: key, shown: shown, cells: cells))
    }
  }

  /// How a row is called in a message: by its own words where they are enough.
  func name(of row: Row) -> String {
    if counts[row.shown] == 1, !row.shown.isEmpty { return row.shown }
    let path = row.key.filter { !$0.isEmpty }.joined(separator: "/")
    return path.isEmpty ? "（没有名称的行）" : path
  }

  private static func trimmed(_ text: String) -> String {
    let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
    let bytes = text.utf8.drop(while: isBlank).reversed().drop(while: isBlank).reversed()
    return String(decoding: Array(bytes), as: UTF8.self)
  }
}

/// The text of a cell, as far as it says a figure.
struct FigureText {
  /// The cell without what does not change its meaning: blanks around it, separators and needless zeros.
  let plain: String
  /// A figure, perhaps with a comparison before it and a few words behind it (≥100人次); a year is none.
  let isFigure: Bool
  /// Three digits or more and nothing else.
  let isCode: Bool
  /// Nothing, or one of the marks for it.
  let isBlank: Bool

  init(_ text: String) {
    let trimmed = String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    isBlank = ["", "—", "－", "-", "/", "\\", "无", "不适用"].contains(trimmed)
    isCode = trimmed.utf8.count > 2 && trimmed.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
    let before = trimmed.prefix { "≥≤＞＜><=＝≧≦±+-－".contains($0) }
    let rest = trimmed.dropFirst(before.count)
    let number = rest.prefix { ("0"..."9").contains($0) || $0 == "," || $0 == "." }
    let after = rest.dropFirst(number.count)
    let parts = number.filter { $0 != "," }.split(separator: ".", omittingEmptySubsequences: false)
    let isNumber = (1...2).contains(parts.count) && parts.allSatisfy { !$0.isEmpty }
    let isMeasure =
      after.count <= 6 && !after.contains { ("0"..."9").contains($0) }
      && !["年", "、", "．", "。", "）", ")"].contains(after.first)
    isFigure = isNumber && isMeasure
    guard isFigure else {
      plain = trimmed
      return
    }
    var whole = parts[0].drop { $0 == "0" }
    if whole.isEmpty { whole = "0" }
    var fraction = parts.count == 2 ? parts[1] : ""
    while fraction.last == "0" { fraction.removeLast() }
    plain = before + whole + (fraction.isEmpty ? "" : "." + fraction) + after
  }
}
