import Content
import Fiscal
import Forms

/// A figure of a table that a number may speak of.
struct TextCell {
  var place: FigurePlace
  /// In fen for amounts.
  var value: Rational
  var step: Rational
  var isMoney: Bool
  var isPercent = false
  /// Whether it is a difference or a percentage that a form works out.
  var isDerived = false
  /// The fact it states, by its number.
  var fact: Int?

  /// Whether a number of a text may be this figure: equal, or equal as far as the coarser is printed.
  func isEqual(to number: TextNumber) -> Bool {
    let magnitude = value.magnitude
    if magnitude == number.value.magnitude { return true }
    guard isMoney || isPercent, step != number.step else { return false }
    return Interval(magnitude, lastDigit: step).meets(
      Interval(number.value.magnitude, lastDigit: number.step))
  }
}

/// The figures of a disclosure by their value, for the numbers of its narrative only.
struct CellFinder {
  private struct Key: Hashable {
    var isMoney: Bool
    var step: Int64
    var rounded: Int64
  }

  private var cells: [Key: [TextCell]] = [:]
  private var wanted: Set<Key> = []
  private var steps: [Int64] = []
  private let facts: FactStore
  let disclosure: Disclosure

  /// - Parameter numbers: those whose cells will be asked for.
  init(_ disclosure: Disclosure, _ facts: FactStore, for numbers: [TextNumber]) {
    self.disclosure = disclosure
    self.facts = facts
    for number in numbers where !number.value.isZero {
      for key in keys(of: number) where wanted.insert(key).inserted {
        if key.isMoney, !steps.contains(key.step) { steps.append(key.step) }
      }
    }
    guard !wanted.isEmpty else { return }
    for (index, table) in disclosure.tables.enumerated() { take(table, index) }
    for (index, figure) in disclosure.figures.enumerated() { take(figure, index) }
  }

  /// The figures that a number may be, in the order of the disclosure.
  func cells(equalTo number: TextNumber) -> [TextCell] {
    var found: [TextCell] = []
    for key in keys(of: number) {
      for cell in cells[key] ?? []
      where cell.isEqual(to: number) && !found.contains(where: { $0.place == cell.place }) {
        found.append(cell)
      }
    }
    return found
  }

  private func keys(of number: TextNumber) -> [Key] {
    guard number.isMoney else { return [plainKey(number.value)].compactMap { $0 } }
    // A text finer than tables are printed is looked for as they print it, too.
    return Set([number.step, Rational(10_000)]).compactMap { step in
      guard step.denominator == 1, let width = Int64(exactly: step.numerator), width > 0 else { return nil }
      return moneyKey(number.value, width)
    }.sorted { $0.step < $1.step }
  }

  private func moneyKey(_ value: Rational, _ step: Int64) -> Key? {
    guard let scaled = value.magnitude.divided(by: Rational(step))?.rounded(decimals: 0),
      let rounded = Int64(exactly: scaled)
    else { return nil }
    return Key(isMoney: true, step: step, rounded: rounded)
  }

  /// Whether some number of the text rounds to an amount.
  private func isWanted(_ fen: Int64) -> Bool {
    guard fen != 0, fen != .min else { return false }
    return steps.contains { step in
      let (whole, rest) = fen.magnitude.quotientAndRemainder(dividingBy: UInt64(step))
      let rounded = whole + (rest >= UInt64(step) - rest ? 1 : 0)
      return Int64(exactly: rounded).map { wanted.contains(Key(isMoney: true, step: step, rounded: $0)) }
        ?? false
    }
  }

  private func plainKey(_ value: Rational) -> Key? {
    guard let scaled = value.magnitude.rounded(decimals: 4), let rounded = Int64(exactly: scaled) else {
      return nil
    }
    return Key(isMoney: false, step: 0, rounded: rounded)
  }

  private mutating func enter(_ cell: TextCell) {
    guard !cell.value.isZero else { return }
    if cell.isMoney {
      for step in steps {
        guard let key = moneyKey(cell.value, step), wanted.contains(key) else { continue }
        cells[key, default: []].append(cell)
      }
    } else if let key = plainKey(cell.value), wanted.contains(key) {
      cells[key, default: []].append(cell)
    }
  }

  private mutating func take(_ table: Table, _ index: Int) {
    for (panelIndex, filled) in table.panels.enumerated() {
      let leaves = filled.panel.leaves
      let changes = filled.rows.map { filled.isChange($0) }
      for leaf in leaves.indices where leaves[leaf].type.isNumeric || leaves[leaf].type == .indicator {
        let shape = CellShape(leaves[leaf])
        for (rowIndex, row) in filled.rows.enumerated() where leaf < row.cells.count {
          // Nearly every amount is none that the text has.
          if let fen = row.cells[leaf].amount?.fen, !isWanted(fen) { continue }
          guard
            var cell = shape.cell(
              row.cells[leaf], at: FigurePlace(table: index, panel: panelIndex, row: rowIndex, leaf: leaf))
          else { continue }
          if changes[rowIndex] { cell.isDerived = true }
          cell.fact =
            table.form.isAsWritten ? nil : facts.fact(at: rowIndex, leaf, ofPanel: panelIndex, table: index)
          enter(cell)
        }
      }
    }
    for (fieldIndex, filled) in table.fields.enumerated() where filled.field.type.isNumeric {
      let shape = CellShape(filled.field)
      guard var cell = shape.cell(filled.cell, at: FigurePlace(table: index, row: fieldIndex)) else {
        continue
      }
      cell.fact = facts.statement(at: cell.place)
      enter(cell)
    }
  }

  private mutating func take(_ figure: ExtraFigure, _ index: Int) {
    guard var cell = TextCell(figure, at: index) else { return }
    cell.fact = facts.statement(at: cell.place)
    enter(cell)
  }
}

extension TextCell {
  init?(_ figure: ExtraFigure, at index: Int) {
    guard let known = figure.figure else { return nil }
    var isMoney = false
    var isPercent = false
    switch known.dimension {
    case .money: isMoney = true
    case .percent: isPercent = true
    default: break
    }
    self.init(
      place: FigurePlace(row: index), value: known.value, step: known.lastDigit ?? Rational(1),
      isMoney: isMoney,
      isPercent: isPercent)
  }
}

/// How the cells of a column or a field are read.
struct CellShape {
  private let unit: MoneyUnit
  private let decimals: Int
  private let type: ColumnType
  private let isDerived: Bool

  init(_ leaf: Leaf) {
    unit = leaf.unit ?? .tenThousandYuan
    decimals = leaf.decimals
    type = leaf.type
    isDerived = leaf.isDerived
  }

  init(_ field: Field) {
    unit = field.unit ?? .tenThousandYuan
    decimals = field.decimals
    type = field.type
    isDerived = false
  }

  func cell(_ cell: Cell, at place: FigurePlace) -> TextCell? {
    if let amount = cell.amount {
      let digits = max(decimals, cell.decimals)
      let step = powerOfTen(digits).flatMap { Rational(Int128(unit.fen), over: $0) } ?? Rational(1)
      return TextCell(place: place, value: amount.rational, step: step, isMoney: true, isDerived: isDerived)
    }
    if let number = cell.number {
      let step = powerOfTen(cell.decimals).flatMap { Rational(1, over: $0) } ?? Rational(1)
      return TextCell(
        place: place, value: number.rational, step: step, isMoney: false, isPercent: type == .percent,
        isDerived: isDerived)
    }
    guard type == .indicator, let number = indicatorNumber(cell.text) else { return nil }
    return TextCell(place: place, value: number, step: Rational(1), isMoney: false)
  }
}

/// The number in an indicator's value: ≥120人次.
private func indicatorNumber(_ text: String) -> Rational? {
  let digits = text.drop { !($0.isASCII && $0.isNumber) }.prefix {
    $0.isASCII && ($0.isNumber || $0 == "." || $0 == ",")
  }
  guard !digits.isEmpty else { return nil }
  do throws(NumberSyntaxError) { return try DecimalText(String(digits)).rational } catch { return nil }
}
