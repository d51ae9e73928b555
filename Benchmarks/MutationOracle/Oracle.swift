import Content
import Forms

/// Judges by itself whether the figures of a unit satisfy every relation that their forms declare.
///
/// It is what the checks are measured by, so it shares nothing with them: no room but those that read the tables, no
/// fractions, no keys; every relation is worked out anew from the declarations, in the plainest way there is.
public struct Oracle: Sendable {
  /// A kind of relation, by the rule that should report it.
  public enum Relation: String, CaseIterable, Sendable {
    case columnSum = "sum-of-columns"
    case rowSum = "sum-of-rows"
    case difference = "difference-differs"
    case percentage = "percentage-differs"
    case formula = "computed-figure-differs"
    case partOfWhole = "part-exceeds-whole"
    case relation = "relation-violated"
    case score = "total-score-differs"
    case scoreRange = "score-out-of-range"
    case sameFact = "same-fact-two-figures"
    case law = "law-violated"
    case withinWhole = "fact-exceeds-whole"
    case bound = "bound-exceeded"
    case otherDocument = "fact-differs-elsewhere"
    case tie = "tie-violated"
  }

  /// A relation that does not hold.
  public struct Violation: Hashable, Sendable {
    public var relation: Relation
    /// Where, in a few words.
    public var words: String
  }

  private let model: FactModel
  private let known: [Facts]

  /// - Parameter unit: a unit that satisfies all relations; nil where nothing is known.
  public init(_ model: FactModel, clean unit: BoundUnit? = nil) {
    self.model = model
    known = unit?.disclosures.map { Facts($0) } ?? []
  }

  /// Every relation that does not hold.
  ///
  /// - Parameter file: the only file that differs from the clean unit's; relations within other tables are not asked.
  public func violations(in unit: BoundUnit, changed file: String? = nil) -> [Violation] {
    var violations: [Violation] = []
    for disclosure in unit.disclosures {
      for table in disclosure.tables where file.map({ $0 == table.file }) ?? true {
        violations += TableJudge(table: table, disclosure: disclosure).violations()
      }
      if !disclosure.brokenRelations.isEmpty {
        violations.append(Violation(relation: .relation, words: disclosure.key))
      }
    }
    let facts = unit.disclosures.map { Facts($0) }
    let isComparable = known.map(\.key) == facts.map(\.key)
    var hasChanged = false
    for (index, disclosure) in unit.disclosures.enumerated() {
      let changed = facts[index].changed(from: isComparable ? known[index] : nil)
      if changed.isEmpty { continue }
      hasChanged = true
      violations += FactJudge(
        facts: facts[index], model: model, lawsOff: Set(disclosure.set?.lawsOff ?? [])
      ).violations(over: changed)
    }
    if hasChanged { violations += UnitJudge(facts: facts, model: model).violations() }
    return violations
  }
}
