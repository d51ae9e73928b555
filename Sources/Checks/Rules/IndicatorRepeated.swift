import Content
import Diagnostics
import Forms

extension Check {
  /// 指标重复
  static let indicatorRepeated = Check(
    "indicator-repeated", .warning, "指标重复",
    why: "同一个指标写了两遍，就重复计分；执行率已经单独计分的，指标里不再写。", references: ["PRF-13"],
    examples: [
      .passes(exampleNotedReview, exampleNotedSheet("培训人次,≥100人次,110人次,45,45,\n  培训期数,≥4期,4期,45,45,")),
      .fails(exampleNotedReview, exampleNotedSheet("培训人次,≥100人次,110人次,45,45,\n  ↓培训人次,≥100人次,110人次,45,45,")),
      .fails(
        exampleReview,
        exampleReviewSheet(indicators: "产出指标（90分）,↓预算执行率,≥90%,95%,90,90")),
    ]
  ) { context in
    context.indicatorTables.flatMap { $0.repetitions(context) }
  }
}

extension IndicatorContext {
  fileprivate func repetitions(_ context: CheckContext) -> [Finding] {
    guard let name = block.levels.last else { return [] }
    let execution = executionTitles
    var first: [[String]: Row] = [:]
    var path = Array(repeating: "", count: block.levels.count)
    var findings: [Finding] = []
    for row in panel.rows {
      for (level, column) in block.levels.enumerated() where !row.cells[column].text.isEmpty {
        if level + 1 < block.levels.count, path[level] != normalizedTitle(row.cells[column].text) {
          for inner in level..<path.count { path[inner] = "" }
        }
        path[level] = normalizedTitle(row.cells[column].text)
      }
      let cell = row.cells[name]
      guard cell.state == .value else { continue }
      // One indicator may be spread over several lines, each with another target.
      let target = block.target.map { normalizedTitle(row.cells[$0].text) } ?? ""
      let key = path + [target]
      func report(_ message: String, _ hint: String, _ notes: [Finding.Note] = []) {
        findings.append(
          Finding(
            "indicator-repeated", .warning, at: cell.place(in: row.file), message, hint: hint, notes: notes,
            subject: context.subject(table, row: row.title, column: title(name))))
      }
      if let earlier = first[key] {
        report(
          "指标“\(row.title)”写了两遍", "删去一个，或写清两者的区别",
          [.init("先写的一个", at: earlier.cells[name].place(in: earlier.file))])
      } else if let title = execution.first(where: { path.last?.hasSuffix($0) ?? false }) {
        report("“\(title)”已经单独计分，指标“\(row.title)”又计一次", "删去这个指标，或改用别的指标")
      }
      if first[key] == nil { first[key] = row }
    }
    return findings
  }

  /// What the rates are called that score beside the indicators: 执行率.
  private var executionTitles: [String] {
    let counts = table.blocks.contains { block in
      if case .score(let score, _) = block { score.includesExecution } else { false }
    }
    guard counts else { return [] }
    return table.grids.flatMap(\.panels).flatMap(\.panel.leaves).filter { leaf in
      leaf.rules.contains { if case .share = $0 { true } else { false } }
    }.map { normalizedTitle($0.title) }.filter { !$0.isEmpty }
  }
}
