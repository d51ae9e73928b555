import Content
import Diagnostics
import Fiscal

extension Check {
  /// 日期先后不对，或与年度不合
  static let datesOutOfOrder = Check(
    "dates-out-of-order", .warning, "日期先后不对，或与年度不合",
    why: "先成文、先批复，后公开；预算在本年公开，决算在次年公开。日期不合，多半是照抄了往年的。",
    references: ["PUB-03", "PUB-06"],
    examples: [
      .passes(
        exampleYears, ("两年表.csv", "项目,2021年,2022年\n支出合计,10.00,12.00\n"),
        ("disclosure.yaml", "approved: 2022-01-20\nwritten: 2022-02-01\n")),
      .fails(
        exampleYears, ("两年表.csv", "项目,2021年,2022年\n支出合计,10.00,12.00\n"),
        ("disclosure.yaml", "approved: ↓2022-02-20\n")),
      .fails(
        exampleYears, ("两年表.csv", "项目,2021年,2022年\n支出合计,10.00,12.00\n"),
        ("disclosure.yaml", "written: ↓2022-03-01\n")),
      .fails(
        exampleCarryOver, ("2021/final-accounts/结转表.csv", "项目,金额\n年初结转,1.00\n年末结转,2.00\n"),
        ("2021/final-accounts/disclosure.yaml", "published: ↓2021-09-01\n")),
    ]
  ) { context in
    let disclosure = context.disclosure
    guard let published = disclosure.published.flatMap({ CalendarDay($0) }) else { return [] }
    var findings: [Finding] = []
    func tell(_ key: String, _ message: String, _ hint: String) {
      findings.append(
        Finding(
          "dates-out-of-order", .warning, at: disclosure.datePlaces[key] ?? disclosure.place, message,
          hint: hint,
          subject: context.subject(row: key)))
    }
    for (key, title, date) in [
      ("approved", "批复日期", disclosure.approved), ("written", "成文日期", disclosure.written),
    ] {
      guard let date = date.flatMap({ CalendarDay($0) }), date > published else { continue }
      tell(key, "\(title) \(date.text) 在发布日期 \(published.text) 之后", "核对两个日期，改正错的一个")
    }
    if let years = disclosure.kind.timing.years,
      !(disclosure.year + years.lowerBound...disclosure.year + years.upperBound).contains(published.year)
    {
      let (first, last) = (disclosure.year + years.lowerBound, disclosure.year + years.upperBound)
      let expected = first == last ? "\(first) 年" : "\(first) 至 \(last) 年"
      tell(
        "published", "\(disclosure.year)年的\(disclosure.kind.title)应当在 \(expected)公开，发布日期是 \(published.text)",
        "核对发布日期和文件夹的年度；确实如此的，写一条豁免说明原因")
    }
    return findings
  }
}
