import Diagnostics
import Parsing

extension Wording {
  /// The keys of `wording.yaml`.
  public static let keys = List.allCases.map(\.rawValue) + ["year-frames", "without"]
  public static let wordKeys = ["word", "right", "unless-after", "unless-before"]
  public static let frameKeys = ["before", "after", "year"]

  /// Reads files in order: each adds to those before it, and takes away what it lists as `without`.
  static func read(_ roots: [YAML], findings: inout [Finding]) -> Wording {
    var lists: [List: [Word]] = [:]
    var frames: [YearFrame] = []
    for root in roots {
      var reader = MapReader(root, "词语文件", keys: keys, id: "form-syntax")
      let without = Set(reader.texts("without"))
      if !without.isEmpty {
        for list in List.allCases { lists[list]?.removeAll { without.contains($0.text) } }
      }
      for list in List.allCases {
        for word in words(&reader, list.rawValue, &findings) {
          lists[list, default: []].removeAll { $0.text == word.text }
          lists[list, default: []].append(word)
        }
      }
      for item in reader.list("year-frames") {
        var entry = MapReader(item, "年份的前后文", keys: frameKeys, id: "form-syntax")
        let frame = YearFrame(
          before: entry.text("before") ?? "", after: entry.text("after") ?? "",
          offset: entry.integer("year") ?? 0)
        if frame.before.isEmpty {
          entry.report(item.place, "年份的前后文要写 before")
        } else if !frames.contains(frame) {
          frames.append(frame)
        }
        findings += entry.findings
      }
      findings += reader.findings
    }
    return Wording(lists: lists, yearFrames: frames)
  }

  /// A list of words, each a scalar or a mapping.
  static func words(_ reader: inout MapReader, _ key: String, _ findings: inout [Finding]) -> [Word] {
    var words: [Word] = []
    for item in reader.list(key) {
      if let scalar = item.scalar {
        words.append(Word(scalar.text))
        continue
      }
      var entry = MapReader(item, "词语", keys: wordKeys, id: "form-syntax")
      if let text = entry.text("word", required: true), !text.isEmpty {
        words.append(
          Word(
            text, right: entry.text("right"), unlessAfter: entry.texts("unless-after"),
            unlessBefore: entry.texts("unless-before")))
      }
      findings += entry.findings
    }
    return words
  }
}
