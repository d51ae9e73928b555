import Content
import Diagnostics
import Forms

extension Check {
  /// 三公增减没有写原因
  static let changeWithoutReason = Check(
    "change-without-reason", "“三公”经费有增减，没有写原因",
    why: "公开办法要求说明“三公”经费增减变化的原因；为零的也要说明。整个一节里一处原因也没有，才算。", references: ["NAR-08"],
    examples: [
      .passes(
        exampleThreePublic, exampleThreePublicTable,
        ("narrative.md", "# “三公”经费情况\n\n比上年增加 1.00 万元，主要是换购一辆车。\n")),
      .fails(
        exampleThreePublic, exampleThreePublicTable,
        ("narrative.md", "# ↓“三公”经费情况\n\n公务接待费比上年增加 1.00 万元。\n")),
    ]
  ) { context in
    let scan = context.text
    let titles = scan.wording.words(.threePublic).map(\.scalarValues)
    let reasons = scan.wording.words(.reasonWords).map(\.scalarValues)
    let changes = ["增加", "减少", "增长", "下降"].map(\.scalarValues)
    let passages = scan.text.passages
    guard !reasons.isEmpty else { return [] }
    return passages.indices.compactMap { index -> Finding? in
      guard let depth = passages[index].depth else { return nil }
      guard holdsAny(of: titles, scan.text.scalars[passages[index].range]) else { return nil }
      let section = passages[(index + 1)...].prefix {
        $0.isNarrative && ($0.depth.map { $0 > depth } ?? true)
      }
      let stretches = section.map { scan.text.scalars[$0.range] }
      guard stretches.contains(where: { holdsAny(of: changes, $0) }),
        !stretches.contains(where: { holdsAny(of: reasons, $0) })
      else { return nil }
      return context.notice(
        "change-without-reason", .error, passages[index].range, "这一节写了增减，没有写原因", hint: "写明增减的原因，如“主要是……”")
    }
  }
}
