import Content
import Diagnostics
import Forms

extension Check {
  /// 串用别的类别的话
  static let foreignKind = Check(
    "foreign-kind-words", .warning, "用了别的公开类别的话",
    why: "预算里写“支出决算”，决算里写“预算编制范围”，是从另一份文档抄来没有改完。说的是上年或别的年度的，不算。各类别的用词在 kinds.yaml 的 foreign-words。",
    references: ["NAR-13"],
    examples: [
      .passes(
        exampleThreePublic, exampleThreePublicTable,
        ("narrative.md", "# 概况\n\n比上年支出决算增加 1 万元。参考 2020 年支出决算编制，加强决算管理。\n")),
      .fails(exampleThreePublic, exampleThreePublicTable, ("narrative.md", "# 概况\n\n本年↓支出决算 1 万元。\n")),
      .fails(exampleThreePublic, exampleThreePublicTable, ("narrative.md", "# ↓收入决算情况\n\n甲。\n")),
    ]
  ) { context in
    let kind = context.disclosure.kind
    guard !kind.foreignWords.isEmpty else { return [] }
    let scan = context.text
    let finder = WordFinder(kind.foreignWords.map { (.selfWords, $0) })
    let own = context.disclosure.year
    let ownNames =
      kind.names.filter { $0.utf8.first.map { $0 > 0x7F } ?? false } + [String(kind.title.suffix(2))]
    var findings: [Finding] = []
    for passage in scan.text.passages
    where passage.isNarrative || passage.role == .text || passage.role == .setting {
      var index = passage.range.lowerBound
      while index < passage.range.upperBound {
        guard finder.mayBegin(with: scan.text.scalars[index]),
          let hit = finder.words(at: index, in: scan.text.scalars, until: passage.range.upperBound).first
        else {
          index += 1
          continue
        }
        index = hit.range.upperBound
        guard !scan.speaksOfAnotherYear(before: hit.range.lowerBound, in: passage, own),
          // 部门预算编制范围与决算一致: the clause names its own kind, too.
          !ownNames.contains(where: scan.behind(hit.range.upperBound, in: passage, 8).contains)
        else { continue }
        findings.append(
          context.notice(
            "foreign-kind-words", .warning, hit.range, "这是\(kind.title)，却写着“\(hit.word.text)”",
            hint: "改为本类别的说法；说的是别的年度，写明年度"))
      }
    }
    return findings
  }
}

extension TextScan {
  /// Whether the sentence speaks of last year or another one before a place.
  fileprivate func speaksOfAnotherYear(before offset: Int, in passage: Passage, _ own: Int) -> Bool {
    var start = offset
    while start > passage.range.lowerBound, ![0x3002, 0x0A, 0xFF01, 0xFF1F].contains(text.scalars[start - 1])
    {
      start -= 1
    }
    let sentence = text.text(start..<offset)
    if [
      "上年", "上一年", "去年", "往年", "历年", "以前年度", "以往", "近年", "近三年", "年终", "年底", "次年", "下一年", "随", "《", "公开后", "待",
    ]
    .contains(where: { sentence.contains($0) }) {
      return true
    }
    return years.contains { $0.range.lowerBound >= start && $0.range.lowerBound < offset && $0.value != own }
  }
}
