import Content
import Diagnostics
import Forms

extension Check {
  /// 年份不对
  static let yearDiffers = Check(
    "year-differs", .warning, "写的是别的年度",
    why: "照去年的文档改，标题和范围里的年份最容易漏改。只看一定指本年度的地方：标题里年度接着本类别的名称，“纳入某年部门预算……”“本年度（某年）”"
      + "“上年（某年）”。正文里提到别的年份是正常的，不算。",
    references: ["NAR-14"],
    examples: [
      .passes(
        exampleThreePublic, exampleThreePublicTable,
        (
          "narrative.md",
          "# 2022年部门预算说明\n\n依据财预〔2016〕143号，2021年预算执行良好，2021—2025年规划项目 1 个。与纳入2021年度部门预算编制范围的单位一致。2021年比上年（2020年）增长。\n\n# 2021年预算执行情况\n\n良好。\n"
        )),
      .fails(
        exampleThreePublic, exampleThreePublicTable, ("narrative.md", "# ↓2021年部门预算情况说明\n\n甲。\n")),
      .fails(
        exampleThreePublic, exampleThreePublicTable, ("narrative.md", "# 概况\n\n纳入↓2021年度部门预算编制范围的单位 1 个。\n")),
      .fails(
        exampleThreePublic, exampleThreePublicTable, ("narrative.md", "# 概况\n\n比上年（↓2020年）增加 1 万元。\n")),
      .fails(
        exampleThreePublic, exampleThreePublicTable, ("disclosure.yaml", "title: 县局↓2021年部门预算\n")),
    ]
  ) { context in
    let scan = context.text
    let own = context.disclosure.year
    let titles = context.disclosure.kind.names.filter { $0.utf8.first.map { $0 > 0x7F } ?? false }
    let frames = scan.wording.yearFrames.map { YearFrame($0, titles) }
    let exceptions = scan.wording.words(.yearTitleExceptions)
    return scan.years.compactMap { year -> Finding? in
      let passage = scan.passage(of: year.range)
      var expected = own
      let before = scan.text.scalars[
        max(passage.range.lowerBound, year.range.lowerBound - 12)..<year.range.lowerBound
      ]
      .filter { $0 != 0x20 }
      let after = scan.text.scalars[year.end..<max(year.end, min(passage.range.upperBound, year.end + 16))]
        .filter { $0 != 0x20 }
      let frame = frames.first { $0.stands(between: before, after) }
      if let frame {
        expected = own + frame.offset
      } else {
        // A title of this kind: of no other year.
        guard passage.role == .setting || (passage.depth.map { $0 <= 2 } ?? false) else { return nil }
        let behind = scan.behind(year.end, in: passage, 24).filter { $0 != " " }
        guard
          let title = titles.compactMap({ behind.firstRange(of: $0) }).min(by: {
            $0.lowerBound < $1.lowerBound
          }),
          !exceptions.contains(where: { behind.contains($0) }),
          !behind[..<title.lowerBound].contains(where: { "，。；、和与及至—-～".contains($0) }),
          !scan.text.text(of: passage).contains(String(own))
        else { return nil }
      }
      guard year.value != expected, frame == nil || !scan.speaksOfAnother(than: own, before: year) else {
        return nil
      }
      return context.notice(
        "year-differs", .warning, year.range, "这里写的是 \(year.value) 年，应当是 \(expected) 年",
        hint: "改正年份；确是说 \(year.value) 年的，换一种写法")
    }
  }
}

/// Words around a year that say which year it must be.
private struct YearFrame {
  let offset: Int
  private let before: [UInt32]
  private let after: [UInt32]
  /// What last year's final accounts took in is no fault of a budget.
  private let isOfKind: Bool

  init(_ frame: Wording.YearFrame, _ titles: [String]) {
    offset = frame.offset
    before = frame.before.scalarValues
    after = frame.after.scalarValues
    isOfKind = frame.after.isEmpty || titles.contains { frame.after.contains($0) }
  }

  func stands(between text: [UInt32], _ next: [UInt32]) -> Bool {
    isOfKind && text.suffix(before.count).elementsEqual(before) && next.starts(with: after)
  }
}

extension TextScan {
  /// Whether the clause compares with what is framed, goes on about it, or is about another year.
  fileprivate func speaksOfAnother(than own: Int, before year: Year) -> Bool {
    let passage = passage(of: year.range)
    var start = year.range.lowerBound
    while start > passage.range.lowerBound, ![0x3002, 0x0A, 0xFF1B].contains(text.scalars[start - 1]) {
      start -= 1
    }
    let before = text.text(start..<year.range.lowerBound)
    if ["与纳入", "与列入", "同纳入", "比纳入", "较纳入"].contains(where: { before.hasSuffix($0) }) { return true }
    // 纳入某年部门预算的项目 may go on for years.
    let behind = behind(year.end, in: passage, 14)
    if behind.contains("的项目") || behind.contains("的资金") { return true }
    return years.contains {
      $0.range.lowerBound >= start && $0.range.lowerBound < year.range.lowerBound && $0.value != own
    }
  }
}
