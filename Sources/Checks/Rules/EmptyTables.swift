import Content
import Diagnostics
import Fiscal
import Forms

extension Check {
  /// 空表没有说明
  static let emptyTableWithoutNote = Check(
    "empty-table-without-note", .warning, "空表没有说明",
    why: "没有数据的表也要公开，并且说明为什么是空的；否则读者分不清是没有发生还是漏了。",
    references: ["FRM-01"],
    examples: [
      .passes(exampleThreePublic, ("三公.csv", "单位,合计,出国,小计,购置,运行,接待\n县局,0,0,0,0,0,0\n")),
      .fails(exampleTables(empty: nil), ("甲表.csv", "↓项目,金额\n")),
    ]
  ) { context in
    context.disclosure.tables.compactMap { table -> Finding? in
      guard !table.form.isSheet, !table.form.isAsWritten, table.isWithoutAmounts, !table.grids.isEmpty,
        table.hasAmounts,
        table.form.empty == nil, table.notes.isEmpty
      else { return nil }
      return Finding(
        "empty-table-without-note", .warning, at: Place(file: table.file, line: 1, column: 1, length: 1),
        "“\(table.name)”没有数据，也没有说明",
        hint: "在 disclosure.yaml 的 tables 里给这张表写 notes，例如：本部门无此项支出。", subject: context.subject(table))
    }
  }

  /// 说明与数据矛盾
  static let noteContradictsData = Check(
    "note-contradicts-data", "表注说没有数据，表里却有",
    why: "表下写着“本表无发生额”，表里却有数，两者必有一错。",
    references: ["FRM-01", "NAR-12"],
    examples: [
      .passes(exampleTables(empty: "本表本年无发生额。"), ("甲表.csv", "项目,金额\n会议费,3.00\n")),
      .fails(
        exampleTables(empty: "本表本年无发生额。"), ("甲表.csv", "项目,金额\n会议费,3.00\n"),
        ("disclosure.yaml", "tables: {甲表: {notes: [↓本表本年无发生额]}}\n")),
    ]
  ) { context in
    context.disclosure.tables.compactMap { table -> Finding? in
      guard !table.isWithoutAmounts else { return nil }
      guard let note = table.notes.first(where: { isEmptyStatement($0.text, of: table.form) }) else {
        return nil
      }
      return Finding(
        "note-contradicts-data", at: note.place, "“\(table.name)”的表注写“\(note.text)”，而表里有数",
        hint: "删去这条表注，或核对表里的数",
        subject: context.subject(table))
    }
  }
}

/// Whether a note says that the table is empty.
private func isEmptyStatement(_ note: String, of form: Form) -> Bool {
  func bare(_ text: String) -> String { normalizedTitle(text).filter { !"。，“”：注".contains($0) } }
  if let empty = form.empty, bare(empty) == bare(note) { return true }
  let text = bare(note)
  return text.hasPrefix("本表") && ["无发生额", "无数据", "为空", "没有数据"].contains { text.hasSuffix($0) }
}

extension Table {
  fileprivate var hasAmounts: Bool { panels.contains { $0.panel.leaves.contains { $0.type == .amount } } }
}

/// A form with one amount column and any rows.
private func exampleTables(empty: String?) -> (name: String, text: String) {
  (
    "forms/any.yaml",
    """
    id: any
    title: 甲表
    unit: 万元
    columns: [{id: item, title: 项目}, {id: amount, title: 金额, type: amount}]
    rows: [{free: lines}]
    \(empty.map { "empty: \($0)" } ?? "")
    """
  )
}
