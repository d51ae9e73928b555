/// Writes values one after another into bytes, for `RecordReader` to read in the same order.
struct RecordWriter {
  private(set) var bytes: [UInt8] = []

  mutating func write(_ number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func write(_ number: Int) { write(UInt64(bitPattern: Int64(number))) }

  mutating func write(_ flag: Bool) { bytes.append(flag ? 1 : 0) }

  mutating func write(_ text: String) {
    write(text.utf8.count)
    bytes += text.utf8
  }

  mutating func write<Value>(_ value: Value?, _ body: (inout RecordWriter, Value) -> Void) {
    write(value != nil)
    if let value { body(&self, value) }
  }

  mutating func write(_ text: String?) { write(text) { $0.write($1) } }

  mutating func write<Value>(_ values: [Value], _ body: (inout RecordWriter, Value) -> Void) {
    write(values.count)
    for value in values { body(&self, value) }
  }
}

/// Reads what `RecordWriter` wrote; what does not fit is an error, never a crash.
struct RecordReader {
  struct Mismatch: Error {}

  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }

  mutating func number() throws(Mismatch) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard position < bytes.count else { throw Mismatch() }
      let byte = bytes[position]
      position += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    throw Mismatch()
  }

  mutating func integer() throws(Mismatch) -> Int { Int(Int64(bitPattern: try number())) }

  mutating func flag() throws(Mismatch) -> Bool { try number() == 1 }

  mutating func text() throws(Mismatch) -> String {
    let count = try integer()
    guard count >= 0, count <= bytes.count - position else { throw Mismatch() }
    defer { position += count }
    guard let text = String(validating: bytes[position..<position + count], as: UTF8.self) else {
      throw Mismatch()
    }
    return text
  }

  mutating func optional<Value>(
    _ body: (inout RecordReader) throws(Mismatch) -> Value
  ) throws(Mismatch) -> Value? {
    try flag() ? try body(&self) : nil
  }

  mutating func optionalText() throws(Mismatch) -> String? {
    try optional { reader throws(Mismatch) in try reader.text() }
  }

  mutating func list<Value>(
    _ body: (inout RecordReader) throws(Mismatch) -> Value
  ) throws(Mismatch) -> [Value] {
    let count = try integer()
    // Every value takes at least one byte.
    guard count >= 0, count <= bytes.count - position else { throw Mismatch() }
    var values: [Value] = []
    values.reserveCapacity(count)
    for _ in 0..<count { values.append(try body(&self)) }
    return values
  }
}
