import Files

/// A path told from others by its bytes: two spellings of `é` are two files.
struct PathBytes: Hashable, Sendable {
  let text: String

  init(_ text: String) { self.text = text }

  static func == (left: PathBytes, right: PathBytes) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

  func hash(into hasher: inout Hasher) {
    for byte in text.utf8 { hasher.combine(byte) }
  }
}

/// A manifest of RFC 8493: the digest of every file, by path.
///
/// There is one way to write each manifest (sorted by bytes, lower-case digits, two spaces, a line feed), so
/// that every bit of the file counts.
struct BagManifest: Hashable, Sendable {
  /// Path in the bag → 128 hexadecimal digits.
  private(set) var digests: [PathBytes: String] = [:]

  init() {}

  subscript(path: String) -> String? {
    get { digests[PathBytes(path)] }
    set { digests[PathBytes(path)] = newValue }
  }

  var count: Int { digests.count }

  /// All paths in the order of their bytes.
  var paths: [String] { digests.keys.map(\.text).sorted(by: Path.precedes) }

  /// Reads a manifest; lines that are none are returned by their number.
  init(reading bytes: [UInt8], badLines: inout [Int]) {
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: true)
    for (number, line) in lines.enumerated() {
      let hex = line.prefix { Self.isHexDigit($0) }
      let blank = line.dropFirst(hex.count).prefix { $0 == 0x20 || $0 == 0x09 }
      let rest = line.dropFirst(hex.count + blank.count)
      guard hex.count == 128, !blank.isEmpty, let text = String(validating: rest, as: UTF8.self) else {
        badLines.append(number + 1)
        continue
      }
      let path = Self.decoded(text)
      guard Path.faultBelowFolder(path) == nil, self[path] == nil else {
        badLines.append(number + 1)
        continue
      }
      self[path] = String(decoding: hex, as: UTF8.self).lowercased()
    }
  }

  var bytes: [UInt8] {
    var text = ""
    for path in paths {
      text += (self[path] ?? "") + "  " + Self.encoded(path) + "\n"
    }
    return Array(text.utf8)
  }

  /// RFC 8493 2.1.3: line ends and the percent sign are encoded, nothing else.
  private static func encoded(_ path: String) -> String {
    guard path.utf8.contains(where: { $0 == 0x25 || $0 == 0x0A || $0 == 0x0D }) else { return path }
    return path.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }

  private static func decoded(_ text: String) -> String {
    guard text.utf8.contains(0x25) else { return text }
    return text.replacing(/%0[Dd]/, with: "\r").replacing(/%0[Aa]/, with: "\n").replacing("%25", with: "%")
  }

  private static func isHexDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
  }
}

/// Why a path cannot stand in a bag that every tool reads alike; nil if it can.
///
/// Programs disagree on how a manifest writes these names: `sha512sum` and `bagit.py` would not find the file.
func faultInBag(_ path: String) -> String? {
  if let fault = Path.faultBelowFolder(path) { return fault }
  for scalar in path.unicodeScalars {
    if scalar == "%" || scalar == "\\" { return "文件名里有“\(scalar)”" }
    if scalar.value < 0x20 || scalar.value == 0x7F { return "文件名里有控制字符" }
  }
  if let last = path.unicodeScalars.last, last.properties.isWhitespace { return "文件名以空格结尾" }
  return nil
}
