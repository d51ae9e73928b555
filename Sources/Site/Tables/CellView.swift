import Content
import Fiscal
import Forms
import HTML

/// What a cell's column or field says of how its figures are printed.
struct CellStyle {
  var type: ColumnType
  var unit: MoneyUnit?
  var decimals: Int
  /// Whether figures are printed in the very characters of the file.
  var isAsWritten = false

  init(_ leaf: Leaf) {
    type = leaf.type
    unit = leaf.unit
    decimals = leaf.decimals
    isAsWritten = leaf.isAsWritten
  }

  init(_ field: Forms.Field) {
    type = field.type
    unit = field.unit
    decimals = field.decimals
  }

  init(type: ColumnType) {
    self.type = type
    unit = nil
    decimals = 0
  }
}

extension Content.Cell {
  /// The figure in plain digits, with all the decimals it was written or is declared with; nil without one.
  func plainFigure(_ style: CellStyle) -> String? {
    if let amount { return amount.exactText(in: style.unit ?? .tenThousandYuan, atLeast: decimals) }
    return number.map { decimalText($0.digits, decimals: $0.decimals) }
  }

  /// The cell on its way to the page; the five states stay apart.
  func content(_ style: CellStyle) -> HTML.Cell.Content {
    switch state {
    case .blank: return style.type.isNumeric ? .absent(.blank) : .empty
    case .dash: return .absent(.dash, shown: text)
    case .none: return .absent(.none)
    case .notApplicable: return .absent(.notApplicable)
    case .invalid: return .text(text)
    case .zero, .value:
      guard style.type.isNumeric, let value = plainFigure(style) else { return .text(text) }
      return .number(shown: shown(style), value: value)
    }
  }

  /// As printed: amounts with the form's decimals, and more where more were written; a plain 0 stays 0.
  private func shown(_ style: CellStyle) -> String {
    guard let amount, !style.isAsWritten else { return text }
    if state == .zero, decimals == 0 { return "0" }
    return amount.exactText(
      in: style.unit ?? .tenThousandYuan, atLeast: max(style.decimals, decimals), grouped: true)
  }

  /// The cell in a CSV file to download: exact, without thousands separators.
  func csvText(_ style: CellStyle) -> String {
    switch state {
    case .zero, .value: style.type.isNumeric && !style.isAsWritten ? plainFigure(style) ?? text : text
    case .blank, .dash, .none, .notApplicable, .invalid: text
    }
  }
}
