import Diagnostics
import Fiscal
import Forms
import Parsing

/// What a column of a CSV file holds, as its cells show it.
struct GuessedColumn {
  enum Contents {
    /// Words, dates: whatever is no figure.
    case words
    /// Digits that name something: 科目编码, 单位代码, 序号.
    case codes
    case percentages
    case amounts
    /// Figures that are no amounts of money: finer than a fen, or too large.
    case numbers
  }

  /// The column's place in the file.
  var index: Int
  /// Titles from the outermost group down.
  var titles: [String]
  var contents: Contents
  /// The unit that its header names.
  var unit: MoneyUnit?
  /// Whether any cell says something.
  var isFilled: Bool
  /// Whether its cells are nothing but digits.
  var isDigits: Bool
  /// Whether they are but for totals, which have no code of their own.
  var isDigitsBesideTotals: Bool
  /// How long its texts of digits are.
  var lengths: Set<Int>

  var isFigures: Bool { contents != .words && contents != .codes }
}

/// The shape of a table, read off its header and cells without a form.
struct HeaderGuess {
  struct Panel {
    var title: String?
    var columns: [GuessedColumn]
  }

  var panels: [Panel]
  /// The unit that the table's name gives, or all columns of amounts agree on.
  var unit: MoneyUnit?

  init(_ csv: CSVTable, name: String) {
    let stated = MoneyUnit(namedIn: name)
    var columns = csv.header.indices.map { GuessedColumn($0, in: csv, unit: stated) }
    Self.fillIn(&columns)
    for index in columns.indices where columns[index].isCode(before: columns.dropFirst(index + 1).first) {
      columns[index].contents = .codes
    }
    panels = Self.panels(of: columns)
    for (number, panel) in panels.enumerated() where !panel.columns.isEmpty {
      // What names the rows stands first: up to the first column of words nothing is a figure.
      let first = panel.columns.firstIndex { $0.contents == .words && $0.isFilled } ?? 0
      for place in 0...first where panel.columns[place].isFigures {
        panels[number].columns[place].contents = panel.columns[place].isDigits ? .codes : .words
      }
    }
    columns = panels.flatMap(\.columns)
    let units = Set(columns.filter { $0.contents == .amounts }.map(\.unit))
    unit = stated ?? (units.count == 1 ? units.first ?? nil : nil)
  }

  /// A column without any cell filled in is one of figures where it stands among such columns.
  private static func fillIn(_ columns: inout [GuessedColumn]) {
    for index in columns.indices where !columns[index].isFilled {
      let left = columns[..<index].last(where: \.isFilled)
      let right = columns[(index + 1)...].first(where: \.isFilled)
      guard let left, left.isFigures, right?.isFigures ?? true || right?.titles.first != left.titles.first,
        !["备注", "说明", "原因", "依据"].contains(where: { columns[index].titles.last?.contains($0) ?? false }),
        columns[index].titles.count == 1 || columns[index].titles.first == left.titles.first
          || right?.isFigures ?? true
      else { continue }
      columns[index].contents = .amounts
    }
  }

  /// Several lists side by side: every column stands in a group, and each group names its own rows.
  private static func panels(of columns: [GuessedColumn]) -> [Panel] {
    var groups: [Panel] = []
    for column in columns {
      let title = column.titles.count > 1 ? column.titles.first : nil
      guard let title else { return [Panel(title: nil, columns: columns)] }
      if groups.last?.title == title {
        groups[groups.count - 1].columns.append(column)
      } else {
        groups.append(Panel(title: title, columns: [column]))
      }
    }
    let isList = groups.allSatisfy { group in
      group.columns.contains(where: \.isFigures)
        && group.columns.first.map { !$0.isFigures || $0.isDigits } == true
        && group.columns.contains { !$0.isFigures }
    }
    guard groups.count > 1, isList, Set(groups.map(\.title)).count == groups.count else {
      return [Panel(title: nil, columns: columns)]
    }
    return groups.map { group in
      Panel(
        title: group.title,
        columns: group.columns.map { column in
          var column = column
          column.titles.removeFirst()
          return column
        })
    }
  }
}

extension GuessedColumn {
  /// Whether its digits name something: as its title says, or as 类、款、项 do before the names that they stand for.
  fileprivate func isCode(before next: GuessedColumn?) -> Bool {
    guard isDigitsBesideTotals, let title = titles.last else { return false }
    if ["编码", "代码", "编号"].contains(where: { title.contains($0) }) { return true }
    if ["类", "款", "项"].contains(normalizedName(title)) { return true }
    return lengths.isSubset(of: [3, 5, 7, 9, 11]) && next?.contents == .words && next?.isFilled == true
  }

  fileprivate init(_ index: Int, in csv: CSVTable, unit stated: MoneyUnit?) {
    self.index = index
    titles = headerTitles(csv.header[index].text)
    unit = MoneyUnit(namedIn: csv.header[index].text) ?? stated
    let texts = csv.rows.map { $0[index].text.trimmingBlanks }.filter { !$0.isEmpty }
    isFilled = !texts.isEmpty
    isDigits = isFilled && texts.allSatisfy(\.isDigits)
    let digits = texts.filter(\.isDigits)
    lengths = Set(digits.map(\.utf8.count))
    isDigitsBesideTotals =
      !digits.isEmpty && texts.allSatisfy { $0.isDigits || titleSaysTotal($0) }
    contents = .words
    // A code may begin with 0, a figure never does.
    if texts.contains(where: \.hasLeadingZero) {
      if isDigitsBesideTotals { contents = .codes }
      return
    }
    guard isFilled else { return }
    let place = Place(file: csv.file)
    func isRead(_ type: ColumnType) -> Bool {
      texts.allSatisfy {
        Cell.read($0, as: CellShape(type: type, unit: unit ?? .tenThousandYuan), at: place).fault == nil
      }
    }
    if texts.contains(where: { $0.hasSuffix("%") || $0.hasSuffix("％") }) {
      if isRead(.percent) { contents = .percentages }
    } else if isRead(.amount) {
      contents = .amounts
    } else if isRead(.number) {
      contents = .numbers
    }
  }
}

/// The titles of a column from its name in the header: parted at `/`, but not within brackets.
func headerTitles(_ name: String) -> [String] {
  var titles = [""]
  var depth = 0
  for scalar in name.trimmingBlanks.unicodeScalars {
    switch scalar {
    case "(", "（": depth += 1
    case ")", "）": depth -= 1
    case "/" where depth <= 0:
      titles.append("")
      continue
    // A line end within a title is only for the narrow column it came from.
    case "\n", "\r": continue
    default: break
    }
    titles[titles.count - 1].unicodeScalars.append(scalar)
  }
  return titles.map(\.trimmingBlanks)
}

extension MoneyUnit {
  /// The unit that a title gives: 金额（万元）, 单位：元.
  init?(namedIn text: String) {
    let name = normalizedName(text)
    for unit in MoneyUnit.allCases.sorted(by: { $0.rawValue.count > $1.rawValue.count })
    where ["（\(unit.rawValue)）", "单位：\(unit.rawValue)", "[\(unit.rawValue)]", "【\(unit.rawValue)】"]
      .contains(where: { name.contains($0) }) || name.hasSuffix("/" + unit.rawValue)
    {
      self = unit
      return
    }
    return nil
  }
}

extension String {
  fileprivate var isDigits: Bool { utf8.allSatisfy { (48...57).contains($0) } }

  /// `01`, but neither `0` nor `0.5`.
  fileprivate var hasLeadingZero: Bool {
    let digits = utf8.prefix(2)
    return digits.count == 2 && digits.allSatisfy { (48...57).contains($0) } && digits.first == 48
  }
}
