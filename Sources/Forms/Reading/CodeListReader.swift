import Diagnostics
import Parsing

extension CodeList {
  static let keys = ["codes", "under", "depth", "from"]

  /// Reads `codes`, `under`, `depth` and `from` of a block of rows or a repetition of columns.
  init(_ reader: inout MapReader, _ facts: FactModel) {
    let named = Self.pair(&reader, facts)
    let classification =
      named?.first ?? reader.choice("codes", facts.classifications.map { ($0, $0) }) ?? ""
    let isComplete = reader.choice("from", [("data", false), ("all", true)]) ?? false
    var levels = 1...Self.deepest
    if let depth = reader.scalar("depth") {
      if let read = Self.levels(depth.text) {
        levels = read
      } else {
        reader.report(depth.place, "depth“\(depth.text)”应写作 2（到款为止）或 2..3（只要款、项）", hint: "类 1、款 2、项 3")
      }
    }
    let under = reader.scalars("under")
    for code in under {
      let isCode = code.text.utf8.allSatisfy { (48...57).contains($0) }
      if !isCode || code.text.utf8.count < 3 || code.text.utf8.count % 2 == 0 {
        reader.report(code.place, "“\(code.text)”不是科目编码", hint: "类 3 位、款 5 位、项 7 位，只写数字")
      }
    }
    self.init(
      classification: classification, paired: named?.dropFirst().first, under: under.map(\.text),
      levels: levels,
      isComplete: isComplete,
      place: reader.place)
  }

  private static let deepest = 9

  /// Two classifications whose codes stand side by side; nil where one stands alone, and only the first after a mistake.
  private static func pair(_ reader: inout MapReader, _ facts: FactModel) -> [String]? {
    guard case .list? = reader.node("codes") else { return nil }
    let names = reader.scalars("codes")
    var isSound = true
    for name in names where !facts.classifications.contains(name.text) {
      isSound = false
      reader.report(
        name.place, "“codes”不能是“\(name.text)”", hint: "可以是：" + facts.classifications.joined(separator: "、"))
    }
    if isSound, names.count != 2 || names.first?.text == names.last?.text {
      isSound = false
      reader.report(
        reader.place(of: "codes"), "成对的科目要写两种，这里有 \(Set(names.map(\.text)).count) 种",
        hint: "例如 codes: [economic, gov-economic]；只有一种的不用写成列表")
    }
    if reader.has("from") {
      reader.report(reader.keyPlace("from"), "成对的科目不能写“from”", hint: "数据有哪些就印哪些")
    }
    return isSound ? names.map(\.text) : [names.first?.text ?? ""]
  }

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
