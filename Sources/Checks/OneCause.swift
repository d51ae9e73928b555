import Content
import Diagnostics
import Fiscal
import Forms

/// What every check says of a disclosure, and which figures each finding suspects.
struct Verdict {
  var disclosure: Disclosure
  var findings: [Finding]
  var suspects: [Finding: Suspects]
  private let surroundings: CheckSurroundings

  /// The verdict on the disclosure with a figure corrected.
  func again(on corrected: Disclosure, with model: FactModel) -> Verdict {
    Verdict(
      CheckContext(
        disclosure: corrected, model: model, FactNumbering(model), surroundings))
  }

  init(_ context: CheckContext) {
    var findings: [Finding] = []
    let checks = Check.all
    for index in checks.indices {
      guard case .disclosure(let run) = checks[index].scope, !context.off.contains(checks[index].id) else {
        continue
      }
      findings += run(context)
    }
    self.findings = findings
    disclosure = context.disclosure
    suspects = context.suspects
    surroundings = context.surroundings
  }
}

/// Puts together what one wrong figure causes: a total down, a total across and a percentage are one fault.
///
/// Nothing is guessed. Where several findings suspect the same figure, and one of them says by how much it is off, the
/// disclosure is checked once more with the figure corrected. Only if the findings are gone then, nothing new has
/// appeared, and no other figure would do the same, are they told as one.
struct OneCause {
  /// How often a disclosure is checked anew at most; less where it is large.
  static let attempts = 12
  /// Above so many figures a disclosure is not checked anew.
  static let largest = 60_000

  let verdict: Verdict
  let model: FactModel

  /// A figure that several findings suspect, and a change that some of them ask for.
  private struct Candidate {
    var figure: FigurePlace
    var change: Rational
    /// How many findings suspect the figure.
    var count: Int
  }

  /// A change that was tried, and the findings that it mends.
  private struct Cure {
    var figure: FigurePlace
    var correction: Correction
    var mended: Set<Finding>
  }

  /// The findings, of those that share a cause only one, with the others named under it.
  ///
  /// - Parameter open: Findings that a waiver covers have been answered already; they stay by themselves.
  func merged(open: (Finding) -> Bool) -> [Finding] {
    let suspected = verdict.suspects.filter { open($0.key) && $0.key.severity > .info }
    guard !suspected.isEmpty else { return verdict.findings }
    let size = verdict.disclosure.tables.reduce(0) { $0 + $1.figureCount }
    guard size <= Self.largest else { return verdict.findings }
    guard suspected.count > 1 else { return naming(suspected, among: verdict.findings) }
    let cures = self.cures(
      candidates(suspected), attempts: max(1, min(Self.attempts, Self.largest / max(size, 1))))
    var followers: Set<Finding> = []
    var leaders: [Finding: Finding] = [:]
    for cure in certain(cures) where cure.mended.allSatisfy(open) {
      let leader = self.leader(of: cure.mended, cure.correction.address)
      let others = cure.mended.filter { $0 != leader }
      followers.formUnion(others)
      leaders[leader] = leader.leading(Array(others).inReadingOrder(), cure.correction)
    }
    let apart = suspected.filter { !followers.contains($0.key) && leaders[$0.key] == nil }
    return naming(
      apart, among: verdict.findings.compactMap { followers.contains($0) ? nil : leaders[$0] ?? $0 })
  }

  /// Findings of which some name the figure at fault, because it is printed rightly elsewhere.
  private func naming(_ suspected: [Finding: Suspects], among findings: [Finding]) -> [Finding] {
    // A disclosure with very many faults has others than misprints.
    guard !suspected.isEmpty, suspected.count <= Self.attempts else { return findings }
    let printings = SecondPrinting(verdict: verdict, model: model)
    return findings.map { finding in
      suspected[finding].flatMap { printings.naming(finding, $0) } ?? finding
    }
  }

  /// Figures that more than one finding suspects, those that most suspect first.
  private func candidates(_ suspected: [Finding: Suspects]) -> [Candidate] {
    var counts: [FigurePlace: Int] = [:]
    for suspects in suspected.values {
      for figure in suspects.figures { counts[figure.place, default: 0] += 1 }
    }
    var changes: [FigurePlace: Set<Rational>] = [:]
    for suspects in suspected.values {
      for figure in suspects.figures where counts[figure.place, default: 0] > 1 {
        if let change = suspects.change(figure.part), !change.isZero {
          changes[figure.place, default: []].insert(change)
        }
      }
    }
    return changes.flatMap { place, changes in
      changes.map { Candidate(figure: place, change: $0, count: counts[place, default: 0]) }
    }.sorted { left, right in
      if left.count != right.count { return left.count > right.count }
      if left.figure != right.figure { return left.figure < right.figure }
      return left.change < right.change
    }
  }

  /// What corrections mend several findings and break nothing.
  private func cures(_ candidates: [Candidate], attempts: Int) -> [Cure] {
    // Where not all of those that are as much suspected can be tried, none is known to be the only one.
    var tried = candidates.prefix(attempts)
    if let next = candidates.dropFirst(attempts).first { tried = tried.prefix { $0.count > next.count } }
    let before = Set(verdict.findings)
    return tried.compactMap { candidate in
      guard let correction = verdict.disclosure.raising(candidate.figure, by: candidate.change) else {
        return nil
      }
      let after = Set(verdict.again(on: correction.disclosure, with: model).findings)
      guard after.allSatisfy({ $0.severity == .info || before.contains($0) }) else { return nil }
      let mended = before.subtracting(after).filter { $0.severity > .info }
      return mended.count > 1 ? Cure(figure: candidate.figure, correction: correction, mended: mended) : nil
    }
  }

  /// Those that mend all that any other figure would mend, and more.
  private func certain(_ cures: [Cure]) -> [Cure] {
    var best: [Cure] = []
    for cure in cures {
      // Of several changes of one figure the one that mends most.
      guard let index = best.firstIndex(where: { $0.figure == cure.figure }) else {
        best.append(cure)
        continue
      }
      if cure.mended.count > best[index].mended.count { best[index] = cure }
    }
    return best.filter { cure in
      best.allSatisfy { other in
        other.figure == cure.figure || other.mended.isDisjoint(with: cure.mended)
          || cure.mended.isStrictSuperset(of: other.mended)
      }
    }
  }

  /// Of the gravest, what stands at the figure itself; else the first.
  private func leader(of findings: Set<Finding>, _ address: CellAddress) -> Finding {
    let ordered = Array(findings).inReadingOrder()
    let gravest = ordered.map(\.severity).max() ?? .error
    let grave = ordered.filter { $0.severity == gravest }
    return grave.first { $0.place == address.place } ?? grave[0]
  }
}

extension Finding {
  /// The finding that stands for others with the same cause.
  fileprivate func leading(_ others: [Finding], _ correction: Correction) -> Finding {
    var finding = self
    let remedy =
      "多半只错了这一格：\(correction.address.text)写的是 \(correction.written)，改为 \(correction.corrected)，这 \(others.count + 1) 处就都相符"
    finding.notes.insert(Note(remedy, at: correction.address.place), at: 0)
    finding.notes += others.map { Note("同一原因：\($0.message)", at: $0.place, id: $0.id) }
    return finding
  }
}

extension FigurePlace {
  fileprivate static func < (left: FigurePlace, right: FigurePlace) -> Bool {
    (left.table, left.panel, left.row, left.leaf) < (right.table, right.panel, right.row, right.leaf)
  }
}
