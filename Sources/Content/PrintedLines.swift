import Forms

extension FilledGrid {
  /// For each list or strip of a list, as they stand side by side on paper, the panel it belongs to.
  public var strips: [Int] {
    panels.enumerated().flatMap { Array(repeating: $0.offset, count: max(1, $0.element.panel.strips)) }
  }

  /// For each line as printed the row of each strip, or nil where it has none.
  public var printedLines: [[Int?]] {
    let isPlain = panels.allSatisfy { $0.panel.strips <= 1 } && !grid.align.contains { $0.isEmpty }
    return isPlain || lines.isEmpty ? lines : Self.lines(of: panels, in: grid, onPaper: true)
  }

  /// 行次 of a printed line: they go on from one strip to the next, also over lines that are empty there.
  public static func lineNumber(_ line: Int, strip: Int, of lines: Int) -> Int { line + 1 + strip * lines }

  /// Sets the panels' rows side by side; aligned rows share a line.
  ///
  /// - Parameter onPaper: whether lists fill their strips one after the other and lines left blank are there, too.
  static func lines(of panels: [FilledPanel], in grid: Grid, onPaper: Bool) -> [[Int?]] {
    let strips = panels.map { onPaper ? max(1, $0.panel.strips) : 1 }
    let starts = panels.map { onPaper ? $0.stripStarts : [] }
    var next = Array(repeating: 0, count: panels.count)
    var lines: [[Int?]] = []
    func advance(to ends: [Int]) {
      let parts = panels.indices.flatMap { panel in
        Self.parts(of: next[panel]..<max(next[panel], ends[panel]), strips[panel], starts[panel])
      }
      for line in 0..<(parts.map(\.count).max() ?? 0) {
        lines.append(parts.map { line < $0.count ? $0.lowerBound + line : nil })
      }
      next = zip(next, ends).map { max($0, $1) }
    }
    for group in grid.align {
      if group.isEmpty {
        if onPaper { lines.append(Array(repeating: nil, count: strips.reduce(0, +))) }
        continue
      }
      let targets = group.compactMap { address in
        panels[address.panel].rows.firstIndex { $0.spec == address.row }.map {
          (panel: address.panel, row: $0)
        }
      }
      guard targets.count > 1, targets.allSatisfy({ $0.row >= next[$0.panel] }) else { continue }
      var ends = next
      for target in targets { ends[target.panel] = target.row }
      advance(to: ends)
      lines.append(
        panels.indices.flatMap { panel -> [Int?] in
          guard targets.contains(where: { $0.panel == panel }) else {
            return Array(repeating: nil, count: strips[panel])
          }
          next[panel] += 1
          return Array(repeating: nil, count: strips[panel] - 1) + [next[panel] - 1]
        })
    }
    advance(to: panels.map(\.rows.count))
    return lines
  }

  /// The rows of each strip: as equal as can be, or from where the form begins each.
  private static func parts(of rows: Range<Int>, _ count: Int, _ starts: [Int]) -> [Range<Int>] {
    guard starts.isEmpty else {
      let bounds = [rows.lowerBound] + starts.dropFirst().map { $0.clamped(to: rows) } + [rows.upperBound]
      return zip(bounds, bounds.dropFirst()).map { $0..<max($0, $1) }
    }
    let height = (rows.count + count - 1) / count
    return (0..<count).map { strip in
      let first = min(rows.lowerBound + strip * height, rows.upperBound)
      return first..<min(first + height, rows.upperBound)
    }
  }
}

extension Int {
  fileprivate func clamped(to rows: Range<Int>) -> Int {
    Swift.min(Swift.max(self, rows.lowerBound), rows.upperBound)
  }
}

extension FilledPanel {
  /// The row that each strip begins with, where the form says so: of a code that the data leaves out, the next one.
  fileprivate var stripStarts: [Int] {
    var starts: [Int] = []
    for name in panel.stripStarts {
      let from = starts.last ?? 0
      let isCode = name.utf8.allSatisfy { (48...57).contains($0) }
      let start = rows.indices.dropFirst(from).first { index in
        if isCode, let code = rows[index].code { return code >= name }
        return rows[index].spec.map { panel.rows[$0].id == name || panel.rows[$0].title == name } ?? false
      }
      starts.append(start ?? rows.count)
    }
    return starts
  }
}
