/// A unit as reports name it, with the disclosures that were looked at.
public struct ReportedUnit: Sendable, Hashable {
  /// A disclosure as reports name it.
  public struct Document: Sendable, Hashable {
    public var year: Int
    public var kind: String
    /// The kind in words: 部门预算.
    public var kindTitle: String
    public var title: String
    /// Why it is left out of the site, where it is.
    public var heldReason: String?

    public init(year: Int, kind: String, kindTitle: String, title: String, heldReason: String? = nil) {
      self.year = year
      self.kind = kind
      self.kindTitle = kindTitle
      self.title = title
      self.heldReason = heldReason
    }
  }

  public var slug: String
  public var name: String
  /// Oldest first, in the order of kinds.
  public var documents: [Document]

  public init(slug: String, name: String, documents: [Document]) {
    self.slug = slug
    self.name = name
    self.documents = documents
  }
}

/// The findings of one disclosure, of what a unit's disclosures share, or of the whole site.
public struct FindingGroup: Sendable {
  /// Nil for the whole site.
  public var unit: String?
  /// Nil for what a unit's disclosures share.
  public var document: ReportedUnit.Document?
  /// What reports print over it: 示例市教育局 2024 年部门预算.
  public var title: String
  /// The gravest first, then by place.
  public var findings: [Finding]
}

extension Array where Element == Finding {
  /// The gravest first, then in reading order.
  public func gravestFirst() -> [Finding] {
    let ordered = inReadingOrder()
    return Severity.allCases.reversed().flatMap { severity in ordered.filter { $0.severity == severity } }
  }

  /// Findings by disclosure: units by folder, in each what its disclosures share and then the disclosures, oldest
  /// first; what concerns the whole site comes last.
  public func grouped(under units: [ReportedUnit]) -> [FindingGroup] {
    var bySubject: [GroupKey: [Finding]] = [:]
    for finding in self { bySubject[GroupKey(finding.subject), default: []].append(finding) }
    let names = Dictionary(units.map { ($0.slug, $0) }) { first, _ in first }
    // A disclosure that is not there bears the name of its kind all the same.
    let kinds = Dictionary(units.flatMap(\.documents).map { ($0.kind, $0.kindTitle) }) { first, _ in first }
    return bySubject.keys.sorted { $0.precedes($1, names) }.map { key in
      let unit = key.unit.flatMap { names[$0] }
      let document =
        unit?.documents.first { $0.year == key.year && $0.kind == key.kind } ?? key.document(kinds)
      return FindingGroup(
        unit: key.unit, document: document, title: key.title(unit?.name, document),
        findings: bySubject[key, default: []].gravestFirst())
    }
  }
}

/// What findings are grouped by.
private struct GroupKey: Hashable {
  var unit: String?
  var year: Int?
  var kind: String?

  init(_ subject: Subject) {
    unit = subject.unit
    // A year without a kind, or a kind without a year, is no disclosure.
    guard unit != nil, let year = subject.year, let kind = subject.kind else { return }
    self.year = year
    self.kind = kind
  }

  /// A disclosure of which nothing more is known.
  func document(_ kinds: [String: String]) -> ReportedUnit.Document? {
    guard let year, let kind else { return nil }
    return ReportedUnit.Document(year: year, kind: kind, kindTitle: kinds[kind] ?? " " + kind, title: "")
  }

  func title(_ name: String?, _ document: ReportedUnit.Document?) -> String {
    guard let unit else { return "全站" }
    guard let document else { return "\(name ?? unit)：单位资料" }
    return "\(name ?? unit) \(document.year) 年\(document.kindTitle)"
  }

  func precedes(_ other: GroupKey, _ units: [String: ReportedUnit]) -> Bool {
    guard let mine = unit, let others = other.unit else { return unit != nil && other.unit == nil }
    if mine != others { return mine.utf8.lexicographicallyPrecedes(others.utf8) }
    if year != other.year { return (year ?? 0) < (other.year ?? 0) }
    func place(_ key: GroupKey) -> Int {
      units[mine]?.documents.firstIndex { $0.year == key.year && $0.kind == key.kind } ?? .max
    }
    let (left, right) = (place(self), place(other))
    if left != right { return left < right }
    return (kind ?? "").utf8.lexicographicallyPrecedes((other.kind ?? "").utf8)
  }
}
