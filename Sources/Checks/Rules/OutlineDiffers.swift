import Content
import Diagnostics
import Fiscal

extension Check {
  /// 正文缺少规定的部分
  static let outlineDiffers = Check(
    "outline-differs", .warning, "正文缺少规定的部分，或次序不对",
    why: "公开办法规定了说明由哪些部分组成、按什么次序；少一部分，读者不知道是没有还是漏了，各部门之间也无从对照。多写的部分不受限制。",
    references: ["NAR-11"],
    examples: [
      .passes(exampleThreePublic, exampleThreePublicTable, exampleOutline, ("narrative.md", "# 部门概况\n\n甲。\n\n# 预算 情况\n\n乙。\n\n# 补充\n\n丙。\n\n# 三、名词解释\n\n丁。\n")),
      .fails(exampleThreePublic, exampleThreePublicTable, exampleOutline, ("narrative.md", "↓# 部门概况\n\n甲。\n\n# 名词解释\n\n丁。\n")),
      .fails(exampleThreePublic, exampleThreePublicTable, exampleOutline, ("narrative.md", "# 部门概况\n\n甲。\n\n# 名词解释\n\n丁。\n\n↓# 预算情况\n\n乙。\n")),
    ]
  ) { context in
    guard let narrative = context.disclosure.narrative, let outline = context.disclosure.set?.outline else { return [] }
    let headings = narrative.headings.filter { $0.depth == 1 }
    var findings: [Finding] = []
    var last: Int?
    for part in outline {
      guard let index = headings.firstIndex(where: { normalizedName($0.text) == normalizedName(part) }) else {
        findings.append(
          Finding(
            "outline-differs", .warning, at: Place(file: narrative.file, line: 1, column: 1, length: 1), "正文缺少“\(part)”这一部分",
            hint: "表套规定的部分：" + outline.joined(separator: "、") + "；没有内容也要写明", subject: context.subject(row: part)))
        continue
      }
      if let before = last, index < before {
        let note = Finding.Note("“\(headings[before].text)”在这里", at: headings[before].place)
        findings.append(
          Finding(
            "outline-differs", .warning, at: headings[index].place, "“\(part)”应在“\(headings[before].text)”之后",
            hint: "按规定的次序：" + outline.joined(separator: "、"), notes: [note], subject: context.subject(row: part)))
      } else {
        last = index
      }
    }
    return findings
  }
}

private let exampleOutline = (name: "set.yaml", text: "outline: [部门概况, 预算情况, 名词解释]\n")
