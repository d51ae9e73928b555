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
  private var filled: Set<Int> = []
  /// The code of the row at hand, where it is spread over several columns, and that of the row above.
  var joined: String?
  var partsAbove: [String] = []
  /// 行次 of the row at hand.
  private var number: Cell?
  private var lastFixed = -1
  /// The columns of a row's code.
  let codeLeaves: [Leaf]
  /// Names of the declared rows, normalized.
  private let titles: [[String]]
  /// Open rows of each block, as a stack from the outermost in.
  private var stacks: [Int: [Open]] = [:]

  private struct Open {
    var row: Int
    var indentation: Int
    var level: Int
    var code: String?
    /// The rows of its other printed lines.
    var lines: [Int: Int] = [:]
  }

  init(panel: Panel, file: String, context: BindingContext, table: String) {
    self.panel = panel
    self.file = file
    self.context = context
    self.table = table
    codeLeaves = panel.codeLeaves
    titles = panel.rows.map { row in ([row.title] + row.aliases).map { normalizedName($0) } }
  }

  // MARK: Taking rows

  /// - Parameter texts: the row's cells in the order of the panel's leaves; nil where the file has no such column.
  mutating func take(_ texts: [CSVCell?], level cell: CSVCell?, number: CSVCell? = nil) {
    let cells = read(texts)
    let level = cell.flatMap { read(level: $0) }
    joinCode(of: cells)
    self.number = number.flatMap { $0.text.trimmingSpaces.isEmpty ? nil : Cell(number: $0, in: file) }
    let labels = panel.leaves.filter { !$0.type.isNumeric }.map(\.index)
    let names = labels.compactMap { index -> String? in
      let name = normalizedName(cells[index].text)
      return name.isEmpty ? nil : name
    }
    if let spec = fixedRow(named: names) {
      append(fixed: spec, cells: cells, texts: texts)
    } else if let spec = openBlock(for: cells) {
      append(open: spec, cells: cells, texts: texts, level: level)
    } else {
      let title = title(of: cells, texts: texts)
      report(
        "table-unknown-row", at: place(of: cells), "表样里没有“\(title)”这一行", row: title,
        hint: nearestTitle(to: title).map { "是否应为“\($0)”？" } ?? "核对行名；表样的行：" + fixedTitles)
      append(spec: nil, title: title, depth: 0, parent: nil, relation: .part, tags: Tags(), speaks: false, cells: cells)
    }
  }

  /// Ties parents that are printed after their parts, and names declared rows that are missing.
  mutating func finish(header: CSVCell?) {
    completeLists()
    var rowOfSpec: [Int: Int] = [:]
    for (index, row) in rows.enumerated() {
      if let spec = row.spec, !panel.rows[spec].isOpen { rowOfSpec[spec] = index }
    }
    for index in rows.indices where rows[index].parent == nil {
      guard let spec = rows[index].spec, let parent = panel.rows[spec].parent, let row = rowOfSpec[parent] else { continue }
      rows[index].parent = row
      rows[index].relation = panel.rows[spec].relation
    }
    for index in rows.indices { rows[index].speaks = speaks(rows[index]) }
    guard !rows.isEmpty else { return }
    for (index, spec) in panel.rows.enumerated() where !spec.isOpen && !spec.isOptional && !filled.contains(index) {
      report(
        "table-missing-row", at: Place(file: file, line: header?.line ?? 0, column: 1, length: 1), "缺少“\(spec.title)”这一行",
        row: spec.title, hint: "表样规定要有这一行；没有发生额填 0")
    }
  }

  // MARK: Cells

  /// The stated level (层级) of a row, from 1.
  private mutating func read(level cell: CSVCell) -> Int? {
    let text = cell.text.trimmingSpaces
    if text.isEmpty { return nil }
    if let level = Int(text), (1...20).contains(level) { return level }
    report(
      "not-a-level", at: Place(file: file, line: cell.line, column: cell.column, length: cell.length),
      "“层级”列的“\(text)”不是 1 至 20 的整数", hint: "最外层写 1，下一层写 2；不写层级就留空")
    return nil
  }

  private mutating func read(_ texts: [CSVCell?]) -> [Cell] {
    panel.leaves.map { leaf in
      guard let text = texts[leaf.index] else { return .absent }
      let place = Place(file: file, line: text.line, column: text.column, length: text.length)
      let (cell, fault) = Cell.read(text.text, as: CellShape(type: leaf.type, unit: leaf.unit), at: place)
      if let fault {
        let title = texts.indices.first { panel.labelColumn == $0 }.flatMap { texts[$0]?.text.trimmingSpaces } ?? ""
        report(
          "not-an-amount", at: cell.place(in: file), "“\(leaf.name)”列的“\(cell.text)”\(fault.message)", row: title,
          column: leaf.name, hint: Self.advice(for: fault, leaf: leaf))
      }
      return cell
    }
  }

  static func advice(for fault: NumberSyntaxError, leaf: Leaf) -> String {
    switch fault {
    case .fullWidth(let meant): "改为 \(meant)"
    case .trailing: "格内只写数字，单位由表样规定\(leaf.unit.map { "（\($0.rawValue)）" } ?? "")；没有数字可写 0、—、无 或 不适用"
    case .grouping: "写作 1273.52 或 1,273.52（含逗号时整格加双引号）"
    case .tooFine: "核对单位是否写错（\(leaf.unit?.rawValue ?? "万元")）"
    default: "只写数字，如 36.50；没有数字可写 0、—、无 或 不适用"
    }
  }

  // MARK: Declared rows

  private func fixedRow(named names: [String]) -> Int? {
    let order = Array((lastFixed + 1)..<panel.rows.count) + Array(0..<max(0, lastFixed + 1))
    return order.first { index in
      !panel.rows[index].isOpen && !filled.contains(index) && titles[index].contains { names.contains($0) }
    }
  }

  private mutating func append(fixed spec: Int, cells: [Cell], texts: [CSVCell?]) {
    filled.insert(spec)
    lastFixed = spec
    let declared = panel.rows[spec]
    append(
      spec: spec, title: title(of: cells, texts: texts), depth: declared.depth, parent: nil,
      relation: declared.relation, tags: declared.states, speaks: true, cells: cells)
  }

  // MARK: Rows from data

  /// The block a row of data belongs to: by its code where blocks limit codes, else the nearest.
  private func openBlock(for cells: [Cell]) -> Int? {
    let blocks = panel.rows.indices.filter { panel.rows[$0].isOpen }
    if let code = code(of: cells) {
      let fitting = blocks.filter { index in
        guard case .codes(let list) = panel.rows[index].kind else { return false }
        return list.under.contains { code.hasPrefix($0) }
      }
      if let block = fitting.first { return block }
    }
    return blocks.first { $0 > lastFixed } ?? blocks.last
  }

  private mutating func append(open spec: Int, cells: [Cell], texts: [CSVCell?], level: Int?) {
    switch panel.rows[spec].kind {
    case .codes(let list):
      appendCode(spec, list.classification, cells: cells, texts: texts, level: level)
    case .levels(let levels, let lines, let linesIn):
      appendLevel(spec, levels, lines, linesIn, cells: cells, texts: texts, level: level)
    case .free(let dimension, let column):
      appendFree(spec, dimension, column, cells: cells, texts: texts)
    case .fixed: break
    }
  }

  private mutating func appendCode(
    _ spec: Int, _ classification: String, cells: [Cell], texts: [CSVCell?], level: Int?
  ) {
    let title = title(of: cells, texts: texts)
    let indentation = indentation(of: texts)
    var stack = stacks[spec] ?? []
    var found = code(of: cells)
    if let found {
      while let last = stack.last, let code = last.code, !(found.hasPrefix(code) && found != code) { stack.removeLast() }
      while let last = stack.last, last.code == nil { stack.removeLast() }
    } else {
      close(&stack, at: indentation, level: level)
      found = context.library.classification(classification).code(named: title, under: stack.last?.code ?? "")
      // Below a name that was not found nothing can be found either.
      if !stack.isEmpty, stack.last?.code == nil { found = nil }
    }
    var tags = panel.rows[spec].states
    if let found { tags[classification] = found }
    append(
      spec: spec, title: title, depth: panel.rows[spec].depth + stack.count, parent: stack.last?.row, relation: .part,
      tags: tags, speaks: found != nil, cells: cells)
    rows[rows.count - 1].code = found
    stack.append(Open(row: rows.count - 1, indentation: indentation, level: level ?? stack.count, code: found))
    stacks[spec] = stack
  }

  private mutating func appendFree(
    _ spec: Int, _ dimension: String?, _ column: String?, cells: [Cell], texts: [CSVCell?]
  ) {
    let named = column.flatMap { panel.leaf(named: $0) }.map { cells[$0.index].text } ?? title(of: cells, texts: texts)
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
      spec: spec, title: title(of: cells, texts: texts), depth: panel.rows[spec].depth, parent: nil, relation: .part,
      tags: tags, speaks: speaks, cells: cells)
  }

  private mutating func appendLevel(
    _ spec: Int, _ levels: [RowSpec.Level], _ lines: [RowSpec.Line], _ linesIn: String?, cells: [Cell],
    texts: [CSVCell?], level stated: Int?
  ) {
    var stack = stacks[spec] ?? []
    let line = lineIndex(lines, linesIn, cells: cells)
    // A further line of the row above it: its name is left out, or repeated.
    if let line, line > 0, let last = stack.last, isContinuation(of: last, levels, cells: cells) {
      let above = rows[last.row]
      appendLine(spec, line, lines, of: above, stack: stack, cells: cells)
      stack[stack.count - 1].lines[line] = rows.count - 1
      stacks[spec] = stack
      return
    }
    let column = levels.compactMap(\.column).last { name in
      panel.leaf(named: name).map { $0.spread == nil ? !cells[$0.index].text.isEmpty : joined != nil } ?? false
    }
    let leaf = column.flatMap { panel.leaf(named: $0) }
    let name = leaf.map { cells[$0.index].text } ?? title(of: cells, texts: texts)
    let candidates = levels.indices.filter { levels[$0].column == nil || levels[$0].column == column }
    let indentation = (leaf.flatMap { texts[$0.index]?.text } ?? "").indentation
    let index = self.level(among: candidates, levels, stack: stack, indentation: indentation, stated: stated, cells: cells)
    guard let index else { return }
    let code = code(of: cells)
    if leaf?.type == .code, let code {
      while let last = stack.last, last.level >= index, !(last.code.map { code.hasPrefix($0) && code != $0 } ?? false) { stack.removeLast() }
    } else {
      while let last = stack.last, last.level >= index { stack.removeLast() }
    }
    var tags = stack.last.map { rows[$0.row].tags } ?? panel.rows[spec].states
    if let line = line, line < lines.count { tags = tags.overlaid(by: Tags(["year": ""])) }
    var found: String?
    var speaks = true
    let level = levels[index]
    switch level.of {
    case "department": break
    case "unit": tags["unit"] = normalizedName(name)
    case "project":
      if let project = context.project(named: name) { tags["project"] = project } else { speaks = false }
    case "function", "economic", "gov-economic":
      found = leaf?.type == .code
        ? code : context.library.classification(level.of).code(named: name, under: stack.last?.code ?? "")
      if let found { tags[level.of] = found } else { speaks = false }
    default: speaks = !level.states.isEmpty
    }
    tags = tags.overlaid(by: level.states)
    if let line, line < lines.count {
      tags = tags.overlaid(by: lines[line].states)
      if !lines[line].difference.isEmpty { speaks = false }
    }
    append(
      spec: spec, title: title(of: cells, texts: texts), depth: stack.count, parent: stack.last?.row, relation: .part,
      tags: tags, speaks: speaks, cells: cells)
    rows[rows.count - 1].level = index
    rows[rows.count - 1].code = found
    rows[rows.count - 1].line = line
    stack.append(
      Open(row: rows.count - 1, indentation: indentation, level: index, code: found, lines: line.map { [$0: rows.count - 1] } ?? [:]))
    stacks[spec] = stack
  }

  private func lineIndex(_ lines: [RowSpec.Line], _ column: String?, cells: [Cell]) -> Int? {
    guard !lines.isEmpty, let leaf = column.flatMap({ panel.leaf(named: $0) }) else { return nil }
    let name = normalizedName(cells[leaf.index].text)
    return lines.firstIndex { normalizedName($0.title) == name }
  }

  private func isContinuation(of open: Open, _ levels: [RowSpec.Level], cells: [Cell]) -> Bool {
    levels.compactMap(\.column).compactMap { panel.leaf(named: $0) }.allSatisfy { leaf in
      let text = cells[leaf.index].text
      return text.isEmpty || normalizedName(text) == normalizedName(rows[open.row].cells[leaf.index].text)
    }
  }

  private mutating func appendLine(
    _ spec: Int, _ line: Int, _ lines: [RowSpec.Line], of above: Row, stack: [Open], cells: [Cell]
  ) {
    let outer = stack.dropLast().last
    let base = above.tags.overlaid(by: Tags(["year": ""]))
    append(
      spec: spec, title: above.title, depth: above.depth, parent: outer.flatMap { $0.lines[line] ?? nil },
      relation: .part, tags: base.overlaid(by: lines[line].states), speaks: lines[line].difference.isEmpty, cells: cells)
    rows[rows.count - 1].level = above.level
    rows[rows.count - 1].line = line
  }

  /// Which level a row is on: by a stated 层级, by its filled column, by its indentation below the rows above.
  private func level(
    among candidates: [Int], _ levels: [RowSpec.Level], stack: [Open], indentation: Int, stated: Int?, cells: [Cell]
  ) -> Int? {
    guard let first = candidates.first, let last = candidates.last else { return nil }
    if let stated { return candidates.first { $0 == stated - 1 } ?? min(max(stated - 1, first), last) }
    let open = stack.filter { candidates.contains($0.level) }
    guard let outermost = open.first else {
      // Nothing of these levels stands above: the outermost that can follow what does.
      let floor = (stack.last?.level).map { $0 + 1 } ?? first
      return candidates.first { $0 >= floor } ?? last
    }
    let above = open.last { $0.indentation < indentation }
    if let above { return min(above.level + 1, last) }
    // As far out as the first row: a department stands once, its units beside it.
    if levels[outermost.level].of == "department" { return candidates.first { $0 > outermost.level } ?? last }
    return outermost.level
  }

  private func close(_ stack: inout [Open], at indentation: Int, level: Int?) {
    while let last = stack.last, level.map({ last.level >= $0 }) ?? (last.indentation >= indentation) { stack.removeLast() }
  }

  // MARK: Helpers

  private mutating func append(
    spec: Int?, title: String, depth: Int, parent: Int?, relation: RowSpec.Relation, tags: Tags, speaks: Bool,
    cells: [Cell]
  ) {
    rows.append(
      Row(
        spec: spec, title: title, code: nil, depth: depth, parent: parent, relation: relation, level: nil, line: nil,
        number: number, tags: tags, speaks: speaks, cells: cells, file: file))
  }

  /// Whether a row adds a tag to the row it belongs to; a part that adds none states no fact.
  private func speaks(_ row: Row) -> Bool {
    guard row.speaks, let spec = row.spec else { return false }
    if let parent = row.parent {
      // Only a whole printed beside its parts may repeat their tags.
      return rows[parent].tags != row.tags
    }
    let declared = panel.rows[spec]
    if declared.isOpen { return true }
    if row.tags.settled.isEmpty, !declared.isTagged {
      let hasParts = !declared.adds.isEmpty || panel.rows.contains { $0.parent == spec }
      return hasParts || panel.rows.count == 1
    }
    return true
  }

  private func code(of cells: [Cell]) -> String? {
    guard codeLeaves.count <= 1 else { return joined }
    guard let leaf = codeLeaves.first else { return nil }
    let text = cells[leaf.index].text.filter { !$0.isWhitespace }
    return !text.isEmpty && text.utf8.allSatisfy { (48...57).contains($0) } ? text : nil
  }

  private func title(of cells: [Cell], texts: [CSVCell?]) -> String {
    if let label = panel.labelColumn, !cells[label].text.isEmpty { return cells[label].text }
    return panel.leaves.first { !$0.type.isNumeric && !cells[$0.index].text.isEmpty }.map { cells[$0.index].text } ?? ""
  }

  private func indentation(of texts: [CSVCell?]) -> Int {
    panel.labelColumn.flatMap { texts[$0]?.text.indentation } ?? 0
  }

  private func place(of cells: [Cell]) -> Place {
    (cells.first { !$0.text.isEmpty } ?? .absent).place(in: file)
  }

  private var fixedTitles: String { panel.rows.filter { !$0.isOpen }.map(\.title).joined(separator: "、") }

  private func nearestTitle(to title: String) -> String? {
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
