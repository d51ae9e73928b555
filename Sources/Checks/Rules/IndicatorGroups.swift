import Content
import Diagnostics
import Fiscal
import Forms

extension Check {
  /// 指标分组与表样不符
  static let indicatorGroups = Check(
    "indicator-groups", .warning, "指标的分组与表样不符",
    why: "表样规定了一级、二级指标有哪些、各占多少分。写成别的名称、放错地方或少了一组，各单位的表就不能对照，分值也失去依据。",
    references: ["PRF-05", "PRF-15"],
    examples: [
      .passes(
        exampleGroups,
        (
          "targets.yaml",
          "指标: |\n  一级指标,二级指标,三级指标,分值\n  成本指标（20分）,经济成本指标,单价,20\n  产出指标,数量指标,人次,30\n  ,时效指标,完工时间,10\n"
        )),
      .passes(exampleGroups, ("targets.yaml", "指标: |\n  一级指标,二级指标,三级指标,分值\n  产出指标,数量指标,人次,50\n")),
      .fails(
        exampleGroups, ("targets.yaml", "指标: |\n  一级指标,二级指标,三级指标,分值\n  产出指标,↓数量,人次,50\n")),
      .fails(
        exampleGroups, ("targets.yaml", "指标: |\n  一级指标,二级指标,三级指标,分值\n  产出指标,数量指标,人次,30\n  ,↓经济成本指标,单价,20\n")),
      .fails(
        exampleGroups, ("targets.yaml", "指标: |\n  一级指标,二级指标,三级指标,分值\n  ↓成本指标,经济成本指标,单价,20\n")),
      .fails(
        exampleGroups, ("targets.yaml", "指标: |\n  一级指标,二级指标,三级指标,分值\n  ↓产出指标,数量指标,人次,45\n")),
    ]
  ) { context in
    context.indicatorTables.flatMap { $0.groupFindings(context) }
  }
}

/// A group as it was filled in: the place of its label, the declared group it is, and the points of its indicators.
private struct FilledGroup {
  var label: Cell
  var file: String
  var declared: IndicatorGroup
  var points: Rational?
  var inner: [FilledGroup] = []
}

extension IndicatorContext {
  fileprivate func groupFindings(_ context: CheckContext) -> [Finding] {
    guard !block.groups.isEmpty, !panel.rows.isEmpty else { return [] }
    var findings: [Finding] = []
    let filled = groups(in: panel.rows.indices, level: 0, of: block.groups, within: nil, context, &findings)
    let first = panel.rows[0].place
    findings += missing(from: block.groups, filled, at: first, within: nil, context)
    return findings + filled.flatMap { pointFindings($0, context) }
  }

  /// The groups of one level among some rows; what the form does not know there is a finding.
  private func groups(
    in rows: Range<Int>, level: Int, of declared: [IndicatorGroup], within outer: IndicatorGroup?,
    _ context: CheckContext, _ findings: inout [Finding]
  ) -> [FilledGroup] {
    guard !declared.isEmpty, level < block.levels.count - 1 else { return [] }
    let column = block.levels[level]
    var result: [FilledGroup] = []
    var next = rows.lowerBound
    while next < rows.upperBound {
      let start = next
      let label = panel.rows[start].cells[column]
      next += 1
      while next < rows.upperBound {
        let text = panel.rows[next].cells[column].text
        guard text.isEmpty || text == label.text else { break }
        next += 1
      }
      guard !label.text.isEmpty else { continue }
      guard let group = declared.first(where: { normalizedTitle($0.title) == groupName(label.text) }) else {
        findings.append(unknown(label, in: panel.rows[start].file, among: declared, within: outer, context))
        continue
      }
      let own = start..<next
      let inner = groups(in: own, level: level + 1, of: group.groups, within: group, context, &findings)
      var sum: Rational?
      for row in own {
        guard let column = block.points, let points = panel.rows[row].cells[column].number?.rational else {
          continue
        }
        sum = (sum ?? .zero).adding(points) ?? sum
      }
      result.append(
        FilledGroup(
          label: label, file: panel.rows[start].file, declared: group, points: sum, inner: inner))
    }
    return result
  }

  private func unknown(
    _ label: Cell, in file: String, among declared: [IndicatorGroup], within outer: IndicatorGroup?,
    _ context: CheckContext
  ) -> Finding {
    let here = outer.map { "“\($0.title)”之下" } ?? "指标表"
    let message: String
    if let place = placeOf(groupName(label.text), in: block.groups, below: nil) {
      message = "“\(label.text)”放错了地方：应在\(place)，不在\(here)"
    } else {
      message = "\(here)没有“\(label.text)”这一组"
    }
    return finding(
      at: label.place(in: file), message, "应为：" + declared.map(\.title).joined(separator: "、"), label.text,
      context)
  }

  /// Where the form has a group, in words.
  private func placeOf(_ name: String, in groups: [IndicatorGroup], below outer: String?) -> String? {
    for group in groups {
      if normalizedTitle(group.title) == name { return outer.map { "“\($0)”之下" } ?? "最外层" }
      if let found = placeOf(name, in: group.groups, below: group.title) { return found }
    }
    return nil
  }

  private func missing(
    from declared: [IndicatorGroup], _ filled: [FilledGroup], at place: Place, within outer: IndicatorGroup?,
    _ context: CheckContext
  ) -> [Finding] {
    let lacking = declared.filter { group in
      group.isRequired && !filled.contains { $0.declared.title == group.title }
    }
    let here = outer.map { "“\($0.title)”之下" } ?? "“\(block.title)”"
    return lacking.map {
      finding(at: place, "\(here)缺少“\($0.title)”", "补上这一组的指标", $0.title, context)
    }
      + filled.flatMap {
        missing(
          from: $0.declared.groups, $0.inner, at: $0.label.place(in: $0.file), within: $0.declared, context)
      }
  }

  private func pointFindings(_ group: FilledGroup, _ context: CheckContext) -> [Finding] {
    var findings = group.inner.flatMap { pointFindings($0, context) }
    let wanted = group.declared.points
    // Where the label itself names what the form wants, the other check compares the points with the label.
    if let points = group.points, !wanted.isEmpty, !wanted.contains(points),
      declaredPoints(group.label.text).map({ !wanted.contains($0) }) ?? true
    {
      findings.insert(
        finding(
          at: group.label.place(in: group.file),
          "“\(group.declared.title)”各项分值之和是 \(shown(points))，应为 \(wanted.map { shown($0) }.joined(separator: " 或 "))",
          "核对各项分值", group.label.text, context), at: 0)
    }
    return findings
  }

  private func finding(
    at place: Place, _ message: String, _ hint: String, _ row: String, _ context: CheckContext
  ) -> Finding {
    Finding(
      "indicator-groups", .warning, at: place, message, hint: hint, subject: context.subject(table, row: row))
  }
}

/// A group's label without its points: 产出指标（50分） is 产出指标.
private func groupName(_ label: String) -> String {
  let name = normalizedTitle(label)
  guard name.hasSuffix("分）"), let open = name.lastIndex(of: "（") else { return name }
  let points = name[name.index(after: open)...].dropLast(2)
  return points.allSatisfy { $0.isASCII && ($0.isNumber || $0 == ".") } ? String(name[..<open]) : name
}

private let exampleGroups = (
  name: "forms/targets.yaml",
  text: """
  id: targets
  title: 目标表
  sheet:
    - indicators:
        title: 指标
        columns: [一级指标, 二级指标, 三级指标, {title: 分值, type: score}]
        merge: [一级指标, 二级指标]
        levels: [一级指标, 二级指标, 三级指标]
        points: 分值
        groups:
          - {title: 成本指标, points: 20, groups: [经济成本指标, 社会成本指标]}
          - {title: 产出指标, points: [40, 50], required: true, groups: [数量指标, 质量指标, 时效指标]}
  """
)
