import Content
import Diagnostics
import Fiscal
import Forms
import Formulas

extension Check {
  /// 按公式计算的得分不符
  static let computedColumn = Check(
    "computed-figure-differs", "按公式应得的数不符", why: "表样写明了算法（如 得分＝分值×执行率），填的数要与它一致。",
    references: ["BAL-05", "PRF-07"],
    examples: [
      .passes(exampleReview, exampleReviewSheet()),
      .fails(
        exampleReview,
        exampleReviewSheet(funds: "合计,100.00,95.00,95%,10,↓10", total: "{分值: 100, 得分: 100, 等级: 优}")),
      .passes(exampleClosing, ("结余.csv", "项目,年初结余,本年收入,本年支出,年末结余\n基金,1.00,2.00,1.00,2.01\n")),
      .fails(exampleClosing, ("结余.csv", "项目,年初结余,本年收入,本年支出,年末结余\n基金,1.00,2.00,1.00,↓2.20\n")),
    ]
  ) { context in
    context.panels.flatMap { panel -> [Finding] in
      panel.panel.leaves.flatMap { leaf in
        leaf.rules.flatMap { rule -> [Finding] in
          guard case .equals(let expression, let columns) = rule else { return [] }
          return panel.rows.indices.compactMap { panel.computed(leaf, expression, columns, row: $0) }
        }
      }
    }
  }
}

extension PanelContext {
  fileprivate func computed(_ leaf: Leaf, _ expression: Expression, _ columns: [Name: Int], row: Int)
    -> Finding?
  {
    let cell = cell(row, leaf)
    guard applies(leaf, to: row), cell.amount != nil || cell.number != nil,
      var stated = Figure(cell, leaf: leaf, blank: table.form.blank)
    else { return nil }
    // A score of 10 says 10.0: nobody rounds scores to whole points.
    let isPlain = cell.number != nil && leaf.type != .percent
    if isPlain {
      stated.lastDigit = powerOfTen(max(stated.decimals, 1)).flatMap { Rational(1, over: $0) }
    }
    let source = RowSource(panel: self, row: row) { columns[$0] }
    do throws(FormulaError) {
      let comparison = try expression.compare(stated, with: source)
      guard comparison.agreement == .inconsistent else { return nil }
      let computed = comparison.right.figure
      let (said, wanted) =
        isPlain
        ? (shown(stated.value), computed.value.text(decimals: max(2, stated.decimals)) ?? "")
        : (shown(comparison.left.figure), shown(computed))
      return Finding(
        "computed-figure-differs", at: place(row, leaf),
        "\(leaf.title) \(said)，按“\(source.text(of: expression))”应为 \(wanted)",
        hint: "按算法重新计算，或核对所依据的数", subject: subject(row, leaf))
    } catch {
      return nil
    }
  }
}

/// A figure as a finding prints it, with its unit.
func shown(_ figure: Figure) -> String {
  do throws(FormulaFault) { return try figure.text(as: nil) } catch { return "" }
}

/// The columns of one row, by the names of a formula.
struct RowSource: FigureSource {
  let panel: PanelContext
  let row: Int
  /// Whether cells without a figure count as nothing.
  var blankIsZero = false
  /// The place of the column that a name means.
  let column: (Name) -> Int?

  func look(up reference: Reference) -> Lookup { .failed(message: "算法只能用本行的列", hint: nil, candidates: []) }

  func look(upName name: Name) -> Lookup {
    guard let column = column(name), panel.panel.leaves.indices.contains(column) else {
      return .failed(message: "没有“\(name.text)”这一列", hint: nil, candidates: [])
    }
    let leaf = panel.panel.leaves[column]
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

  /// A formula with the columns as they are printed.
  func text(of expression: Expression) -> String {
    func printed(_ name: Name) -> String? {
      guard let column = column(name), panel.panel.leaves.indices.contains(column) else { return nil }
      return panel.panel.leaves[column].title
    }
    return expression.text(naming: printed) { _ in nil }
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

let exampleClosing = (
  name: "forms/closing.yaml",
  text: """
  id: closing
  title: 结余
  unit: 万元
  columns:
    - {title: 项目}
    - {id: opening, title: 年初结余, type: amount}
    - {id: income, title: 本年收入, type: amount}
    - {id: spent, title: 本年支出, type: amount}
    - {id: closing, title: 年末结余, type: amount, equals: opening + income - spent}
  rows: [{free: lines}]
  empty: 本表无发生额。
  """
)
