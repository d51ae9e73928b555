import Diagnostics

/// What can be wrong before any figure is judged: each id that a reader may report, in words.
enum ReaderRules {
  static let all: [FindingRule] =
    settings + files + tables + texts + forms + themes + pages + archives
}
