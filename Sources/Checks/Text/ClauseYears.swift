import Fiscal

/// The years that words give.
extension ClauseReader {
  /// 97.93 万元（2021 年）
  func yearBehind(_ number: TextNumber) -> TextYear? {
    let end = number.range.upperBound
    guard end < passage.scalars.count, passage.scalars[end] == "（" || passage.scalars[end] == "(" else {
      return nil
    }
    return years.first { $0.range.lowerBound == end + 1 }
  }

  /// The last year named in a stretch, but not in another.
  func yearOffset(in range: Range<Int>, without other: Range<Int>?) -> Int? {
    func isFree(_ some: Range<Int>) -> Bool { other.map { !$0.overlaps(some) } ?? true }
    var found: (place: Int, offset: Int)?
    for year in years where range.overlaps(year.range) && isFree(year.range) {
      found = (year.range.lowerBound, year.year - documentYear)
    }
    for (words, offset) in [("上年", -1), ("去年", -1), ("本年", 0), ("今年", 0), ("下年", 1)] {
      // 2020 年度本年支出 is of 2020.
      if offset == 0, found != nil { continue }
      let scalars = Array(words.unicodeScalars)
      if let place = find(scalars, in: range), isFree(place), place.lowerBound > found?.place ?? -1,
        !isPartOfName(place, words)
      {
        found = (place.lowerBound, offset)
      }
    }
    return found?.offset
  }

  /// Whether a stretch names several years as one: 2020—2022年.
  func spansYears(in range: Range<Int>) -> Bool {
    years.contains { year in
      guard range.contains(year.range.lowerBound), year.range.lowerBound > 0 else { return false }
      let before = passage.scalars[year.range.lowerBound - 1]
      guard "-—–－～~至到".unicodeScalars.contains(before) else { return false }
      var place = year.range.lowerBound - 1
      while place > 0, !(asciiDigit(passage.scalars[place]) != nil), year.range.lowerBound - place < 5 {
        place -= 1
      }
      return asciiDigit(passage.scalars[place]) != nil
    }
  }

  /// The only year that a stretch names in digits; nil for a date (2023年6月), several years (2021—2023年) or an end
  /// of a year.
  func onlyYear(in range: Range<Int>) -> TextYear? {
    let found = years.filter { range.contains($0.range.lowerBound) }
    guard found.count == 1, let year = found.first else { return nil }
    let next: Unicode.Scalar =
      year.range.upperBound < passage.scalars.count
      ? passage.scalars[year.range.upperBound] : "。"
    guard asciiDigit(next) == nil, !"初末底中以前起至到、及和－—–-～~".unicodeScalars.contains(next) else { return nil }
    var before = year.range.lowerBound - 1
    while before >= 0, passage.scalars[before] == " " { before -= 1 }
    if before >= 0, "至到、及和—–-－～~".unicodeScalars.contains(passage.scalars[before]) { return nil }
    return year
  }

  /// 上年结转, 结转下年 and 本年收入 name figures of this year.
  private func isPartOfName(_ place: Range<Int>, _ words: String) -> Bool {
    passage.has(["结"], at: place.upperBound) || passage.has(["结", "转"], at: place.lowerBound - 2)
  }
}
