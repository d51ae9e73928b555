import Content
import Diagnostics
import Fiscal
import Forms
import Formulas

extension Check {
  /// 按公式计算的得分不符
  static let computedColumn = Check(
    "computed-figure-differs", "按公式应得的数不符", why: "表样写明了算法（如 得分＝分值×执行率），填的数要与它一致。", references: ["PRF-07"],
    examples: [
      .passes(exampleReview, exampleReviewSheet()),
      .fails(
        exampleReview,
        exampleReviewSheet(funds: "合计,100.00,95.00,95%,10,↓10", total: "{分值: 100, 得分: 100, 等级: 优}")),
    ]
  ) { context in
    context.panels.flatMap { panel -> [Finding] in
      panel.panel.leaves.flatMap { leaf in
        leaf.rules.flatMap { rule -> [Finding] in
          guard case .equals(let expression) = rule else { return [] }
          return panel.rows.indices.compactMap { panel.computed(leaf, expression, row: $0) }
        }
      }
    }
  }
}

extension PanelContext {
  fileprivate func computed(_ leaf: Leaf, _ expression: Expression, row: Int) -> Finding? {
    guard applies(leaf, to: row), let stated = cell(row, leaf).number else { return nil }
    let source = RowSource(panel: self, row: row)
    do throws(FormulaError) {
      let measure = try expression.measure(with: source)
      let value = measure.figure.value
      // A score of 10 says 10.0: nobody rounds scores to whole points.
      guard let digit = powerOfTen(max(stated.decimals, 1)).flatMap({ Rational(1, over: $0) }) else {
        return nil
      }
      let interval = measure.interval ?? Interval(exactly: value)
      guard !Interval(stated.rational, lastDigit: digit).meets(interval) else { return nil }
      return Finding(
        "computed-figure-differs", at: place(row, leaf),
        "\(leaf.title) \(shown(stated.rational))，按“\(expression.text)”应为 \(value.text(decimals: max(2, stated.decimals)) ?? "")",
        hint: "按算法重新计算，或核对所依据的数", subject: subject(row, leaf))
    } catch {
      return nil
    }
  }
}

/// The columns of one row, by id or title.
struct RowSource: FigureSource {
  let panel: PanelContext
  let row: Int
  /// Whether cells without a figure count as nothing.
  var blankIsZero = false

  func look(up reference: Reference) -> Lookup { .failed(message: "算法只能用本行的列", hint: nil, candidates: []) }

  func look(upName name: Name) -> Lookup {
    guard
      let leaf = panel.panel.leaves.first(where: {
        $0.id == name.text || normalizedTitle($0.title) == normalizedTitle(name.text)
      })
    else {
      return .failed(message: "没有“\(name.text)”这一列", hint: nil, candidates: [])
    }
    let cell = panel.cell(row, leaf)
    if leaf.type == .percent, let number = cell.number, let share = exactShare(leaf) {
      // A printed rate is rounded; the amounts it comes from are not.
      let digits = Figure(
        value: share, dimension: .percent, decimals: max(leaf.decimals, number.decimals), lastDigit: nil)
      return .figures([digits])
    }
    guard let figure = Figure(cell, leaf: leaf, blank: panel.table.form.blank) else {
      if blankIsZero { return .figures([Figure(value: .zero, dimension: .plain(unit: nil), decimals: 0)]) }
      return .failed(message: "“\(leaf.name)”没有数", hint: nil, candidates: [])
    }
    return .figures([figure])
  }

  private func exactShare(_ leaf: Leaf) -> Rational? {
    for case .share(let top, let bottom) in leaf.rules {
      guard let above = panel.term(row, panel.panel.leaves[top])?.value,
        let below = panel.term(row, panel.panel.leaves[bottom])?.value
      else { continue }
      return above.divided(by: below)?.multiplied(by: Rational(100))
    }
    return nil
  }
}
