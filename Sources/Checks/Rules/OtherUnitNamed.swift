import Content
import Diagnostics
import Fiscal
import Forms

extension Check {
  /// 别的单位的名称
  static let otherUnitNamed = Check(
    "other-unit-named", .warning, "标题里自称的是别的单位",
    why: "用别的单位的文档作底稿，标题和“填报单位”里的名称最容易漏改。只看在说自己的地方：标题里单位名称接着“部门预算”“概况”等，和“填报单位”一类的栏；"
      + "正文里提到别的单位是正常的，不算。",
    references: ["TXT-09", "FRM-02"],
    examples: [
      .passes(
        exampleThreePublic, exampleThreePublicTable,
        ("narrative.md", "# 某县县局2022年部门预算\n\n甲。\n\n# 县局概况\n\n与水利局合署办公。\n\n# 所属单位概况\n\n乙。\n")),
      .fails(exampleThreePublic, exampleThreePublicTable, ("narrative.md", "# ↓水利局概况\n\n甲。\n")),
      .fails(exampleThreePublic, exampleThreePublicTable, ("narrative.md", "# ↓水利局2022年部门预算\n\n甲。\n")),
    ]
  ) { context in
    let scan = context.text
    let unit = context.disclosure.unit
    let own = [unit.name, unit.shortName].map { normalizedName($0) }
    let selfWords = scan.wording.words(.selfWords).map(\.scalarValues)
    let reporters = Set(scan.wording.words(.reporterTitles).map { normalizedName($0) })
    // Units that the tables list belong to the disclosure: a part of the text may speak of one of them.
    lazy var listed = context.listedUnits
    func isSubordinate(_ name: String) -> Bool {
      listed.contains { $0.hasSuffix(name) || name.hasSuffix($0) }
    }
    var findings: [Finding] = []
    for passage in scan.text.passages {
      let isTitle = passage.depth.map { $0 <= 2 } ?? false
      let isReporter =
        passage.role == .field && passage.row.map { reporters.contains(normalizedName($0)) } == true
        // A sheet for each project or unit is filled in by those below.
        && passage.table.map { context.disclosure.tables[$0].form.instances == nil } == true
      guard isTitle || isReporter, passage.range.count <= 60 else { continue }
      guard let range = isReporter ? scan.wholeName(in: passage) : scan.selfName(in: passage, selfWords)
      else { continue }
      let name = normalizedName(scan.text.text(range))
      guard !scan.isSame(name, own, region: unit.region), !isSubordinate(name) else { continue }
      findings.append(
        context.notice(
          "other-unit-named", .warning, range, "这里写的是“\(name)”，本单位是“\(unit.name)”",
          hint: "改为本单位的名称；是简称，就写进 unit.yaml 的 short-name"))
    }
    return findings
  }
}

extension CheckContext {
  /// The names that stand in the first columns of words of the tables, as far as they look like units.
  fileprivate var listedUnits: [String] {
    let endings = text.wording.words(.organEndings)
    var names: Set<String> = []
    for table in disclosure.tables {
      for panel in table.panels {
        let columns = panel.panel.leaves.filter { [.text, .name].contains($0.type) }.prefix(3).map(\.index)
        for row in panel.rows {
          for column in columns where row.cells[column].state == .value {
            let name = normalizedName(row.cells[column].text)
            if name.count >= 3, endings.contains(where: { name.hasSuffix($0) }) { names.insert(name) }
          }
        }
      }
    }
    return names.sorted()
  }
}

extension TextScan {
  /// The name in a field such as 填报单位, without （盖章） and the like.
  fileprivate func wholeName(in passage: Passage) -> Range<Int>? {
    let scalars = text.scalars
    var end = passage.range.lowerBound
    while end < passage.range.upperBound, isHan(scalars[end]) { end += 1 }
    let range = passage.range.lowerBound..<end
    return isName(range) ? range : nil
  }

  /// The name of a unit in a title that speaks of itself: 某局2022年部门预算, 2022年某局部门预算, 某局概况.
  fileprivate func selfName(in passage: Passage, _ words: [[UInt32]]) -> Range<Int>? {
    let scalars = text.scalars
    for word in words {
      guard let found = firstPlace(of: word[...], in: scalars[passage.range]) else { continue }
      var end = found
      // The year may stand between.
      while end > passage.range.lowerBound,
        !isHan(scalars[end - 1]) || [0x5E74, 0x5EA6].contains(scalars[end - 1])
      {
        end -= 1
      }
      var start = end
      while start > passage.range.lowerBound, isHan(scalars[start - 1]),
        ![0x5E74, 0x5EA6].contains(scalars[start - 1])
      {
        start -= 1
      }
      if isName(start..<end) { return start..<end }
    }
    return nil
  }

  private func isName(_ range: Range<Int>) -> Bool {
    guard range.count >= 3 else { return false }
    let name = text.text(range)
    return wording.words(.organEndings).contains { name.hasSuffix($0) }
      && !wording.words(.organExceptions).contains { name.hasPrefix($0) }
      && !["和", "与", "及", "关于"].contains { name.contains($0) }
  }

  /// Whether a name is one of the unit's own: with more or less of its region before it, or 本级 behind it.
  fileprivate func isSame(_ name: String, _ own: [String], region: [String]) -> Bool {
    func core(_ name: String) -> String {
      var name = name
      for suffix in ["本级", "机关"] where name.hasSuffix(suffix) { name = String(name.dropLast(suffix.count)) }
      for part in region where name.hasPrefix(part) { name = String(name.dropFirst(part.count)) }
      return name
    }
    let wanted = core(name)
    return own.contains { known in
      let known = core(known)
      guard !known.isEmpty, !wanted.isEmpty else { return true }
      return known.hasSuffix(wanted) || wanted.hasSuffix(known) || known.hasPrefix(wanted)
        || wanted.hasPrefix(known)
    }
  }
}
