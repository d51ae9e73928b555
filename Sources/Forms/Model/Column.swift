import Diagnostics
import Fiscal
import Formulas

/// What the cells of a column hold.
public enum ColumnType: String, Sendable, CaseIterable {
  case text, code, name, amount, percent, count, number, score, date, year, indicator

  /// Whether cells are figures, set to the right and calculated with.
  public var isNumeric: Bool {
    switch self {
    case .amount, .percent, .count, .number, .score: true
    default: false
    }
  }
}

/// How a column follows from its neighbours; columns are named by their place in `Panel.leaves`.
public enum ColumnRule: Sendable {
  /// The sum of other columns (合计).
  case sum([Int])
  /// 其中: each of the others is at most this one.
  case ofWhich([Int])
  /// First minus second (增减额).
  case difference(Int, Int)
  /// (first − second) ÷ second, in percent (增减%).
  case growth(Int, Int)
  /// First ÷ second, in percent (占比、执行率).
  case share(Int, Int)
  /// A formula over the row's columns, which its names mean.
  case equals(Expression, [Name: Int])
}

/// A node of a header tree: a group of columns, or a column.
public struct Column: Sendable {
  public var id: String
  public var title: String
  public var children: [Column]
  /// The place among the panel's leaves, for a column; nil for a group.
  public var leaf: Int?
  public var place: Place
}

/// A column of figures or text at the foot of the header tree.
public struct Leaf: Sendable {
  public var index: Int
  /// Ids from the outermost group down, the column's own id last.
  public var path: [String]
  /// Titles from the outermost group down.
  public var titles: [String]
  /// The name in the CSV header where it differs from the title.
  public var csvTitle: String?
  /// Other names that files may call it.
  public var aliases: [String] = []
  public var type: ColumnType
  /// Which classification a code or name belongs to.
  public var classification: String?
  public var unit: MoneyUnit?
  /// The unit of counts: 人, 辆, 家.
  public var countUnit: String?
  public var decimals: Int
  /// Tags along the header tree, nearer over farther.
  public var states: Tags
  /// Whether the form itself tags this column (and not only its panel).
  public var isTagged: Bool
  public var rules: [ColumnRule]
  /// Only rows with these ids have a value here; empty means all.
  public var only: [String]
  public var isPersonal: Bool
  public var isOptional: Bool
  /// Equal or blank cells below one another are one printed cell.
  public var isMerged: Bool
  /// 类, 款, 项: this column is one of several that together print a code.
  public var spread: Int?
  /// The code that this column, or the group it stands in, is repeated for.
  public var listed: Listed?
  public var place: Place
  /// Whether its figures are printed in the very characters of the file.
  public var isAsWritten = false

  /// A code that columns are repeated for.
  public struct Listed: Sendable, Hashable {
    public var code: String
    /// The place of the list it comes from.
    public var list: Place
    /// What rules call all columns of the repetition.
    public var set: String
    /// The place of the code in `path`.
    public var depth: Int
    /// Whether the data leaves it out and has only codes within it, which speak for it.
    public var isHollow: Bool
  }

  public var id: String { path.last ?? "" }
  public var title: String { titles.last ?? "" }
  public var name: String { titles.joined(separator: "/") }

  /// Whether rows and levels may call it so: by its id, or that of the code it is a part of.
  func isNamed(_ name: String) -> Bool { id == name || spread != nil && path.dropLast().last == name }

  /// Whether its amounts may state facts: differences and percentages never do.
  public var isDerived: Bool {
    rules.contains { rule in
      switch rule {
      case .difference, .growth, .share: true
      case .sum, .ofWhich, .equals: false
      }
    }
  }
}
