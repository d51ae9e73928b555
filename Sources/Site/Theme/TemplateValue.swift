import HTML
import Mustache

/// A value that a template prints or opens a section with.
enum TemplateValue: Sendable, Hashable {
  case text(String)
  case flag(Bool)
  /// Finished HTML; kept out of the template engine and put in afterwards.
  case fragment([UInt8])
  case list([TemplateValues])
}

/// The variables of a page, or of one item of a list.
struct TemplateValues: Sendable, Hashable, ExpressibleByDictionaryLiteral {
  private(set) var values: [String: TemplateValue]

  init(dictionaryLiteral elements: (String, TemplateValue)...) {
    values = Dictionary(elements) { _, last in last }
  }

  subscript(name: String) -> TemplateValue? {
    get { values[name] }
    set { values[name] = newValue }
  }

  mutating func merge(_ others: TemplateValues) { values.merge(others.values) { _, new in new } }

  /// A text that may be missing, with its flag: `icpNumber` and `hasICP`.
  mutating func set(_ flag: String, _ name: String, _ text: String?) {
    let isThere = text.map { !$0.isEmpty } ?? false
    values[flag] = .flag(isThere)
    values[name] = .text(text ?? "")
  }

  mutating func set(_ flag: String, _ name: String, _ list: [TemplateValues]) {
    values[flag] = .flag(!list.isEmpty)
    values[name] = .list(list)
  }

  mutating func set(_ flag: String, _ name: String, fragment: [UInt8]) {
    values[flag] = .flag(!fragment.isEmpty)
    values[name] = .fragment(fragment)
  }
}

extension TemplateValues: MustacheParent {
  func child(named name: String) -> Any? {
    switch values[name] {
    case .text(let text): text
    case .flag(let flag): flag
    case .fragment: FragmentMark.mark(name)
    case .list(let items): items
    case nil: nil
    }
  }
}

/// Holds the place of a fragment while a template is rendered: NUL, name, NUL.
///
/// No text can contain one, since escaping replaces NUL, and the scanner refuses it in templates.
enum FragmentMark {
  static func mark(_ name: String) -> String { "\u{0}" + name + "\u{0}" }

  /// The rendered text as bytes, with the fragments in their places.
  static func fill(_ rendered: String, from values: TemplateValues) -> [UInt8] {
    var rendered = rendered
    return rendered.withUTF8 { utf8 in
      var bytes: [UInt8] = []
      let fragments = values.values.values.reduce(0) { sum, value in
        if case .fragment(let bytes) = value { sum + bytes.count } else { sum }
      }
      bytes.reserveCapacity(utf8.count + fragments)
      var start = 0
      while let open = utf8[start...].firstIndex(of: 0),
        let close = utf8[(open + 1)...].firstIndex(of: 0)
      {
        bytes.append(contentsOf: utf8[start..<open])
        let name = String(decoding: utf8[(open + 1)..<close], as: UTF8.self)
        if case .fragment(let fragment)? = values[name] { bytes.append(contentsOf: fragment) }
        start = close + 1
      }
      bytes.append(contentsOf: utf8[start...])
      return bytes
    }
  }
}

/// Escapes over UTF-8 bytes; the library's own escaping looks at characters, and a quotation mark with a
/// combining mark behind it slips through.
struct ByteEscapedHTML: MustacheContentType {
  func escapeText(_ text: String) -> String { HTMLWriter.escaped(text) }

  /// The name in `{{% CONTENT_TYPE: … }}`; asking for it registers the type, once for the process.
  static let name: String = {
    MustacheContentTypes.register(ByteEscapedHTML(), named: "BYTE_ESCAPED_HTML")
    return "BYTE_ESCAPED_HTML"
  }()
}
