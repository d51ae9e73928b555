import Fiscal
import Forms
import Parsing

/// Rows whose key is a pair of codes: what is spent (部门经济科目) beside how the budget calls it (政府经济科目).
extension RowBinder {
  /// The codes of a row in both classifications; empty where it has none.
  struct CodePair: Equatable {
    var codes: [String]

    /// As rows are called: `30101/50101`, or the only one.
    var text: String? {
      let written = codes.filter { !$0.isEmpty }
      return written.isEmpty ? nil : written.joined(separator: "/")
    }

    /// Whether it lies below another: narrower in one code, and nowhere outside; a code that is left out is any.
    ///
    /// Two rows that leave out each other's code lie below one another only where one is of a wider level.
    func lies(below whole: CodePair) -> Bool {
      let pairs = zip(codes, whole.codes)
      let shares = pairs.contains { !$0.isEmpty && !$1.isEmpty }
      let levels = [self, whole].map { $0.codes.map(\.utf8.count).max() ?? 0 }
      return (shares || levels[0] > levels[1]) && pairs.contains { $0.utf8.count > $1.utf8.count }
        && pairs.allSatisfy { $0.isEmpty || $1.isEmpty || $0.hasPrefix($1) }
    }
  }

  mutating func appendPair(
    _ spec: Int, _ classifications: [String], cells: [Cell], texts: [CSVCell?], level: Int?
  ) {
    var cells = cells
    let written = classifications.map {
      PairedCode(of: $0, in: panel, cells, context.classification($0))
    }
    for code in written.compactMap(\.self) {
      guard code.name.isEmpty, let column = code.nameColumn else { continue }
      complete(
        &cells, column, of: code.code, code.classification, at: cells[code.column].place(in: file))
    }
    let title = pairTitle(of: cells, texts: texts, written)
    let indentation = indentation(of: texts)
    var stack = stacks[spec] ?? []
    let pair = CodePair(codes: written.map { $0?.code ?? "" })
    if pair.text == nil {
      close(&stack, at: indentation, level: level)
    } else {
      while let last = stack.last, !(last.pair.map { pair.lies(below: $0) } ?? false) { stack.removeLast() }
    }
    // What is left out here is as in the row above that holds this one.
    let holder: Int? = stack.last?.row
    let above = holder.map { rows[$0].tags }
    var tags = panel.rows[spec].states
    for (classification, code) in zip(classifications, pair.codes) {
      if let value = code.isEmpty ? above?[classification] : code { tags[classification] = value }
    }
    append(
      spec: spec, title: title, depth: panel.rows[spec].depth + stack.count, parent: holder,
      relation: .part, tags: tags, speaks: pair.text != nil, cells: cells)
    rows[rows.count - 1].code = pair.text
    stack.append(
      Open(
        row: rows.count - 1, indentation: indentation, level: level ?? stack.count, code: pair.text,
        pair: pair.text == nil ? nil : pair))
    stacks[spec] = stack
  }

  /// A code alone that stands twice heads a part each time, and says nothing of the whole.
  mutating func silenceRepeatedPairs() {
    var counts: [Tags: Int] = [:]
    func isPaired(_ row: Row) -> Bool {
      guard row.speaks, let spec = row.spec, case .codes(let list) = panel.rows[spec].kind else {
        return false
      }
      return list.paired != nil
    }
    for row in rows where isPaired(row) { counts[row.tags, default: 0] += 1 }
    for index in rows.indices where isPaired(rows[index]) {
      if counts[rows[index].tags, default: 0] > 1 { rows[index].speaks = false }
    }
  }

  /// What names a row of two codes: the first of their names, where the column that names rows is left empty.
  private func pairTitle(of cells: [Cell], texts: [CSVCell?], _ written: [PairedCode?]) -> String {
    if let labelColumn, cells[labelColumn].text.isEmpty {
      let names = written.compactMap { code in code?.nameColumn.map { cells[$0].text } }
      if let name = names.first(where: { !$0.isEmpty }) { return name }
    }
    return title(of: cells, texts: texts)
  }
}
