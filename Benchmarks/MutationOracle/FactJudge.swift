import Forms

/// The relations between the facts of one disclosure.
struct FactJudge {
  typealias FactTags = [String: String]

  let facts: Facts
  let model: FactModel
  let lawsOff: Set<String>

  /// - Parameter changed: the facts that some relation must touch to be asked.
  func violations(over changed: [FactTags]) -> [Oracle.Violation] {
    changed.flatMap { tags -> [Oracle.Violation] in
      var found: [Oracle.Violation] = []
      func note(_ relation: Oracle.Relation) {
        found.append(
          Oracle.Violation(
            relation: relation, words: tags.map { "\($0)=\($1)" }.sorted().joined(separator: " ")))
      }
      let figures = facts.stated[tags] ?? []
      if let first = figures.first, figures.contains(where: { !$0.prints(first) }) { note(.sameFact) }
      if breaksSplit(tags) || breaksLaw(tags) { note(.law) }
      if breaksWhole(tags) { note(.withinWhole) }
      if breaksBound(tags) { note(.bound) }
      return found
    }
  }

  private func isSum(_ whole: FactTags, _ parts: [FactTags]) -> Bool {
    guard let total = facts.figure(whole) else { return true }
    var sum = Printed.nothing(total.measure)
    for part in parts {
      guard let figure = facts.figure(part), figure.measure == total.measure else { return true }
      sum.value += figure.value
      sum.half += figure.half
    }
    return sum.meets(total)
  }

  // MARK: Laws

  private func breaksSplit(_ tags: FactTags) -> Bool {
    model.dimensions.contains { dimension in
      dimension.splits.contains { whole, parts in
        var total = tags
        let value = tags[dimension.id] ?? ""
        guard value == whole || parts.contains(value) else { return false }
        total[dimension.id] = whole.isEmpty ? nil : whole
        return !isSum(total, parts.map { tags.setting(dimension.id, $0) })
      }
    }
  }

  private func breaksLaw(_ tags: FactTags) -> Bool {
    model.laws.contains { law in
      if lawsOff.contains(law.id) || law.without.contains(where: { tags[$0] != nil }) { return false }
      let sides = [law.whole] + law.parts
      return sides.contains { side in
        guard side.values.allSatisfy({ tags[$0.key] == $0.value }) else { return false }
        let rest = tags.filter { side[$0.key] == nil }
        func fact(_ side: Tags) -> FactTags { rest.merging(side.settled.values) { _, new in new } }
        return !isSum(fact(law.whole), law.parts.map(fact))
      }
    }
  }

  // MARK: Parts and wholes

  private func isAdditive(_ dimension: String) -> Bool {
    model.classifications.contains(dimension)
      || model.dimension(dimension).map { $0.isAdditive || $0.hasParts } ?? false
  }

  /// Whether one fact speaks of a part of what the other speaks of.
  private func isPart(_ part: FactTags, of whole: FactTags) -> Bool {
    guard part != whole,
      whole.allSatisfy({ dimension, value in
        part[dimension].map { $0 == value || isAdditive(dimension) && $0.lies(within: value) } ?? false
      })
    else { return false }
    return part.allSatisfy { dimension, _ in whole[dimension] != nil || isAdditive(dimension) }
  }

  private func exceeds(_ part: FactTags, _ whole: FactTags) -> Bool {
    guard let inner = facts.figure(part), let outer = facts.figure(whole), inner.measure == .money,
      outer.measure == .money, inner.value > 0, outer.value >= 0
    else { return false }
    return inner.lower > outer.upper
  }

  private func breaksWhole(_ tags: FactTags) -> Bool {
    facts.stated.keys.contains { other in
      isPart(tags, of: other) && exceeds(tags, other) || isPart(other, of: tags) && exceeds(other, tags)
    }
  }

  private func breaksBound(_ tags: FactTags) -> Bool {
    model.bounds.contains { bound in
      [bound.part, bound.whole].contains { side in
        guard side.values.allSatisfy({ tags[$0.key] == $0.value }) else { return false }
        let rest = tags.filter { side[$0.key] == nil }
        func fact(_ side: Tags) -> FactTags { rest.merging(side.settled.values) { _, new in new } }
        return exceeds(fact(bound.part), fact(bound.whole))
      }
    }
  }
}

extension [String: String] {
  func setting(_ key: String, _ value: String) -> Self {
    var changed = self
    changed[key] = value
    return changed
  }
}
