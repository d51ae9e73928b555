import Content
import Diagnostics
import Fiscal
import Forms

extension Check {
  /// 正文的增减与表不符
  static let textChanges = Check(
    "text-change-differs", "正文里的增减与表不符",
    why: "“增加、减少、持平”、增减额和增减百分比都由本年数和上年数决定：方向写反、百分比小了一百倍，是最常见的错。"
      + "基数为零时没有百分比；没有变化写“持平”，不写“增加 0 万元”。",
    references: ["NAR-02", "NAR-03", "NAR-09"],
    examples: [
      .passes(
        exampleTwoYearNatures, exampleTwoYearTable,
        ("narrative.md", "# 概况\n\n基本支出 12.00 万元，比上年增加 2.00 万元，增长 20.00%；项目支出 5.00 万元，与上年持平。\n")),
      .passes(
        exampleTwoYearNatures, exampleTwoYearTable,
        (
          "narrative.md",
          "# 概况\n\n基本支出 12.00 万元，比上年 10 万元增长 20%，比预算 15 万元下降 20%。项目支出 5.00 万元，2025 年预计增长 3%。\n"
        )),
      .passes(
        exampleLines,
        ("2021/budget/三公表.csv", "单位,年度,公务用车购置费\n县局,2020年,18.00\n,2021年,0\n,增减变化金额,-18.00\n"),
        ("三公表.csv", "单位,年度,公务用车购置费\n县局,2021年,0\n,2022年,18.00\n,增减变化金额,18.00\n"),
        ("narrative.md", "# 概况\n\n**公务用车购置费预算**：2022 年 18.00 万元，比上年增加 18.00 万元（上年为零）。\n")),
      .passes(
        exampleTwoYearNatures, exampleTwoYearTable,
        ("narrative.md", "# 概况\n\n基本支出 12.00 万元，与上年基本持平。与上年相比，基本支出增加 2.00 万元，增长 20%。\n")),
      .fails(
        exampleTwoYearNatures, exampleTwoYearTable,
        ("narrative.md", "# 概况\n\n与 2021 年度相比，基本支出增加 ↓3.00 万元。\n")),
      .fails(
        exampleTwoYearNatures, exampleTwoYearTable,
        ("narrative.md", "# 概况\n\n基本支出 12.00 万元，比上年减少 ↓2.00 万元。\n")),
      .fails(
        exampleTwoYearNatures, exampleTwoYearTable,
        ("narrative.md", "# 概况\n\n基本支出 12.00 万元，比上年增加 ↓3.00 万元。\n")),
      .fails(
        exampleTwoYearNatures, exampleTwoYearTable,
        ("narrative.md", "# 概况\n\n基本支出 12.00 万元，比上年增加 2.00 万元，增长 ↓0.20%。\n")),
      .fails(
        exampleTwoYearNatures, exampleTwoYearTable,
        ("narrative.md", "# 概况\n\n培训 3.00 万元，比上年增加 3.00 万元，增长 ↓100%。\n")),
      .fails(
        exampleTwoYearNatures, exampleTwoYearTable,
        ("narrative.md", "# 概况\n\n项目支出 5.00 万元，比上年增加 ↓0 万元。\n")),
      .fails(
        exampleTwoYearNatures, exampleTwoYearTable, ("narrative.md", "# 概况\n\n基本支出 12.00 万元，与上年↓持平。\n")),
    ]
  ) { context in
    guard let reading = context.reading else { return [] }
    let changes = reading.ties.indices.compactMap { index -> Finding? in
      let number = reading.ties[index].clause.number
      guard !number.isComputed, !number.isRange, !number.isRough, !reading.isOfOtherYear(index) else {
        return nil
      }
      return switch reading.ties[index].clause.role {
      case .change(let sign): reading.changeFault(index, sign)
      case .growth(let sign): reading.growthFault(index, sign)
      default: nil
      }
    }
    return changes + reading.levelFaults()
  }
}

extension TextReading {
  private func report(
    _ tie: TextTie, _ severity: Severity, _ message: String, hint: String, _ cell: TextCell?,
    _ notes: [Finding.Note]
  ) -> Finding {
    Finding(
      "text-change-differs", severity, at: place(tie), message, hint: hint, notes: notes,
      subject: subject(cell))
  }

  // MARK: Amounts

  fileprivate func changeFault(_ index: Int, _ sign: Int) -> Finding? {
    let tie = ties[index]
    let number = tie.clause.number
    if number.value.isZero { return zeroChange(tie, sign) }
    if let cell = tie.cell {
      guard sign != 0, cell.isDerived, !cell.value.isZero, (cell.value > .zero) != (sign > 0),
        mayAccuse(index, cell)
      else { return nil }
      return report(
        tie, .error, "正文写“\(sign > 0 ? "增加" : "减少")”\(text(tie))，而\(address(cell).text)是 \(shown(cell))",
        hint: "改正方向", cell, [note(cell)])
    }
    if let (later, earlier) = tie.difference {
      guard sign != 0, !earlier.isOpen, let difference = later.value.subtracting(earlier.cell.value),
        !difference.isZero,
        (difference > .zero) != (sign > 0)
      else { return nil }
      return report(
        tie, .error,
        "正文写“\(sign > 0 ? "增加" : "减少")”\(text(tie))，而表里由 \(shown(earlier.cell)) \(difference > .zero ? "增加" : "减少")到 \(shown(later))",
        hint: "改正方向", later, [note(later), note(earlier)])
    }
    guard tie.clause.baseline != nil, !isOfOtherScope(tie), !isAmongParts(index) || ownSubject(of: index),
      let subject = subject(ofChange: index)
    else { return nil }
    let bases = bases(of: subject, tie.clause.baseline, in: tie.passage)
    guard let base = bases.first(where: { !$0.isOpen }), subject.isMoney == number.isMoney,
      let difference = subject.value.subtracting(base.cell.value)
    else { return nil }
    return report(
      tie, base.isOfLastYear ? .warning : .error,
      "正文写“\(sign < 0 ? "减少" : "增加")”\(text(tie))，而表里由 \(shown(base.cell)) 到 \(shown(subject))，"
        + (difference.isZero
          ? "没有变化"
          : "\(difference > .zero ? "增加" : "减少") \(subject.isMoney ? amount(difference.magnitude, step: subject.step) : Checks.shown(difference.magnitude))"),
      hint: unitHint(number.value, difference) ?? "核对两年的数，改正错的一处；改用 增减(…) 公式就不会再错", subject,
      [note(subject), note(base)])
  }

  /// Whether a change is of another year than the tables', or of what is only expected: 2025 年预计增长 3%.
  fileprivate func isOfOtherYear(_ index: Int) -> Bool {
    let clause = ties[index].clause
    if clause.yearOffset ?? sentenceYear(of: index) != 0 { return true }
    let near = passages[ties[index].passage].text(clause.near)
    return ["预计", "预期", "力争", "计划"].contains { near.contains($0) }
  }

  /// Whether a change of the other sign may be said to be a derived figure with its sign wrong: only where it has all
  /// its digits, and the amount before it is tied, too.
  private func mayAccuse(_ index: Int, _ cell: TextCell) -> Bool {
    let number = ties[index].clause.number
    guard number.value.magnitude == cell.value.magnitude, number.step <= cell.step else { return false }
    if ownSubject(of: index) { return true }
    let all = sentence(of: index)
    guard all.lowerBound < index else { return true }
    if let level = level(before: index) { return ties[level].cell != nil }
    return !(all.lowerBound..<index).contains { ties[$0].clause.isBase }
  }

  private func zeroChange(_ tie: TextTie, _ sign: Int) -> Finding? {
    guard sign != 0, tie.clause.baseline != nil || tie.clause.near.count <= 3 else { return nil }
    return report(
      tie, .warning, "正文写“\(sign > 0 ? "增加" : "减少")”\(text(tie))", hint: "没有变化写“与上年持平”", nil, [])
  }

  /// 同口径, 扣除……后: measured otherwise than the tables.
  private func isOfOtherScope(_ tie: TextTie) -> Bool {
    let sentence = passages[tie.passage].text(tie.clause.sentence)
    return ["口径", "剔除", "扣除", "可比"].contains { sentence.contains($0) }
  }

  // MARK: Percentages

  fileprivate func growthFault(_ index: Int, _ sign: Int) -> Finding? {
    let tie = ties[index]
    let number = tie.clause.number
    if let cell = tie.cell, cell.isDerived {
      guard sign != 0, !cell.value.isZero, (cell.value > .zero) != (sign > 0), mayAccuse(index, cell) else {
        return nil
      }
      return report(
        tie, .error, "正文写“\(sign > 0 ? "增长" : "下降")”\(text(tie))，而\(address(cell).text)是 \(shown(cell))",
        hint: "改正方向", cell, [note(cell)])
    }
    if isOfOtherScope(tie) { return nil }
    let all = sentence(of: index)
    var change: Int?
    if index > all.lowerBound, case .change = ties[index - 1].clause.role, !ownSubject(of: index) {
      change = index - 1
    }
    if let change { return growth(index, sign, after: change) }
    guard tie.difference == nil, !isAmongParts(index) || ownSubject(of: index),
      let subject = subject(ofChange: index)
    else { return nil }
    let bases = bases(of: subject, tie.clause.baseline, in: tie.passage)
    guard let base = bases.first(where: { !$0.isOpen }) else { return nil }
    if bases.allSatisfy({ $0.cell.value.isZero }) {
      return number.value.isZero ? nil : zeroBase(tie, subject, [note(subject), note(base)])
    }
    let expected = bases.compactMap { base -> Measure? in
      Measure(subject).minus(Measure(base.cell))?.percent(of: Measure(base.cell))
    }
    guard !expected.contains(where: { number.agrees(with: $0) && fits(sign, $0) }),
      let first = Measure(subject).minus(Measure(base.cell))?.percent(of: Measure(base.cell))
    else { return nil }
    return percentFault(
      tie, base.isOfLastYear ? .warning : .error, first, "按 \(shown(base.cell)) 到 \(shown(subject))", subject,
      [note(subject), note(base)])
  }

  private func fits(_ sign: Int, _ growth: Measure) -> Bool {
    sign == 0 || growth.value.isZero || (growth.value > .zero) == (sign > 0)
  }

  /// A percentage behind an amount of change: the two give the base, and the amount before gives it again.
  private func growth(_ index: Int, _ sign: Int, after change: Int) -> Finding? {
    let (tie, before) = (ties[index], ties[change])
    let number = tie.clause.number
    guard case .change(let direction) = before.clause.role, before.clause.number.isMoney || before.cell != nil
    else {
      return nil
    }
    let amount = Measure(before.clause.number)
    if sign != 0, direction != 0, sign != direction, !number.value.isZero, !amount.value.isZero {
      return report(
        tie, .error, "正文前面写“\(direction > 0 ? "增加" : "减少")”，后面写“\(sign > 0 ? "增长" : "下降")”\(text(tie))",
        hint: "改正方向", nil, [])
    }
    if amount.value.isZero, number.value.isZero { return nil }
    var wholes: [Measure] = []
    var notes: [Finding.Note] = []
    if let earlier = before.difference?.earlier {
      wholes.append(Measure(earlier.cell))
      notes.append(note(earlier))
    }
    if tie.difference != nil { return nil }
    let level = ownSubject(of: change) ? nil : level(before: change)
    if let level, isAmongParts(change) {
      // The change may be that of any amount before.
      for other in sentence(of: change) where other < level && ties[other].clause.role == .level {
        let stated = Measure(ties[other].clause.number)
        if let base = direction < 0 ? stated.plus(amount) : stated.minus(amount) { wholes.append(base) }
      }
    }
    if change > 0, ties[change - 1].clause.isBase, ties[change - 1].passage == before.passage,
      ties[change - 1].clause.sentence == before.clause.sentence, ties[change - 1].clause.role == .level,
      ties[change - 1].clause.number.kind == before.clause.number.kind
    {
      // 比上年 25.53 万元增加 0.80 万元，增长 3.13%: the base stands there.
      wholes.append(Measure(ties[change - 1].clause.number))
    } else if let level, ties[level].clause.number.kind == before.clause.number.kind {
      let stated = Measure(ties[level].clause.number)
      if let base = direction < 0 ? stated.plus(amount) : stated.minus(amount) { wholes.append(base) }
      wholes.append(stated)
      if let cell = ties[level].cell {
        for base in bases(of: cell, before.clause.baseline, in: before.passage) {
          wholes.append(Measure(base.cell))
        }
        notes.append(note(cell))
      }
    } else if before.difference == nil, let subject = subject(ofChange: change) {
      let bases = bases(of: subject, before.clause.baseline, in: before.passage)
      guard bases.contains(where: { !$0.isOpen }) else { return nil }
      wholes += bases.map { Measure($0.cell) }
      notes.append(note(subject))
    }
    guard let whole = wholes.first else { return nil }
    if whole.value.isZero {
      return number.value.isZero ? nil : zeroBase(tie, before.difference?.later, notes)
    }
    let expected = wholes.compactMap { amount.percent(of: $0) }
    guard let first = expected.first, !expected.contains(where: { number.agrees(with: $0) }) else {
      return nil
    }
    return percentFault(
      tie, .error, first,
      "按基数 \(self.amount(whole.value, step: before.clause.number.step)) 变动 \(text(before))",
      before.difference?.later ?? level.flatMap { ties[$0].cell }, notes)
  }

  private func zeroBase(_ tie: TextTie, _ cell: TextCell?, _ notes: [Finding.Note]) -> Finding {
    report(
      tie, .error, "正文写“\(passages[tie.passage].text(tie.clause.near))”\(text(tie))，而上年数为零，没有增减百分比",
      hint: "删去百分比，写明上年没有安排", cell, notes)
  }

  private func percentFault(
    _ tie: TextTie, _ severity: Severity, _ expected: Measure, _ how: String, _ cell: TextCell?,
    _ notes: [Finding.Note]
  ) -> Finding {
    let number = tie.clause.number
    let right = expected.value.magnitude.text(decimals: max(2, number.decimals)) ?? ""
    let isRatio =
      number.value.magnitude.multiplied(by: Rational(100)).map { value in
        expected.value.magnitude.subtracting(value)?.magnitude ?? .zero
      }.map { $0 < Rational(1) } ?? false
    return report(
      tie, severity, "正文写\(quoted(tie))，\(how)应为\(expected.value < .zero ? "下降" : "") \(right)%",
      hint: isRatio ? "像是把比率当成了百分数，差一百倍" : "核对金额和百分比，改正错的一处", cell, notes)
  }
}

let exampleTwoYearNatures = (
  name: "forms/two-year-natures.yaml",
  text: """
  id: two-year-natures
  title: 两年支出表
  unit: 万元
  states: {flow: 支出}
  columns:
    - {id: item, title: 项目}
    - {id: old, title: 上年预算数, type: amount, states: {year: -1}}
    - {id: new, title: 本年预算数, type: amount}
  rows:
    - {id: basic, title: 基本支出, states: {nature: 基本}}
    - {id: project, title: 项目支出, states: {nature: 项目}}
    - {id: training, title: 培训, states: {item: 培训}}
  """
)

let exampleTwoYearTable = (
  name: "两年支出表.csv", text: "项目,上年预算数,本年预算数\n基本支出,10.00,12.00\n项目支出,5.00,5.00\n培训,0,3.00\n"
)

/// The line of changes is no level: it may be as large as the line above it.
private let exampleLines = (
  name: "forms/lines.yaml",
  text: """
  id: lines
  title: 三公表
  unit: 万元
  states: {flow: 支出, phase: 年初预算}
  columns:
    - {id: unit, title: 单位}
    - {id: year, title: 年度}
    - {id: purchase, title: 公务用车购置费, type: amount, states: {item: 三公.公车.购置}}
  rows:
    - levels: [{of: unit, in: unit}]
      lines-in: year
      lines: two-years
  empty: 本表无发生额。
  """
)
