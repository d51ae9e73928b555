import Content
import Diagnostics
import Fiscal
import Forms

extension Check {
  /// 表里的年度不对
  static let sheetYearDiffers = Check(
    "sheet-year-differs", "表里填的年度不是本年度",
    why: "年度一栏写着别的年份，整张表就是别年的。填报日期、实施期与年度不符只是提示。", references: ["FRM-02", "PRF-25"],
    examples: [
      .passes(exampleYearSheet, ("year-sheet.yaml", "年度: 2022\n填报日期: 2022-01-24\n")),
      .fails(exampleYearSheet, ("year-sheet.yaml", "年度: ↓2021\n填报日期: 2022-01-24\n")),
    ]
  ) { context in
    let year = context.disclosure.year
    return context.disclosure.tables.flatMap { table in
      table.fields.compactMap { filled -> Finding? in
        guard !filled.field.isPersonal, filled.cell.state == .value else { return nil }
        let years = years(in: filled.cell.text)
        let title = normalizedName(filled.field.title)
        let place = filled.cell.place(in: table.file)
        let subject = context.subject(table, row: filled.field.title)
        if filled.field.type == .year || ["年度", "预算年度", "决算年度", "报告年度"].contains(title) {
          guard years.count == 1, years[0] != year else { return nil }
          return Finding(
            "sheet-year-differs", .error, at: place, "“\(filled.field.title)”是 \(years[0]) 年，这份文档是 \(year) 年",
            hint: "改正年度", subject: subject)
        }
        if title.contains("填报日期"), let found = years.first, years.count == 1, abs(found - year) > 1 {
          return Finding(
            "sheet-year-differs", .info, at: place, "“\(filled.field.title)”是 \(found) 年，这份文档是 \(year) 年",
            hint: "核对日期", subject: subject)
        }
        if title.contains("实施期"), let first = years.first, let last = years.last, year < first || year > last,
          years.count > 1
        {
          return Finding(
            "sheet-year-differs", .info, at: place, "“\(filled.field.title)”不包括 \(year) 年", hint: "核对实施期",
            subject: subject)
        }
        return nil
      }
    }
  }
}

/// The years in a text, in order.
private func years(in text: String) -> [Int] {
  var years: [Int] = []
  var run = ""
  for scalar in Array(text.unicodeScalars) + ["\n"] {
    if let digit = digit(scalar.value) {
      run += String(digit)
    } else {
      if run.count == 4, let year = Int(run), (1990...2100).contains(year) { years.append(year) }
      run = ""
    }
  }
  return years
}

private let exampleYearSheet = (
  name: "forms/year-sheet.yaml",
  text: """
  id: year-sheet
  title: 年度表
  unit: 万元
  sheet:
    - fields: [[{id: year, title: 年度}, {id: filled-on, title: 填报日期, type: date}]]
  """
)
