import Content
import Files
import Forms
import HTML
import Markdown

/// The page of one disclosure: its text with the tables in their places, and those left over behind it.
struct DisclosurePage {
  private let disclosure: Disclosure
  private let renderer: SiteRenderer
  private let tables: [TableView]
  private let path: String
  private let places: PlaceNames?

  init(_ disclosure: Disclosure, renderer: SiteRenderer) {
    self.disclosure = disclosure
    self.renderer = renderer
    let places = renderer.showsPlaces ? PlaceNames(below: disclosure.folder) : nil
    self.places = places
    tables = disclosure.tables.map { TableView($0, of: disclosure, places: places) }
    path = disclosure.pagePath
  }

  func render() -> RenderedPages {
    var rendered = RenderedPages()
    rendered.pages.append(
      Page(path: path, bytes: renderer.theme.render(.disclosure, values()), kind: .disclosure))
    for file in tables.flatMap(\.files) {
      rendered.pages.append(
        Page(path: disclosure.pageFolder + "/" + file.name, bytes: file.bytes, kind: .data))
    }
    rendered.copies = disclosure.attachments.map {
      FileCopy(from: $0.path, to: disclosure.pageFolder + "/" + $0.name, size: $0.size)
    }
    return rendered
  }

  // MARK: Frame

  private var description: String {
    disclosure.summary ?? "\(disclosure.unit.name)\(disclosure.year)年\(disclosure.kind.title)公开信息"
  }

  private var keywords: [String] {
    disclosure.keywords.isEmpty
      ? [disclosure.unit.name, "\(disclosure.year)年", disclosure.kind.title] : disclosure.keywords
  }

  private func frame() -> PageFrame {
    let (unit, kind) = (disclosure.unit, disclosure.kind)
    let unitPath = UnitSummary.path(of: unit.slug)
    var frame = PageFrame(path: path, title: "\(disclosure.year)年\(kind.title)", renderer: renderer)
    frame.titles.append(unit.name)
    frame.breadcrumbs = [
      ("首页", SitePath.portal), (unit.shortName, unitPath), ("\(disclosure.year)年\(kind.title)", path),
    ]
    let tags = MetaTags(renderer.settings)
    frame.meta =
      tags.site
      + tags.column(
        kind.title, description: "\(unit.name)\(kind.title)公开信息",
        keywords: [kind.title] + renderer.settings.keywords,
        type: .catalogue)
      + tags.article(
        disclosure, description: description, keywords: keywords, url: renderer.absoluteURL(path))
    frame.jsonLD = LinkedData.dataset(
      disclosure, description: description, keywords: keywords, url: renderer.absoluteURL(path),
      files: tables.flatMap { table in
        table.files.map {
          ("\(table.title) \($0.label)", renderer.absoluteURL(disclosure.pageFolder + "/" + $0.name))
        }
      })
    return frame
  }

  private func values() -> TemplateValues {
    let frame = frame()
    var values = frame.values()
    values["title"] = .text(disclosure.title)
    values["unitName"] = .text(disclosure.unit.name)
    values["unitURL"] = .text(frame.url(UnitSummary.path(of: disclosure.unit.slug)))
    values["year"] = .text("\(disclosure.year)年")
    values["kind"] = .text(disclosure.kind.title)
    values["pubDate"] = .text(disclosure.published ?? "")
    values["source"] = .text(disclosure.source)
    values.set("hasInfo", "info", info.map { ["label": .text($0.0), "value": .text($0.1)] })
    values.set("hasNotices", "notices", notices.map { ["text": .text($0)] })
    values.set("hasFacts", "facts", disclosure.keyFacts.map { factValues($0) })
    let (body, parts) = body()
    values.set("hasParts", "parts", parts)
    values.set(
      "hasTables", "tables",
      tables.map { view in
        var entry: TemplateValues = ["title": .text(view.title), "url": .text(URLText.fragment(view.id))]
        entry.set("hasNumber", "number", view.table.number)
        return entry
      })
    values["body"] = .fragment(body)
    values.set("hasAttachments", "attachments", attachments)
    values.set("hasDownloads", "downloads", [])
    return values
  }

  /// The head block of 信息公开.
  private var info: [(String, String)] {
    [
      ("索引号", disclosure.indexNumber), ("发布机构", disclosure.unit.name), ("成文日期", disclosure.written),
      ("发布日期", disclosure.published), ("公开类别", disclosure.kind.title), ("年度", "\(disclosure.year)年"),
    ].compactMap { label, value in value.map { (label, $0) } }
  }

  /// Why sums of these tables may exceed the lines shown.
  private var notices: [String] {
    disclosure.withheld.map { line in
      let table = line.table.map { "《\($0)》" } ?? "表格"
      return "\(table)“\(line.below)”项下有依法不予公开的内容，未列入表中：\(line.reason)"
    }
  }

  private var attachments: [TemplateValues] {
    let links = disclosure.narrative?.document.links ?? []
    return disclosure.attachments.compactMap { attachment in
      let uses = links.filter {
        $0.destination == attachment.name || $0.destination == URLText.encoded(path: attachment.name)
      }
      // A picture is already seen where it stands.
      if !uses.isEmpty, uses.allSatisfy({ $0.kind == .image }) { return nil }
      let label = uses.first { !$0.text.isEmpty }?.text ?? attachment.name
      return [
        "label": .text(label), "format": .text(Path.fileExtension(attachment.name).uppercased()),
        "url": .text(URLText.encoded(path: attachment.name)), "hasSize": .flag(true),
        "size": .text(sizeText(attachment.size)),
      ]
    }
  }

  // MARK: Body

  private static let attachedTables = "page-attached-tables"

  private func body() -> (html: [UInt8], parts: [TemplateValues]) {
    var html = HTMLWriter(reserving: 65_536)
    var placed: Set<Int> = []
    var parts: [TemplateValues] = []
    if let narrative = disclosure.narrative {
      let text = NarrativeView(narrative: narrative, tables: tables, places: places)
      html.raw(text.html())
      placed = text.placedTables
      parts = text.contents()
    }
    let rest = tables.indices.filter { !placed.contains($0) }
    guard !rest.isEmpty else { return (html.bytes, parts) }
    let isFollowing = !html.bytes.isEmpty
    if isFollowing {
      let title = "附表"
      html.raw("<h2 id=\"\(Self.attachedTables)\">\(title)</h2>\n")
      parts.append([
        "title": .text(title), "url": .text("#" + Self.attachedTables), "hasChildren": .flag(false),
        "children": .list([]),
      ])
    }
    for index in rest { html.raw(tables[index].html(headingLevel: isFollowing ? 3 : 2)) }
    return (html.bytes, parts)
  }
}
