/// A JSON text in the making: objects keep the order of their members, so that the same input gives the same bytes.
enum JSONValue: Sendable {
  case string(String)
  case integer(Int)
  case array([JSONValue])
  case object([(String, JSONValue)])

  /// The text, two spaces deeper for each level; what holds no list is written on one line.
  func text(depth: Int = 0) -> String {
    let margin = String(repeating: "  ", count: depth + 1)
    let end = "\n" + String(repeating: "  ", count: depth)
    switch self {
    case .string(let text): return jsonString(text)
    case .integer(let number): return String(number)
    case .array(let items):
      if items.isEmpty { return "[]" }
      return "[\n" + items.map { margin + $0.text(depth: depth + 1) }.joined(separator: ",\n") + end + "]"
    case .object(let members):
      if members.allSatisfy({ $0.1.isScalar }) {
        return "{" + members.map { jsonString($0.0) + ": " + $0.1.text() }.joined(separator: ", ") + "}"
      }
      return "{\n"
        + members.map { margin + jsonString($0.0) + ": " + $0.1.text(depth: depth + 1) }.joined(
          separator: ",\n")
        + end + "}"
    }
  }

  private var isScalar: Bool {
    switch self {
    case .string, .integer: true
    case .array, .object: false
    }
  }
}

/// A JSON string literal, safe inside HTML script elements too.
public func jsonString(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\r": result += "\\r"
    case "\t": result += "\\t"
    case "<", ">", "&", "\u{2028}", "\u{2029}", "\u{0}"..<"\u{20}":
      let hex = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}
