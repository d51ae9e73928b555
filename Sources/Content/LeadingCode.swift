import Fiscal

/// A code that is printed before its name in one cell: `[2010101]行政运行`, `2010101 行政运行`, `2010101行政运行`.
struct LeadingCode: Equatable {
  var code: String
  /// What follows it; empty where nothing does.
  var name: String

  /// Nil for a text that begins with no code of a classification: a number before a name need not be one.
  init?(_ text: String, in classifications: [Classification]) {
    var rest = Substring(text)
    let closing = rest.first.flatMap { Self.brackets[$0] }
    if closing != nil { rest = rest.dropFirst() }
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    guard (3...11).contains(digits.count), digits.count % 2 == 1 else { return nil }
    rest = rest.dropFirst(digits.count)
    if let closing {
      guard rest.first == closing else { return nil }
      rest = rest.dropFirst()
    }
    let separated = rest.drop { $0.isWhitespace || Self.separators.contains($0) }
    code = String(digits)
    name = String(separated)
    // 301.50 and 205% are figures.
    if closing == nil, let next = rest.first, ".．%％,，".contains(next) { return nil }
    let known = classifications.filter { $0.name(of: String(digits.prefix(3))) != nil }
    // 301医院 is a name that begins with a number: without anything between them the name must be the code's.
    let isApart = closing != nil || separated.count < rest.count || separated.isEmpty
    guard known.contains(where: { isApart || $0.verdict(on: name, of: code) == .agrees }) else { return nil }
  }

  private static let brackets: [Character: Character] = [
    "[": "]", "【": "】", "（": "）", "(": ")", "〔": "〕", "［": "］",
  ]
  private static let separators: Set<Character> = ["-", "－", "—", "_", ":", "：", "、", "|"]
}
