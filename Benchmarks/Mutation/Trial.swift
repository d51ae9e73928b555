import Checks
import Content
import Diagnostics
import Forms
import MutationOracle

/// What came of one mutant.
struct Outcome: Sendable {
  var mutant: Mutant
  var site: String
  /// The rules that spoke, in the order of what they said.
  var rules: [String] = []
  /// Whether the changed place is among the first two that the first finding names, or that any finding names.
  var isFirst = false
  var isNamed = false
  /// The relations that no longer hold, by the rule that should say so.
  var broken: Set<String> = []
  var first: String?

  var isCaught: Bool { !rules.isEmpty }
  /// Whether something is to be found, by the judge that shares nothing with the checks, or by what was changed.
  var isDecidable: Bool {
    switch mutant.proof {
    case .certain: true
    case .relations, .unknown: !broken.isEmpty
    }
  }
}

/// A unit with its mutants.
struct Trial: Sendable {
  let unit: CleanUnit
  private let oracle: Oracle
  /// What is said of the unit as it is.
  let known: Set<String>
  let findings: [Finding]
  let violations: [Oracle.Violation]
  var mutants: [Mutant] = []

  /// Nil where the unit cannot be read.
  init?(_ unit: CleanUnit) {
    self.unit = unit
    var findings: [Finding] = []
    guard let bound = unit.bound(&findings) else { return nil }
    self.findings = Self.serious(
      check(bound, with: unit.library.facts, siteWaivers: [], contacts: unit.contacts, earlier: findings))
    known = Set(self.findings.map(Self.name))
    oracle = Oracle(unit.library.facts, clean: bound)
    violations = Oracle(unit.library.facts).violations(in: bound)
  }

  static func serious(_ findings: [Finding]) -> [Finding] {
    findings.filter { $0.severity > .info && $0.waived == nil }
  }

  static func name(_ finding: Finding) -> String { "\(finding.id) \(finding.place) \(finding.message)" }

  /// Makes one mutant and looks at what is said of it.
  func run(_ mutant: Mutant) -> Outcome {
    var outcome = Outcome(mutant: mutant, site: unit.site)
    let changed = unit.setting(mutant.path, to: mutant.changed(unit.lines(of: mutant.path)))
    var findings: [Finding] = []
    let bound = changed.bound(&findings)
    if let bound {
      findings = check(
        bound, with: unit.library.facts, siteWaivers: [], contacts: unit.contacts, earlier: findings)
      if case .relations = mutant.proof {
        outcome.broken = Set(
          oracle.violations(in: bound, changed: unit.folder + "/" + mutant.path).map(\.relation.rawValue))
      }
    }
    let told = Self.serious(findings).filter { !known.contains(Self.name($0)) }.inReadingOrder()
    let ordered = told.filter { $0.severity == .error } + told.filter { $0.severity != .error }
    outcome.rules = ordered.map(\.id)
    outcome.first = ordered.first.map {
      "\($0.id) \($0.place.file):\($0.place.line):\($0.place.column) \($0.message)"
    }
    outcome.isFirst = ordered.first.map { names($0, mutant) } ?? false
    outcome.isNamed = ordered.contains { names($0, mutant) }
    return outcome
  }

  /// Whether a finding names the changed place first or second.
  private func names(_ finding: Finding, _ mutant: Mutant) -> Bool {
    let places = [finding.place] + finding.notes.compactMap(\.place).prefix(1)
    let file = unit.folder + "/" + mutant.path
    if mutant.pointsAtFolder {
      let folder = file.split(separator: "/").dropLast().joined(separator: "/")
      return places.contains { $0.file.hasPrefix(folder) }
    }
    return places.contains { place in
      guard place.file == file else { return false }
      guard mutant.line > 0 else { return true }
      guard place.line == mutant.line else { return false }
      return mutant.column == 0 || abs(place.column - mutant.column) <= 1
    }
  }
}
