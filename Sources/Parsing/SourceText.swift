import Diagnostics
import Glibc

/// The text of one source file, decoded and split into lines for findings.
public struct SourceText: Sendable {
  /// Path as findings print it.
  public let file: String
  public let text: String

  public init(file: String, text: String) {
    self.file = file
    self.text = text
  }

  /// Decodes UTF-8, with or without a byte order mark; anything else is a finding that says how to save the file anew.
  public static func decode(_ bytes: [UInt8], file: String, findings: inout [Finding]) -> SourceText? {
    var body = bytes[...]
    if body.starts(with: [0xEF, 0xBB, 0xBF]) { body = body.dropFirst(3) }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      findings.append(
        Finding(
          "encoding-not-utf8", at: Place(file: file), "文件是 UTF-16 编码，应为 UTF-8",
          hint: "在 Excel 或 WPS 中另存为“CSV UTF-8（逗号分隔）”，或在编辑器中选择编码 UTF-8 保存"))
      return nil
    }
    guard let text = String(validating: body, as: UTF8.self) else {
      findings.append(encodingFinding(Array(body), file: file))
      return nil
    }
    if let zero = body.firstIndex(of: 0) {
      let place = position(ofByte: zero - body.startIndex, in: Array(body))
      findings.append(
        Finding(
          "encoding-nul-byte", at: Place(file: file, line: place.line, column: place.column, length: 1),
          "文件里有 NUL 字节，不是文本文件", hint: "检查文件是否损坏，或是否误把 Excel 工作簿改名为文本"))
      return nil
    }
    return SourceText(file: file, text: text)
  }

  /// The lines of the text, without their ends.
  public var lines: [Substring] {
    text.utf8.isEmpty ? [] : splitLines(text)
  }
}

/// Splits at LF, CRLF and CR.
func splitLines(_ text: String) -> [Substring] {
  var lines: [Substring] = []
  let bytes = text.utf8
  var start = bytes.startIndex
  var index = start
  while index < bytes.endIndex {
    let byte = bytes[index]
    guard byte == 10 || byte == 13 else {
      index = bytes.index(after: index)
      continue
    }
    lines.append(text[start..<index])
    let next = bytes.index(after: index)
    index = byte == 13 && next < bytes.endIndex && bytes[next] == 10 ? bytes.index(after: next) : next
    start = index
  }
  if start < bytes.endIndex { lines.append(text[start...]) }
  return lines
}

private func encodingFinding(_ bytes: [UInt8], file: String) -> Finding {
  let resave = "在 Excel 或 WPS 中另存为“CSV UTF-8（逗号分隔）”，或在编辑器中以 UTF-8 编码保存"
  if let decoded = decodeGB18030(bytes), let sample = firstChineseText(in: decoded) {
    return Finding(
      "encoding-not-utf8", at: Place(file: file), "文件是 GB18030（GBK）编码，应为 UTF-8；其中文字如“\(sample)”", hint: resave
    )
  }
  let place = position(ofByte: validPrefix(of: bytes), in: bytes)
  return Finding(
    "encoding-not-utf8", at: Place(file: file, line: place.line, column: place.column, length: 1),
    "文件不是有效的 UTF-8 文本", hint: resave)
}

/// How many bytes at the start are valid UTF-8.
private func validPrefix(of bytes: [UInt8]) -> Int {
  var index = 0
  while index < bytes.count {
    let length =
      switch bytes[index] {
      case 0..<0x80: 1
      case 0xC2..<0xE0: 2
      case 0xE0..<0xF0: 3
      case 0xF0..<0xF5: 4
      default: 0
      }
    guard length > 0, index + length <= bytes.count,
      String(validating: bytes[index..<(index + length)], as: UTF8.self) != nil
    else { return index }
    index += length
  }
  return index
}

/// Line and scalar column of a byte offset.
private func position(ofByte offset: Int, in bytes: [UInt8]) -> (line: Int, column: Int) {
  var line = 1
  var column = 1
  for (index, byte) in bytes.prefix(offset).enumerated() {
    if byte == 10 || byte == 13 {
      // CRLF is one end of line.
      if byte == 13, index + 1 < bytes.count, bytes[index + 1] == 10 { continue }
      line += 1
      column = 1
    } else if byte & 0xC0 != 0x80 {
      column += 1
    }
  }
  return (line, column)
}

private func firstChineseText(in text: String) -> String? {
  var run = ""
  for character in text {
    if ("\u{4E00}"..."\u{9FFF}").contains(character) {
      run.append(character)
      if run.count == 8 { return run }
    } else if run.count >= 2 {
      return run
    } else {
      run = ""
    }
  }
  return run.count >= 2 ? run : nil
}

/// Decodes GB18030 through the C library, which also works in statically linked programs; nil where it does not fit.
private func decodeGB18030(_ bytes: [UInt8]) -> String? {
  guard let converter = iconv_open("UTF-8", "GB18030"), converter != iconv_t(bitPattern: -1) else {
    return nil
  }
  defer { iconv_close(converter) }
  var input = bytes.map { CChar(bitPattern: $0) }
  var output = [CChar](repeating: 0, count: bytes.count * 2 + 16)
  let outputCount = output.count
  var left = outputCount
  let status = input.withUnsafeMutableBufferPointer { source in
    output.withUnsafeMutableBufferPointer { target in
      var from = source.baseAddress
      var to = target.baseAddress
      var remaining = source.count
      return iconv(converter, &from, &remaining, &to, &left)
    }
  }
  guard status != -1 else { return nil }
  return String(validating: output.prefix(outputCount - left).map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
