import Content
import Fiscal
import Forms

/// The figures that words name beyond doubt.
struct NamedFigures {
  var cells: [TextCell]
  /// Whether the words themselves name all of it, and nothing comes from a heading or from an earlier clause.
  var isDirect: Bool

  /// Whether all of them have one value.
  var isOne: Bool { Set(cells.map(\.value)).count == 1 }
}

extension TextReading {
  /// What a number of the narrative is said to be, where the words name it fully and nothing around them is unknown.
  func named(by index: Int) -> NamedFigures? {
    let clause = ties[index].clause
    let passage = ties[index].passage
    if passages[passage].has(["的"], at: clause.number.range.upperBound) { return nil }
    // 主要用于…… lists parts of what they name.
    let said = passages[passage].text(clause.sentence.lowerBound..<clause.number.range.lowerBound)
    if ["用于", "主要", "不含", "含上年", "预计"].contains(where: { said.contains($0) }) || isOfOtherScope(index) {
      return nil
    }
    guard let context = context(of: index) else { return nil }
    // 公益一类事业单位 2 个，编制 20 人: with a word that nothing is known of, of whom is open.
    if clause.number.kind.isCount,
      !words[passage].content(in: clause.sentence.lowerBound..<clause.number.range.lowerBound).allSatisfy({
        $0.entry != nil
      })
    {
      return nil
    }
    var near = clause.near
    // 国内公务接待 46 批次、378 人次: the second is of the same.
    if clause.number.kind.isCount, !clause.isOfWhich, index > 0, sentence(of: index).contains(index - 1),
      ties[index - 1].clause.number.kind.isCount,
      passages[passage].text(
        ties[index - 1].clause.number.range.upperBound..<clause.number.range.lowerBound
      ).allSatisfy({ "、，".contains($0) })
    {
      near = ties[index - 1].clause.near
    }
    guard
      var found = named(
        in: near, of: passage, year: clause.yearOffset ?? sentenceYear(of: index), context: context,
        kind: clause.number.kind, isBudget: isOfBudget(index))
    else { return nil }
    if isOfSpending(index) { found.cells.removeAll { isPlanned($0) } }
    return found.cells.isEmpty ? nil : found
  }

  /// - Parameters:
  ///   - context: what headings and earlier clauses say.
  ///   - isBudget: whether earlier words say that a budget is spoken of.
  func named(
    in range: Range<Int>, of passage: Int, year: Int, context: TextContext, kind: TextNumber.Kind,
    isBudget: Bool = false
  ) -> NamedFigures? {
    let content = words[passage].content(in: range)
    guard !content.isEmpty, content.allSatisfy({ $0.entry != nil }) else { return nil }
    var tags: [Int: UInt16] = [:]
    var rows: [WordBook.RowAddress] = []
    var columns: Set<WordBook.RowAddress> = []
    var names = 0
    for (_, entry) in content {
      guard let entry else { return nil }
      // 国内公务接待 46 批次: a row of counts, whatever else its name says.
      let isCounted = kind.isCount && !entry.rows.isEmpty
      for tag in entry.tags where !isCounted {
        // Two values of one dimension: the words speak of more than one figure.
        if let other = tags[tag.dimension], other != tag.value,
          !facts.isWithin(tag.value, other, in: tag.dimension)
        {
          guard facts.isWithin(other, tag.value, in: tag.dimension) || isFlow(tag.dimension) else {
            return nil
          }
          if facts.isWithin(other, tag.value, in: tag.dimension) { continue }
        }
        tags[tag.dimension] = tag.value
      }
      guard entry.tags.isEmpty || isCounted else { continue }
      if !entry.rows.isEmpty {
        // 教育支出（类）普通教育（款）小学教育（项）: each within the one before.
        rows = names == 0 ? entry.rows : entry.rows.filter { isWithin($0, rows) }
        if rows.isEmpty { return nil }
        names += 1
      } else {
        columns.formUnion(entry.columns)
      }
    }
    var around = context.tags
    for (dimension, value) in tags { around[dimension] = value }
    let inherits = !context.rows.isEmpty || context.tags.contains { tags[$0.key] == nil }
    // 科目A：基本支出…… is of the row that was named before; a project named here is itself.
    let isNarrow = lanes.narrowing.contains { $0 != lanes.flow && $0 != lanes.nature && tags[$0] != nil }
    if names == 0, !isNarrow { rows = context.rows.filter { $0.table >= 0 && $0.panel >= 0 } }
    if kind.isCount, rows.isEmpty { rows = totalRows(of: columns) }
    if isAmbiguous(rows) { return nil }
    let saysThisYear = words[passage].saysThisYear(in: range)
    let saysBudget =
      isBudget || words[passage].saysBudget(in: range, besides: lanes.fund, of: passages[passage])
    let cells =
      !rows.isEmpty
      ? figures(of: rows, tags, around, year: year, kind)
      : statedFigures(
        tags, around, year: year, saysThisYear: saysThisYear,
        saysGranted: passages[passage].text(range).contains("拨款"), kind)
    // 预算 in a text about final accounts is not what was spent.
    let fitting = cells.filter { cell in
      if saysBudget, isSpent(cell) { return false }
      let place = cell.place
      return columns.isEmpty
        || columns.contains(.init(table: Int(place.table), panel: Int(place.panel), row: Int(place.leaf)))
    }
    return fitting.isEmpty ? nil : NamedFigures(cells: fitting, isDirect: !inherits)
  }

  /// Whether a figure is of a budget.
  func isPlanned(_ cell: TextCell) -> Bool {
    guard let lane = lanes.phase, let fact = cell.fact else { return false }
    return facts.text(of: facts.key(fact)[lane], in: lane).hasSuffix("预算")
  }

  /// Whether a figure is of what was carried out, not of a budget.
  func isSpent(_ cell: TextCell) -> Bool {
    guard let lane = lanes.phase, let fact = cell.fact else { return false }
    let value = facts.key(fact)[lane]
    return value != 0 && !facts.text(of: value, in: lane).hasSuffix("预算")
  }

  private func isFlow(_ dimension: Int) -> Bool { dimension == lanes.flow }

}
