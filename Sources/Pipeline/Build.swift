import Archive
import Checks
import Content
import Diagnostics
import Files
import Forms
import Parsing
import Site
import Synchronization

/// A unit that was worked through, for progress.
public struct BuildStep: Sendable {
  public var unit: String
  public var done: Int
  public var total: Int
}

/// Builds the site: `content/` in, `public/` out.
///
/// Nothing takes the old site's place while an error is open, so readers never meet half a disclosure.
/// - Throws: `BuildTrouble` for what nobody can mend in `content/`: a full disk, another build under way.
public func build(
  _ folders: SiteFolders, _ options: BuildOptions, on disk: Disk,
  progress: @escaping @Sendable (BuildStep) -> Void = { _ in }
) async throws -> BuildReport {
  let staged = try await stage(folders, options, on: disk, progress: progress)
  return staged.mayBePublished ? try staged.publish() : staged.refuse()
}

/// A site that is ready, beside the place it will take: published or refused, then gone.
public struct StagedSite: ~Copyable {
  public private(set) var report: BuildReport
  /// Whether no error is open.
  public let mayBePublished: Bool
  let staging: Staging

  fileprivate init(_ report: BuildReport, _ options: BuildOptions, in staging: Staging) {
    self.report = report
    mayBePublished = report.mayPublish(options)
    self.staging = staging
  }

  /// The folder in which the new site lies for now.
  public var folder: String { staging.path }

  /// Puts the site in place in one step.
  ///
  /// - Throws: `BuildTrouble`, with the old site in place.
  public consuming func publish() throws -> BuildReport {
    var report = report
    do throws(StagingError) {
      let done = try staging.commit()
      report.written = done.written
      report.carriedOver = done.carriedOver
    } catch {
      throw BuildTrouble(error.message)
    }
    report.outcome = .published
    return report
  }

  /// Throws the new site away; the old one stays.
  public consuming func refuse() -> BuildReport {
    var report = report
    staging.abandon()
    report.outcome = .refused
    return report
  }
}

/// Everything that `build` does but the last step.
///
/// - Parameter acceptingOthers: Whether the place may hold what gongkai did not make, as publishing keeps it.
public func stage(
  _ folders: SiteFolders, _ options: BuildOptions, acceptingOthers: Bool = false, on disk: Disk,
  progress: @escaping @Sendable (BuildStep) -> Void = { _ in }
) async throws -> StagedSite {
  try requireContent(folders, on: disk)
  let staging: Staging
  do throws(StagingError) {
    staging = try Staging.begin(
      for: folders.output, awayFrom: folders.sources, acceptingOthers: acceptingOthers)
  } catch {
    throw BuildTrouble(error.message)
  }
  // An error thrown here lets go of the staging folder, which cleans up after itself.
  let report = try await work(folders, options, on: disk, into: staging, progress: progress)
  return StagedSite(report, options, in: staging)
}

/// Looks at everything that `build` looks at, and writes nothing.
public func check(_ folders: SiteFolders, _ options: BuildOptions, on disk: Disk) async throws -> BuildReport
{
  try requireContent(folders, on: disk)
  return try await work(folders, options, on: disk, into: nil, progress: { _ in })
}

/// Without the folder itself there is nothing to look at, and nothing to write.
private func requireContent(_ folders: SiteFolders, on disk: Disk) throws {
  do throws(DiskError) {
    _ = try disk.list(folders.content)
  } catch {
    throw BuildTrouble(
      "读不到 \(folders.content)：\(error.message)\n请在有 content/ 的文件夹里运行，或写明它的路径，例如 gongkai build 路径/content")
  }
}

/// The whole way: a unit goes through the steps by itself, beside others; only its summary stays in memory.
private func work(
  _ folders: SiteFolders, _ options: BuildOptions, on disk: Disk, into staging: Staging?,
  progress: @escaping @Sendable (BuildStep) -> Void
) async throws -> BuildReport {
  var report = BuildReport(outcome: .checked, findings: [])
  let reader = Reader(disk: disk, folders: folders)
  guard let frame = reader.readFrame(options, findings: &report.findings) else { return report }
  let renderer = SiteRenderer(settings: frame.settings, theme: frame.theme, kinds: frame.library.kinds)
  let known = Set(renderer.sharedPaths)
  let archived = try readArchivedYears(folders, on: disk)
  let content = ArchivedContent(archived: archived, reader: reader)
  // Units of which only archived years are left.
  let gone = options.unit == nil ? archived.units.filter { !frame.units.contains($0) } : []
  if options.unit == nil, frame.units.isEmpty, gone.isEmpty {
    report.findings.append(
      Finding(
        "no-units", at: Place(file: folders.content), "content/ 里还没有单位",
        hint: "新建 content/单位简称/unit.yaml，写 name: 单位全称"))
  }

  let outcomes = try await eachUnit(
    frame.units + gone, jobs: options.jobs, renderer: renderer, progress: progress
  ) {
    slug, renderer in
    var findings: [Finding] = []
    guard !gone.contains(slug) else {
      return UnitOutcome(
        slug: slug, summary: archived.unit(slug).map { archived.completing(UnitSummary($0)) }, findings: [])
    }
    let files = reader.read(unit: slug, findings: &findings)
    let parsed = parse(files, findings: &findings)
    let bound = bind(parsed, to: frame.library, findings: &findings)
    guard let unit = bound else {
      return UnitOutcome(slug: slug, findings: findings.map { attributed($0, to: slug, in: folders) })
    }
    findings = check(unit, with: frame.library.facts, siteWaivers: frame.settings.waivers, earlier: findings)
    findings = content.judge(unit, files, findings)
    // Only now: a file that cannot be read is nothing that a waiver may cover.
    findings = findings.map { attributed($0, to: slug, in: folders) }
    let held = held(in: unit, findings, options)
    let summary = archived.completing(UnitSummary(unit, holding: held))
    var outcome = UnitOutcome(slug: slug, summary: summary, findings: findings)
    guard frame.isWhole else { return outcome }
    for disclosure in unit.disclosures where held[disclosure.key] == nil && !archived.holds(disclosure) {
      let rendered = renderer.render(disclosure).withoutClashes(reader, disclosure.subject, &outcome.findings)
      // What errors of the content make of a page is no fault of its own.
      if !findings.blocking.contains(where: { $0.concerns(disclosure) }) {
        outcome.findings += inspect(
          rendered, elsewhere: known.union([UnitSummary(unit).path]), settings: frame.settings)
      }
      outcome.pages += rendered.pages.count { $0.kind.isHTML }
      try write(rendered, to: staging, from: reader, disclosure.subject, &outcome.findings)
    }
    return outcome
  }

  report.take(outcomes)
  let summaries = outcomes.compactMap(\.summary)
  report.findings += inspectIndexNumbers(summaries)
  if options.unit == nil { report.findings += inspectDepartments(summaries) }
  if frame.isWhole {
    let overview = renderOverview(of: summaries, with: renderer)
    report.findings += inspect(
      overview, elsewhere: Set(summaries.flatMap(\.publishedPaths) + archived.listPaths),
      settings: frame.settings)
    report.pages += overview.pages.count { $0.kind.isHTML }
    try write(overview, to: staging, from: reader, Subject(), &report.findings)
    report.pages += options.unit == nil ? archived.pageCount : 0
    try carryOver(archived, besides: overview, to: staging)
  }
  report.findings = report.findings.inReadingOrder()
  return report
}

/// What one unit leaves behind: small values.
private struct UnitOutcome: Sendable {
  var slug: String
  var summary: UnitSummary?
  var findings: [Finding]
  var pages = 0
}

/// Hands out numbers, each once.
private final class Queue: Sendable {
  private let count = Mutex(0)

  func next() -> Int {
    count.withLock { count in
      defer { count += 1 }
      return count
    }
  }
}

/// Works through the units, as many at once as there are jobs, each worker with its own copy of the theme.
private func eachUnit(
  _ slugs: [String], jobs: Int, renderer: SiteRenderer, progress: @escaping @Sendable (BuildStep) -> Void,
  _ body: @Sendable @escaping (String, SiteRenderer) throws -> UnitOutcome
) async throws -> [UnitOutcome] {
  let queue = Queue()
  let done = Queue()
  let workers = max(1, min(jobs, slugs.count))
  return try await withThrowingTaskGroup(of: [(Int, UnitOutcome)].self) { group in
    for worker in 0..<workers {
      let own = worker == 0 ? renderer : renderer.separateCopy()
      group.addTask {
        var outcomes: [(Int, UnitOutcome)] = []
        while true {
          try Task.checkCancellation()
          let index = queue.next()
          guard index < slugs.count else { return outcomes }
          outcomes.append((index, try body(slugs[index], own)))
          progress(BuildStep(unit: slugs[index], done: done.next() + 1, total: slugs.count))
        }
      }
    }
    var all: [(Int, UnitOutcome)] = []
    for try await part in group { all += part }
    return all.sorted { $0.0 < $1.0 }.map(\.1)
  }
}

/// A finding of a file that could not be read says by its place which disclosure it concerns.
private func attributed(_ finding: Finding, to slug: String, in folders: SiteFolders) -> Finding {
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

extension Finding {
  fileprivate func concerns(_ disclosure: Disclosure) -> Bool {
    subject.year == disclosure.year && subject.kind == disclosure.kind.id
  }
}

/// A department (主管部门) that is no unit of the site would silently be left out.
private func inspectDepartments(_ summaries: [UnitSummary]) -> [Finding] {
  let slugs = summaries.map(\.slug)
  return summaries.compactMap { summary in
    guard let department = summary.unit.department, !slugs.contains(department) else { return nil }
    let named = summaries.first { $0.unit.name == department }?.slug
    let meant = (named ?? nearest(to: department, among: slugs)).map { "是否想写 \($0)？" }
    return Finding(
      "unknown-department", .warning, at: summary.unit.place, "主管部门“\(department)”不是本站的单位",
      hint: meant ?? "department 写主管部门的文件夹名；主管部门不在本站时删去这一行", subject: Subject(unit: summary.slug))
  }
}

/// Disclosures with open errors, and why, where the build leaves them out.
private func held(in unit: BoundUnit, _ findings: [Finding], _ options: BuildOptions) -> [String: String] {
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

/// The pages that reach over years and units: each unit's own, the portal and the site maps.
private func renderOverview(of summaries: [UnitSummary], with renderer: SiteRenderer) -> RenderedPages {
  let units = summaries.map(\.unit)
  let unitPages = summaries.map {
    renderer.renderUnitPage($0, relatives: UnitRelatives(of: $0.unit, among: units))
  }
  return RenderedPages(pages: unitPages + renderer.renderSite(summaries))
}

private func readArchivedYears(_ folders: SiteFolders, on disk: Disk) throws -> ArchivedYears {
  do throws(BagError) {
    return try ArchivedYears(in: folders.archive, on: disk)
  } catch {
    throw BuildTrouble(error.message)
  }
}

/// The pages of archived years, from their bags and unchanged.
private func carryOver(_ archived: ArchivedYears, besides overview: RenderedPages, to staging: Staging?)
  throws
{
  guard let staging else { return }
  do {
    try archived.carryOver(besides: Set(overview.pages.map(\.path))) { try staging.write($0, $1) }
  } catch let error as StagingError {
    throw BuildTrouble(error.message)
  } catch let error as BagError {
    throw BuildTrouble(error.message)
  }
}

private func write(
  _ rendered: RenderedPages, to staging: Staging?, from reader: Reader, _ subject: Subject,
  _ findings: inout [Finding]
) throws {
  guard let staging else { return }
  do throws(StagingError) {
    for page in rendered.pages { try staging.write(page.path, page.bytes) }
  } catch {
    throw BuildTrouble(error.message)
  }
  for copy in rendered.copies {
    let bytes: [UInt8]
    do throws(DiskError) {
      bytes = try reader.readAttachment(copy.from)
    } catch {
      findings.append(
        Finding("disk", at: Place(file: copy.from), error.message, hint: "检查这个附件能否打开", subject: subject))
      continue
    }
    do throws(StagingError) {
      try staging.write(copy.to, bytes)
    } catch {
      throw BuildTrouble(error.message)
    }
  }
}

extension BuildReport {
  fileprivate mutating func take(_ outcomes: [UnitOutcome]) {
    for outcome in outcomes {
      findings += outcome.findings
      pages += outcome.pages
      guard let summary = outcome.summary else {
        held.append(outcome.slug)
        continue
      }
      units += 1
      for document in summary.documents {
        guard document.isPublished else {
          held.append("\(summary.slug)/\(document.key)")
          continue
        }
        published.insert("\(summary.slug)/\(document.key)")
        disclosures += 1
        tables += document.tables
        figures += document.figures
      }
    }
  }

  /// Errors stop publication, but for those of disclosures that are left out.
  fileprivate func mayPublish(_ options: BuildOptions) -> Bool {
    findings.allSatisfy { finding in
      guard finding.waived == nil else { return true }
      guard finding.severity == .error || (options.strict && finding.severity == .warning) else {
        return true
      }
      guard options.hold, let unit = finding.subject.unit else { return false }
      guard let year = finding.subject.year, let kind = finding.subject.kind else {
        return !published.contains { $0.hasPrefix(unit + "/") }
      }
      return !published.contains("\(unit)/\(year)/\(kind)")
    }
  }
}

extension UnitSummary {
  /// The disclosures' pages that the site has.
  fileprivate var publishedPaths: [String] { documents.filter(\.isPublished).map(\.path) }
}
