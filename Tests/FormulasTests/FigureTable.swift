import Diagnostics
import Fiscal

@testable import Formulas

/// A source of figures for tests: what is typed, and the cells that answer it.
struct FigureTable: FigureSource {
  var cells: [String: Lookup] = [:]

  init(_ cells: [String: Lookup]) { self.cells = cells }

  /// Each text is `12.30 万元`, `95%`, `11 人` or a bare number; several are parted by `;`.
  init(figures: [String: String]) { cells = figures.mapValues { .figures(printed($0)) } }

  func look(up reference: Reference) -> Lookup { answer(reference.text) }
  func look(upName name: Name) -> Lookup { answer(name.text) }

  private func answer(_ key: String) -> Lookup {
    cells[key] ?? .failed(message: "找不到“\(key)”", candidates: Array(cells.keys.sorted()))
  }
}

func printed(_ text: String) -> [Figure] {
  text.split(separator: ";").compactMap { figure(String($0)) }
}

func figure(_ text: String) -> Figure? {
  let words = text.replacing("%", with: " %").split(separator: " ").map(String.init)
  guard let digits = words.first, let number = try? DecimalText(digits),
    let scale = powerOfTen(number.decimals)
  else {
    return nil
  }
  let unit = words.count > 1 ? words[1] : nil
  if let money = unit.flatMap(MoneyUnit.init(rawValue:)), let amount = try? Amount(number, in: money) {
    return Figure(printed: amount, in: money, decimals: number.decimals)
  }
  return Figure(
    value: number.rational, dimension: unit == "%" ? .percent : .plain(unit: unit), decimals: number.decimals,
    lastDigit: Rational(1, over: scale))
}

let start = Place(file: "narrative.md", line: 3, column: 10)

/// The text of a formula, `{{ … }}` with an optional format, or `line:column+length message`.
func written(_ insertion: String, with source: some FigureSource) -> String {
  do throws(FormulaError) {
    switch try parseInsertion(insertion, at: start) {
    case .figure(let expression, let format): return try expression.text(as: format, with: source)
    case .table(let name, let instance, _): return "表 " + name + (instance.map { "." + $0 } ?? "")
    }
  } catch {
    return described(error)
  }
}

func described(_ error: FormulaError) -> String {
  "\(error.place.line):\(error.place.column)+\(error.place.length) \(error.message)"
}
