import Diagnostics

/// The text as it came, addressed by byte and answered in lines and columns.
struct SourceText {
  let file: String
  /// Every byte stands where it stood in the original; what must not reach Markdown has been blanked.
  private(set) var bytes: [UInt8]
  let lines: LineTable
  private let original: [UInt8]
  private let firstLine: Int
  /// How many scalars begin before each 16th byte: a column in a very long line costs no walk along it.
  private var scalarsBefore: [Int32] = []

  init(_ text: String, file: String, firstLine: Int) {
    self.file = file
    self.firstLine = firstLine
    original = Array(text.utf8)
    bytes = original
    lines = LineTable(bytes)
    var count = 0
    scalarsBefore.reserveCapacity(bytes.count / 16 + 1)
    for (offset, byte) in original.enumerated() {
      if offset % 16 == 0 { scalarsBefore.append(Int32(clamping: count)) }
      if !isContinuation(byte) { count += 1 }
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { blank(0..<3) }
  }

  /// The place of a range; its length ends with its first line.
  func place(_ range: Range<Int>) -> Place {
    let start = min(max(range.lowerBound, 0), bytes.count)
    let line = lines.line(at: start)
    let contentEnd = lines.contentEnd(of: line, in: bytes)
    let end = max(start, min(range.upperBound, contentEnd))
    return Place(
      file: file, line: line + firstLine,
      column: scalars(before: start) - scalars(before: lines.start(of: line)) + 1,
      length: scalars(before: end) - scalars(before: start))
  }

  /// Replaces bytes by blanks without moving any other.
  mutating func blank(_ range: Range<Int>) {
    for offset in range.clamped(to: bytes.indices) { bytes[offset] = 0x20 }
  }

  private func scalars(before offset: Int) -> Int {
    guard !scalarsBefore.isEmpty else { return 0 }
    let block = min(offset / 16, scalarsBefore.count - 1)
    var count = Int(scalarsBefore[block])
    for byte in original[(block * 16)..<offset] where !isContinuation(byte) { count += 1 }
    return count
  }
}

/// Where the lines of a text begin; LF, CR LF and CR end a line, as Markdown has it.
struct LineTable {
  private var starts: [Int] = [0]
  private let count: Int

  init(_ bytes: [UInt8]) {
    count = bytes.count
    for (offset, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: "\n") {
        starts.append(offset + 1)
      } else if byte == UInt8(ascii: "\r"),
        offset + 1 == bytes.count || bytes[offset + 1] != UInt8(ascii: "\n")
      {
        starts.append(offset + 1)
      }
    }
  }

  var lineCount: Int { starts.count }

  /// The line, counted from 0, that holds a byte.
  func line(at offset: Int) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// Where a line begins; a line past the end begins at the end.
  func start(of line: Int) -> Int {
    line < 0 ? 0 : line < starts.count ? starts[line] : count
  }

  /// Where a line ends, without its line break.
  func contentEnd(of line: Int, in bytes: [UInt8]) -> Int {
    var end = start(of: line + 1)
    while end > start(of: line), isLineEnd(bytes[end - 1]) { end -= 1 }
    return end
  }
}

func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

func isLineEnd(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }

func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

/// Whether a byte is punctuation that a backslash can escape.
func isASCIIPunctuation(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
  default: false
  }
}

func isASCIILetter(_ byte: UInt8) -> Bool { (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A }

func isASCIIDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
