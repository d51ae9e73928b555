import Content
import Diagnostics
import Fiscal
import Forms

extension Check {
  /// 解释了没有用到的名词
  static let glossaryUnused = Check(
    "glossary-unused", .info, "名词解释里有正文和表里都没有的名词",
    why: "名词解释照模板全文抄下，读者会以为本单位也有这些收支。哪些名词应当解释，规则判断不了。", references: ["NAR-17"],
    examples: [
      .passes(
        exampleThreePublic, exampleThreePublicTable,
        ("narrative.md", "# 概况\n\n基本支出 1.00 万元。\n\n# 名词解释\n\n**基本支出**：保障运转的支出。\n\n出国：表里有。\n")),
      .fails(
        exampleThreePublic, exampleThreePublicTable,
        ("narrative.md", "# 概况\n\n甲。\n\n# 名词解释\n\n↓事业收入：开展业务取得的收入。\n")),
    ]
  ) { context in
    let scan = context.text
    let titles = scan.wording.words(.glossaryTitles)
    let passages = scan.text.passages
    guard
      let head = passages.firstIndex(where: { passage in
        passage.depth != nil && titles.contains(normalizedName(scan.text.text(of: passage)))
      }), let depth = passages[head].depth
    else { return [] }
    let section = passages[(head + 1)...].prefix { $0.isNarrative && ($0.depth.map { $0 > depth } ?? true) }
    let terms = section.compactMap { scan.term(of: $0) }
    var open = Set(terms.map { scan.text.text($0) })
    var wanted = open.sorted().map { (name: $0, scalars: $0.unicodeScalars.map(\.value)) }
    let finder = WordFinder(open.sorted().map { (.glossaryTitles, Wording.Word($0)) })
    for (index, passage) in passages.enumerated() where !section.indices.contains(index) {
      for start in passage.range where finder.mayBegin(with: scan.text.scalars[start]) {
        let first = scan.text.scalars[start]
        wanted.removeAll { term in
          term.scalars.first == first
            && scan.text.scalars[start..<passage.range.upperBound].starts(with: term.scalars)
        }
      }
      if wanted.isEmpty { return [] }
    }
    var pieces = wanted.map { TermPieces($0.name, $0.scalars) }
    var name = TitleScalars()
    func strike(_ title: String) {
      name.take(title)
      pieces.removeAll { $0.stands(in: name) }
    }
    for table in context.disclosure.tables where !pieces.isEmpty {
      strike(table.name)
      for filled in table.fields { strike(filled.field.title) }
      for filled in table.panels {
        for row in filled.rows.indices { strike(filled.rows[row].title) }
        for leaf in filled.panel.leaves.indices { strike(filled.panel.leaves[leaf].name) }
      }
    }
    open = Set(pieces.map(\.term))
    return terms.filter { open.contains(scan.text.text($0)) }.map { range in
      context.notice(
        "glossary-unused", .info, range, "名词“\(scan.text.text(range))”在正文和表里都没有出现", hint: "删去这一条，或核对名称")
    }
  }
}

/// A term cut into pieces of two characters, the last of two or three: 上年结余、结转 is what 上年结转 stands for.
private struct TermPieces {
  let term: String
  private let pieces: [ArraySlice<UInt32>]
  private let sketch: UInt64

  init(_ term: String, _ scalars: [UInt32]) {
    self.term = term
    sketch = TitleScalars.sketch(scalars)
    pieces = stride(from: 0, to: max(scalars.count - 1, 1), by: 2).map { start in
      scalars[start..<(start + 3 >= scalars.count ? scalars.count : start + 2)]
    }
  }

  /// Whether all pieces stand in a name.
  func stands(in name: TitleScalars) -> Bool {
    sketch & ~name.sketch == 0 && pieces.allSatisfy { firstPlace(of: $0, in: name.scalars[...]) != nil }
  }
}

/// A name as characters, with a sketch of which they are.
private struct TitleScalars {
  private(set) var scalars: [UInt32] = []
  private(set) var sketch: UInt64 = 0

  mutating func take(_ name: String) {
    scalars.removeAll(keepingCapacity: true)
    for scalar in name.unicodeScalars { scalars.append(scalar.value) }
    sketch = Self.sketch(scalars)
  }

  /// One bit of sixty-four for each character.
  static func sketch(_ scalars: [UInt32]) -> UInt64 { scalars.reduce(0) { $0 | 1 << UInt64($1 & 63) } }
}

extension TextScan {
  /// What an entry explains: the words before its first colon, without number and quotation marks.
  fileprivate func term(of passage: Passage) -> Range<Int>? {
    let scalars = text.scalars
    let head = passage.range.prefix(24)
    guard passage.isProse, let colon = head.first(where: { scalars[$0] == 0xFF1A || scalars[$0] == 0x3A })
    else {
      return nil
    }
    let words = passage.range.lowerBound..<colon
    guard let start = words.first(where: { isHan(scalars[$0]) && !isNumbered($0, in: words) }) else {
      return nil
    }
    var end = colon
    while end > start, !isHan(scalars[end - 1]), scalars[end - 1] != 0xFF09 { end -= 1 }
    // Terms with brackets or quotation marks within are written in several ways.
    guard end - start >= 2, (start..<end).allSatisfy({ isHan(scalars[$0]) }) else { return nil }
    return start..<end
  }

  /// Whether a character is part of a number such as 一、 or （二）.
  private func isNumbered(_ index: Int, in range: Range<Int>) -> Bool {
    guard "一二三四五六七八九十百".unicodeScalars.contains(where: { $0.value == text.scalars[index] }) else {
      return false
    }
    return (index + 1..<min(index + 4, range.upperBound)).contains {
      text.scalars[$0] == 0x3001 || text.scalars[$0] == 0xFF09
    }
  }
}
