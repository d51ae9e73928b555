import Diagnostics
import Parsing

extension CodeList {
  static let keys = ["codes", "under", "depth", "from"]

  /// Reads `codes`, `under`, `depth` and `from` of a block of rows or a repetition of columns.
  init(_ reader: inout MapReader, _ facts: FactModel) {
    let classification = reader.choice("codes", facts.classifications.map { ($0, $0) }) ?? ""
    let isComplete = reader.choice("from", [("data", false), ("all", true)]) ?? false
    var levels = 1...Self.deepest
    if let depth = reader.scalar("depth") {
      if let read = Self.levels(depth.text) {
        levels = read
      } else {
        reader.report(depth.place, "depth“\(depth.text)”应写作 2（到款为止）或 2..3（只要款、项）", hint: "类 1、款 2、项 3")
      }
    }
    self.init(
      classification: classification, under: reader.texts("under"), levels: levels, isComplete: isComplete,
      place: reader.place)
  }

  private static let deepest = 9

  /// `2` is down to 款; `2..3` is 款 and 项 only.
  private static func levels(_ text: String) -> ClosedRange<Int>? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
    let (first, last) =
      parts.count == 1
      ? (1, parts[0]) : parts.count == 3 && text.contains("..") ? (parts[0], parts[2]) : (nil, nil)
    guard let first, let last, first >= 1, last <= deepest, first <= last else { return nil }
    return first...last
  }
}
