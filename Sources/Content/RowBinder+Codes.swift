import Diagnostics
import Fiscal
import Forms
import Parsing

extension RowBinder {
  /// Adds a row of a code, below the nearest row above whose code begins it.
  mutating func appendCode(
    _ spec: Int, _ classification: String, cells: [Cell], texts: [CSVCell?], level: Int?
  ) {
    var cells = cells
    var found = code(of: cells)
    if let found { complete(&cells, of: found, classification) }
    let title = title(of: cells, texts: texts)
    let indentation = indentation(of: texts)
    var stack = stacks[spec] ?? []
    if let found {
      while let last = stack.last, let code = last.code, !(found.hasPrefix(code) && found != code) {
        stack.removeLast()
      }
      while let last = stack.last, last.code == nil { stack.removeLast() }
    } else {
      close(&stack, at: indentation, level: level)
      // Below a name that was not found nothing can be found either.
      if stack.isEmpty || stack.last?.code != nil {
        found = self.code(named: title, under: stack.last?.code, classification, cells: cells)
      }
    }
    var tags = panel.rows[spec].states
    if let found { tags[classification] = found }
    append(
      spec: spec, title: title, depth: panel.rows[spec].depth + stack.count,
      parent: stack.last.flatMap(\.row), relation: .part, tags: tags, speaks: found != nil, cells: cells)
    rows[rows.count - 1].code = found
    stack.append(
      Open(row: rows.count - 1, indentation: indentation, level: level ?? stack.count, code: found))
    stacks[spec] = stack
  }

  // MARK: Codes in several columns

  /// Joins a code that is spread over 类、款、项: what is empty before the last part is as in the row above.
  mutating func joinCode(of cells: [Cell]) {
    joined = nil
    guard codeLeaves.count > 1 else { return }
    let texts = codeLeaves.map { leaf in
      let text = cells[leaf.index].text.filter { !$0.isWhitespace }
      return text.utf8.allSatisfy { $0 == 48 } ? "" : text
    }
    guard let last = texts.lastIndex(where: { !$0.isEmpty }),
      texts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } })
    else { return }
    if let whole = wholeCode(in: texts, at: last) {
      partsAbove = whole
      joined = texts[last]
      return
    }
    var parts: [String] = []
    for level in 0...last {
      let width = level == 0 ? 3 : 2
      if texts[level].isEmpty, partsAbove.count > level, Array(partsAbove.prefix(level)) == parts {
        parts.append(partsAbove[level])
      } else if texts[level].utf8.count == width {
        parts.append(texts[level])
      } else if level > 0, texts[level].utf8.count == 1 {
        // Excel drops the 0 of 02.
        parts.append("0" + texts[level])
      } else {
        let written = codeLeaves[texts[level].isEmpty ? last : level]
        reportUnjoined(cells[written.index], codeLeaves[level])
        return
      }
    }
    partsAbove = parts
    joined = parts.joined()
  }

  /// The parts of a code that is written as a whole: in its own column, or in the first; nil where it is not.
  private func wholeCode(in texts: [String], at level: Int) -> [String]? {
    let code = texts[level]
    let length = code.utf8.count
    guard length >= 3, length % 2 == 1, level == 0 || length == 3 + 2 * level else { return nil }
    let parts =
      [String(code.prefix(3))]
      + stride(from: 3, to: length, by: 2).map { String(code.dropFirst($0).prefix(2)) }
    guard parts.count <= codeLeaves.count else { return nil }
    let fits = texts[..<level].enumerated().allSatisfy { place, text in
      text.isEmpty || text == parts[place] || text.utf8.count > 2 && code.hasPrefix(text)
    }
    return fits ? parts : nil
  }

  private mutating func reportUnjoined(_ cell: Cell, _ leaf: Leaf) {
    report(
      "code-incomplete", at: cell.place(in: file), "“\(cell.text)”这一行的“\(leaf.title)”不能与前面的合成编码",
      column: leaf.name,
      hint: "第一列写三位（205），后面各列写两位（02）；与上一行相同的可以空着")
  }

  // MARK: Lists that are printed whole

  /// Adds the codes of complete lists that the data leaves out, each in its place.
  mutating func completeLists() {
    guard !rows.isEmpty else { return }
    for (spec, declared) in panel.rows.enumerated() {
      if case .codes(let list) = declared.kind, list.isComplete { complete(spec, list) }
    }
  }

  private mutating func complete(_ spec: Int, _ list: CodeList) {
    let mine = rows.indices.filter { rows[$0].spec == spec }
    // A row whose code is not known stays behind the one it follows.
    var code = ""
    var block = mine.map { index -> (code: String, old: Int?, row: Row) in
      code = rows[index].code ?? code
      return (code, index, rows[index])
    }
    let present = Set(mine.compactMap { rows[$0].code })
    for listed in list.codes(in: context.classification(list.classification))
    where !present.contains(listed.code) {
      block.append((listed.code, nil, leftOut(listed, of: list, spec: spec)))
    }
    block = block.enumerated().sorted { ($0.element.code, $0.offset) < ($1.element.code, $1.offset) }.map(
      \.element)

    let first = mine.first ?? rows.firstIndex { ($0.spec ?? -1) > spec } ?? rows.count
    let others = rows.indices.filter { rows[$0].spec != spec }
    let order =
      others.filter { $0 < first }.map { (old: Int?.some($0), row: rows[$0]) }
      + block.map { (old: $0.old, row: $0.row) }
      + others.filter { $0 >= first }.map { (old: Int?.some($0), row: rows[$0]) }
    var moved: [Int: Int] = [:]
    for (new, entry) in order.enumerated() { if let old = entry.old { moved[old] = new } }
    rows = order.map(\.row)
    for index in rows.indices { rows[index].parent = rows[index].parent.flatMap { moved[$0] } }
    nest(spec)
  }

  /// Ties each code of a block to the nearest one above that begins it, and marks those that only hold others.
  private mutating func nest(_ spec: Int) {
    var open: [Int] = []
    var holding: Set<String> = []
    for row in rows where row.spec == spec && !row.isLeftOut {
      guard let code = row.code, code.count > 3 else { continue }
      for length in stride(from: 3, to: code.count, by: 2) { holding.insert(String(code.prefix(length))) }
    }
    for index in rows.indices where rows[index].spec == spec {
      if let code = rows[index].code {
        while let last = open.last, let whole = rows[last].code, code == whole || !code.hasPrefix(whole) {
          open.removeLast()
        }
        rows[index].parent = open.last
        rows[index].depth = panel.rows[spec].depth + open.count
        open.append(index)
        guard rows[index].isLeftOut, holding.contains(code) else { continue }
        rows[index].isHollow = true
        rows[index].speaks = false
      } else if let parent = rows[index].parent {
        rows[index].depth = rows[parent].depth + 1
      }
    }
  }

  /// A row with nothing but its code and name, the code written as the data writes it.
  private func leftOut(_ listed: ListedCode, of list: CodeList, spec: Int) -> Row {
    var cells = panel.leaves.map { _ in Cell.absent }
    func write(_ text: String, in leaf: Int?) {
      guard let leaf, !text.isEmpty else { return }
      cells[leaf].text = text
      cells[leaf].state = .value
    }
    let last = CodeList.level(of: listed.code)
    let isSparse =
      codeLeaves.count > 1
      && rows.contains { ($0.code?.utf8.count ?? 0) > 3 && $0.cells[codeLeaves[0].index].text.isEmpty }
    for (level, leaf) in codeLeaves.enumerated() where !isSparse || level == last - 1 {
      let digits = level == 0 ? listed.code.prefix(3) : listed.code.dropFirst(1 + 2 * level).prefix(2)
      write(codeLeaves.count == 1 ? listed.code : String(digits), in: leaf.index)
    }
    if let label = labelColumn, panel.leaves[label].type != .code { write(listed.name, in: label) }
    var tags = panel.rows[spec].states
    tags[list.classification] = listed.code
    return Row(
      spec: spec, title: listed.name, code: listed.code, depth: panel.rows[spec].depth, parent: nil,
      relation: .part,
      level: nil, line: nil, number: nil, tags: tags, speaks: true, cells: cells, file: file)
  }
}
