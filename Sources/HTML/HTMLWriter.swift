/// Writes HTML as bytes, escaping everything that is not markup of ours.
///
/// Escaping looks at UTF-8 bytes, never at `Character`: a quotation mark followed by a combining mark is one
/// `Character` that equals no quotation mark, and would break out of an attribute.
///
///     var html = HTMLWriter()
///     html.raw("<td>")
///     html.text("收入 < 支出")
///     html.raw("</td>")
///     html.string  // "<td>收入 &lt; 支出</td>"
public struct HTMLWriter: Sendable {
  public private(set) var bytes: [UInt8] = []

  public init() {}

  public init(reserving capacity: Int) {
    bytes.reserveCapacity(capacity)
  }

  public var string: String { String(decoding: bytes, as: UTF8.self) }

  /// Appends markup as it is; only for text written in this project's source or finished by this writer.
  public mutating func raw(_ markup: String) {
    var markup = markup
    markup.withUTF8 { bytes.append(contentsOf: $0) }
  }

  /// Appends finished bytes, such as a fragment written before.
  public mutating func raw(_ markup: some Sequence<UInt8>) {
    bytes.append(contentsOf: markup)
  }

  /// Appends text, escaped for element content and for quoted attribute values alike.
  public mutating func text(_ text: String) {
    var text = text
    text.withUTF8 { utf8 in escape(utf8) }
  }

  /// Appends ` name="value"` with the value escaped.
  public mutating func attribute(_ name: String, _ value: String) {
    raw(" ")
    raw(name)
    raw("=\"")
    text(value)
    raw("\"")
  }

  /// Appends ` name="value"` unless the value is empty.
  public mutating func attributeUnlessEmpty(_ name: String, _ value: String) {
    if !value.isEmpty { attribute(name, value) }
  }

  /// Appends `<name attributes>text</name>`.
  public mutating func element(_ name: String, _ attributes: [(String, String)] = [], text content: String) {
    raw("<")
    raw(name)
    for (attribute, value) in attributes { self.attribute(attribute, value) }
    raw(">")
    text(content)
    raw("</")
    raw(name)
    raw(">")
  }

  /// The text escaped, for template engines that ask for one string at a time.
  public static func escaped(_ text: String) -> String {
    var writer = HTMLWriter(reserving: text.utf8.count + 16)
    writer.text(text)
    return writer.string
  }

  private mutating func escape(_ utf8: UnsafeBufferPointer<UInt8>) {
    var copied = utf8.startIndex
    var index = utf8.startIndex
    while index < utf8.endIndex {
      let byte = utf8[index]
      if Self.isOrdinary(byte) {
        index += 1
        continue
      }
      let next = index + 1
      var length = 1
      let replacement: StaticString?
      switch byte {
      case UInt8(ascii: "&"): replacement = "&amp;"
      case UInt8(ascii: "<"): replacement = "&lt;"
      case UInt8(ascii: ">"): replacement = "&gt;"
      case UInt8(ascii: "\""): replacement = "&quot;"
      case UInt8(ascii: "'"): replacement = "&#39;"
      case 0x0D:
        // A line ends in one way only, so that the same text gives the same bytes.
        replacement = next < utf8.endIndex && utf8[next] == 0x0A ? "" : "\n"
      case 0x00...0x08, 0x0B, 0x0C, 0x0E...0x1F, 0x7F: replacement = "\u{FFFD}"
      case 0xC2 where next < utf8.endIndex && utf8[next] < 0xA0:
        // U+0080 to U+009F are controls that HTML forbids.
        replacement = "\u{FFFD}"
        length = 2
      default: replacement = nil
      }
      if let replacement {
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[copied..<index]))
        replacement.withUTF8Buffer { bytes.append(contentsOf: $0) }
        copied = index + length
      }
      index += length
    }
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[copied...]))
  }

  /// Whether a byte stands for itself wherever it comes: digits, most letters, and nearly all that 汉字 consist of.
  private static func isOrdinary(_ byte: UInt8) -> Bool {
    byte > UInt8(ascii: ">")
      ? byte != 0x7F && byte != 0xC2 : byte > UInt8(ascii: "'") && byte < UInt8(ascii: "<")
  }
}
