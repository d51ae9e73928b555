import Checks
import Content
import Diagnostics
import Files
import Forms
import Site

/// A finished page of one year's site.
public struct YearPage: Hashable, Sendable {
  public var title: String
  public var path: String
  /// Of a disclosure's page alone.
  public var document: UnitSummary.Document?
  public var unit: Unit?
}

/// What is to be said of the site of one year, beside its pages.
public struct YearSite: Sendable {
  public var settings: SiteSettings
  /// In the order of their paths.
  public var pages: [YearPage] = []
  /// Of these disclosures alone, waived ones included.
  public var findings: [Finding] = []

  /// `YYYY-MM-DD` of what was published last.
  public var lastPublished: String? {
    pages.compactMap { $0.document?.published }.max().map { String($0.prefix(10)) }
  }
}

extension YearSite {
  /// The pages as a table for people and programs: CSV with a header.
  ///
  /// - Parameter digest: The SHA-512 of a page by its path.
  public func pageList(digest: (String) -> String?) -> [UInt8] {
    var csv = CSVWriter()
    csv.row(["标题", "路径", "单位", "年度", "公开类别", "索引号", "成文日期", "发布日期", "表数", "数据数", "SHA-512"])
    for page in pages {
      let document = page.document
      csv.row([
        page.title, page.path, page.unit?.name ?? "", document.map { "\($0.year)" } ?? "",
        document?.kind.title ?? "",
        document?.indexNumber ?? "", document?.written ?? "", document?.published ?? "",
        document.map { "\($0.tables)" } ?? "", document.map { "\($0.figures)" } ?? "",
        digest(page.path) ?? "",
      ])
    }
    return csv.bytes
  }
}

/// The site of some disclosures by themselves: their pages as in the whole site, and a portal, a site map and
/// unit pages of these alone, so that every link holds.
///
/// - Parameters:
///   - disclosures: As `unit/year/kind`.
///   - basePath: In place of the site's own.
///   - write: Takes every file of the site, and whether it is a table's.
/// - Returns: nil where the sources are no site.
public func renderYear(
  of disclosures: Set<String>, _ folders: SiteFolders, basePath: String? = nil, on disk: Disk,
  progress: (BuildStep) -> Void = { _ in },
  write: (_ path: String, _ bytes: [UInt8], _ isTable: Bool) throws -> Void
) throws -> YearSite? {
  var findings: [Finding] = []
  let reader = Reader(disk: disk, folders: folders)
  guard let frame = reader.readFrame(BuildOptions(basePath: basePath), findings: &findings) else {
    return nil
  }
  let renderer = SiteRenderer(settings: frame.settings, theme: frame.theme, kinds: frame.library.kinds)
  var site = YearSite(settings: frame.settings)
  var summaries: [UnitSummary] = []
  func put(_ rendered: RenderedPages) throws {
    for page in rendered.pages { try write(page.path, page.bytes, page.kind == .data) }
    for copy in rendered.copies {
      do {
        try write(copy.to, try reader.readAttachment(copy.from), false)
      } catch let error as DiskError {
        throw BuildTrouble(error.description)
      }
    }
  }

  for (number, slug) in frame.units.enumerated() {
    progress(BuildStep(task: "生成存档", unit: slug, done: number + 1, total: frame.units.count))
    var found: [Finding] = []
    let files = reader.read(unit: slug, findings: &found)
    let parsed = parse(files, findings: &found)
    guard var unit = bind(parsed, to: frame.library, findings: &found) else { continue }
    found = check(
      unit, with: frame.library.facts, siteWaivers: frame.settings.waivers,
      contacts: frame.settings.contacts.map(\.value), earlier: found)
    unit = unit.hiding(found.hidden)
    found = placedInLines(found, of: files)
    unit.disclosures.removeAll { !disclosures.contains("\(slug)/\($0.key)") }
    guard !unit.disclosures.isEmpty else { continue }
    let keys = Set(unit.disclosures.map(\.key))
    site.findings += found.filter { finding in
      guard let year = finding.subject.year, let kind = finding.subject.kind else { return false }
      return keys.contains("\(year)/\(kind)")
    }
    let summary = UnitSummary(unit)
    summaries.append(summary)
    site.pages += summary.documents.map {
      YearPage(title: $0.title, path: $0.path, document: $0, unit: summary.unit)
    }
    for disclosure in unit.disclosures { try put(renderer.render(disclosure)) }
  }

  let units = summaries.map(\.unit)
  let unitPages = summaries.map {
    renderer.renderUnitPage($0, relatives: UnitRelatives(of: $0.unit, among: units))
  }
  let overview = unitPages + renderer.renderExcerpt(summaries)
  try put(RenderedPages(pages: overview))
  site.pages += summaries.map { YearPage(title: $0.unit.name, path: $0.path, unit: $0.unit) }
  site.pages += overview.filter { $0.kind == .portal || $0.kind == .sitemap }
    .map { YearPage(title: $0.kind == .portal ? frame.settings.name : "网站地图", path: $0.path) }
  site.pages.sort { Path.precedes($0.path, $1.path) }
  site.findings = site.findings.inReadingOrder()
  return site
}
