import Content
import Diagnostics
import Fiscal
import Forms

/// A row with the code of a classification (科目), as checks of codes look at it.
struct CodeRow {
  let code: String
  let classificationID: String
  let classification: Classification
  /// The name that is printed beside the code, and where; nil where no column is for it.
  let name: (text: String, place: Place)?
  /// Where its code is written.
  let place: Place
  let subject: Subject
  /// Whether some of its columns speak of last year.
  let hasLastYear: Bool
}

extension CheckContext {
  /// Every row that writes a code of a classification, in order.
  var codeRows: [CodeRow] {
    panels.flatMap { panel in panel.rows.indices.compactMap { codeRow($0, of: panel) } }
  }

  private func codeRow(_ index: Int, of panel: PanelContext) -> CodeRow? {
    let row = panel.rows[index]
    guard let code = row.code, !row.isLeftOut, row.line.map({ $0 == 0 }) ?? true, let spec = row.spec,
      let id = panel.panel.rows[spec].classification(level: row.level, of: model),
      let classification = disclosure.classifications[id], let written = row.cell(writing: code)
    else { return nil }
    let leaf = panel.panel.leaves.first { leaf in
      leaf.type == .name && leaf.spread == nil && (leaf.classification.map { $0 == id } ?? true)
        && !row.cells[leaf.index].text.isEmpty
    }
    // Where the code stands before the name in the same cell, the title is the name without it.
    let name = leaf.map { leaf in
      let cell = row.cells[leaf.index]
      let isLed = cell.text != row.title && cell.text.hasSuffix(row.title) && cell.text.contains(code)
      return (text: isLed ? row.title : cell.text, place: cell.place(in: row.file))
    }
    let hasLastYear =
      row.tags["year"] == "-1" || panel.panel.leaves.contains { $0.states["year"] == "-1" }
    return CodeRow(
      code: code, classificationID: id, classification: classification, name: name,
      place: written.place(in: row.file), subject: panel.subject(index, nil), hasLastYear: hasLastYear)
  }
}

extension Row {
  /// The cell in which a code, or its last part, is written; nil where it was found by the name.
  fileprivate func cell(writing code: String) -> Cell? {
    cells.last { cell in
      let digits = cell.text.filter { $0.isASCII && $0.isNumber }
      return !digits.isEmpty && cell.amount == nil && cell.number == nil
        && (digits == code || cell.text.contains(code) || code.hasSuffix(digits))
    }
  }
}
