import Content
import Diagnostics
import Fiscal
import Forms
import Parsing

/// Who has not published in time, or is about to be late, and dates that lie ahead (公开时限).
///
/// - Parameter today: The day on which to judge; nothing else here knows what day it is. Nil says nothing of it.
public func inspectTiming(
  _ summaries: [UnitSummary], deadlines: [Deadline], kinds: [Kind], today: CalendarDay?
) -> [Finding] {
  var findings: [Finding] = []
  for deadline in deadlines {
    guard let kind = kinds.first(where: { $0.id == deadline.kind }) else {
      let near = nearest(to: deadline.kind, among: kinds.map(\.id))
      findings.append(
        Finding(
          "site-settings", at: deadline.kindPlace, "“\(deadline.kind)”不是公开类别",
          hint: near.map { "是否想写 \($0)？" } ?? "可用的类别：" + kinds.map(\.id).joined(separator: "、")))
      continue
    }
    guard let last = deadline.lastDay(for: kind) else {
      findings.append(
        Finding("site-settings", at: deadline.place, "\(kind.title)没有规定批复后几天内公开", hint: "写 by: 最后一天"))
      continue
    }
    let slugs = summaries.map(\.slug)
    for slug in deadline.except where !slugs.contains(slug) {
      findings.append(
        Finding(
          "site-settings", .warning, at: deadline.place, "公开期限的 except 里，“\(slug)”不是本站的单位",
          hint: nearest(to: slug, among: slugs).map { "是否想写 \($0)？" } ?? "写单位的文件夹名"))
    }
    for summary in summaries where !deadline.except.contains(summary.slug) {
      if let finding = summary.finding(on: deadline, kind, last, today) { findings.append(finding) }
    }
  }
  guard let today else { return findings }
  for summary in summaries {
    for document in summary.documents where document.archive == nil {
      guard let published = document.published.flatMap({ CalendarDay($0) }), published > today else {
        continue
      }
      findings.append(
        Finding(
          "published-in-future", .info, at: document.place, "发布日期 \(published.text) 还没有到（今天是 \(today.text)）",
          hint: "到时公开的不用理会；写错了就改正",
          subject: Subject(unit: summary.slug, year: document.year, kind: document.kind.id)))
    }
  }
  return findings
}

extension Deadline {
  /// The day written, or the prescribed number of days after the approval.
  fileprivate func lastDay(for kind: Kind) -> CalendarDay? {
    if let last { return last }
    guard let days = kind.timing.days else { return nil }
    return approved?.adding(days: days)
  }
}

extension UnitSummary {
  fileprivate func finding(on deadline: Deadline, _ kind: Kind, _ last: CalendarDay, _ today: CalendarDay?)
    -> Finding?
  {
    let what = "\(deadline.year)年\(kind.title)"
    let subject = Subject(unit: slug, year: deadline.year, kind: kind.id)
    let note = Finding.Note("公开期限：\(last.text)", at: deadline.place)
    if let document = document(deadline.year, kind), document.isPublished {
      // A disclosure with its own approval has been judged by it.
      guard document.approved == nil, document.archive == nil,
        let published = document.published.flatMap({ CalendarDay($0) }), published > last
      else { return nil }
      return Finding(
        "published-late", .warning, at: document.place, "\(what)应在 \(last.text) 以前公开，发布日期是 \(published.text)",
        hint: "核对发布日期；另有批复日期的，写 approved", notes: [note], subject: subject)
    }
    guard let today else { return nil }
    let held = document(deadline.year, kind)?.heldReason.map { "（\($0)）" } ?? ""
    guard today > last else {
      return Finding(
        "disclosure-due", .info, at: unit.place, "\(unit.name)的\(what)还没有\(held)，应在 \(last.text) 以前公开",
        notes: [note],
        subject: subject)
    }
    return Finding(
      "disclosure-overdue", .warning, at: unit.place,
      "\(unit.name)的\(what)还没有公开\(held)，期限是 \(last.text)，今天是 \(today.text)",
      hint: "尽快公开；不须公开的，写进 site.yaml 这条期限的 except", notes: [note], subject: subject)
  }
}
