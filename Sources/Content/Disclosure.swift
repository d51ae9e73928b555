import Diagnostics
import Fiscal
import Forms
import Formulas
import Markdown

/// Who discloses (部门／单位), as `unit.yaml` says.
public struct Unit: Sendable, Hashable {
  /// ASCII; part of the address.
  public var slug: String
  public var name: String
  public var shortName: String
  /// From the province down.
  public var region: [String]
  /// Slug of the 主管部门.
  public var department: String?
  public var code: String?
  public var contact: String?
  public var description: String?
  public var place: Place

  public init(
    slug: String, name: String, shortName: String, region: [String], department: String?, code: String?,
    contact: String?, description: String?, place: Place
  ) {
    self.slug = slug
    self.name = name
    self.shortName = shortName
    self.region = region
    self.department = department
    self.code = code
    self.contact = contact
    self.description = description
    self.place = place
  }
}

/// A figure that no table of the site holds, with its source (补充数据).
public struct ExtraFigure: Sendable {
  public var id: String
  public var title: String
  public var cell: Cell
  public var figure: Figure?
  public var source: String
  /// The formula it answers where last year is not in the site.
  public var standsFor: Reference?
  public var tags: Tags?
  public var adds: [String]
  public var difference: [String]
  public var growth: [String]
  public var place: Place
}

/// A project (项目) of a disclosure, with the other names that its tables call it.
public struct Project: Sendable, Hashable {
  public var id: String
  public var name: String
  public var otherNames: [String]
}

/// The decision to publish in spite of one finding (豁免), with its reason.
public struct Waiver: Sendable, Hashable {
  public var check: String
  public var table: String?
  public var row: String?
  public var column: String?
  public var text: String?
  public var reason: String
  public var place: Place
}

/// Lines withheld as secret (涉密剔除).
public struct Withheld: Sendable, Hashable {
  public var table: String?
  public var below: String
  public var reason: String
  public var place: Place
}

/// A picture or attachment that the narrative links to, published beside the page.
public struct Attachment: Sendable, Hashable {
  /// Name inside the disclosure's folder.
  public var name: String
  public var size: Int
  /// Path on disk below the site's folder.
  public var path: String
}

/// The text of a disclosure with its formulas worked out.
public struct Narrative: Sendable {
  public enum Insertion: Sendable, Hashable {
    /// What a formula gives.
    case text(String)
    /// A table of the disclosure, by its place in `tables`.
    case table(Int)
    /// Could not be worked out; a finding tells.
    case failed
  }

  public var document: MarkdownDocument
  public var insertions: [Insertion]
  public var file: String

  /// Its headings: words, depth from 1, and place.
  public var headings: [(text: String, depth: Int, place: Place)] {
    document.headings.map { ($0.text, $0.depth, $0.place) }
  }
}

extension Narrative {
  /// A heading with whether anything stands under it before the next.
  public struct Part: Sendable {
    public var text: String
    public var depth: Int
    public var place: Place
    public var isEmpty: Bool
  }

  /// Its headings in order, those within lists and quotations left out.
  public var outlineParts: [Part] {
    var parts: [Part] = []
    for block in document.blocks {
      if case .heading(let heading) = block {
        parts.append(Part(text: heading.text, depth: heading.depth, place: heading.place, isEmpty: true))
      } else if !parts.isEmpty {
        parts[parts.count - 1].isEmpty = false
      }
    }
    return parts
  }
}

/// A figure shown on overview pages (关键数字).
public struct KeyFact: Sendable, Hashable {
  public var title: String
  public var text: String

  public init(title: String, text: String) {
    self.title = title
    self.text = text
  }
}

/// A text with the place where it begins.
public struct PlacedText: Sendable, Hashable {
  public var text: String
  public var place: Place
}

/// One unit, one year, one kind (公开文档).
public struct Disclosure: Sendable {
  public var unit: Unit
  public var year: Int
  public var kind: Kind
  public var set: FormSet?
  public var title: String
  /// `YYYY-MM-DD HH:MM` (UTC+8), as written.
  public var published: String?
  public var approved: String?
  public var written: String?
  /// Where its dates stand, by key of `disclosure.yaml`.
  public var datePlaces: [String: Place] = [:]
  public var indexNumber: String?
  public var source: String
  public var summary: String?
  public var keywords: [String]
  public var figures: [ExtraFigure]
  public var projects: [Project]
  public var withheld: [Withheld]
  public var waivers: [Waiver]
  public var tables: [Table]
  public var narrative: Narrative?
  public var keyFacts: [KeyFact]
  public var attachments: [Attachment]
  /// Relations of its set that do not hold.
  public var brokenRelations: [BrokenRelation] = []
  /// Where something is still to be written.
  public var marks: [PlacedMark] = []
  /// Other disclosures of the unit whose figures its formulas read, by `key`.
  public var reads: Set<String> = []
  /// Names of tables, and `narrative.md`, that are there and cannot be read: what lacks them is not reported again.
  public var unreadable: Set<String> = []
  /// The classifications (科目) as they stood in its year, by id.
  public var classifications: [String: Classification] = [:]
  /// Path of the folder, as findings print it.
  public var folder: String
  /// `disclosure.yaml`.
  public var place: Place
  /// What `disclosure.yaml` says in words that pages print.
  public var settingTexts: [PlacedText] = []
  /// Words that checks of wording look for.
  public var wording = Wording.empty

  public var key: String { "\(year)/\(kind.id)" }
  public var subject: Subject { Subject(unit: unit.slug, year: year, kind: kind.id) }
}

extension Disclosure {
  /// A disclosure of which only the folder is known: what stands in its place until the fault is mended.
  init(unreadableOf unit: Unit, year: Int, kind: Kind, folder: String) {
    self.init(
      unit: unit, year: year, kind: kind, set: nil, title: "\(unit.name)\(year)年\(kind.title)",
      published: nil,
      approved: nil, written: nil, indexNumber: nil, source: unit.name, summary: nil, keywords: [],
      figures: [],
      projects: [], withheld: [], waivers: [], tables: [], narrative: nil, keyFacts: [], attachments: [],
      folder: folder, place: Place(file: folder))
  }
}
