import Diagnostics
import Fiscal
import Forms
import Parsing

/// Finds for each row of data the declared row it fills in, and how rows belong to one another.
struct RowBinder {
  let panel: Panel
  let file: String
  let context: BindingContext
  let table: String
  var rows: [Row] = []
  var findings: [Finding] = []

  /// Declared rows already filled in.
  var filled: Set<Int> = []
  /// The code of the row at hand, where it is spread over several columns, and that of the row above.
  var joined: String?
  var partsAbove: [String] = []
  /// The code that stands before the name in a cell of the row at hand.
  var leading: LeadingCode?
  /// 行次 of the row at hand.
  var number: Cell?
  var lastFixed = -1
  /// The columns of a row's code.
  let codeLeaves: [Leaf]
  /// How the cells of each column are read.
  let shapes: [CellShape]
  /// The columns of words, and the one that names a row.
  let wordColumns: [Int]
  let labelColumn: Int?
  /// The column of the names of codes.
  let nameColumn: Int?
  /// The classifications that rows from the data take their codes from.
  let classifications: [Classification]
  private let isWithoutWords: Bool
  /// The declared rows that the form prints, by each of their names, normalized.
  let fixedRows: [String: [Int]]
  /// Declared blocks of rows from data.
  let blocks: [Int]
  /// Blocks whose list begins with units: every name is indented alike, as below a department that is not printed.
  var unitsOnly: Set<Int> = []
  /// Open rows of each block, as a stack from the outermost in.
  var stacks: [Int: [Open]] = [:]

  /// A row that others may lie below.
  struct Open {
    /// Nil for a level that is named beside the rows of the next, and has no row of its own.
    var row: Int?
    /// What it is called, normalized, and its tags, where it has no row of its own.
    var name = ""
    var tags = Tags()
    var indentation: Int
    var level: Int
    var code: String?
    var pair: CodePair?
    /// The rows of its other printed lines.
    var lines: [Int: Int] = [:]
    /// Whether it is not known what it is, so that nothing below it states a fact.
    var isMute = false
  }

  init(panel: Panel, file: String, context: BindingContext, table: String) {
    self.panel = panel
    self.file = file
    self.context = context
    self.table = table
    codeLeaves = panel.codeLeaves
    shapes = panel.leaves.map { CellShape(type: $0.type, unit: $0.unit) }
    wordColumns = panel.leaves.indices.filter { !panel.leaves[$0].type.isNumeric }
    labelColumn = panel.labelColumn
    nameColumn = panel.leaves.first { $0.type == .name && $0.spread == nil }?.index
    classifications = panel.listedLevels.filter { context.library.facts.classifications.contains($0) }
      .map { context.classification($0) }
    isWithoutWords = panel.isWithoutWords
    blocks = panel.rows.indices.filter { panel.rows[$0].isOpen }
    var fixedRows: [String: [Int]] = [:]
    for index in panel.rows.indices where !panel.rows[index].isOpen {
      fixedRows[normalizedName(panel.rows[index].title), default: []].append(index)
      for alias in panel.rows[index].aliases { fixedRows[normalizedName(alias), default: []].append(index) }
    }
    self.fixedRows = fixedRows
  }

  // MARK: Taking rows

  /// - Parameter texts: the row's cells in the order of the panel's leaves; nil where the file has no such column.
  mutating func take(_ texts: [CSVCell?], level cell: CSVCell?, number: CSVCell? = nil) {
    let cells = read(texts)
    let level = cell.flatMap { read(level: $0) }
    joinCode(of: cells)
    leading = leadingCode(of: cells)
    self.number = number.flatMap { $0.text.trimmingBlanks.isEmpty ? nil : Cell(number: $0, in: file) }
    let names = wordColumns.map { normalizedName(cells[$0].text) }.filter { !$0.isEmpty }
    if let spec = fixedRow(named: names) {
      append(fixed: spec, cells: cells, texts: texts)
    } else if let spec = openBlock(for: cells) {
      append(open: spec, cells: cells, texts: texts, level: level)
    } else {
      let title = title(of: cells, texts: texts)
      report(
        "table-unknown-row", at: place(of: cells), "表样里没有“\(title)”这一行", row: title,
        hint: nearestTitle(to: title).map { "是否应为“\($0)”？" } ?? "核对行名；表样的行：" + fixedTitles)
      append(
        spec: nil, title: title, depth: 0, parent: nil, relation: .part, tags: Tags(), speaks: false,
        cells: cells)
    }
  }

  /// Ties parents that are printed after their parts, and names declared rows that are missing.
  mutating func finish(header: CSVCell?) {
    checkOrdinals()
    completeLists()
    numberLists()
    var rowOfSpec: [Int: Int] = [:]
    for (index, row) in rows.enumerated() {
      if let spec = row.spec, !panel.rows[spec].isOpen { rowOfSpec[spec] = index }
    }
    for index in rows.indices where rows[index].parent == nil {
      guard let spec = rows[index].spec, let parent = panel.rows[spec].parent, let row = rowOfSpec[parent]
      else { continue }
      rows[index].parent = row
      rows[index].relation = panel.rows[spec].relation
    }
    silenceRepeatedPairs()
    for index in rows.indices { rows[index].speaks = speaks(rows[index]) }
    if rows.count == 1, panel.isOneFreeRow { rows[0].speaks = true }
    guard !rows.isEmpty else { return }
    for (index, spec) in panel.rows.enumerated()
    where !spec.isOpen && !spec.isOptional && !filled.contains(index) {
      report(
        "table-missing-row", at: Place(file: file, line: header?.line ?? 0, column: 1, length: 1),
        "缺少“\(spec.title)”这一行",
        row: spec.title, hint: "表样规定要有这一行；没有发生额填 0")
    }
  }

  // MARK: Declared rows

  /// The declared row that bears one of the names and is not yet filled in: the next after the last one, else the first.
  func fixedRow(named names: [String]) -> Int? {
    // Where nothing names the rows, they come in the order of the form.
    if isWithoutWords {
      let order = Array((lastFixed + 1)..<panel.rows.count) + Array(0..<max(0, lastFixed + 1))
      return order.first { !panel.rows[$0].isOpen && !filled.contains($0) }
    }
    if fixedRows.isEmpty { return nil }
    var first: Int?
    var next: Int?
    for index in names.flatMap({ fixedRows[$0] ?? [] }) where !filled.contains(index) {
      first = min(first ?? index, index)
      if index > lastFixed { next = min(next ?? index, index) }
    }
    return next ?? first
  }

  mutating func append(fixed spec: Int, cells: [Cell], texts: [CSVCell?]) {
    filled.insert(spec)
    lastFixed = spec
    let declared = panel.rows[spec]
    let title = title(of: cells, texts: texts)
    append(
      spec: spec, title: title.isEmpty ? declared.title : title, depth: declared.depth, parent: nil,
      relation: declared.relation, tags: declared.states, speaks: true, cells: cells)
  }

  // MARK: Rows from data

  /// The block a row of data belongs to: by its code where blocks limit codes, else the nearest.
  func openBlock(for cells: [Cell]) -> Int? {
    if blocks.count <= 1 { return blocks.first }
    if let code = code(of: cells) {
      let fitting = blocks.filter { index in
        guard case .codes(let list) = panel.rows[index].kind else { return false }
        return list.under.contains { code.hasPrefix($0) }
      }
      if let block = fitting.first { return block }
    }
    return blocks.first { $0 > lastFixed } ?? blocks.last
  }

  mutating func append(open spec: Int, cells: [Cell], texts: [CSVCell?], level: Int?) {
    switch panel.rows[spec].kind {
    case .codes(let list):
      if let paired = list.paired {
        appendPair(spec, [list.classification, paired], cells: cells, texts: texts, level: level)
      } else {
        appendCode(spec, list.classification, cells: cells, texts: texts, level: level)
      }
    case .levels(let levels, let lines, let linesIn):
      appendLevel(spec, levels, lines, linesIn, cells: cells, texts: texts, level: level)
    case .free(let dimension, let column):
      appendFree(spec, dimension, column, cells: cells, texts: texts)
    case .fixed: break
    }
  }

  mutating func appendFree(
    _ spec: Int, _ dimension: String?, _ column: String?, cells: [Cell], texts: [CSVCell?]
  ) {
    let named =
      column.flatMap { panel.place(ofLeaf: $0) }.map { cells[$0].text } ?? title(of: cells, texts: texts)
    var tags = panel.rows[spec].states
    var speaks = panel.rows[spec].isTagged
    if let dimension {
      let value = dimension == "project" ? context.project(named: named) : normalizedName(named)
      if let value, !value.isEmpty {
        tags[dimension] = value
        speaks = true
      } else {
        speaks = false
      }
    }
    append(
      spec: spec, title: named.isEmpty ? title(of: cells, texts: texts) : named,
      depth: panel.rows[spec].depth,
      parent: nil, relation: .part, tags: tags, speaks: speaks, cells: cells)
  }

  func close(_ stack: inout [Open], at indentation: Int, level: Int?) {
    while let last = stack.last, level.map({ last.level >= $0 }) ?? (last.indentation >= indentation) {
      stack.removeLast()
    }
  }

  // MARK: Helpers

  mutating func append(
    spec: Int?, title: String, depth: Int, parent: Int?, relation: RowSpec.Relation, tags: Tags, speaks: Bool,
    cells: [Cell]
  ) {
    rows.append(
      Row(
        spec: spec, title: title, code: nil, depth: depth, parent: parent, relation: relation, level: nil,
        line: nil,
        number: number, tags: tags, speaks: speaks, cells: cells, file: file))
  }

  /// Whether a row adds a tag to the row it belongs to; a part that adds none states no fact.
  func speaks(_ row: Row) -> Bool {
    guard row.speaks, let spec = row.spec else { return false }
    if let parent = row.parent {
      // Only a whole printed beside its parts may repeat their tags.
      return rows[parent].tags != row.tags
    }
    return panel.rows[spec].isOpen || panel.speaks(byItself: spec, row.tags)
  }

  func code(of cells: [Cell]) -> String? {
    guard codeLeaves.count <= 1 else { return joined ?? leading?.code }
    guard let leaf = codeLeaves.first else { return leading?.code }
    let written = cells[leaf.index].text
    if written.isEmpty { return leading?.code }
    if written.utf8.allSatisfy({ (48...57).contains($0) }) { return written }
    let text = written.filter { !$0.isWhitespace }
    return !text.isEmpty && text.utf8.allSatisfy { (48...57).contains($0) } ? text : leading?.code
  }

  /// What names a row: the text of its naming column, without a code before it.
  func title(of cells: [Cell], texts: [CSVCell?]) -> String {
    if let leading, !leading.name.isEmpty { return leading.name }
    if let labelColumn, !cells[labelColumn].text.isEmpty { return cells[labelColumn].text }
    return wordColumns.first { !cells[$0].text.isEmpty }.map { cells[$0].text } ?? ""
  }

  func indentation(of texts: [CSVCell?]) -> Int {
    labelColumn.flatMap { texts[$0]?.text.indentation } ?? 0
  }

  func place(of cells: [Cell]) -> Place {
    (cells.first { !$0.text.isEmpty } ?? .absent).place(in: file)
  }

  var fixedTitles: String { panel.rows.filter { !$0.isOpen }.map(\.title).joined(separator: "、") }

  func nearestTitle(to title: String) -> String? {
    nearest(to: title, among: panel.rows.filter { !$0.isOpen }.map(\.title))
  }

  mutating func report(
    _ id: String, _ severity: Severity = .error, at place: Place, _ message: String, row: String? = nil,
    column: String? = nil, hint: String
  ) {
    var subject = context.subject
    subject.table = table
    subject.row = row
    subject.column = column
    findings.append(Finding(id, severity, at: place, message, hint: hint, subject: subject))
  }
}
