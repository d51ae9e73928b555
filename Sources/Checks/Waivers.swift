import Content
import Diagnostics
import Fiscal

/// A title as waivers and withheld lines name it.
func normalizedTitle(_ text: String) -> String { normalizedName(text) }

/// Marks the findings that waivers cover; a waiver that covers none is itself a finding.
func applyWaivers(
  _ waivers: [Waiver], to findings: inout [Finding], reportStale: Bool, within: (Subject) -> Bool
) {
  for waiver in waivers {
    var matched = false
    for index in findings.indices where within(findings[index].subject) && waiver.covers(findings[index]) {
      // Certain personal data is published for no reason whatever.
      if findings[index].isUnwaivable {
        matched = true
        findings[index].notes.append(.init("个人信息不能豁免", at: waiver.place))
        continue
      }
      if findings[index].waived == nil { findings[index].waived = waiver.reason }
      matched = true
    }
    if !matched, reportStale {
      findings.append(
        Finding(
          "stale-waiver", .warning, at: waiver.place, "这条豁免没有对应的问题：\(waiver.check)",
          hint: staleHint(waiver)))
    }
  }
}

/// A rule that does not exist covers nothing, whatever place is written beside it.
private func staleHint(_ waiver: Waiver) -> String {
  guard RuleBook.rule(waiver.check) == nil else {
    return "问题已经改正就删去豁免；否则核对 check、table、row、column、text 是否与问题一致"
  }
  let near = RuleBook.nearest(to: waiver.check).map { "，是否想写 \($0)？" } ?? "；照报告里方括号中的写"
  return "没有规则“\(waiver.check)”\(near)"
}

extension Finding {
  /// Whether no waiver counts: it found what is certainly personal data.
  var isUnwaivable: Bool { severity == .error && !secrets.isEmpty }
}

extension Waiver {
  /// The id and every part of the place must be the same; words are looked for in the message.
  func covers(_ finding: Finding) -> Bool {
    func same(_ left: String?, _ right: String?) -> Bool {
      left.map { normalizedTitle($0) } == right.map { normalizedTitle($0) }
    }
    guard check == finding.id else { return false }
    if let text {
      return finding.message.contains(text) && (table == nil || same(table, finding.subject.table))
    }
    return same(table, finding.subject.table) && same(row, finding.subject.row)
      && same(column, finding.subject.column)
  }
}
