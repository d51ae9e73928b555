import Content
import Diagnostics
import Forms

extension Check {
  /// 填表人的姓名和电话
  static let formFillerShown = Check(
    "form-filler-shown", .warning, "印出了填表人的姓名或电话",
    why: "填表人、经办人的姓名、电话和负责人签字是内部办事用的，不随表公开。没有豁免时，网页上以●代替。", references: ["PRV-02"],
    examples: [
      .passes(exampleThreePublic, exampleThreePublicTable, ("narrative.md", "# 概况\n\n填表人：办公室。编制人数 3 人。\n")),
      .fails(
        exampleThreePublic, exampleThreePublicTable,
        ("narrative.md", "# 概况\n\n填表人：↓张三丰  联系电话：2721288\n")),
    ]
  ) { context in
    let scan = context.text
    var reported: Set<Int> = []
    return scan.hits(.fillerLabels).compactMap { hit -> Finding? in
      let passage = scan.text.passage(at: hit.range.lowerBound)
      guard let name = scan.named(behind: hit.range), !reported.contains(passage) else { return nil }
      reported.insert(passage)
      var finding = context.secretFinding(
        "form-filler-shown", .warning, name, "“\(hit.word.text)”后面印出了姓名",
        hint: "删去姓名和电话；表样里的这一栏写 personal: true")
      let others = scan.hits(.fillerLabels).filter { scan.text.passage(at: $0.range.lowerBound) == passage }
      finding.secrets =
        others.compactMap { scan.named(behind: $0.range) }.flatMap { scan.text.places($0) }
        + scan.telephones(in: scan.text.passages[passage]).flatMap { scan.text.places($0) }
      return finding
    }
  }
}

extension TextScan {
  /// The name of a person that a label such as 填表人 is followed by.
  fileprivate func named(behind label: Range<Int>) -> Range<Int>? {
    let passage = passage(of: label)
    let scalars = text.scalars
    var index = label.upperBound
    func skipBlanks() { while index < passage.range.upperBound, isBlank(scalars[index]) { index += 1 } }
    // （签字）
    if index < passage.range.upperBound, scalars[index] == 0xFF08 || scalars[index] == 0x28 {
      guard
        let close = scalars[index..<min(index + 8, passage.range.upperBound)].firstIndex(where: {
          $0 == 0xFF09 || $0 == 0x29
        })
      else { return nil }
      index = close + 1
    }
    skipBlanks()
    guard index < passage.range.upperBound, scalars[index] == 0xFF1A || scalars[index] == 0x3A else {
      return nil
    }
    index += 1
    skipBlanks()
    let start = index
    while index < passage.range.upperBound, isHan(scalars[index]) || scalars[index] == 0xB7 { index += 1 }
    let name = text.text(start..<index)
    let length = index - start
    guard (2...4).contains(length) || (length <= 12 && name.contains("·")) else { return nil }
    let endings = wording.words(.organEndings) + ["科", "股", "组", "部", "室", "人", "签字", "签章", "盖章", "无"]
    let isOther = endings.contains { name.hasSuffix($0) } || wording.words(.phoneLabels).contains(name)
    return isOther ? nil : start..<index
  }

  /// The numbers behind 联系电话 in a passage.
  fileprivate func telephones(in passage: Passage) -> [Range<Int>] {
    let labels = wording.words(.phoneLabels)
    return numbers.filter { number in
      guard passage.range.contains(number.range.lowerBound) else { return false }
      let before = before(number.range.lowerBound, 10).filter { !" 　：:".contains($0) }
      return labels.contains { before.hasSuffix($0) }
    }.map(\.range)
  }
}
