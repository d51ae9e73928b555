import Content
import Diagnostics
import Fiscal
import Forms

extension Check {
  /// 金额是负数
  static let negativeAmount = Check(
    "negative-amount", .warning, "金额是负数",
    why: "收入、支出、结转都不应是负数；增减额可以是。多半是多了一个负号或括号。", references: ["NEG-01"],
    examples: [
      .passes(exampleNatures, ("性质表.csv", "项目,支出\n支出合计,10.00\n基本支出,6.00\n项目支出,4.00\n")),
      .passes(exampleTwoYears, ("对比表.csv", "项目,上年,本年,增减额,增减%\n支出,10.00,8.00,-2.00,-20\n")),
      .fails(exampleNatures, ("性质表.csv", "项目,支出\n支出合计,2.00\n基本支出,6.00\n项目支出,↓-4.00\n")),
    ]
  ) { context in
    let facts = context.facts
    let measure = facts.names.number(of: "measure")
    return (0..<facts.count).flatMap { fact -> [Finding] in
      if let measure, facts.key(fact)[measure] != 0 { return [] }
      return facts.statements(of: fact).compactMap { number -> Finding? in
        let statement = facts.statements[number]
        guard statement.value < .zero, statement.unit != nil, statement.sum == nil else { return nil }
        let at = context.disclosure.address(of: statement)
        var subject = context.subject(row: at.row, column: at.column)
        subject.table = at.table
        return Finding(
          "negative-amount", .warning, at: at.place, "\(at.text)是 \(shownFact(statement, at))，是负数",
          hint: "核对正负号；确实冲减的，写一条豁免说明", subject: subject)
      }
    }
  }
}
