import Diagnostics
import Fiscal
import Forms
import Parsing

/// What is the same for all lists of a drafted table.
struct DraftSettings: Sendable {
  var unit: MoneyUnit
  var decimals: Int
  var library: FormLibrary
}

/// A form drafted from a table (表样草稿): the columns and rows that it has, and the sums that its figures bear out.
public struct FormDraft: Sendable {
  /// The name of the table, as its file is called.
  public let name: String
  public let year: Int?
  let id: String
  let settings: DraftSettings
  let isUnitGuessed: Bool
  let nearest: NearestForms
  var panels: [DraftPanel]
  /// The title of the column of row numbers (行次), which is no column of data, and of the line of column numbers (栏次).
  private(set) var rowNumbers: String?
  private(set) var columnNumbers: String?
  private let csv: CSVTable

  /// - Parameter year: The year of the disclosure, where its folder tells.
  public init(_ csv: CSVTable, name: String, year: Int?, library: FormLibrary) {
    self.init(csv, name: name, year: year, library: library, hasNumbers: true)
  }

  /// - Parameter hasNumbers: Whether 行次 and 栏次 are what they are called, and not data.
  private init(_ csv: CSVTable, name: String, year: Int?, library: FormLibrary, hasNumbers: Bool) {
    self.name = name
    self.csv = csv
    let numberLine = hasNumbers ? Self.numberLine(in: csv) : nil
    columnNumbers = numberLine?.title
    var data = csv
    if let numberLine { data.rows.remove(at: numberLine.row) }
    let guess = HeaderGuess(data, name: name)
    self.year = year ?? Self.latestYear(in: [name] + csv.header.map(\.text))
    // Where only some columns name a unit, the others are taken to be in it as well.
    let units = Set(guess.panels.flatMap(\.columns).filter { $0.contents == .amounts }.compactMap(\.unit))
    let named = guess.unit ?? (units.count == 1 ? units.first : nil)
    let settings = DraftSettings(
      unit: named ?? .tenThousandYuan, decimals: Self.decimals(of: data, guess), library: library)
    self.settings = settings
    isUnitGuessed = named == nil
    let forms = library.formNames.compactMap { library.form($0, year: year ?? 2025) }.filter { !$0.isSheet }
    nearest = NearestForms(to: csv, named: name, among: forms)
    id = Self.identifier(name, forms)
    let levels = "层级"
    let title = "行次"
    let titles = guess.panels.flatMap { $0.columns.compactMap { $0.titles.last.map { normalizedName($0) } } }
    rowNumbers = hasNumbers && titles.contains(title) ? title : nil
    let isNumbered = rowNumbers != nil
    panels = guess.panels.enumerated().map { number, panel in
      var panel = panel
      // They are no columns of a form.
      panel.columns.removeAll { column in
        let name = normalizedName(column.titles.last ?? "")
        return isNumbered && name == title || name == levels && column.titles.count == 1
      }
      return DraftPanel(panel, number: number + 1, in: data, of: settings)
    }
  }

  /// The one line of column numbers (栏次), which some print as asterisks: a word, and 1, 2, 3 below the other columns.
  private static func numberLine(in csv: CSVTable) -> (row: Int, title: String)? {
    let lines = csv.rows.enumerated().compactMap { row, cells -> (row: Int, title: String)? in
      let texts = cells.map { normalizedName($0.text) }.filter { !$0.isEmpty }
      if texts.contains("栏次") { return (row, "栏次") }
      let marks = texts.filter { $0.allSatisfy { $0 == "*" } }
      let numbers = texts.filter { !$0.allSatisfy { $0 == "*" } }
      guard let mark = marks.first, marks.allSatisfy({ $0 == mark }), !numbers.isEmpty,
        numbers == (1...numbers.count).map(String.init)
      else { return nil }
      return (row, mark)
    }
    return lines.count == 1 ? lines.first : nil
  }

  /// How many decimals the amounts are written with at most.
  private static func decimals(of csv: CSVTable, _ guess: HeaderGuess) -> Int {
    let columns = guess.panels.flatMap(\.columns).filter { $0.contents == .amounts }
    let written = columns.flatMap { column in
      csv.rows.map { row in
        Cell.read(
          row[column.index].text, as: CellShape(type: .amount, unit: column.unit), at: Place(file: csv.file)
        ).cell.decimals
      }
    }
    return min(written.max() ?? 2, 10)
  }

  /// The last year that a text names.
  private static func latestYear(in texts: [String]) -> Int? {
    texts.flatMap { text in
      text.split { !("0"..."9").contains($0) }.compactMap { $0.count == 4 ? Int($0) : nil }
    }.filter { (1990...2100).contains($0) }.max()
  }

  /// The id of the known form of this name, or one of its own that stays the same.
  private static func identifier(_ name: String, _ forms: [Form]) -> String {
    let wanted = normalizedName(name)
    if let known = forms.first(where: { $0.names.contains { normalizedName($0) == wanted } }) {
      return known.id
    }
    let plain = name.lowercased().utf8.map { byte in
      (97...122).contains(byte) || (48...57).contains(byte) ? byte : UInt8(ascii: "-")
    }
    if name.utf8.allSatisfy({ $0 < 128 }), plain.contains(where: { $0 != 45 }) {
      return String(decoding: plain, as: UTF8.self)
    }
    // FNV-1a: other names shall not get the same id in one folder.
    let digest = wanted.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
    return "table-" + String(digest, radix: 36)
  }

  // MARK: Giving way

  /// Says less where the checks find fault with what the draft says of its own data.
  ///
  /// - Returns: Whether there was anything left to take back.
  public mutating func giveWay(to findings: [Finding]) -> Bool {
    var hasChanged = false
    // One step at a time: several rows may speak against the same plan.
    var changed: Set<Int> = []
    for finding in findings {
      if rowNumbers != nil || columnNumbers != nil,
        ["numbers-differ", "csv-unknown-column"].contains(finding.id)
      {
        self = FormDraft(csv, name: name, year: year, library: settings.library, hasNumbers: false)
        return true
      }
      if Self.columnFaults.contains(finding.id), let column = finding.subject.column {
        hasChanged = takeBack(column: column) || hasChanged
      } else if let row = finding.subject.row {
        hasChanged = takeBack(row: row, &changed) || hasChanged
      }
    }
    if hasChanged { return true }
    for index in panels.indices where panels[index].plans.count > 1 {
      panels[index].nextPlan()
      hasChanged = true
    }
    if hasChanged { return true }
    for panel in panels.indices {
      for column in panels[panel].columns.indices where panels[panel].columns[column].rule != nil {
        panels[panel].columns[column].rule = nil
        hasChanged = true
      }
    }
    return hasChanged
  }

  /// What is said against the rule of a column, and not against that of a row.
  private static let columnFaults = ["sum-of-columns", "difference-differs", "percentage-differs"]

  private mutating func takeBack(column name: String) -> Bool {
    var found = false
    for panel in panels.indices {
      for column in panels[panel].columns.indices
      where panels[panel].columns[column].rule != nil && panels[panel].columns[column].name == name {
        panels[panel].columns[column].rule = nil
        found = true
      }
    }
    return found
  }

  private mutating func takeBack(row name: String, _ changed: inout Set<Int>) -> Bool {
    let name = normalizedName(name)
    var found = false
    for index in panels.indices
    where panels[index].records.contains(where: { $0.isCalled(name) }) {
      let isTotal =
        panels[index].records.contains { $0.isCalled(name) && $0.isTotal }
        || panels[index].records.first.map { $0.isCalled(name) } ?? false
      if isTotal, panels[index].refusedRows.insert(name).inserted {
        found = true
      } else if changed.contains(index) {
        found = true
      } else if panels[index].plans.count > 1 {
        panels[index].nextPlan()
        changed.insert(index)
        found = true
      }
    }
    return found
  }
}

extension DraftRecord {
  /// Whether a normalized name is its own, with or without the code before it.
  fileprivate func isCalled(_ name: String) -> Bool {
    normalizedName(self.name) == name || normalizedName(plainName) == name
  }
}
