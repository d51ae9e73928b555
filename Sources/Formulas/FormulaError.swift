import Diagnostics

/// What kind of trouble a formula is in, for programs that treat some of them apart.
public enum FormulaReason: String, Hashable, Sendable {
  /// The text is no formula.
  case syntax
  /// A name or reference that the source of figures does not know.
  case unresolved
  /// Several figures where one is needed.
  case severalFigures = "several-figures"
  /// No figure where one is needed, or words in its place.
  case noFigure = "no-figure"
  /// Figures that cannot be calculated with one another, or a format that does not fit.
  case dimension
  case divisionByZero = "division-by-zero"
  case overflow
}

/// A fault in a formula whose place is not known yet.
public struct FormulaFault: Error, Hashable, Sendable {
  public var reason: FormulaReason
  public var message: String
  public var hint: String?

  public init(_ reason: FormulaReason, _ message: String, hint: String? = nil) {
    self.reason = reason
    self.message = message
    self.hint = hint
  }

  static let overflow = FormulaFault(.overflow, "数值过大，无法精确计算", hint: "核对公式中的乘法和各数的单位")
}

/// A fault in a formula, at its exact place, with what to do.
public struct FormulaError: Error, Hashable, Sendable {
  public var reason: FormulaReason
  public var message: String
  public var place: Place
  public var hint: String?

  public init(_ reason: FormulaReason, _ message: String, at place: Place, hint: String? = nil) {
    self.reason = reason
    self.message = message
    self.place = place
    self.hint = hint
  }

  public init(_ fault: FormulaFault, at place: Place) {
    self.init(fault.reason, fault.message, at: place, hint: fault.hint)
  }

  /// The error as a finding of the reader or check that evaluated the formula.
  public func finding(_ id: String, _ severity: Severity = .error, subject: Subject = Subject()) -> Finding {
    Finding(id, severity, at: place, message, hint: hint, subject: subject)
  }
}

/// The text of a formula and where it begins, so that every part of it has an exact place.
struct FormulaText: Hashable, Sendable {
  let scalars: [Unicode.Scalar]
  let start: Place

  init(_ text: String, at start: Place) {
    scalars = Array(text.unicodeScalars)
    self.start = start
  }

  subscript(_ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[range.clamped(to: scalars.startIndex..<scalars.endIndex)])
    return String(view)
  }

  /// The place of a range of scalars; the marked text ends with its line.
  func place(of range: Range<Int>) -> Place {
    guard start.line > 0 else { return start }
    var place = start
    place.column = max(start.column, 1)
    for index in 0..<min(range.lowerBound, scalars.count) {
      if breaksLine(index) {
        place.line += 1
        place.column = 1
      } else if scalars[index] != "\r" {
        place.column += 1
      }
    }
    let marked = range.clamped(to: 0..<scalars.count)
    let end = marked.first { scalars[$0] == "\n" || scalars[$0] == "\r" } ?? marked.upperBound
    place.length = max(end - marked.lowerBound, 1)
    return place
  }

  func error(_ reason: FormulaReason, _ message: String, _ range: Range<Int>, hint: String? = nil)
    -> FormulaError
  {
    FormulaError(reason, message, at: place(of: range), hint: hint)
  }

  private func breaksLine(_ index: Int) -> Bool {
    if scalars[index] == "\n" { return true }
    return scalars[index] == "\r" && !(index + 1 < scalars.count && scalars[index + 1] == "\n")
  }
}

/// Names joined for a message, cut after the first few: `甲、乙 等 12 个`.
func enumeration(_ items: [String], limit: Int = 8) -> String {
  let shown = items.prefix(limit).joined(separator: "、")
  return items.count > limit ? shown + " 等 \(items.count) 个" : shown
}
