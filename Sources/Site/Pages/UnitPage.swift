import Content
import Fiscal
import Forms
import HTML

/// The page of one unit: its disclosures by year, with gaps where a year lacks a kind that others have.
struct UnitPage {
  let summary: UnitSummary
  let relatives: UnitRelatives
  let renderer: SiteRenderer

  func render() -> Page {
    let unit = summary.unit
    var frame = PageFrame(path: summary.path, title: unit.name, renderer: renderer)
    frame.breadcrumbs = [("首页", SitePath.portal), (unit.shortName, summary.path)]
    let tags = MetaTags(renderer.settings)
    let about = unit.description ?? "\(unit.name)公开的预算、决算与绩效信息"
    frame.meta =
      tags.site
      + tags.column(
        unit.name, description: about, keywords: [unit.name] + renderer.settings.keywords, type: .catalogue)
      + [("description", about)]
    var values = frame.values()
    values["title"] = .text(unit.name)
    let parent = relatives.parent
    values.set("hasParent", "parentName", parent?.name)
    values.set("hasParentURL", "parentURL", parent.map { frame.url(UnitSummary.path(of: $0.slug)) })
    values.set(
      "hasSubunits", "subunits",
      relatives.subunits.map {
        ["name": .text($0.name), "url": .text(frame.url(UnitSummary.path(of: $0.slug)))]
      })
    values.set(
      "hasUnitContacts", "unitContacts",
      unit.contact.map { [PageFrame.contact(label: "联系电话", value: $0)] } ?? [])
    values.set("hasIntro", "intro", fragment: paragraphs(unit.description ?? ""))
    values.set("hasFacts", "facts", facts(frame))
    values["years"] = .list(years(frame))
    values.set("hasTrends", "trends", fragment: [])
    values.set("hasDownloads", "downloads", [])
    return Page(path: summary.path, bytes: renderer.theme.render(.unit, values), kind: .unit)
  }

  /// The key figures of the newest disclosure that has any.
  private func facts(_ frame: PageFrame) -> [TemplateValues] {
    guard let newest = summary.documents.last(where: { $0.isPublished && !$0.keyFacts.isEmpty }) else {
      return []
    }
    return newest.keyFacts.map { fact in
      factValues(fact, note: "\(newest.year)年\(newest.kind.title)", url: frame.url(newest.path))
    }
  }

  private func years(_ frame: PageFrame) -> [TemplateValues] {
    let kinds = renderer.kinds.filter { kind in summary.documents.contains { $0.kind == kind } }
    var years: [TemplateValues] = []
    for year in Set(summary.documents.map(\.year)).sorted(by: >) {
      let documents = kinds.map { kind in
        let found = summary.documents.first { $0.year == year && $0.kind == kind }
        return values(found, kind, frame)
      }
      var entry: TemplateValues = ["year": .text("\(year)年"), "documents": .list(documents)]
      let archives = Set(summary.documents.filter { $0.year == year }.compactMap(\.archive)).sorted {
        $0.name < $1.name
      }
      entry.set(
        "hasArchives", "archives",
        archives.map { ["name": .text($0.name), "url": .text(frame.url($0.listPath))] })
      years.append(entry)
    }
    return years
  }

  private func values(_ document: UnitSummary.Document?, _ kind: Kind, _ frame: PageFrame) -> TemplateValues {
    let isPublished = document?.isPublished ?? false
    var values: TemplateValues = [
      "kind": .text(kind.title), "isPublished": .flag(isPublished),
      "title": .text(document?.title ?? kind.title),
      "url": .text(isPublished ? document.map { frame.url($0.path) } ?? "" : ""),
      "date": .text(isPublished ? document?.published.map { String($0.prefix(10)) } ?? "" : ""),
    ]
    values.set("hasReason", "reason", document?.heldReason)
    return values
  }
}

/// Plain text as paragraphs, one for each line.
func paragraphs(_ text: String) -> [UInt8] {
  var writer = HTMLWriter()
  for line in text.split(separator: "\n") where !line.trimmingBlanks.isEmpty {
    writer.element("p", text: line.trimmingBlanks)
    writer.raw("\n")
  }
  return writer.bytes
}
