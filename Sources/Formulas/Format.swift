import Diagnostics
import Fiscal

/// How a figure is written: `万元`, `万元(1)`, `百分比`, `大写`, `数`.
public struct Format: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    case money(MoneyUnit)
    case percent
    /// Capital numerals as on cheques (大写金额).
    case capitals
    /// The number alone, in its own unit.
    case number

    /// Every format, in the order in which messages list them.
    public static var all: [Kind] { MoneyUnit.allCases.map { .money($0) } + [.percent, .capitals, .number] }

    /// The word that is typed.
    public var word: String {
      switch self {
      case .money(let unit): unit.rawValue
      case .percent: "百分比"
      case .capitals: "大写"
      case .number: "数"
      }
    }

    var moneyUnit: MoneyUnit? {
      if case .money(let unit) = self { unit } else { nil }
    }
  }

  /// The most decimals that can be asked for.
  public static let mostDecimals = 10

  public var kind: Kind
  /// How many decimals are printed, where that was said.
  public var decimals: Int?
  /// Where the format was typed.
  public var place: Place?

  public init(_ kind: Kind, decimals: Int? = nil, place: Place? = nil) {
    self.kind = kind
    self.decimals = decimals.map { min(max($0, 0), Self.mostDecimals) }
    self.place = place
  }

  /// As typed: `万元(1)`.
  public var text: String { kind.word + (decimals.map { "(\($0))" } ?? "") }
}

extension Figure {
  /// The figure as it is printed, in a format or in its own unit: `1,273.52 万元`, `95%`, `11 人`.
  public func text(as format: Format?) throws(FormulaFault) -> String {
    let print = try printing(as: format)
    if let capitals = print.capitals { return capitals }
    guard let digits = print.number.text(decimals: print.decimals, grouped: true) else { throw .overflow }
    return digits + print.suffix
  }

  /// The least that the format can show: `0.01 万元`.
  func smallestText(as format: Format?) throws(FormulaFault) -> String {
    let print = try printing(as: format)
    return decimalText(1, decimals: print.decimals) + print.suffix
  }

  private struct Printing {
    var number: Rational
    var decimals: Int
    var suffix: String
    var capitals: String?
  }

  private func printing(as format: Format?) throws(FormulaFault) -> Printing {
    guard let number else { throw .overflow }
    let ownDecimals = format?.decimals ?? decimals
    switch format?.kind {
    case nil: return Printing(number: number, decimals: ownDecimals, suffix: suffix)
    case .number: return Printing(number: number, decimals: ownDecimals, suffix: "")
    case .percent: return try percentPrinting(format?.decimals)
    case .capitals:
      let capitals = try capitalText()
      return Printing(number: number, decimals: ownDecimals, suffix: "", capitals: capitals)
    case .money(let unit):
      guard isMoney || isBareZero else {
        let hint = dimension == .percent ? "改用“百分比”" : "去掉格式"
        throw FormulaFault(
          .dimension, "\(dimension.chinese)不能写成“\(unit.rawValue)”", hint: "\(hint)，或核对引用的行和列")
      }
      guard let converted = value.divided(by: Rational(unit.fen)) else { throw .overflow }
      return Printing(
        number: converted, decimals: format?.decimals ?? decimals(of: converted, printedIn: unit),
        suffix: " " + unit.rawValue)
    }
  }

  private var isMoney: Bool { if case .money = dimension { true } else { false } }

  private var suffix: String {
    switch dimension {
    case .money(let unit): " " + unit.rawValue
    case .percent: "%"
    case .plain(let unit): unit.map { " " + $0 } ?? ""
    }
  }

  private func percentPrinting(_ wanted: Int?) throws(FormulaFault) -> Printing {
    switch dimension {
    case .percent: return Printing(number: value, decimals: wanted ?? decimals, suffix: "%")
    case .plain(.none):
      guard let percent = value.multiplied(by: Rational(100)) else { throw .overflow }
      return Printing(number: percent, decimals: wanted ?? 2, suffix: "%")
    default:
      throw FormulaFault(.dimension, "\(dimension.chinese)不能写成百分比", hint: "先除以合计，如 甲 / 合计 | 百分比")
    }
  }

  private func capitalText() throws(FormulaFault) -> String {
    guard isMoney else { throw FormulaFault(.dimension, "\(dimension.chinese)不能写成大写金额", hint: "大写只用于金额") }
    guard value.denominator == 1 else {
      throw FormulaFault(.dimension, "金额不到分，不能写成大写", hint: "先用 round(…, 2) 四舍五入")
    }
    guard let fen = Int64(exactly: value.numerator) else { throw .overflow }
    return Amount(fen: fen).capitalText
  }

  /// Declared decimals in the figure's own unit; in another, as many as keep it exact.
  private func decimals(of converted: Rational, printedIn unit: MoneyUnit) -> Int {
    if dimension == .money(unit: unit) { return decimals }
    guard let exact = converted.exactDecimals, exact <= unit.finestDecimals else {
      return max(decimals(in: unit), unit == .yuan ? 0 : 2)
    }
    return unit == .yuan && exact == 0 ? 0 : max(exact, 2)
  }
}
