import Content
import Diagnostics
import Forms

extension Check {
  /// 单位的两份文档接不上
  static let tieViolated = Check(
    "tie-violated", .warning, "两份文档接不上",
    why: "上年决算的年末结转就是本年决算的年初结转，自评的执行数就是决算的支出。接不上，说明有一份错了，或口径调整过；调整过的写一条豁免说明。",
    references: ["BAL-06", "XTB-19"],
    examples: [
      .passes(
        exampleCarryOver, ("2020/final-accounts/结转表.csv", "项目,金额\n年初结转,1.00\n年末结转,2.00\n"),
        ("2021/final-accounts/结转表.csv", "项目,金额\n年初结转,2.00\n年末结转,3.00\n")),
      // Between them lies a year that is not there.
      .passes(
        exampleCarryOver, ("2019/final-accounts/结转表.csv", "项目,金额\n年初结转,1.00\n年末结转,2.00\n"),
        ("2021/final-accounts/结转表.csv", "项目,金额\n年初结转,2.50\n年末结转,3.00\n")),
      .fails(
        exampleCarryOver, ("2020/final-accounts/结转表.csv", "项目,金额\n年初结转,1.00\n年末结转,2.00\n"),
        ("2021/final-accounts/结转表.csv", "项目,金额\n年初结转,↓2.50\n年末结转,3.00\n")),
    ], across: { $0.brokenTies() })
}

extension UnitContext {
  fileprivate func brokenTies() -> [Finding] {
    guard contexts.count > 1, !model.ties.isEmpty, let facts = absoluteFacts else { return [] }
    let ties = model.ties.compactMap { NumberedTie($0, numbering) }
    var findings: [Finding] = []
    for (index, context) in contexts.enumerated() {
      for tie in ties where tie.kind.map({ $0 == context.disclosure.kind.id }) ?? true {
        for fact in 0..<context.facts.count {
          guard tie.speaks(of: context.facts.key(fact)), let statement = context.facts.stated(fact),
            let here = facts.key(of: fact, in: index, adding: tie.year),
            let holder = facts.holder(of: tie.other(here)), holder.disclosure != index
          else { continue }
          let mine = context.facts.statements[statement]
          let theirs = contexts[holder.disclosure].facts.statements[holder.statement]
          guard !agree(mine, theirs) else { continue }
          findings.append(
            difference("tie-violated", (index, mine), (holder.disclosure, theirs), reason: "应当：\(tie.title)"))
        }
      }
    }
    return findings
  }
}

/// A tie between disclosures in the numbers of a unit.
private struct NumberedTie {
  let title: String
  let kind: String?
  let year: Int
  private let here: NumberedTags
  private let there: NumberedTags
  /// What is looked at: what this side says, and what neither may say.
  private var looksAt: SIMD16<UInt16>

  init?(_ tie: FactModel.Tie, _ numbering: FactNumbering) {
    title = tie.title
    kind = tie.kind
    year = tie.year
    here = numbering.names.numbered(tie.here)
    there = numbering.names.numbered(tie.there)
    looksAt = here.named
    guard !here.isUnknown, !there.isUnknown else { return nil }
    for name in tie.without {
      guard let dimension = numbering.names.number(of: name) else { continue }
      looksAt[dimension] = .max
    }
  }

  func speaks(of key: FactKey) -> Bool { key.values & looksAt == here.values }

  /// What the other disclosure says of the same: what only this side says, the other does not mention.
  func other(_ key: FactKey) -> FactKey { FactKey(key.values & ~(here.named | there.named) | there.values) }
}
