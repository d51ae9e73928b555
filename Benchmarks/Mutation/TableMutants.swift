import Content
import Diagnostics
import Forms

extension CleanUnit {
  /// Every change of a figure, a row, a column or a table.
  func tableMutants(of bound: BoundUnit) -> [Mutant] {
    bound.disclosures.flatMap { disclosure in
      disclosure.tables.flatMap { table -> [Mutant] in
        guard table.file.hasPrefix(folder + "/") else { return [] }
        let path = String(table.file.dropFirst(folder.count + 1))
        let lines = lines(of: path)
        return cellMutants(of: table, path, lines) + rowMutants(of: table, path)
          + columnMutants(of: table, path, lines) + removal(of: table, path, in: disclosure)
      } + lateDate(of: disclosure)
    }
  }

  // MARK: Cells

  private func cellMutants(of table: Table, _ path: String, _ lines: [[Unicode.Scalar]]) -> [Mutant] {
    table.blocks.flatMap { block -> [Mutant] in
      switch block {
      case .grid(let grid): grid.panels.flatMap { mutants(of: $0, table, path, lines) }
      case .indicators(_, let panel): mutants(of: panel, table, path, lines)
      case .fields(_, let rows):
        rows.joined().flatMap { filled in
          mutants(
            of: filled.cell, filled.field.type, isInYuan: filled.field.unit == .yuan, filled.field.decimals,
            path, lines, "“\(table.name)”\(filled.field.title)")
        }
      case .score(let score, let filled):
        [filled.points, filled.score].flatMap { cell in
          cell.map {
            mutants(of: $0, .score, isInYuan: false, 0, path, lines, "“\(table.name)”\(score.title)")
          } ?? []
        }
      case .texts: []
      }
    }
  }

  private func mutants(
    of filled: FilledPanel, _ table: Table, _ path: String, _ lines: [[Unicode.Scalar]]
  ) -> [Mutant] {
    filled.rows.flatMap { row in
      filled.panel.leaves.filter(\.type.isNumeric).flatMap { leaf in
        mutants(
          of: row.cells[leaf.index], leaf.type, isInYuan: leaf.unit == .yuan, leaf.decimals, path, lines,
          "“\(table.name)”\(row.title)、\(leaf.name)")
      }
    }
  }

  private func mutants(
    of cell: Cell, _ type: ColumnType, isInYuan: Bool, _ decimals: Int, _ path: String,
    _ lines: [[Unicode.Scalar]], _ name: String
  ) -> [Mutant] {
    guard cell.line > 0, cell.amount != nil || cell.number != nil, lines.indices.contains(cell.line - 1),
      let figure = TypedFigure(cell.text, declared: type == .amount ? decimals : 0)
    else { return [] }
    let line = lines[cell.line - 1]
    let old = Array(cell.text.unicodeScalars)
    // A quoted cell begins before its text.
    let starts = (cell.column - 1)...(cell.column + 1)
    guard
      let start = starts.first(where: {
        $0 >= 0 && $0 + old.count <= line.count && Array(line[$0..<($0 + old.count)]) == old
      })
    else { return [] }
    func mutant(_ kind: Mutant.Kind, _ text: String?) -> Mutant? {
      guard let text, text != cell.text, text != figure.text else { return nil }
      return Mutant(
        kind: kind, path: path,
        edit: .replace(line: cell.line - 1, column: start, length: old.count, with: text), proof: .relations,
        line: cell.line, column: cell.column, length: max(1, cell.length),
        words: "\(name) \(cell.text) → \(text)")
    }
    guard type == .amount else { return [mutant(.otherFigure, figure.raised(by: 1))].compactMap { $0 } }
    let signs = [
      mutant(.lastPlace, figure.raised(by: 1)), mutant(.tenPlaces, figure.raised(by: 10)),
    ]
    guard !figure.isZero else { return signs.compactMap { $0 } }
    let isLast = (cell.line + cell.column) % 2 == 0
    return
      (signs + [
        mutant(.swappedDigits, figure.swapped(last: isLast)), mutant(.sign, figure.negated),
        mutant(.hundredfold, figure.multiplied(by: 100)),
        mutant(.otherUnit, isInYuan ? figure.divided(by: 10_000) : figure.multiplied(by: 10_000)),
      ]).compactMap { $0 }
  }

  // MARK: Rows and columns

  private func rowMutants(of table: Table, _ path: String) -> [Mutant] {
    var seen: Set<Int> = []
    return table.panels.flatMap { filled in
      filled.rows.compactMap { row -> Mutant? in
        let lines = Set(row.cells.map(\.line)).subtracting([0])
        let holdsFigures = filled.panel.leaves.contains { leaf in
          leaf.type.isNumeric && row.cells[leaf.index].state == .value
        }
        guard lines.count == 1, let line = lines.first, holdsFigures, seen.insert(line).inserted else {
          return nil
        }
        return Mutant(
          kind: .droppedRow, path: path, edit: .dropLine(line - 1), proof: .relations, line: 0,
          words: "“\(table.name)”漏了\(row.title)")
      }
    }
  }

  private func columnMutants(of table: Table, _ path: String, _ lines: [[Unicode.Scalar]]) -> [Mutant] {
    guard path.hasSuffix(".csv") else { return [] }
    return table.panels.flatMap { filled -> [Mutant] in
      let amounts = filled.panel.leaves.filter { $0.type == .amount }
      let rows = filled.rows.filter { !$0.isLeftOut }.map { Set($0.cells.map(\.line)).subtracting([0]) }
      let numbers = Set(rows.filter { $0.count == 1 }.flatMap { $0 }).sorted()
      return zip(amounts, amounts.dropFirst()).compactMap { first, second in
        guard let left = field(of: first, filled, lines), let right = field(of: second, filled, lines),
          left != right,
          filled.rows.contains(where: { $0.cells[first.index].amount != $0.cells[second.index].amount })
        else { return nil }
        return Mutant(
          kind: .swappedColumns, path: path, edit: .swapFields(lines: numbers.map { $0 - 1 }, left, right),
          proof: .relations, line: 0, words: "“\(table.name)”\(first.name)与\(second.name)对调")
      }
    }
  }

  /// Which field of a line a column is written in.
  private func field(of leaf: Leaf, _ filled: FilledPanel, _ lines: [[Unicode.Scalar]]) -> Int? {
    let cell = filled.rows.lazy.map { $0.cells[leaf.index] }.first { $0.line > 0 && !$0.text.isEmpty }
    guard let cell, lines.indices.contains(cell.line - 1), cell.column <= lines[cell.line - 1].count + 1
    else {
      return nil
    }
    return csvFields(Array(lines[cell.line - 1].prefix(max(0, cell.column - 1)))).count - 1
  }

  // MARK: Tables and dates

  private func removal(of table: Table, _ path: String, in disclosure: Disclosure) -> [Mutant] {
    let isRequired =
      disclosure.set?.entries.contains { $0.form == table.form.fullName && $0.isRequired } ?? false
    let isOnlyOne = disclosure.tables.count { $0.form.fullName == table.form.fullName } == 1
    return [
      Mutant(
        kind: .removedTable, path: path, edit: .removeFile,
        proof: isRequired && isOnlyOne ? .certain : .relations,
        line: 0, pointsAtFolder: true, words: "\(disclosure.key) 少了“\(table.name)”")
    ]
  }

  /// Published two months after the day it was approved or published.
  private func lateDate(of disclosure: Disclosure) -> [Mutant] {
    guard disclosure.kind.timing.days != nil, let approved = disclosure.approved,
      let place = disclosure.datePlaces["published"], disclosure.published != nil
    else { return [] }
    let parts = approved.prefix(10).split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3 else { return [] }
    let month = parts[1] + 2
    let (year, later) = month > 12 ? (parts[0] + 1, month - 12) : (parts[0], month)
    let text = "\(year)-\(later < 10 ? "0" : "")\(later)-15"
    return [
      Mutant(
        kind: .lateDate, path: disclosure.key + "/disclosure.yaml",
        edit: .replace(line: place.line - 1, column: place.column - 1, length: 10, with: text),
        proof: .certain,
        line: place.line, words: "\(disclosure.key) 公开日期 \(text)")
    ]
  }
}
