import Checks
import Content
import Diagnostics
import Files
import Forms
import Site

/// What one unit leaves behind: small values.
struct UnitOutcome: Sendable {
  var slug: String
  /// nil where the unit cannot be read.
  var summary: UnitSummary?
  var findings: [Finding]
  /// All pages of the unit that the site has.
  var pages: [PageRecord] = []
  /// What later runs may know; nil where it is not to be relied on.
  var record: UnitRecord?
  /// Names of the pages that were made anew.
  var made: [String] = []
  /// The numbers typed in its narratives, where they are asked for.
  var ties: [TiedFigure] = []
  /// Whether nothing had changed, so that the record is the one that is kept already.
  var isKnown = false

  init(slug: String, summary: UnitSummary? = nil, findings: [Finding] = []) {
    self.slug = slug
    self.summary = summary
    self.findings = findings
  }

  /// How many pages for readers there are.
  var pageCount: Int { pages.reduce(0) { $0 + $1.count } }

  /// The outcome of a unit in which nothing has changed.
  init(slug: String, _ record: UnitRecord) {
    self.slug = slug
    self.record = record
    isKnown = true
    summary = record.summary
    findings = record.findings + record.pages.flatMap(\.findings)
    pages = record.pages
  }
}

extension SiteWork {
  /// A unit of which only archived years are left.
  func outcome(ofGone slug: String) -> UnitOutcome {
    UnitOutcome(slug: slug, summary: archived.unit(slug).map { archived.completing(UnitSummary($0)) })
  }

  /// One unit, from its files to its pages.
  ///
  /// - Parameters:
  ///   - known: What an earlier run found out: whatever in it still holds is not done again.
  ///   - written: Where an earlier run left the pages.
  ///   - start: The moment at which this run began to read.
  func work(
    on slug: String, _ renderer: SiteRenderer, known: UnitRecord?, written: [WrittenPages],
    start: FileStamp?, to output: PageOutput
  ) throws -> UnitOutcome {
    let tree = times.measure(.read) { reader.list(unit: slug) }
    if let known, let key, known.isCurrent(key, tree),
      times.measure(.write, { output.carry(known.pages, written) })
    {
      return UnitOutcome(slug: slug, known)
    }
    var findings: [Finding] = []
    let files = times.measure(.read) { reader.read(unit: slug, tree, findings: &findings) }
    let parsed = times.measure(.parse) { parse(files, findings: &findings) }
    let bound = times.measure(.bind) { bind(parsed, to: frame.library, findings: &findings) }
    guard var unit = bound else {
      return UnitOutcome(slug: slug, findings: findings.map { attributed($0, to: slug) })
    }
    times.measure(.check) {
      findings = check(
        unit, with: frame.library.facts, siteWaivers: frame.settings.waivers,
        contacts: frame.settings.contacts.map(\.value), switches: frame.settings.checks, earlier: findings)
      findings = content.judge(unit, files, findings)
      unit = unit.hiding(findings.hidden).notingRounding(findings)
      findings = placedInLines(findings, of: files)
    }
    output.sees(unit)
    // Only now: a file that cannot be read is nothing that a waiver may cover.
    findings = findings.map { attributed($0, to: slug) }
    let held = held(in: unit, findings)
    var outcome = UnitOutcome(
      slug: slug, summary: archived.completing(UnitSummary(unit, holding: held)), findings: findings)
    if options.listsTies {
      outcome.ties = unit.disclosures.flatMap {
        tiedFigures(of: $0, with: frame.library.facts, lastYear: unit.lastYear(of: $0))
      }
    }
    guard frame.isWhole else { return outcome }
    let keys = PageKeys(self, unit: unit, files: files, tree: tree, start: start)
    var pages: [PageRecord] = []
    for disclosure in unit.disclosures where held[disclosure.key] == nil && !archived.holds(disclosure) {
      let isBlocked = findings.blocking.contains { $0.concerns(disclosure) }
      let key = keys.key(of: disclosure, isBlocked: isBlocked)
      if let page = known?.page(disclosure.key), key != nil, page.key == key,
        times.measure(.write, { output.carry([page], written) })
      {
        pages.append(page)
      } else {
        pages.append(
          try make(disclosure, unit, renderer, key: key, isBlocked: isBlocked, to: output))
        outcome.made.append(disclosure.key)
      }
    }
    outcome.findings += pages.flatMap(\.findings)
    outcome.pages = pages
    outcome.record = record(of: outcome, findings, pages, keys.sources)
    return outcome
  }

  /// The page of a disclosure with its tables, made and looked at.
  private func make(
    _ disclosure: Disclosure, _ unit: BoundUnit, _ renderer: SiteRenderer, key: String?, isBlocked: Bool,
    to output: PageOutput
  ) throws -> PageRecord {
    var findings: [Finding] = []
    let rendered = times.measure(.render) {
      renderer.render(disclosure).withoutClashes(reader, disclosure.subject, &findings)
    }
    // What errors of the content make of a page is no fault of its own.
    if !isBlocked {
      findings += times.measure(.inspect) {
        inspect(
          rendered, elsewhere: shared.union([UnitSummary(unit).path]), settings: frame.settings)
      }
    }
    var troubles: [Finding] = []
    try times.measure(.write) { try output.write(disclosure.key, rendered, &troubles) }
    return PageRecord(
      name: disclosure.key, key: troubles.isEmpty ? key : nil,
      findings: (findings + troubles).map { finding in
        guard finding.subject.unit == nil else { return finding }
        var finding = finding
        finding.subject = disclosure.subject
        return finding
      }, count: rendered.pages.count { $0.kind.isHTML }, paths: rendered.paths)
  }

  /// What to remember of a unit; where bags had a say, nothing, since its sources do not tell all.
  private func record(
    of outcome: UnitOutcome, _ findings: [Finding], _ pages: [PageRecord], _ sources: [UnitRecord.Source]
  ) -> UnitRecord? {
    guard let key, archived.entries[outcome.slug] == nil else { return nil }
    return UnitRecord(
      siteKey: key, sources: sources, summary: outcome.summary, findings: findings, pages: pages)
  }

  /// A finding of a file that could not be read says by its place which disclosure it concerns.
  private func attributed(_ finding: Finding, to slug: String) -> Finding {
    let folder = folders.content + "/" + slug + "/"
    guard finding.subject.year == nil, (finding.place.file + "/").hasPrefix(folder) else { return finding }
    var finding = finding
    finding.subject.unit = slug
    let parts = finding.place.file.dropFirst(folder.count).split(separator: "/").map(String.init)
    guard parts.count > 1, let year = Int(parts[0]) else { return finding }
    finding.subject.year = year
    finding.subject.kind = parts[1]
    return finding
  }

  /// Disclosures with open errors, and why, where the build leaves them out.
  private func held(in unit: BoundUnit, _ findings: [Finding]) -> [String: String] {
    guard options.hold else { return [:] }
    var held: [String: String] = [:]
    let concernsAll = findings.blocking.contains { $0.subject.year == nil }
    for disclosure in unit.disclosures {
      let open = findings.blocking.filter { $0.concerns(disclosure) }
      if concernsAll { held[disclosure.key] = "单位资料有错误待改正" }
      if !open.isEmpty { held[disclosure.key] = "有 \(open.count) 个错误待改正" }
    }
    return held
  }
}
