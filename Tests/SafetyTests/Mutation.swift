/// Random numbers that are the same for the same seed (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// A way in which a file comes to harm.
enum Mutation: CaseIterable {
  case deleteBytes, duplicateBytes, replaceByte, swapLines, deleteLine, repeatLine, insert, truncate,
    replaceWord

  /// The bytes of a file after the harm.
  func apply(to bytes: [UInt8], _ numbers: inout SeededNumbers) -> [UInt8] {
    var result = bytes
    let at = Int.random(in: 0...bytes.count, using: &numbers)
    let end = min(bytes.count, at + Int.random(in: 1...20, using: &numbers))
    switch self {
    case .deleteBytes: result.removeSubrange(at..<end)
    case .duplicateBytes: result.insert(contentsOf: bytes[at..<end], at: at)
    case .replaceByte: if at < bytes.count { result[at] = UInt8.random(in: 0...255, using: &numbers) }
    case .insert: result.insert(contentsOf: Self.nasty(&numbers).utf8, at: at)
    case .truncate: result.removeSubrange(at...)
    case .swapLines, .deleteLine, .repeatLine, .replaceWord: return changeLines(of: bytes, &numbers)
    }
    return result
  }

  private func changeLines(of bytes: [UInt8], _ numbers: inout SeededNumbers) -> [UInt8] {
    var lines = bytes.split(separator: 10, omittingEmptySubsequences: false).map(Array.init)
    let (first, second) = (
      lines.indices.randomElement(using: &numbers) ?? 0, lines.indices.randomElement(using: &numbers) ?? 0
    )
    switch self {
    case .swapLines: lines.swapAt(first, second)
    case .deleteLine: lines.remove(at: first)
    case .repeatLine: lines.insert(lines[first], at: second)
    default:
      // One value or cell of a line becomes something else.
      var parts = lines[first].split(separator: 44, omittingEmptySubsequences: false).map(Array.init)
      let part = parts.indices.randomElement(using: &numbers) ?? 0
      let key: [UInt8] = parts[part].firstIndex(of: 58).map { parts[part][...$0] + [32] } ?? []
      parts[part] = key + Array(Self.nasty(&numbers).utf8)
      lines[first] = Array(parts.joined(separator: [44]))
    }
    return Array(lines.joined(separator: [10]))
  }

  private static func nasty(_ numbers: inout SeededNumbers) -> String {
    nastyTexts.randomElement(using: &numbers) ?? ""
  }

  static let nastyTexts = [
    "\"", "'", ",", "\"\"", "\n", "\r", "\r\n", "\t", "\0", "\u{FEFF}", "\u{202E}", "\u{0301}", "\"\u{0301}",
    "<script>",
    "]]>", "-->", "&amp;", "{{", "}}", "{{ 表 }}", "{{ 1/0 }}", "{{ 收支表[*, *] }}", "{{{", "{{>404}}", "{{#a}}",
    "[", "]", "{", "}", "((((", "- ",
    "? ", ": ", "# ", "&a ", "*a", "!!binary ", "---\n", "...\n", "%YAML 9.9\n", "|\n", ">\n", "~", "null",
    "[]", "{}",
    "[[[[]]]]", "-9223372036854775808", "9223372036854775807", "170141183460469231731687303715884105727",
    "99", "-1",
    "0.00000000000000000001", "1e999", "NaN", "１２３", "(5)", "99999999999999999999999999999999999999",
    "../../x",
    "/etc/passwd", "%00", "%2e%2e", "javascript:alert(1)", "合计", "上年.", "数据[old]", "{year-99}", "{year}",
    "a.b.c.d.e.f",
    "\u{1F468}\u{200D}\u{1F469}", "\u{2028}", "\u{0085}", "`", "```\n", "<!--", "![](x)", "> > > > ", "****",
    "\\",
  ]
}
