import Content
import Diagnostics
import Fiscal
import Forms

/// What one pass over all printed words found; each check of wording judges its own part of it.
struct TextScan {
  /// A row of digits, and whether an X ends it, as some numbers of persons do.
  struct Number {
    var range: Range<Int>
    var digits: [UInt8]
    /// How long its groups are, where single blanks or hyphens part them.
    var groups: [Int]
    var endsWithX: Bool
  }

  /// A year: four digits with 年 behind them.
  struct Year {
    var value: Int
    /// The digits.
    var range: Range<Int>
    /// Behind 年 and 度.
    var end: Int
  }

  let text: DisclosureText
  let wording: Wording
  private(set) var hits: [Wording.List: [WordFinder.Hit]] = [:]
  /// Numbers of seven digits and more.
  private(set) var numbers: [Number] = []
  private(set) var years: [Year] = []
  /// Words of three characters and more that stand twice, one right behind the other.
  private(set) var doubled: [Range<Int>] = []

  init(_ text: DisclosureText, _ wording: Wording) {
    self.text = text
    self.wording = wording
    let scalars = text.scalars
    let finder = wording.finder
    for passage in text.passages {
      var index = passage.range.lowerBound
      let end = passage.range.upperBound
      while index < end {
        let scalar = scalars[index]
        if finder.mayBegin(with: scalar) {
          for hit in finder.words(at: index, in: scalars, until: end) {
            hits[hit.list, default: []].append(hit)
          }
        }
        if digit(scalar) != nil {
          index = readNumber(at: index, until: end)
          continue
        }
        if isHan(scalar), let range = doubledWord(at: index, until: end, minimum: 3) {
          doubled.append(range)
          index = range.upperBound
          continue
        }
        index += 1
      }
    }
  }

  func hits(_ list: Wording.List) -> [WordFinder.Hit] { hits[list] ?? [] }

  func passage(of range: Range<Int>) -> Passage { text.passages[text.passage(at: range.lowerBound)] }

  /// The characters before a place in its passage, at most so many.
  func before(_ offset: Int, _ count: Int) -> String {
    let passage = passage(of: offset..<offset + 1)
    return text.text(max(passage.range.lowerBound, offset - count)..<offset)
  }

  /// The characters behind a place in its passage, at most so many.
  func behind(_ offset: Int, in passage: Passage, _ count: Int) -> String {
    text.text(offset..<max(offset, min(passage.range.upperBound, offset + count)))
  }

  // MARK: Reading

  private mutating func readNumber(at start: Int, until end: Int) -> Int {
    let scalars = text.scalars
    var digits: [UInt8] = []
    var groups: [Int] = []
    var index = start
    var stop = start
    while true {
      let groupStart = index
      while index < end, let digit = digit(scalars[index]) {
        if digits.count < 64 { digits.append(digit) }
        index += 1
      }
      groups.append(index - groupStart)
      stop = index
      // A blank or hyphen between two groups.
      guard index + 1 < end, scalars[index] == 0x20 || scalars[index] == 0x2D,
        digit(scalars[index + 1]) != nil
      else { break }
      index += 1
    }
    if groups[0] == 4, groups.count == 1 { readYear(digits, start..<stop, until: end) }
    guard digits.count >= 7 else { return stop }
    let endsWithX = stop < end && (scalars[stop] | 0x20) == 0x78
    numbers.append(
      Number(
        range: start..<(endsWithX ? stop + 1 : stop), digits: digits, groups: groups, endsWithX: endsWithX)
    )
    return stop
  }

  private mutating func readYear(_ digits: [UInt8], _ range: Range<Int>, until end: Int) {
    let value = digits.reduce(0) { $0 * 10 + Int($1) }
    guard (1949...2099).contains(value) else { return }
    var index = range.upperBound
    while index < end, text.scalars[index] == 0x20 { index += 1 }
    guard index < end, text.scalars[index] == 0x5E74 else { return }
    index += 1
    if index < end, text.scalars[index] == 0x5EA6 { index += 1 }
    years.append(Year(value: value, range: range, end: index))
  }

  /// A word that begins here and stands twice; the longest.
  private func doubledWord(at start: Int, until end: Int, minimum: Int) -> Range<Int>? {
    let scalars = text.scalars
    var length = min(12, (end - start) / 2)
    while length >= minimum {
      if scalars[start] == scalars[start + length],
        scalars[start..<start + length].elementsEqual(scalars[start + length..<start + 2 * length]),
        scalars[start..<start + length].allSatisfy(isHan)
      {
        return start..<start + 2 * length
      }
      length -= 1
    }
    return nil
  }
}

/// Where a word first stands in a stretch of characters.
func firstPlace(of word: ArraySlice<UInt32>, in text: ArraySlice<UInt32>) -> Int? {
  guard let first = word.first else { return text.startIndex }
  guard text.count >= word.count else { return nil }
  let start = text.startIndex
  return text.withUnsafeBufferPointer { text in
    word.withUnsafeBufferPointer { word in
      for place in 0...(text.count - word.count) where text[place] == first {
        var length = 1
        while length < word.count, text[place + length] == word[length] { length += 1 }
        if length == word.count { return start + place }
      }
      return nil
    }
  }
}

/// Whether any of some words stands in a stretch of characters.
func holdsAny(of words: [[UInt32]], _ text: ArraySlice<UInt32>) -> Bool {
  words.contains { firstPlace(of: $0[...], in: text) != nil }
}

extension String {
  /// Its characters by number.
  var scalarValues: [UInt32] { unicodeScalars.map(\.value) }
}

/// The value of a digit, also of one in full width.
@inline(__always)
func digit(_ scalar: UInt32) -> UInt8? {
  switch scalar {
  case 0x30...0x39: UInt8(scalar - 0x30)
  case 0xFF10...0xFF19: UInt8(scalar - 0xFF10)
  default: nil
  }
}

/// Whether a character is a Chinese one.
@inline(__always)
func isHan(_ scalar: UInt32) -> Bool {
  (0x4E00...0x9FFF).contains(scalar) || (0x3400...0x4DBF).contains(scalar) || scalar == 0x3007
}

func isLatin(_ scalar: UInt32) -> Bool { (0x61...0x7A).contains(scalar | 0x20) }

func isBlank(_ scalar: UInt32) -> Bool { scalar == 0x20 || scalar == 0x3000 || scalar == 0xA0 || scalar == 9 }

extension CheckContext {
  /// What a finding in a passage is about.
  func subject(of passage: Passage) -> Subject {
    subject(
      passage.table.flatMap { disclosure.tables.indices.contains($0) ? disclosure.tables[$0] : nil },
      row: passage.row, column: passage.column)
  }

  /// A finding about a stretch of printed words.
  func notice(
    _ id: String, _ severity: Severity, _ range: Range<Int>, _ message: String, hint: String? = nil
  ) -> Finding {
    Finding(
      id, severity, at: text.text.place(range), message, hint: hint,
      subject: subject(of: text.passage(of: range)))
  }
}
