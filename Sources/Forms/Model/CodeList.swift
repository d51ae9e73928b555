import Diagnostics
import Fiscal

/// Which codes of a classification (科目) a block of rows, or a repeated column, stands for.
public struct CodeList: Sendable, Equatable {
  public var classification: String
  /// The second classification, where a pair of codes is the key of a row (部门经济科目与政府经济科目).
  public var paired: String?
  /// Codes at or below one of these; empty means all.
  public var under: [String]
  /// 类 1, 款 2, 项 3.
  public var levels: ClosedRange<Int>
  /// Whether every code of the list is printed, also those that the data leaves out.
  public var isComplete: Bool
  /// Where the form asks for it, which tells lists apart.
  public var place: Place

  /// The codes of the list in order.
  public func codes(in classification: Classification) -> [ListedCode] {
    classification.codes(under: under).filter { levels.contains(Self.level(of: $0)) }
      .map { ListedCode(code: $0, name: classification.name(of: $0) ?? $0) }
  }

  /// A code that stands for all while it is not known which there are.
  var sample: String { under.first ?? "000" }

  /// 类 1, 款 2, 项 3: codes of 3, 5 and 7 digits.
  public static func level(of code: String) -> Int { max(1, (code.utf8.count - 1) / 2) }
}

/// A code with the name it is printed by.
public struct ListedCode: Sendable, Hashable {
  public var code: String
  public var name: String
  /// Whether the data has it, and not only the form.
  public var isStated = true

  public init(code: String, name: String) {
    self.code = code
    self.name = name
  }
}

/// Columns that are repeated for codes: how to make them once it is known which codes there are.
public struct CodeColumns: Sendable {
  public var lists: [CodeList]
  /// Reads the columns again with the codes of each list, by its place.
  let read: @Sendable ([Place: [ListedCode]]) -> (columns: [Column], leaves: [Leaf])
}

extension Panel {
  /// The panel with 各科目 for the column, or the group of columns, that is repeated for codes: no code is known yet.
  public var namingRepeatedCodes: Panel {
    guard let lists = codeColumns?.lists else { return self }
    let samples = lists.map { ($0.place, [ListedCode(code: $0.sample, name: "各科目")]) }
    return listing(Dictionary(samples) { first, _ in first })
  }

  /// The list of codes that a column is repeated for.
  public func codeList(of leaf: Leaf) -> CodeList? {
    codeColumns?.lists.first { $0.place == leaf.listed?.list }
  }

  /// What a column says, but for the code where it is repeated for each.
  func states(of leaf: Leaf) -> Tags {
    guard let list = codeList(of: leaf) else { return leaf.states }
    return Tags(leaf.states.values.filter { $0.key != list.classification })
  }

  /// The panel with columns for these codes, by the place of their list.
  public func listing(_ codes: [Place: [ListedCode]]) -> Panel {
    guard let codeColumns else { return self }
    var panel = self
    (panel.columns, panel.leaves) = codeColumns.read(codes)
    return panel
  }
}
