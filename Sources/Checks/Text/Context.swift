/// What headings, the introduction of a list and earlier clauses say a number is of.
struct TextContext {
  /// Values by dimension.
  var tags: [Int: UInt16] = [:]
  /// The rows of a name without tags.
  var rows: [WordBook.RowAddress] = []
}

extension TextReading {
  /// What a number is of beside the words directly before it; nil where they hold words that nothing is known of, so
  /// that the number may be of some part.
  ///
  /// - Parameter confirmsOnly: the number is only confirmed by what is found, so that a subject may be forgotten.
  func context(of index: Int, confirmsOnly: Bool = false) -> TextContext? {
    let tie = ties[index]
    let clause = tie.clause
    let all = sentence(of: index)
    let first = ties[all.lowerBound].clause
    let head = clause.sentence.lowerBound..<max(clause.sentence.lowerBound, first.near.lowerBound)
    guard var context = context(of: readers[tie.passage].withoutNumbering(head), in: tie.passage) else {
      return nil
    }
    var parent: Int?
    for other in all.lowerBound..<index {
      let isParted =
        passages[tie.passage].scalars[ties[other].clause.number.range.upperBound..<clause.near.lowerBound]
        .contains("：")
        || (ties[other + 1].clause.isOfWhich && ties[other + 1].clause.role == .level)
      if isParted, ties[other].clause.role == .level { parent = other }
    }
    if parent == nil, all.contains(where: { $0 <= index && ties[$0].clause.isOfWhich }) {
      parent = tiesOfPassage[tie.passage].last { $0 < all.lowerBound && ties[$0].clause.role == .level }
    }
    if !confirmsOnly, forgetsSubject(index, parent: parent) { return nil }
    if let parent, !lay(ties[parent].clause.near, of: tie.passage, over: &context, mayBeUnknown: false) {
      return nil
    }
    return context
  }

  /// Whether an earlier clause of the sentence names something that the words before a number do not repeat:
  /// 国内公务接待 51 批次，共计支出 4.78 万元 is not all expenditure.
  private func forgetsSubject(_ index: Int, parent: Int?) -> Bool {
    let tie = ties[index]
    let some = words[tie.passage]
    let general = [lanes.flow, lanes.phase, lanes.nature, lanes.fund, lanes.origin].compactMap { $0 }
    let own = some.tags(in: tie.clause.near)
    let end = tie.clause.subject.upperBound
    guard
      some.content(in: tie.clause.near.lowerBound..<max(end, tie.clause.near.lowerBound)).allSatisfy({
        guard let entry = $0.entry, !entry.tags.isEmpty else { return false }
        return entry.tags.allSatisfy { general.contains($0.dimension) }
      })
    else { return false }
    var start = ties[sentence(of: index).lowerBound].clause.near.lowerBound
    for other in sentence(of: index) where other < index {
      let number = ties[other].clause.number.range
      // What the number is a part of is known.
      let near = ties[other].clause.near
      let stop = other == parent ? max(start, near.lowerBound) : number.lowerBound
      if start < stop, narrows(start..<stop, of: tie.passage, besides: own) { return true }
      start = max(start, number.upperBound)
    }
    let stop = tie.clause.near.lowerBound
    return start < stop && narrows(start..<stop, of: tie.passage, besides: own)
  }

  /// Whether words are unknown, or name something narrower than all income or expenditure.
  private func narrows(_ range: Range<Int>, of passage: Int, besides own: [Int: UInt16]) -> Bool {
    words[passage].content(in: range).contains { _, entry in
      guard let entry else { return true }
      if entry.tags.isEmpty { return !entry.rows.isEmpty || !entry.columns.isEmpty }
      return entry.tags.contains { tag in
        guard lanes.narrowing.contains(tag.dimension) else { return false }
        guard tag.dimension == lanes.flow else { return own[tag.dimension] == nil }
        return !["收入", "支出", "支出总计"].contains(facts.text(of: tag.value, in: tag.dimension))
      }
    }
  }

  /// What the headings above a passage, the introduction of its list and the words that begin a sentence say.
  func context(of head: Range<Int>, in passage: Int) -> TextContext? {
    var context = TextContext()
    for heading in passages[passage].headings {
      // A heading that is not understood may narrow everything below it: a unit, a project.
      guard lay(0..<passages[heading].scalars.count, of: heading, over: &context, mayBeUnknown: false) else {
        return nil
      }
    }
    if let lead = passages[passage].lead, let last = sentences[lead].last {
      if words[lead].tags(in: last).isEmpty, !isKnown(last, of: lead) { return nil }
      _ = lay(last, of: lead, over: &context, mayBeUnknown: true)
    }
    guard head.isEmpty || lay(head, of: passage, over: &context, mayBeUnknown: false) else { return nil }
    return context
  }

  private func isKnown(_ range: Range<Int>, of passage: Int) -> Bool {
    words[passage].content(in: range).allSatisfy { $0.entry != nil }
  }

  /// Lays what words say over what was said before; false where some of them are unknown and may not be.
  private func lay(_ range: Range<Int>, of passage: Int, over context: inout TextContext, mayBeUnknown: Bool)
    -> Bool
  {
    if !mayBeUnknown, !isKnown(range, of: passage) { return false }
    let content = words[passage].content(in: range)
    for (_, entry) in content {
      guard let entry else { continue }
      for tag in entry.tags { context.tags[tag.dimension] = tag.value }
      // Of 类、款、项 the last is meant.
      if entry.tags.isEmpty, !entry.rows.isEmpty { context.rows = entry.rows }
    }
    return true
  }
}
