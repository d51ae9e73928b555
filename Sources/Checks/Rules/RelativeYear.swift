import Content
import Diagnostics
import Forms

extension Check {
  /// 今年、去年
  static let relativeYear = Check(
    "relative-year", .info, "用“今年”“去年”指年份",
    why: "公开的文件多年以后还有人读，“今年”是哪一年就不清楚了；写明年份，或写“本年”“上年”。", references: ["TXT-11"],
    examples: [
      .passes(exampleThreePublic, exampleThreePublicTable, ("narrative.md", "# 概况\n\n2022 年预算比上年增加。\n")),
      .fails(exampleThreePublic, exampleThreePublicTable, ("narrative.md", "# 概况\n\n↓今年计划新增站点。\n")),
    ]
  ) { context in
    var last = -1
    return context.text.hits(.relativeYears).compactMap { hit -> Finding? in
      let passage = context.text.text.passage(at: hit.range.lowerBound)
      guard passage != last, context.text.text.passages[passage].role != .code else { return nil }
      last = passage
      return context.notice(
        "relative-year", .info, hit.range, "“\(hit.word.text)”是相对的说法", hint: "写明是哪一年")
    }
  }
}
