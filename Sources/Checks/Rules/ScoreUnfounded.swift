import Content
import Diagnostics
import Fiscal
import Forms

extension Check {
  /// 没有达到指标值，却得满分
  static let scoreUnfounded = Check(
    "score-unfounded", .warning, "没有达到指标值，却得满分",
    why: "指标值写明了“≥”“≤”，完成值没有达到，就不应当得满分；不是完成值填错，就是得分填错。",
    references: ["PRF-08"],
    examples: [
      .passes(exampleNotedReview, exampleNotedSheet("培训人次,≥100人次,100人次,90,90,")),
      // Without a relation nobody knows which way is better.
      .passes(exampleNotedReview, exampleNotedSheet("办理天数,5天,4天,90,90,")),
      .fails(exampleNotedReview, exampleNotedSheet("培训人次,≥100人次,↓90人次,90,90,天气原因")),
      .fails(exampleNotedReview, exampleNotedSheet("办理天数,≤5天,↓6天,90,90,假期顺延")),
    ]
  ) { context in
    context.indicatorTables.flatMap { indicators in
      indicators.measured.compactMap { indicator -> Finding? in
        guard let points = indicator.points, let score = indicator.score, points > .zero, score == points,
          indicator.target.isMet(by: indicator.actual) == false
        else { return nil }
        let target = indicators.block.target.map { indicator.row.cells[$0].text } ?? ""
        return Finding(
          "score-unfounded", .warning, at: indicator.actualCell.place(in: indicator.row.file),
          "指标“\(indicator.row.title)”的\(indicators.title(indicators.block.actual))“\(indicator.actualCell.text)”没有达到“\(target)”，得分 \(shown(score)) 却是满分",
          hint: "核对完成值和得分，改正错的一处",
          subject: context.subject(
            indicators.table, row: indicator.row.title, column: indicators.title(indicators.block.actual)))
      }
    }
  }
}
