import Files

/// Addresses as they stand in `href`.
enum URLText {
  static func encoded(path: String) -> String { Path.percentEncoded(path) }

  /// A link to an anchor of the same page; Chinese stays readable.
  static func fragment(_ id: String) -> String {
    var bytes: [UInt8] = [UInt8(ascii: "#")]
    let digits = Array("0123456789ABCDEF".utf8)
    for byte in id.utf8 {
      if byte <= 0x20 || byte == 0x7F || "\"<>\\^`{|}%#".utf8.contains(byte) {
        bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// A file's size for readers: `512 B`, `12.3 KB`, `4.0 MB`.
func sizeText(_ bytes: Int) -> String {
  if bytes < 1000 { return "\(bytes) B" }
  let (unit, name) = bytes < 1_000_000 ? (1000, "KB") : (1_000_000, "MB")
  let tenths = (bytes * 10 + unit / 2) / unit
  return "\(tenths / 10).\(tenths % 10) \(name)"
}

/// A part of an address with `%E9%99%84` and the like resolved.
func percentDecoded(_ text: String) -> String {
  guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
  let source = Array(text.utf8)
  var bytes: [UInt8] = []
  var index = 0
  while index < source.count {
    if source[index] == UInt8(ascii: "%"), index + 2 < source.count,
      let value = UInt8(String(decoding: source[(index + 1)...(index + 2)], as: UTF8.self), radix: 16)
    {
      bytes.append(value)
      index += 3
    } else {
      bytes.append(source[index])
      index += 1
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}
