import Content
import Files
import Forms
import HTML

/// The overview of all units: who has published what, with every gap visible.
struct PortalPage {
  let summaries: [UnitSummary]
  let renderer: SiteRenderer
  /// Years and kinds that at least one unit has, newest year first.
  private let columns: [(year: Int, kinds: [Kind])]
  /// Units, those below a department behind it, in groups by region.
  private let groups: [(region: String, units: [(summary: UnitSummary, depth: Int)])]
  /// What each administration publishes at all; a unit that lacks some of it has a gap.
  private let customs: [[String]: Custom]

  private struct Custom {
    var years: Set<Int> = []
    var kinds: Set<String> = []
  }

  init(summaries: [UnitSummary], renderer: SiteRenderer) {
    self.summaries = summaries
    self.renderer = renderer
    let present = Set(summaries.flatMap { $0.documents.map(\.key) })
    let years = Set(summaries.flatMap { $0.documents.map(\.year) }).sorted(by: >)
    columns = years.map { year in (year, renderer.kinds.filter { present.contains("\(year)/\($0.id)") }) }
    groups = Self.groups(summaries)
    var customs: [[String]: Custom] = [:]
    for summary in summaries {
      for document in summary.documents {
        customs[Self.administration(of: summary), default: Custom()].years.insert(document.year)
        customs[Self.administration(of: summary), default: Custom()].kinds.insert(document.kind.id)
      }
    }
    self.customs = customs
  }

  /// The city that a unit belongs to: its rules say what is to be published.
  private static func administration(of summary: UnitSummary) -> [String] {
    Array(summary.unit.region.prefix(2))
  }

  private enum Status {
    case published(UnitSummary.Document)
    /// Others of the same city publish this, or the unit does in other years.
    case gap(reason: String?)
    /// Nobody in the city publishes this kind, or nothing for this year.
    case notRequired
  }

  private func status(of summary: UnitSummary, _ year: Int, _ kind: Kind) -> Status {
    if let document = summary.document(year, kind) {
      return document.isPublished ? .published(document) : .gap(reason: document.heldReason)
    }
    // A unit that has published nothing at all is a gap in every column.
    guard !summary.documents.isEmpty else { return .gap(reason: nil) }
    let custom = customs[Self.administration(of: summary)] ?? Custom()
    return custom.years.contains(year) && custom.kinds.contains(kind.id) ? .gap(reason: nil) : .notRequired
  }

  func render() -> Page {
    let settings = renderer.settings
    var frame = PageFrame(path: SitePath.portal, title: settings.name, renderer: renderer)
    let tags = MetaTags(settings)
    frame.meta =
      tags.site
      + tags.column("首页", description: settings.description, keywords: settings.keywords, type: .home)
      + [("description", settings.description)]
    var values = frame.values()
    values["title"] = .text(settings.name)
    values.set("hasIntro", "intro", fragment: paragraphs(settings.description))
    values.set("hasFacts", "facts", [])
    let gaps = gaps()
    values["counts"] = .list(counts(gaps: gaps.count))
    values["matrix"] = .fragment(matrix(frame))
    values.set("hasGaps", "gaps", gapValues(gaps))
    values.set("hasLatest", "latest", latest(frame))
    values.set("hasDownloads", "downloads", [])
    return Page(path: SitePath.portal, bytes: renderer.theme.render(.portal, values), kind: .portal)
  }

  /// Regions and units by their slugs; a unit stands behind its department.
  private static func groups(
    _ summaries: [UnitSummary]
  ) -> [(region: String, units: [(summary: UnitSummary, depth: Int)])] {
    let slugs = Set(summaries.map(\.slug))
    var below: [String: [UnitSummary]] = [:]
    var tops: [UnitSummary] = []
    for summary in summaries {
      if let department = summary.unit.department, department != summary.slug, slugs.contains(department) {
        below[department, default: []].append(summary)
      } else {
        tops.append(summary)
      }
    }
    var placed: Set<String> = []
    func tree(_ summary: UnitSummary, _ depth: Int) -> [(summary: UnitSummary, depth: Int)] {
      guard placed.insert(summary.slug).inserted else { return [] }
      return [(summary, depth)] + (below[summary.slug] ?? []).flatMap { tree($0, depth + 1) }
    }
    var groups: [(region: String, units: [(summary: UnitSummary, depth: Int)])] = []
    // Departments in a circle are nobody's subunits: they stand for themselves.
    for summary in tops + summaries {
      let units = tree(summary, 0)
      guard !units.isEmpty else { continue }
      let region = summary.unit.region.joined()
      if let index = groups.firstIndex(where: { $0.region == region }) {
        groups[index].units += units
      } else {
        groups.append((region, units))
      }
    }
    return groups.sorted { Path.precedes($0.region, $1.region) }
  }

  // MARK: Gaps

  private struct Gap {
    var title: String
    var reason: String?
  }

  private func gaps() -> [Gap] {
    groups.flatMap { group in
      group.units.flatMap { unit -> [Gap] in
        columns.flatMap { column in
          column.kinds.compactMap { kind -> Gap? in
            guard case .gap(let reason) = status(of: unit.summary, column.year, kind) else { return nil }
            return Gap(title: "\(unit.summary.unit.name) \(column.year)年\(kind.title)", reason: reason)
          }
        }
      }
    }
  }

  /// Those with a reason, and the others unless there are too many to read; the matrix shows them all.
  private func gapValues(_ gaps: [Gap]) -> [TemplateValues] {
    let shown = gaps.count <= 20 ? gaps : gaps.filter { $0.reason != nil }
    return shown.map { gap in
      var values: TemplateValues = ["title": .text(gap.title)]
      values.set("hasReason", "reason", gap.reason)
      return values
    }
  }

  private func counts(gaps: Int) -> [TemplateValues] {
    let published = summaries.flatMap(\.documents).filter(\.isPublished)
    let counts = [
      ("单位", summaries.count, "all"), ("已公开", published.count, "published"), ("未公开", gaps, "gap"),
      ("表格", published.reduce(0) { $0 + $1.tables }, "all"),
      ("数据", published.reduce(0) { $0 + $1.figures }, "all"),
    ]
    return counts.map { ["label": .text($0.0), "value": .text(String($0.1)), "state": .text($0.2)] }
  }

  private func latest(_ frame: PageFrame) -> [TemplateValues] {
    let dated = summaries.flatMap(\.documents).filter { $0.isPublished && $0.published != nil }
    let newest = dated.sorted { left, right in
      let (first, second) = (left.published ?? "", right.published ?? "")
      return first != second ? first > second : Path.precedes(left.path, right.path)
    }
    return newest.prefix(10).map { document in
      [
        "title": .text(document.title), "url": .text(frame.url(document.path)),
        "date": .text(String((document.published ?? "").prefix(10))),
      ]
    }
  }

  // MARK: Matrix

  private func matrix(_ frame: PageFrame) -> [UInt8] {
    let head: [HTML.Column] =
      [HTML.Column("单位", key: "unit", kind: .name)]
      + columns.map { column in
        HTML.Column(
          "\(column.year)年", key: String(column.year),
          column.kinds.map { HTML.Column($0.title, key: "\(column.year).\($0.id)", kind: .status) })
      }
    var rows: [HTML.Row] = []
    for group in groups {
      if groups.count > 1 { rows.append(.group(group.region.isEmpty ? "其他" : group.region)) }
      for (summary, depth) in group.units { rows.append(row(summary, depth, frame)) }
    }
    let table = DataTable(
      id: "page-matrix", caption: Caption(title: "各单位公开情况", headingLevel: 3), columns: head, rows: rows,
      emptyStatement: rows.isEmpty ? "还没有单位公开信息。" : nil)
    return table.html()
  }

  private func row(_ summary: UnitSummary, _ depth: Int, _ frame: PageFrame) -> HTML.Row {
    let name = HTML.Cell(
      .link(text: summary.unit.shortName, href: frame.url(summary.path)), isRowHeader: true, indent: depth)
    let cells = columns.flatMap { column in
      column.kinds.map { kind -> HTML.Cell in
        switch status(of: summary, column.year, kind) {
        case .published(let document):
          let words = "：\(summary.unit.name)\(column.year)年\(kind.title)"
          return HTML.Cell(
            .link(text: "已公开", href: frame.url(document.path), hidden: words), classes: ["published"])
        case .gap: return HTML.Cell(.text("未公开"), classes: ["gap"])
        case .notRequired: return HTML.Cell(.absent(.dash), classes: ["not-required"])
        }
      }
    }
    return HTML.Row([name] + cells, key: summary.slug)
  }
}

extension UnitSummary {
  func document(_ year: Int, _ kind: Kind) -> Document? {
    documents.first { $0.year == year && $0.kind.id == kind.id }
  }
}
