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
  fileprivate let panel: PanelContext
  fileprivate let index: Int

  var subject: Subject { panel.subject(index, nil) }
  /// Whether some of its columns speak of last year.
  var hasLastYear: Bool {
    panel.rows[index].tags["year"] == "-1" || panel.panel.leaves.contains { $0.states["year"] == "-1" }
  }
}

extension CheckContext {
  /// Every row that writes a code of a classification, in order.
  func readCodeRows() -> [CodeRow] {
    panels.flatMap { panel in
      panel.rows.indices.flatMap { index -> [CodeRow] in
        codeRow(index, of: panel).map { [$0] } ?? pairedRows(index, of: panel)
      }
    }
  }

  /// The two codes of a row that pairs them, each with its own name.
  private func pairedRows(_ index: Int, of panel: PanelContext) -> [CodeRow] {
    let row = panel.rows[index]
    guard !row.isLeftOut, let spec = row.spec, case .codes(let list) = panel.panel.rows[spec].kind,
      let paired = list.paired
    else { return [] }
    return [list.classification, paired].compactMap { id in
      guard let classification = disclosure.classifications[id],
        let written = PairedCode(of: id, in: panel.panel, row.cells, classification)
      else { return nil }
      let name = written.nameColumn.flatMap { column in
        written.name.isEmpty
          ? nil : (text: written.name, place: row.cells[column].place(in: row.file))
      }
      return CodeRow(
        code: written.code, classificationID: id, classification: classification, name: name,
        place: row.cells[written.column].place(in: row.file), panel: panel, index: index)
    }
  }

  private func codeRow(_ index: Int, of panel: PanelContext) -> CodeRow? {
    // Most rows have no code; a row is worth a copy only where it has one.
    guard let code = panel.rows[index].code else { return nil }
    let row = panel.rows[index]
    guard !row.isLeftOut, row.line.map({ $0 == 0 }) ?? true, let spec = row.spec,
      let id = panel.panel.rows[spec].classification(level: row.level, of: model),
      let classification = disclosure.classifications[id], let written = row.cell(writing: code)
    else { return nil }
    let leaves = panel.panel.leaves
    let leaf = leaves.indices.first { leaf in
      leaves[leaf].type == .name && leaves[leaf].spread == nil
        && (leaves[leaf].classification.map { $0 == id } ?? true) && !row.cells[leaf].text.isEmpty
    }
    // Where the code stands before the name in the same cell, the title is the name without it.
    let name = leaf.map { leaf in
      let cell = row.cells[leaf]
      let isLed = cell.text != row.title && cell.text.hasSuffix(row.title) && cell.text.contains(code)
      return (text: isLed ? row.title : cell.text, place: cell.place(in: row.file))
    }
    return CodeRow(
      code: code, classificationID: id, classification: classification, name: name,
      place: written.place(in: row.file), panel: panel, index: index)
  }
}

extension Row {
  /// The cell in which a code, or its last part, is written; nil where it was found by the name.
  fileprivate func cell(writing code: String) -> Cell? {
    let found = cells.indices.last { index in
      guard cells[index].amount == nil, cells[index].number == nil,
        cells[index].text.utf8.contains(where: isDigit)
      else { return false }
      let text = cells[index].text
      let digits = String(decoding: text.utf8.filter(isDigit), as: UTF8.self)
      return digits == code || code.hasSuffix(digits) || text.contains(code)
    }
    return found.map { cells[$0] }
  }
}

private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
