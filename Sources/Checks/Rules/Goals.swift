import Content
import Diagnostics
import Fiscal
import Forms

extension Check {
  /// 目标写成了完成情况
  static let goalAsDone = Check(
    "goal-as-done", .warning, "目标写成了完成情况",
    why: "目标是年初要达到的，用将来的说法；写“举办了”“已完成”，是把往年的总结抄作目标。", references: ["PRF-16", "TXT-08"],
    examples: [
      .passes(exampleReview, exampleReviewSheet()),
      .fails(exampleReview, exampleReviewSheet(indicators: "产出指标（90分）,培训人次,↓举办了培训班,120人次,90,90")),
    ]
  ) { context in
    let scan = context.text
    let goals = GoalTitles(scan.wording)
    return scan.hits(.doneWords).compactMap { hit -> Finding? in
      let passage = scan.passage(of: hit.range)
      guard context.isGoal(passage, goals) else { return nil }
      // 已 as part of a longer statement of what is: 在已完成改造的…
      guard !["在", "对", "将", "把"].contains(where: { scan.before(hit.range.lowerBound, 1) == $0 }) else {
        return nil
      }
      // 已建成的阅览室 tells which one is meant; 在上年……的基础上 what is built on.
      let behind = scan.behind(hit.range.upperBound, in: passage, 12)
      let clause = behind.prefix { !"，。；、,;".contains($0) }
      guard !clause.contains("的") || hit.word.text.hasSuffix("了"), !clause.contains("基础上") else { return nil }
      return context.notice(
        "goal-as-done", .warning, hit.range, "目标里写着“\(hit.word.text)”", hint: "改成要达到的目标，如“举办培训班 5 期”")
    }
  }

  /// 目标的日期不在年度内
  static let goalDate = Check(
    "goal-date", .warning, "时效指标的日期不在本年度",
    why: "年度目标要在年内完成；目标日期写成别的年份，多半是照去年的表改漏了。", references: ["PRF-17"],
    examples: [
      .passes(exampleReview, exampleReviewSheet(indicators: "时效指标（90分）,完成时间,2022年12月底前,2022年11月,90,90")),
      .fails(exampleReview, exampleReviewSheet(indicators: "时效指标（90分）,完成时间,↓2021年12月底前,2022年11月,90,90")),
    ]
  ) { context in
    let scan = context.text
    let words = scan.wording.words(.timeliness)
    guard !words.isEmpty, !scan.years.isEmpty else { return [] }
    return context.indicatorTables.flatMap { indicators -> [Finding] in
      let block = indicators.block
      var isTimely = false
      return indicators.panel.rows.flatMap { row -> [Finding] in
        // A group is written once, above its rows.
        let groups = block.levels.dropLast().map { row.cells[$0].text }.filter { !$0.isEmpty }
        if !groups.isEmpty { isTimely = groups.contains { group in words.contains { group.contains($0) } } }
        guard isTimely else { return [] }
        return [block.target, block.actual].compactMap { $0 }.compactMap { column -> Finding? in
          let cell = row.cells[column]
          guard cell.state == .value, let year = singleYear(in: cell.text) else { return nil }
          let isTarget = column == block.target
          let allowed =
            isTarget ? [context.disclosure.year] : [context.disclosure.year, context.disclosure.year + 1]
          guard !allowed.contains(year) else { return nil }
          return Finding(
            "goal-date", .warning, at: cell.place(in: row.file),
            "时效指标“\(row.title)”写的是 \(year) 年，本年度是 \(context.disclosure.year) 年", hint: "改正日期；跨年度的写明起止年份",
            subject: context.subject(
              indicators.table, row: row.title, column: indicators.panel.panel.leaves[column].title))
        }
      }
    }
  }

  /// 目标与完成情况的条数不同
  static let goalsCounted = Check(
    "goals-counted", .info, "目标与完成情况的条数不同",
    why: "每条年初目标都要交代完成得怎样；条数不同，读者对不上。", references: ["PRF-18"],
    examples: [
      .passes(
        exampleGoals, ("goals.yaml", "年度目标:\n  预期目标: |\n    1、甲\n    2、乙\n  完成情况: |\n    1、已做甲\n    2、已做乙\n")),
      .fails(exampleGoals, ("goals.yaml", "年度目标:\n  预期目标: |\n    1、甲\n    2、乙\n  完成情况: |\n    ↓1、已做甲\n")),
    ]
  ) { context in
    let scan = context.text
    var findings: [Finding] = []
    let passages = scan.text.passages
    for (index, passage) in passages.enumerated() {
      guard index > 0, passage.role == .text, passages[index - 1].role == .text,
        passages[index - 1].table == passage.table, passages[index - 1].row == passage.row,
        passage.column != nil
      else { continue }
      let (goals, results) = (scan.entries(in: passages[index - 1]), scan.entries(in: passage))
      guard goals > 1, results > 0, goals != results else { continue }
      findings.append(
        context.notice(
          "goals-counted", .info, passage.range,
          "“\(passages[index - 1].column ?? "")”有 \(goals) 条，“\(passage.column ?? "")”有 \(results) 条",
          hint: "逐条对应地写"))
    }
    return findings
  }
}

/// Which blocks and columns hold goals.
private struct GoalTitles {
  let goals: [String]
  let results: [String]

  init(_ wording: Wording) {
    goals = wording.words(.goalTitles)
    results = wording.words(.resultTitles)
  }

  func isGoal(_ title: String) -> Bool {
    goals.contains { title.contains($0) } && !results.contains { title.contains($0) }
  }
}

extension CheckContext {
  /// Whether a passage states goals: a text under such a title, or the target of an indicator.
  fileprivate func isGoal(_ passage: Passage, _ titles: GoalTitles) -> Bool {
    switch passage.role {
    case .text:
      guard let column = passage.column else { return titles.isGoal(passage.row ?? "") }
      return titles.isGoal(column)
    case .cell:
      guard let index = passage.table, disclosure.tables.indices.contains(index), let column = passage.column
      else {
        return false
      }
      return disclosure.tables[index].blocks.contains { block in
        guard case .indicators(let block, let panel) = block, let target = block.target else { return false }
        return panel.panel.leaves[target].name == column
      }
    case .heading, .paragraph, .item, .label, .code, .field, .note, .setting: return false
    }
  }
}

extension TextScan {
  /// How many lines of a text begin with 1、 2、 and so on.
  fileprivate func entries(in passage: Passage) -> Int {
    var count = 0
    for line in text.scalars[passage.range].split(separator: 0x0A) {
      let digits = line.drop(while: isBlank).prefix { digit($0) != nil }
      guard (1...2).contains(digits.count), digits.endIndex < line.endIndex,
        [0x3001, 0x2E, 0xFF0E].contains(line[digits.endIndex])
      else { continue }
      count += 1
    }
    return count
  }
}

/// The only year that a text names, nil where it names none or a stretch of years.
private func singleYear(in text: String) -> Int? {
  let scalars = text.unicodeScalars.map(\.value).filter { !isBlank($0) }
  var years: Set<Int> = []
  var index = 0
  while index + 4 < scalars.count {
    let digits = scalars[index..<index + 4].compactMap { digit($0) }
    if digits.count == 4, isDate(behind: index + 4, in: scalars),
      index == 0 || digit(scalars[index - 1]) == nil
    {
      years.insert(digits.reduce(0) { $0 * 10 + Int($1) })
      index += 4
    }
    index += 1
  }
  let isStretch = ["—", "-", "至", "到", "－", "～", "~", "起", "以来", "每年"].contains { text.contains($0) }
  guard years.count == 1, !isStretch, let year = years.first, (1990...2100).contains(year) else { return nil }
  return year
}

/// Whether 年 stands here and makes a day or month of the year before it: 年底, 年前, 年6月.
private func isDate(behind index: Int, in scalars: [UInt32]) -> Bool {
  guard scalars[index] == 0x5E74 else { return false }
  guard index + 1 < scalars.count else { return true }
  let next = scalars[index + 1]
  return digit(next) != nil || "底末初内前度".unicodeScalars.contains { $0.value == next }
}

private let exampleGoals = (
  name: "forms/goals.yaml",
  text: """
  id: goals
  title: 目标表
  unit: 万元
  sheet:
    - texts: {id: goal, title: 年度目标, columns: [预期目标, 完成情况]}
  """
)
