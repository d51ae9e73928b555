import Content
import Diagnostics
import Fiscal
import Forms

/// A number of the narrative and what it was tied to.
struct TextTie {
  var passage: Int
  var clause: TextClause
  /// The figure it speaks of, where its value is that figure's.
  var cell: TextCell?
  /// For a change the two figures whose difference it is.
  var difference: (later: TextCell, earlier: TextBase)?
  /// For an amount of last year.
  var earlier: TextBase?
  /// For a percentage the two values whose ratio it is, where figures state them.
  var ratio: (part: TextCell, whole: TextCell)?

  /// Whether the amounts of the text itself give this percentage.
  var isConfirmed = false

  var isTied: Bool { cell != nil || difference != nil || earlier != nil || ratio != nil }
}

/// The narrative of a disclosure read once for all rules about it: its numbers, the words around them, the figures of
/// tables that they speak of (正文里的数各说的是哪一格).
final class TextReading {
  let disclosure: Disclosure
  let lastYear: Disclosure?
  let facts: FactStore
  let file: String
  let passages: [TextLine]
  private(set) var book: WordBook
  /// In reading order.
  private(set) var ties: [TextTie] = []
  /// By passage.
  private var settled: [Bool] = []
  /// The sentences of each passage.
  private(set) var sentences: [[Range<Int>]] = []
  /// For each passage the ties that it holds.
  private(set) var tiesOfPassage: [Range<Int>] = []
  private(set) var words: [PassageWords] = []
  let lanes: TextLanes
  /// 辆, 人次, 台（套）
  let countUnits: Set<String>
  let cellWords: CellWordBook
  /// The facts that are of nothing in particular: all income, all expenditure, those of one fund.
  private(set) lazy var totals: [TextCell] = statedTotals()
  private(set) lazy var anyFigure: [TextCell] = statedFacts()
  private(set) var readers: [ClauseReader] = []
  /// For the typed amounts that are tied to nothing.
  private(set) lazy var misses = NearMisses(
    of: ties.compactMap { tie in
      guard case .level = tie.clause.role, !tie.isTied, !tie.clause.number.isComputed else { return nil }
      return tie.clause.number
    }, in: disclosure, facts)

  init?(_ disclosure: Disclosure, model: FactModel, facts: FactStore, lastYear: Disclosure?) {
    guard let narrative = disclosure.narrative else { return nil }
    self.disclosure = disclosure
    self.lastYear = lastYear
    self.facts = facts
    file = narrative.file
    lanes = TextLanes(facts)
    cellWords = CellWordBook(disclosure, facts.words.titles)
    let reader = PassageReader(narrative)
    passages = reader.passages
    let unitNames = Checks.countUnits(of: disclosure)
    countUnits = Set(unitNames.map { String(String.UnicodeScalarView($0)) })
    let units = CountUnits(unitNames)
    var clauses: [[TextClause]] = []
    for passage in passages {
      let read = ClauseReader(passage, units: units, documentYear: disclosure.year)
      readers.append(read)
      clauses.append(passage.isHeading ? [] : read.clauses)
      sentences.append(read.sentences)
    }
    let pairs = passages.map { scalarPairs($0.scalars[...]) }
    var text = PairSet([])
    for some in pairs { text.insert(some) }
    book = WordBook(disclosure, facts, model: model, for: text)
    words = passages.indices.map { PassageWords(book.tokens(of: passages[$0].scalars), book, pairs[$0]) }
    for (index, some) in clauses.enumerated() {
      tiesOfPassage.append(ties.count..<ties.count + some.count)
      for clause in some { ties.append(TextTie(passage: index, clause: clause)) }
    }
    tie()
  }

  /// The ties of the same sentence, in order.
  func sentence(of tie: Int) -> Range<Int> {
    let all = tiesOfPassage[ties[tie].passage]
    let sentence = ties[tie].clause.sentence
    let first = all.first { ties[$0].clause.sentence == sentence } ?? tie
    let last = all.last { ties[$0].clause.sentence == sentence } ?? tie
    return first..<last + 1
  }

  func place(_ tie: TextTie) -> Place { passages[tie.passage].place(tie.clause.number.range, in: file) }

  func text(_ tie: TextTie) -> String { passages[tie.passage].text(tie.clause.number.range) }

  /// Ties the numbers of passages that hold a typed one; what formulas alone gave is tied where it is asked for.
  private func tie() {
    settled = Array(repeating: false, count: passages.count)
    settle(
      passages.indices.filter { passage in
        tiesOfPassage[passage].contains { !ties[$0].clause.number.isComputed }
      })
  }

  /// Ties the numbers of a passage, unless they are.
  func settle(_ passage: Int) {
    if !settled[passage], !tiesOfPassage[passage].isEmpty { settleAll() }
  }

  func settleAll() { settle(passages.indices.filter { !settled[$0] }) }

  /// What a number is tied to depends on nothing in other passages.
  private func settle(_ some: [Int]) {
    for passage in some { settled[passage] = true }
    let indices = some.flatMap { tiesOfPassage[$0] }
    let sought = indices.filter { isToBeTied(ties[$0].clause) }
    let finder = CellFinder(disclosure, facts, for: sought.map { ties[$0].clause.number })
    for index in sought {
      let candidates = finder.cells(equalTo: ties[index].clause.number)
      guard !candidates.isEmpty else { continue }
      ties[index].cell = likeliest(of: candidates, for: index)
    }
    for index in indices where ties[index].cell == nil { tieByName(index) }
    for index in indices {
      tieChange(index)
      tieGrowth(index)
      tieShare(index)
      tieCompletion(index)
    }
  }

  func setRatio(_ index: Int, _ part: TextCell, _ whole: TextCell) { ties[index].ratio = (part, whole) }

  func setConfirmed(_ index: Int) { ties[index].isConfirmed = true }

  /// Growth in percent behind an amount of change is of the same two figures.
  private func tieGrowth(_ index: Int) {
    guard ties[index].cell == nil, case .growth = ties[index].clause.role else { return }
    var pair: (later: TextCell, earlier: TextBase)?
    if index > 0, ties[index - 1].clause.sentence == ties[index].clause.sentence,
      ties[index - 1].passage == ties[index].passage, case .change = ties[index - 1].clause.role,
      !ownSubject(of: index)
    {
      pair = ties[index - 1].difference
      if let pair {
        if isGrowth(ties[index].clause.number, pair.later, pair.earlier.cell) {
          ties[index].difference = pair
        }
        return
      }
      // The amount is not the difference, but the percentage may be right all the same.
      for subject in subjects(ofChange: index - 1) {
        for base in bases(of: subject, ties[index - 1].clause.baseline, in: ties[index].passage)
        where isGrowth(ties[index].clause.number, subject, base.cell) {
          ties[index].difference = (subject, base)
          return
        }
      }
      return
    }
    for subject in subjects(ofChange: index) {
      for base in bases(of: subject, ties[index].clause.baseline, in: ties[index].passage)
      where isGrowth(ties[index].clause.number, subject, base.cell) {
        ties[index].difference = (subject, base)
        return
      }
    }
  }

  private func isGrowth(_ number: TextNumber, _ later: TextCell, _ earlier: TextCell) -> Bool {
    Measure(later).minus(Measure(earlier))?.percent(of: Measure(earlier)).map { number.agrees(with: $0) }
      ?? false
  }

  /// Zeros, and amounts of last year, are not looked for by their value.
  private func tieByName(_ index: Int) {
    let clause = ties[index].clause
    guard case .level = clause.role, !clause.number.isRange, !clause.number.isComputed else { return }
    if clause.number.value.isZero {
      ties[index].cell = named(by: index)?.cells.first { $0.value.isZero }
    } else if (clause.yearOffset ?? sentenceYear(of: index)) == -1, let context = context(of: index),
      let named = named(
        in: clause.near, of: ties[index].passage, year: 0, context: context, kind: clause.number.kind)
    {
      let earlier = named.cells.flatMap { bases(of: $0, nil, in: ties[index].passage) }
      ties[index].earlier = earlier.first { $0.cell.isEqual(to: clause.number) }
    }
  }

  /// Numbers that are looked for among the figures.
  private func isToBeTied(_ clause: TextClause) -> Bool {
    switch clause.role {
    case .other, .share: false
    case .growth, .completion, .level, .change: !clause.number.isRange
    }
  }

  private func tieChange(_ index: Int) {
    guard ties[index].cell == nil, case .change = ties[index].clause.role,
      !ties[index].clause.number.value.isZero,
      !ties[index].clause.number.isRange
    else { return }
    for subject in subjects(ofChange: index) {
      for base in bases(of: subject, ties[index].clause.baseline, in: ties[index].passage) {
        guard isDifference(ties[index].clause.number, subject, base.cell) else { continue }
        ties[index].cell = nil
        ties[index].difference = (subject, base)
        return
      }
    }
  }

  /// Whether a number may be the difference of two figures, each as it is rounded.
  private func isDifference(_ number: TextNumber, _ later: TextCell, _ earlier: TextCell) -> Bool {
    guard let difference = Measure(later).minus(Measure(earlier)) else { return false }
    return number.interval.meets(difference.interval) || number.interval.meets(difference.interval.negated)
  }
}

/// The dimensions that words speak of, by their lanes in a key.
struct TextLanes {
  let flow, phase, year, fund, origin, basis, nature, project, unit, item: Int?
  /// Those that a figure is not of unless words say so.
  let narrowing: [Int]

  init(_ facts: FactStore) {
    flow = facts.dimension("flow")
    phase = facts.dimension("phase")
    year = facts.dimension("year")
    fund = facts.dimension("fund")
    origin = facts.dimension("origin")
    basis = facts.dimension("basis")
    nature = facts.dimension("nature")
    project = facts.dimension("project")
    unit = facts.dimension("unit")
    item = facts.dimension("item")
    let free = Set([phase, year, fund, origin, basis].compactMap { $0 })
    narrowing = (0..<facts.dimensionCount).filter { !free.contains($0) }
  }
}

/// The words of a passage, by where they stand.
struct PassageWords {
  let tokens: [WordBook.Token]
  /// All pairs of neighbouring scalars.
  let pairs: [UInt64]
  private let entries: [WordBook.Entry?]

  init(_ tokens: [WordBook.Token], _ book: WordBook, _ pairs: [UInt64]) {
    self.tokens = tokens
    self.pairs = pairs
    entries = tokens.map { token in token.entry.map { book.entries[$0] } }
  }

  /// The pairs of neighbouring scalars that lie in a stretch.
  func pairs(in range: Range<Int>) -> ArraySlice<UInt64> {
    range.count < 2 ? [] : pairs[range.lowerBound..<range.upperBound - 1]
  }

  /// The words that lie in a stretch, with what the book knows of them.
  func content(in range: Range<Int>) -> [(token: WordBook.Token, entry: WordBook.Entry?)] {
    var found: [(token: WordBook.Token, entry: WordBook.Entry?)] = []
    for (token, entry) in zip(tokens, entries) {
      if token.range.lowerBound >= range.upperBound { break }
      guard token.range.upperBound > range.lowerBound else { continue }
      if let entry, entry.isFiller || (entry.yearOffset != nil && entry.tags.isEmpty && entry.rows.isEmpty) {
        continue
      }
      var clipped = token
      clipped.range =
        max(token.range.lowerBound, range.lowerBound)..<min(token.range.upperBound, range.upperBound)
      found.append((clipped, entry))
    }
    return found
  }

  /// Whether 本年 or 当年 stands in a stretch by itself.
  func saysThisYear(in range: Range<Int>) -> Bool {
    zip(tokens, entries).contains { token, entry in
      range.contains(token.range.lowerBound) && entry?.yearOffset == 0
    }
  }

  /// Whether 预算 stands in a stretch, but in the name of a fund.
  func saysBudget(in range: Range<Int>, besides fund: Int?, of passage: TextLine) -> Bool {
    zip(tokens, entries).contains { token, entry in
      guard range.contains(token.range.lowerBound), let entry else { return false }
      guard !entry.tags.contains(where: { $0.dimension == fund }) else { return false }
      return token.range.contains { passage.has(["预", "算"], at: $0) }
    }
  }

  /// The tags that words in a stretch name, the last word winning.
  func tags(in range: Range<Int>) -> [Int: UInt16] {
    var tags: [Int: UInt16] = [:]
    for (_, entry) in content(in: range) {
      for tag in entry?.tags ?? [] { tags[tag.dimension] = tag.value }
    }
    return tags
  }
}

/// The units in which the tables of a disclosure count, and those of every narrative, longest first.
private func countUnits(of disclosure: Disclosure) -> [[Unicode.Scalar]] {
  var units: Set<String> = [
    "人次", "批次", "台（套）", "台套", "人", "名", "辆", "台", "套", "次", "批", "个", "家", "项", "期", "场", "份", "分",
  ]
  for table in disclosure.tables {
    for filled in table.panels { units.formUnion(filled.panel.leaves.compactMap { $0.countUnit }) }
    units.formUnion(table.fields.compactMap(\.field.countUnit))
  }
  for figure in disclosure.figures {
    if case .plain(let unit?)? = figure.figure?.dimension { units.insert(unit) }
  }
  return units.map { passageScalars($0) }.filter { !$0.isEmpty && $0 != ["%"] && $0 != ["元"] }
    .sorted {
      $0.count != $1.count ? $0.count > $1.count : $0.map(\.value).lexicographicallyPrecedes($1.map(\.value))
    }
}
