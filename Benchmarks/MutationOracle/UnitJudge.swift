import Forms

/// The relations between the disclosures of a unit.
struct UnitJudge {
  private struct Dated: Hashable {
    var tags: [String: String]
    var year: Int
  }

  let facts: [Facts]
  let model: FactModel

  func violations() -> [Oracle.Violation] {
    guard facts.count > 1 else { return [] }
    var own: [Dated: (disclosure: Int, printed: Printed)] = [:]
    var later: [Dated: (disclosure: Int, printed: Printed)] = [:]
    for (index, facts) in facts.enumerated() {
      for (tags, figures) in facts.stated {
        guard let fact = dated(tags, in: facts.year), let figure = figures.first else { continue }
        if tags["year"] == nil {
          if own[fact] == nil { own[fact] = (index, figure) }
        } else if later[fact] == nil {
          later[fact] = (index, figure)
        }
      }
    }
    let speaking = later.merging(own) { _, own in own }
    var found: [Oracle.Violation] = []
    for (index, facts) in facts.enumerated() {
      for (tags, figures) in facts.stated {
        guard let fact = dated(tags, in: facts.year), let figure = figures.first else { continue }
        if let other = speaking[fact], other.disclosure != index, !figure.prints(other.printed) {
          found.append(
            Oracle.Violation(
              relation: .otherDocument, words: "\(facts.key) \(tags.sorted { $0.key < $1.key })"))
        }
        for tie in model.ties where tie.kind.map({ $0 == facts.kind }) ?? true {
          guard tie.here.values.allSatisfy({ tags[$0.key] == $0.value }),
            !tie.without.contains(where: { tags[$0] != nil })
          else { continue }
          let rest = fact.tags.filter { tie.here[$0.key] == nil }
          let there = Dated(
            tags: rest.merging(tie.there.settled.values) { _, new in new }, year: fact.year + tie.year)
          if let other = speaking[there], other.disclosure != index, !figure.prints(other.printed) {
            found.append(Oracle.Violation(relation: .tie, words: "\(facts.key) \(tie.id)"))
          }
        }
      }
    }
    return found
  }

  /// A fact with the year it speaks of, whichever disclosure says so.
  private func dated(_ tags: [String: String], in year: Int) -> Dated? {
    var rest = tags
    rest["year"] = nil
    guard let offset = tags["year"].map({ Int($0) }) ?? 0 else { return nil }
    return Dated(tags: rest, year: year + offset)
  }
}
