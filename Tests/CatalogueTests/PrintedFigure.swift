import Content
import Diagnostics
import Forms

/// A figure of a table, with its place in a file, so that another can be put there.
struct PrintedFigure {
  var table: String
  var row: String
  var column: String
  var cell: Cell
  /// Decimals of its last place.
  var decimals: Int
  /// A percentage is known only as well as the amounts it comes from.
  var isPercent: Bool
  /// Below the unit's folder.
  var file: String

  var name: String { "“\(table)”\(row)、\(column) \(cell.text)（\(file):\(cell.line):\(cell.column)）" }

  /// The figure with so many last places more.
  func raised(by places: Int) -> String? {
    let digits = cell.text.filter { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-") }
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard let whole = parts.first, parts.count <= 2 else { return nil }
    let fraction = parts.count == 2 ? String(parts[1]) : ""
    let places = places * (0..<max(0, fraction.count - decimals)).reduce(1) { product, _ in product * 10 }
    let width = max(decimals, fraction.count)
    let padded = fraction + String(repeating: "0", count: width - fraction.count)
    guard let scaled = Int(whole + padded) else { return nil }
    let raised = scaled + places
    let text = String(raised.magnitude)
    let long = String(repeating: "0", count: max(0, width + 1 - text.count)) + text
    return (raised < 0 ? "-" : "") + (width == 0 ? long : long.dropLast(width) + "." + long.suffix(width))
      + (cell.text.hasSuffix("%") ? "%" : "")
  }

  /// The file's text with another figure in this one's place; nil where it does not stand there.
  func replaced(in bytes: [UInt8], by text: String) -> [UInt8]? {
    var lines = String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false
    )
    .map(String.init)
    guard lines.indices.contains(cell.line - 1) else { return nil }
    let line = Array(lines[cell.line - 1].unicodeScalars)
    let old = Array(cell.text.unicodeScalars)
    // A quoted cell begins before its text.
    let starts = (cell.column - 1)...(cell.column + 1)
    guard
      let start = starts.first(where: {
        $0 + old.count <= line.count && Array(line[$0..<($0 + old.count)]) == old
      })
    else { return nil }
    var changed = String.UnicodeScalarView()
    changed.append(contentsOf: line[..<start])
    changed.append(contentsOf: text.unicodeScalars)
    changed.append(contentsOf: line[(start + old.count)...])
    lines[cell.line - 1] = String(changed)
    return Array(lines.joined(separator: "\n").utf8)
  }
}

extension BoundUnit {
  /// Every figure that its tables print.
  func figures(below folder: String) -> [PrintedFigure] {
    disclosures.flatMap(\.tables).flatMap { table in
      let file = String(table.file.dropFirst(folder.count + 1))
      func figure(_ cell: Cell, _ row: String, _ column: String, _ type: ColumnType, decimals: Int)
        -> PrintedFigure?
      {
        guard cell.line > 0, cell.amount != nil || cell.number != nil else { return nil }
        return PrintedFigure(
          table: table.form.name, row: row, column: column, cell: cell,
          decimals: max(type == .amount ? decimals : 0, cell.decimals), isPercent: type == .percent,
          file: file)
      }
      return table.blocks.flatMap { block -> [PrintedFigure] in
        switch block {
        case .grid(let grid): grid.panels.flatMap { figures(of: $0, figure) }
        case .indicators(_, let panel): figures(of: panel, figure)
        case .fields(_, let rows):
          rows.flatMap { $0 }.compactMap { filled in
            figure(
              filled.cell, filled.field.title, "", filled.field.type, decimals: filled.field.decimals)
          }
        case .score(let score, let filled):
          [("分值", filled.points), ("得分", filled.score)].compactMap { column, cell in
            cell.flatMap { figure($0, score.title, column, .score, decimals: 0) }
          }
        case .texts: []
        }
      }
    }
  }

  private func figures(
    of panel: FilledPanel, _ figure: (Cell, String, String, ColumnType, Int) -> PrintedFigure?
  ) -> [PrintedFigure] {
    panel.rows.flatMap { row in
      panel.panel.leaves.compactMap { leaf in
        figure(row.cells[leaf.index], row.title, leaf.name, leaf.type, leaf.decimals)
      }
    }
  }
}
