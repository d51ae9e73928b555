import Content
import Diagnostics
import Fiscal

extension Check {
  /// 公开晚于批复后规定的天数
  static let publishedLate = Check(
    "published-late", .warning, "公开晚于规定的期限",
    why: "部门预算、决算自财政批复后二十日内公开（预算法第十四条）；批复后第二十日仍算按时。",
    references: ["PUB-01"],
    examples: [
      .passes(
        exampleYears, ("两年表.csv", "项目,2021年,2022年\n支出合计,10.00,12.00\n"),
        ("disclosure.yaml", "approved: 2022-01-12\n")),
      .fails(
        exampleYears, ("两年表.csv", "项目,2021年,2022年\n支出合计,10.00,12.00\n"),
        ("disclosure.yaml", "approved: ↓2022-01-11\n")),
    ]
  ) { context in
    let disclosure = context.disclosure
    guard let days = disclosure.kind.timing.days,
      let approved = disclosure.approved.flatMap({ CalendarDay($0) }),
      let published = disclosure.published.flatMap({ CalendarDay($0) })
    else { return [] }
    let last = approved.adding(days: days)
    guard published > last else { return [] }
    return [
      Finding(
        "published-late", .warning, at: disclosure.datePlaces["approved"] ?? disclosure.place,
        "\(approved.text) 批复，应在 \(last.text) 以前公开（批复后 \(days) 日内），发布日期是 \(published.text)",
        hint: "核对批复日期和发布日期；确实晚了的，写一条豁免说明原因",
        notes: [.init("发布日期：\(published.text)", at: disclosure.datePlaces["published"])],
        subject: context.subject(row: "approved"))
    ]
  }
}
