import Diagnostics

/// The header of a table drawn with lines: groups above their columns, panels side by side.
///
/// It is set by the columns that characters take in a monospaced type, so that 汉字 and digits stand under one another.
struct HeaderSketch {
  /// How wide the whole sketch may become before titles are broken into more lines.
  static let room = 100

  private struct Box {
    var title: String
    var columns: Range<Int>
    var rows: Range<Int>
  }

  private var boxes: [Box] = []
  private var depth = 1
  private var titles: [String] = []
  private var widths: [Int] = []

  /// - Parameters:
  ///   - rowNumbers: The title of the column of row numbers (行次), which stands behind the names of rows.
  ///   - columnNumbers: What stands before the line of column numbers (栏次).
  init(_ panels: [Panel], rowNumbers: String? = nil, columnNumbers: String? = nil) {
    let hasTitles = panels.count > 1 && panels.contains { !($0.title ?? "").isEmpty }
    let top = hasTitles ? 1 : 0
    depth = top + (panels.map { Self.depth(of: $0.columns) }.max() ?? 1)
    var leaves: [Int: String] = [:]
    var number = 0
    for panel in panels {
      // A list in strips is printed beside itself, as the page has it.
      for _ in 0..<max(1, panel.strips) {
        let first = titles.count
        let printed = Self.numbering(panel.columns, in: panel, rowNumbers)
        for column in printed { add(column, at: top) }
        for (place, leaf) in zip(first..<titles.count, printed.flatMap { Self.leaves(of: $0) }) {
          guard let leaf, panel.leaves.indices.contains(leaf) else { continue }
          if panel.leaves[leaf].type.isNumeric {
            number += 1
            leaves[place] = String(number)
          } else if leaf == panel.labelColumn {
            leaves[place] = columnNumbers
          }
        }
        guard hasTitles, first < titles.count else { continue }
        boxes.append(Box(title: panel.title ?? "", columns: first..<titles.count, rows: 0..<1))
      }
    }
    widths = Self.widths(of: titles)
    guard columnNumbers != nil else { return }
    boxes += titles.indices.map {
      Box(title: leaves[$0] ?? "", columns: $0..<$0 + 1, rows: depth..<depth + 1)
    }
    depth += 1
  }

  /// Columns with that of row numbers behind the one that names the rows.
  private static func numbering(_ columns: [Column], in panel: Panel, _ title: String?) -> [Column] {
    guard let title else { return columns }
    return columns.flatMap { column -> [Column] in
      var column = column
      column.children = numbering(column.children, in: panel, title)
      guard let leaf = column.leaf, leaf == panel.labelColumn else { return [column] }
      return [column, Column(id: "", title: title, children: [], leaf: nil, place: column.place)]
    }
  }

  /// The places of the columns below one, among the leaves of the panel; nil for row numbers.
  private static func leaves(of column: Column) -> [Int?] {
    column.children.isEmpty ? [column.leaf] : column.children.flatMap { leaves(of: $0) }
  }

  /// The sketch, each line ended; nothing where there are no columns.
  var text: String {
    guard !titles.isEmpty else { return "" }
    let lines = boxes.map { box in Self.lines(of: box.title, in: width(of: box.columns)) }
    let heights = heights(lines)
    // Where each line between columns and between rows is drawn.
    let verticals = widths.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1 + 1) }
    let horizontals = heights.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1 + 1) }
    var canvas = Canvas(width: (verticals.last ?? 0) + 1, height: (horizontals.last ?? 0) + 1)
    for (box, text) in zip(boxes, lines) {
      let (left, right) = (verticals[box.columns.lowerBound], verticals[box.columns.upperBound])
      let (top, bottom) = (horizontals[box.rows.lowerBound], horizontals[box.rows.upperBound])
      canvas.outline(left, top, right, bottom)
      for (offset, line) in text.enumerated() where !line.isEmpty {
        let space = right - left - 1 - displayWidth(of: line)
        let above = (bottom - top - 1 - text.count) / 2
        canvas.write(line, left + 1 + max(0, space) / 2, top + 1 + max(0, above) + offset)
      }
    }
    return canvas.text
  }

  // MARK: Layout

  private static func depth(of columns: [Column]) -> Int {
    columns.map { column in
      column.children.isEmpty ? 1 : (column.title.isEmpty ? 0 : 1) + depth(of: column.children)
    }.max() ?? 1
  }

  private mutating func add(_ column: Column, at row: Int) {
    guard !column.children.isEmpty else {
      boxes.append(Box(title: column.title, columns: titles.count..<titles.count + 1, rows: row..<depth))
      titles.append(column.title)
      return
    }
    let first = titles.count
    for child in column.children { add(child, at: column.title.isEmpty ? row : row + 1) }
    guard !column.title.isEmpty, first < titles.count else { return }
    boxes.append(Box(title: column.title, columns: first..<titles.count, rows: row..<row + 1))
  }

  /// As wide as the titles where there is room, else narrower and higher.
  private static func widths(of titles: [String]) -> [Int] {
    let natural = titles.map { max(4, displayWidth(of: $0)) }
    for limit in stride(from: 32, to: 4, by: -2) {
      let widths = natural.map { broken($0, limit) }
      if widths.reduce(titles.count + 1, +) <= room { return widths }
    }
    return natural.map { broken($0, 4) }
  }

  /// The width of a text's lines where they are about equally long and none is longer than a limit.
  private static func broken(_ width: Int, _ limit: Int) -> Int {
    let count = (width + limit - 1) / limit
    let even = (width + count - 1) / max(1, count)
    return min(max(4, limit), even + even % 2)
  }

  private func width(of columns: Range<Int>) -> Int { widths[columns].reduce(columns.count - 1, +) }

  private static func lines(of title: String, in width: Int) -> [String] {
    let natural = displayWidth(of: title)
    guard natural > width else { return [title] }
    let limit = broken(natural, width)
    var lines = [""]
    var used = 0
    for character in title {
      let size = displayWidth(of: String(character))
      // A closing mark does not begin a line: it still fits, or takes along the character before it.
      let isClosing = "）)、，：”》%".contains(character)
      if used + size > limit, used > 0, !(isClosing && used + size <= width) {
        let last = isClosing && lines[lines.count - 1].count > 1 ? lines[lines.count - 1].popLast() : nil
        lines.append(last.map { String($0) } ?? "")
        used = displayWidth(of: lines[lines.count - 1])
      }
      lines[lines.count - 1].append(character)
      used += size
    }
    return lines
  }

  /// Rows of boxes are as high as their titles need; the last row of a higher box takes what is left over.
  private func heights(_ lines: [[String]]) -> [Int] {
    var heights = [Int](repeating: 1, count: depth)
    for (box, text) in zip(boxes, lines) where box.rows.count == 1 {
      heights[box.rows.lowerBound] = max(heights[box.rows.lowerBound], text.count)
    }
    for (box, text) in zip(boxes, lines) where box.rows.count > 1 {
      let height = heights[box.rows].reduce(box.rows.count - 1, +)
      heights[box.rows.upperBound - 1] += max(0, text.count - height)
    }
    return heights
  }
}

/// Lines and texts by their place; where lines meet they are joined.
private struct Canvas {
  /// For each place which ways a line goes on from it: 1 up, 2 down, 4 left, 8 right.
  private var lines: [[UInt8]]
  private var texts: [[Int: String]]

  init(width: Int, height: Int) {
    lines = Array(repeating: Array(repeating: 0, count: width), count: height)
    texts = Array(repeating: [:], count: height)
  }

  mutating func outline(_ left: Int, _ top: Int, _ right: Int, _ bottom: Int) {
    for column in left...right {
      for row in [top, bottom] {
        lines[row][column] |= (column > left ? 4 : 0) | (column < right ? 8 : 0)
      }
    }
    for row in top...bottom {
      for column in [left, right] {
        lines[row][column] |= (row > top ? 1 : 0) | (row < bottom ? 2 : 0)
      }
    }
  }

  mutating func write(_ text: String, _ column: Int, _ row: Int) { texts[row][column] = text }

  var text: String {
    let signs: [UInt8: String] = [
      3: "│", 12: "─", 10: "┌", 6: "┐", 9: "└", 5: "┘", 11: "├", 7: "┤", 14: "┬", 13: "┴", 15: "┼",
    ]
    var result = ""
    for row in lines.indices {
      var column = 0
      while column < lines[row].count {
        if let text = texts[row][column] {
          result += text
          column += max(1, displayWidth(of: text))
        } else {
          result += signs[lines[row][column]] ?? " "
          column += 1
        }
      }
      result += "\n"
    }
    return result
  }
}
