import Foundation
import Parsing

/// A page of the documentation: its sections with their tables, and its examples.
struct Page {
  /// An example with the file that its fence names: ```` ```yaml content/site.yaml ````.
  struct Example: Sendable {
    var language: String
    var path: String?
    var text: String
    /// Line of the fence.
    var line: Int
  }

  /// Keys in the first columns of a section's tables, by the section's heading.
  private(set) var keys: [String: [String]] = [:]
  private(set) var headings: [String] = []
  private(set) var examples: [Example] = []
  private var text = ""

  init(_ name: String) throws {
    let docs = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("docs")
    text = try String(contentsOf: docs.appendingPathComponent(name), encoding: .utf8)
    var fence: Example?
    var body: [Substring] = []
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.hasPrefix("```") {
        if var example = fence {
          example.text = body.map { $0 + "\n" }.joined()
          examples.append(example)
          fence = nil
        } else {
          let words = line.dropFirst(3).split(separator: " ").map(String.init)
          fence = Example(
            language: words.first ?? "", path: words.count > 1 ? words[1] : nil, text: "", line: number + 1)
          body = []
        }
      } else if fence != nil {
        body.append(line)
      } else if line.hasPrefix("#") {
        headings.append(String(line.drop { $0 == "#" }.dropFirst()))
      } else if line.hasPrefix("|"), let heading = headings.last, let key = Self.key(in: line) {
        keys[heading, default: []].append(key)
      }
    }
  }

  /// The key that a table's line explains: `` | `key` | … ``, also in bold.
  private static func key(in line: Substring) -> String? {
    let cell = line.dropFirst().prefix { $0 != "|" }.trimmingCharacters(in: CharacterSet(charactersIn: " *"))
    guard cell.count > 2, cell.hasPrefix("`"), cell.hasSuffix("`") else { return nil }
    return String(cell.dropFirst().dropLast())
  }

  /// Whether a word stands somewhere as code.
  func explains(_ word: String) -> Bool { text.contains("`\(word)`") }

  /// The examples that name a file, as sources.
  func sources(below folder: String) -> [SourceText] {
    examples.compactMap { example in
      guard let path = example.path, path.hasPrefix(folder) else { return nil }
      return SourceText(file: path, text: example.text)
    }
  }
}
