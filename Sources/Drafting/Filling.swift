import Content
import Forms

/// What a draft writes where figures and words belong.
public enum Filling: Sendable {
  /// Nothing: a bare skeleton.
  case blank
  /// Zeros and words marked as examples, so that the site can be built at once.
  case example
  /// Marks that have to be replaced before the checks let it through.
  case marked

  /// In an amount, a count or another figure that is stated; rates and scores follow from others.
  func figure(_ type: ColumnType) -> String {
    switch self {
    case .blank: ""
    case .example: type == .amount ? "0" : ""
    case .marked: Mark.fill.text
    }
  }

  /// In words.
  var words: String {
    switch self {
    case .blank: ""
    case .example: Mark.example.text
    case .marked: Mark.fill.text
    }
  }

  /// A remark beside a value that has to be replaced; none where nothing is marked.
  func remark(_ text: String) -> String {
    switch self {
    case .blank: ""
    case .example: "   # \(Mark.example.text)\(text)"
    case .marked: "   # \(Mark.fill.text)\(text)"
    }
  }
}
