import Content
import Diagnostics
import Forms

extension Check {
  /// 叠字重复词
  static let doubledWords = Check(
    "doubled-words", .warning, "词语写了两遍",
    why: "改稿时常把一个词留下两遍。三个字以上连写两遍的，和列出的两字词连写两遍的，才算；“研究研究”“总工会工会经费”是对的，不算。",
    references: ["TXT-01"],
    examples: [
      .passes(
        exampleThreePublic, exampleThreePublicTable,
        ("narrative.md", "# 概况\n\n县总工会工会经费由本部门部门预算安排，一步一步推进，常常研究研究，加快全社会社会保障。\n")),
      .fails(exampleThreePublic, exampleThreePublicTable, ("narrative.md", "# 概况\n\n↓主要用于主要用于办公。\n")),
      .fails(exampleThreePublic, exampleThreePublicTable, ("narrative.md", "# 概况\n\n发挥↓广大广大职工的作用。\n")),
    ]
  ) { context in
    let scan = context.text
    let exceptions = Set(scan.wording.words(.doubledExceptions))
    let places = scan.wording.words(.placeEndings)
    let long = scan.doubled.compactMap { range -> Finding? in
      guard scan.passage(of: range).role != .code else { return nil }
      let half = range.lowerBound..<(range.lowerBound + range.count / 2)
      let word = scan.text.text(half)
      // 一个一个, 万万没有; 长沙市长沙市总工会 is an address and a name.
      guard let first = word.first, !"一二三四五六七八九十百千万亿".contains(first), !exceptions.contains(word),
        !places.contains(where: { word.hasSuffix($0) }), Set(word).count > 1
      else { return nil }
      // A name that a longer name begins with: 县总工会总工会办公室 is told by what the first copy ends.
      return context.notice(
        "doubled-words", .warning, range, "“\(word)”写了两遍", hint: "删去一遍")
    }
    let short = scan.hits(.doubledWords).map { hit in
      context.notice(
        "doubled-words", .warning, hit.range, "“\(hit.word.right ?? "")”写了两遍", hint: "删去一遍")
    }
    return (long + short.filter { finding in !long.contains { $0.place.overlaps(finding.place) } })
  }
}

extension Place {
  fileprivate func overlaps(_ other: Place) -> Bool {
    file == other.file && line == other.line && column < other.column + other.length
      && other.column < column + length
  }
}
