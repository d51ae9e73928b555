/// Findings as text for a terminal: place, fault, the source line with a caret, advice.
///
///     content/jyj/2025/budget/三公.csv:2:6: 错误: 合计 36.50，分项之和 36.00，相差 0.50（万元） [total-differs-from-parts]
///     2 | 县教育局,36.50,0.00,29.00,0.00,29.00,7.00
///       |          ^^^^^
///       提示: 核对分项是否漏填
public struct TextReport: Sendable {
  /// Gives the text of a line (counted from 1) of a file, or nil where it cannot be read.
  public typealias LineSource = (_ file: String, _ line: Int) -> String?

  public var colored: Bool
  /// The longest source excerpt, in terminal columns; longer lines are cut around the marked place.
  public var width: Int

  /// Of a finding with more notes the rest are counted.
  private let notesShown = 12

  public init(colored: Bool = false, width: Int = 120) {
    self.colored = colored
    self.width = max(width, 40)
  }

  public func render(_ findings: [Finding], lines: @escaping LineSource) -> String {
    let lines = Self.masking(lines, findings)
    return findings.map { render($0, lines: lines) }.joined(separator: "\n")
  }

  /// The lines of files with ● for what findings say must not be read.
  ///
  /// On such a line every long number is masked, too: a place may be off by a quotation mark.
  public static func masking(_ lines: @escaping LineSource, _ findings: [Finding]) -> LineSource {
    var columns: [String: [Int: [Range<Int>]]] = [:]
    for place in findings.lazy.flatMap(\.secrets) where place.line > 0 {
      columns[place.file, default: [:]][place.line, default: []].append(
        max(place.column, 1)..<(max(place.column, 1) + max(place.length, 1)))
    }
    guard !columns.isEmpty else { return lines }
    return { file, line in
      let text = lines(file, line)
      guard let text, let hidden = columns[file]?[line] else { return text }
      return masked(text, hidden)
    }
  }

  private static func masked(_ line: String, _ columns: [Range<Int>]) -> String {
    var scalars = Array(line.unicodeScalars)
    func isDigit(_ index: Int) -> Bool { ("0"..."9").contains(scalars[index]) }
    var index = 0
    var ranges: [Range<Int>] = columns.map { ($0.lowerBound - 1)..<($0.upperBound - 1) }
    while index < scalars.count {
      let start = index
      while index < scalars.count, isDigit(index) { index += 1 }
      if index - start >= 7 { ranges.append(start..<index) }
      index = max(index, start + 1)
    }
    // A place that leaves the line was counted in a text that the file holds otherwise: nothing of the line is safe.
    if ranges.contains(where: { $0.upperBound > scalars.count }) { ranges = [scalars.indices] }
    for range in ranges {
      for index in range.clamped(to: scalars.indices) { scalars[index] = "●" }
    }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  /// Findings under the name of their disclosure.
  ///
  /// - Parameter limit: How many of a kind are told in each group; nil for all.
  public func render(_ groups: [FindingGroup], limit: Int?, lines: LineSource) -> String {
    groups.map { group in
      let shown = limit.map { group.findings.folded(limit: $0) } ?? group.findings.map { .finding($0) }
      let texts = shown.map { item in
        switch item {
        case .finding(let finding): render(finding, lines: lines)
        case .more(let rest):
          "还有 \(rest.count) 处同类的\(rest[0].severity.chinese) [\(rest[0].id)]：\(rest.placesInShort())；加 -v 全部列出\n"
        }
      }
      return "== \(group.title) ==\n\n" + texts.joined(separator: "\n")
    }.joined(separator: "\n")
  }

  public func render(_ finding: Finding, lines: LineSource) -> String {
    var text = position(of: finding.place)
    text += ": " + paint(finding.severity.chinese, for: finding) + ": " + singleLine(finding.message)
    text += " [\(finding.id)]\n"
    text += excerpt(at: finding.place, lines: lines)
    for note in finding.notes.prefix(notesShown) {
      text += "  另见: "
      if let place = note.place { text += position(of: place) + ": " }
      text += singleLine(note.message) + (note.id.map { " [\($0)]" } ?? "") + "\n"
    }
    if finding.notes.count > notesShown { text += "  另见: 等 \(finding.notes.count) 处\n" }
    if let hint = finding.hint { text += "  提示: " + singleLine(hint) + "\n" }
    if let reason = finding.waived { text += "  已豁免: " + singleLine(reason) + "\n" }
    return text
  }

  private func position(of place: Place) -> String {
    place.line > 0 ? "\(place.file):\(place.line):\(max(place.column, 1))" : place.file
  }

  private func paint(_ word: String, for finding: Finding) -> String {
    guard colored else { return word }
    let code =
      finding.waived != nil
      ? "2" : finding.severity == .error ? "1;31" : finding.severity == .warning ? "1;33" : "1;36"
    return "\u{1B}[\(code)m\(word)\u{1B}[0m"
  }

  private func excerpt(at place: Place, lines: LineSource) -> String {
    guard place.line > 0, let line = lines(place.file, place.line) else { return "" }
    let (shown, before, marked) = window(of: line, column: max(place.column, 1), length: max(place.length, 1))
    let gutter = String(repeating: " ", count: String(place.line).count)
    return "\(place.line) | \(shown)\n\(gutter) | "
      + String(repeating: " ", count: before) + String(repeating: "^", count: max(marked, 1)) + "\n"
  }

  /// The part of a line that fits, with the terminal columns before and of the marked text.
  private func window(of line: String, column: Int, length: Int) -> (String, Int, Int) {
    let scalars = Array(line.unicodeScalars).map { displayWidth(of: $0) == 0 && $0.value < 0xA0 ? " " : $0 }
    func columns(_ range: Range<Int>) -> Int { scalars[range].reduce(0) { $0 + displayWidth(of: $1) } }
    let start = min(column - 1, scalars.count)
    let end = min(start + length, scalars.count)
    // Walked back from the mark: a line may be very long.
    var first = start
    var room = 0
    while first > 0, room + displayWidth(of: scalars[first - 1]) <= width * 2 / 3 {
      room += displayWidth(of: scalars[first - 1])
      first -= 1
    }
    var last = first
    var used = 0
    while last < scalars.count, used + displayWidth(of: scalars[last]) <= width {
      used += displayWidth(of: scalars[last])
      last += 1
    }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars[first..<last])
    let lead = first > 0 ? "…" : ""
    let tail = last < scalars.count ? "…" : ""
    let before = columns(first..<start) + displayWidth(of: lead)
    return (lead + String(text) + tail, before, columns(start..<max(start, min(end, last))))
  }

  private func singleLine(_ text: String) -> String {
    String(text.map { $0.isNewline ? " " : $0 })
  }
}
