import Forms

extension FilledGrid {
  /// For each list or strip of a list, as they stand side by side on paper, the panel it belongs to.
  public var strips: [Int] {
    panels.enumerated().flatMap { Array(repeating: $0.offset, count: max(1, $0.element.panel.strips)) }
  }

  /// For each line as printed the row of each strip, or nil where it has none.
  public var printedLines: [[Int?]] {
    panels.allSatisfy { $0.panel.strips <= 1 } ? lines : Self.lines(of: panels, in: grid, inStrips: true)
  }

  /// 行次 of a printed line: they go on from one strip to the next, also over lines that are empty there.
  public static func lineNumber(_ line: Int, strip: Int, of lines: Int) -> Int { line + 1 + strip * lines }

  /// Sets the panels' rows side by side; aligned rows share a line, and a list in strips fills them one after the other.
  static func lines(of panels: [FilledPanel], in grid: Grid, inStrips: Bool) -> [[Int?]] {
    let strips = panels.map { inStrips ? max(1, $0.panel.strips) : 1 }
    var next = Array(repeating: 0, count: panels.count)
    var lines: [[Int?]] = []
    func advance(to ends: [Int]) {
      let counts = zip(next, ends).map { max(0, $1 - $0) }
      let heights = zip(counts, strips).map { ($0 + $1 - 1) / $1 }
      for line in 0..<(heights.max() ?? 0) {
        lines.append(
          panels.indices.flatMap { panel in
            (0..<strips[panel]).map { strip in
              let row = strip * heights[panel] + line
              return line < heights[panel] && row < counts[panel] ? next[panel] + row : nil
            }
          })
      }
      next = zip(next, ends).map { max($0, $1) }
    }
    for group in grid.align {
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
}
