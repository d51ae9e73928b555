import Content
import Diagnostics
import Forms

extension BoundUnit {
  /// With the note that its form or set declares under each table whose sums differ from their parts by rounding only.
  ///
  /// - Parameter findings: What the checks said of the unit.
  public func notingRounding(_ findings: [Finding]) -> BoundUnit {
    let sums = [Check.sumOfColumns.id, Check.sumOfRows.id, Check.differenceDiffers.id]
    let rounded = findings.filter { $0.severity == .info && sums.contains($0.id) }
    guard !rounded.isEmpty else { return self }
    var unit = self
    for index in unit.disclosures.indices {
      let disclosure = unit.disclosures[index]
      let names = Set(rounded.filter { $0.concerns(disclosure) }.compactMap(\.subject.table))
      for table in disclosure.tables.indices where names.contains(disclosure.tables[table].name) {
        let form = disclosure.tables[table].form
        guard let note = form.roundingNote ?? disclosure.set?.roundingNote,
          !disclosure.tables[table].notes.contains(where: { $0.text == note })
        else { continue }
        unit.disclosures[index].tables[table].notes.append(Table.Note(text: note, place: form.place))
      }
    }
    return unit
  }
}

extension Finding {
  /// Whether it speaks of a disclosure.
  public func concerns(_ disclosure: Disclosure) -> Bool {
    subject.year == disclosure.year && subject.kind == disclosure.kind.id
  }
}
