import Diagnostics
import Parsing

/// A rule of the field's catalogue (规则目录) that the checks answer to.
public struct CataloguedRule: Sendable {
  public var id: String
  /// E error, W warning, I information.
  public var severity: String
  /// What the rule demands.
  public var title: String
  /// Where another part of the program decides it, or why it cannot be decided; empty where checks name it.
  public var decision: String
  /// Ids of the checks that name it.
  public var checks: [String]

  /// The whole catalogue, in its own order.
  public static let all: [CataloguedRule] = {
    guard let file = embeddedRules.first(where: { $0.path == "rules.csv" }) else { return [] }
    var findings: [Finding] = []
    let table = parseCSV(SourceText(file: file.path, text: file.text), findings: &findings)
    return (table?.rows ?? []).compactMap { row in
      let cells = row.map(\.text)
      guard cells.count >= 3 else { return nil }
      return CataloguedRule(
        id: cells[0], severity: cells[1], title: cells[2], decision: cells.count > 3 ? cells[3] : "",
        checks: Check.all.filter { $0.references.contains(cells[0]) }.map(\.id))
    }
  }()
}
