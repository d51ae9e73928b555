import Content
import Fiscal

/// The figures that a finding sets against each other: one of them at least is wrong.
struct Suspects {
  /// How a figure would have to change to mend the finding by itself.
  enum Part: Int8 {
    /// By what is missing.
    case raised
    /// By as much downwards.
    case lowered
    /// Not by a sum that could be told.
    case unknown
  }

  private(set) var figures: [(place: FigurePlace, part: Part)] = []
  /// What is missing.
  var missing: Rational

  init(missing: Rational = .zero) { self.missing = missing }

  mutating func add(_ place: FigurePlace, _ part: Part) { figures.append((place, part)) }

  /// A statement speaks for its figure, unless it is a sum of several.
  mutating func add(_ statement: FactStatement, _ part: Part) {
    if statement.sum == nil { add(statement.place, part) }
  }

  /// By how much a figure would have to change; nil where that cannot be told.
  func change(_ part: Part) -> Rational? {
    switch part {
    case .raised: missing
    case .lowered: missing.negated
    case .unknown: nil
    }
  }
}
