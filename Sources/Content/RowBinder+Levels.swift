import Diagnostics
import Fiscal
import Forms
import Parsing

/// Rows in levels: 部门、单位、科目, by indentation or by the column that is filled.
extension RowBinder {
  /// Whether `prepare` has anything to look for.
  var asksForAllRows: Bool {
    panel.rows.contains {
      if case .levels(let levels, _, _) = $0.kind { levels.first?.of == "department" } else { false }
    }
  }

  /// Looks at the whole list before its rows are taken: whether it names a department or its units only.
  mutating func prepare(_ records: [[CSVCell?]]) {
    for (spec, declared) in panel.rows.enumerated() {
      guard case .levels(let levels, _, _) = declared.kind, let first = levels.first,
        first.of == "department",
        let leaf = first.column.flatMap({ panel.leaf(named: $0) })
      else { continue }
      let names = records.compactMap { $0[leaf.index]?.text }.filter { text in
        let name = normalizedName(text)
        return !name.isEmpty && !isDeclared(name)
      }
      let indentations = Set(names.map(\.indentation))
      if indentations.count == 1, indentations.first != 0 { unitsOnly.insert(spec) }
    }
  }

  /// Whether a declared row or block bears a normalized name.
  private func isDeclared(_ name: String) -> Bool {
    fixedRows[name] != nil
      || blocks.contains { block in
        let declared = panel.rows[block]
        return ([declared.title] + declared.aliases).contains { normalizedName($0) == name }
      }
  }

  mutating func appendLevel(
    _ spec: Int, _ levels: [RowSpec.Level], _ lines: [RowSpec.Line], _ linesIn: String?, cells: [Cell],
    texts: [CSVCell?], level stated: Int?
  ) {
    var stack = stacks[spec] ?? []
    let line = lineIndex(lines, linesIn, cells: cells)
    // A further line of the row above it: its name is left out, or repeated.
    if let line, line > 0, let row = stack.last?.row, isContinuation(of: row, levels, cells: cells) {
      let above = rows[row]
      appendLine(spec, line, lines, of: above, stack: stack, cells: cells)
      stack[stack.count - 1].lines[line] = rows.count - 1
      stacks[spec] = stack
      return
    }
    let column = levels.compactMap(\.column).last { name in
      panel.place(ofLeaf: name).map {
        panel.leaves[$0].spread == nil ? !cells[$0].text.isEmpty : joined != nil
      }
        ?? false
    }
    let leaf = column.flatMap { panel.place(ofLeaf: $0) }
    let isCode = leaf.map { panel.leaves[$0].type == .code } ?? false
    let name = leaf.map { cells[$0].text } ?? title(of: cells, texts: texts)
    let candidates = levels.indices.filter { levels[$0].column == nil || levels[$0].column == column }
    let indentation = (leaf.flatMap { texts[$0]?.text } ?? "").indentation
    openUnheaded(
      levels, below: candidates.first ?? 0, beside: column, in: &stack, of: spec, cells: cells, texts: texts)
    let index = self.level(
      among: candidates, levels, stack: stack, indentation: indentation, stated: stated,
      isUnitsOnly: unitsOnly.contains(spec))
    guard let index else { return }
    var cells = cells
    let level = levels[index]
    let isListed = context.library.facts.classifications.contains(level.of)
    let isLed = isListed && leading != nil
    let code = isCode || isLed ? code(of: cells) : nil
    if isListed, let code { complete(&cells, of: code, level.of) }
    if let code {
      while let last = stack.last, last.level >= index,
        !(last.code.map { code.hasPrefix($0) && code != $0 } ?? false)
      { stack.removeLast() }
    } else {
      while let last = stack.last, last.level >= index { stack.removeLast() }
    }
    var base = stack.last.map { tagsBelow($0) } ?? panel.rows[spec].states
    if let line, line < lines.count { base = base.overlaid(by: Tags(["year": ""])) }
    var found: String?
    if isListed {
      found = code
      if found == nil, !isCode, !stack.contains(where: \.isMute) {
        found = self.code(named: name, under: stack.last?.code, level.of, cells: cells)
      }
    }
    var (tags, isKnown) = tagging(level, named: name, code: found, over: base)
    let isMute = !isKnown || stack.contains(where: \.isMute)
    var speaks = !isMute && (level.of != "text" && level.of != "category" || !level.states.isEmpty)
    if let line, line < lines.count {
      tags = tags.overlaid(by: lines[line].states)
      if !lines[line].difference.isEmpty { speaks = false }
    }
    let title = isCode || name.isEmpty || isLed ? title(of: cells, texts: texts) : name
    append(
      spec: spec, title: title, depth: stack.count { $0.row != nil },
      parent: stack.last { $0.row != nil }.flatMap(\.row), relation: .part, tags: tags, speaks: speaks,
      cells: cells)
    rows[rows.count - 1].level = index
    rows[rows.count - 1].code = found
    rows[rows.count - 1].line = line
    stack.append(
      Open(
        row: rows.count - 1, indentation: indentation, level: index, code: found,
        lines: line.map { [$0: rows.count - 1] } ?? [:], isMute: isMute))
    stacks[spec] = stack
  }

  /// What a row of a level says, and whether it is known what that is.
  private func tagging(_ level: RowSpec.Level, named name: String, code: String?, over base: Tags) -> (
    Tags, Bool
  ) {
    var tags = base
    var isKnown = true
    switch level.of {
    case "department", "text", "category": break
    case "unit": tags["unit"] = normalizedName(name)
    case "project":
      tags["project"] = context.project(named: name) ?? tags["project"]
      isKnown = context.project(named: name) != nil
    default:
      if let code { tags[level.of] = code } else { isKnown = false }
    }
    return (tags.overlaid(by: level.states), isKnown)
  }

  private func tagsBelow(_ open: Open) -> Tags { open.row.map { rows[$0].tags } ?? open.tags }

  /// Opens the outer levels that a row names beside its own, where no row above stands for them (单位 beside 科目):
  /// they print nothing of their own, and what follows lies below them.
  private func openUnheaded(
    _ levels: [RowSpec.Level], below index: Int, beside column: String?, in stack: inout [Open], of spec: Int,
    cells: [Cell], texts: [CSVCell?]
  ) {
    var seen: Set<String> = column.map { [$0] } ?? []
    // The name beside a code is the code's, though names of units may stand in the same column.
    let isCode = column.flatMap { panel.place(ofLeaf: $0) }.map { panel.leaves[$0].type == .code } ?? false
    let nameOfCode = isCode ? nameColumn ?? wordColumns.first { panel.leaves[$0].type != .code } : nil
    for level in levels.prefix(index) {
      guard let name = level.column, seen.insert(name).inserted, let place = panel.place(ofLeaf: name),
        place != nameOfCode, panel.leaves[place].spread == nil, !cells[place].text.isEmpty
      else { continue }
      let candidates = levels.indices.filter { levels[$0].column == name && $0 < index }
      let wanted = normalizedName(cells[place].text)
      let isOpen = stack.contains { open in
        candidates.contains(open.level) && self.name(of: open, in: place) == wanted
      }
      if isOpen { continue }
      let indentation = texts[place]?.text.indentation ?? 0
      guard
        let opened = self.level(
          among: candidates, levels, stack: stack, indentation: indentation, stated: nil,
          isUnitsOnly: unitsOnly.contains(spec))
      else { continue }
      while let last = stack.last, last.level >= opened { stack.removeLast() }
      let isCode = panel.leaves[place].type == .code
      let text = cells[place].text
      let listed = context.library.facts.classifications.contains(levels[opened].of)
      let code =
        !listed
        ? nil
        : isCode
          ? text : context.classification(levels[opened].of).code(named: text, under: stack.last?.code ?? "")
      let base = stack.last.map { tagsBelow($0) } ?? panel.rows[spec].states
      let (tags, isKnown) = tagging(levels[opened], named: text, code: code, over: base)
      stack.append(
        Open(
          row: nil, name: wanted, tags: tags, indentation: indentation, level: opened, code: code,
          isMute: !isKnown || stack.contains(where: \.isMute)))
    }
  }

  private func name(of open: Open, in place: Int) -> String {
    open.row.map { normalizedName(rows[$0].cells[place].text) } ?? open.name
  }

  func lineIndex(_ lines: [RowSpec.Line], _ column: String?, cells: [Cell]) -> Int? {
    guard !lines.isEmpty, let leaf = column.flatMap({ panel.place(ofLeaf: $0) }) else { return nil }
    let name = normalizedName(cells[leaf].text)
    return lines.firstIndex { normalizedName($0.title) == name }
  }

  func isContinuation(of row: Int, _ levels: [RowSpec.Level], cells: [Cell]) -> Bool {
    levels.compactMap(\.column).compactMap { panel.place(ofLeaf: $0) }.allSatisfy { leaf in
      let text = cells[leaf].text
      return text.isEmpty || normalizedName(text) == normalizedName(rows[row].cells[leaf].text)
    }
  }

  mutating func appendLine(
    _ spec: Int, _ line: Int, _ lines: [RowSpec.Line], of above: Row, stack: [Open], cells: [Cell]
  ) {
    let outer = stack.dropLast().last { $0.row != nil }
    let base = above.tags.overlaid(by: Tags(["year": ""]))
    append(
      spec: spec, title: above.title, depth: above.depth, parent: outer.flatMap { $0.lines[line] ?? nil },
      relation: .part, tags: base.overlaid(by: lines[line].states), speaks: lines[line].difference.isEmpty,
      cells: cells)
    rows[rows.count - 1].level = above.level
    rows[rows.count - 1].line = line
  }

  /// Which level a row is on: by a stated 层级, by its filled column, by its indentation below the rows above.
  func level(
    among candidates: [Int], _ levels: [RowSpec.Level], stack: [Open], indentation: Int, stated: Int?,
    isUnitsOnly: Bool
  ) -> Int? {
    guard let first = candidates.first, let last = candidates.last else { return nil }
    if let stated { return candidates.first { $0 == stated - 1 } ?? min(max(stated - 1, first), last) }
    let open = stack.filter { candidates.contains($0.level) }
    guard let outermost = open.first else {
      if stack.isEmpty, isUnitsOnly { return candidates.first { levels[$0].of != "department" } ?? last }
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
}
