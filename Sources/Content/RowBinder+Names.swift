import Diagnostics
import Fiscal
import Forms

/// Names and codes that complete one another (科目编码与名称).
extension RowBinder {
  /// The code that stands before the name in one cell: in the column of codes, or in that of names.
  func leadingCode(of cells: [Cell]) -> LeadingCode? {
    guard !classifications.isEmpty else { return nil }
    let columns =
      (codeLeaves.count == 1 ? codeLeaves.map(\.index) : []) + [nameColumn, labelColumn].compactMap(\.self)
    for column in columns {
      let text = cells[column].text
      // No name of a classification begins with a digit or a bracket.
      guard let first = text.utf8.first, !(0x61...0x7A).contains(first), !text.utf8.allSatisfy(\.isDigit)
      else { continue }
      if let found = LeadingCode(text, in: classifications) { return found }
    }
    return nil
  }

  /// Writes the name of a code into a row that lacks it, and says so.
  mutating func complete(_ cells: inout [Cell], of code: String, _ classification: String) {
    guard let column = nameColumn, leading?.name.isEmpty ?? true else { return }
    complete(&cells, column, of: code, classification, at: place(of: cells))
  }

  /// Writes the name of a code into a blank cell of a column of names, and says so.
  mutating func complete(
    _ cells: inout [Cell], _ column: Int, of code: String, _ classification: String, at place: Place
  ) {
    guard cells[column].state == .blank else { return }
    let leaf = panel.leaves[column]
    guard !leaf.isMerged, leaf.classification.map({ $0 == classification }) ?? true else { return }
    let list = context.classification(classification)
    guard list.isKnown(code), let name = list.name(of: code) else { return }
    guard list.isSure(code) else {
      report(
        "code-without-name", .info, at: place, "“\(code)”没有名称；科目表里是“\(name)”，未对照原件，没有替它补上", row: code,
        hint: "核对后填上名称")
      return
    }
    cells[column].text = name
    cells[column].state = .value
    report(
      "code-without-name", .info, at: place, "“\(code)”没有名称，网页和下载的文件里补上“\(name)”", row: name,
      hint: "数据文件没有改；可以填上名称")
  }

  /// The code of a row that only has a name, found below the code it stands under; says so where there is none.
  mutating func code(named name: String, under parent: String?, _ classification: String, cells: [Cell])
    -> String?
  {
    let list = context.classification(classification)
    if let found = list.code(named: name, under: parent ?? "") { return found }
    // What is wrong with a code that is written is another matter.
    guard !name.isEmpty, codeLeaves.allSatisfy({ cells[$0.index].text.isEmpty }) else { return nil }
    let kind = context.library.facts.dimension(classification)?.title ?? classification
    let above = parent.map { code in "“\(list.name(of: code) ?? code)”之下" } ?? ""
    report(
      "name-without-code", .info, at: place(of: cells), "\(kind)里\(above)没有“\(name)”，这一行照印，不与别处核对", row: name,
      hint: "核对名称和缩进；本地自设的科目可以写进 content/forms/classifications/\(classification).csv")
    return nil
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { (48...57).contains(self) }
}
