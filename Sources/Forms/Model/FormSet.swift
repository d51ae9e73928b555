import Diagnostics
import Fiscal
import Formulas
import Parsing

/// A kind of disclosure (公开类别).
public struct Kind: Sendable, Hashable {
  /// ASCII; part of the address.
  public var id: String
  public var title: String
  /// Shorter names, as formulas use them: `决算.收支总表[…]`.
  public var otherNames: [String]
  /// When its disclosures are published.
  public var timing: Timing

  /// When disclosures of a kind are published (公开时限).
  public struct Timing: Sendable, Hashable {
    /// Days from approval within which they are published: 20 (预算法第十四条); nil where nothing is prescribed.
    public var days: Int?
    /// The years of publication, counted from the disclosure's own: a 决算 is published in the year after.
    public var years: ClosedRange<Int>?

    public init(days: Int? = nil, years: ClosedRange<Int>? = nil) {
      self.days = days
      self.years = years
    }
  }

  /// What only disclosures of another kind say (串用词).
  public var foreignWords: [Wording.Word]

  public init(
    id: String, title: String, otherNames: [String] = [], timing: Timing = Timing(),
    foreignWords: [Wording.Word] = []
  ) {
    self.id = id
    self.title = title
    self.otherNames = otherNames
    self.timing = timing
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
    /// The form of an earlier set whose place it takes, by id or full name, where the ids differ.
    public var succeeds: YAMLScalar?
    public var place: Place

    /// Whether it says that it takes a form's place.
    public func isSuccessor(of form: Form) -> Bool {
      succeeds.map { $0.text == form.id || $0.text == form.fullName } ?? false
    }
  }

  /// An equation between tables, or between years (勾稽关系).
  public struct Relation: Sendable {
    public var equation: Equation
    public var place: Place

    /// Whether it reads other disclosures than the one it is judged for.
    public var isAcross: Bool { equation.references.contains { $0.yearOffset != 0 || $0.kind != nil } }
  }

  public struct KeyFigure: Sendable {
    public var title: String
    public var expression: Expression
    public var format: String?
    public var place: Place
    var formatPlace: Place
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
  public var relations: [Relation]
  public var lawsOff: [String]
  public var checks = RuleSwitches()
  /// What tables carry whose sums differ from their parts by rounding (尾差说明); nil where nothing is to be said.
  public var roundingNote: String?
  /// Whether it is taken for a unit that names no set; one of several ways to print the same is chosen by its name only.
  public var isAutomatic: Bool
  public var place: Place
  /// Where it says its kind.
  var kindPlace: Place?
  /// The names of kinds that its formulas may use.
  var kindNames: [String] = []

  var head: FormSetHead {
    FormSetHead(id: id, kind: kind, region: region, years: years, isAutomatic: isAutomatic)
  }

  public func covers(kind: String, region: [String], year: Int) -> Bool {
    head.covers(kind: kind, region: region, year: year)
  }

  /// The set as it reads in one year: with `{year}` replaced where it prints words or names rows and columns.
  public func inYear(_ year: Int) -> FormSet {
    var set = self
    let kinds = Set(kindNames)
    set.outline = outline.map { YAML.replaceYear(in: $0, by: year) }
    for index in keyFigures.indices {
      set.keyFigures[index].title = YAML.replaceYear(in: keyFigures[index].title, by: year)
      let text = keyFigures[index].expression.text
      guard YAML.mentionsYear(text) else { continue }
      let replaced = YAML.replaceYear(in: text, by: year)
      if let expression = try? parseExpression(replaced, at: keyFigures[index].place, kinds: kinds) {
        set.keyFigures[index].expression = expression
      }
    }
    for index in relations.indices {
      let text = relations[index].equation.text
      guard YAML.mentionsYear(text) else { continue }
      let replaced = YAML.replaceYear(in: text, by: year)
      if let equation = try? parseEquation(replaced, at: relations[index].place, kinds: kinds) {
        set.relations[index].equation = equation
      }
    }
    return set
  }
}
