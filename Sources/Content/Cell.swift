import Diagnostics
import Fiscal
import Forms
import Formulas

/// The states of a cell, which stay apart from file to page (单元格状态).
public enum CellState: Sendable, Hashable {
  /// A figure other than zero, or words in a column of words.
  case value
  case zero
  /// Nothing is written.
  case blank
  /// `—` and its spellings.
  case dash
  /// `无`.
  case none
  /// `不适用`.
  case notApplicable
  /// Words where a figure should stand; a finding tells.
  case invalid
}

extension CellState {
  /// What a mark says that stands in place of a figure; nil for everything else.
  fileprivate init?(mark: String) {
    // None begins with a digit, as nearly every figure does.
    if let first = mark.utf8.first, (0x30...0x39).contains(first) { return nil }
    switch mark {
    case "": self = .blank
    case "—", "－", "-", "/", "\\", "–", "——", "--", "─": self = .dash
    case "无": self = .none
    case "不适用": self = .notApplicable
    default: return nil
    }
  }
}

/// One cell of a table, as it came and as it is understood.
public struct Cell: Sendable, Hashable {
  /// As written, without white space at both ends.
  public var text: String
  public var state: CellState
  /// In a column of amounts.
  public var amount: Amount?
  /// In a column of percentages, counts, scores or plain numbers.
  public var number: DecimalText?
  /// Decimals that were written.
  public var decimals: Int
  public var line: Int
  public var column: Int
  public var length: Int

  public static let absent = Cell(
    text: "", state: .blank, amount: nil, number: nil, decimals: 0, line: 0, column: 0, length: 0)

  public func place(in file: String) -> Place {
    Place(file: file, line: line, column: column, length: length)
  }
}

/// What a column or field says of its cells, as far as reading one needs it.
struct CellShape {
  var type: ColumnType
  var unit: MoneyUnit?
}

extension Cell {
  /// Understands a text by the type of its column; what does not fit is a finding's message.
  static func read(_ text: String, as shape: CellShape, at place: Place) -> (
    cell: Cell, fault: NumberSyntaxError?
  ) {
    let trimmed = text.trimmingBlanks
    // The place marks the text without the spaces before it.
    let lead = trimmed.utf8.count == text.utf8.count ? 0 : text.unicodeScalars.prefix { $0.isBlank }.count
    var cell = Cell(
      text: trimmed, state: .value, amount: nil, number: nil, decimals: 0, line: place.line,
      column: place.column + (trimmed.isEmpty ? 0 : lead),
      length: trimmed.isEmpty ? max(place.length, 1) : max(place.length - lead, 1))
    if let state = CellState(mark: trimmed) {
      // 无 is a word like others in a column of words.
      cell.state = state == .none && !shape.type.isNumeric ? .value : state
      return (cell, nil)
    }
    guard shape.type.isNumeric else { return (cell, nil) }
    // A check of its own says that the figure is still to be written.
    if Mark.isMarked(trimmed) {
      cell.state = .invalid
      return (cell, nil)
    }
    do throws(NumberSyntaxError) {
      let number = try DecimalText(shape.type == .percent ? trimmed.droppingPercentSign : trimmed)
      cell.decimals = number.decimals
      if shape.type == .amount {
        cell.amount = try Amount(number, in: shape.unit ?? .tenThousandYuan)
        cell.state = cell.amount?.fen == 0 ? .zero : .value
      } else {
        cell.number = number
        cell.state = number.digits == 0 ? .zero : .value
      }
      return (cell, nil)
    } catch {
      cell.state = .invalid
      return (cell, error)
    }
  }
}

extension String {

  fileprivate var droppingPercentSign: String {
    hasSuffix("%") || hasSuffix("％") ? String(dropLast()).trimmingBlanks : self
  }

  /// Width of the white space before the text; a full-width space counts as two.
  var indentation: Int {
    var width = 0
    for scalar in unicodeScalars {
      switch scalar {
      case "　": width += 2
      case "\t": width += 2
      case " ", "\u{A0}": width += 1
      default: return width
      }
    }
    return width
  }
}
