/// One cell of a table: what it shows, and how it stands in its row.
public struct Cell: Sendable, Hashable {
  /// Why there is no figure where one could be; each of these states looks and reads differently from 0.
  public enum Absence: String, Sendable, Hashable {
    /// Left empty in the data; empty to the eye, 空 to a screen reader.
    case blank
    /// A dash of any kind.
    case dash
    /// 无.
    case none
    /// 不适用.
    case notApplicable = "not-applicable"
    /// Kept back for secrecy (涉密不公开).
    case withheld

    /// What is shown unless the data shows it otherwise.
    var shown: String {
      switch self {
      case .blank: ""
      case .dash: "—"
      case .none: "无"
      case .notApplicable: "不适用"
      case .withheld: "不公开"
      }
    }
  }

  public enum Content: Sendable, Hashable {
    case text(String)
    /// Paragraphs.
    case lines([String])
    /// A figure as printed, `1,273.52`, and its exact value in plain digits, `1273.52`.
    case number(shown: String, value: String)
    /// No figure, and why; `shown` keeps the mark of the data (`-`, `/`, `－`).
    case absent(Absence, shown: String? = nil)
    /// `hidden` completes the words for those who hear links out of their table.
    case link(text: String, href: String, hidden: String = "")
    /// Nothing belongs here, such as a code in a line that has none.
    case empty
    /// Merged with the cell above.
    case above
    /// Merged with the cell at the left.
    case left
  }

  public var content: Content
  public var isRowHeader: Bool
  /// The depth in a hierarchy, 0 to 8; deeper levels are drawn like the eighth.
  public var indent: Int
  /// An anchor of its own, written as it is.
  public var id: String?
  /// Further classes for the theme.
  public var classes: [String]
  /// Where its figure comes from, for the preview: `收支总表.csv:20:7`. Built pages have none.
  public var place: String?

  public init(
    _ content: Content, isRowHeader: Bool = false, indent: Int = 0, id: String? = nil, classes: [String] = [],
    place: String? = nil
  ) {
    self.content = content
    self.isRowHeader = isRowHeader
    self.indent = indent
    self.id = id
    self.classes = classes
    self.place = place
  }

  /// The header of its row.
  public static func header(_ text: String, indent: Int = 0) -> Cell {
    Cell(.text(text), isRowHeader: true, indent: indent)
  }

  public static func text(_ text: String) -> Cell { Cell(.text(text)) }

  public static func number(_ shown: String, value: String) -> Cell {
    Cell(.number(shown: shown, value: value))
  }

  public static func absent(_ absence: Absence, shown: String? = nil) -> Cell {
    Cell(.absent(absence, shown: shown))
  }

  public static var empty: Cell { Cell(.empty) }
  public static var above: Cell { Cell(.above) }
  public static var left: Cell { Cell(.left) }
}

extension Cell {
  /// Whether a header cell would have something to say.
  var hasWords: Bool {
    switch content {
    case .text(let text): !text.isBlank
    case .lines(let lines): lines.contains { !$0.isBlank }
    case .number(let shown, _): !shown.isBlank
    case .link(let text, _, let hidden): !text.isBlank || !hidden.isBlank
    case .absent, .empty, .above, .left: false
    }
  }

  /// The class that tells the state of the cell.
  var stateClass: String? {
    switch content {
    case .number(let shown, let value):
      if shown.isBlank { return Absence.blank.rawValue }
      return value.isZero ? "zero" : nil
    case .absent(let absence, _): return absence.rawValue
    case .empty: return "empty"
    default: return nil
    }
  }
}

extension String {
  var isBlank: Bool { utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D } }

  /// Whether the plain digits say exactly zero: `0`, `0.00`, `-0`.
  var isZero: Bool {
    utf8.contains(UInt8(ascii: "0"))
      && utf8.allSatisfy { $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
  }
}
