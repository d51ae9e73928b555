import Parsing

extension Kind.Timing {
  /// Reads `publish-within` (days after approval) and `published-in` (years from the disclosure's own, `-1..0`).
  init(_ reader: inout MapReader) {
    self.init()
    if let count = reader.integer("publish-within") {
      if (1...366).contains(count) {
        days = count
      } else {
        reader.report(
          reader.place(of: "publish-within"), "“publish-within”应在 1 到 366 之间，这里是 \(count)",
          hint: "写批复后几天内公开，如 20")
      }
    }
    guard let text = reader.scalar("published-in") else { return }
    years = Self.years(text.text)
    if years == nil {
      reader.report(
        text.place, "“published-in”应写作 1 或 -1..0，这里是“\(text.text)”", hint: "公开的年份与文档年度之差：次年公开写 1")
    }
  }

  /// `1` or `-1..0`, at most ten years off.
  private static func years(_ text: String) -> ClosedRange<Int>? {
    let dots = text.firstRange(of: "..")
    let (low, high) = (
      dots.map { text[..<$0.lowerBound] } ?? text[...], dots.map { text[$0.upperBound...] } ?? text[...]
    )
    guard let first = Int(low), let last = Int(high), first <= last, first >= -10, last <= 10 else {
      return nil
    }
    return first...last
  }
}
