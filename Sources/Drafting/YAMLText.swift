import Parsing

/// Writes YAML by hand, so that files come out in the order and with the remarks a person would give them.
enum YAMLText {
  /// A scalar, quoted where it would read as something else.
  static func scalar(_ text: String, inFlow: Bool = true) -> String {
    isPlain(text, inFlow: inFlow) ? text : quoted(text)
  }

  /// `[甲, 乙]`.
  static func list(_ texts: [String]) -> String {
    "[" + texts.map { scalar($0) }.joined(separator: ", ") + "]"
  }

  /// `{id: school, name: 校舍维修}`.
  static func map(_ pairs: [(String, String)]) -> String {
    "{" + pairs.map { "\(scalar($0.0)): \($0.1)" }.joined(separator: ", ") + "}"
  }

  /// A literal block below a key.
  static func block(_ text: String, indent: Int) -> String {
    let margin = String(repeating: " ", count: indent)
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let body = lines.last == "" ? lines.dropLast() : lines[...]
    return "|\n" + body.map { $0.isEmpty ? "\n" : margin + $0 + "\n" }.joined()
  }

  /// A value as it was read, on one line.
  static func flow(_ value: YAML) -> String {
    switch value {
    case .scalar(let scalar): scalar.isNull ? "~" : self.scalar(scalar.text)
    case .list(let items, _): "[" + items.map { flow($0) }.joined(separator: ", ") + "]"
    case .map(let pairs, _): map(pairs.map { ($0.key.text, flow($0.value)) })
    }
  }

  private static func isPlain(_ text: String, inFlow: Bool) -> Bool {
    guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last else { return false }
    if ["~", "null"].contains(text) || first == " " || last == " " || last == ":" { return false }
    if "-?:,[]{}#&*!|>'\"%@`".unicodeScalars.contains(first) {
      // A negative number is plain.
      guard first == "-", text.utf8.count > 1,
        text.utf8.dropFirst().first.map({ (48...57).contains($0) }) ?? false
      else { return false }
    }
    if text.contains(": ") || text.contains(" #") || text.contains("\t") { return false }
    if text.unicodeScalars.contains(where: { $0.value < 32 }) { return false }
    return !inFlow || !text.contains { ",[]{}".contains($0) }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
