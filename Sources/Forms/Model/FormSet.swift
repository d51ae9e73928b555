import Diagnostics
import Fiscal
import Formulas

/// A kind of disclosure (公开类别).
public struct Kind: Sendable, Hashable {
  /// ASCII; part of the address.
  public var id: String
  public var title: String
  /// Shorter names, as formulas use them: `决算.收支总表[…]`.
  public var otherNames: [String]
  /// What only disclosures of another kind say (串用词).
  public var foreignWords: [Wording.Word]

  public init(id: String, title: String, otherNames: [String] = [], foreignWords: [Wording.Word] = []) {
    self.id = id
    self.title = title
    self.otherNames = otherNames
    self.foreignWords = foreignWords
  }

  public var names: [String] { [id, title] + otherNames }
}

/// The ordered forms that one region prescribes for one kind and a range of years (表套).
public struct FormSet: Sendable {
  public struct Entry: Sendable {
    /// Full name: set and id.
    public var form: String
    /// As printed: 表1, 公开09表.
    public var number: String?
    public var isRequired: Bool
    public var place: Place
  }

  public struct KeyFigure: Sendable {
    public var title: String
    public var expression: Expression
    public var format: String?
    public var place: Place
  }

  public var id: String
  public var title: String
  public var kind: String
  /// From the province down; empty means everywhere.
  public var region: [String]
  public var years: ClosedRange<Int>
  public var entries: [Entry]
  /// The prescribed parts of the narrative.
  public var outline: [String]
  /// parts, plain or none.
  public var numbering: String
  public var keyFigures: [KeyFigure]
  public var lawsOff: [String]
  public var place: Place

  public func covers(kind: String, region: [String], year: Int) -> Bool {
    self.kind == kind && years.contains(year) && region.starts(with: self.region)
  }
}
