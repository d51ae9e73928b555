import Content
import Fiscal

/// A target or an actual value of an indicator that can be calculated with (指标值): relation, number and unit.
struct IndicatorValue {
  enum Relation {
    case atLeast, above, atMost, below, equal
  }

  /// Nil where none is written: `5次` may mean at least or exactly five.
  var relation: Relation?
  var number: Rational
  /// What stands behind the number: `%`, `人次`; empty where nothing does.
  var unit: String

  /// Reads one number with what stands before and behind it; nil for words, several numbers and dates.
  init?(_ text: String) {
    var rest = Array(text.unicodeScalars.filter { !$0.isBlank })[...]
    relation = Self.takeRelation(&rest)
    let digits = rest.prefix { ("0"..."9").contains($0) || $0 == "." || $0 == "," }
    guard !digits.isEmpty, let number = try? DecimalText(String(digits)) else { return nil }
    rest = rest.dropFirst(digits.count)
    guard !rest.contains(where: { ("0"..."9").contains($0) }) else { return nil }
    self.number = number.rational
    var unit = String(rest).replacing("％", with: "%")
    for (word, meaning) in Self.suffixes where unit.hasSuffix(word) {
      unit = String(unit.dropLast(word.count))
      if relation == nil { relation = meaning }
      break
    }
    // A day of the year is no quantity, and what is told about the number in brackets is no unit.
    guard !unit.contains("月"), !unit.contains("（"), !unit.contains("(") else { return nil }
    self.unit = unit
  }

  /// Whether an actual value reaches this target; nil where it cannot be told.
  func isMet(by actual: Rational) -> Bool? {
    switch relation {
    case .atLeast: actual >= number
    case .above: actual > number
    case .atMost: actual <= number
    case .below: actual < number
    case .equal: actual == number
    case nil: nil
    }
  }

  /// Whether an actual value is more than a fifth away from this target.
  func isFarFrom(_ actual: Rational) -> Bool {
    guard let ratio = actual.divided(by: number), let upper = Rational(6, over: 5),
      let lower = Rational(4, over: 5)
    else { return false }
    return ratio > upper || ratio < lower
  }

  private static let prefixes: [(String, Relation)] = [
    ("≥", .atLeast), ("≧", .atLeast), (">=", .atLeast), ("＞=", .atLeast), ("＞＝", .atLeast),
    ("大于等于", .atLeast),
    ("大于或等于", .atLeast), ("不低于", .atLeast), ("不少于", .atLeast), ("不小于", .atLeast), ("至少", .atLeast),
    ("≤", .atMost), ("≦", .atMost), ("<=", .atMost), ("＜=", .atMost), ("＜＝", .atMost), ("小于等于", .atMost),
    ("小于或等于", .atMost), ("不高于", .atMost), ("不超过", .atMost), ("不大于", .atMost), ("不多于", .atMost),
    (">", .above), ("＞", .above), ("大于", .above), ("高于", .above), ("超过", .above),
    ("<", .below), ("＜", .below), ("小于", .below), ("低于", .below),
    ("=", .equal), ("＝", .equal), ("等于", .equal),
  ]
  private static let suffixes: [(String, Relation)] = [
    ("及以上", .atLeast), ("以上", .atLeast), ("及以下", .atMost), ("以下", .atMost), ("以内", .atMost), ("之内", .atMost),
  ]

  private static func takeRelation(_ rest: inout ArraySlice<Unicode.Scalar>) -> Relation? {
    for (word, meaning) in prefixes where rest.starts(with: word.unicodeScalars) {
      rest = rest.dropFirst(word.unicodeScalars.count)
      return meaning
    }
    return nil
  }
}

extension String {
  fileprivate init(_ scalars: ArraySlice<Unicode.Scalar>) {
    var view = UnicodeScalarView()
    view.append(contentsOf: scalars)
    self.init(view)
  }
}

/// One indicator with its target and what was achieved, both to be calculated with and in one unit.
struct MeasuredIndicator {
  var row: Row
  var target: IndicatorValue
  var actual: Rational
  var actualCell: Cell
  /// What it is worth, and what it got; nil where the sheet has none.
  var points: Rational?
  var score: Rational?
  var scoreCell: Cell?
  /// The reason given for a deviation; nil where the sheet has no column for it.
  var note: Cell?
}

extension IndicatorContext {
  /// The indicators whose target and actual value can be compared.
  var measured: [MeasuredIndicator] {
    guard let targetColumn = block.target, let actualColumn = block.actual else { return [] }
    return panel.rows.compactMap { row in
      let cell = row.cells[actualColumn]
      guard cell.state == .value || cell.state == .zero,
        let target = IndicatorValue(row.cells[targetColumn].text),
        let actual = IndicatorValue(cell.text), actual.relation == nil, actual.unit == target.unit
      else { return nil }
      return MeasuredIndicator(
        row: row, target: target, actual: actual.number, actualCell: cell,
        points: block.points.flatMap { row.cells[$0].number?.rational },
        score: block.score.flatMap { row.cells[$0].number?.rational },
        scoreCell: block.score.map { row.cells[$0] },
        note: block.note.map { row.cells[$0] })
    }
  }

  /// What a column is called.
  func title(_ column: Int?) -> String { column.map { panel.panel.leaves[$0].title } ?? "" }
}
