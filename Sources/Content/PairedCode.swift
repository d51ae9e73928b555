import Fiscal
import Forms

/// One of the two codes that a row pairs (部门经济科目、政府经济科目), with its name, as the cells write both.
public struct PairedCode: Sendable {
  public let classification: String
  public let code: String
  /// The column in which the code is written.
  public let column: Int
  /// The name without a code before it; empty where none is written.
  public let name: String
  /// The column that the name stands in, or belongs in; nil where the form has none for it.
  public let nameColumn: Int?

  /// Nil where the row has no code of the classification.
  public init?(of classification: String, in panel: Panel, _ cells: [Cell], _ list: Classification) {
    let codes = panel.leaves.first { $0.type == .code && $0.classification == classification }
    guard let codes else { return nil }
    self.classification = classification
    let names = panel.pairedName(of: classification)?.index
    let written = cells[codes.index].text.filter { !$0.isWhitespace }
    let beside = names.map { cells[$0].text } ?? ""
    let led = LeadingCode(beside, in: [list])
    if !written.isEmpty, written.utf8.allSatisfy({ (48...57).contains($0) }) {
      code = written
      column = codes.index
      nameColumn = names
      name = led?.code == written ? led?.name ?? "" : beside
    } else if let leading = LeadingCode(cells[codes.index].text, in: [list]) {
      code = leading.code
      column = codes.index
      // The name stands behind the code, or in its own column.
      nameColumn = leading.name.isEmpty ? names : codes.index
      name = leading.name.isEmpty ? beside : leading.name
    } else if written.isEmpty, let led, let names {
      code = led.code
      column = names
      nameColumn = names
      name = led.name
    } else {
      return nil
    }
  }
}

extension Panel {
  /// The column of the names of a paired classification: the one that says so; where no column of names says whose
  /// they are, each belongs to the codes before it.
  fileprivate func pairedName(of classification: String) -> Leaf? {
    let names = leaves.filter { $0.type == .name && $0.spread == nil }
    if let own = names.first(where: { $0.classification == classification }) { return own }
    // One column for both could be either's.
    let open = names.filter { $0.classification == nil }
    guard open.count > 1 || names.count > open.count else { return nil }
    return open.first { name in
      leaves.last { $0.index < name.index && $0.type == .code }?.classification == classification
    }
  }
}
