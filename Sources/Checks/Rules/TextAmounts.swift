import Content
import Diagnostics
import Fiscal
import Forms

extension Check {
  /// 正文的数与表不符
  static let textAmounts = Check(
    "text-amount-differs", "正文里的数与表不符",
    why: "手打的数容易在改表之后忘了改。句子把项目说全了，而表里这一项是另一个数，读者就不知道信哪个。"
      + "多一种读法也对得上的，不报。",
    references: ["NAR-01", "NAR-07", "NAR-10", "PRF-22"],
    examples: [
      .passes(
        exampleNatures, exampleNaturesTable,
        ("narrative.md", "# 概况\n\n2022 年支出合计 10 万元，其中基本支出 6.00 万元、项目支出 4 万元；培训项目支出 1.5 万元。\n")),
      .passes(
        exampleNatures, exampleNaturesTable,
        ("narrative.md", "# 概况\n\n项目支出主要用于单价 50 万元以上的设备。2021 年项目支出 3.00 万元。\n")),
      .fails(
        exampleNatures, exampleNaturesTable,
        ("narrative.md", "# 概况\n\n2022 年支出合计 10.00 万元，其中基本支出 ↓6.50 万元，项目支出 4.00 万元。\n")),
      .passes(
        exampleNatures, exampleNaturesTable,
        (
          "narrative.md",
          "# 概况\n\n项目支出由 7.00 万元降至 4.00 万元。前三季度基本支出 5.00 万元，项目支出 3.00 万元。2020—2022 年基本支出 19.00 万元。基本支出 5.50 万元（2021 年）、6.00 万元（2022 年）。\n"
        )),
      .passes(
        exampleNatures, exampleNaturesTable,
        ("narrative.md", "# 概况\n\n全县财政总收入 1000 万元，基本支出 600 万元。其他资金安排基本支出 0.50 万元、项目支出 2.90 万元。\n")),
      .passes(
        exampleFunctions, exampleTwoItems,
        ("narrative.md", "# 概况\n\n行政运行支出 9.00 万元。\n")),
      .fails(
        exampleFunctions, exampleTwoItems,
        ("narrative.md", "# 概况\n\n一般公共服务支出（类）财政事务（款）行政运行（项）↓3.00 万元。\n")),
      .fails(exampleNatures, exampleNaturesTable, ("narrative.md", "# 概况\n\n（一）项目支出：2022 年安排 ↓5.00 万元。\n")),
      .fails(exampleNatures, exampleNaturesTable, ("narrative.md", "# 概况\n\n2022 年项目支出 ↓4.00 元。\n")),
      .passes(
        exampleGrant, ("下达表.csv", "项目,金额\n小型水库运行管护,1503.00\n"),
        ("narrative.md", "# 概况\n\n另一个水库的维修 1,502.00 万元。小型水库运行管护 1,503 万元，其中市级 1,503.00 万元。\n")),
      .fails(
        exampleGrant, ("下达表.csv", "项目,金额\n小型水库运行管护,1503.00\n"),
        ("narrative.md", "# 概况\n\n今年安排小型水库运行管护 ↓1,502.00 万元。\n")),
      .fails(
        exampleStaff, ("人员.csv", "单位,编制人数,在职人数\n局本级,32,30\n图书馆,45,43\n合计,77,73\n"),
        ("narrative.md", "# 概况\n\n图书馆在职 ↓42 人，编制 45 人。\n")),
    ]
  ) { context in
    guard let reading = context.reading else { return [] }
    return reading.ties.indices.compactMap { reading.amountFault($0) }
  }
}

extension TextReading {
  fileprivate func amountFault(_ index: Int) -> Finding? {
    let tie = ties[index]
    let number = tie.clause.number
    guard case .level = tie.clause.role, !number.isComputed, !number.isRange, !number.isRough else {
      return nil
    }
    if let cell = tie.cell { return roundingNote(tie, cell) }
    let near = passages[tie.passage].text(tie.clause.near)
    guard !tie.clause.isBase, !near.contains("分别") else { return nil }
    guard !tie.isTied, number.kind != .percent, !number.isChinese else { return nil }
    guard let named = named(by: index), let best = named.cells.first else { return missFault(index) }
    guard !named.cells.contains(where: { $0.isEqual(to: number) }), !isOfWiderFund(index, than: best),
      !addsUp(index), !countsAddUp(index, to: best)
    else { return nil }
    let other = address(best)
    let isSure = named.isOne && named.isDirect && number.isMoney
    return Finding(
      "text-amount-differs", isSure ? .error : .warning, at: place(tie),
      "正文写\(quoted(tie))，而\(other.text)是 \(shown(best, like: number))",
      hint: unitHint(number.value, best.value) ?? "核对两处，改正错的一处；改用公式取数就不会再错",
      notes: named.cells.prefix(4).map { note($0) }, subject: subject(best))
  }

  /// Words that do not name a figure fully, but a number that is but one digit away from it.
  private func missFault(_ index: Int) -> Finding? {
    let tie = ties[index]
    guard let meant = nearMiss(index), !isOfWiderFund(index, than: meant), !addsUp(index) else { return nil }
    return Finding(
      "text-amount-differs", .warning, at: place(tie),
      "正文写\(quoted(tie))，与\(address(meant).text)的 \(shown(meant)) 只差一个数字",
      hint: "像是打错，或改表后漏改；确是另一个数，写明是什么", notes: [note(meant)], subject: subject(meant))
  }

  /// Whether the sentence is about more funds than the only table that has what a number names.
  private func isOfWiderFund(_ index: Int, than cell: TextCell) -> Bool {
    guard let lane = lanes.fund, let fact = cell.fact, facts.key(fact)[lane] != 0 else { return false }
    let fund = facts.key(fact)[lane]
    guard words[ties[index].passage].tags(in: ties[index].clause.near)[lane] == nil else { return false }
    return sentence(of: index).contains { other in
      guard other < index, ties[other].clause.role == .level, let wider = ties[other].cell?.fact else {
        return false
      }
      let key = facts.key(wider)
      return key[lane] == 0 || (key[lane] != fund && facts.isWithin(fund, key[lane], in: lane))
    }
  }

  /// Whether the amounts around add up: parts to the amount before or behind them or to a figure of a table, or what is
  /// listed behind an amount to it. What adds up is right in itself, and may be of another scope than the tables.
  private func addsUp(_ index: Int) -> Bool {
    let all = tiesOfPassage[ties[index].passage].filter {
      ties[$0].clause.role == .level && ties[$0].clause.number.isMoney
    }
    guard let own = all.firstIndex(of: index) else { return false }
    // Rounded as coarsely as 0.1 万元, parts may add up but for their rounding; finer ones are written from exact figures.
    let isCoarse = ties[index].clause.number.step > Rational(10_000)
    func isSame(_ sum: Measure, _ other: Int) -> Bool {
      let stated = Measure(ties[other].clause.number)
      return isCoarse ? sum.interval.meets(stated.interval) : sum.value == stated.value
    }
    let nearest = all[max(0, own - 12)..<min(all.count, own + 13)]
    for first in nearest.indices {
      var sum = Measure(ties[nearest[first]].clause.number)
      for last in nearest.indices where last > first {
        guard let next = sum.plus(Measure(ties[nearest[last]].clause.number)) else { break }
        sum = next
        let holds = (first...last).contains(own)
        for place in [first - 1, last + 1] where nearest.indices.contains(place) && (holds || place == own) {
          if isSame(sum, nearest[place]) { return true }
        }
        let isOneSentence =
          ties[nearest[first]].clause.sentence == ties[index].clause.sentence
          && ties[nearest[last]].clause.sentence == ties[index].clause.sentence
        if holds, isOneSentence, isStated(sum.value) { return true }
      }
    }
    return false
  }

  /// Whether a count and another of the sentence make what the table counts: 国内接待 191 批次，外事接待 5 批次 of 196.
  private func countsAddUp(_ index: Int, to whole: TextCell) -> Bool {
    let number = ties[index].clause.number
    guard number.kind.isCount else { return false }
    return sentence(of: index).contains { other in
      other != index && ties[other].clause.number.kind == number.kind
        && ties[other].clause.number.value.adding(number.value) == whole.value
    }
  }

  /// Whether some table states exactly an amount.
  private func isStated(_ value: Rational) -> Bool {
    (0..<facts.count).contains { fact in
      facts.stated(fact).map { facts.statements[$0].unit != nil && facts.statements[$0].value == value }
        ?? false
    }
  }

  /// An amount with less than two decimals of 万元, where the table prints more.
  private func roundingNote(_ tie: TextTie, _ cell: TextCell) -> Finding? {
    let number = tie.clause.number
    guard number.isMoney, cell.value.magnitude != number.value.magnitude, number.step > Rational(10_000)
    else { return nil }
    return Finding(
      "text-amount-differs", .info, at: place(tie),
      "正文写\(quoted(tie))，精度低于\(address(cell).text)的 \(shown(cell))", notes: [note(cell)],
      subject: subject(cell))
  }
}

let exampleNaturesTable = (name: "性质表.csv", text: "项目,支出\n支出合计,10.00\n基本支出,6.00\n项目支出,4.00\n")

private let exampleTwoItems = (
  name: "支出表.csv",
  text: "编码,名称,支出\n201,一般公共服务支出,9\n20103,政府办公厅（室）及相关机构事务,5\n2010301,行政运行,5\n"
    + "20106,财政事务,4\n2010601,行政运行,4\n,合计,9\n"
)

private let exampleGrant = (
  name: "forms/grant.yaml",
  text: """
  id: grant
  title: 下达表
  unit: 万元
  states: {flow: 支出}
  columns: [{id: item, title: 项目}, {id: amount, title: 金额, type: amount}]
  rows: [{free: lines}]
  empty: 本表无发生额。
  """
)
