import Content
import Diagnostics
import Fiscal
import Forms

/// Tells of a sum that does not come out which of its figures is wrong, where another table prints that figure rightly.
///
/// A fact in dispute is not held against its other printings, so the sum alone would leave its reader to look for them.
/// Nothing is guessed: the figure, changed by what the sum lacks, must be what all its other printings say, no other
/// figure of the sum may be like that, and the disclosure is checked once more with the figure so changed.
struct SecondPrinting {
  let verdict: Verdict
  let model: FactModel
  private let byPlace: [FigurePlace: FactStatement]
  private let byKey: [FactKey: [FactStatement]]

  init(verdict: Verdict, model: FactModel) {
    self.verdict = verdict
    self.model = model
    var names = FactNames(model)
    let printed = verdict.disclosure.factStatements(&names).filter { $0.sum == nil && $0.place.row >= 0 }
    byPlace = Dictionary(printed.map { ($0.place, $0) }) { first, _ in first }
    byKey = Dictionary(grouping: printed, by: \.key)
  }

  /// The finding with the figure at fault named first; nil where none is certain.
  func naming(_ finding: Finding, _ suspects: Suspects) -> Finding? {
    var found: (place: FigurePlace, change: Rational, other: FactStatement)?
    for (place, part) in suspects.figures {
      guard let change = suspects.change(part), !change.isZero, let other = printing(of: place, plus: change)
      else { continue }
      guard found == nil || found?.place == place else { return nil }
      found = (place, change, other)
    }
    guard let found, let correction = verdict.disclosure.raising(found.place, by: found.change) else {
      return nil
    }
    let before = Set(verdict.findings)
    let after = verdict.again(on: correction.disclosure, with: model).findings
    guard !after.contains(finding), after.allSatisfy({ $0.severity == .info || before.contains($0) }) else {
      return nil
    }
    let other = verdict.disclosure.address(of: found.other)
    var named = finding
    named.notes.insert(
      Finding.Note(
        "多半只错了这一格：\(correction.address.text)写的是 \(correction.written)，而\(other.text)写的是 \(shownFact(found.other, other))，改成一致就相符",
        at: correction.address.place), at: 0)
    named.notes.insert(Finding.Note("另一处写的", at: other.place), at: 1)
    return named
  }

  /// Another printing of the fact, where all of them say what the figure would be once it is changed.
  private func printing(of place: FigurePlace, plus change: Rational) -> FactStatement? {
    guard let statement = byPlace[place], let changed = statement.value.adding(change) else { return nil }
    let others = (byKey[statement.key] ?? []).filter { $0.place != place }
    return others.allSatisfy { $0.value == changed } ? others.first : nil
  }
}
