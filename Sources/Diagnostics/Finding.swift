/// How grave a finding is (严重程度).
public enum Severity: Int, Sendable, Hashable, Comparable, CaseIterable {
  /// 提示: worth knowing; nothing is wrong.
  case info
  /// 警告: probably wrong; publication goes on.
  case warning
  /// 错误: the disclosure would contradict itself or cannot be read; publication stops.
  case error

  public static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }

  /// The word that reports print.
  public var chinese: String {
    switch self {
    case .info: "提示"
    case .warning: "警告"
    case .error: "错误"
    }
  }

  /// The word of JSON output.
  public var key: String {
    switch self {
    case .info: "info"
    case .warning: "warning"
    case .error: "error"
    }
  }
}

/// A place in a source file (位置): line and column count from 1, columns in Unicode scalars.
public struct Place: Hashable, Sendable, Comparable {
  /// Path as the user would type it from the site's folder, such as `content/jyj/2025/budget/三公.csv`.
  public var file: String
  /// 0 when the finding concerns the whole file or folder.
  public var line: Int
  public var column: Int
  /// How many scalars the marked text is long; at least 1 is drawn.
  public var length: Int

  public init(file: String, line: Int = 0, column: Int = 0, length: Int = 0) {
    self.file = file
    self.line = line
    self.column = column
    self.length = length
  }

  public static func < (left: Place, right: Place) -> Bool {
    (left.file, left.line, left.column, left.length) < (right.file, right.line, right.column, right.length)
  }
}

/// What a finding is about, in the words of the disclosure: what a waiver names and a program reads.
public struct Subject: Hashable, Sendable {
  public var unit: String?
  public var year: Int?
  public var kind: String?
  public var table: String?
  public var row: String?
  public var column: String?

  public init(
    unit: String? = nil, year: Int? = nil, kind: String? = nil,
    table: String? = nil, row: String? = nil, column: String? = nil
  ) {
    self.unit = unit
    self.year = year
    self.kind = kind
    self.table = table
    self.row = row
    self.column = column
  }
}

/// One fault (问题), at one place, with what was found, what was expected and what to do.
public struct Finding: Hashable, Sendable {
  /// Another place that has to do with the fault.
  public struct Note: Hashable, Sendable {
    public var message: String
    public var place: Place?
    /// The check or reader that speaks, where the same fault shows in another way.
    public var id: String?

    public init(_ message: String, at place: Place? = nil, id: String? = nil) {
      self.message = message
      self.place = place
      self.id = id
    }
  }

  /// The check or reader that speaks, such as `total-differs-from-parts`.
  public var id: String
  public var severity: Severity
  public var place: Place
  /// The fault with its figures, without advice.
  public var message: String
  /// What to do.
  public var hint: String?
  public var notes: [Note]
  public var subject: Subject
  /// The reason of the waiver (豁免) that covers this finding.
  public var waived: String?
  /// What stands here must not be read: reports show ● in its place, and so do pages unless a waiver covers it.
  public var secrets: [Place] = []

  public init(
    _ id: String, _ severity: Severity = .error, at place: Place, _ message: String,
    hint: String? = nil, notes: [Note] = [], subject: Subject = Subject()
  ) {
    self.id = id
    self.severity = severity
    self.place = place
    self.message = message
    self.hint = hint
    self.notes = notes
    self.subject = subject
    self.waived = nil
  }
}

extension Array where Element == Finding {
  /// Findings that stop publication: errors that no waiver covers.
  public var blocking: [Finding] { filter { $0.severity == .error && $0.waived == nil } }

  /// In a fixed order that does not depend on threads: by file, line, column, id.
  public func inReadingOrder() -> [Finding] {
    sorted { left, right in
      if left.place != right.place { return left.place < right.place }
      if left.id != right.id { return left.id < right.id }
      return left.message < right.message
    }
  }
}
