import Diagnostics
import Fiscal
import Parsing

/// Reads the codes of a classification (科目) from CSV: 编码, 名称 and, where known, 别名, years and what is unsure.
struct ClassificationReader {
  /// The columns in the order of a file without a header.
  static let columns = ["编码", "名称", "别名", "起始年度", "终止年度", "待核"]
  private static let otherNames = ["code": "编码", "name": "名称"]

  private(set) var findings: [Finding] = []
  private var file = ""

  mutating func read(_ source: SourceText) -> [Classification.Entry] {
    file = source.file
    guard let table = parseCSV(source, findings: &findings) else { return [] }
    var records = table.rows
    var columns = Self.columns
    // Old files have no header.
    if let first = table.header.first, first.text.trimmingBlanks.isDigits {
      records.insert(table.header, at: 0)
    } else {
      columns = table.header.map { Self.otherNames[$0.text.trimmingBlanks] ?? $0.text.trimmingBlanks }
      let missing = ["编码", "名称"].filter { !columns.contains($0) }
      if !missing.isEmpty {
        let first = table.header.first
        findings.append(
          Finding(
            "form-syntax",
            at: Place(
              file: file, line: first?.line ?? 1, column: first?.column ?? 1,
              length: max(first?.length ?? 1, 1)),
            "科目文件缺少“\(missing.joined(separator: "”“"))”列，第一行是 \(columns.joined(separator: ","))",
            hint: "第一行写 编码,名称；可以有：" + Self.columns.joined(separator: "、")))
        return []
      }
      for cell in table.header.indices where !Self.columns.contains(columns[cell]) {
        report(
          table.header[cell], "科目文件没有“\(columns[cell])”这一列",
          hint: "可以有：" + Self.columns.joined(separator: "、"))
      }
    }
    return records.compactMap { entry($0, columns) }
  }

  private mutating func entry(_ record: [CSVCell], _ columns: [String]) -> Classification.Entry? {
    func cell(_ name: String) -> CSVCell? {
      columns.firstIndex(of: name).flatMap { record.indices.contains($0) ? record[$0] : nil }
    }
    func text(_ name: String) -> String { cell(name)?.text.trimmingBlanks ?? "" }
    guard let code = cell("编码"), cell("名称") != nil else { return nil }
    let digits = text("编码")
    guard digits.isDigits, digits.utf8.count >= 3, digits.utf8.count % 2 == 1 else {
      report(code, "“\(digits)”不是科目编码", hint: "类 3 位、款 5 位、项 7 位，只写数字")
      return nil
    }
    guard !text("名称").isEmpty else {
      report(code, "“\(digits)”没有名称", hint: "补上名称")
      return nil
    }
    var entry = Classification.Entry(code: digits, name: text("名称"))
    entry.aliases = text("别名").split { $0 == "；" || $0 == ";" }.map { String($0).trimmingBlanks }
    entry.firstYear = year(cell("起始年度"))
    entry.lastYear = year(cell("终止年度"))
    if let first = entry.firstYear, let last = entry.lastYear, last < first {
      cell("终止年度").map { report($0, "终止年度 \(last) 早于起始年度 \(first)", hint: "对调，或改正其中一个") }
    }
    entry.isUnsure = !text("待核").isEmpty
    return entry
  }

  private mutating func year(_ cell: CSVCell?) -> Int? {
    guard let cell, !cell.text.trimmingBlanks.isEmpty else { return nil }
    if let year = Int(cell.text.trimmingBlanks), (1900...2999).contains(year) { return year }
    report(cell, "“\(cell.text.trimmingBlanks)”不是年度", hint: "写四位年度，如 2023；不知道就留空")
    return nil
  }

  private mutating func report(_ cell: CSVCell, _ message: String, hint: String) {
    let place = Place(file: file, line: cell.line, column: cell.column, length: max(cell.length, 1))
    findings.append(Finding("form-syntax", at: place, message, hint: hint))
  }
}

extension [Classification.Entry] {
  /// These codes with a site's own: a code that is known keeps its name, and what the site calls it is another name.
  func joined(with own: [Classification.Entry]) -> [Classification.Entry] {
    guard !own.isEmpty else { return self }
    var joined = self
    let known = Dictionary(indices.map { (self[$0].code, $0) }) { first, _ in first }
    for entry in own {
      if let place = known[entry.code] {
        joined[place].aliases += [entry.name] + entry.aliases
      } else {
        joined.append(entry)
      }
    }
    return joined
  }
}

extension String {
  fileprivate var isDigits: Bool { !isEmpty && utf8.allSatisfy { (48...57).contains($0) } }
}
