import Content
import Diagnostics
import Fiscal
import Forms

extension Check {
  /// 手写的目录与标题不符
  static let contentsDiffer = Check(
    "contents-differ", .warning, "手写的目录与标题不符",
    why: "目录照旧文档留下，标题改了，读者按目录就找不到。网页的目录自动生成，手写的可以删去。", references: ["NAR-11"],
    examples: [
      .passes(
        exampleThreePublic, exampleThreePublicTable,
        ("narrative.md", "# 目录\n\n- 一、部门概况\n- 二、三公\n- 名词解释……8\n\n# 部门概况\n\n甲。\n\n# 名词解释\n\n乙。\n")),
      .fails(
        exampleThreePublic, exampleThreePublicTable,
        ("narrative.md", "# 目录\n\n- 部门概况\n- ↓收支情况\n\n# 部门概况\n\n甲。\n")),
    ]
  ) { context in
    let scan = context.text
    let names = Set(scan.wording.words(.contentsTitles))
    let passages = scan.text.passages
    guard
      let head = passages.firstIndex(where: {
        $0.depth != nil && names.contains(normalizedName(scan.text.text(of: $0)))
      })
    else { return [] }
    var known = Set(passages.filter { $0.depth != nil }.map { entryName(scan.text.text(of: $0)) })
    for table in context.disclosure.tables {
      known.formUnion(([table.name] + table.form.names).map { entryName($0) })
    }
    return passages[(head + 1)...].prefix { $0.depth == nil && $0.isNarrative }.flatMap { passage in
      scan.text.scalars[passage.range].split(separator: 0x0A).compactMap { line -> Finding? in
        let range = line.startIndex..<line.endIndex
        let name = entryName(scan.text.text(range))
        guard !name.isEmpty, !known.contains(name) else { return nil }
        return context.notice(
          "contents-differ", .warning, range, "目录里的“\(name)”没有对应的标题或表", hint: "改成正文的标题，或删去手写的目录")
      }
    }
  }

  /// 标题重复、标题下没有内容
  static let headingTwice = Check(
    "heading-twice", .warning, "标题重复，或标题下没有内容",
    why: "同一级里两个标题一样，读者分不清；标题下什么也没有，多半是漏了一段。没有内容的写“无”。", references: ["TXT-10"],
    examples: [
      .passes(
        exampleThreePublic, exampleThreePublicTable,
        ("narrative.md", "# 概况\n\n## 职责\n\n甲。\n\n# 预算\n\n## 职责\n\n无。\n")),
      .fails(exampleThreePublic, exampleThreePublicTable, ("narrative.md", "# 概况\n\n甲。\n\n↓# 概况\n\n乙。\n")),
      .fails(exampleThreePublic, exampleThreePublicTable, ("narrative.md", "# 概况\n\n甲。\n\n↓# 其他\n")),
    ]
  ) { context in
    guard let narrative = context.disclosure.narrative else { return [] }
    let parts = narrative.outlineParts
    var findings: [Finding] = []
    // Headings under the present heading of each depth.
    var open: [(depth: Int, names: Set<String>)] = [(0, [])]
    for (index, part) in parts.enumerated() {
      while let last = open.last, last.depth >= part.depth { open.removeLast() }
      let name = normalizedName(part.text)
      if !name.isEmpty, open[max(open.count - 1, 0)].names.contains(name) {
        findings.append(
          Finding(
            "heading-twice", .warning, at: part.place, "同一级里已经有“\(part.text)”这个标题", hint: "合并两处，或改标题",
            subject: context.subject()))
      }
      open[max(open.count - 1, 0)].names.insert(name)
      open.append((part.depth, []))
      let isFollowed = index + 1 < parts.count && parts[index + 1].depth > part.depth
      if part.isEmpty, !isFollowed {
        findings.append(
          Finding(
            "heading-twice", .warning, at: part.place, "“\(part.text)”下面没有内容", hint: "补上内容；没有的写“无”",
            subject: context.subject()))
      }
    }
    return findings
  }
}

/// An entry without number, leader and page: `一、部门概况……3` is 部门概况.
private func entryName(_ text: String) -> String {
  let marks = Set("….．·-—_ \t　0123456789０１２３４５６７８９（）()第页".unicodeScalars)
  var scalars = Array(normalizedName(text).unicodeScalars)
  while let last = scalars.last, marks.contains(last) { scalars.removeLast() }
  var view = String.UnicodeScalarView()
  view.append(contentsOf: scalars)
  var name = String(view)
  // 第一部分 部门概况
  if name.hasPrefix("第"), let part = name.firstRange(of: "部分"),
    name.distance(from: name.startIndex, to: part.lowerBound) <= 4
  {
    name = String(name[part.upperBound...].drop { "、：".contains($0) })
  }
  return normalizedName(name)
}
