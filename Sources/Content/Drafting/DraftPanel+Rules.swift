import Fiscal
import Forms

/// Finds what columns follow from others, as far as every row bears it out.
extension DraftPanel {
  mutating func findRules() {
    findDifferences()
    _ = findSums(columns.indices, depth: 0)
    findPercentages()
  }

  private func values(_ column: Int) -> [DraftAmount] {
    records.map { $0.amounts[column] ?? DraftAmount() }
  }

  /// The terms of each row.
  private func terms(_ parts: [Int]) -> [[DraftAmount]] {
    records.map { record in parts.map { record.amounts[$0] ?? DraftAmount() } }
  }

  // MARK: Differences

  private mutating func findDifferences() {
    for column in amounts where saysChange(columns[column].title) {
      for (first, second) in pairs(near: column)
      where columns[second].rule == nil && columns[first].rule == nil {
        let terms = records.map { record in
          [record.amounts[first] ?? DraftAmount(), (record.amounts[second] ?? DraftAmount()).negated]
        }
        guard let evidence = DraftEvidence(totals: values(column), parts: terms), evidence.count > 0,
          terms.contains(where: { $0.allSatisfy { $0.fen != 0 } })
        else { continue }
        columns[column].rule = DraftRule(kind: .difference, columns: [first, second], evidence: evidence)
        break
      }
    }
  }

  private func saysChange(_ title: String) -> Bool {
    ["增", "减", "差", "变", "余"].contains { title.contains($0) }
  }

  /// Other columns of amounts two by two, those nearest to a column first.
  private func pairs(near column: Int) -> [(Int, Int)] {
    let others = amounts.filter { $0 != column }
    return others.flatMap { first in others.filter { $0 != first }.map { (first, $0) } }
      .sorted { left, right in
        let far = (abs(left.0 - column) + abs(left.1 - column), abs(right.0 - column) + abs(right.1 - column))
        return far.0 != far.1 ? far.0 < far.1 : left < right
      }
  }

  // MARK: Sums

  /// Sums within a group of the header, from the inmost groups out.
  ///
  /// - Returns: the columns that a sum farther out may add.
  private mutating func findSums(_ range: Range<Int>, depth: Int) -> [Int] {
    var open: [Int] = []
    var rest = range
    var children: [(range: Range<Int>, isGroup: Bool)] = []
    while let first = rest.first {
      let titles = columns[first].titles
      let isGroup = depth + 1 < titles.count
      let count =
        isGroup
        ? rest.prefix { depth + 1 < columns[$0].titles.count && columns[$0].titles[depth] == titles[depth] }
          .count
        : 1
      // A group of one column adds what stands outside it.
      children.append((first..<(first + count), isGroup && count > 1))
      rest = rest.dropFirst(count)
    }
    // A total before its parts takes those that follow it.
    for child in children.reversed() {
      guard !child.isGroup, let column = child.range.first else {
        open = findSums(child.range, depth: depth + 1) + open
        continue
      }
      guard columns[column].type == .amount, columns[column].rule == nil else { continue }
      let siblings = Set(children.filter { !$0.isGroup }.flatMap(\.range))
      if let length = length(of: column, open, siblings) { open.removeFirst(length) }
      open.insert(column, at: 0)
    }
    // One behind its parts takes those before it.
    for column in open where columns[column].rule == nil && titleSaysTotal(columns[column].title) {
      guard let place = open.firstIndex(of: column) else { continue }
      for length in (0...place).reversed() where length > 1 {
        let parts = Array(open[(place - length)..<place])
        guard add(column, parts) else { continue }
        open.removeSubrange((place - length)..<place)
        break
      }
    }
    // A group without any figure is known by its subtotal.
    if let first = open.first, depth > 0, titleSaysTotal(columns[first].title), open.allSatisfy(isZero) {
      return [first]
    }
    return open
  }

  /// Adds the columns that follow to one, as few as bear it out; where all but one are zero, all of them.
  ///
  /// - Returns: How many it took.
  private mutating func length(of column: Int, _ open: [Int], _ siblings: Set<Int>) -> Int? {
    guard open.count > 1 else { return nil }
    let isTotal = titleSaysTotal(columns[column].title)
    for length in 2...open.count {
      guard let evidence = evidence(column, Array(open.prefix(length))), evidence.hasTwoParts else {
        continue
      }
      var count = length
      // Columns that are zero this year, in the same group, belong to a total as well.
      while isTotal, count < open.count, siblings.contains(open[count]), isZero(open[count]),
        !isWithin(open[count])
      { count += 1 }
      return add(column, Array(open.prefix(count))) ? count : nil
    }
    let within = open.prefix { isWithin($0) }
    if within.count > 1, add(column, Array(within)) { return within.count }
    guard isTotal else { return nil }
    return (2...open.count).reversed().first { add(column, Array(open.prefix($0))) }
  }

  /// 其中：
  private func isWithin(_ column: Int) -> Bool { columns[column].title.hasPrefix("其中") }

  private func isZero(_ column: Int) -> Bool { values(column).allSatisfy { $0.fen == 0 } }

  private func evidence(_ column: Int, _ parts: [Int]) -> DraftEvidence? {
    DraftEvidence(totals: values(column), parts: terms(parts))
  }

  private mutating func add(_ column: Int, _ parts: [Int]) -> Bool {
    guard let evidence = evidence(column, parts), evidence.count > 0 else { return false }
    columns[column].rule = DraftRule(kind: .adds, columns: parts, evidence: evidence)
    return true
  }

  // MARK: Percentages

  private mutating func findPercentages() {
    for column in columns.indices where columns[column].type == .percent {
      let kinds: [DraftRule.Kind] =
        saysChange(columns[column].title) ? [.growth, .share] : [.share, .growth]
      search: for kind in kinds {
        for (first, second) in pairs(near: column) {
          guard let evidence = percentage(column, first, second, isGrowth: kind == .growth) else { continue }
          columns[column].rule = DraftRule(kind: kind, columns: [first, second], evidence: evidence)
          break search
        }
      }
    }
  }

  private func percentage(_ column: Int, _ first: Int, _ second: Int, isGrowth: Bool) -> DraftEvidence? {
    var evidence = DraftEvidence(places: 0)
    var digits = 0
    for record in records {
      guard let stated = record.cells[column].number, let top = record.amounts[first],
        let base = record.amounts[second]
      else { continue }
      if base.fen == 0 {
        guard top.fen == 0, stated.digits == 0 else { return nil }
        continue
      }
      guard let above = isGrowth ? top.interval.subtracting(base.interval) : top.interval,
        let ratio = above.divided(by: base.interval)?.multiplied(by: Rational(100)),
        let last = powerOfTen(stated.decimals).flatMap({ Rational(1, over: $0) }),
        Interval(stated.rational, lastDigit: last).meets(ratio)
      else { return nil }
      guard stated.digits != 0 else { continue }
      evidence.count += 1
      digits = max(digits, String(stated.digits.magnitude).utf8.count)
    }
    // A short percentage in a single row may be mere chance.
    return evidence.count > 1 || evidence.count == 1 && digits > 2 ? evidence : nil
  }
}
