import Content
import Files
import Forms

/// A disclosure about to be written, and what to tell of it.
public struct DisclosureDraft: Sendable {
  /// By their path in the unit's folder.
  public var files: [NewFile]
  public var notes: [String]
}

/// Drafts a unit's disclosure for a year: from its newest earlier one of the kind, or from the form set alone.
public func draftDisclosure(
  of unit: ReadUnit, year: Int, kind: Kind, formSet: String?, library: FormLibrary
) throws(DraftTrouble) -> DisclosureDraft {
  let same = unit.bound.disclosures.filter { $0.kind == kind }
  guard !same.contains(where: { $0.year == year }) else {
    throw DraftTrouble(
      "\(unit.folder)/\(year)/\(kind.id) 已经有了，没有改动", hint: "要重新起草的，先把那个文件夹移走")
  }
  let old = same.last { $0.year < year }
  let choice = try library.choose(
    kind: kind, region: unit.unit.region, year: year,
    named: formSet ?? old.flatMap { setToKeep(of: $0, year: year, library) })
  guard let old, old.set != nil else {
    let skeleton = DisclosureSkeleton(
      library, unit: unit.unit, year: year, kind: kind, choice: choice, filling: .marked)
    let files = skeleton.files()
    return DisclosureDraft(files: files, notes: [setNote(choice, after: nil)] + markNotes(files))
  }
  if !old.unreadable.isEmpty {
    throw DraftTrouble(
      "\(old.folder) 里有读不出来的文件（\(old.unreadable.sorted().joined(separator: "、"))），不能照它起草",
      hint: "用 gongkai check 找出来，改正以后再试")
  }
  let draft = RollForward(unit: unit, old: old, year: year, choice: choice, library: library).draft()
  return DisclosureDraft(
    files: draft.files, notes: [setNote(choice, after: old)] + draft.notes + markNotes(draft.files))
}

/// The old set where it was named by hand, or where nothing else is valid; nil where the region's rule decides anew.
private func setToKeep(of old: Disclosure, year: Int, _ library: FormLibrary) -> String? {
  guard let set = old.set, set.years.contains(year) else { return nil }
  func byRule(_ year: Int) -> String? {
    try? library.choose(kind: old.kind, region: old.unit.region, year: year).set.id
  }
  return byRule(old.year) == set.id && byRule(year) != nil ? nil : set.id
}

private func setNote(_ choice: SetChoice, after old: Disclosure?) -> String {
  let set = "表套 \(choice.set.id)（\(choice.set.title)）"
  guard let old else { return "没有更早的同类文档，按\(set)从头起草" }
  let isSame = old.set?.id == choice.set.id
  return "照 \(old.year) 年的起草，\(isSame ? "仍用" : "由 \(old.set?.id ?? "") 换成")\(set)"
}

/// How many marks there are to work off.
private func markNotes(_ files: [NewFile]) -> [String] {
  func count(_ mark: Mark) -> Int {
    files.reduce(0) { sum, file in
      sum
        + String(decoding: file.bytes, as: UTF8.self).split(
          separator: mark.text, omittingEmptySubsequences: false
        ).count - 1
    }
  }
  return ["要填的 \(count(.fill)) 处“\(Mark.fill.text)”，要核对的 \(count(.review)) 处“\(Mark.review.text)”"]
}
