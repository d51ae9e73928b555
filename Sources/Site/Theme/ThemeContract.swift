/// What a template may use: every variable by its name.
typealias ThemeVariables = [String: ThemeVariable]

/// What stands behind a name in a template.
indirect enum ThemeVariable: Sendable, Hashable {
  /// Escaped where it is printed.
  case text
  /// Only opens a section.
  case flag
  /// Finished HTML, printed as it is.
  case fragment
  /// Opens a section for each item, with these variables.
  case list(ThemeVariables)

  var chinese: String {
    switch self {
    case .text: "文本"
    case .flag: "真假"
    case .fragment: "片段"
    case .list: "列表"
    }
  }
}

/// The contract between pages and templates; `Themes/standard/README.md` says the same in words, and a test
/// holds the two together.
enum ThemeContract {
  /// The templates that pages are made from.
  enum Template: String, Sendable, CaseIterable {
    case portal, unit, disclosure, sitemap
    case notFound = "404"

    var variables: ThemeVariables {
      switch self {
      case .portal: ThemeContract.portal
      case .unit: ThemeContract.unit
      case .disclosure: ThemeContract.disclosure
      case .sitemap: ThemeContract.sitemap
      case .notFound: ["title": .text]
      }
    }
  }

  static let contact: ThemeVariables = ["label": .text, "value": .text, "hasURL": .flag, "url": .text]
  static let fact: ThemeVariables = [
    "label": .text, "value": .text, "exactValue": .text, "unit": .text, "hasNote": .flag, "note": .text,
    "hasURL": .flag, "url": .text,
  ]
  static let download: ThemeVariables = [
    "label": .text, "format": .text, "url": .text, "hasSize": .flag, "size": .text,
  ]

  /// For every page; the theme's assets come on top.
  static let common: ThemeVariables = [
    "pageTitle": .text, "meta": .list(["name": .text, "content": .text]), "hasCanonicalURL": .flag,
    "canonicalURL": .text, "hasJSONLD": .flag, "jsonLD": .fragment, "siteName": .text, "homeURL": .text,
    "sitemapURL": .text, "hasSearch": .flag, "searchURL": .text, "hasBanner": .flag, "banner": .text,
    "hasBreadcrumbs": .flag, "breadcrumbs": .list(["title": .text, "url": .text, "isCurrent": .flag]),
    "hasOrganiser": .flag, "organiser": .text, "hasContacts": .flag, "contacts": .list(contact),
    "hasSiteIDCode": .flag, "siteIDCode": .text, "hasICP": .flag, "icpNumber": .text, "hasPolice": .flag,
    "policeNumber": .text, "policeURL": .text, "hasAgency": .flag, "agencyURL": .text, "hasFindError": .flag,
    "findErrorURL": .text,
  ]

  private static let portal: ThemeVariables = [
    "title": .text, "hasIntro": .flag, "intro": .fragment, "hasFacts": .flag, "facts": .list(fact),
    "counts": .list(["label": .text, "value": .text, "state": .text]), "matrix": .fragment, "hasGaps": .flag,
    "gaps": .list(["title": .text, "hasReason": .flag, "reason": .text]), "hasLatest": .flag,
    "latest": .list(["title": .text, "url": .text, "date": .text]), "hasDownloads": .flag,
    "downloads": .list(download),
  ]

  private static let unit: ThemeVariables = [
    "title": .text, "hasParent": .flag, "parentName": .text, "hasParentURL": .flag, "parentURL": .text,
    "hasSubunits": .flag, "subunits": .list(["name": .text, "url": .text]), "hasUnitContacts": .flag,
    "unitContacts": .list(contact), "hasIntro": .flag, "intro": .fragment, "hasFacts": .flag,
    "facts": .list(fact),
    "years": .list([
      "year": .text, "hasArchives": .flag, "archives": .list(["name": .text, "url": .text]),
      "documents": .list([
        "kind": .text, "isPublished": .flag, "title": .text, "url": .text, "date": .text, "hasReason": .flag,
        "reason": .text,
      ]),
    ]),
    "hasTrends": .flag, "trends": .fragment, "hasDownloads": .flag, "downloads": .list(download),
  ]

  private static let disclosure: ThemeVariables = [
    "title": .text, "unitName": .text, "unitURL": .text, "year": .text, "kind": .text, "pubDate": .text,
    "source": .text, "hasInfo": .flag, "info": .list(["label": .text, "value": .text]), "hasNotices": .flag,
    "notices": .list(["text": .text]), "hasFacts": .flag, "facts": .list(fact), "hasParts": .flag,
    "parts": .list([
      "title": .text, "url": .text, "hasChildren": .flag, "children": .list(["title": .text, "url": .text]),
    ]),
    "hasTables": .flag,
    "tables": .list(["hasNumber": .flag, "number": .text, "title": .text, "url": .text]), "body": .fragment,
    "hasAttachments": .flag, "attachments": .list(download), "hasDownloads": .flag,
    "downloads": .list(download),
  ]

  private static let sitemap: ThemeVariables = [
    "title": .text,
    "groups": .list([
      "title": .text, "url": .text, "hasPages": .flag,
      "pages": .list(["title": .text, "isPublished": .flag, "url": .text]),
    ]),
  ]
}
