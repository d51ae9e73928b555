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
  let run: @Sendable (CheckContext) -> [Finding]

  public init(
    _ id: String, _ severity: Severity, _ title: String, why: String, references: [String] = [],
    examples: [Example], run: @escaping @Sendable (CheckContext) -> [Finding]
  ) {
    self.id = id
    self.severity = severity
    self.title = title
    self.why = why
    self.references = references
    self.examples = examples
    self.run = run
  }

  /// A check whose findings stop publication.
  public init(
    _ id: String, _ title: String, why: String, references: [String] = [], examples: [Example],
    run: @escaping @Sendable (CheckContext) -> [Finding]
  ) {
    self.init(id, .error, title, why: why, references: references, examples: examples, run: run)
  }
}

/// What a check may look at: one disclosure, its facts, and what earlier checks found in dispute.
public final class CheckContext {
  public let disclosure: Disclosure
  let facts: FactStore
  public let model: FactModel
  /// Every panel of the disclosure, in order, but for tables without a form: of those nothing is known.
  private(set) var panels: [PanelContext] = []

  /// Last year's disclosure of the same kind, where the unit has it.
  let lastYear: Disclosure?
  /// The narrative with its numbers tied to figures; nil where there is none.
  private(set) lazy var text = TextReading(disclosure, model: model, facts: facts, lastYear: lastYear)

  init(disclosure: Disclosure, model: FactModel, lastYear: Disclosure? = nil) {
    self.disclosure = disclosure
    self.model = model
    self.lastYear = lastYear
    facts = FactStore(disclosure, model: model)
    for (index, table) in disclosure.tables.enumerated() where !table.form.isAsWritten {
      for (panelIndex, filled) in table.panels.enumerated() {
        panels.append(PanelContext(self, table, index, filled, panelIndex))
      }
    }
  }

  func subject(_ table: Table? = nil, row: String? = nil, column: String? = nil) -> Subject {
    var subject = disclosure.subject
    subject.table = table?.name
    subject.row = row
    subject.column = column
    return subject
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

/// Judges a disclosure by every check, in an order that lets certain faults silence what follows from them.
///
/// - Parameter lastYear: last year's disclosure of the same kind, with which narratives compare.
public func check(_ disclosure: Disclosure, with model: FactModel, lastYear: Disclosure? = nil) -> [Finding] {
  let context = CheckContext(disclosure: disclosure, model: model, lastYear: lastYear)
  return Check.all.flatMap { $0.run(context) }
}

/// Judges a unit: each disclosure by every check, then its waivers.
public func check(_ unit: BoundUnit, with model: FactModel, siteWaivers: [Waiver], earlier: [Finding])
  -> [Finding]
{
  var findings = earlier
  for disclosure in unit.disclosures {
    findings += check(disclosure, with: model, lastYear: unit.lastYear(of: disclosure))
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
  return findings
}

extension BoundUnit {
  /// The disclosure of the same kind of the year before.
  public func lastYear(of disclosure: Disclosure) -> Disclosure? {
    disclosures.first { $0.year == disclosure.year - 1 && $0.kind == disclosure.kind }
  }
}
