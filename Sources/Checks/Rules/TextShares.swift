import Content
import Diagnostics
import Fiscal

extension Check {
  /// 正文的占比、完成率与金额不符
  static let textShares = Check(
    "text-share-differs", .warning, "正文里的占比、完成率与金额不符",
    why: "“占 62.31%”“完成预算的 90.72%”由两个金额相除而来，改了金额要跟着改。没有说明占什么的，与句子、表里任何一个总数对得上就不报。",
    references: ["NAR-03", "NAR-09"],
    examples: [
      .passes(
        exampleNatures, exampleNaturesTable,
        ("narrative.md", "# 概况\n\n支出合计 10.00 万元。基本支出 6.00 万元，占 60.00%；项目支出 4.00 万元，占支出的 40%。\n")),
      .passes(
        exampleNatures, exampleNaturesTable,
        ("narrative.md", "# 概况\n\n培训年初预算 8.00 万元，实际支出 6.00 万元，完成预算的 75.00%。\n")),
      .passes(
        exampleNatures, exampleNaturesTable,
        ("narrative.md", "# 概况\n\n购置年初预算 0 万元，实际支出 0 万元，完成预算的 0%。基本支出 6.00 万元、项目支出 4.00 万元，分别占 60%、40%。\n")),
      .passes(
        exampleNatures, exampleNaturesTable,
        ("narrative.md", "# 概况\n\n基本支出占 60.00%，项目支出占支出合计的 40%。2021 年基本支出占 55%。\n")),
      .passes(
        exampleNatures, exampleNaturesTable,
        ("narrative.md", "# 概况\n\n支出合计 10.00 万元。基本支出 6.00 万元、项目支出 4.00 万元，合计占支出的 100%。\n")),
      .fails(
        exampleNatures, exampleNaturesTable,
        ("narrative.md", "# 概况\n\n支出合计 10.00 万元。基本支出 6.00 万元，占 ↓66.00%。\n")),
      .fails(
        exampleNatures, exampleNaturesTable,
        ("narrative.md", "# 概况\n\n支出合计 10.00 万元，其中基本支出占 60.00%，项目支出占 ↓44.00%。\n")),
      .fails(
        exampleNatures, exampleNaturesTable,
        ("narrative.md", "# 概况\n\n培训年初预算 8.00 万元，实际支出 6.00 万元，完成预算的 ↓0.75%。\n")),
      .fails(
        exampleNatures, exampleNaturesTable,
        ("narrative.md", "# 概况\n\n培训年初预算 0 万元，实际支出 6.00 万元，完成预算的 ↓100%。\n")),
    ]
  ) { context in
    guard let reading = context.reading else { return [] }
    return reading.ties.indices.compactMap { index in
      let tie = reading.ties[index]
      let number = tie.clause.number
      guard !tie.isTied, !tie.isConfirmed, !number.isComputed, !number.isRange, !number.isRough else {
        return nil
      }
      return reading.shareFault(index) ?? reading.completionFault(index)
    }
  }
}

extension TextReading {
  fileprivate func shareFault(_ index: Int) -> Finding? {
    let tie = ties[index]
    guard let wholes = wholes(ofShare: index).first else { return nil }
    let known = wholes.cells.map { Measure($0) } + wholes.amounts
    // The largest, where words do not name the whole.
    guard let whole = wholes.isNamed ? known.first : known.max(by: { $0.value < $1.value }),
      let part = wholes.partCell,
      let expected = wholes.part.percent(of: whole)
    else { return nil }
    let right = expected.value.text(decimals: max(2, tie.clause.number.decimals)) ?? ""
    // Several readings of the words may name one cell.
    var notes = [note(part)]
    for cell in wholes.isNamed ? wholes.cells : [] where notes.count < 3 && !notes.contains(note(cell)) {
      notes.append(note(cell))
    }
    let how = "\(shown(part)) 占 \(amount(whole.value, step: part.step)) 的 \(right)%"
    return Finding(
      "text-share-differs", .warning, at: place(tie), "正文写“占”\(quoted(tie))，而\(how)", hint: "核对占比，并写明占什么",
      notes: notes, subject: subject(part))
  }

  fileprivate func completionFault(_ index: Int) -> Finding? {
    let tie = ties[index]
    guard let (done, planned) = completion(index) else { return nil }
    let (part, whole) = (Measure(ties[done].clause.number), Measure(ties[planned].clause.number))
    let notes = [done, planned].compactMap { ties[$0].cell.map { note($0) } }
    guard !whole.value.isZero else {
      if part.value.isZero, tie.clause.number.value.isZero { return nil }
      return Finding(
        "text-share-differs", .error, at: place(tie), "正文写完成\(quoted(tie))，而预算为零，没有完成率",
        hint: "删去百分比，写明年初没有预算",
        notes: notes, subject: subject(ties[done].cell))
    }
    guard let expected = part.percent(of: whole), !tie.clause.number.agrees(with: expected) else {
      return nil
    }
    let right = expected.value.text(decimals: max(2, tie.clause.number.decimals)) ?? ""
    return Finding(
      "text-share-differs", .warning, at: place(tie),
      "正文写完成\(quoted(tie))，而\(text(ties[done])) 是 \(text(ties[planned])) 的 \(right)%",
      hint: "核对金额和完成率，改正错的一处",
      notes: notes, subject: subject(ties[done].cell))
  }
}
