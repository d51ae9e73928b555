import Diagnostics
import Fiscal

/// A declared row, or a block of rows that come from the data, in the order they are printed.
public struct RowSpec: Sendable {
  public enum Kind: Sendable, Equatable {
    /// A row that the form prints.
    case fixed
    /// Rows by code of a classification.
    case codes(CodeList)
    /// Rows in levels.
    case levels([Level], lines: [Line], linesIn: String?)
    /// Any rows; `of` is the dimension its names belong to.
    case free(of: String?, in: String?)
  }

  public struct Level: Sendable, Equatable {
    /// department, unit, function, economic, project, category or text.
    public var of: String
    public var column: String?
    public var states: Tags
  }

  /// One of several printed lines of each row of a level block (上年、本年、增减).
  public struct Line: Sendable, Equatable {
    public var id: String
    public var title: String
    public var states: Tags
    /// Ids of the lines whose difference this one is.
    public var difference: [String]
  }

  /// How rows are numbered, as the first of them would be.
  public enum Ordinal: String, Sendable, CaseIterable {
    case numeral = "一、"
    case bracketed = "（一）"
    case digit = "1."

    /// The number of a row, counted from 1.
    public func text(_ number: Int) -> String {
      switch self {
      case .numeral: chineseNumeral(number) + "、"
      case .bracketed: "（" + chineseNumeral(number) + "）"
      case .digit: "\(number)."
      }
    }
  }

  public enum Relation: Sendable, Equatable { case part, ofWhich }

  public var kind: Kind
  public var id: String
  public var title: String
  public var aliases: [String]
  /// Own tags laid over those of the enclosing rows.
  public var states: Tags
  public var isTagged: Bool
  /// The enclosing declared row, and whether this one adds up to it or is 其中.
  public var parent: Int?
  public var relation: Relation
  /// Declared rows that add up to this one.
  public var adds: [Int]
  /// Declared rows whose difference this one is.
  public var difference: [Int]
  /// Merged heading at the left.
  public var sideHeading: String?
  public var isOptional: Bool
  /// Whether free rows reach their total, or are chosen ones (at most it).
  public var isComplete: Bool
  /// The first number of the rows' numbering (一、), where the form numbers them.
  public var ordinal: Ordinal?
  /// How deep it is nested, for indentation.
  public var depth: Int
  public var place: Place

  public var isOpen: Bool { if case .fixed = kind { false } else { true } }
}

/// A list of rows under one header tree; a form may set several side by side.
public struct Panel: Sendable {
  public var id: String
  public var title: String?
  public var states: Tags
  public var columns: [Column]
  public var leaves: [Leaf]
  public var rows: [RowSpec]
  /// In how many strips the list is printed beside itself.
  public var strips: Int
  /// The codes or rows that the strips begin with; empty where they are as equal as can be.
  public var stripStarts: [String] = []
  /// Where columns are repeated for codes: `columns` and `leaves` hold one of them until the data is known.
  public var codeColumns: CodeColumns?

  /// The column whose text names a row: the one that rows from the data say (`in`), else the first name, text or code.
  public var labelColumn: Int? {
    if let namingColumn { return namingColumn }
    for type in [ColumnType.name, .text, .code] {
      // By its place: what a leaf holds is much to copy.
      for place in leaves.indices where leaves[place].type == type { return leaves[place].index }
    }
    return nil
  }

  /// The first column that rows from the data are named in. A code is no name: rows of codes bear that beside it.
  private var namingColumn: Int? {
    let columns = rows.flatMap { row -> [String] in
      switch row.kind {
      case .free(_, let column): column.map { [$0] } ?? []
      case .levels(let levels, _, _): levels.compactMap(\.column)
      case .fixed, .codes: []
      }
    }
    let named = columns.compactMap { leaf(named: $0) }
    return named.allSatisfy { $0.type != .code } ? named.first?.index : nil
  }

  /// Whether rows have no words at all, so that they are told apart by their order only.
  public var isWithoutWords: Bool { leaves.allSatisfy(\.type.isNumeric) }

  /// The columns that hold the code of a row: one, or those it is spread over (类、款、项).
  public var codeLeaves: [Leaf] {
    let codes = leaves.filter { $0.type == .code }
    return codes.first?.spread == nil ? Array(codes.prefix(1)) : codes.filter { $0.spread != nil }
  }

  /// A column by its id; for a code that is spread, the first of its columns.
  public func leaf(named id: String) -> Leaf? { place(ofLeaf: id).map { leaves[$0] } }

  /// The place among `leaves` of a column by its id.
  public func place(ofLeaf id: String) -> Int? { leaves.indices.first { leaves[$0].isNamed(id) } }
}

extension RowSpec {
  /// The classification that a row of a block has its code from, by the place of its level in a block of levels.
  public func classification(level: Int?, of model: FactModel) -> String? {
    switch kind {
    case .codes(let list): list.paired == nil ? list.classification : nil
    case .levels(let levels, _, _):
      level.flatMap { levels.indices.contains($0) ? levels[$0].of : nil }
        .flatMap { model.classifications.contains($0) ? $0 : nil }
    case .fixed, .free: nil
    }
  }
}

extension Panel {
  /// The classifications that rows from the data may have their codes from, and other levels beside them.
  public var listedLevels: [String] {
    var ids: [String] = []
    for row in rows {
      switch row.kind {
      case .codes(let list): ids.append(list.classification)
      case .levels(let levels, _, _): ids += levels.map(\.of)
      case .fixed, .free: break
      }
    }
    var seen: Set<String> = []
    return ids.filter { seen.insert($0).inserted }
  }

  /// Whether all that the form asks for is one row under any name, which speaks of no more than the form itself.
  public var isOneFreeRow: Bool {
    guard rows.count == 1, rows[0].isComplete, case .free(nil, _) = rows[0].kind else { return false }
    return true
  }
}
