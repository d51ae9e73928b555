import Content
import Diagnostics
import Fiscal
import Forms

extension Check {
  /// 指标没有填完整
  static let indicatorIncomplete = Check(
    "indicator-incomplete", .warning, "指标没有填完整",
    why: "写了指标名却没有指标值，或只有单位没有数，都无法考核。整行留空的二级指标不算。", references: ["PRF-10", "PRF-11"],
    examples: [
      .passes(exampleReview, exampleReviewSheet()),
      .fails(exampleReview, exampleReviewSheet(indicators: "产出指标（90分）,↓培训人次,,120人次,90,90")),
      .fails(exampleReview, exampleReviewSheet(indicators: "产出指标（90分）,培训人次,≥100人次,↓人次,90,90")),
    ]
  ) { context in
    context.indicatorTables.flatMap { indicators in
      indicators.panel.rows.flatMap { indicators.gaps(in: $0, context) }
    }
  }
}

extension IndicatorContext {
  fileprivate func gaps(in row: Row, _ context: CheckContext) -> [Finding] {
    guard let name = block.levels.last, row.cells[name].state == .value else { return [] }
    var findings: [Finding] = []
    for column in [block.target, block.actual].compactMap({ $0 }) {
      let cell = row.cells[column]
      let title = panel.panel.leaves[column].title
      if cell.state == .blank {
        findings.append(
          Finding(
            "indicator-incomplete", .warning, at: row.cells[name].place(in: row.file),
            "指标“\(row.title)”没有填“\(title)”",
            hint: "填上\(title)；不考核的填“不适用”", subject: context.subject(table, row: row.title, column: title)))
      }
    }
    if let target = block.target, let actual = block.actual,
      let unit = trailingUnit(of: row.cells[target].text),
      row.cells[actual].state == .value, row.cells[actual].text == unit
    {
      let cell = row.cells[actual]
      let title = panel.panel.leaves[actual].title
      findings.append(
        Finding(
          "indicator-incomplete", .warning, at: cell.place(in: row.file),
          "指标“\(row.title)”的\(title)只有单位“\(cell.text)”，没有数（目标是 \(row.cells[target].text)）",
          hint: "补上实际完成的数", subject: context.subject(table, row: row.title, column: title)))
    }
    return findings
  }
}

/// The unit behind the number of an indicator's value: `10000 人次` has 人次.
private func trailingUnit(of text: String) -> String? {
  let scalars = Array(text.unicodeScalars)
  guard let last = scalars.lastIndex(where: { ("0"..."9").contains($0) }), last + 1 < scalars.count else {
    return nil
  }
  var unit = String.UnicodeScalarView()
  unit.append(contentsOf: scalars[(last + 1)...].filter { !$0.isBlank })
  return unit.isEmpty ? nil : String(unit)
}
