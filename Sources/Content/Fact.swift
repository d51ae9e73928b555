import Diagnostics
import Fiscal
import Forms

/// Where in a disclosure a figure is printed.
public struct CellAddress: Hashable, Sendable {
  /// The table's name, or 数据 for extra figures.
  public var table: String
  public var row: String
  public var column: String?
  public var place: Place
  /// Tells apart rows that read alike: table, panel and row by their place.
  public var tableIndex: Int
  public var panel: Int
  public var rowIndex: Int
  public var leaf: Int

  /// In words: “收支总表”收入总计、2022年预算数.
  public var text: String { "“\(table)”\(row)" + (column.map { "、" + $0 } ?? "") }
}

/// One printing of a fact (事实): what it speaks of, the figure, and where it stands.
public struct FactStatement: Hashable, Sendable {
  public var key: Tags
  public var value: Rational
  /// Half a last digit to both sides.
  public var interval: Interval
  public var lastDigit: Rational
  public var unit: MoneyUnit?
  public var countUnit: String?
  public var decimals: Int
  public var address: CellAddress
  /// Performance sheets speak of the scope they were asked for; their differences warn only.
  public var isSheet: Bool
  /// How many printed figures it sums; 1 for a printed one.
  public var terms: Int
}

extension Disclosure {
  /// Every statement of a fact in tables, sheets and extra figures, in the order of the disclosure.
  public func factStatements() -> [FactStatement] {
    var statements: [FactStatement] = []
    for (index, table) in tables.enumerated() {
      var ground = table.form.states
      if let dimension = table.form.instances {
        guard let subject = table.subject else { continue }
        ground = ground.overlaid(by: Tags([dimension: subject]))
      }
      var panelIndex = 0
      for block in table.blocks {
        switch block {
        case .grid(let grid):
          for filled in grid.panels {
            statements += facts(
              of: filled, in: table, index, panelIndex, ground: ground.overlaid(by: filled.panel.states))
            panelIndex += 1
          }
        case .fields(_, let rows):
          statements += rows.flatMap { $0 }.compactMap { fact(of: $0, in: table, index, ground: ground) }
        case .indicators: panelIndex += 1
        case .texts, .score: break
        }
      }
    }
    for (index, figure) in figures.enumerated() {
      if let fact = fact(of: figure, index) { statements.append(fact) }
    }
    return statements
  }

  private func facts(
    of filled: FilledPanel, in table: Table, _ tableIndex: Int, _ panelIndex: Int, ground: Tags
  ) -> [FactStatement] {
    let speaking = filled.panel.speakingLeaves
    var statements: [FactStatement] = []
    for (rowIndex, row) in filled.rows.enumerated() where row.speaks {
      // What is left out may have been withheld.
      if row.isLeftOut, !withheld.isEmpty { continue }
      for leaf in speaking {
        let cell = row.cells[leaf.index]
        guard let (value, decimals) = cell.stated(blank: table.form.blank, decimals: leaf.decimals),
          applies(leaf, to: row, in: filled.panel)
        else { continue }
        let meeting = Tags.meeting(ground: ground, column: leaf.states, row: row.tags)
        guard meeting.conflict == nil, let key = meeting.tags.asKey else { continue }
        let address = CellAddress(
          table: table.name, row: row.title, column: leaf.name, place: cell.place(in: row.file),
          tableIndex: tableIndex,
          panel: panelIndex, rowIndex: rowIndex, leaf: leaf.index)
        statements.append(
          FactStatement(
            key, value, unit: leaf.unit ?? .tenThousandYuan, decimals: decimals, at: address,
            isSheet: table.form.isSheet))
      }
    }
    return statements + sums(over: statements, in: filled)
  }

  /// A department is the sum of its units: what all units of a list say of a code, the list says of the department.
  private func sums(over statements: [FactStatement], in filled: FilledPanel) -> [FactStatement] {
    let stated = Set(statements.map(\.key))
    var sums: [Tags: FactStatement] = [:]
    var order: [Tags] = []
    for statement in statements
    where statement.key["unit"] != nil && isBelowDepartment(statement.address.rowIndex, in: filled) {
      var key = statement.key
      key["unit"] = nil
      guard !stated.contains(key) else { continue }
      guard var sum = sums[key] else {
        var first = statement
        first.key = key
        sums[key] = first
        order.append(key)
        continue
      }
      guard let value = sum.value.adding(statement.value),
        let interval = sum.interval.adding(statement.interval)
      else { continue }
      sum.value = value
      sum.interval = interval
      sum.terms += 1
      sum.address.row =
        isUnit(statement.address.rowIndex, in: filled) ? "各单位之和" : "各单位\(statement.address.row)之和"
      sums[key] = sum
    }
    return order.compactMap { sums[$0] }
  }

  /// Whether a row is a unit's own, and not one below it.
  private func isUnit(_ row: Int, in filled: FilledPanel) -> Bool {
    guard let level = filled.rows[row].level, let spec = filled.rows[row].spec,
      case .levels(let levels, _, _) = filled.panel.rows[spec].kind
    else { return false }
    return levels[level].of == "unit"
  }

  private func isBelowDepartment(_ row: Int, in filled: FilledPanel) -> Bool {
    guard let spec = filled.rows[row].spec, case .levels(let levels, _, _) = filled.panel.rows[spec].kind
    else { return false }
    var outermost = row
    var steps = 0
    while let parent = filled.rows[outermost].parent, steps < 64 {
      outermost = parent
      steps += 1
    }
    guard let level = filled.rows[outermost].level else { return false }
    // A list of units without their department is as complete.
    if levels.first?.of == "department", levels[level].of == "unit" {
      return !filled.rows.contains { other in
        other.spec == spec && other.level.map { levels[$0].of == "department" } ?? false
      }
    }
    return outermost != row && levels[level].of == "department"
  }

  private func applies(_ leaf: Leaf, to row: Row, in panel: Panel) -> Bool {
    guard !leaf.only.isEmpty else { return true }
    return row.spec.map { leaf.only.contains(panel.rows[$0].id) } ?? false
  }

  private func fact(of filled: FilledField, in table: Table, _ index: Int, ground: Tags) -> FactStatement? {
    let field = filled.field
    guard field.type.isNumeric else { return nil }
    // Beside an amount a form's ground is enough to say what a sheet's one total speaks of; other figures need a tag.
    guard field.type == .amount || field.isTagged else { return nil }
    guard let key = ground.overlaid(by: field.states).settled.asKey else { return nil }
    let address = CellAddress(
      table: table.name, row: field.title, column: nil, place: filled.cell.place(in: table.file),
      tableIndex: index,
      panel: -1, rowIndex: -1, leaf: -1)
    if let (value, decimals) = filled.cell.stated(blank: .nothing, decimals: field.decimals) {
      return FactStatement(
        key, value, unit: field.unit ?? .tenThousandYuan, decimals: decimals, at: address, isSheet: true)
    }
    guard let number = filled.cell.number else { return nil }
    return FactStatement(key, count: number, countUnit: field.countUnit, at: address, isSheet: true)
  }

  private func fact(of figure: ExtraFigure, _ index: Int) -> FactStatement? {
    guard let key = figure.tags?.settled.asKey else { return nil }
    let address = CellAddress(
      table: "数据", row: figure.id, column: nil, place: figure.place, tableIndex: -1, panel: -1,
      rowIndex: index, leaf: -1)
    if let amount = figure.cell.amount, case .money(let unit)? = figure.figure?.dimension {
      return FactStatement(
        key, amount.rational, unit: unit, decimals: figure.cell.decimals, at: address, isSheet: false)
    }
    guard let number = figure.cell.number else { return nil }
    var countUnit: String?
    if case .plain(let unit)? = figure.figure?.dimension { countUnit = unit }
    return FactStatement(key, count: number, countUnit: countUnit, at: address, isSheet: false)
  }
}

extension FactStatement {
  init(_ key: Tags, _ value: Rational, unit: MoneyUnit, decimals: Int, at address: CellAddress, isSheet: Bool)
  {
    let digit = powerOfTen(decimals).flatMap { Rational(Int128(unit.fen), over: $0) } ?? Rational(1)
    self.init(
      key: key, value: value, interval: Interval(value, lastDigit: digit), lastDigit: digit, unit: unit,
      countUnit: nil, decimals: decimals, address: address, isSheet: isSheet, terms: 1)
  }

  init(_ key: Tags, count: DecimalText, countUnit: String?, at address: CellAddress, isSheet: Bool) {
    let digit = powerOfTen(count.decimals).flatMap { Rational(1, over: $0) } ?? Rational(1)
    self.init(
      key: key, value: count.rational, interval: Interval(exactly: count.rational), lastDigit: digit,
      unit: nil,
      countUnit: countUnit, decimals: count.decimals, address: address, isSheet: isSheet, terms: 1)
  }
}

extension Tags {
  /// As the key of a fact: what says nothing is left out. Nil where the tags make no fact.
  var asKey: Tags? {
    var values = settled.values
    if values["year"] == "0" || values["year"] == "+0" { values["year"] = nil }
    // An amount of nothing in particular is no fact.
    guard values["flow"] != nil || values["measure"] != nil else { return nil }
    return Tags(values)
  }
}

extension Panel {
  /// The columns whose amounts state facts: of several columns with the same tags only the whole speaks.
  public var speakingLeaves: [Leaf] {
    let amounts = leaves.filter { $0.type == .amount && !$0.isDerived && !($0.listed?.isHollow ?? false) }
    return amounts.filter { leaf in
      let alike = amounts.filter { $0.states == leaf.states }
      guard alike.count > 1 else { return true }
      let wholes = alike.filter { other in
        other.rules.contains { if case .sum = $0 { true } else { false } }
      }
      return wholes.count == 1 && wholes[0].index == leaf.index
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
