import Content
import Diagnostics
import Forms

/// What the rest of the site needs of a unit: small, and without its tables.
public struct UnitSummary: Sendable, Hashable {
  /// A disclosure as overview pages name it.
  public struct Document: Sendable, Hashable {
    public var year: Int
    public var kind: Kind
    public var title: String
    /// Of its page, from the site's root.
    public var path: String
    /// `YYYY-MM-DD HH:MM`.
    public var published: String?
    /// 批复日期, `YYYY-MM-DD`.
    public var approved: String?
    /// 成文日期, `YYYY-MM-DD`.
    public var written: String?
    public var indexNumber: String?
    public var keyFacts: [KeyFact]
    /// How many tables it has.
    public var tables: Int
    /// How many figures its tables print.
    public var figures: Int
    /// Why it is held back (暂缓公开); nil where it is published.
    public var heldReason: String?
    /// `disclosure.yaml`.
    public var place: Place
    /// The bag that holds it for good.
    public var archive: Archive?

    public init(
      year: Int, kind: Kind, title: String, path: String, published: String?, approved: String?,
      written: String?, indexNumber: String?, keyFacts: [KeyFact], tables: Int, figures: Int,
      heldReason: String?, place: Place,
      archive: Archive? = nil
    ) {
      self.year = year
      self.kind = kind
      self.title = title
      self.path = path
      self.published = published
      self.approved = approved
      self.written = written
      self.indexNumber = indexNumber
      self.keyFacts = keyFacts
      self.tables = tables
      self.figures = figures
      self.heldReason = heldReason
      self.place = place
      self.archive = archive
    }

    public var isPublished: Bool { heldReason == nil }
    public var key: String { "\(year)/\(kind.id)" }
  }

  /// A bag of an archived year, as far as pages name it.
  public struct Archive: Sendable, Hashable {
    /// `2022`, or `2022-2` for a supplement.
    public var name: String
    /// Its list of pages with their digests, from the site's root.
    public var listPath: String

    public init(name: String, listPath: String) {
      self.name = name
      self.listPath = listPath
    }
  }

  public var unit: Unit
  /// Oldest first, in the order of kinds.
  public var documents: [Document]

  public var slug: String { unit.slug }
  public var path: String { Self.path(of: unit.slug) }

  public init(unit: Unit, documents: [Document]) {
    self.unit = unit
    self.documents = documents
  }

  /// - Parameter held: Reasons why disclosures are left out, by `Disclosure.key`.
  public init(_ bound: BoundUnit, holding held: [String: String] = [:]) {
    unit = bound.unit
    documents = bound.disclosures.map { disclosure in
      Document(
        year: disclosure.year, kind: disclosure.kind, title: disclosure.title, path: disclosure.pagePath,
        published: disclosure.published, approved: disclosure.approved, written: disclosure.written,
        indexNumber: disclosure.indexNumber, keyFacts: disclosure.keyFacts,
        tables: disclosure.tables.count, figures: disclosure.tables.reduce(0) { $0 + $1.figureCount },
        heldReason: held[disclosure.key], place: disclosure.place)
    }
  }

  /// With the disclosures that another summary of the unit knows, such as archived ones.
  public func adding(_ other: BoundUnit?) -> UnitSummary {
    guard let other else { return self }
    var whole = self
    whole.documents += UnitSummary(other).documents.filter { document in
      !documents.contains { $0.key == document.key }
    }
    whole.documents.sort { ($0.year, $0.kind.id) < ($1.year, $1.kind.id) }
    return whole
  }

  static func path(of slug: String) -> String { slug + "/index.html" }
}

extension Disclosure {
  /// The folder of its page, from the site's root.
  var pageFolder: String { "\(unit.slug)/\(year)/\(kind.id)" }
  var pagePath: String { pageFolder + "/index.html" }
}

/// The units above and below one, as far as its page names them.
public struct UnitRelatives: Sendable, Hashable {
  public struct Relative: Sendable, Hashable {
    public var slug: String
    public var name: String

    public init(slug: String, name: String) {
      self.slug = slug
      self.name = name
    }
  }

  /// 主管部门.
  public var parent: Relative?
  /// 下属单位.
  public var subunits: [Relative]

  public init(parent: Relative? = nil, subunits: [Relative] = []) {
    self.parent = parent
    self.subunits = subunits
  }

  /// The relatives of a unit among all units of the site.
  public init(of unit: Unit, among units: [Unit]) {
    parent = unit.department.flatMap { slug in
      units.first { $0.slug == slug }.map { Relative(slug: $0.slug, name: $0.name) }
    }
    subunits = units.filter { $0.department == unit.slug && $0.slug != unit.slug }
      .map { Relative(slug: $0.slug, name: $0.name) }
      .sorted { $0.slug.utf8.lexicographicallyPrecedes($1.slug.utf8) }
  }
}
