import Diagnostics

/// What the preview adds to a page: two tags in its head, and nothing else.
///
/// Without them and the attributes `data-place`, the bytes are those that a build writes.
enum PreviewLayer {
  static let folder = "__gongkai"

  /// The tags for a page, with what the script needs to know of it.
  static func tags(page: String, version: Version) -> [UInt8] {
    let script =
      "<script type=\"module\" src=\"/\(folder)/preview.js\" data-page=\"\(attribute(page))\" data-version=\"\(version.text)\"></script>"
    return Array("<link rel=\"stylesheet\" href=\"/\(folder)/preview.css\">\(script)".utf8)
  }

  /// A page with the tags before the end of its head; as it is where it has none.
  static func added(to bytes: [UInt8], page: String, version: Version) -> [UInt8] {
    guard let end = position(of: Array("</head>".utf8), in: bytes) else { return bytes }
    return bytes[..<end] + tags(page: page, version: version) + bytes[end...]
  }

  /// A file of the layer by its name.
  static func file(_ name: String) -> [UInt8]? {
    embeddedLayer.first { $0.path == name }.map { Array($0.text.utf8) }
  }

  private static func position(of word: [UInt8], in bytes: [UInt8]) -> Int? {
    guard let first = word.first, bytes.count >= word.count else { return nil }
    return (0...(bytes.count - word.count)).first { start in
      bytes[start] == first && bytes[start..<start + word.count].elementsEqual(word)
    }
  }

  private static func attribute(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case "\"": escaped += "&quot;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}

/// How often the site changed since this server began; pages of another server are of no version here.
struct Version: Hashable, Sendable {
  var server: UInt32
  var number = 0

  var text: String { "\(String(server, radix: 16))-\(number)" }
}
