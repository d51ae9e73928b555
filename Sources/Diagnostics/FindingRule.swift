/// What the id of a finding stands for (规则): a check's rule, or a fault that a reader can meet.
public struct FindingRule: Sendable, Hashable {
  public var id: String
  /// How grave its findings are; some are milder.
  public var severity: Severity
  /// The fault in a few words.
  public var title: String
  /// What goes wrong where it is left.
  public var why: String
  /// What to do; empty where the finding itself says all there is to say.
  public var advice: String

  /// A rule whose findings stop publication.
  public init(_ id: String, _ title: String, why: String, advice: String = "") {
    self.init(id, .error, title, why: why, advice: advice)
  }

  public init(_ id: String, _ severity: Severity, _ title: String, why: String, advice: String = "") {
    self.id = id
    self.severity = severity
    self.title = title
    self.why = why
    self.advice = advice
  }
}
