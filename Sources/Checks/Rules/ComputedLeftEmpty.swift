import Content
import Diagnostics
import Fiscal
import Forms
import Formulas

extension Check {
  /// 该算出的格空着
  static let computedLeftEmpty = Check(
    "computed-left-empty", .warning, "别的都算了，只有这一格空着",
    why: """
      增减额、百分比、按公式算的数，同一列（同一行）别的都填了，依据的两个数也都填了，只有这一格空着：多半是漏填，读者会当作零。\
      整列都不填的、算出来是零的、基数为零的、只有合计才算的不论；不能比的写“—”。
      """,
    references: ["SUM-05", "PCT-02", "FRM-10"],
    examples: [
      .passes(
        exampleTwoYears,
        (
          "对比表.csv",
          "项目,上年,本年,增减额,增减%\n甲,10.00,12.00,2.00,20%\n乙,5.00,5.00,,\n丙,,4.00,,\n丁,0,3.00,3.00,\n戊,4.00,5.00,1.00,—\n"
        )),
      .passes(exampleTwoYears, ("对比表.csv", "项目,上年,本年,增减额,增减%\n甲,10.00,12.00,2.00,\n乙,5.00,6.00,1.00,\n")),
      .fails(
        exampleTwoYears,
        ("对比表.csv", "项目,上年,本年,增减额,增减%\n甲,10.00,12.00,2.00,20%\n乙,5.00,6.00,1.00,↓\n丙,4.00,5.00,1.00,25%\n")),
      .fails(exampleTwoYears, ("对比表.csv", "项目,上年,本年,增减额,增减%\n甲,10.00,12.00,2.00,20%\n乙,5.00,6.00,↓,20%\n")),
      .fails(exampleLines, ("三年表.csv", "单位,年度,出国,接待\n局,上年,1.00,2.00\n局,本年,3.00,5.00\n局,增减,2.00,↓\n")),
    ]
  ) { context in
    context.panels.flatMap { panel -> [Finding] in
      panel.panel.leaves.flatMap { panel.leftEmpty(in: $0) } + panel.leftEmptyInDifferences()
    }
  }
}

/// What a blank cell would hold: the value, and the words of a finding.
private struct Computed {
  var row: Int
  var leaf: Leaf
  var value: Rational
  var text: String
  /// What it follows from.
  var source: String
  var isBlank: Bool
  /// Whether the value is a difference of amounts, which may be tried in its place.
  var isExact = false
}

/// Rows that are filled in alike: of one block or level, or declared equally deep.
private struct RowKind: Hashable {
  var spec: Int
  var depth: Int
  var length: Int
  var isPart: Bool
}

extension PanelContext {
  // MARK: Columns

  fileprivate func leftEmpty(in leaf: Leaf) -> [Finding] {
    guard leaf.isComputed, !leaf.isMerged, !leaf.isPersonal else { return [] }
    let all = rows.indices.compactMap { computed(leaf, row: $0) }
    let blank = all.filter(\.isBlank)
    guard !blank.isEmpty, blank.count < all.count else { return [] }
    let filled = Set(all.filter { !$0.isBlank }.map { kind(of: $0.row) })
    return blank.filter { missing in
      // Where only totals are worked out, or only parts, the others are not meant to be.
      let isAlike = filled.contains(kind(of: missing.row))
      guard isAlike || isTotal(missing.row) else { return false }
      return blank.count * 2 < all.count || blank.count == 1 && isAlike
    }.map { report($0) }
  }

  /// What a cell should hold by the rule of its column, where all that the rule needs is stated and the result is not zero.
  private func computed(_ leaf: Leaf, row: Int) -> Computed? {
    let cell = cell(row, leaf)
    guard applies(leaf, to: row), cell.state == .blank || cell.isFigure else { return nil }
    for rule in leaf.rules {
      let found: (value: Rational, text: String, source: String, isExact: Bool)?
      switch rule {
      case .difference(let new, let old): found = difference(leaf, new, old, row: row)
      case .growth(let new, let old): found = ratio(leaf, new, old, row: row, isGrowth: true)
      case .share(let part, let whole): found = ratio(leaf, part, whole, row: row, isGrowth: false)
      case .equals(let expression, let columns): found = result(expression, columns, row: row)
      case .sum, .ofWhich: found = nil
      }
      // What prints as zero may as well be left empty.
      guard let found, found.text.contains(where: { ("1"..."9").contains($0) }) else { continue }
      return Computed(
        row: row, leaf: leaf, value: found.value, text: found.text, source: found.source,
        isBlank: cell.state == .blank, isExact: found.isExact)
    }
    return nil
  }

  private func difference(_ leaf: Leaf, _ new: Int, _ old: Int, row: Int)
    -> (value: Rational, text: String, source: String, isExact: Bool)?
  {
    let (first, second) = (panel.leaves[new], panel.leaves[old])
    guard cell(row, first).isFigure, cell(row, second).isFigure, let above = term(row, first)?.value,
      let below = term(row, second)?.value, let value = above.subtracting(below)
    else { return nil }
    return (
      value, amount(value, leaf) + unit(leaf),
      "\(first.title) \(amount(above, first))，\(second.title) \(amount(below, second))", leaf.type == .amount
    )
  }

  private func ratio(_ leaf: Leaf, _ top: Int, _ bottom: Int, row: Int, isGrowth: Bool)
    -> (value: Rational, text: String, source: String, isExact: Bool)?
  {
    let (first, second) = (panel.leaves[top], panel.leaves[bottom])
    // Nothing can be said of a growth from below zero.
    guard cell(row, first).isFigure, cell(row, second).isFigure, let above = term(row, first)?.value,
      let base = term(row, second)?.value, base > .zero,
      let value = (isGrowth ? above.subtracting(base) : above)?.divided(by: base)?
        .multiplied(by: Rational(100)),
      let text = value.text(decimals: leaf.decimals)
    else { return nil }
    return (
      value, text + "%",
      "\(first.title) \(amount(above, first))，\(second.title) \(amount(base, second))", false
    )
  }

  private func result(_ expression: Expression, _ columns: [Name: Int], row: Int)
    -> (value: Rational, text: String, source: String, isExact: Bool)?
  {
    let operands = columns.values.filter { panel.leaves.indices.contains($0) }
    guard !operands.isEmpty, operands.count == columns.count,
      operands.allSatisfy({ cell(row, panel.leaves[$0]).isFigure })
    else { return nil }
    let source = RowSource(panel: self, row: row) { columns[$0] }
    do throws(FormulaError) {
      let figure = try expression.measure(with: source).figure
      return (figure.value, shown(figure), "“\(source.text(of: expression))”", false)
    } catch {
      return nil
    }
  }

  private func kind(of row: Int) -> RowKind {
    let some = rows[row]
    let isOpen = some.spec.map { panel.rows[$0].isOpen } ?? false
    return RowKind(
      spec: isOpen ? some.spec ?? -1 : -1, depth: some.depth, length: some.code?.utf8.count ?? 0,
      isPart: some.relation == .part)
  }

  private func isTotal(_ row: Int) -> Bool {
    !parts(of: row, .part).isEmpty || rows[row].spec.map { !panel.rows[$0].adds.isEmpty } ?? false
  }

  // MARK: Rows

  /// Cells of rows that are the difference of two others (增减), where the rest of the row is filled in.
  fileprivate func leftEmptyInDifferences() -> [Finding] {
    rows.indices.flatMap { row -> [Finding] in
      guard let (first, second) = subtracted(at: row) else { return [] }
      let all = addends.compactMap { index -> Computed? in
        let leaf = panel.leaves[index]
        let (cell, terms) = (cell(row, leaf), [first, second].map { self.cell($0, leaf) })
        guard applies(index, to: row), !leaf.isComputed, !leaf.isMerged, !leaf.isPersonal,
          cell.state == .blank || cell.isFigure, terms.allSatisfy(\.isFigure),
          let above = term(first, leaf)?.value, let below = term(second, leaf)?.value,
          let value = above.subtracting(below), !value.isZero
        else { return nil }
        return Computed(
          row: row, leaf: leaf, value: value, text: amount(value, leaf) + unit(leaf),
          source:
            "\(rows[first].title) \(amount(above, leaf))，\(rows[second].title) \(amount(below, leaf))",
          isBlank: cell.state == .blank, isExact: leaf.type == .amount)
      }
      let blank = all.filter(\.isBlank)
      guard blank.count * 2 < all.count || blank.count == 1 && all.count > 1 else { return [] }
      return blank.map { report($0) }
    }
  }

  private func report(_ missing: Computed) -> Finding {
    let (row, leaf) = (missing.row, missing.leaf)
    let finding = Finding(
      "computed-left-empty", .warning, at: place(row, leaf),
      "“\(name(row))”的“\(leaf.name)”空着，按\(missing.source)应为 \(missing.text)", hint: "填上；不能比的写 —",
      subject: subject(row, leaf))
    if missing.isExact {
      var suspects = Suspects(missing: missing.value)
      suspects.add(figure(row, leaf), .raised)
      context.suspect(suspects, for: finding)
    }
    return finding
  }
}

extension Leaf {
  /// Whether its figures are worked out from others of their row, but for sums.
  fileprivate var isComputed: Bool {
    rules.contains { rule in
      switch rule {
      case .difference, .growth, .share, .equals: true
      case .sum, .ofWhich: false
      }
    }
  }
}

private let exampleLines = (
  name: "forms/lines.yaml",
  text: """
  id: lines
  title: 三年表
  unit: 万元
  columns: [{id: unit, title: 单位}, {id: year, title: 年度}, {id: abroad, title: 出国, type: amount}, {id: reception, title: 接待, type: amount}]
  fragments:
    three: [{id: old, title: 上年}, {id: new, title: 本年}, {id: change, title: 增减, difference: [new, old]}]
  rows: [{id: units, levels: [{of: unit, in: unit}], lines: three, lines-in: year}]
  empty: 本表无发生额。
  """
)
