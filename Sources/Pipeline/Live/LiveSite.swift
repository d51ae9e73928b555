import Archive
import Content
import Diagnostics
import Files
import Site

/// What became of a site when its sources changed.
public struct Refresh: Sendable {
  /// Paths of pages and files whose bytes changed, appeared or vanished.
  public var changed: Set<String> = []
  /// Whether other findings are open than before.
  public var findingsChanged = false
  /// Whether settings or theme cannot be read: until they are mended, pages stay as they were last.
  public var isBroken = false
  /// How many times pages were made anew.
  public var made = 0
}

/// A file of the site as a build would write it now, with what is to be said of it.
public struct SiteFile: Sendable {
  /// Exactly what a build writes.
  public var bytes: [UInt8]
  /// The same with the places of cells and paragraphs in `data-place`; of pages for readers only.
  public var marked: [UInt8]
  /// The sources cannot be built now: this is the last state that could.
  public var isLastGood = false
  /// The findings that concern this page, in reading order.
  public var findings: [Finding] = []
}

/// A site kept up to date while its sources change: the steps of a build, and nothing written.
///
/// Only small values and the pages looked at last are held; every other page is made when it is asked for.
public actor LiveSite {
  private let folders: SiteFolders
  private let options: BuildOptions
  private let disk: Disk
  /// The last state of what concerns every page.
  private var site: SiteWork?
  private var siteFindings: [Finding] = []
  private var isBroken = false
  private var outcomes: [String: UnitOutcome] = [:]
  private var overview = UnitOutcome(slug: Memory.site)
  /// The unit and the name of the pages to which a path belongs.
  private var owners: [String: PageName] = [:]
  private let store = PageStore()
  /// Pages that were looked at, as they were when they last could be built.
  private var lastGood: [String: SiteFile] = [:]

  /// The findings of the last refresh, waived ones included, in reading order.
  public private(set) var findings: [Finding] = []

  public init(_ folders: SiteFolders, _ options: BuildOptions, on disk: Disk) {
    self.folders = folders
    self.options = options
    self.disk = disk
  }

  /// All paths that the site has.
  public var paths: Set<String> {
    Set(owners.keys).union(site?.archived.paths ?? [])
  }

  /// The path under which the site will be published.
  public var basePath: String { site?.frame.settings.basePath ?? "/" }

  /// The folders and files on which the site depends.
  public nonisolated var sources: [String] { folders.sources + [folders.archive] }

  /// Takes up what changed on the disk.
  ///
  /// - Parameter paths: Files and folders, as findings print them; nil where anything may have changed.
  /// - Throws: `BuildTrouble` where a bag of an archived year cannot be read.
  public func refresh(_ paths: Set<String>?) async throws -> Refresh {
    let units = paths.flatMap { unitsConcerned(by: $0) }
    let old = pageKeys
    let oldFindings = findings
    var refresh = Refresh()
    if units == nil || site == nil || isBroken {
      var found: [Finding] = []
      let fresh = try SiteWork(folders, options, on: disk, findings: &found)
      siteFindings = found
      isBroken = fresh?.frame.isWhole != true
      if let fresh, fresh.frame.isWhole { site = fresh }
    }
    if let site { refresh.made = try await work(site, on: units) }
    gatherFindings()
    owners = ownersOfPaths()
    let new = pageKeys
    for (page, key) in new where old[page] != key || key == nil {
      refresh.changed.formUnion(self.paths(of: page))
    }
    for page in old.keys where new[page] == nil { refresh.changed.insert(page.anyPath) }
    refresh.findingsChanged = findings != oldFindings
    refresh.isBroken = isBroken
    return refresh
  }

  /// What a build would write at a path; nil where the site has no such path.
  ///
  /// - Throws: `BuildTrouble` where a file cannot be read any more.
  public func file(at path: String) throws -> SiteFile? {
    let concerned = findings(of: path)
    guard let site, let owner = owners[path] else {
      if var last = lastGood[path], isBroken || outcomes[Path.components(path).first ?? ""]?.summary == nil {
        last.isLastGood = true
        last.findings = concerned
        return last
      }
      return try site?.archived.file(at: path).map { SiteFile(bytes: $0, marked: $0, findings: concerned) }
    }
    if isBroken || store.isBroken(owner), var last = lastGood[path] {
      last.isLastGood = true
      last.findings = concerned
      return last
    }
    guard var file = try makeFile(at: path, of: owner, site) else { return nil }
    file.findings = concerned
    if path.hasSuffix(".html"), !isBroken, !store.isBroken(owner) { keep(file, at: path) }
    return file
  }

  // MARK: Refreshing

  /// The units whose folders these paths lie in; nil where one of the paths concerns every page.
  private func unitsConcerned(by paths: Set<String>) -> Set<String>? {
    var slugs: Set<String> = []
    for path in paths {
      guard Path.isBelow(path, folder: folders.content) else { return nil }
      let rest = Path.components(String(path.dropFirst(folders.content.utf8.count)))
      // A unit that is not known yet, or no longer there, changes the list of units, which concerns all.
      guard rest.count > 1, let slug = rest.first, site?.frame.units.contains(slug) == true,
        (try? disk.list(Path.join(folders.content, slug))) != nil
      else { return nil }
      slugs.insert(slug)
    }
    return slugs
  }

  /// Works through the units, all or some; returns how many times pages were made.
  private func work(_ site: SiteWork, on units: Set<String>?) async throws -> Int {
    let kinds = site.frame.library.kinds
    let known = outcomes.mapValues(\.record)
    let memory = folders.memory
    let store = store
    let slugs = site.slugs.filter { units?.contains($0) ?? true }
    let fresh = try await eachUnit(slugs, jobs: options.jobs, renderer: site.renderer) {
      slug, renderer in
      if site.gone.contains(slug) { return site.outcome(ofGone: slug) }
      store.forget(slug)
      let record = (known[slug] ?? nil) ?? Memory.unit(slug, in: memory, kinds: kinds)
      return try site.work(
        on: slug, renderer, known: record, written: [], start: .present, to: store.output(for: slug))
    }
    if units == nil { outcomes = outcomes.filter { site.slugs.contains($0.key) } }
    for outcome in fresh { outcomes[outcome.slug] = outcome }
    let before = overview.record
    store.forget(Memory.site)
    overview = try site.overview(
      of: summaries, site.renderer, known: before, written: [], to: store.output(for: Memory.site))
    return fresh.reduce(0) { $0 + $1.made.count } + overview.made.count
  }

  private var summaries: [UnitSummary] { (site?.slugs ?? []).compactMap { outcomes[$0]?.summary } }

  private func gatherFindings() {
    var all = siteFindings + outcomes.values.flatMap(\.findings)
    if let site { all += overview.findings + site.findings(across: summaries) }
    findings = all.inReadingOrder()
  }

  // MARK: Pages

  private var pageKeys: [PageName: String?] {
    var keys: [PageName: String?] = [:]
    for outcome in Array(outcomes.values) + [overview] {
      for page in outcome.pages { keys[PageName(slug: outcome.slug, name: page.name)] = page.key }
    }
    return keys
  }

  private func paths(of page: PageName) -> [String] {
    let outcome = page.slug == Memory.site ? overview : outcomes[page.slug]
    return outcome?.pages.first { $0.name == page.name }?.paths ?? []
  }

  private func ownersOfPaths() -> [String: PageName] {
    var owners: [String: PageName] = [:]
    for outcome in Array(outcomes.values) + [overview] {
      for page in outcome.pages {
        for path in page.paths { owners[path] = PageName(slug: outcome.slug, name: page.name) }
      }
    }
    return owners
  }

  private func makeFile(at path: String, of owner: PageName, _ site: SiteWork) throws -> SiteFile? {
    let rendered = store.pages(owner) ?? render(owner, site, showingPlaces: false)
    guard let rendered else { return nil }
    store.insert(rendered, as: owner)
    if let copy = rendered.copies.first(where: { Path.sameBytes($0.to, path) }) {
      do throws(DiskError) {
        let bytes = try site.reader.readAttachment(copy.from)
        return SiteFile(bytes: bytes, marked: bytes)
      } catch {
        throw BuildTrouble(error.description)
      }
    }
    guard let page = rendered.pages.first(where: { Path.sameBytes($0.path, path) }) else { return nil }
    guard page.kind == .disclosure else { return SiteFile(bytes: page.bytes, marked: page.bytes) }
    let marked = render(owner, site, showingPlaces: true)?.pages.first { Path.sameBytes($0.path, path) }
    return SiteFile(bytes: page.bytes, marked: marked?.bytes ?? page.bytes)
  }

  private func render(_ page: PageName, _ site: SiteWork, showingPlaces: Bool) -> RenderedPages? {
    let renderer = showingPlaces ? site.renderer.showingPlaces() : site.renderer
    guard page.slug == Memory.site else {
      guard let unit = boundUnit(page.slug, site),
        let disclosure = unit.disclosures.first(where: { $0.key == page.name })
      else { return nil }
      var unused: [Finding] = []
      return renderer.render(disclosure).withoutClashes(site.reader, disclosure.subject, &unused)
    }
    guard page.name != Memory.site else { return RenderedPages(pages: renderer.renderSite(summaries)) }
    guard let summary = summaries.first(where: { $0.slug == page.name }) else { return nil }
    let relatives = UnitRelatives(of: summary.unit, among: summaries.map(\.unit))
    return RenderedPages(pages: [renderer.renderUnitPage(summary, relatives: relatives)])
  }

  private func boundUnit(_ slug: String, _ site: SiteWork) -> BoundUnit? {
    if let unit = store.unit(slug) { return unit }
    var unused: [Finding] = []
    let files = site.reader.read(unit: slug, findings: &unused)
    let bound = bind(parse(files, findings: &unused), to: site.frame.library, findings: &unused)
    let unit = bound?.hiding((outcomes[slug]?.findings ?? []).hidden)
    if let unit { store.see(unit) }
    return unit
  }

  private func keep(_ file: SiteFile, at path: String) {
    // Who looks at so many pages has long forgotten the first.
    if lastGood.count >= 256 { lastGood.removeAll() }
    lastGood[path] = file
  }

  /// The findings of a disclosure for its page, those of a unit for its page, all others for the portal.
  private func findings(of path: String) -> [Finding] {
    let parts = Path.components(path)
    if parts.count == 4, let year = Int(parts[1]) {
      return findings.filter {
        $0.subject.unit == parts[0] && $0.subject.year == year && $0.subject.kind == parts[2]
      }
    }
    if parts.count == 2 { return findings.filter { $0.subject.unit == parts[0] && $0.subject.year == nil } }
    return findings.filter { $0.subject.unit == nil }
  }
}

/// Pages that are made together: those of a disclosure, of a unit, or of the site.
struct PageName: Hashable, Sendable {
  var slug: String
  var name: String

  /// A path by which pages that are gone can still be named.
  var anyPath: String { slug == Memory.site ? name + "/index.html" : "\(slug)/\(name)/index.html" }
}
