import Diagnostics
import Fiscal
import Forms
import Parsing

extension Table {
  /// A table that no form declares, as it stands: every column and row in its place, every cell as it is written.
  init(asWritten csv: CSVTable, name: String) {
    let guess = HeaderGuess(csv, name: name)
    let form = Form(
      asWritten: name, unit: guess.unit,
      panels: guess.panels.map { panel in
        Form.PlainPanel(
          title: panel.title,
          columns: panel.columns.map { column in
            Form.PlainColumn(titles: column.titles, type: column.type, unit: column.unit)
          })
      }, place: Place(file: csv.file, line: 1, column: 1, length: 1))
    self.init(form: form, number: nil, blocks: [], notes: [], file: csv.file)
    guard let grid = form.grids.first else { return }
    var filled = zip(grid.panels, guess.panels).map { panel, _ in FilledPanel(panel: panel, rows: []) }
    var open = filled.map { _ in [(row: Int, indentation: Int)]() }
    var lines: [[Int?]] = []
    for record in csv.rows {
      var line: [Int?] = filled.map { _ in nil }
      let isBlank = record.allSatisfy { $0.text.trimmingBlanks.isEmpty }
      for (number, panel) in guess.panels.enumerated() {
        let texts = panel.columns.map { record[$0.index] }
        // A list that has ended, or pauses, leaves its cells empty.
        let isHere = texts.contains { !$0.text.trimmingBlanks.isEmpty } || isBlank && number == 0
        guard isHere else { continue }
        line[number] = filled[number].rows.count
        filled[number].append(texts, of: csv.file, below: &open[number])
      }
      lines.append(line)
    }
    blocks = [.grid(FilledGrid(grid: grid, panels: filled, lines: lines))]
  }
}

extension GuessedColumn {
  /// Without a unit figures are plain numbers: none is invented.
  fileprivate var type: ColumnType {
    switch contents {
    case .words: .text
    case .codes: .code
    case .percentages: .percent
    case .amounts: unit == nil ? .number : .amount
    case .numbers: .number
    }
  }
}

extension FilledPanel {
  fileprivate mutating func append(
    _ texts: [CSVCell], of file: String, below open: inout [(row: Int, indentation: Int)]
  ) {
    let cells = zip(panel.leaves, texts).map { leaf, text in
      Cell.read(
        text.text, as: CellShape(type: leaf.type, unit: leaf.unit),
        at: Place(file: file, line: text.line, column: text.column, length: text.length)
      ).cell
    }
    let label =
      panel.labelColumn.flatMap { cells[$0].text.isEmpty ? nil : $0 }
      ?? panel.leaves.first { !$0.type.isNumeric && !cells[$0.index].text.isEmpty }?.index
    let indentation = label.map { texts[$0].text.indentation } ?? 0
    while let last = open.last, last.indentation >= indentation { open.removeLast() }
    rows.append(
      Row(
        spec: 0, title: label.map { cells[$0].text } ?? "", code: nil, depth: open.count,
        parent: open.last?.row,
        relation: .ofWhich, level: nil, line: nil, number: nil, tags: Tags(), speaks: false, cells: cells,
        file: file))
    open.append((rows.count - 1, indentation))
  }
}
