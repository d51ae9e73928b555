import Content
import Files

/// What surrounds every page: title, tags, breadcrumbs, and the block at the foot.
struct PageFrame {
  let path: String
  /// From the page's own title outward; the site's name is put behind it.
  var titles: [String]
  let renderer: SiteRenderer
  var meta: [(String, String)] = []
  /// Titles and paths from the portal in; the last is the page itself.
  var breadcrumbs: [(title: String, path: String)] = []
  var jsonLD: [UInt8] = []
  /// Addresses from the root of the host, for a page that any address may show.
  var isAbsolute = false
  var hasCanonical: Bool { !isAbsolute }

  init(path: String, title: String, renderer: SiteRenderer) {
    self.path = path
    titles = [title]
    self.renderer = renderer
  }

  /// The address of a file of the site, seen from this page.
  func url(_ target: String) -> String {
    isAbsolute
      ? renderer.settings.basePath + URLText.encoded(path: target) : Path.relativeURL(from: path, to: target)
  }

  func values() -> TemplateValues {
    let settings = renderer.settings
    var values: TemplateValues = [:]
    let title = titles.joined(separator: " - ")
    values["pageTitle"] = .text(title == settings.name ? title : title + " - " + settings.name)
    values["meta"] = .list(meta.map { ["name": .text($0.0), "content": .text($0.1)] })
    values.set("hasCanonicalURL", "canonicalURL", hasCanonical ? renderer.absoluteURL(path) : nil)
    values.set("hasJSONLD", "jsonLD", fragment: jsonLD)
    for (variable, asset) in renderer.theme.assetPaths { values[variable] = .text(url(asset)) }
    values["siteName"] = .text(settings.name)
    values["homeURL"] = .text(url(SitePath.portal))
    values["sitemapURL"] = .text(url(SitePath.sitemap))
    values.set("hasSearch", "searchURL", nil)
    values.set("hasBanner", "banner", settings.banner)
    values.set(
      "hasBreadcrumbs", "breadcrumbs",
      breadcrumbs.enumerated().map { index, crumb in
        [
          "title": .text(crumb.title), "url": .text(url(crumb.path)),
          "isCurrent": .flag(index == breadcrumbs.count - 1),
        ]
      })
    values.merge(footer(settings))
    return values
  }

  private func footer(_ settings: SiteSettings) -> TemplateValues {
    var values: TemplateValues = [:]
    values.set("hasOrganiser", "organiser", settings.organiser)
    values.set(
      "hasContacts", "contacts", settings.contacts.map { Self.contact(label: $0.label, value: $0.value) })
    values.set("hasSiteIDCode", "siteIDCode", settings.siteCode)
    values.set("hasICP", "icpNumber", settings.icp)
    values.set("hasPolice", "policeNumber", settings.police)
    values["policeURL"] = .text(settings.police.map(Self.policeURL) ?? "")
    values.set("hasAgency", "agencyURL", settings.agency)
    values.set("hasFindError", "findErrorURL", settings.findError)
    return values
  }

  /// A line of contact; addresses for mail and telephone become links.
  static func contact(label: String, value: String) -> TemplateValues {
    let isNumber = value.utf8.allSatisfy {
      (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: " ")
    }
    let parts = value.split(separator: "@", omittingEmptySubsequences: false)
    var link: String?
    if parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), parts[1].contains("."), !value.contains(" ") {
      link = "mailto:" + parts.map { URLText.encoded(path: String($0)) }.joined(separator: "@")
    } else if isNumber, value.utf8.count >= 5, label.contains("电话") || label.contains("热线") {
      link = "tel:" + String(value.filter { $0 != " " })
    }
    var values: TemplateValues = ["label": .text(label), "value": .text(value)]
    values.set("hasURL", "url", link)
    return values
  }

  /// Where a number of 公安备案 can be looked up.
  private static func policeURL(_ number: String) -> String {
    let digits = number.filter { $0.isASCII && $0.isNumber }
    return "https://beian.mps.gov.cn/#/query/webSearch" + (digits.isEmpty ? "" : "?code=" + digits)
  }
}

/// A key figure as templates take it: number and unit apart.
func factValues(_ fact: KeyFact, note: String? = nil, url: String? = nil) -> TemplateValues {
  let parts = fact.text.split(separator: " ", maxSplits: 1).map(String.init)
  let isFigure = parts.first?.utf8.contains { (0x30...0x39).contains($0) } ?? false
  let value = isFigure ? parts[0] : fact.text
  var values: TemplateValues = [
    "label": .text(fact.title), "value": .text(value),
    "exactValue": .text(isFigure ? String(value.filter { $0 != "," }) : value),
    "unit": .text(isFigure && parts.count > 1 ? parts[1] : ""),
  ]
  values.set("hasNote", "note", note)
  values.set("hasURL", "url", url)
  return values
}
