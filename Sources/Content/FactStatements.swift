import Fiscal
import Forms

extension Disclosure {
  /// Every statement of a fact in tables, sheets and extra figures, in the order of the disclosure.
  ///
  /// - Parameter names: numbers the tags; each row's and each column's are looked up once, not for every cell.
  public func factStatements(_ names: inout FactNames) -> [FactStatement] {
    var collector = FactCollector(names: names)
    for index in tables.indices { collector.take(tables[index], index, hasWithheldLines: !withheld.isEmpty) }
    for index in figures.indices { collector.take(figures[index], index) }
    names = collector.names
    return collector.statements
  }
}

/// Gathers the statements of a disclosure.
private struct FactCollector {
  var names: FactNames
  var statements: [FactStatement] = []
  private let flow: Int?
  private let measure: Int?
  private let year: Int?
  /// This year (0), which is what a fact speaks of where no year is mentioned.
  private var thisYear: [UInt16] = []

  init(names: FactNames) {
    self.names = names
    flow = names.number(of: "flow")
    measure = names.number(of: "measure")
    year = names.number(of: "year")
    if let year { thisYear = ["0", "+0"].compactMap { self.names.number(of: $0, in: year) } }
  }

  mutating func take(_ table: Table, _ index: Int, hasWithheldLines: Bool) {
    var ground = names.numbered(table.form.states)
    if let dimension = table.form.instances {
      guard let subject = table.subject else { return }
      ground = ground.overlaid(by: names.numbered(Tags([dimension: subject])))
    }
    let isEmpty = table.panels.allSatisfy(\.rows.isEmpty)
    var panelIndex = 0
    var fieldIndex = 0
    for block in table.blocks {
      switch block {
      case .grid(let grid):
        for filled in grid.panels {
          take(
            filled, of: table.form, (index, panelIndex), ground, hasWithheldLines: hasWithheldLines,
            isEmpty: isEmpty)
          panelIndex += 1
        }
      case .fields(_, let rows):
        for row in rows {
          for filled in row {
            take(filled, FigurePlace(table: index, row: fieldIndex), ground)
            fieldIndex += 1
          }
        }
      case .indicators: panelIndex += 1
      case .texts, .score: break
      }
    }
  }

  private mutating func take(
    _ filled: FilledPanel, of form: Form, _ at: (table: Int, panel: Int), _ ground: NumberedTags,
    hasWithheldLines: Bool, isEmpty: Bool
  ) {
    let first = statements.count
    let columns = speakingColumns(of: filled.panel, ground.overlaid(by: names.numbered(filled.panel.states)))
    guard !columns.isEmpty else { return }
    if isEmpty, !form.isSheet {
      // What is left out may have been withheld.
      guard !hasWithheldLines else { return }
      takeNothing(of: filled.panel, at, columns)
      return
    }
    for row in filled.rows.indices where filled.rows[row].speaks {
      // What is left out may have been withheld.
      if hasWithheldLines, filled.rows[row].isLeftOut { continue }
      let tags = names.numbered(filled.rows[row].tags)
      for column in columns {
        guard
          let stated = filled.rows[row].cells[column.leaf].stated(
            blank: form.blank, decimals: column.decimals),
          column.rows.map({ rows in filled.rows[row].spec.map(rows.contains) ?? false }) ?? true,
          let key = key(of: column, tags)
        else { continue }
        statements.append(
          FactStatement(
            key: key, value: stated.value, unit: column.unit, decimals: stated.decimals,
            isSheet: form.isSheet,
            place: FigurePlace(table: at.table, panel: at.panel, row: row, leaf: column.leaf)))
      }
    }
    guard let unit = names.number(of: "unit") else { return }
    statements += unitSums(over: statements[first...], in: filled, dimension: unit)
  }

  /// A table of nothing but its header says that nothing occurred this year: its totals are zero.
  private mutating func takeNothing(
    of panel: Panel, _ at: (table: Int, panel: Int), _ columns: [SpeakingColumn]
  ) {
    for (spec, tags) in panel.totals {
      let tags = names.numbered(tags)
      for column in columns where column.rows?.contains(spec) ?? true {
        guard let key = key(of: column, tags), year.map({ key[$0] == 0 }) ?? true else { continue }
        statements.append(
          FactStatement(
            key: key, value: .zero, unit: column.unit, decimals: column.decimals, isSheet: false,
            place: FigurePlace(table: at.table, panel: at.panel, row: -1, leaf: column.leaf)))
      }
    }
  }

  /// A column whose cells state facts.
  private struct SpeakingColumn {
    var leaf: Int
    /// Its own tags, and the same laid over the ground.
    var tags: NumberedTags
    var ground: NumberedTags
    var unit: MoneyUnit
    var decimals: Int
    /// The declared rows that have a value here; nil means all.
    var rows: [Int]?
  }

  private mutating func speakingColumns(of panel: Panel, _ ground: NumberedTags) -> [SpeakingColumn] {
    let tags = panel.leaves.indices.map { names.numbered(panel.leaves[$0].states) }
    // A tag that only repeats the ground, or takes away what is not there, makes no other fact.
    let grounds = tags.map { ground.overlaid(by: $0) }
    return panel.speakingLeaves { grounds[$0].values == grounds[$1].values }.map { index in
      let only = panel.leaves[index].only
      return SpeakingColumn(
        leaf: index, tags: tags[index], ground: grounds[index],
        unit: panel.leaves[index].unit ?? .tenThousandYuan, decimals: panel.leaves[index].decimals,
        rows: only.isEmpty ? nil : panel.rows.indices.filter { only.contains(panel.rows[$0].id) })
    }
  }

  /// Row and column laid over the ground; where both name a dimension the narrower wins.
  ///
  /// Nil where neither lies within the other, and where they make no fact.
  private func key(of column: SpeakingColumn, _ row: NumberedTags) -> FactKey? {
    guard !column.ground.isUnknown, !row.isUnknown else { return nil }
    var values = column.ground.values & ~row.named | row.values
    let across = column.tags.values
    let differing = (across .!= row.values) .& (across .!= .zero) .& (row.values .!= .zero)
    if differing != SIMDMask(repeating: false) {
      for dimension in names.dimensions.indices where differing[dimension] {
        let below = names.value(row.values[dimension], in: dimension)
        let above = names.value(across[dimension], in: dimension)
        if below.lies(within: above) { continue }
        guard above.lies(within: below) else { return nil }
        values[dimension] = across[dimension]
      }
    }
    return key(of: values)
  }

  /// The key of a fact: what says nothing is left out. Nil where the tags make no fact.
  private func key(of values: SIMD16<UInt16>) -> FactKey? {
    var key = FactKey(values)
    if let year, thisYear.contains(key[year]) { key[year] = 0 }
    // An amount of nothing in particular is no fact.
    guard flow.map({ key[$0] != 0 }) ?? false || measure.map({ key[$0] != 0 }) ?? false else { return nil }
    return key
  }

  private func key(of tags: NumberedTags) -> FactKey? { tags.isUnknown ? nil : key(of: tags.values) }

  private mutating func take(_ filled: FilledField, _ place: FigurePlace, _ ground: NumberedTags) {
    let field = filled.field
    guard field.type.isNumeric else { return }
    // Beside an amount a form's ground is enough to say what a sheet's one total speaks of; other figures need a tag.
    guard field.type == .amount || field.isTagged else { return }
    guard let key = key(of: ground.overlaid(by: names.numbered(field.states))) else { return }
    if let (value, decimals) = filled.cell.stated(blank: .nothing, decimals: field.decimals) {
      statements.append(
        FactStatement(
          key: key, value: value, unit: field.unit ?? .tenThousandYuan, decimals: decimals, isSheet: true,
          place: place))
    } else if let number = filled.cell.number {
      statements.append(
        FactStatement(
          key: key, value: number.rational, unit: nil, decimals: number.decimals, isSheet: true, place: place)
      )
    }
  }

  mutating func take(_ figure: ExtraFigure, _ index: Int) {
    guard let tags = figure.tags, let key = key(of: names.numbered(tags)) else { return }
    let place = FigurePlace(row: index)
    if let amount = figure.cell.amount, case .money(let unit)? = figure.figure?.dimension {
      statements.append(
        FactStatement(
          key: key, value: amount.rational, unit: unit, decimals: figure.cell.decimals, isSheet: false,
          place: place))
    } else if let number = figure.cell.number {
      statements.append(
        FactStatement(
          key: key, value: number.rational, unit: nil, decimals: number.decimals, isSheet: false, place: place
        ))
    }
  }
}
