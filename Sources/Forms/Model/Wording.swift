/// Words that checks of wording look for: data of the catalogue (`wording.yaml`), to which a site may add.
public struct Wording: Sendable {
  /// A word of a list, and where it does not count.
  public struct Word: Sendable, Hashable {
    public var text: String
    /// What should stand there instead.
    public var right: String?
    /// Right before the word: then it is part of another.
    public var unlessAfter: [String]
    /// Right behind the word: then it is part of another.
    public var unlessBefore: [String]

    public init(_ text: String, right: String? = nil, unlessAfter: [String] = [], unlessBefore: [String] = [])
    {
      self.text = text
      self.right = right
      self.unlessAfter = unlessAfter
      self.unlessBefore = unlessBefore
    }
  }

  /// What a list is for; the raw value is its key.
  public enum List: String, CaseIterable, Sendable {
    case typos
    case doubledWords = "doubled-words"
    case doubledExceptions = "doubled-exceptions"
    case placeEndings = "place-endings"
    case hints, blanks
    case blankFollowers = "blank-followers"
    case figureWords = "figure-words"
    case figureUnits = "figure-units"
    case secrecyGrades = "secrecy-grades"
    case secrecyNotices = "secrecy-notices"
    case reviewFields = "review-fields"
    case fillerLabels = "filler-labels"
    case phoneLabels = "phone-labels"
    case personalColumns = "personal-columns"
    case numberWords = "number-words"
    case idWords = "id-words"
    case cardWords = "card-words"
    case passportWords = "passport-words"
    case plateHeads = "plate-heads"
    case coordinateWords = "coordinate-words"
    case openGrades = "open-grades"
    case relativeYears = "relative-years"
    case doneWords = "done-words"
    case goalTitles = "goal-titles"
    case resultTitles = "result-titles"
    case timeliness
    case reasonWords = "reason-words"
    case yearTitleExceptions = "year-title-exceptions"
    case organEndings = "organ-endings"
    case organExceptions = "organ-exceptions"
    case selfWords = "self-words"
    case reporterTitles = "reporter-titles"
    case contentsTitles = "contents-titles"
    case glossaryTitles = "glossary-titles"
    case threePublic = "three-public"
  }

  /// Words around a year that say which year it must be.
  public struct YearFrame: Sendable, Hashable {
    public var before: String
    public var after: String
    /// Counted from the year of the disclosure.
    public var offset: Int
  }

  public private(set) var lists: [List: [Word]]
  public private(set) var yearFrames: [YearFrame]
  /// Finds the words of the lists that are looked for in running text.
  public let finder: WordFinder

  /// The lists whose words are looked for everywhere, in the order of the finder's numbers.
  static let sought: [List] = [
    .typos, .doubledWords, .hints, .blanks, .secrecyGrades, .fillerLabels, .relativeYears, .doneWords,
    .passportWords, .coordinateWords,
  ]

  init(lists: [List: [Word]], yearFrames: [YearFrame]) {
    self.lists = lists
    self.yearFrames = yearFrames
    finder = WordFinder(
      Self.sought.flatMap { list in
        (lists[list] ?? []).map { word -> (List, Word) in
          guard list == .doubledWords else { return (list, word) }
          return (
            list,
            Word(
              word.text + word.text, right: word.text, unlessAfter: word.unlessAfter,
              unlessBefore: word.unlessBefore)
          )
        }
      })
  }

  /// No words at all.
  public static let empty = Wording(lists: [:], yearFrames: [])

  public func words(_ list: List) -> [String] { (lists[list] ?? []).map(\.text) }
}

/// Finds any of many words in one pass over text.
public struct WordFinder: Sendable {
  /// A word that was found.
  public struct Hit: Sendable {
    public var list: Wording.List
    public var word: Wording.Word
    public var range: Range<Int>
  }

  private struct Pattern: Sendable {
    var list: Wording.List
    var word: Wording.Word
    var scalars: [UInt32]
  }

  private var patterns: [Pattern] = []
  /// For the first character of a word, the patterns that begin with it, the longest first.
  private var byFirst: [UInt32: [Int]] = [:]
  /// One bit for each character of the basic plane: whether a word begins with it.
  private var begins: [UInt64] = []

  public init(_ words: [(Wording.List, Wording.Word)]) {
    guard !words.isEmpty else { return }
    begins = Array(repeating: 0, count: 1024)
    for (list, word) in words {
      let scalars = word.text.unicodeScalars.map(\.value)
      guard let first = scalars.first, first < 0x10000 else { continue }
      byFirst[first, default: []].append(patterns.count)
      begins[Int(first >> 6)] |= 1 << UInt64(first & 63)
      patterns.append(Pattern(list: list, word: word, scalars: scalars))
    }
    let all = patterns
    for key in byFirst.keys {
      byFirst[key]?.sort { left, right in
        all[left].scalars.count != all[right].scalars.count
          ? all[left].scalars.count > all[right].scalars.count : left < right
      }
    }
  }

  /// Whether a word begins with a character.
  @inline(__always)
  public func mayBegin(with scalar: UInt32) -> Bool {
    scalar < 0x10000 && !begins.isEmpty && begins[Int(scalar >> 6)] & (1 << UInt64(scalar & 63)) != 0
  }

  private func stands(_ word: [UInt32], in text: [UInt32], at start: Int) -> Bool {
    for place in word.indices where text[start + place] != word[place] { return false }
    return true
  }

  /// The words that begin at a place and count there, of each list the longest.
  public func words(at start: Int, in text: [UInt32], until end: Int) -> [Hit] {
    guard start < end, let candidates = byFirst[text[start]] else { return [] }
    var hits: [Hit] = []
    for index in candidates {
      // Most candidates are not there: only what is found is worth a copy.
      let stop = start + patterns[index].scalars.count
      guard stop <= end, stands(patterns[index].scalars, in: text, at: start) else { continue }
      let pattern = patterns[index]
      guard !hits.contains(where: { $0.list == pattern.list }) else { continue }
      let word = pattern.word
      if word.unlessAfter.contains(where: { stands($0, endingAt: start, in: text) })
        || word.unlessBefore.contains(where: { stands($0, at: stop, in: text, until: end) })
      {
        continue
      }
      hits.append(Hit(list: pattern.list, word: word, range: start..<stop))
    }
    return hits
  }

  private func stands(_ word: String, endingAt end: Int, in text: [UInt32]) -> Bool {
    let scalars = word.unicodeScalars.map(\.value)
    return end >= scalars.count && text[(end - scalars.count)..<end].elementsEqual(scalars)
  }

  private func stands(_ word: String, at start: Int, in text: [UInt32], until end: Int) -> Bool {
    let scalars = word.unicodeScalars.map(\.value)
    return start + scalars.count <= end && text[start..<(start + scalars.count)].elementsEqual(scalars)
  }
}
