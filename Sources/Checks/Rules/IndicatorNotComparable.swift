import Content
import Diagnostics
import Forms

extension Check {
  /// 指标值写得无法比较
  static let indicatorNotComparable = Check(
    "indicator-not-comparable", .warning, "指标值写得无法比较",
    why: "完成值是一个结果，不是范围；“500多人”“约30次”说不出完成没有。", references: ["PRF-10", "PRF-11"],
    examples: [
      .passes(exampleNotedReview, exampleNotedSheet("培训人次,≥100人次,110人次,90,90,")),
      .fails(exampleNotedReview, exampleNotedSheet("满意度,≥95%,↓＞98%,90,90,")),
      .fails(exampleNotedReview, exampleNotedSheet("培训人次,↓500多人,520人,90,90,")),
      .fails(exampleNotedReview, exampleNotedSheet("培训人次,≥100人次,↓约110人次,90,90,")),
    ]
  ) { context in
    context.indicatorTables.flatMap { indicators in
      indicators.panel.rows.flatMap { row in
        [indicators.block.target, indicators.block.actual].compactMap { $0 }.compactMap {
          column -> Finding? in
          let cell = row.cells[column]
          guard cell.state == .value else { return nil }
          let title = indicators.title(column)
          func finding(_ message: String, _ hint: String) -> Finding {
            Finding(
              "indicator-not-comparable", .warning, at: cell.place(in: row.file),
              "指标“\(row.title)”的\(title)“\(cell.text)”\(message)", hint: hint,
              subject: context.subject(indicators.table, row: row.title, column: title))
          }
          if isVague(cell.text) { return finding("是约数", "写确切的数；范围写“≥”“≤”") }
          if column == indicators.block.actual, let value = IndicatorValue(cell.text), value.relation != nil {
            return finding("写了比较符号，不是结果", "写实际完成的数")
          }
          return nil
        }
      }
    }
  }
}

/// Whether a text says a number and that it is not exact: 500多人, 约30次, 100左右.
private func isVague(_ text: String) -> Bool {
  let scalars = Array(text.unicodeScalars.filter { !$0.isBlank })
  func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
  // Only a text that is a number with its unit, not a sentence that holds one.
  guard scalars.count <= 12, let first = scalars.firstIndex(where: isDigit),
    let last = scalars.lastIndex(where: isDigit),
    scalars[first...last].allSatisfy({ isDigit($0) || $0 == "." || $0 == "," })
  else { return false }
  let before = scalars[..<first]
  let after = scalars[(last + 1)...]
  return before.elementsEqual("约".unicodeScalars) || before.elementsEqual("大约".unicodeScalars)
    || after.first == "多" || after.first == "余" || after.suffix(2).elementsEqual("左右".unicodeScalars)
}
