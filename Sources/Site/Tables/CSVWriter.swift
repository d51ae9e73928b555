/// Writes rows of cells as CSV for Excel: UTF-8 with a byte order mark, quoted only where needed.
public struct CSVWriter {
  public private(set) var bytes: [UInt8] = [0xEF, 0xBB, 0xBF]
  private var isInRow = false

  public init() {}

  init(reserving capacity: Int) {
    bytes.reserveCapacity(capacity + bytes.count)
  }

  public mutating func row(_ cells: [String]) {
    for cell in cells { self.cell(cell) }
    endRow()
  }

  /// The next cell of a row, with so many spaces before its text.
  mutating func cell(_ text: String, indent: Int = 0) {
    if isInRow { bytes.append(UInt8(ascii: ",")) }
    isInRow = true
    var text = text
    text.withUTF8 { write($0, indent: indent) }
  }

  mutating func endRow() {
    bytes.append(UInt8(ascii: "\n"))
    isInRow = false
  }

  private mutating func write(_ utf8: UnsafeBufferPointer<UInt8>, indent: Int) {
    let quote = UInt8(ascii: "\"")
    let isPlain = utf8.allSatisfy {
      $0 != UInt8(ascii: ",") && $0 != quote && $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r")
    }
    if !isPlain { bytes.append(quote) }
    for _ in 0..<indent { bytes.append(UInt8(ascii: " ")) }
    guard !isPlain else { return bytes.append(contentsOf: utf8) }
    for byte in utf8 {
      if byte == quote { bytes.append(quote) }
      bytes.append(byte)
    }
    bytes.append(quote)
  }
}
