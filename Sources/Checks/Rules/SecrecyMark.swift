import Content
import Diagnostics
import Fiscal
import Forms

extension Check {
  /// 密级标志
  static let secrecyMark = Check(
    "secrecy-mark", "还有密级标志或内部审批栏",
    why: "带密级标志的文件不能公开；公开前的保密审查栏是内部手续。标志还在，说明这份材料没有经过公开前的处理。正文里讲保密工作、国家秘密的话不算。",
    references: ["PRV-04", "PUB-07"],
    examples: [
      .passes(
        exampleThreePublic, exampleThreePublicTable,
        ("narrative.md", "# 概况\n\n负责机要保密工作，保守国家秘密和商业秘密，涉密岗位 2 个。\n")),
      .fails(exampleThreePublic, exampleThreePublicTable, ("narrative.md", "# 概况\n\n本表为↓秘密★5年。\n")),
      .fails(exampleThreePublic, exampleThreePublicTable, ("narrative.md", "# 概况\n\n↓内部资料，注意保存\n")),
      .fails(exampleThreePublic, exampleThreePublicTable, ("narrative.md", "# 概况\n\n↓保密审查情况：已审查，同意。\n")),
    ]
  ) { context in
    let scan = context.text
    let words = context.disclosure.wording
    let marked = scan.hits(.secrecyGrades).compactMap { hit -> Finding? in
      let behind = scan.behind(hit.range.upperBound, in: scan.passage(of: hit.range), 2)
      guard let mark = behind.first(where: { $0 != " " }), "★☆＊*".contains(mark) else { return nil }
      return context.notice(
        "secrecy-mark", .error, hit.range, "这里有密级标志“\(hit.word.text)\(mark)”", hint: "先解密或换用公开的版本，再删去标志")
    }
    let notices = Set(words.words(.secrecyNotices).map(bare))
    let fields = Set(words.words(.reviewFields).map(bare))
    let open = Set(words.words(.openGrades).map(bare))
    let (fieldHeads, noticeHeads) = (Set(fields.map(bareHead)), Set(notices.map(bareHead)))
    let scalars = scan.text.scalars
    let whole = scan.text.passages.compactMap { passage -> Finding? in
      guard passage.range.count <= 60, passage.role != .code else { return nil }
      // Nearly every passage begins with a character that none of the words begins with.
      let head = bareHead(scalars[passage.range])
      let above = passage.role == .field ? passage.row ?? "" : passage.column ?? ""
      guard fieldHeads.contains(head) || noticeHeads.contains(head) || fieldHeads.contains(bareHead(above))
      else { return nil }
      let text = scan.text.text(of: passage)
      let title = bare(passage.role == .field ? passage.row ?? "" : passage.column ?? "")
      if fields.contains(title) {
        guard !open.contains(bare(text)) else { return nil }
        return context.notice(
          "secrecy-mark", .error, passage.range, "“\(title)”是公开前的审批栏", hint: "删去内容，或在表样里给它写 personal: true")
      }
      if let colon = text.firstIndex(where: { "：:".contains($0) }),
        fields.contains(bare(String(text[..<colon])))
      {
        guard !open.contains(bare(String(text[text.index(after: colon)...]))) else { return nil }
        return context.notice(
          "secrecy-mark", .error, passage.range, "这里是公开前的审批栏“\(text[..<colon])”", hint: "删去这一行")
      }
      guard passage.range.count <= 20, notices.contains(bare(text)) else { return nil }
      return context.notice(
        "secrecy-mark", .error, passage.range, "“\(text)”是密级或内部标志", hint: "先解密或换用公开的版本，再删去标志")
    }
    return marked + whole
  }
}

private func isKept(_ scalar: UInt32) -> Bool {
  isHan(scalar) || isLatin(scalar) || scalar == 0xFF08 || scalar == 0xFF1A
}

/// The first character of a text without blanks and punctuation; 0 where there is none.
private func bareHead(_ text: ArraySlice<UInt32>) -> UInt32 { text.first(where: isKept) ?? 0 }

private func bareHead(_ text: String) -> UInt32 {
  text.unicodeScalars.first { isKept($0.value) }?.value ?? 0
}

/// A text without blanks and punctuation.
private func bare(_ text: String) -> String {
  String(
    text.unicodeScalars.filter { isKept($0.value) }.map(
      Character.init))
}
