import Content
import Diagnostics
import Forms

extension Check {
  /// 常见错字
  static let knownTypo = Check(
    "known-typo", .warning, "常见的错字",
    why: "错字表里只列任何断词之下都不会对的写法，所以见到就是错的。表在 wording.yaml，网站可以增加。", references: ["TXT-02"],
    examples: [
      .passes(
        exampleThreePublic, exampleThreePublicTable, ("narrative.md", "# 概况\n\n培训农民工，发布署名文章，各项项目按期完成。\n")),
      .fails(exampleThreePublic, exampleThreePublicTable, ("narrative.md", "# 概况\n\n培训困难职工、↓农名工。\n")),
    ]
  ) { context in
    context.text.hits(.typos).filter { context.text.passage(of: $0.range).role != .code }.map { hit in
      context.notice(
        "known-typo", .warning, hit.range, "“\(hit.word.text)”是错字",
        hint: hit.word.right.map { "改为“\($0)”" } ?? "核对后改正")
    }
  }
}
