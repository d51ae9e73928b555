import Diagnostics
import Fiscal
import Forms

/// Which figure of a disclosure it is, by its place in the lists; what findings print is found from it.
public struct FigurePlace: Hashable, Sendable {
  /// Among the tables; -1 for an extra figure.
  public var table: Int32
  /// Among the panels of the table; -1 for a field of a sheet and for an extra figure.
  public var panel: Int32
  /// Among the rows of the panel, the fields of the table or the extra figures; -1 for the total of an empty panel.
  public var row: Int32
  /// Among the columns of the panel; -1 where there are none.
  public var leaf: Int32

  public init(table: Int = -1, panel: Int = -1, row: Int, leaf: Int = -1) {
    self.table = Int32(clamping: table)
    self.panel = Int32(clamping: panel)
    self.row = Int32(clamping: row)
    self.leaf = Int32(clamping: leaf)
  }
}

/// One printing of a fact (事实): what it speaks of, the figure, and where it stands.
///
/// There is one for each figure of a disclosure: it holds no text.
public struct FactStatement: Sendable {
  public var key: FactKey
  public var value: Rational
  /// Nil for counts.
  public var unit: MoneyUnit?
  public var decimals: Int
  /// Performance sheets speak of the scope they were asked for; their differences warn only.
  public var isSheet: Bool
  /// Of a sum the first of its figures.
  public var place: FigurePlace
  /// Where it is not printed but added up from several printed figures.
  public var sum: FactSum?

  /// How many printed figures it sums; 1 for a printed one.
  public var terms: Int { sum?.terms ?? 1 }

  public var lastDigit: Rational {
    powerOfTen(decimals).flatMap { Rational(Int128(unit?.fen ?? 1), over: $0) } ?? Rational(1)
  }

  /// What the figure may stand for: half a last digit to both sides; counts are exact.
  public var interval: Interval {
    if let sum { return sum.interval }
    return unit == nil ? Interval(exactly: value) : Interval(value, lastDigit: lastDigit)
  }
}

/// What a sum of several figures has beyond a printed figure.
public final class FactSum: Sendable {
  public let terms: Int
  public let interval: Interval
  /// What findings call it: 各单位之和.
  public let title: String

  init(terms: Int, interval: Interval, title: String) {
    self.terms = terms
    self.interval = interval
    self.title = title
  }
}

/// Where in a disclosure a figure is printed, in words.
public struct CellAddress: Sendable {
  /// The table's name, or 数据 for extra figures.
  public var table: String
  public var row: String
  public var column: String?
  public var place: Place
  /// The unit of a count.
  public var countUnit: String?

  /// In words: “收支总表”收入总计、2022年预算数.
  public var text: String { "“\(table)”\(row)" + (column.map { "、" + $0 } ?? "") }
}

extension Disclosure {
  /// Where a statement stands, for a finding.
  public func address(of statement: FactStatement) -> CellAddress {
    let at = statement.place
    var address = printed(at)
    if let sum = statement.sum { address.row = sum.title }
    return address
  }

  /// Where a figure is printed.
  public func address(of place: FigurePlace) -> CellAddress { printed(place) }

  func printed(_ at: FigurePlace) -> CellAddress {
    guard at.table >= 0 else {
      let figure = figures[Int(at.row)]
      var countUnit: String?
      if case .plain(let unit)? = figure.figure?.dimension { countUnit = unit }
      return CellAddress(table: "数据", row: figure.id, place: figure.place, countUnit: countUnit)
    }
    let table = tables[Int(at.table)]
    guard at.panel >= 0 else {
      let filled = table.fields[Int(at.row)]
      return CellAddress(
        table: table.name, row: filled.field.title, place: filled.cell.place(in: table.file),
        countUnit: filled.field.countUnit)
    }
    let filled = table.panels[Int(at.panel)]
    guard at.row >= 0 else {
      return CellAddress(
        table: table.name, row: "空表的合计", column: filled.panel.leaves[Int(at.leaf)].name,
        place: Place(file: table.file, line: 1, column: 1, length: 1))
    }
    let row = filled.rows[Int(at.row)]
    return CellAddress(
      table: table.name, row: row.title, column: filled.panel.leaves[Int(at.leaf)].name,
      place: row.cells[Int(at.leaf)].place(in: row.file))
  }
}

extension Panel {
  /// The rows that say what the whole list comes to, with their tags: 合计, or the department above its units.
  var totals: [(spec: Int, tags: Tags)] {
    rows.indices.compactMap { spec in
      let declared = rows[spec]
      switch declared.kind {
      case .fixed:
        let isPart = declared.parent != nil || rows.contains { $0.adds.contains(spec) }
        let hasParts = !declared.adds.isEmpty || rows.contains { $0.parent == spec && $0.relation == .part }
        return hasParts && !isPart ? (spec, declared.states) : nil
      case .levels(let levels, let lines, _):
        guard let first = levels.first, first.of == "department", lines.isEmpty else { return nil }
        return (spec, declared.states.overlaid(by: first.states))
      case .codes, .free: return nil
      }
    }
  }

  /// The columns whose amounts state facts: of several columns with the same tags only the whole speaks.
  public var speakingLeaves: [Leaf] {
    speakingLeaves { leaves[$0].states == leaves[$1].states }.map { leaves[$0] }
  }

  /// Whether a declared row that belongs to no other states facts: one without tags does where it is a total.
  func speaks(byItself spec: Int, _ tags: Tags) -> Bool {
    let declared = rows[spec]
    guard tags.settled.isEmpty, !declared.isTagged else { return true }
    let hasParts = !declared.adds.isEmpty || rows.contains { $0.parent == spec }
    // What goes into another total that says the same is a part of that, whatever parts it has itself.
    let isPart = rows.contains { $0.adds.contains(spec) && $0.states.settled == tags.settled }
    return (hasParts && !isPart) || rows.count == 1
  }

  /// - Parameter areAlike: whether two columns, by their places, have the same tags.
  func speakingLeaves(_ areAlike: (Int, Int) -> Bool) -> [Int] {
    let amounts = leaves.indices.filter {
      leaves[$0].type == .amount && !leaves[$0].isDerived && !(leaves[$0].listed?.isHollow ?? false)
    }
    return amounts.filter { leaf in
      let alike = amounts.filter { areAlike($0, leaf) }
      guard alike.count > 1 else { return true }
      let wholes = alike.filter { other in
        leaves[other].rules.contains { if case .sum = $0 { true } else { false } }
      }
      return wholes == [leaf]
    }
  }
}

extension Cell {
  /// The amount a cell states and its declared decimals; nil where it states none.
  public func stated(blank: BlankMeaning, decimals: Int) -> (value: Rational, decimals: Int)? {
    if let amount { return (amount.rational, max(decimals, self.decimals)) }
    if state == .blank, blank == .zero { return (.zero, decimals) }
    return nil
  }
}
