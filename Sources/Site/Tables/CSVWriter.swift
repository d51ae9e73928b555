/// Writes rows of cells as CSV for Excel: UTF-8 with a byte order mark, quoted only where needed.
public struct CSVWriter {
  public private(set) var bytes: [UInt8] = [0xEF, 0xBB, 0xBF]

  public init() {}

  init(reserving capacity: Int) {
    bytes.reserveCapacity(capacity + bytes.count)
  }

  public mutating func row(_ cells: [String]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      write(cell)
    }
    bytes.append(UInt8(ascii: "\n"))
  }

  private mutating func write(_ cell: String) {
    let quote = UInt8(ascii: "\"")
    var cell = cell
    cell.withUTF8 { utf8 in
      let isPlain = utf8.allSatisfy {
        $0 != UInt8(ascii: ",") && $0 != quote && $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r")
      }
      guard !isPlain else { return bytes.append(contentsOf: utf8) }
      bytes.append(quote)
      for byte in utf8 {
        if byte == quote { bytes.append(quote) }
        bytes.append(byte)
      }
      bytes.append(quote)
    }
  }
}
