import Content
import Fiscal
import Forms

extension TextReading {
  /// Of figures with the value of a number the one that the words around it speak of; nil where they speak of none.
  func likeliest(of cells: [TextCell], for index: Int) -> TextCell? {
    let tie = ties[index]
    let around = Surroundings(of: index, in: self)
    var best: (cell: TextCell, score: Millionths)?
    for cell in cells where fits(cell, index) {
      let names = cellWords.words(of: cell)
      guard let score = score(of: cell, names, tie, around) else { continue }
      // The first of nearly equal ones stays.
      if score > (best?.score ?? -whole) + 100 { best = (cell, score) }
    }
    return best?.cell
  }

  /// Whether the words around a number name the row of a figure nearly whole, and none speaks against it.
  func isSpokenOf(_ cell: TextCell, by index: Int) -> Bool {
    guard fits(cell, index), !cell.isDerived, cell.place.table >= 0, !(isOfBudget(index) && isSpent(cell)),
      year(of: cell) == ties[index].clause.yearOffset ?? sentenceYear(of: index)
    else { return false }
    let around = Surroundings(of: index, in: self)
    let names = cellWords.words(of: cell)
    guard let near = explained(around.near, by: cell, names, in: ties[index].passage), near >= 800_000,
      // A heading may name both sides (收入支出决算情况); the words before the number may not.
      contradiction(of: cell, around) < whole
    else { return false }
    return isNamedByTags(cell, around.near) || around.pairs.share(of: names.row.name.pairs) >= 800_000
  }

  /// Whether a figure may be what a number of this kind and role states.
  private func fits(_ cell: TextCell, _ index: Int) -> Bool {
    let clause = ties[index].clause
    switch clause.number.kind {
    case .money: if !cell.isMoney { return false }
    case .percent: if cell.isMoney || !cell.isPercent { return false }
    case .points: return false
    case .count(let unit):
      guard !cell.isMoney, !cell.isPercent else { return false }
      if let own = countUnit(of: cell), own != unit, !own.contains(unit), !unit.contains(own) { return false }
    }
    switch clause.role {
    case .change(let sign), .growth(let sign):
      if cell.place.table < 0 { return true }
      return cell.isDerived && isChange(cell, ofSign: sign, clause, at: index)
    case .level, .share, .completion, .other: return true
    }
  }

  /// Whether a derived figure may be a change: of the same year, and of the same sign unless every digit is there.
  private func isChange(_ cell: TextCell, ofSign sign: Int, _ clause: TextClause, at index: Int) -> Bool {
    guard clause.yearOffset ?? sentenceYear(of: index) == year(of: cell) else { return false }
    if sign == 0 || cell.value.isZero || (cell.value > .zero) == (sign > 0) { return true }
    let number = clause.number
    return number.value.magnitude == cell.value.magnitude && number.step <= cell.step
  }

  private func countUnit(of cell: TextCell) -> String? {
    let place = cell.place
    guard place.table >= 0 else {
      if case .plain(let unit)? = disclosure.figures[Int(place.row)].figure?.dimension { return unit }
      return nil
    }
    let table = disclosure.tables[Int(place.table)]
    guard place.panel >= 0 else { return table.fields[Int(place.row)].field.countUnit }
    return table.panels[Int(place.panel)].panel.leaves[Int(place.leaf)].countUnit
  }

  /// How well the words around a number speak of a figure; nil where they do not.
  private func score(of cell: TextCell, _ names: CellWords, _ tie: TextTie, _ around: Surroundings)
    -> Millionths?
  {
    let near = explained(around.near, by: cell, names, in: tie.passage)
    let before = explained(around.before, by: cell, names, in: tie.passage)
    var above: Millionths?
    for (passage, content) in around.above {
      if let part = explained(content, by: cell, names, in: passage) { above = max(above ?? 0, part) }
    }
    // What tags name needs no row of that name.
    let isTagged = isNamedByTags(cell, around.near)
    let row = isTagged ? whole : around.nearPairs.share(of: names.row.name.pairs)
    let rowAround = isTagged ? whole : around.pairs.share(of: names.row.name.pairs)
    // A change is of a row that the words name.
    switch tie.clause.role {
    case .change, .growth:
      guard rowAround >= 500_000 || names.row.isOfTotal || cell.place.table < 0 else { return nil }
    case .level, .share, .completion, .other: break
    }
    switch near {
    case let near?: guard near >= 500_000 || row >= 800_000 else { return nil }
    case nil: guard max(before ?? 0, above ?? 0) >= 400_000 || rowAround >= 800_000 else { return nil }
    }
    var score = 3 * (near ?? 500_000) + 12 * (before ?? 300_000) / 10 + 8 * (above ?? 300_000) / 10
    score += row + rowAround / 2
    if let column = names.column { score += 3 * around.pairs.share(of: column.name.pairs) / 10 }
    let wanted = tie.clause.yearOffset ?? 0
    if year(of: cell) != wanted { score -= whole }
    if cell.isDerived, case .level = tie.clause.role { score -= whole }
    // 4 万元 is rather 4.00 than 3.99.
    if cell.value.magnitude != tie.clause.number.value.magnitude { score -= 800_000 }
    score -= contradiction(of: cell, around) + narrowness(of: cell, around)
    // A row that nothing around calls by name is not meant, unless it is a total.
    if rowAround < 500_000, !names.row.isOfTotal, cell.place.panel >= 0 { score -= 600_000 }
    // 其中 is meant where words say so.
    if names.isOfWhich, let column = names.column, around.nearPairs.share(of: column.group.pairs) < 500_000 {
      score -= 500_000
    }
    // What tables hold is meant before what only the settings hold.
    if cell.place.table < 0 { score -= 300_000 }
    return score
  }

  /// How much the words around speak against a figure.
  private func contradiction(of cell: TextCell, _ around: Surroundings) -> Millionths {
    guard let fact = cell.fact else { return 0 }
    let key = facts.key(fact)
    func conflicts(_ content: [(token: WordBook.Token, entry: WordBook.Entry?)]) -> Int {
      content.count { item in item.entry.map { agreement(of: key, with: $0.tags) < 0 } ?? false }
    }
    var sum = 1_500_000 * conflicts(around.near)
    sum += 400_000 * (around.above.map { conflicts($0.content) }.max() ?? 0)
    // A name such as 教育支出 says that it is spent, without a tag.
    if let flow = lanes.flow {
      for (pairs, other) in [(spentPairs, "收入"), (receivedPairs, "支出")]
      where key[flow] == facts.number(of: other, in: flow) {
        if pairs.allSatisfy(around.nearPairs.contains) { sum += 500_000 }
      }
    }
    return sum
  }

  /// Whether the words directly before a number are all tags, and those of the figure.
  private func isNamedByTags(
    _ cell: TextCell, _ content: [(token: WordBook.Token, entry: WordBook.Entry?)]
  ) -> Bool {
    guard let fact = cell.fact, !content.isEmpty else { return false }
    let key = facts.key(fact)
    return content.allSatisfy { item in
      guard let tags = item.entry?.tags, !tags.isEmpty else { return false }
      return agreement(of: key, with: tags) == whole
    }
  }

  /// How much narrower a figure is than what the words around speak of.
  private func narrowness(of cell: TextCell, _ around: Surroundings) -> Millionths {
    guard let fact = cell.fact else { return 0 }
    let key = facts.key(fact)
    func isSaid(_ lane: Int) -> Bool {
      let all = [around.near, around.before] + around.above.map(\.content)
      return all.contains { $0.contains { $0.entry?.tags.contains { $0.dimension == lane } ?? false } }
    }
    var sum = 0
    for lane in lanes.narrowing where key[lane] != 0 && lane != lanes.flow && !isSaid(lane) {
      sum += 300_000
    }
    for lane in [lanes.basis, lanes.fund, lanes.origin].compactMap({ $0 })
    where key[lane] != 0 && !isSaid(lane) {
      sum += lane == lanes.origin ? 100_000 : 300_000
    }
    return sum
  }

  /// Offset of the year that a figure is of.
  func year(of cell: TextCell) -> Int {
    guard let lane = lanes.year, let fact = cell.fact else { return 0 }
    return Int(facts.text(of: facts.key(fact)[lane], in: lane)) ?? 0
  }

  /// How much of the words a figure's tags and names explain; nil where there are no words.
  private func explained(
    _ content: [(token: WordBook.Token, entry: WordBook.Entry?)], by cell: TextCell, _ names: CellWords,
    in passage: Int
  ) -> Millionths? {
    let key = cell.fact.map { facts.key($0) }
    var all = 0
    var part = 0
    for (token, entry) in content {
      let weight = token.range.count
      all += weight
      guard let key, let tags = entry?.tags, !tags.isEmpty else {
        let isOwn = entry?.rows.contains { isRow($0, of: cell) } ?? false
        part += weight * (isOwn ? whole : names.share(of: words[passage].pairs(in: token.range)))
        continue
      }
      let agreement = agreement(of: key, with: tags)
      part +=
        weight
        * (agreement == whole
          ? whole : max(9 * names.share(of: words[passage].pairs(in: token.range)) / 10, agreement))
    }
    return all == 0 ? nil : part / all
  }

  private func isRow(_ address: WordBook.RowAddress, of cell: TextCell) -> Bool {
    address.table == Int(cell.place.table) && address.panel == Int(cell.place.panel)
      && address.row == Int(cell.place.row)
  }

  /// How far the tags of a word fit a key: the worst of them counts.
  private func agreement(of key: FactKey, with tags: [(dimension: Int, value: UInt16)]) -> Millionths {
    var worst: Millionths?
    for tag in tags {
      let own = key[tag.dimension]
      let fit =
        own == tag.value
        ? whole
        : own == 0
          ? 0
          : facts.isWithin(own, tag.value, in: tag.dimension)
            ? 800_000 : facts.isWithin(tag.value, own, in: tag.dimension) ? 500_000 : -500_000
      worst = min(worst ?? fit, fit)
    }
    return worst ?? 0
  }
}

/// How well words and figures fit, from 0 to `whole`: whole numbers, so that the same text is tied the same everywhere.
typealias Millionths = Int

private let whole: Millionths = 1_000_000

private let spentPairs = scalarPairs(["支", "出"])
private let receivedPairs = scalarPairs(["收", "入"])

/// The words around a number, nearest first.
struct Surroundings {
  var near: [(token: WordBook.Token, entry: WordBook.Entry?)]
  /// Earlier in the sentence.
  var before: [(token: WordBook.Token, entry: WordBook.Entry?)]
  /// The introduction of the list and the headings, each with its passage.
  var above: [(passage: Int, content: [(token: WordBook.Token, entry: WordBook.Entry?)])]
  var nearPairs: PairSet
  /// Of all of them.
  var pairs: PairSet

  init(of index: Int, in reading: TextReading) {
    let tie = reading.ties[index]
    let clause = tie.clause
    let words = reading.words[tie.passage]
    near = words.content(in: clause.near)
    let start = min(clause.sentence.lowerBound, clause.near.lowerBound)
    before = words.content(in: start..<clause.near.lowerBound)
    nearPairs = PairSet(words.pairs(in: clause.near))
    pairs = nearPairs
    pairs.insert(words.pairs(in: start..<clause.near.lowerBound))
    above = []
    var some = reading.passages[tie.passage].headings
    if let lead = reading.passages[tie.passage].lead { some.append(lead) }
    for other in some {
      let passage = reading.passages[other]
      above.append((other, reading.words[other].content(in: 0..<passage.scalars.count)))
      pairs.insert(reading.words[other].pairs)
    }
  }
}
