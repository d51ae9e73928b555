import Diagnostics
import Fiscal
import Forms
import Parsing

/// Cells by the type of their column, and the level that a row may state.
extension RowBinder {
  /// The stated level (层级) of a row, from 1.
  mutating func read(level cell: CSVCell) -> Int? {
    let text = cell.text.trimmingBlanks
    if text.isEmpty { return nil }
    if let level = Int(text), (1...20).contains(level) { return level }
    report(
      "not-a-level", at: Place(file: file, line: cell.line, column: cell.column, length: cell.length),
      "“层级”列的“\(text)”不是 1 至 20 的整数", hint: "最外层写 1，下一层写 2；不写层级就留空")
    return nil
  }

  mutating func read(_ texts: [CSVCell?]) -> [Cell] {
    var cells: [Cell] = []
    cells.reserveCapacity(shapes.count)
    for (index, shape) in shapes.enumerated() {
      guard let text = texts[index] else {
        cells.append(.absent)
        continue
      }
      let place = Place(file: file, line: text.line, column: text.column, length: text.length)
      let (cell, fault) = Cell.read(text.text, as: shape, at: place)
      if let fault { report(fault, in: cell, panel.leaves[index], texts) }
      cells.append(cell)
    }
    return cells
  }

  private mutating func report(_ fault: NumberSyntaxError, in cell: Cell, _ leaf: Leaf, _ texts: [CSVCell?]) {
    report(
      "not-an-amount", at: cell.place(in: file), "“\(leaf.name)”列的“\(cell.text)”\(fault.message)",
      row: labelColumn.flatMap { texts[$0]?.text.trimmingBlanks } ?? "", column: leaf.name,
      hint: Self.advice(for: fault, leaf: leaf))
  }

  static func advice(for fault: NumberSyntaxError, leaf: Leaf) -> String {
    switch fault {
    case .fullWidth(let meant): "改为 \(meant)"
    case .trailing: "格内只写数字，单位由表样规定\(leaf.unit.map { "（\($0.rawValue)）" } ?? "")；没有数字可写 0、—、无 或 不适用"
    case .grouping: "写作 1273.52 或 1,273.52（含逗号时整格加双引号）"
    case .tooFine: "核对单位是否写错（\(leaf.unit?.rawValue ?? "万元")）"
    default: "只写数字，如 36.50；没有数字可写 0、—、无 或 不适用"
    }
  }
}
