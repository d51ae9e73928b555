import Checks
import Diagnostics
import Files

/// What a build or a check found and did.
public struct BuildReport: Sendable {
  public enum Outcome: Sendable, Hashable {
    /// The site is in place.
    case published
    /// Everything was looked at, nothing written.
    case checked
    /// Errors are open; the old site is untouched.
    case refused
  }

  public var outcome: Outcome
  public var findings: [Finding]
  /// The name of the site; nil where its settings cannot be read.
  public var siteName: String?
  /// The units that could be read, with their disclosures, by folder.
  public var covered: [ReportedUnit] = []
  public var units = 0
  public var disclosures = 0
  public var pages = 0
  public var tables = 0
  public var figures = 0
  /// Disclosures, and units that cannot be read at all, left out because of errors (`--hold`).
  public var held: [String] = []
  /// Disclosures with a page, as `unit/year/kind`.
  var published: Set<String> = []
  /// Files with new bytes, and files carried over unchanged.
  public var written = 0
  public var carriedOver = 0
  /// How many times pages were made anew, rather than taken over from an earlier run.
  public var made = 0
  /// The numbers typed in narratives and what they were tied to, unit by unit, where that was asked for.
  public var ties: [TiedFigure] = []
  /// How long each step took, summed over all workers.
  public var times: [(step: Step, time: Duration)] = []

  public func count(_ severity: Severity) -> Int {
    findings.count { $0.severity == severity && $0.waived == nil }
  }
  public var waived: Int { findings.count { $0.waived != nil } }
}

/// What nobody can mend in `content/`: disk trouble, another build under way.
public struct BuildTrouble: Error, Sendable {
  public var message: String

  public init(_ message: String) { self.message = message }
}
