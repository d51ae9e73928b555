import Content
import Diagnostics

extension Check {
  /// 还有没有写好的地方
  static let placeholderLeft = Check(
    "placeholder-left", "还有没有写好的地方",
    why: "“【待填】”“【待核】”标着要填写、要核对的地方，是 gongkai new 照上年的文档起草时留下的，自己也可以写。"
      + "去年的数和没有写完的话不能公开。标记写在哪里都算：正文、格、设置、注释。",
    examples: [
      .passes(exampleThreePublic, exampleThreePublicTable, ("narrative.md", "# 概况\n\n行政编制 10 人。\n")),
      .fails(
        exampleThreePublic, exampleThreePublicTable, ("narrative.md", "# 概况\n\n行政编制 10 人↓【待核】。\n")),
      .fails(exampleThreePublic, ("三公.csv", "单位,合计,出国,小计,购置,运行,接待\n县局,0,0,0,0,0,↓【待填】\n")),
      .fails(
        exampleThreePublic, exampleThreePublicTable, ("disclosure.yaml", "keywords: [预算]   # ↓【待核】\n")),
    ]
  ) { context in context.marks(reportedBy: "placeholder-left") }

  /// 还有示例没有换掉
  static let exampleLeft = Check(
    "example-left", .warning, "还有示例没有换掉",
    why: "gongkai init 写下的“【示例】”内容，让第一个网站可以立即生成；正式公开之前都要换成本单位的。",
    examples: [
      .passes(exampleThreePublic, exampleThreePublicTable, ("narrative.md", "# 概况\n\n示例。\n")),
      .fails(exampleThreePublic, exampleThreePublicTable, ("narrative.md", "# 概况\n\n↓【示例】写概况。\n")),
    ]
  ) { context in context.marks(reportedBy: "example-left") }
}

extension CheckContext {
  fileprivate func marks(reportedBy check: String) -> [Finding] {
    disclosure.marks.filter { $0.mark.check == check }.map { placed in
      placed.finding(subject(disclosure.tables.first { $0.file == placed.place.file }))
    }
  }
}
