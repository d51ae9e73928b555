import Diagnostics
import Fiscal
import Formulas

/// What an empty amount cell says (空格的含义).
public enum BlankMeaning: String, Sendable, CaseIterable {
  /// The amount is zero.
  case zero
  /// Nothing: the cell is merged with another or not meant to be filled.
  case nothing
  /// The figure is missing.
  case missing
}

/// A grid of one or more panels set side by side.
public struct Grid: Sendable {
  public var id: String
  public var title: String?
  public var panels: [Panel]
  /// Pairs (or more) of declared rows printed on one line, each as (panel, row).
  public var align: [[RowAddress]]
  /// Names of the row and column numbers (行次、栏次), where printed.
  public var rowNumbers: String?
  public var columnNumbers: String?

  public struct RowAddress: Hashable, Sendable {
    public var panel: Int
    public var row: Int
  }

  /// A grid of one panel, such as an indicator table.
  public init(id: String, title: String?, panel: Panel) {
    self.init(id: id, title: title, panels: [panel], align: [], rowNumbers: nil, columnNumbers: nil)
  }

  init(
    id: String, title: String?, panels: [Panel], align: [[RowAddress]], rowNumbers: String?,
    columnNumbers: String?
  ) {
    self.id = id
    self.title = title
    self.panels = panels
    self.align = align
    self.rowNumbers = rowNumbers
    self.columnNumbers = columnNumbers
  }
}

/// A labelled field of a sheet.
public struct Field: Sendable {
  public var id: String
  public var title: String
  public var type: ColumnType
  public var unit: MoneyUnit?
  public var countUnit: String?
  public var decimals: Int
  public var states: Tags
  public var isTagged: Bool
  public var isRequired: Bool
  public var isPersonal: Bool
  public var place: Place
}

/// Long texts of a sheet: one, or several side by side.
public struct TextBlock: Sendable {
  public var id: String
  public var title: String
  public var columns: [String]
  public var isRequired: Bool
  public var place: Place
}

/// The indicator table (绩效指标) of a sheet: a panel of free rows, and which column plays which part.
public struct IndicatorBlock: Sendable {
  public var id: String
  public var title: String
  public var panel: Panel
  /// Columns that name the indicator, outermost first.
  public var levels: [Int]
  /// The groups that the form prescribes for the levels outside the innermost; none where it leaves them open.
  public var groups: [IndicatorGroup]
  public var target: Int?
  public var actual: Int?
  public var points: Int?
  public var score: Int?
  public var note: Int?
  public var place: Place
}

/// A group that indicators stand in (一级指标、二级指标).
public struct IndicatorGroup: Sendable {
  public var title: String
  /// What the points of its indicators may add up to; empty where the form does not say.
  public var points: [Rational] = []
  public var isRequired = false
  public var groups: [IndicatorGroup] = []
  public var place: Place
}

/// The total score (总分) and its grade.
public struct ScoreBlock: Sendable {
  public var id: String
  public var title: String
  public var points: Rational?
  /// Whether the total includes the points for execution (执行率).
  public var includesExecution: Bool
  /// Where the execution score stands, as a formula name.
  public var execution: Expression?
  public var grades: [Grade]
  public var place: Place

  public struct Grade: Sendable {
    public var name: String
    /// Inclusive; nil is open.
    public var from: Rational?
    /// Exclusive, but for the top; nil is open.
    public var below: Rational?
  }
}

/// One part of a form.
public enum Block: Sendable {
  case fields(title: String?, rows: [[Field]])
  case grid(Grid)
  case texts(TextBlock)
  case indicators(IndicatorBlock)
  case score(ScoreBlock)
}

/// The declared shape of one official table (表样), for one year.
public struct Form: Sendable {
  public var setID: String?
  /// ASCII; the anchor of its tables.
  public var id: String
  /// As printed, with the year in it where the form has one.
  public var title: String
  /// The title without its year: the name in files and formulas.
  public var name: String
  public var aliases: [String]
  public var unit: MoneyUnit?
  public var decimals: Int
  public var blank: BlankMeaning
  public var states: Tags
  public var blocks: [Block]
  public var isSheet: Bool
  public var relations: [FormRelation]
  /// The note that an empty table must carry.
  public var empty: String?
  public var notes: [String]
  /// The note (尾差说明) that a table carries whose sums differ from their parts by rounding; nil where the set's is meant.
  public var roundingNote: String?
  /// The dimension of which each sheet describes one (`project`), for forms used several times.
  public var instances: String?
  public var isLandscape: Bool?
  public var place: Place
  /// Whether no file declares it: it was made from the header of a table that is published as it stands.
  public var isAsWritten = false

  public var fullName: String { setID.map { "\($0)/\(id)" } ?? id }

  public var grids: [Grid] {
    blocks.compactMap { if case .grid(let grid) = $0 { grid } else { nil } }
  }

  /// Every list with its columns, those of indicators too.
  public var panels: [Panel] {
    blocks.flatMap { block -> [Panel] in
      switch block {
      case .grid(let grid): grid.panels
      case .indicators(let indicators): [indicators.panel]
      case .fields, .texts, .score: []
      }
    }
  }

  /// All names by which files and formulas may call it.
  public var names: [String] { [id, name, title] + aliases }
}

/// An equation that a form declares over its cells.
public struct FormRelation: Sendable {
  public var equation: Equation
  /// Whether it names columns and so speaks of every row.
  public var isRowwise: Bool
  public var text: String
  public var place: Place
}
