import Diagnostics
import Fiscal
import Parsing

/// By when the units of a site are to have published a kind of disclosure of a year (公开期限), as `site.yaml` says.
public struct Deadline: Sendable, Hashable {
  public var kind: String
  public var year: Int
  /// The day on which the budgets or accounts were approved for all (批复日期).
  public var approved: CalendarDay?
  /// The last day, where it is not counted from the approval.
  public var last: CalendarDay?
  /// Units that need not publish: a unit that was closed, or is secret.
  public var except: [String]
  /// Its place, and that of its kind.
  public var place: Place
  public var kindPlace: Place

  static let keys = ["kind", "year", "approved", "by", "except"]

  static func read(_ reader: inout MapReader) -> [Deadline] {
    reader.list("deadlines").compactMap { item in
      var entry = MapReader(item, "公开期限", keys: keys, id: reader.id)
      let kind = entry.text("kind", required: true)
      _ = entry.text("year", required: true)
      let year = entry.integer("year")
      let (approved, last) = (day(&entry, "approved"), day(&entry, "by"))
      if !entry.has("approved"), !entry.has("by") {
        entry.report(item.place, "公开期限没有写日期", hint: "写 approved: 批复日期，或 by: 最后一天")
      }
      let deadline = kind.flatMap { kind in
        year.map {
          Deadline(
            kind: kind, year: $0, approved: approved, last: last, except: entry.texts("except"),
            place: item.place,
            kindPlace: entry.place(of: "kind"))
        }
      }
      for finding in entry.findings { reader.report(finding.place, finding.message, hint: finding.hint) }
      return entry.findings.isEmpty ? deadline : nil
    }
  }

  private static func day(_ reader: inout MapReader, _ key: String) -> CalendarDay? {
    guard let scalar = reader.scalar(key) else { return nil }
    if let day = CalendarDay(scalar.text) { return day }
    reader.report(scalar.place, "“\(key)”应写作 2025-02-20，这里是“\(scalar.text)”")
    return nil
  }
}
