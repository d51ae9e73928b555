import Content
import Diagnostics
import Fiscal
import Forms

extension Check {
  /// 正文里的年份与表不符
  static let textYears = Check(
    "text-year-differs", "正文里的年份与表不符",
    why: "照去年的文档改，数换了而年份忘了换，读者就把今年的数当成去年的。只看写明某年的数：它正是另一年那一格的数，而写的那一年是别的数；"
      + "写的那一年没有数可查的，要有四五位有效数字恰好相同才提醒。结转、结余和年初、年末的数跨着两年，不看。",
    references: ["NAR-14"],
    examples: [
      .passes(
        exampleTwoYearNatures, exampleTwoYearTable,
        ("narrative.md", "# 概况\n\n2022 年基本支出 12.00 万元，2021 年基本支出 10.00 万元。2021 年，项目支出 5.00 万元。\n")),
      .passes(
        exampleTwoYearNatures, exampleTwoYearTable,
        ("narrative.md", "# 概况\n\n与 2021 年相比，基本支出 12.00 万元，增加 2.00 万元。2021 年末结转 12.00 万元。\n")),
      .passes(
        exampleTwoYearNatures, exampleTwoYearTable,
        ("narrative.md", "# 概况\n\n2019 年培训 3.00 万元。2021—2022 年基本支出 12.00 万元。\n")),
      .fails(
        exampleTwoYearNatures, exampleTwoYearTable, ("narrative.md", "# 概况\n\n↓2021 年基本支出 12.00 万元。\n")),
      .fails(
        exampleTwoYearNatures, exampleTwoYearTable, ("narrative.md", "# 概况\n\n↓2022 年，基本支出 10.00 万元。\n")),
      .fails(
        exampleTwoYearNatures, exampleTwoYearTable,
        ("narrative.md", "# 概况\n\n↓2021 年基本支出 {{ 两年支出表[基本支出, 本年预算数] | 万元 }}。\n")),
      .fails(
        exampleYears, ("两年表.csv", "项目,2021年,2022年\n支出合计,98.70,123.45\n"),
        ("narrative.md", "# 概况\n\n↓2012 年支出合计 123.45 万元。\n")),
    ]
  ) { context in
    guard let reading = context.reading else { return [] }
    return reading.ties.indices.compactMap { reading.yearFault($0) }
  }
}

extension TextReading {
  fileprivate func yearFault(_ index: Int) -> Finding? {
    let clause = ties[index].clause
    let passage = ties[index].passage
    guard case .level = clause.role, clause.baseline == nil, !clause.isBase, !clause.number.isRange,
      !clause.number.isRough, !clause.number.value.isZero, clause.number.kind != .percent,
      let year = statedYear(of: index),
      !(clause.number.isComputed && passages[passage].isComputed(year.range))
    else { return nil }
    let said = year.year - disclosure.year
    // What formulas gave of this year need not be sought among all figures.
    if clause.number.isComputed, said == 0 { return nil }
    settle(passage)
    guard let cell = ties[index].cell, cell.place.table >= 0, !cell.isDerived,
      cell.value.magnitude == clause.number.value.magnitude || clause.number.significantDigits >= 4,
      cell.fact != nil || !namesAYear(cell)
    else { return nil }
    let own = self.year(of: cell)
    guard said != own else { return nil }
    let stated = figures(of: cell, inYear: said, passage)
    guard !stated.contains(where: { $0.cell.isEqual(to: clause.number) }) else { return nil }
    if let other = stated.first(where: { !$0.isOpen }) {
      return report(year, index, other.isOfLastYear ? .warning : .error, cell, own, other)
    }
    guard stated.isEmpty, clause.number.significantDigits >= (said == -1 ? 5 : 4) else { return nil }
    return report(year, index, .warning, cell, own, nil)
  }

  /// What the fact of a figure is in another year, as far as this document and last year's tell.
  private func figures(of cell: TextCell, inYear offset: Int, _ passage: Int) -> [TextBase] {
    if offset == -1, year(of: cell) == 0 { return bases(of: cell, nil, in: passage) }
    guard let lane = lanes.year, let fact = cell.fact else { return [] }
    var key = facts.key(fact)
    guard offset == 0 else { return [] }
    key[lane] = 0
    guard let number = facts.number(of: key), !facts.isDisputed(number) else { return [] }
    return cells(of: number).map { TextBase(cell: $0, isOfLastYear: false) }
  }

  /// Whether the headings of a figure without tags may say that it is not of this year.
  private func namesAYear(_ cell: TextCell) -> Bool {
    let text = address(cell).text
    return text.contains("年初") || text.contains("年末")
      || zip(text.unicodeScalars, text.unicodeScalars.dropFirst()).contains { first, second in
        second == "年" && ("0"..."9" ~= first || "上去往历前次下".unicodeScalars.contains(first))
      }
  }

  private func report(
    _ year: TextYear, _ index: Int, _ severity: Severity, _ cell: TextCell, _ own: Int, _ other: TextBase?
  ) -> Finding {
    let tie = ties[index]
    let right = other.map { "，\(year.year) 年是 \(shown($0.cell))" } ?? ""
    return Finding(
      "text-year-differs", severity, at: passages[tie.passage].place(year.range, in: file),
      "正文写 \(year.year) 年的\(quoted(tie))，而\(address(cell).text) \(shown(cell))是 \(disclosure.year + own) 年的数\(right)",
      hint: "改正年份，或换成 \(year.year) 年的数", notes: [note(cell)] + (other.map { [note($0)] } ?? []),
      subject: subject(cell))
  }

  /// The year that words in digits give a number: directly before what it is called, or alone at the head of the
  /// sentence that it is the first number of (2022 年，基本支出……). 继 2021 年之后 and 2021 年项目尾款 say something else.
  private func statedYear(of index: Int) -> TextYear? {
    let tie = ties[index]
    let clause = tie.clause
    let line = passages[tie.passage]
    let isFirst = sentence(of: index).first == index
    let start = isFirst ? min(clause.sentence.lowerBound, clause.near.lowerBound) : clause.near.lowerBound
    let range = start..<clause.number.range.lowerBound
    guard let year = readers[tie.passage].onlyYear(in: range) else { return nil }
    let text = line.text(range)
    guard !crossingYears.contains(where: { text.contains($0) }), !isOfOtherScope(index) else { return nil }
    let before = clause.sentence.lowerBound..<max(clause.sentence.lowerBound, year.range.lowerBound)
    guard clause.near.contains(year.range.lowerBound) || before.isEmpty else { return nil }
    let between = words[tie.passage].content(in: year.range.upperBound..<clause.number.range.lowerBound)
    return between.allSatisfy { $0.entry != nil } ? year : nil
  }
}

/// Words of figures that belong to the end of one year and the beginning of the next, of several years, or of a rule.
private let crossingYears = [
  "结转", "结余", "结存", "年初", "年末", "年底", "期初", "期末", "截至", "截止", "以来", "累计", "历年", "根据", "按照", "依据", "《", "〔",
  "比", "较", "相比", "同期",
]
