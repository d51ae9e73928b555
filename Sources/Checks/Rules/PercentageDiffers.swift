import Content
import Diagnostics
import Fiscal
import Forms

extension Check {
  /// 百分比与两数之比不符
  static let percentageDiffers = Check(
    "percentage-differs", "百分比与两数之比不符",
    why: "增减百分比、占比、执行率由两个金额相除而来；把 0.0101 写成 0.01% 会差一百倍。基数为零时不能有百分比。",
    references: ["PCT-01", "PCT-02", "PCT-03", "PCT-04"],
    examples: [
      .passes(exampleTwoYears, ("对比表.csv", "项目,上年,本年,增减额,增减%\n支出,10.00,12.00,2.00,20%\n")),
      .passes(exampleTwoYears, ("对比表.csv", "项目,上年,本年,增减额,增减%\n支出,0,12.00,12.00,—\n")),
      .fails(exampleTwoYears, ("对比表.csv", "项目,上年,本年,增减额,增减%\n支出,10.00,12.00,2.00,↓0.20%\n")),
      .fails(exampleTwoYears, ("对比表.csv", "项目,上年,本年,增减额,增减%\n支出,0,12.00,12.00,↓100%\n")),
    ]
  ) { context in
    context.panels.flatMap { panel -> [Finding] in
      panel.panel.leaves.flatMap { leaf in
        leaf.rules.flatMap { rule -> [Finding] in
          switch rule {
          case .growth(let new, let old):
            panel.rows.indices.compactMap {
              panel.percentage(
                leaf, row: $0, panel.panel.leaves[new], panel.panel.leaves[old], isGrowth: true)
            }
          case .share(let part, let whole):
            panel.rows.indices.compactMap {
              panel.percentage(
                leaf, row: $0, panel.panel.leaves[part], panel.panel.leaves[whole], isGrowth: false)
            }
          case .sum, .ofWhich, .difference, .equals: []
          }
        }
      }
    }
  }
}

extension PanelContext {
  fileprivate func percentage(_ leaf: Leaf, row: Int, _ top: Leaf, _ bottom: Leaf, isGrowth: Bool) -> Finding?
  {
    guard applies(leaf, to: row), let printed = cell(row, leaf).number else { return nil }
    let stated = printed.rational
    // A figure left empty is not zero: it may be printed once for several rows.
    guard !cell(row, top).isOpen || table.form.blank == .zero,
      !cell(row, bottom).isOpen || table.form.blank == .zero,
      let above = term(row, top), let base = term(row, bottom)
    else { return nil }
    let name = "\(top.title) \(amount(above.value, top))，\(bottom.title) \(amount(base.value, bottom))"
    guard !base.value.isZero else {
      if above.value.isZero, stated.isZero { return nil }
      return Finding(
        "percentage-differs", at: place(row, leaf), "\(bottom.title)为零，\(leaf.title)却写了 \(shown(stated))%",
        hint: "改写为 — 或“不可比”",
        subject: subject(row, leaf))
    }
    let hundred = Rational(100)
    guard let numerator = isGrowth ? above.interval.subtracting(base.interval) : above.interval,
      let value = isGrowth ? above.value.subtracting(base.value) : above.value,
      let ratio = numerator.divided(by: base.interval)?.multiplied(by: hundred),
      let exact = value.divided(by: base.value)?.multiplied(by: hundred),
      let digit = powerOfTen(printed.decimals).flatMap({ Rational(1, over: $0) })
    else { return nil }
    guard !Interval(stated, lastDigit: digit).meets(ratio) else { return nil }
    let expected = exact.text(decimals: max(leaf.decimals, printed.decimals)) ?? ""
    let isHundredfold =
      Interval(stated, lastDigit: digit).multiplied(by: hundred).map { $0.meets(ratio) } ?? false
    let finding = Finding(
      "percentage-differs", at: place(row, leaf), "\(leaf.title) \(shown(stated))%，按\(name)应为 \(expected)%",
      hint: isHundredfold ? "差一百倍：可能把比率当成了百分数" : "重新计算，或核对两个金额", subject: subject(row, leaf))
    var suspects = Suspects()
    for leaf in [top, bottom] { suspects.add(figure(row, leaf), .unknown) }
    context.suspect(suspects, for: finding)
    return finding
  }
}
