import Content
import Files
import Forms

/// Turns disclosures into pages through a theme; takes values, gives values.
///
/// The page of a disclosure depends on that disclosure, its forms, the theme and the settings alone. What
/// reaches over years and units stands on the page of the unit and on the portal.
public struct SiteRenderer: Sendable {
  public let settings: SiteSettings
  public let theme: Theme
  /// In the order in which columns stand.
  public let kinds: [Kind]
  /// Whether cells and paragraphs say in `data-place` where they come from: for the preview, never for a build.
  public let showsPlaces: Bool

  public init(settings: SiteSettings, theme: Theme, kinds: [Kind], showsPlaces: Bool = false) {
    self.settings = settings
    self.theme = theme
    self.kinds = kinds
    self.showsPlaces = showsPlaces
  }

  /// The same pages with `data-place`.
  public func showingPlaces() -> SiteRenderer {
    SiteRenderer(settings: settings, theme: theme, kinds: kinds, showsPlaces: true)
  }

  /// For a worker of its own; see `Theme.separateCopy()`.
  public func separateCopy() -> SiteRenderer {
    SiteRenderer(settings: settings, theme: theme.separateCopy(), kinds: kinds, showsPlaces: showsPlaces)
  }

  /// All pages of a unit: its own, and one for each disclosure with its tables as CSV.
  ///
  /// - Parameter held: Reasons why disclosures are left out (`--hold`), by `Disclosure.key`.
  public func render(
    _ bound: BoundUnit, holding held: [String: String] = [:], relatives: UnitRelatives = UnitRelatives()
  ) -> RenderedPages {
    var rendered = RenderedPages()
    rendered.pages.append(renderUnitPage(UnitSummary(bound, holding: held), relatives: relatives))
    for disclosure in bound.disclosures where held[disclosure.key] == nil {
      let one = render(disclosure)
      rendered.pages += one.pages
      rendered.copies += one.copies
    }
    return rendered
  }

  /// The page of a disclosure, its tables as CSV, and the attachments to copy beside it.
  public func render(_ disclosure: Disclosure) -> RenderedPages {
    DisclosurePage(disclosure, renderer: self).render()
  }

  /// The page of one unit with its disclosures and gaps.
  public func renderUnitPage(_ summary: UnitSummary, relatives: UnitRelatives = UnitRelatives()) -> Page {
    UnitPage(summary: summary, relatives: relatives, renderer: self).render()
  }

  /// The pages of the site as a whole: portal, site maps, 404, `robots.txt`, and the theme's assets.
  public func renderSite(_ summaries: [UnitSummary]) -> [Page] {
    let ordered = summaries.sorted { Path.precedes($0.slug, $1.slug) }
    let sitemaps = SitemapPages(summaries: ordered, renderer: self)
    return [
      PortalPage(summaries: ordered, renderer: self).render(), sitemaps.forReaders(), sitemaps.forMachines(),
      notFoundPage(), robots(),
    ] + theme.assets
  }

  /// What disclosures need around them to be read by themselves: portal, site map, and the theme's assets.
  public func renderExcerpt(_ summaries: [UnitSummary]) -> [Page] {
    let ordered = summaries.sorted { Path.precedes($0.slug, $1.slug) }
    return [
      PortalPage(summaries: ordered, renderer: self).render(),
      SitemapPages(summaries: ordered, renderer: self).forReaders(),
    ] + theme.assets
  }

  /// Paths that pages of every unit may lead to, whatever units there are.
  public var sharedPaths: [String] {
    [SitePath.portal, SitePath.sitemap, SitePath.sitemapXML, SitePath.notFound, SitePath.robots]
      + theme.assets.map(\.path)
  }

  private func notFoundPage() -> Page {
    let title = "找不到页面"
    var frame = PageFrame(path: SitePath.notFound, title: title, renderer: self)
    frame.isAbsolute = true
    let tags = MetaTags(settings)
    frame.meta =
      tags.site
      + tags.column(title, description: "网址有误时的说明", keywords: [title], type: .catalogue) + [
        ("robots", "noindex")
      ]
    var values = frame.values()
    values["title"] = .text(title)
    return Page(path: SitePath.notFound, bytes: theme.render(.notFound, values), kind: .notFound)
  }

  private func robots() -> Page {
    let text = "User-agent: *\nAllow: /\n\nSitemap: \(absoluteURL(SitePath.sitemapXML))\n"
    return Page(path: SitePath.robots, bytes: Array(text.utf8), kind: .asset)
  }

  /// The address on the web: domain, base path, path.
  func absoluteURL(_ path: String) -> String {
    "https://" + settings.domain + settings.basePath + URLText.encoded(path: path)
  }
}

/// Files that every site has.
enum SitePath {
  static let portal = "index.html"
  static let sitemap = "sitemap.html"
  static let sitemapXML = "sitemap.xml"
  static let notFound = "404.html"
  static let robots = "robots.txt"
}
