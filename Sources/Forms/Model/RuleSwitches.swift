import Diagnostics
import Parsing

/// Checks that do not apply here (不适用的规则), as a form set or a site says.
public struct RuleSwitches: Sendable, Hashable {
  /// Ids of the checks that are off, each with its place; whether there is such a check is known only to the checks.
  public var off: [YAMLScalar]

  public init(off: [YAMLScalar] = []) { self.off = off }

  /// Reads `checks: {off: [id, …]}`.
  public init(_ reader: inout MapReader) {
    off = []
    guard let node = reader.node("checks") else { return }
    var entry = MapReader(node, "规则", keys: ["off"], id: reader.id)
    off = entry.scalars("off")
    for finding in entry.findings { reader.report(finding.place, finding.message, hint: finding.hint) }
  }
}
