import Diagnostics
import Fiscal
import Forms

/// The numbering (一、二、…) of lists whose form numbers them.
extension RowBinder {
  /// Tells of numbers in the data that do not follow one another: a row that was dropped, or stands twice, shows so.
  ///
  /// The data may number its rows as it prints them, or as the whole list would be; some or all may have no number.
  mutating func checkOrdinals() {
    guard let label = labelColumn, panel.leaves[label].type != .code else { return }
    for (spec, declared) in panel.rows.enumerated() {
      guard let style = declared.ordinal, case .codes(let list) = declared.kind else { continue }
      let outermost = rows.indices.filter { rows[$0].spec == spec && isOutermost($0, of: spec) }
      let numbers = outermost.map { ordinal(before: rows[$0].cells[label].text) }
      let places = list.isComplete ? self.places(in: list, of: outermost) : [:]
      var last: (number: Int, place: Int)?
      for (place, (row, number)) in zip(outermost, numbers).enumerated() {
        guard let number else { continue }
        defer { last = (number, place) }
        if let printed = places[row], number == printed { continue }
        // Rows without a number may or may not count.
        let wanted: [Int]
        if let last {
          wanted = [last.number + place - last.place, last.number + 1]
        } else if place == 0, numbers.allSatisfy({ $0 != nil }) {
          wanted = [1]
        } else {
          continue
        }
        guard !wanted.contains(number), let expected = wanted.first else { continue }
        let cell = rows[row].cells[label]
        let above = last.map { "接在“\(style.text($0.number))”后面" } ?? "排在第一"
        report(
          "ordinal-broken", .warning, at: cell.place(in: file),
          "“\(cell.text)”\(above)，编号应为“\(style.text(expected))”", row: rows[row].title,
          hint: number > expected ? "核对前面是否漏了行；没有漏的改正编号，网页按顺序重新编号" : "核对这一行是否抄重了，或改正编号；网页按顺序重新编号")
      }
    }
  }

  /// Whether a row of a block stands in no other of it.
  private func isOutermost(_ row: Int, of spec: Int) -> Bool {
    rows[row].parent.map { rows[$0].spec != spec } ?? true
  }

  /// Which numbers rows have among all that a complete list prints at its outermost level.
  private func places(in list: CodeList, of outermost: [Int]) -> [Int: Int] {
    let listed = list.codes(in: context.classification(list.classification)).map(\.code)
    let wide = listed.map(\.utf8.count).min() ?? 0
    let codes = Set(listed.filter { $0.utf8.count == wide } + outermost.compactMap { rows[$0].code }).sorted()
    return Dictionary(
      outermost.compactMap { row in
        rows[row].code.flatMap { codes.firstIndex(of: $0) }.map { (row, $0 + 1) }
      }
    ) { first, _ in first }
  }

  /// Writes the numbering (一、二、…) before the names of the outermost rows of lists that are numbered.
  mutating func numberLists() {
    guard let label = labelColumn, panel.leaves[label].type != .code else { return }
    for (spec, declared) in panel.rows.enumerated() {
      guard let ordinal = declared.ordinal else { continue }
      var count = 0
      for index in rows.indices where rows[index].spec == spec && isOutermost(index, of: spec) {
        count += 1
        let name = nameWithoutNumbering(rows[index].cells[label].text)
        rows[index].cells[label].text = ordinal.text(count) + name
        rows[index].title = ordinal.text(count) + nameWithoutNumbering(rows[index].title)
      }
    }
  }
}
