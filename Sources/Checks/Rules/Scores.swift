import Content
import Diagnostics
import Fiscal
import Forms

extension Check {
  /// 得分超出分值
  static let scoreOutOfRange = Check(
    "score-out-of-range", "得分超出分值", why: "每项得分在 0 和它的分值之间。", references: ["PRF-06"],
    examples: [
      .passes(exampleReview, exampleReviewSheet()),
      .fails(
        exampleReview,
        exampleReviewSheet(
          indicators: "产出指标（90分）,培训人次,≥100人次,120人次,90,↓95", total: "{分值: 100, 得分: 104.5, 等级: 优}")),
    ]
  ) { context in
    context.indicatorTables.flatMap { indicators -> [Finding] in
      guard let points = indicators.block.points, let score = indicators.block.score else { return [] }
      return indicators.panel.rows.compactMap { row -> Finding? in
        guard let full = row.cells[points].number?.rational, let got = row.cells[score].number?.rational,
          got < .zero || got > full
        else { return nil }
        return Finding(
          "score-out-of-range", at: row.cells[score].place(in: row.file),
          "“\(row.title)”得分 \(shown(got))，分值是 \(shown(full))",
          hint: "得分应在 0 到 \(shown(full)) 之间",
          subject: context.subject(indicators.table, row: row.title, column: "得分"))
      }
    }
  }

  /// 一级指标的分值与标明的不符
  static let groupPoints = Check(
    "group-points-differ", "指标分值之和与标明的分值不符", why: "“产出指标（50分）”下各项分值之和应是 50 分。", references: ["PRF-05"],
    examples: [
      .passes(exampleReview, exampleReviewSheet()),
      .fails(exampleReview, exampleReviewSheet(indicators: "↓产出指标（80分）,培训人次,≥100人次,120人次,90,90")),
    ]
  ) { context in
    context.indicatorTables.flatMap { $0.groupPointFindings(context) }
  }

  /// 总分与各项之和不符
  static let totalScore = Check(
    "total-score-differs", "总分与各项得分之和不符",
    why: "总分决定等级，关系到以后年度的预算安排；它必须等于各项得分之和（按表样规定含或不含执行率得分）。", references: ["PRF-04", "PRF-06"],
    examples: [
      .passes(exampleReview, exampleReviewSheet()),
      .fails(exampleReview, exampleReviewSheet(total: "{分值: 100, 得分: ↓98, 等级: 优}")),
      .fails(exampleReview, exampleReviewSheet(total: "{分值: ↓110, 得分: 99.5, 等级: 优}")),
      // Points that add up to the stated total are wrong where the form wants another.
      .fails(
        exampleReview,
        exampleReviewSheet(
          indicators: "产出指标（89分）,培训人次,≥100人次,120人次,89,89", total: "{分值: ↓99, 得分: 98.5, 等级: 优}")),
    ]
  ) { context in
    context.scoredTables.flatMap { $0.totalFindings(context) }
  }

  /// 等级与总分不符
  static let grade = Check(
    "grade-differs", "等级与总分不符", why: "等级由总分所在的分数段决定。", references: ["PRF-14"],
    examples: [
      .passes(exampleReview, exampleReviewSheet()),
      .fails(exampleReview, exampleReviewSheet(total: "{分值: 100, 得分: 99.5, 等级: ↓良}")),
    ]
  ) { context in
    context.scoredTables.compactMap { scored -> Finding? in
      guard let score = scored.filled.score?.number?.rational, let grade = scored.filled.grade,
        grade.state == .value,
        let expected = scored.block.grades.first(where: { $0.contains(score) }),
        normalizedTitle(expected.name) != normalizedTitle(grade.text)
      else { return nil }
      return Finding(
        "grade-differs", at: grade.place(in: scored.table.file),
        "等级写“\(grade.text)”，总分 \(shown(score)) 应为“\(expected.name)”",
        hint: "改正等级，或核对总分", subject: context.subject(scored.table, row: scored.block.title, column: "等级"))
    }
  }
}

extension ScoreBlock.Grade {
  func contains(_ score: Rational) -> Bool {
    (from.map { score >= $0 } ?? true) && (below.map { score < $0 } ?? true)
  }
}

/// An indicator table with the sheet it stands in.
struct IndicatorContext {
  var table: Table
  var block: IndicatorBlock
  var panel: FilledPanel
}

/// A total score with the sheet it stands in.
struct ScoreContext {
  var table: Table
  var block: ScoreBlock
  var filled: FilledScore
}

extension CheckContext {
  var indicatorTables: [IndicatorContext] {
    disclosure.tables.flatMap { table in
      table.blocks.compactMap { block in
        if case .indicators(let indicators, let panel) = block {
          IndicatorContext(table: table, block: indicators, panel: panel)
        } else {
          nil
        }
      }
    }
  }

  fileprivate var scoredTables: [ScoreContext] {
    disclosure.tables.flatMap { table in
      table.blocks.compactMap { block in
        if case .score(let score, let filled) = block {
          ScoreContext(table: table, block: score, filled: filled)
        } else {
          nil
        }
      }
    }
  }
}

extension IndicatorContext {
  /// Points declared in a label such as 产出指标（50分）, against those of the rows below it.
  fileprivate func groupPointFindings(_ context: CheckContext) -> [Finding] {
    guard let points = block.points else { return [] }
    return block.levels.dropLast().flatMap { level -> [Finding] in
      var findings: [Finding] = []
      var above = ""
      for (index, row) in panel.rows.enumerated() {
        let label = row.cells[level]
        // A label that is repeated in every row, or left out below the first, stands for one group.
        guard !label.text.isEmpty, label.text != above else { continue }
        above = label.text
        guard let declared = declaredPoints(label.text) else { continue }
        var sum = Rational.zero
        var next = index
        while next < panel.rows.count,
          next == index || panel.rows[next].cells[level].text.isEmpty
            || panel.rows[next].cells[level].text == label.text
        {
          sum = sum.adding(panel.rows[next].cells[points].number?.rational ?? .zero) ?? sum
          next += 1
        }
        guard sum != declared else { continue }
        findings.append(
          Finding(
            "group-points-differ", at: label.place(in: row.file),
            "“\(label.text)”标明 \(shown(declared)) 分，其下各项分值之和是 \(shown(sum)) 分",
            hint: "核对各项分值或标明的分值", subject: context.subject(table, row: label.text, column: "分值")))
      }
      return findings
    }
  }
}

/// The points in a label: `产出指标(50分)`.
func declaredPoints(_ label: String) -> Rational? {
  let scalars = Array(label.unicodeScalars)
  guard let end = scalars.lastIndex(of: "分") else { return nil }
  var start = end
  while start > 0, ("0"..."9").contains(scalars[start - 1]) || scalars[start - 1] == "." { start -= 1 }
  guard start < end, start > 0, "（(".unicodeScalars.contains(scalars[start - 1]) else { return nil }
  var digits = String.UnicodeScalarView()
  digits.append(contentsOf: scalars[start..<end])
  return (try? DecimalText(String(digits)))?.rational
}

extension ScoreContext {
  fileprivate func totalFindings(_ context: CheckContext) -> [Finding] {
    if hasFault(context) { return [] }
    let execution = executionScore(context)
    var points = Rational.zero
    var score = Rational.zero
    var hasPoints = false
    for case .indicators(let block, let panel) in table.blocks {
      guard let pointColumn = block.points else { continue }
      hasPoints = true
      for row in panel.rows {
        points = points.adding(row.cells[pointColumn].number?.rational ?? .zero) ?? points
        if let scoreColumn = block.score {
          score = score.adding(row.cells[scoreColumn].number?.rational ?? .zero) ?? score
        }
      }
    }
    guard hasPoints else { return [] }
    if block.includesExecution, let execution {
      points = points.adding(execution.points) ?? points
      score = score.adding(execution.score) ?? score
    }
    var findings: [Finding] = []
    let scope = block.includesExecution ? "（含执行率得分）" : ""
    // What the form wants is asked for also where the sheet states a figure of its own.
    let wanted = block.points ?? points
    if let cell = filled.points, let stated = cell.number?.rational, stated != points || stated != wanted {
      let sum = stated == points ? "应为 \(shown(wanted))" : "各项分值之和\(scope)是 \(shown(points))"
      findings.append(
        report(cell, "分值", "分值写 \(shown(stated))，\(sum)", "核对各项分值；总分应为 \(shown(wanted))", context))
    } else if points != wanted, let cell = filled.score, cell.number != nil {
      findings.append(
        report(cell, "分值", "各项分值之和\(scope)是 \(shown(points))，应为 \(shown(wanted))", "核对各项分值", context))
    }
    if let cell = filled.score, let stated = cell.number?.rational, stated != score {
      findings.append(
        report(cell, "得分", "得分写 \(shown(stated))，各项得分之和\(scope)是 \(shown(score))", "核对各项得分", context))
    }
    return findings
  }

  private func report(
    _ cell: Cell, _ column: String, _ message: String, _ hint: String, _ context: CheckContext
  ) -> Finding {
    Finding(
      "total-score-differs", at: cell.place(in: table.file), "\(block.title)的\(message)", hint: hint,
      subject: context.subject(table, row: block.title, column: column))
  }

  /// Whether a figure that it adds up is at fault, which proves nothing.
  private func hasFault(_ context: CheckContext) -> Bool {
    let source = table.relationSource(within: context.disclosure)
    let execution = block.execution?.names.first.flatMap { source.cell(named: $0) }
    let summed = table.blocks.flatMap { block -> [Cell] in
      guard case .indicators(let block, let panel) = block else { return [] }
      return panel.rows.flatMap { row in [block.points, block.score].compactMap { $0 }.map { row.cells[$0] } }
    }
    return ([execution].compactMap { $0 } + summed).contains { $0.state == .invalid }
  }

  /// The points and score of execution (执行率), which stand in the money table.
  private func executionScore(_ context: CheckContext) -> (points: Rational, score: Rational)? {
    guard let expression = block.execution, let name = expression.names.first else { return nil }
    let source = table.relationSource(within: context.disclosure)
    guard let score = source.cell(named: name)?.number?.rational else { return nil }
    for (panel, row, leaf) in source.hits(named: name) {
      // The points stand in the same row, in the column that the score is computed from.
      let used = leaf.rules.flatMap { rule -> [Int] in
        if case .equals(_, let columns) = rule { Array(columns.values) } else { [] }
      }
      let column = panel.panel.leaves.first {
        $0.type == .score && $0.index != leaf.index
          && (used.isEmpty || used.contains($0.index))
      }
      if let column, let points = panel.rows[row].cells[column.index].number?.rational {
        return (points, score)
      }
    }
    return (score, score)
  }
}
