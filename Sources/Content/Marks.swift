import Diagnostics
import Parsing

/// A mark in content that something is still to be written there (待填标记).
///
/// `init` and `new` set marks, people may too; as long as one is left, the checks say so.
public struct Mark: Sendable, Hashable {
  public var text: String
  /// The check that reports it.
  public var check: String
  public var severity: Severity
  /// What to do about it.
  public var advice: String

  /// Something is to be filled in.
  public static let fill = Mark(
    text: "【待填】", check: "placeholder-left", severity: .error, advice: "把“【待填】”换成内容；格里没有数就填 0、— 或 无")
  /// Something taken from elsewhere is to be looked at.
  public static let review = Mark(
    text: "【待核】", check: "placeholder-left", severity: .error, advice: "核对、改好以后，删去“【待核】”")
  /// Something stands there as an example.
  public static let example = Mark(
    text: "【示例】", check: "example-left", severity: .warning, advice: "换成本单位的内容，删去“【示例】”")

  /// Every mark that the checks look for.
  public static let all = [fill, review, example]

  /// Whether a text holds a mark of any kind.
  static func isMarked(_ text: String) -> Bool {
    text.utf8.contains(0xE3) && all.contains { text.contains($0.text) }
  }

  /// Whether a text holds a mark that stands for something missing.
  public static func isOpen(in text: String) -> Bool {
    text.utf8.contains(0xE3) && all.contains { $0.severity == .error && text.contains($0.text) }
  }
}

/// The first mark of its kind in a line of a file, and how many of them the line has.
public struct PlacedMark: Sendable, Hashable {
  public var mark: Mark
  public var place: Place
  public var count: Int
}

extension Mark {
  /// All marks in a text, wherever they stand, comments too: by line, one of each kind with their number.
  public static func find(in source: SourceText) -> [PlacedMark] {
    // Nearly every file has none: the bytes of the bracket tell.
    guard hasBracket(source.text) else { return [] }
    var placed: [PlacedMark] = []
    for (index, line) in source.lines.enumerated() where hasBracket(line) {
      for mark in all {
        let parts = line.split(separator: mark.text, omittingEmptySubsequences: false)
        guard let before = parts.first, parts.count > 1 else { continue }
        placed.append(
          PlacedMark(
            mark: mark,
            place: Place(
              file: source.file, line: index + 1, column: before.unicodeScalars.count + 1,
              length: mark.text.unicodeScalars.count), count: parts.count - 1))
      }
    }
    return placed
  }

  /// Whether `【` (E3 80 90) occurs.
  private static func hasBracket(_ text: some StringProtocol) -> Bool {
    var last: (UInt8, UInt8) = (0, 0)
    for byte in text.utf8 {
      if byte == 0x90, last == (0xE3, 0x80) { return true }
      last = (last.1, byte)
    }
    return false
  }
}

extension PlacedMark {
  /// What the checks say of it.
  public func finding(_ subject: Subject = Subject()) -> Finding {
    let words = mark.severity == .error ? "还没有写好" : "还是示例"
    let times = count > 1 ? "这一行有 \(count) 处“\(mark.text)”，" : "这里有“\(mark.text)”，"
    return Finding(mark.check, mark.severity, at: place, times + words, hint: mark.advice, subject: subject)
  }
}
