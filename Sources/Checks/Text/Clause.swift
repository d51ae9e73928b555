import Fiscal

/// What a number is in its sentence.
enum TextRole: Hashable {
  /// The amount or count of something.
  case level
  /// By how much it grew (1) or shrank (-1); 0 where the words do not say.
  case change(sign: Int)
  /// Growth in percent.
  case growth(sign: Int)
  /// 占……%
  case share
  /// 完成……%, 执行率
  case completion
  /// Nothing that can be compared.
  case other
}

/// What a change is measured against: 比上年, 比 2023 年执行数, 比年初预算.
struct TextBaseline {
  /// Within the words before the number, or in the clause before them.
  var range: Range<Int>
  /// Nil where only a phase is named.
  var yearOffset: Int?
}

/// A number with the words around it.
struct TextClause {
  var number: TextNumber
  /// The sentence it stands in.
  var sentence: Range<Int>
  /// The words directly before it: since the last number or clause.
  var near: Range<Int>
  /// The clause before, where nothing of `near` says what is counted.
  var role: TextRole
  var baseline: TextBaseline?
  /// The year that the words give the number, as an offset to the document's; nil where they give none.
  var yearOffset: Int?
  /// Whether 其中 stands before it in its clause.
  var isOfWhich = false
  /// Whether the number itself is what something else is measured against: 比上年 25.53 万元, 较 2019 年的 9.82 万元.
  var isBase = false
  /// What stands between 占 and the number.
  var named: Range<Int>?

  /// The words before 比上年, which say what changed; all of them where the comparison stands in the clause before.
  var subject: Range<Int> {
    guard let start = baseline?.range.lowerBound, start >= near.lowerBound else { return near }
    return near.lowerBound..<min(start, near.upperBound)
  }
}

/// Reads the numbers of a passage with their clauses.
struct ClauseReader {
  let passage: TextLine
  let documentYear: Int
  private(set) var clauses: [TextClause] = []
  private(set) var sentences: [Range<Int>] = []
  private let years: [TextYear]

  init(_ passage: TextLine, units: CountUnits, documentYear: Int) {
    self.passage = passage
    self.documentYear = documentYear
    let scanner = NumberScanner(passage, units: units)
    years = scanner.years
    var start = 0
    for (index, scalar) in passage.scalars.enumerated() where scalar == "。" {
      if index > start { sentences.append(start..<index) }
      start = index + 1
    }
    if start < passage.scalars.count { sentences.append(start..<passage.scalars.count) }
    var last = 0
    for number in scanner.numbers {
      guard let sentence = sentences.first(where: { $0.contains(number.range.lowerBound) }) else { continue }
      clauses.append(clause(of: number, in: sentence, after: max(last, sentence.lowerBound)))
      last = yearBehind(number).map { min($0.range.upperBound + 1, sentence.upperBound) } ?? number.range.upperBound
    }
  }

  private func clause(of number: TextNumber, in sentence: Range<Int>, after last: Int) -> TextClause {
    var start = number.range.lowerBound
    while start > last, !isClauseEnd(passage.scalars[start - 1]) { start -= 1 }
    var near = start..<number.range.lowerBound
    // 商品交易会，202.30 万元: what it is stands in the clause before.
    if near.allSatisfy({ isDelimiter(passage.scalars[$0]) || passage.scalars[$0] == " " }) || near.isEmpty {
      var end = start
      while end > last, isClauseEnd(passage.scalars[end - 1]) { end -= 1 }
      var before = end
      while before > last, !isClauseEnd(passage.scalars[before - 1]) { before -= 1 }
      if before < end { near = before..<number.range.lowerBound }
    }
    // 公务接待费：2025 年安排 5.80 万元: what it is stands before the colon.
    if start > last, passage.scalars[start - 1] == "：", saysOnlyHow(near) {
      var before = start - 1
      while before > last, !isClauseEnd(passage.scalars[before - 1]) { before -= 1 }
      if before < start - 1 { near = before..<number.range.lowerBound }
    }
    near = withoutNumbering(near)
    // A bracket that was opened before is not part of the words.
    while let first = near.first, "）、，；：".unicodeScalars.contains(passage.scalars[first]) {
      near = first + 1..<near.upperBound
    }
    var clause = TextClause(number: number, sentence: sentence, near: near, role: .level)
    if let ofWhich = find(["其", "中"], in: near) {
      clause.isOfWhich = true
      clause.near = ofWhich.upperBound..<near.upperBound
    }
    if passage.has(["其", "中", "："], at: clause.near.lowerBound - 3) { clause.isOfWhich = true }
    clause.baseline = baseline(in: near)
    if clause.baseline == nil, let before = baselineBefore(near, after: last) { clause.baseline = before }
    clause.role = role(of: number, clause)
    if case .share = clause.role, let of = find(["占"], in: near) {
      clause.named = of.upperBound..<near.upperBound
    }
    if case .completion = clause.role, let of = find(["完", "成"], in: near) {
      clause.named = of.upperBound..<near.upperBound
    }
    clause.yearOffset = yearOffset(in: near, without: clause.baseline?.range)
    if let year = yearBehind(number) { clause.yearOffset = year.year - documentYear }
    if clause.role == .level, isStartOfChange(number, near) {
      clause.isBase = true
      clause.yearOffset = clause.yearOffset ?? (find(["年", "初"], in: near) == nil ? -1 : nil)
    }
    if let start = baseStart(in: near) {
      switch clause.role {
      case .level, .share:
        clause.isBase = true
        // 较 2019 年的 9.82 万元 is of that year.
        clause.yearOffset = yearOffset(in: start..<near.upperBound, without: nil) ?? clause.yearOffset
      case .change, .growth, .completion, .other: break
      }
    }
    return clause
  }

  /// Whether words say no more than that something is planned or spent in a year: 2025 年安排.
  private func saysOnlyHow(_ near: Range<Int>) -> Bool {
    var text = passage.text(near)
    guard !text.isEmpty, text.count <= 16 else { return false }
    text.removeAll { $0.isNumber && $0.isASCII || $0 == " " }
    for word in howWords { text = text.replacing(word, with: "") }
    return text.isEmpty
  }

  /// Words without the number of a list item before them: （一）, 二、, 1.
  func withoutNumbering(_ near: Range<Int>) -> Range<Int> {
    var place = near.lowerBound
    guard place == 0 || passage.scalars[place - 1] == "。" || isClauseEnd(passage.scalars[place - 1]) else {
      return near
    }
    let isOpen = place < near.upperBound && (passage.scalars[place] == "（" || passage.scalars[place] == "(")
    if isOpen { place += 1 }
    let start = place
    while place < near.upperBound,
      asciiDigit(passage.scalars[place]) != nil || chineseDigit(passage.scalars[place]) != nil
        || passage.scalars[place] == "十"
    {
      place += 1
    }
    guard place > start, place - start <= 3, place < passage.scalars.count else { return near }
    let closing = passage.scalars[place]
    guard isOpen ? closing == "）" || closing == ")" : closing == "、" || closing == "." else { return near }
    return min(place + 1, near.upperBound)..<near.upperBound
  }

  /// 与 2021 年度相比，收入总计减少……: the comparison of the clause before.
  private func baselineBefore(_ near: Range<Int>, after last: Int) -> TextBaseline? {
    guard near.lowerBound > last, passage.scalars[near.lowerBound - 1] == "，" else { return nil }
    let end = near.lowerBound - 1
    var start = end
    while start > last, !isClauseEnd(passage.scalars[start - 1]) { start -= 1 }
    guard start < end, find(["相", "比"], in: start..<end) != nil || find(["比", "较"], in: start..<end) != nil,
      let found = baseline(in: start..<end), found.range.lowerBound - start <= 2, found.yearOffset != nil
    else { return nil }
    return found
  }

  /// 97.93 万元（2021 年）
  private func yearBehind(_ number: TextNumber) -> TextYear? {
    let end = number.range.upperBound
    guard end < passage.scalars.count, passage.scalars[end] == "（" || passage.scalars[end] == "(" else {
      return nil
    }
    return years.first { $0.range.lowerBound == end + 1 }
  }

  /// 由 10 万元减少到: what something was before.
  private func isStartOfChange(_ number: TextNumber, _ near: Range<Int>) -> Bool {
    guard find(["由"], in: near) != nil || find(["从"], in: near) != nil else { return false }
    let end = number.range.upperBound
    let behind = passage.text(end..<min(passage.scalars.count, end + 4))
    guard let first = behind.first, "增减降升提调上下压变".contains(first) else { return false }
    return behind.contains("到") || behind.contains("至") || behind.contains("为")
  }

  /// Where 比上年, 较 2019 年的 or 与上年 begins; 占比, 比例 and the 与 within a name begin no comparison.
  private func baseStart(in near: Range<Int>) -> Int? {
    near.first { place in
      let next: Unicode.Scalar? = place + 1 < near.upperBound ? passage.scalars[place + 1] : nil
      let last: Unicode.Scalar? = place > 0 ? passage.scalars[place - 1] : nil
      switch passage.scalars[place] {
      case "比", "较":
        if let last, "占同相对环百".unicodeScalars.contains(last) { return false }
        return next.map { !"例重率值大为好多少高低".unicodeScalars.contains($0) } ?? false
      case "与":
        return ["上年", "去年", "年初", "预算"].contains { passage.has(Array($0.unicodeScalars), at: place + 1) }
          || years.contains { $0.range.lowerBound == place + 1 }
      default: return false
      }
    }
  }

  private func isClauseEnd(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "，", "。", "；", "：", "|": true
    default: false
    }
  }

  func find(_ words: [Unicode.Scalar], in range: Range<Int>) -> Range<Int>? {
    var place = range.upperBound - words.count
    while place >= range.lowerBound {
      if passage.has(words, at: place) { return place..<place + words.count }
      place -= 1
    }
    return nil
  }

  /// The last year named in a stretch, but not in another.
  func yearOffset(in range: Range<Int>, without other: Range<Int>?) -> Int? {
    func isFree(_ some: Range<Int>) -> Bool { other.map { !$0.overlaps(some) } ?? true }
    var found: (place: Int, offset: Int)?
    for year in years where range.overlaps(year.range) && isFree(year.range) {
      found = (year.range.lowerBound, year.year - documentYear)
    }
    for (words, offset) in [("上年", -1), ("去年", -1), ("本年", 0), ("今年", 0), ("下年", 1)] {
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
    let next: Unicode.Scalar = year.range.upperBound < passage.scalars.count
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

  // MARK: Roles

  private func role(of number: TextNumber, _ clause: TextClause) -> TextRole {
    let near = clause.near
    switch number.kind {
    case .points: return .other
    case .percent:
      if number.isRough { return .other }
      if let direction = direction(in: near), direction.tail <= 4 { return .growth(sign: direction.sign) }
      if find(["占"], in: near) != nil { return .share }
      if find(["完", "成"], in: near) != nil || find(["执", "行", "率"], in: near) != nil { return .completion }
      return .level
    case .money, .count:
      guard let direction = direction(in: near), !direction.leadsToLevel else { return .level }
      return direction.tail <= 6 ? .change(sign: direction.sign) : .level
    }
  }

  /// The last word of growing or shrinking, and how many scalars stand between it and the number.
  private func direction(in range: Range<Int>) -> (sign: Int, tail: Int, leadsToLevel: Bool)? {
    var best: (sign: Int, end: Int)?
    for (words, sign) in directionWords {
      guard let place = find(words, in: range), place.upperBound > best?.end ?? -1 else { continue }
      best = (sign, place.upperBound)
    }
    guard let best else { return nil }
    let next: Unicode.Scalar? = best.end < range.upperBound ? passage.scalars[best.end] : nil
    let leads = next == "到" || next == "至" || next == "为"
    return (best.sign, range.upperBound - best.end, leads)
  }

  /// Whether 与 compares, rather than joining two words of a name (文化旅游体育与传媒支出).
  private func isComparing(_ place: Int, in near: Range<Int>) -> Bool {
    if years.contains(where: { $0.range.lowerBound == place + 1 }) { return true }
    if ["上", "去", "年初", "预算", "决算", "同期", "往年"].contains(where: {
      passage.has(Array($0.unicodeScalars), at: place + 1)
    }) {
      return true
    }
    let behind = passage.text(place..<near.upperBound)
    return ["相比", "比较", "持平", "相同", "一致", "对比"].contains { behind.contains($0) }
  }

  /// 比上年, 与 2023 年预算相比, 较年初预算, 大于预算数.
  private func baseline(in near: Range<Int>) -> TextBaseline? {
    var start: Int?
    for words in baselineStarts {
      guard let place = find(words, in: near) else { continue }
      let before: Unicode.Scalar = place.lowerBound > 0 ? passage.scalars[place.lowerBound - 1] : "。"
      // 与上年相比 begins with 与.
      if words == ["比"] || words == ["较"], "相对比".unicodeScalars.contains(before) { continue }
      if words != ["与"] || isComparing(place.lowerBound, in: near) {
        start = max(start ?? -1, place.lowerBound)
      }
    }
    guard let start else { return nil }
    let range = start..<near.upperBound
    var end = range.upperBound
    for (words, _) in directionWords {
      if let place = find(words, in: range), place.lowerBound > start { end = min(end, place.lowerBound) }
    }
    return TextBaseline(range: start..<max(end, start + 1), yearOffset: yearOffset(in: range, without: nil))
  }
}

/// Words that say only that an amount is planned or spent, and when.
private let howWords = [
  "年初预算数", "年初预算", "预算安排", "预算数", "决算数", "预算", "决算", "实际", "安排", "支出", "全年", "本年度", "本年", "当年", "年度", "年", "共计",
  "合计", "金额", "约", "共", "为",
]

private let directionWords: [([Unicode.Scalar], Int)] = [
  ("增加", 1), ("增长", 1), ("上升", 1), ("提高", 1), ("追加", 1), ("调增", 1), ("增支", 1), ("增收", 1), ("大于", 1),
  ("高于", 1),
  ("多", 1), ("减少", -1), ("下降", -1), ("降低", -1), ("压减", -1), ("核减", -1), ("调减", -1), ("减支", -1), ("小于", -1),
  ("低于", -1),
  ("少", -1), ("变动", 0), ("持平", 0),
].map { (Array($0.0.unicodeScalars), $0.1) }

private let baselineStarts: [[Unicode.Scalar]] = ["比", "较", "与", "同比"].map { Array($0.unicodeScalars) }
