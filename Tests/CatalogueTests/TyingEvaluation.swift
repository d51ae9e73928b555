import Checks
import Content
import Diagnostics
import Forms

/// How well numbers of narratives are tied to figures, over the units of some sites.
struct TyingEvaluation {
  /// Numbers that stand for a formula naming one cell, how many were tied, and how many to another figure than the cell's.
  var golds = 0
  var tied = 0
  var wrong: [String] = []
  /// Of the golds changed, how many were reported, and how many at another figure than the cell's.
  var changed = 0
  var reported = 0
  var misplaced: [String] = []
  var silent: [String] = []
  /// Of the findings about golds changed those on other lines.
  var elsewhere = 0
  /// What is said of the text with formulas typed out, which is right.
  var alarms: [String] = []
  /// Typed amounts that some table holds, and how many are tied.
  var held = 0
  var heldTied = 0
  var untied: [String] = []

  /// - Parameter changes: how many golds of a disclosure are changed, one at a time.
  mutating func take(_ unit: SetUnit, changes: Int) throws {
    var findings: [Finding] = []
    guard let bound = unit.bound(&findings) else { return }
    for disclosure in bound.disclosures {
      let path = disclosure.key + "/narrative.md"
      let name = unit.slug + "/" + disclosure.key
      for tied in tiedFigures(
        of: disclosure, with: unit.library.facts, lastYear: bound.lastYear(of: disclosure))
      where tied.isMoney && tied.isHeld {
        held += 1
        if tied.target == nil {
          untied.append("\(name):\(tied.place.line):\(tied.place.column) \(tied.text)")
        } else {
          heldTied += 1
        }
      }
      guard let bytes = unit.files[path],
        let typed = TypedNarrative(
          String(decoding: bytes, as: UTF8.self), of: disclosure, in: bound, kinds: unit.library.kinds)
      else { continue }
      try take(typed, of: unit, path, name, disclosure.key, changes: changes)
    }
  }

  private mutating func take(
    _ typed: TypedNarrative, of unit: SetUnit, _ path: String, _ name: String, _ key: String, changes: Int
  ) throws {
    func read(_ text: String) -> (Disclosure, BoundUnit)? {
      var copy = unit
      copy.files[path] = Array(text.utf8)
      var findings: [Finding] = []
      guard let bound = copy.bound(&findings),
        let disclosure = bound.disclosures.first(where: { $0.key == key })
      else {
        return nil
      }
      return (disclosure, bound)
    }
    guard let (disclosure, bound) = read(typed.text) else { return }
    let model = unit.library.facts
    let lastYear = bound.lastYear(of: disclosure)
    alarms += check(disclosure, with: model, lastYear: lastYear).filter {
      $0.id.hasPrefix("text-") && $0.severity > .info
    }
    .map { "\(name):\($0.place.line):\($0.place.column) \($0.id) \($0.message)" }
    let known = Set(
      check(disclosure, with: model, lastYear: lastYear).map { "\($0.place.line) \($0.message)" })
    let ties = tiedFigures(of: disclosure, with: model, lastYear: lastYear)
    let facts = factsByPlace(of: disclosure, model)
    for gold in typed.golds where !gold.figures.isEmpty {
      guard let tie = ties.first(where: { $0.place.line == gold.line && $0.place.column == gold.column })
      else { continue }
      golds += 1
      guard let figure = tie.figure else { continue }
      tied += 1
      let isSame =
        gold.figures.contains(figure)
        || tie.fact.map { fact in gold.figures.contains { facts[$0] == fact } } ?? false
      if !isSame {
        wrong.append("\(name):\(gold.line):\(gold.column) \(gold.text) \(gold.formula) → \(tie.target ?? "")")
      }
    }
    for gold in typed.golds.filter({ !$0.figures.isEmpty && $0.text.contains("元") }).prefix(changes) {
      guard let text = typed.changing(gold), let (other, bound) = read(text) else { continue }
      changed += 1
      let all = check(other, with: model, lastYear: bound.lastYear(of: other)).filter {
        $0.id.hasPrefix("text-") && $0.severity > .info
      }
      let found = all.filter { $0.place.line == gold.line }
      elsewhere += all.count { finding in
        finding.place.line != gold.line && !known.contains("\(finding.place.line) \(finding.message)")
      }
      guard let first = found.first(where: { $0.place.column == gold.column }) else {
        if found.isEmpty {
          silent.append("\(name):\(gold.line):\(gold.column) \(gold.text) \(gold.formula)")
        } else {
          reported += 1
        }
        continue
      }
      reported += 1
      let places = Set(gold.figures.map { disclosure.address(of: $0).place })
      let same = first.notes.contains { $0.place.map { places.contains($0) } ?? false }
      let alike = gold.figures.contains { place in
        facts[place].map { fact in
          facts.contains {
            $0.value == fact && first.notes.map(\.place).contains(disclosure.address(of: $0.key).place)
          }
        } ?? false
      }
      if !same, !alike, first.id == "text-amount-differs" {
        misplaced.append("\(name):\(gold.line) \(gold.formula): \(first.message)")
      }
    }
  }

  private func factsByPlace(of disclosure: Disclosure, _ model: FactModel) -> [FigurePlace: Tags] {
    var names = FactNames(model)
    let statements = disclosure.factStatements(&names).filter { $0.sum == nil }
    return Dictionary(statements.map { ($0.place, names.tags(of: $0.key)) }) { first, _ in first }
  }
}

extension TypedNarrative {
  /// The text with another first digit in one number.
  fileprivate func changing(_ gold: Gold) -> String? {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { Array($0.unicodeScalars) }
    guard lines.indices.contains(gold.line - 1) else { return nil }
    let start = gold.column - 1
    guard
      let place = lines[gold.line - 1].indices.first(where: {
        $0 >= start && ("1"..."9").contains(lines[gold.line - 1][$0])
      })
    else { return nil }
    let digit = lines[gold.line - 1][place].value - 0x30
    guard let next = Unicode.Scalar(digit % 9 + 1 + 0x30) else { return nil }
    lines[gold.line - 1][place] = next
    return lines.map { line in
      var view = String.UnicodeScalarView()
      view.append(contentsOf: line)
      return String(view)
    }.joined(separator: "\n")
  }
}
