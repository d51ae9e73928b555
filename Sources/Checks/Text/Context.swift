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
  func context(of index: Int) -> TextContext? {
    let tie = ties[index]
    let clause = tie.clause
    let all = sentence(of: index)
    let first = ties[all.lowerBound].clause
    let head = clause.sentence.lowerBound..<max(clause.sentence.lowerBound, first.near.lowerBound)
    guard var context = context(of: head, in: tie.passage) else { return nil }
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
    if let parent, !lay(ties[parent].clause.near, of: tie.passage, over: &context, mayBeUnknown: false) {
      return nil
    }
    return context
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
