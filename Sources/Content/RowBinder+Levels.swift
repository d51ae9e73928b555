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
    if let line, line > 0, let last = stack.last, isContinuation(of: last, levels, cells: cells) {
      let above = rows[last.row]
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
    let index = self.level(
      among: candidates, levels, stack: stack, indentation: indentation, stated: stated,
      isUnitsOnly: unitsOnly.contains(spec))
    guard let index else { return }
    let code = code(of: cells)
    if isCode, let code {
      while let last = stack.last, last.level >= index,
        !(last.code.map { code.hasPrefix($0) && code != $0 } ?? false)
      { stack.removeLast() }
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
      found =
        isCode
        ? code : context.library.classification(level.of).code(named: name, under: stack.last?.code ?? "")
      if let found { tags[level.of] = found } else { speaks = false }
    default: speaks = !level.states.isEmpty
    }
    tags = tags.overlaid(by: level.states)
    if let line, line < lines.count {
      tags = tags.overlaid(by: lines[line].states)
      if !lines[line].difference.isEmpty { speaks = false }
    }
    let title = isCode || name.isEmpty ? title(of: cells, texts: texts) : name
    append(
      spec: spec, title: title, depth: stack.count, parent: stack.last?.row, relation: .part,
      tags: tags, speaks: speaks, cells: cells)
    rows[rows.count - 1].level = index
    rows[rows.count - 1].code = found
    rows[rows.count - 1].line = line
    stack.append(
      Open(
        row: rows.count - 1, indentation: indentation, level: index, code: found,
        lines: line.map { [$0: rows.count - 1] } ?? [:]))
    stacks[spec] = stack
  }

  func lineIndex(_ lines: [RowSpec.Line], _ column: String?, cells: [Cell]) -> Int? {
    guard !lines.isEmpty, let leaf = column.flatMap({ panel.place(ofLeaf: $0) }) else { return nil }
    let name = normalizedName(cells[leaf].text)
    return lines.firstIndex { normalizedName($0.title) == name }
  }

  func isContinuation(of open: Open, _ levels: [RowSpec.Level], cells: [Cell]) -> Bool {
    levels.compactMap(\.column).compactMap { panel.place(ofLeaf: $0) }.allSatisfy { leaf in
      let text = cells[leaf].text
      return text.isEmpty || normalizedName(text) == normalizedName(rows[open.row].cells[leaf].text)
    }
  }

  mutating func appendLine(
    _ spec: Int, _ line: Int, _ lines: [RowSpec.Line], of above: Row, stack: [Open], cells: [Cell]
  ) {
    let outer = stack.dropLast().last
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
