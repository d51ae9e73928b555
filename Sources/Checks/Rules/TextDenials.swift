import Content
import Diagnostics
import Fiscal

extension Check {
  /// 正文说没有，表里却有
  static let textDenials = Check(
    "text-denies-figure", "正文说没有，表里却有数",
    why: "“没有政府性基金预算支出”“未安排因公出国（境）费”与表里的数直接矛盾，往往是照抄上年的句子。",
    references: ["NAR-12", "NAR-06"],
    examples: [
      .passes(
        exampleNatures, exampleNaturesTable,
        ("narrative.md", "# 概况\n\n没有政府性基金预算支出，也没有培训项目支出。项目支出没有减少；无项目支出的单位不填。\n")),
      .passes(
        exampleOtherIncome, ("收入表.csv", "项目,金额\n事业收入,3.00\n其他收入,1.00\n"),
        ("narrative.md", "# 概况\n\n事业收入 3.00 万元、其他收入 1.00 万元，除上述收入外，没有其他收入。\n")),
      .fails(
        exampleNatures, exampleNaturesTable, ("narrative.md", "# 概况\n\n本部门↓没有项目支出。\n")),
      .fails(
        exampleThreeLines, ("三公支出.csv", "项目,金额\n因公出国（境）费,0\n公务接待费,7.00\n"),
        ("narrative.md", "# 概况\n\n无因公出国（境）费、↓公务接待费支出。\n")),
      .fails(
        exampleThreeLines, ("三公支出.csv", "项目,金额\n因公出国（境）费,0\n公务接待费,7.00\n"),
        ("narrative.md", "# 概况\n\n公务接待费本年↓没有安排。\n")),
    ]
  ) { context in
    guard let reading = context.reading else { return [] }
    return reading.passages.indices.flatMap { reading.denials(in: $0) }
  }
}

private let denials: [[Unicode.Scalar]] = ["没有安排", "没有发生", "没有", "未安排", "不安排", "未发生", "无"].map {
  Array($0.unicodeScalars)
}

extension TextReading {
  fileprivate func denials(in passage: Int) -> [Finding] {
    guard !passages[passage].isHeading else { return [] }
    let scalars = passages[passage].scalars
    var found: [Finding] = []
    var place = 0
    while place < scalars.count {
      guard let word = Checks.denials.first(where: { passages[passage].has($0, at: place) }),
        !passages[passage].isComputed(place..<place + word.count),
        let sentence = sentences[passage].first(where: { $0.contains(place) })
      else {
        place += 1
        continue
      }
      let end = clauseEnd(after: place + word.count, before: sentence.upperBound, scalars)
      let start = clauseStart(before: place, after: sentence.lowerBound, scalars)
      let year = readers[passage].yearOffset(in: start..<end, without: nil) ?? 0
      let behind = place + word.count..<end
      if year == 0 {
        if words[passage].content(in: behind).isEmpty {
          // 公务接待费本年没有安排
          if word.count > 2 || behind.isEmpty,
            let finding = denial(of: start..<place, at: place..<place + word.count, passage, start: start)
          {
            found.append(finding)
          }
        } else if words[passage].content(in: start..<place).isEmpty {
          found += items(in: behind, scalars).enumerated().compactMap { number, item in
            denial(of: item, at: number == 0 ? place..<place + word.count : item, passage, start: start)
          }
        }
      }
      place = end
    }
    return found
  }

  private func clauseEnd(after start: Int, before limit: Int, _ scalars: [Unicode.Scalar]) -> Int {
    var end = start
    while end < limit, scalars[end] != "，", scalars[end] != "；", scalars[end] != "：" { end += 1 }
    return end
  }

  private func clauseStart(before end: Int, after limit: Int, _ scalars: [Unicode.Scalar]) -> Int {
    var start = end
    while start > limit, scalars[start - 1] != "，", scalars[start - 1] != "；", scalars[start - 1] != "：" {
      start -= 1
    }
    return start
  }

  /// The things listed: A、B和C.
  private func items(in range: Range<Int>, _ scalars: [Unicode.Scalar]) -> [Range<Int>] {
    var items: [Range<Int>] = []
    var start = range.lowerBound
    for place in range where scalars[place] == "、" {
      if place > start { items.append(start..<place) }
      start = place + 1
    }
    if start < range.upperBound { items.append(start..<range.upperBound) }
    return items
  }

  /// 除上述收入外没有其他收入, 没有其他项目支出: any beside those, not the row that is called 其他收入.
  private func saysAnyOther(_ range: Range<Int>, _ word: Range<Int>, _ passage: Int) -> Bool {
    let text = passages[passage].text(range)
    guard text.hasPrefix("其他") || text.hasPrefix("任何") || text.hasPrefix("别的") else { return false }
    let sentence = sentences[passage].first { $0.contains(word.lowerBound) } ?? range
    let before = passages[passage].text(sentence.lowerBound..<max(sentence.lowerBound, word.lowerBound))
    if before.contains("除") || before.contains("上述") || before.contains("以外") { return true }
    // Only a row of just this name is meant.
    guard let first = words[passage].content(in: range).first else { return true }
    return first.token.range.lowerBound > range.lowerBound || (first.entry?.rows.isEmpty ?? true)
  }

  private func denial(of range: Range<Int>, at word: Range<Int>, _ passage: Int, start: Int) -> Finding? {
    // With a number in it, or with what it is used for, it denies something else.
    guard !passages[passage].scalars[range].contains(where: { asciiDigit($0) != nil }) else { return nil }
    if saysAnyOther(range, word, passage) { return nil }
    // 无项目支出的单位 denies nothing; 没有政府性基金预算安排的支出 does.
    let scalars = passages[passage].scalars
    if let of = range.last(where: { scalars[$0] == "的" }) {
      guard words[passage].tags(in: of + 1..<range.upperBound).keys.contains(where: { $0 == lanes.flow })
      else { return nil }
    }
    if word.lowerBound > 0,
      ["如", "若", "凡", "有", "是否"].contains(where: {
        passages[passage].has(Array($0.unicodeScalars), at: word.lowerBound - $0.unicodeScalars.count)
      })
    {
      return nil
    }
    // 支出 alone says nothing of what there is none of.
    let own = words[passage].tags(in: range)
    let names = words[passage].content(in: range)
    guard
      own.keys.contains(where: { $0 != lanes.flow && $0 != lanes.phase })
        || names.contains(where: { $0.entry?.tags.isEmpty ?? true })
    else { return nil }
    guard let context = context(of: start..<start, in: passage),
      let named = named(in: range, of: passage, year: 0, context: context, kind: .money),
      let cell = named.cells.first, named.cells.allSatisfy({ !$0.value.isZero })
    else { return nil }
    return Finding(
      "text-denies-figure", named.isDirect && named.isOne ? .error : .warning,
      at: passages[passage].place(word, in: file),
      "正文说没有“\(passages[passage].text(range))”，而\(address(cell).text)是 \(shown(cell))",
      hint: "照表写明金额，或核对表里的数", notes: named.cells.prefix(4).map { note($0) }, subject: subject(cell))
  }
}

private let exampleOtherIncome = (
  name: "forms/other-income.yaml",
  text: """
  id: other-income
  title: 收入表
  unit: 万元
  states: {flow: 收入}
  columns: [{id: item, title: 项目}, {id: amount, title: 金额, type: amount}]
  rows:
    - {title: 事业收入, states: {fund: 单位资金.事业}}
    - {title: 其他收入, states: {fund: 单位资金.其他}}
  """
)

private let exampleThreeLines = (
  name: "forms/three-lines.yaml",
  text: """
  id: three-lines
  title: 三公支出
  unit: 万元
  states: {flow: 支出}
  columns: [{id: item, title: 项目}, {id: amount, title: 金额, type: amount}]
  rows:
    - {title: 因公出国（境）费, states: {item: 三公.出国}}
    - {title: 公务接待费, states: {item: 三公.接待}}
  """
)
