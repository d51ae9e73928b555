import Content
import HTML

/// The site map, for readers and for machines.
struct SitemapPages {
  let summaries: [UnitSummary]
  let renderer: SiteRenderer

  func forReaders() -> Page {
    let title = "网站地图"
    var frame = PageFrame(path: SitePath.sitemap, title: title, renderer: renderer)
    frame.breadcrumbs = [("首页", SitePath.portal), (title, SitePath.sitemap)]
    let tags = MetaTags(renderer.settings)
    let about = renderer.settings.name + "全部页面的目录"
    frame.meta =
      tags.site
      + tags.column(
        title, description: about, keywords: [title] + renderer.settings.keywords, type: .catalogue)
      + [("description", about)]
    var values = frame.values()
    values["title"] = .text(title)
    values["groups"] = .list(
      summaries.map { summary in
        var group: TemplateValues = [
          "title": .text(summary.unit.name), "url": .text(frame.url(summary.path)),
        ]
        group.set(
          "hasPages", "pages",
          summary.documents.reversed().map { document in
            [
              "title": .text(document.title), "isPublished": .flag(document.isPublished),
              "url": .text(document.isPublished ? frame.url(document.path) : ""),
            ]
          })
        return group
      })
    return Page(path: SitePath.sitemap, bytes: renderer.theme.render(.sitemap, values), kind: .sitemap)
  }

  /// The protocol of sitemaps.org; dates are those of publication.
  func forMachines() -> Page {
    var xml = HTMLWriter()
    xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    xml.raw("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n")
    func add(_ path: String, _ date: String? = nil) {
      xml.raw("<url><loc>")
      xml.text(renderer.absoluteURL(path))
      xml.raw("</loc>")
      if let date { xml.element("lastmod", text: String(date.prefix(10))) }
      xml.raw("</url>\n")
    }
    add(SitePath.portal, summaries.flatMap(\.documents).filter(\.isPublished).compactMap(\.published).max())
    add(SitePath.sitemap)
    for summary in summaries {
      let published = summary.documents.filter(\.isPublished)
      add(summary.path, published.compactMap(\.published).max())
      for document in published { add(document.path, document.published) }
    }
    xml.raw("</urlset>\n")
    return Page(path: SitePath.sitemapXML, bytes: xml.bytes, kind: .asset)
  }
}
