import Diagnostics

/// A cell of a CSV file, with its place.
public struct CSVCell: Hashable, Sendable {
  public var text: String
  public var line: Int
  /// Column of the cell's first character in its line, in Unicode scalars from 1; inside the quotes.
  public var column: Int
  /// Length of the text in the file, in scalars, up to the end of its first line.
  public var length: Int

  public init(text: String, line: Int, column: Int, length: Int) {
    self.text = text
    self.line = line
    self.column = column
    self.length = length
  }
}

/// A CSV file read strictly: one flat header row, and rows of as many cells.
public struct CSVTable: Sendable {
  public var file: String
  public var header: [CSVCell]
  public var rows: [[CSVCell]]

  public init(file: String, header: [CSVCell], rows: [[CSVCell]]) {
    self.file = file
    self.header = header
    self.rows = rows
  }

  public func place(of cell: CSVCell) -> Place {
    Place(file: file, line: cell.line, column: cell.column, length: cell.length)
  }
}

/// Reads CSV (RFC 4180): quoted cells may hold commas, doubled quotes and line breaks; rows of blank cells are skipped.
///
/// - Parameters:
///   - firstLine: the file's line on which the text begins, for CSV that stands inside another file.
///   - indent: how many scalars stand before each line in the file.
public func parseCSV(
  _ source: SourceText, firstLine: Int = 1, indent: Int = 0, findings: inout [Finding]
) -> CSVTable? {
  var reader = CSVReader(text: source.text, file: source.file, line: firstLine, indent: indent)
  var rows = reader.readRows()
  // Where cells are parted by something else, what follows from it is not reported.
  if let header = rows.first, header.count == 1, let separator = foreignSeparator(in: header[0].text) {
    findings.append(
      Finding(
        "csv-separator", at: Place(file: source.file, line: header[0].line, column: 1, length: 1),
        "各列之间用\(separator)分隔，应为半角逗号", hint: "另存为“CSV UTF-8（逗号分隔）”"))
    return nil
  }
  findings += reader.findings
  guard reader.findings.isEmpty else { return nil }
  guard !rows.isEmpty else {
    findings.append(
      Finding(
        "csv-empty", at: Place(file: source.file, line: firstLine > 1 ? firstLine : 0),
        "表格是空的，连表头也没有", hint: "第一行写各列的名称；没有数据的表保留表头即可"))
    return nil
  }
  let header = rows.removeFirst()
  var ragged = false
  for row in rows where row.count != header.count {
    ragged = true
    let first = row[0]
    let difference =
      row.count > header.count ? "多 \(row.count - header.count) 格" : "少 \(header.count - row.count) 格"
    let extra = row.count > header.count ? row[header.count] : row[row.count - 1]
    findings.append(
      Finding(
        "csv-ragged-row",
        at: Place(file: source.file, line: extra.line, column: extra.column, length: max(extra.length, 1)),
        "这一行有 \(row.count) 格，表头有 \(header.count) 列，\(difference)",
        hint: first.text.contains(",") || row.count > header.count
          ? "含逗号的内容（如 1,273.52）要用半角双引号括起来" : "补足缺少的逗号"))
  }
  return ragged ? nil : CSVTable(file: source.file, header: header, rows: rows)
}

private func foreignSeparator(in header: String) -> String? {
  for (mark, name) in [("\t", "制表符"), (";", "分号"), ("；", "全角分号"), ("，", "全角逗号"), ("|", "竖线")]
  where header.contains(mark) {
    return name
  }
  return nil
}

private struct CSVReader {
  let bytes: [UInt8]
  let file: String
  let indent: Int
  var line: Int
  var column: Int
  var index = 0
  var findings: [Finding] = []

  init(text: String, file: String, line: Int, indent: Int) {
    bytes = Array(text.utf8)
    self.file = file
    self.line = line
    self.indent = indent
    column = indent + 1
  }

  mutating func readRows() -> [[CSVCell]] {
    var rows: [[CSVCell]] = []
    var row: [CSVCell] = []
    while index < bytes.count {
      if row.isEmpty, isLineEnd(bytes[index]) {
        endLine()
        continue
      }
      row.append(readCell())
      if index < bytes.count, bytes[index] == comma {
        advance()
        if index == bytes.count || isLineEnd(bytes[index]) {
          row.append(CSVCell(text: "", line: line, column: column, length: 0))
        } else {
          continue
        }
      }
      if row.contains(where: { !$0.text.isEmpty }) { rows.append(row) }
      row = []
      if index < bytes.count { endLine() }
    }
    return rows
  }

  private mutating func readCell() -> CSVCell {
    bytes[index] == quote ? readQuoted() : readPlain()
  }

  private mutating func readPlain() -> CSVCell {
    let start = index
    let (startLine, startColumn) = (line, column)
    while index < bytes.count, bytes[index] != comma, !isLineEnd(bytes[index]) {
      if bytes[index] == quote {
        report("csv-stray-quote", "没有用引号括起的格子里出现了双引号", "整格用双引号括起来，格内的双引号写两遍，或改用中文引号“”")
        skipLine()
        break
      }
      advance()
    }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    return CSVCell(text: text, line: startLine, column: startColumn, length: column - startColumn)
  }

  private mutating func readQuoted() -> CSVCell {
    let (quoteLine, quoteColumn) = (line, column)
    advance()
    let (startLine, startColumn) = (line, column)
    var firstLineEnd: Int?
    var content: [UInt8] = []
    while index < bytes.count {
      let byte = bytes[index]
      if byte == quote {
        if index + 1 < bytes.count, bytes[index + 1] == quote {
          content.append(quote)
          advance()
          advance()
          continue
        }
        let length = (firstLineEnd ?? column) - startColumn
        advance()
        if index < bytes.count, bytes[index] != comma, !isLineEnd(bytes[index]) {
          report("csv-text-after-quote", "引号括起的格子后面还有文字", "格内的双引号要写两遍，或改用中文引号“”")
          skipLine()
        }
        return CSVCell(
          text: String(decoding: content, as: UTF8.self), line: startLine, column: startColumn, length: length
        )
      }
      if isLineEnd(byte) {
        firstLineEnd = firstLineEnd ?? column
        content.append(10)
        endLine()
      } else {
        let start = index
        advance()
        content.append(contentsOf: bytes[start..<index])
      }
    }
    findings.append(
      Finding(
        "csv-unclosed-quote", at: Place(file: file, line: quoteLine, column: quoteColumn, length: 1),
        "双引号没有配对，直到文件末尾也没有结束", hint: "在这一格的末尾补上双引号"))
    return CSVCell(
      text: String(decoding: content, as: UTF8.self), line: startLine, column: startColumn, length: 1)
  }

  private mutating func advance() {
    // Continuation bytes of UTF-8 belong to the scalar before them.
    if bytes[index] & 0xC0 != 0x80 { column += 1 }
    index += 1
    while index < bytes.count, bytes[index] & 0xC0 == 0x80 { index += 1 }
  }

  private mutating func endLine() {
    if bytes[index] == 13, index + 1 < bytes.count, bytes[index + 1] == 10 { index += 1 }
    index += 1
    line += 1
    column = indent + 1
  }

  private mutating func skipLine() {
    while index < bytes.count, !isLineEnd(bytes[index]) { advance() }
  }

  private mutating func report(_ id: String, _ message: String, _ hint: String) {
    findings.append(
      Finding(id, at: Place(file: file, line: line, column: column, length: 1), message, hint: hint))
  }

  private func isLineEnd(_ byte: UInt8) -> Bool { byte == 10 || byte == 13 }
  private var comma: UInt8 { 44 }
  private var quote: UInt8 { 34 }
}
