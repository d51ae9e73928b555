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
  let years: [TextYear]

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
      last =
        yearBehind(number).map { min($0.range.upperBound + 1, sentence.upperBound) }
        ?? number.range.upperBound
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

  func isClauseEnd(_ scalar: Unicode.Scalar) -> Bool {
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

}

/// Words that say only that an amount is planned or spent, and when.
private let howWords = [
  "年初预算数", "年初预算", "预算安排", "预算数", "决算数", "预算", "决算", "实际", "安排", "支出", "全年", "本年度", "本年", "当年", "年度", "年",
  "共计",
  "合计", "金额", "约", "共", "为",
]

let directionWords: [([Unicode.Scalar], Int)] = [
  ("增加", 1), ("增长", 1), ("上升", 1), ("提高", 1), ("追加", 1), ("调增", 1), ("增支", 1), ("增收", 1), ("大于", 1),
  ("高于", 1),
  ("多", 1), ("减少", -1), ("下降", -1), ("降低", -1), ("压减", -1), ("核减", -1), ("调减", -1), ("减支", -1), ("小于", -1),
  ("低于", -1),
  ("少", -1), ("变动", 0), ("持平", 0),
].map { (Array($0.0.unicodeScalars), $0.1) }
