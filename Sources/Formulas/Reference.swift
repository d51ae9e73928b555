/// Picks rows or columns of a table.
public enum Selector: Hashable, Sendable {
  /// `*`: every row, or every column.
  case all
  /// A title, code or id, from the outermost named group to the thing itself: `公务用车购置及运行费/小计`.
  case path([String])

  /// As it could be typed in a formula.
  public var text: String {
    switch self {
    case .all: "*"
    case .path(let parts): parts.joined(separator: "/")
    }
  }
}

/// What a formula points to: cells of a table, `上年.决算.收支总表.实例[行, 列]`.
public struct Reference: Hashable, Sendable {
  /// The table under whose name extra figures of a disclosure are read: `数据[id]`.
  public static let extraFigures = "数据"

  /// Years after the year of the disclosure: 上年 is -1, 上上年 -2, 下年 +1.
  public var yearOffset: Int
  /// The kind of disclosure (公开类别) as typed, where it is not the disclosure's own.
  public var kind: String?
  /// The table's title or id, as typed.
  public var table: String
  /// The name that tells apart sheets of one form, as typed.
  public var instance: String?
  public var row: Selector
  public var column: Selector?

  public init(
    yearOffset: Int = 0, kind: String? = nil, table: String, instance: String? = nil,
    row: Selector, column: Selector? = nil
  ) {
    self.yearOffset = yearOffset
    self.kind = kind
    self.table = table
    self.instance = instance
    self.row = row
    self.column = column
  }

  /// As it could be typed in a formula.
  public var text: String {
    var year = ""
    if yearOffset != 0 {
      year = String(repeating: yearOffset < 0 ? "上" : "下", count: min(Int(yearOffset.magnitude), 9)) + "年."
    }
    let names = [kind, table, instance].compactMap(\.self).joined(separator: ".")
    return year + names + "[" + [row, column].compactMap { $0?.text }.joined(separator: ", ") + "]"
  }
}

/// A bare name in a relation: a column, row or field of the form itself, or a path to it
/// (`funds.by-source.score`).
public struct Name: Hashable, Sendable {
  public var parts: [String]

  public init(_ parts: [String]) { self.parts = parts }

  public var text: String { parts.joined(separator: ".") }
}

/// What a source of figures answers.
public enum Lookup: Hashable, Sendable {
  /// One figure for one cell, several where a `*` was asked for; a blank that counts as nothing gives none.
  case figures([Figure])
  /// A cell that holds words.
  case text(String)
  /// Why there is no answer; `candidates` are the names that could have been meant.
  case failed(message: String, hint: String? = nil, candidates: [String] = [])
  /// Several tables, rows or columns fit a name that means one; `candidates` are these.
  case ambiguous(message: String, hint: String? = nil, candidates: [String] = [])
}

/// Where the figures of a formula come from: tables, a form's own cells, or a test.
public protocol FigureSource {
  func look(up reference: Reference) -> Lookup
  func look(upName name: Name) -> Lookup
}
