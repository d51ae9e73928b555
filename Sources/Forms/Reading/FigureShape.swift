import Fiscal
import Formulas

/// What the figures of a column or field are like, before any is known.
struct FigureShape {
  var type: ColumnType
  var unit: MoneyUnit?
  var countUnit: String?

  init(_ leaf: Leaf) { (type, unit, countUnit) = (leaf.type, leaf.unit, leaf.countUnit) }
  init(_ field: Field) { (type, unit, countUnit) = (field.type, field.unit, field.countUnit) }

  /// A score.
  init() { type = .score }

  /// Whether its cells may be calculated with; the value of an indicator may be words.
  var isNumeric: Bool { type.isNumeric || type == .indicator }

  /// A figure as it might stand there; nil where its unit is not known before.
  var sample: Figure? {
    let dimension: Dimension
    switch type {
    case .amount: dimension = .money(unit: unit ?? .tenThousandYuan)
    case .percent: dimension = .percent
    case .count, .number, .score: dimension = .plain(unit: countUnit)
    default: return nil
    }
    // Nobody knows the figure: the width lets no division come to nothing for certain.
    return Figure(value: Rational(1), dimension: dimension, decimals: 0, lastDigit: Rational(4))
  }
}

/// Stands in for the figures of a form, so that formulas which can never be worked out are known from the form alone.
struct SampleSource: FigureSource {
  var name: (Name) -> FigureShape? = { _ in nil }
  var reference: (Reference) -> FigureShape? = { _ in nil }

  func look(up reference: Reference) -> Lookup { answer(self.reference(reference)) }
  func look(upName name: Name) -> Lookup { answer(self.name(name)) }

  private func answer(_ shape: FigureShape?) -> Lookup {
    shape?.sample.map { .figures([$0]) } ?? .failed(message: "")
  }

  /// Why figures of such shapes do not go with one another; nil where they do, and where that is not known.
  static func misfit<Result>(_ work: () throws(FormulaError) -> Result) -> FormulaError? {
    do throws(FormulaError) {
      _ = try work()
      return nil
    } catch {
      return error.reason == .dimension ? error : nil
    }
  }
}
