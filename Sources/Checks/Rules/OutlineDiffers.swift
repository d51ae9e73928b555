import Content
import Diagnostics
import Fiscal
import Markdown

extension Check {
  /// 正文缺少规定的部分
  static let outlineDiffers = Check(
    "outline-differs", .warning, "正文缺少规定的部分，或次序不对",
    why: "公开办法规定了说明由哪些部分组成、按什么次序；少一部分，读者不知道是没有还是漏了，各部门之间也无从对照。多写的部分不受限制。",
    references: ["NAR-11"],
    examples: [
      .passes(
        exampleThreePublic, exampleThreePublicTable, exampleOutline,
        ("narrative.md", "# 县局部门概况\n\n甲。\n\n# 2022年度预算 情况\n\n乙。\n\n# 补充\n\n丙。\n\n# 名词解释\n\n丁。\n")),
      .passes(
        exampleThreePublic, exampleThreePublicTable, exampleOutline,
        ("narrative.md", "# 本县的县局概况\n\n甲。\n\n# 2022年预算安排情况说明\n\n乙。\n\n# 专业名词解释\n\n丁。\n")),
      .passes(
        exampleThreePublic, exampleThreePublicTable, exampleOutlineOfTables,
        ("narrative.md", "# 单位概况\n\n甲。\n\n# 名词解释\n\n丁。\n\n# 2022年单位预算表\n\n{{ 表 三公 }}\n")),
      .fails(
        exampleThreePublic, exampleThreePublicTable, exampleOutline,
        ("narrative.md", "↓# 部门概况\n\n甲。\n\n# 名词解释\n\n丁。\n")),
      .fails(
        exampleThreePublic, exampleThreePublicTable, exampleOutline,
        ("narrative.md", "# 部门概况\n\n甲。\n\n↓# 名词解释\n\n丁。\n\n# 预算情况\n\n乙。\n")),
    ]
  ) { context in
    guard let narrative = context.disclosure.narrative, let outline = context.disclosure.set?.outline else {
      return []
    }
    let headings = narrative.headings.filter { $0.depth == 1 }
    let unit = context.disclosure.unit
    let names = [unit.name, unit.shortName].map { normalizedName($0) }
    let parts = headings.map { plainTitle($0.text, names) }
    let found = outline.map { part in place(of: plainTitle(part, names), in: parts) }
    // 部门预算表 stands where a reader finds it best.
    let ofTables = zip(outline, found).compactMap { part, index in part.hasSuffix("表") ? index : nil }
    let tables = tablesOnly(headings.count, in: narrative).union(ofTables)
    // Where tables stand by themselves, before or behind the words, is not prescribed.
    let inOrder = longestRise(of: found.compactMap { $0 }.filter { !tables.contains($0) }).union(tables)
    let hint = "表套规定的部分和次序：" + outline.joined(separator: "、")
    return zip(outline, found).compactMap { part, index -> Finding? in
      let subject = context.subject(row: part)
      guard let index else {
        return Finding(
          "outline-differs", .warning, at: Place(file: narrative.file, line: 1, column: 1, length: 1),
          "正文缺少“\(part)”这一部分",
          hint: hint + "；没有内容也要写明", subject: subject)
      }
      guard !inOrder.contains(index) else { return nil }
      return Finding(
        "outline-differs", .warning, at: headings[index].place, "“\(part)”的次序与规定的不同", hint: hint,
        subject: subject)
    }
  }
}

/// The heading of a part: the same words, or else the shortest that says them with more between (预算安排情况说明 for
/// 预算情况说明, 某局概况 for 部门概况); a unit below a department says 单位.
private func place(of part: String, in headings: [String]) -> Int? {
  if let same = headings.firstIndex(of: part) { return same }
  let core = coreTitle(part)
  guard core.count > 1 else { return nil }
  return headings.indices.filter { isAlike(core, coreTitle(headings[$0])) }.min {
    headings[$0].count < headings[$1].count
  }
}

/// Whether one title says the other with more words between, or in words that mean the same.
private func isAlike(_ part: [Character], _ heading: [Character]) -> Bool {
  if says(part[...], heading) { return true }
  if heading.count >= 4, heading.count * 2 >= part.count, says(heading[...], part) { return true }
  let (first, second) = (String(part), String(heading))
  return sameTitles.contains { same in
    same.contains(first) && same.contains { second.hasSuffix($0) }
  }
}

private let sameTitles = [["概况", "基本情况", "简介"], ["其他需要说明的情况", "其他需要说明的问题", "其他需要说明的事项"]]

private func coreTitle(_ title: String) -> [Character] {
  Array(["部门", "单位", "（", "）"].reduce(title) { $0.replacing($1, with: "") })
}

private func says(_ words: ArraySlice<Character>, _ title: [Character]) -> Bool {
  var rest = words
  for character in title where character == rest.first { rest.removeFirst() }
  return rest.isEmpty
}

/// The parts that hold no words of their own, only tables.
private func tablesOnly(_ count: Int, in narrative: Narrative) -> Set<Int> {
  var part = -1
  var hasWords: Set<Int> = []
  for block in narrative.document.blocks {
    switch block {
    case .heading(let heading) where heading.depth == 1: part += 1
    case .heading, .placeholder, .thematicBreak: break
    case .paragraph(let inlines, _) where isReference(plainText(of: inlines)): break
    case .paragraph, .list, .quote, .code: hasWords.insert(part)
    }
  }
  return Set(0..<count).subtracting(hasWords)
}

/// 见附表。
private func isReference(_ text: String) -> Bool {
  text.count <= 20 && ["附表", "附件", "下表", "表格"].contains { text.contains($0) }
}

/// A heading without the unit's name and the year before it: “某局2024年度部门预算表” is 部门预算表.
private func plainTitle(_ text: String, _ names: [String]) -> String {
  var title = normalizedName(text)
  while true {
    let before = title
    for name in names where !name.isEmpty && title.hasPrefix(name) {
      title = String(title.dropFirst(name.count))
    }
    let digits = title.prefix { $0.isASCII && $0.isNumber }
    if digits.count == 4, title.dropFirst(4).hasPrefix("年") {
      title = String(title.dropFirst(title.dropFirst(4).hasPrefix("年度") ? 6 : 5))
    }
    if title == before || title.isEmpty { return before }
  }
}

/// The most numbers of a row that rise from one to the next: what is in order, so that one part out of place is one fault.
private func longestRise(of numbers: [Int]) -> Set<Int> {
  var rises: [[Int]] = []
  for number in numbers {
    let before = rises.filter { ($0.last ?? -1) < number }.max { $0.count < $1.count } ?? []
    rises.append(before + [number])
  }
  return Set(rises.max { $0.count < $1.count } ?? [])
}

private let exampleOutline = (name: "set.yaml", text: "outline: [部门概况, 预算情况, 名词解释]\n")
private let exampleOutlineOfTables = (name: "set.yaml", text: "outline: [部门概况, 部门预算表, 名词解释]\n")
