import Diagnostics

/// Lines at different depths, drawn as a tree: what is told of a line stands beside it, in one column.
struct TextTree {
  private struct Line {
    var depth: Int
    var title: String
    var details: [String]
  }

  private var lines: [Line] = []

  var isEmpty: Bool { lines.isEmpty }

  mutating func add(_ depth: Int, _ title: String, _ details: [String] = []) {
    lines.append(Line(depth: depth, title: title, details: details))
  }

  /// The tree, each line ended; titles are padded by the columns they take on a terminal.
  var text: String {
    let branches = branches
    let stems = zip(branches, lines).map { $0 + $1.title }
    // One long title does not push the details of all others to the edge.
    let widths = zip(stems, lines).filter { !$1.details.isEmpty }.map { displayWidth(of: $0.0) }
    let width = widths.filter { $0 <= 40 }.max() ?? 0
    return zip(stems, lines).map { stem, line in
      guard !line.details.isEmpty else { return stem + "\n" }
      let gap = String(repeating: " ", count: max(0, width - displayWidth(of: stem)) + 2)
      return stem + gap + line.details.joined(separator: "  ") + "\n"
    }.joined()
  }

  /// What stands before each title: whether more lines follow at its depth, and at each depth above.
  private var branches: [String] {
    var result = [String](repeating: "", count: lines.count)
    // From the last line up: the depths at which a line still comes below.
    var open: Set<Int> = []
    for index in lines.indices.reversed() {
      let depth = lines[index].depth
      open = open.filter { $0 <= depth }
      if depth > 0 {
        let bars = (1..<depth).map { open.contains($0) ? "│ " : "  " }.joined()
        result[index] = bars + (open.contains(depth) ? "├ " : "└ ")
      }
      open.insert(depth)
    }
    return result
  }
}
