/// The figures of a set that nothing is held against, each with the reason: `uncovered.txt` beside its content.
///
///     表 | 行 | 列 | 理由      (* stands for any)
struct Uncovered {
  struct Entry: Hashable {
    var table: String
    var row: String
    var column: String
    var reason: String
    var line: Int

    func covers(_ figure: PrintedFigure) -> Bool {
      func fits(_ pattern: String, _ name: String) -> Bool { pattern == "*" || pattern == name }
      return fits(table, figure.table) && fits(row, figure.row) && fits(column, figure.column)
    }
  }

  private(set) var entries: [Entry] = []
  /// Lines that are no entry.
  private(set) var unreadable: [String] = []

  init(_ text: String) {
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      guard !line.allSatisfy(\.isWhitespace), !line.hasPrefix("#") else { continue }
      let parts = line.split(separator: "|", omittingEmptySubsequences: false).map { part in
        String(part.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
      }
      guard parts.count == 4, !parts[0].isEmpty, !parts[3].isEmpty else {
        unreadable.append("\(number + 1): \(line)")
        continue
      }
      entries.append(
        Entry(table: parts[0], row: parts[1], column: parts[2], reason: parts[3], line: number + 1))
    }
  }
}
