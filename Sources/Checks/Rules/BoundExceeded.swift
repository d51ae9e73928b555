import Content
import Diagnostics
import Fiscal
import Forms

extension Check {
  /// 应当不小于的数小了
  static let boundExceeded = Check(
    "bound-exceeded", .warning, "应当不大于的数大了",
    why: "基本支出里的公务接待费是“三公”接待费的一部分（项目里也可能有），不应比它大；公车运行、出国也是这样。", references: ["XTB-07"],
    examples: [
      .passes(
        exampleBasic, exampleReception,
        ("基本支出表.csv", "编码,名称,金额\n302,商品和服务支出,2.00\n30217,公务接待费,2.00\n,合计,2.00\n"),
        ("接待表.csv", "项目,金额\n公务接待费,3.00\n")),
      .fails(
        exampleBasic, exampleReception,
        ("基本支出表.csv", "编码,名称,金额\n302,商品和服务支出,2.00\n30217,公务接待费,↓2.00\n,合计,2.00\n"),
        ("接待表.csv", "项目,金额\n公务接待费,1.00\n")),
    ]
  ) { context in
    let bounds = context.model.bounds.compactMap { NumberedBound($0, context.facts.names) }
    guard !bounds.isEmpty else { return [] }
    var findings: [Finding] = []
    for fact in 0..<context.facts.count {
      for bound in bounds where bound.speaks(of: context.facts.key(fact)) {
        if let finding = context.excess(of: fact, over: bound) { findings.append(finding) }
      }
    }
    return findings
  }
}

/// A bound in the numbers of a disclosure.
private struct NumberedBound {
  let title: String
  private let part: NumberedTags
  private let whole: NumberedTags
  private let origin: Int?

  init?(_ bound: FactModel.Bound, _ names: FactNames) {
    title = bound.title
    origin = names.number(of: "origin")
    var names = names
    part = names.numbered(bound.part)
    whole = names.numbered(bound.whole)
    guard !part.isUnknown, !whole.isUnknown else { return nil }
  }

  func speaks(of key: FactKey) -> Bool { key.values & part.named == part.values }

  /// What holds it: the same tags, or those of all years' money.
  func wholes(of key: FactKey) -> [FactKey] {
    let same = FactKey(key.values & ~(part.named | whole.named) | whole.values)
    guard let origin, same[origin] != 0 else { return [same] }
    var wider = same
    wider[origin] = 0
    return [same, wider]
  }
}

extension CheckContext {
  fileprivate func excess(of fact: Int, over bound: NumberedBound) -> Finding? {
    guard let stated = facts.stated(fact), facts.statements[stated].unit != nil,
      let number = bound.wholes(of: facts.key(fact)).lazy.compactMap({ self.facts.number(of: $0) }).first,
      let statedWhole = facts.stated(number),
      // What is not larger as printed needs no intervals.
      facts.statements[stated].value > facts.statements[statedWhole].value
    else { return nil }
    let (part, whole) = (facts.statements[stated], facts.statements[statedWhole])
    guard part.interval.lower > whole.interval.upper else { return nil }
    let (at, around) = (disclosure.address(of: part), disclosure.address(of: whole))
    var subject = subject(row: at.row, column: at.column)
    subject.table = at.table
    return Finding(
      "bound-exceeded", .warning, at: at.place,
      "\(at.text)是 \(shownFact(part, at))，大于\(around.text) \(shownFact(whole, around))；应当：\(bound.title)",
      hint: "核对两处的口径和数", notes: [.init("应当不小于的数", at: around.place)], subject: subject)
  }
}

private let exampleBasic = (
  name: "forms/basic.yaml",
  text: """
  id: basic
  title: 基本支出表
  unit: 万元
  states: {flow: 支出, nature: 基本, fund: 财政拨款.一般公共, origin: 当年}
  columns: [{id: code, title: 编码, type: code, of: economic}, {id: name, title: 名称, type: name, of: economic}, {id: amount, title: 金额, type: amount}]
  rows: [{id: lines, codes: economic}, {id: total, title: 合计, adds: lines}]
  empty: 本表无发生额。
  """
)

private let exampleReception = (
  name: "forms/reception.yaml",
  text: """
  id: reception
  title: 接待表
  unit: 万元
  states: {flow: 支出, fund: 财政拨款.一般公共}
  columns: [{id: item, title: 项目}, {id: amount, title: 金额, type: amount}]
  rows: [{title: 公务接待费, states: {item: 三公.接待}}]
  empty: 本表无发生额。
  """
)
