import Checks
import Diagnostics
import Fiscal
import Forms
import Markdown

@testable import Content
@testable import Formulas

/// A narrative whose formulas were typed out by hand, so to say: each formula's own cell is then the figure that the
/// number behind it should be tied to.
struct TypedNarrative {
  /// A formula that names one cell.
  struct Gold {
    /// Where its number begins in the text with formulas typed out.
    var line: Int
    var column: Int
    var text: String
    /// The formula as it was written.
    var formula: String
    /// The cells that it may name.
    var figures: [FigurePlace]
  }

  var text: String
  var golds: [Gold] = []

  /// - Parameter source: the narrative as written.
  init?(_ source: String, of disclosure: Disclosure, in unit: BoundUnit, kinds: [Kind]) {
    guard let narrative = disclosure.narrative else { return nil }
    let shelves = unit.disclosures.map {
      Shelf(year: $0.year, kind: $0.kind, tables: $0.tables, figures: $0.figures)
    }
    guard let home = unit.disclosures.firstIndex(where: { $0.key == disclosure.key }) else { return nil }
    let lookup = FigureLookup(
      home: shelves[home], others: shelves.indices.filter { $0 != home }.map { shelves[$0] }, kinds: kinds)
    let names = Set(kinds.flatMap(\.names))
    var scalars = Array(source.unicodeScalars)[...]
    var written: [Unicode.Scalar] = []
    var index = 0
    while let scalar = scalars.first {
      guard scalar == "{", scalars.dropFirst().first == "{",
        let end = scalars.indices.first(where: {
          scalars[$0] == "}" && $0 + 1 < scalars.endIndex && scalars[$0 + 1] == "}"
        })
      else {
        written.append(scalar)
        scalars.removeFirst()
        continue
      }
      let whole = scalars[scalars.startIndex...end + 1]
      scalars = scalars[(end + 2)...]
      defer { index += 1 }
      guard narrative.insertions.indices.contains(index), case .text(let text) = narrative.insertions[index]
      else {
        written.append(contentsOf: whole)
        continue
      }
      let line = written.count { $0 == "\n" } + 1
      let column = written.reversed().prefix { $0 != "\n" }.count + 1
      let placeholder = narrative.document.placeholders[index]
      if case .figure(let expression, _)? = try? parseInsertion(
        placeholder.text, at: placeholder.place, kinds: names),
        case .reference(let reference) = expression.root.kind
      {
        golds.append(
          Gold(
            line: line, column: column, text: text, formula: placeholder.text,
            figures: lookup.places(of: reference, in: disclosure)))
      }
      written.append(contentsOf: text.unicodeScalars)
    }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: written)
    self.text = String(view)
  }
}

extension FigureLookup {
  /// The figures of a disclosure that a reference may name.
  fileprivate func places(of reference: Reference, in disclosure: Disclosure) -> [FigurePlace] {
    guard reference.yearOffset == 0, reference.kind == nil, case .path(let parts) = reference.row else {
      return []
    }
    let wanted = parts.joined(separator: "/")
    if reference.table == Self.extraTable {
      return disclosure.figures.indices.filter {
        disclosure.figures[$0].id == wanted || disclosure.figures[$0].title == wanted
      }
      .map { FigurePlace(row: $0) }
    }
    var found: [FigurePlace] = []
    for (index, table) in disclosure.tables.enumerated() {
      guard table.form.names.contains(where: { normalizedName($0) == normalizedName(reference.table) }),
        reference.instance.map({ normalizedName($0) }) == table.instance.map({ normalizedName($0) })
          || reference.instance == nil
      else { continue }
      for (field, filled) in table.fields.enumerated()
      where parts.count == 1
        && (filled.field.id == wanted || normalizedName(filled.field.title) == normalizedName(wanted))
      {
        found.append(FigurePlace(table: index, row: field))
      }
      let readable = ReadableTable(table)
      for (panelIndex, panel) in readable.panels.enumerated() {
        for row in rows(reference.row, in: panel) {
          for leaf in reference.column.map({ columns($0, in: panel) }) ?? panel.meantByRow {
            found.append(FigurePlace(table: index, panel: panelIndex, row: row, leaf: leaf.index))
          }
        }
      }
    }
    return found
  }
}
