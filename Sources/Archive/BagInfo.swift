/// The fields of `bag-info.txt`, in order; a label may come more than once.
public struct BagInfo: Hashable, Sendable {
  public struct Field: Hashable, Sendable {
    public var label: String
    public var value: String
  }

  public var fields: [Field] = []

  public init(_ fields: [(label: String, value: String)] = []) {
    for field in fields { add(field.label, field.value) }
  }

  /// Reads `bag-info.txt`; a line that begins with white space goes on with the field before.
  init(reading bytes: [UInt8]) {
    for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
      if line.first?.isWhitespace == true, !fields.isEmpty {
        fields[fields.count - 1].value += " " + Self.trimmed(line)
      } else if let colon = line.firstIndex(of: ":") {
        fields.append(
          Field(label: Self.trimmed(line[..<colon]), value: Self.trimmed(line[line.index(after: colon)...])))
      }
    }
  }

  public mutating func add(_ label: String, _ value: String) {
    let line = value.split { $0.isNewline || $0 == "\t" }.map { Self.trimmed($0) }.joined(separator: " ")
    fields.append(Field(label: label, value: line))
  }

  /// The first value of a label.
  public subscript(label: String) -> String? { fields.first { $0.label == label }?.value }

  var bytes: [UInt8] { Array(fields.map { "\($0.label): \($0.value)\n" }.joined().utf8) }

  private static func trimmed(_ text: Substring) -> String {
    var text = text[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }

  /// The bag that this one is chained to: its name, and the digest of its tag manifest.
  public static let previousBag = "Previous-Bag"
  public static let previousDigest = "Previous-Tag-Manifest-Digest"
}
