import Content
import Diagnostics
import Forms

/// One rule of consistency (审核规则): id, why, examples that are its tests, and its logic.
public struct Check: Sendable {
  /// A small disclosure, and whether the check speaks of it.
  public struct Example: Sendable {
    public var fails: Bool
    /// Files of the disclosure by name; `forms/…` are form files. In a failing example ↓ marks the place of the finding.
    public var files: [(name: String, text: String)]

    /// The check stays silent.
    public static func passes(_ files: (name: String, text: String)...) -> Example {
      Example(fails: false, files: files)
    }
    /// The check speaks, at the place marked ↓.
    public static func fails(_ files: (name: String, text: String)...) -> Example {
      Example(fails: true, files: files)
    }
  }

  public var id: String
  public var severity: Severity
  public var title: String
  /// What goes wrong where the rule is broken.
  public var why: String
  /// Ids of the rule in the catalogue of the field.
  public var references: [String]
  public var examples: [Example]
  let scope: Scope

  /// What a check looks at.
  enum Scope: Sendable {
    case disclosure(@Sendable (CheckContext) -> [Finding])
    /// All disclosures of a unit together.
    case unit(@Sendable (UnitContext) -> [Finding])
  }

  public init(
    _ id: String, _ severity: Severity, _ title: String, why: String, references: [String] = [],
    examples: [Example], run: @escaping @Sendable (CheckContext) -> [Finding]
  ) {
    self.init(id, severity, title, why, references, examples, .disclosure(run))
  }

  /// A check of all disclosures of a unit together.
  init(
    _ id: String, _ severity: Severity, _ title: String, why: String, references: [String] = [],
    examples: [Example], across run: @escaping @Sendable (UnitContext) -> [Finding]
  ) {
    self.init(id, severity, title, why, references, examples, .unit(run))
  }

  private init(
    _ id: String, _ severity: Severity, _ title: String, _ why: String, _ references: [String],
    _ examples: [Example], _ scope: Scope
  ) {
    self.id = id
    self.severity = severity
    self.title = title
    self.why = why
    self.references = references
    self.examples = examples
    self.scope = scope
  }

  /// A check whose findings stop publication.
  public init(
    _ id: String, _ title: String, why: String, references: [String] = [], examples: [Example],
    run: @escaping @Sendable (CheckContext) -> [Finding]
  ) {
    self.init(id, .error, title, why, references, examples, .disclosure(run))
  }
}

/// What a check may look at: one disclosure, its facts, and what earlier checks found in dispute.
public final class CheckContext {
  public let disclosure: Disclosure
  let facts: FactStore
  public let model: FactModel
  /// Every panel of the disclosure, in order, but for tables without a form: of those nothing is known.
  private(set) var panels: [PanelContext] = []
  /// Which figures each finding suspects, as far as checks say so.
  private(set) var suspects: [Finding: Suspects] = [:]

  let surroundings: CheckSurroundings
  /// Last year's disclosure of the same kind, where the unit has it.
  var lastYear: Disclosure? { surroundings.lastYear }
  /// Telephone numbers of offices, which are meant to be public.
  var contacts: [String] { surroundings.contacts }
  /// The narrative with its numbers tied to figures; nil where there is none.
  private(set) lazy var reading = TextReading(disclosure, model: model, facts: facts, lastYear: lastYear)

  init(
    disclosure: Disclosure, model: FactModel, _ numbering: FactNumbering, _ surroundings: CheckSurroundings
  ) {
    self.surroundings = surroundings
    self.disclosure = disclosure
    self.model = model
    facts = FactStore(disclosure, numbering)
    for (index, table) in disclosure.tables.enumerated() where !table.form.isAsWritten {
      for (panelIndex, filled) in table.panels.enumerated() {
        panels.append(PanelContext(self, table, index, filled, panelIndex))
      }
    }
  }

  /// Everything printed in words, read once for all checks of wording.
  private(set) lazy var text = TextScan(DisclosureText(disclosure), disclosure.wording)
  /// Every row that writes a code of a classification, in order.
  private(set) lazy var codeRows = readCodeRows()

  /// Whether the set of forms or the site says that a check does not apply.
  func isOff(_ check: Check) -> Bool { off.contains(check.id) }

  private(set) lazy var off = surroundings.off.union((disclosure.set?.checks.off ?? []).map(\.text))

  func subject(_ table: Table? = nil, row: String? = nil, column: String? = nil) -> Subject {
    var subject = disclosure.subject
    subject.table = table?.name
    subject.row = row
    subject.column = column
    return subject
  }

  /// Notes which figures a finding suspects.
  func suspect(_ suspects: Suspects, for finding: Finding) {
    guard finding.severity > .info else { return }
    self.suspects[finding] = suspects
  }

  /// Whether lines below a code were withheld, so that sums over them prove nothing.
  func isWithheld(_ row: Row, in table: Table) -> Bool {
    guard !disclosure.withheld.isEmpty else { return false }
    return disclosure.withheld.contains { withheld in
      (withheld.table.map { normalizedTitle($0) == normalizedTitle(table.name) } ?? true)
        && (row.code.map { withheld.below.hasPrefix($0) } ?? (row.title == withheld.below || row.code == nil))
    }
  }
}

/// What a check may know besides the disclosure it looks at.
struct CheckSurroundings {
  /// Telephone numbers of offices, which are meant to be public.
  var contacts: [String] = []
  /// Last year's disclosure of the same kind, where the unit has it.
  var lastYear: Disclosure?
  /// Checks that the site says do not apply.
  var off: Set<String> = []
}

/// All disclosures of a unit, for what only all together can be asked.
final class UnitContext {
  /// In the order of the unit: oldest first.
  let contexts: [CheckContext]
  let model: FactModel
  let numbering: FactNumbering
  /// Nil where facts have no year.
  private(set) lazy var absoluteFacts = AbsoluteFacts(self)

  /// - Parameters:
  ///   - contacts: What the site prints as contacts of offices: telephone numbers there may stand anywhere.
  ///   - off: Checks that the site says do not apply.
  init(
    _ disclosures: [Disclosure], model: FactModel, contacts: [String] = [], off: Set<String> = []
  ) {
    let numbering = FactNumbering(model)
    contexts = disclosures.map { disclosure in
      CheckContext(
        disclosure: disclosure, model: model, numbering,
        CheckSurroundings(
          contacts: contacts + [disclosure.unit.contact].compactMap { $0 },
          lastYear: disclosures.lastYear(of: disclosure), off: off))
    }
    self.model = model
    self.numbering = numbering
  }

  /// What the checks of each disclosure by itself say.
  func verdicts() -> [Verdict] { contexts.map { Verdict($0) } }

  /// What the checks of all disclosures together say, once each has been judged by itself.
  func findingsAcross() -> [Finding] {
    Check.all.flatMap { check -> [Finding] in
      guard case .unit(let run) = check.scope else { return [] }
      let off = contexts.filter { $0.isOff(check) }.map(\.disclosure)
      return run(self).filter { finding in
        !off.contains { $0.year == finding.subject.year && $0.kind.id == finding.subject.kind }
      }
    }
  }
}

/// Judges disclosures of a unit by every check, in an order that lets certain faults silence what follows from them:
/// first each by itself, then all together.
///
/// What one wrong figure causes is told by each check that sees it.
public func check(_ disclosures: [Disclosure], with model: FactModel) -> [Finding] {
  let unit = UnitContext(disclosures, model: model)
  return unit.verdicts().flatMap(\.findings) + unit.findingsAcross()
}

/// Judges one disclosure by itself, with last year's of the same kind beside it.
public func check(_ disclosure: Disclosure, with model: FactModel, lastYear: Disclosure?) -> [Finding] {
  Verdict(
    CheckContext(
      disclosure: disclosure, model: model, FactNumbering(model), CheckSurroundings(lastYear: lastYear))
  ).findings
}

/// Judges a unit: its disclosures by every check, then its waivers; of what has one cause, one finding is left.
///
/// - Parameters:
///   - contacts: What the site prints as contacts of offices: telephone numbers there may stand anywhere.
///   - switches: Checks that the site says do not apply.
public func check(
  _ unit: BoundUnit, with model: FactModel, siteWaivers: [Waiver], contacts: [String] = [],
  switches: RuleSwitches = RuleSwitches(), earlier: [Finding]
) -> [Finding] {
  let context = UnitContext(
    unit.disclosures, model: model, contacts: contacts, off: Set(switches.off.map(\.text)))
  let verdicts = context.verdicts()
  var findings = earlier + verdicts.flatMap(\.findings) + context.findingsAcross()
  if let wording = unit.disclosures.first?.wording, !unit.settingTexts.isEmpty {
    findings += personalData(inSettings: unit, wording, contacts: contacts)
  }
  for disclosure in unit.disclosures {
    applyWaivers(disclosure.waivers, to: &findings, reportStale: disclosure.unreadable.isEmpty) { subject in
      subject.year == disclosure.year && subject.kind == disclosure.kind.id
    }
  }
  // What concerns no disclosure, such as a file that cannot be read, is not to be waived.
  let isReadable = unit.disclosures.allSatisfy(\.unreadable.isEmpty)
  applyWaivers(unit.waivers, to: &findings, reportStale: isReadable) { $0.year != nil }
  applyWaivers(siteWaivers, to: &findings, reportStale: false) { $0.year != nil }
  // Only now: a waiver names a finding that stands by itself.
  findings = told(findings, verdicts, after: earlier.count, model)
  redact(&findings, of: unit)
  return findings
}

/// Findings with those of one cause put together; the findings of the verdicts follow upon each other in the list.
private func told(_ findings: [Finding], _ verdicts: [Verdict], after first: Int, _ model: FactModel)
  -> [Finding]
{
  var told = Array(findings.prefix(first))
  var next = first
  for verdict in verdicts {
    let judged = findings[next..<(next + verdict.findings.count)]
    next += verdict.findings.count
    var reasons: [Finding: String] = [:]
    for (finding, original) in zip(judged, verdict.findings) {
      if let reason = finding.waived { reasons[original] = reason }
    }
    let merged = OneCause(verdict: verdict, model: model).merged { reasons[$0] == nil }
    told += merged.map { finding in
      var finding = finding
      finding.waived = reasons[finding]
      return finding
    }
  }
  return told + findings.suffix(from: next)
}

extension BoundUnit {
  /// The disclosure of the same kind of the year before.
  public func lastYear(of disclosure: Disclosure) -> Disclosure? { disclosures.lastYear(of: disclosure) }
}

extension [Disclosure] {
  /// The disclosure of the same kind of the year before.
  func lastYear(of disclosure: Disclosure) -> Disclosure? {
    first { $0.year == disclosure.year - 1 && $0.kind == disclosure.kind }
  }
}
