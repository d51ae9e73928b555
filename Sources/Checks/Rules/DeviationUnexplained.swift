import Content
import Diagnostics
import Fiscal
import Forms

extension Check {
  /// 扣了分或偏差大，没有写原因
  static let deviationUnexplained = Check(
    "deviation-unexplained", .warning, "扣了分或偏差大，没有写原因",
    why: "没有完成而扣了分的指标，和完成值偏离指标值两成以上的，要写明原因和改进措施；写明“≥”“≤”而做得更好的，只是提示。",
    references: ["PRF-08", "PRF-09"],
    examples: [
      .passes(exampleNotedReview, exampleNotedSheet("培训人次,≥100人次,115人次,90,90,")),
      .passes(exampleNotedReview, exampleNotedSheet("培训人次,100人次,150人次,90,90,新增两期培训")),
      .passes(exampleNotedReview, exampleNotedSheet("培训人次,≥100人次,150人次,90,90,")),
      .passes(exampleNotedReview, exampleNotedSheet("资料归档,及时归档,基本及时,90,85,人手不足")),
      .fails(exampleNotedReview, exampleNotedSheet("培训人次,100人次,↓150人次,90,90,")),
      .fails(exampleNotedReview, exampleNotedSheet("培训人次,≥100人次,95人次,90,↓85,无")),
    ]
  ) { context in
    context.indicatorTables.flatMap { $0.unexplained(context) }
  }
}

extension IndicatorContext {
  fileprivate func unexplained(_ context: CheckContext) -> [Finding] {
    guard let note = block.note, let name = block.levels.last else { return [] }
    let measured = measured
    return panel.rows.enumerated().compactMap { index, row -> Finding? in
      guard row.cells[name].state == .value, row.cells[note].isWithoutReason else { return nil }
      let (cell, message): (Cell, String)
      var severity = Severity.warning
      if let points = block.points, let score = block.score, let full = row.cells[points].number?.rational,
        let got = row.cells[score].number?.rational, got < full
      {
        cell = row.cells[score]
        message = "指标“\(row.title)”分值 \(shown(full))，得分 \(shown(got))，没有写“\(title(note))”"
      } else if let indicator = measured.first(where: { $0.row.place == row.place }),
        indicator.target.isFarFrom(indicator.actual)
      {
        cell = indicator.actualCell
        // Better than what was wanted at least: it should be told, and often is not.
        if indicator.target.isMet(by: indicator.actual) == true { severity = .info }
        message =
          "指标“\(row.title)”的\(title(block.actual))“\(cell.text)”偏离\(title(block.target))“\(row.cells[block.target ?? name].text)”两成以上，没有写“\(title(note))”"
      } else {
        return nil
      }
      return Finding(
        "deviation-unexplained", severity, at: cell.place(in: row.file), message,
        hint: "在“\(title(note))”里写明原因和改进措施",
        subject: context.subject(table, row: row.title, column: title(note)))
    }
  }
}

extension Cell {
  /// Whether it gives no reason: empty, a dash, 无.
  fileprivate var isWithoutReason: Bool { state != .value || text == "无" }
}

let exampleNotedReview = (
  name: "forms/noted.yaml",
  text: """
  id: noted
  title: 自评表
  unit: 万元
  sheet:
    - indicators:
        id: indicators
        title: 指标
        columns: [三级指标, {title: 目标值, type: indicator}, {title: 完成值, type: indicator}, {title: 分值, type: score}, {title: 得分, type: score}, 偏差原因]
        levels: [三级指标]
        target: 目标值
        actual: 完成值
        points: 分值
        score: 得分
        note: 偏差原因
  """
)

/// A sheet for `exampleNotedReview` with these indicators.
func exampleNotedSheet(_ indicators: String) -> (name: String, text: String) {
  ("noted.yaml", "指标: |\n  三级指标,目标值,完成值,分值,得分,偏差原因\n  \(indicators)\n")
}
