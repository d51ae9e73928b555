import Content
import Diagnostics
import Fiscal
import Forms

extension Check {
  /// 部分大于全部（跨表）
  static let factWithinWhole = Check(
    "fact-exceeds-whole", "一处的部分大于另一处的全部",
    why: "某一资金、科目或项目的数，不可能大于包含它的总数；总数为零的，里面就不能有数。",
    references: ["XTB-07", "XTB-18", "XTB-21"],
    examples: [
      .passes(
        exampleNatures, exampleFunctions, ("性质表.csv", "项目,支出\n支出合计,10.00\n基本支出,6.00\n项目支出,4.00\n"),
        ("支出表.csv", "编码,名称,支出\n201,一般公共服务支出,10.00\n,合计,10.00\n")),
      .fails(
        exampleItems, exampleNatures, ("性质表.csv", "项目,支出\n支出合计,10.00\n基本支出,6.00\n项目支出,4.00\n"),
        ("专项.csv", "项目,金额\n三公经费,↓36.00\n")),
    ]
  ) { context in
    (0..<context.facts.count).compactMap { context.excess(of: $0) }
  }
}

extension CheckContext {
  fileprivate func excess(of fact: Int) -> Finding? {
    guard let stated = facts.stated(fact) else { return nil }
    let value = facts.statements[stated].value
    guard facts.statements[stated].unit != nil, value > .zero else { return nil }
    let found = facts.whole(of: fact) { whole in
      // What is not larger as printed needs no intervals.
      facts.statements[whole].value < value && facts.statements[whole].unit != nil
        && facts.statements[whole].value >= .zero
        && facts.statements[stated].interval.lower > facts.statements[whole].interval.upper
    }
    guard let found, let statedWhole = facts.stated(found) else { return nil }
    let (part, whole) = (facts.statements[stated], facts.statements[statedWhole])
    facts.dispute(fact)
    facts.dispute(found)
    let severity: Severity = part.isSheet || whole.isSheet ? .warning : .error
    let (at, around) = (disclosure.address(of: part), disclosure.address(of: whole))
    var subject = subject(row: at.row, column: at.column)
    subject.table = at.table
    let finding = Finding(
      "fact-exceeds-whole", severity, at: at.place,
      whole.value.isZero
        ? "\(at.text)是 \(shownFact(part, at))，而包含它的\(around.text)为零"
        : "\(at.text)是 \(shownFact(part, at))，大于包含它的\(around.text) \(shownFact(whole, around))",
      hint: "核对两处的口径和单位，改正错的一处", notes: [.init("包含它的数", at: around.place)], subject: subject)
    var suspects = Suspects()
    for statement in [part, whole] { suspects.add(statement, .unknown) }
    suspect(suspects, for: finding)
    return finding
  }
}

private let exampleItems = (
  name: "forms/items.yaml",
  text: """
  id: items
  title: 专项
  unit: 万元
  states: {flow: 支出}
  columns: [{id: item, title: 项目}, {id: amount, title: 金额, type: amount}]
  rows: [{title: 三公经费, states: {item: 三公}}]
  """
)
