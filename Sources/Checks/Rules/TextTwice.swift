import Content
import Diagnostics
import Fiscal

extension Check {
  /// 正文里同一件事有两个数
  static let textTwice = Check(
    "text-says-two-figures", .warning, "正文里同一件事有两个数",
    why: "表里没有的数（如在职人数、机关运行经费）常在正文里说几遍，各处必须相同。只比较说法完全一样、周围没有别的限定的。",
    references: ["NAR-05"],
    examples: [
      .passes(
        exampleNatures, exampleNaturesTable,
        ("narrative.md", "# 概况\n\n本部门会议费 3.00 万元。2021 年会议费 2.00 万元。\n\n# 会议\n\n会议费 3 万元。\n")),
      .fails(
        exampleNatures, exampleNaturesTable,
        ("narrative.md", "# 概况\n\n本部门会议费 3.00 万元。\n\n# 预算情况\n\n会议费 ↓5.00 万元。\n")),
    ]
  ) { context in
    guard let reading = context.reading else { return [] }
    return reading.repeated()
  }
}

extension TextReading {
  fileprivate func repeated() -> [Finding] {
    struct Key: Hashable {
      var key: FactKey
      var kind: TextNumber.Kind
    }
    // One of the two must be typed.
    guard ties.contains(where: { !$0.clause.number.isComputed && $0.clause.number.isMoney }) else {
      return []
    }
    settleAll()
    var first: [Key: [Int]] = [:]
    var found: [Finding] = []
    for index in ties.indices {
      let tie = ties[index]
      let number = tie.clause.number
      guard case .level = tie.clause.role, !tie.isTied, number.isMoney, !number.isRange, !number.isRough,
        (tie.clause.yearOffset ?? sentenceYear(of: index)) == 0, !tie.clause.isOfWhich,
        let key = wholeKey(of: index)
      else { continue }
      let same = Key(key: key, kind: number.kind)
      defer { first[same, default: []].append(index) }
      guard let earlier = first[same],
        !number.isComputed || earlier.contains(where: { !ties[$0].clause.number.isComputed })
      else { continue }
      guard !earlier.contains(where: { ties[$0].clause.number.interval.meets(number.interval) }),
        let other = earlier.first
      else { continue }
      found.append(
        Finding(
          "text-says-two-figures", .warning, at: place(tie),
          "正文这里写\(quoted(tie))，前面写\(quoted(ties[other]))，说的是同一件事", hint: "核对两处，改正错的一处；写明口径就不会误会",
          notes: [Finding.Note("前面：\(text(ties[other]))", at: place(ties[other]))],
          subject: disclosure.subject))
    }
    return found
  }

  /// The fact that the words name fully, where no table states it; nil where anything is left open.
  private func wholeKey(of index: Int) -> FactKey? {
    let clause = ties[index].clause
    guard let context = context(of: index), let item = facts.dimension("item") else { return nil }
    let content = words[ties[index].passage].content(in: clause.near)
    guard !content.isEmpty, content.allSatisfy({ !($0.entry?.tags.isEmpty ?? true) }) else { return nil }
    let own = words[ties[index].passage].tags(in: clause.near)
    // 基本支出 may be that of any fund or unit; 会议费 is not split.
    guard own[item] != nil, context.rows.isEmpty, context.tags.allSatisfy({ own[$0.key] != nil }) else {
      return nil
    }
    var key = FactKey()
    for (dimension, value) in own { key[dimension] = value }
    return key
  }
}
