/// The path that a request asks for, decoded once; only a key into the list of the site's paths.
enum RequestPath {
  /// Decodes the path of a request; nil where it is no path that a site could have.
  ///
  ///     RequestPath.decode("/jyj/%E8%A1%A8.csv")  // "jyj/表.csv"
  ///     RequestPath.decode("/jyj/")               // "jyj/index.html"
  ///     RequestPath.decode("/%2e%2e/secret")      // nil
  static func decode(_ target: String) -> String? {
    let bytes = Array(target.utf8)
    guard bytes.first == UInt8(ascii: "/") else { return nil }
    var decoded: [UInt8] = []
    var index = 1
    while index < bytes.count {
      var byte = bytes[index]
      if byte == UInt8(ascii: "%") {
        guard index + 2 < bytes.count, let high = hexValue(bytes[index + 1]),
          let low = hexValue(bytes[index + 2])
        else { return nil }
        byte = high << 4 | low
        index += 2
      }
      guard byte >= 0x20, byte != 0x7F, byte != UInt8(ascii: "\\") else { return nil }
      decoded.append(byte)
      index += 1
    }
    guard let path = String(validating: decoded, as: UTF8.self) else { return nil }
    let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard !parts.contains(where: { $0.elementsEqual(".".utf8) || $0.elementsEqual("..".utf8) }) else {
      return nil
    }
    return path.isEmpty || path.utf8.last == UInt8(ascii: "/") ? path + "index.html" : path
  }

  private static func hexValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
