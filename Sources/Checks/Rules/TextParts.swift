import Content
import Diagnostics
import Fiscal

extension Check {
  /// 正文列举的各项之和与总数不符
  static let textParts = Check(
    "text-parts-differ", .warning, "正文列举的各项与总数不符",
    why: "“由人员经费 6 万元、公用经费 4 万元组成”说的是全部，加起来应等于前面的总数；“其中”的各项加起来不会大于总数。"
      + "没有说明是全部的列举，少于总数的不报。",
    references: ["NAR-04", "PRF-20"],
    examples: [
      .passes(
        exampleNatures, exampleNaturesTable,
        ("narrative.md", "# 概况\n\n培训经费 10.00 万元，其中场地 3.00 万元，实际支出 9.00 万元。采购 8 万元，分为两部分：货物 5 万元，服务 3 万元。\n")),
      .fails(
        exampleNatures, exampleNaturesTable,
        ("narrative.md", "# 概况\n\n培训经费 ↓10.00 万元，其中场地 8.00 万元、教材 3.00 万元。\n")),
      .fails(
        exampleNatures, exampleNaturesTable,
        ("narrative.md", "# 概况\n\n采购 ↓9.00 万元，分为两部分：货物 5.00 万元，服务 3.00 万元。\n")),
    ]
  ) { context in
    guard let reading = context.reading else { return [] }
    return reading.passages.indices.flatMap { passage in
      reading.sentences[passage].compactMap { reading.partsFault(in: $0, of: passage) }
    }
  }
}

extension TextReading {
  fileprivate func partsFault(in sentence: Range<Int>, of passage: Int) -> Finding? {
    let all = tiesOfPassage[passage].filter { ties[$0].clause.sentence == sentence }
    guard let whole = all.first, ties[whole].clause.role == .level, ties[whole].clause.number.isMoney,
      all.count > 2,
      !ties[whole].clause.number.isRough, !ties[whole].clause.isOfWhich
    else { return nil }
    let scalars = passages[passage].scalars
    let start = ties[whole].clause.number.range.upperBound
    guard let first = all.dropFirst().first(where: { ties[$0].clause.role == .level }) else { return nil }
    let link = passages[passage].text(start..<ties[first].clause.number.range.lowerBound)
    let isOfWhich = ties[first].clause.isOfWhich
    let isComplete = link.contains("：") && ["组成", "包括", "分为", "部分", "分别为"].contains { link.contains($0) }
    guard isOfWhich || isComplete else { return nil }
    var parts: [Int] = []
    for index in all where index >= first {
      let clause = ties[index].clause
      guard clause.role == .level, clause.number.isMoney else { continue }
      if clause.number.isRough || clause.number.isRange { return nil }
      // 其中 within the list is of one of its items.
      if clause.isOfWhich, index != first { if isComplete { continue } else { break } }
      if !isComplete, index != first {
        let between = scalars[ties[index - 1].clause.number.range.upperBound..<clause.number.range.lowerBound]
        if between.contains("；") || between.contains("：") { break }
        // 其中财政拨款 90 万元，实际支出 85 万元: only what is listed in one way are parts of one whole.
        guard between.first == "、" || isAlike(index, first, in: passage) else { break }
      }
      // An item that is of another year, or that repeats the whole, is no part.
      if clause.yearOffset ?? 0 != 0 || clause.baseline != nil { return nil }
      // 办公费 2 万元、差旅费 1 万元等商品和服务支出 9 万元: a sum among what it sums.
      if passages[passage].has(["等"], at: ties[index - 1].clause.number.range.upperBound) { return nil }
      parts.append(index)
    }
    guard parts.count > 1,
      parts.contains(where: { !ties[$0].clause.number.isComputed }) || !ties[whole].clause.number.isComputed
    else { return nil }
    var sum = Measure(.zero, Interval(exactly: .zero))
    for part in parts {
      guard let next = sum.plus(Measure(ties[part].clause.number)) else { return nil }
      sum = next
    }
    let total = Measure(ties[whole].clause.number)
    let isWrong = isComplete ? !sum.interval.meets(total.interval) : sum.interval.lower > total.interval.upper
    guard isWrong else { return nil }
    // Items within items cannot be told from items beside them: what adds up without the last ones is right.
    if isComplete, adds(parts, to: total) { return nil }
    let step = ties[whole].clause.number.step
    return Finding(
      "text-parts-differ", .warning, at: place(ties[whole]),
      "正文写\(quoted(ties[whole]))，而\(isComplete ? "列举" : "“其中”")的各项合计 \(amount(sum.value, step: step))\(isComplete ? "" : "，大于总数")",
      hint: "核对各项和总数，改正错的一处",
      notes: parts.prefix(8).map { Finding.Note(text(ties[$0]), at: place(ties[$0])) },
      subject: subject(ties[whole].cell))
  }

  /// Whether two amounts are said to be of the same kind: of two funds, of two natures.
  private func isAlike(_ index: Int, _ first: Int, in passage: Int) -> Bool {
    let own = Set(words[passage].tags(in: ties[index].clause.near).keys)
    return !own.isEmpty && own == Set(words[passage].tags(in: ties[first].clause.near).keys)
  }

  /// Whether some first ones of the parts make the whole.
  private func adds(_ parts: [Int], to total: Measure) -> Bool {
    var sum = Measure(.zero, Interval(exactly: .zero))
    for part in parts {
      guard let next = sum.plus(Measure(ties[part].clause.number)) else { return false }
      sum = next
      if sum.interval.meets(total.interval) { return true }
    }
    return false
  }
}
