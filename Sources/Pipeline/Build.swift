import Archive
import Checks
import Content
import Diagnostics
import Files
import Forms
import Parsing
import Site

/// A unit that was worked through, for progress.
public struct BuildStep: Sendable {
  /// What is being done: `处理单位`.
  public var task: String
  public var unit: String
  public var done: Int
  public var total: Int

  public init(task: String = "处理单位", unit: String, done: Int, total: Int) {
    self.task = task
    self.unit = unit
    self.done = done
    self.total = total
  }
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
  let remembrance: Remembrance

  fileprivate init(_ worked: WorkedSite, _ options: BuildOptions, in staging: Staging) {
    report = worked.report
    remembrance = worked.remembrance
    mayBePublished = report.mayPublish(options)
    self.staging = staging
  }

  /// The folder in which the new site lies whole until it is published or refused.
  public func folder() throws -> String {
    do throws(StagingError) {
      try staging.complete()
    } catch {
      throw BuildTrouble(error.message)
    }
    return staging.path
  }

  /// Puts the site in place in one step.
  ///
  /// - Throws: `BuildTrouble`, with the old site in place.
  public consuming func publish() throws -> BuildReport {
    var report = report
    do throws(StagingError) {
      let done = try staging.commit()
      report.written = done.written
      report.carriedOver = done.carriedOver
      remembrance.keep(staging, isUnchanged: done.isUnchanged)
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
  let worked = try await work(folders, options, on: disk, into: staging, progress: progress)
  return StagedSite(worked, options, in: staging)
}

/// Looks at everything that `build` looks at, and writes nothing.
public func check(
  _ folders: SiteFolders, _ options: BuildOptions, on disk: Disk,
  progress: @escaping @Sendable (BuildStep) -> Void = { _ in }
) async throws -> BuildReport {
  try requireContent(folders, on: disk)
  return try await work(folders, options, on: disk, into: nil, progress: progress).report
}

/// Without the folder itself there is nothing to look at, and nothing to write.
public func requireContent(_ folders: SiteFolders, on disk: Disk) throws {
  do throws(DiskError) {
    _ = try disk.list(folders.content)
  } catch {
    throw BuildTrouble(
      "读不到 \(folders.content)：\(error.message)\n请在有 content/ 的文件夹里运行，或写明它的路径，例如 gongkai build 路径/content")
  }
}

/// What the way has led to, before anything is put in place.
private struct WorkedSite: Sendable {
  var report: BuildReport
  var remembrance: Remembrance
}

/// The whole way: a unit goes through the steps by itself, beside others; only small values stay in memory.
private func work(
  _ folders: SiteFolders, _ options: BuildOptions, on disk: Disk, into staging: Staging?,
  progress: @escaping @Sendable (BuildStep) -> Void
) async throws -> WorkedSite {
  var report = BuildReport(outcome: .checked, findings: [])
  let memory = staging.flatMap { staging in
    folders.memory.flatMap { Memory(in: $0, output: staging.site) }
  }
  guard let site = try SiteWork(folders, options, on: disk, findings: &report.findings) else {
    return WorkedSite(report: report, remembrance: Remembrance())
  }
  report.siteName = site.frame.settings.name.isEmpty ? nil : site.frame.settings.name
  let output = staging.map { PageOutput.staging($0, site.reader) } ?? .nowhere
  let renderer = site.renderer
  let kinds = site.frame.library.kinds

  let outcomes = try await eachUnit(site.slugs, jobs: options.jobs, renderer: renderer, progress: progress) {
    slug, renderer in
    if site.gone.contains(slug) { return site.outcome(ofGone: slug) }
    let outcome = try site.work(
      on: slug, renderer, known: memory?.unit(slug, kinds: kinds),
      written: memory?.writtenPages(slug) ?? [], start: memory?.start, to: output)
    // Kept at once: a run that is refused or killed has not worked in vain.
    if let record = outcome.record, !outcome.isKnown { memory?.save(record, of: slug) }
    return outcome
  }
  report.take(outcomes)
  let overview = try site.overview(
    of: outcomes.compactMap(\.summary), renderer, known: memory?.unit(Memory.site, kinds: kinds),
    written: memory?.writtenPages(Memory.site) ?? [], to: output)
  if let record = overview.record, !overview.isKnown { memory?.save(record, of: Memory.site) }
  report.takePages(of: overview)
  report.findings += site.findings(across: outcomes.compactMap(\.summary))
  if site.frame.isWhole, options.unit == nil { report.pages += site.archived.pageCount }
  if let staging, site.frame.isWhole {
    try site.times.measure(.write) { try site.carryOver(besides: overview, to: staging) }
  }
  report.findings = report.findings.inReadingOrder()
  report.times = site.times.all
  return WorkedSite(report: report, remembrance: Remembrance(memory, outcomes + [overview]))
}

extension BuildReport {
  fileprivate mutating func take(_ outcomes: [UnitOutcome]) {
    for outcome in outcomes {
      takePages(of: outcome)
      ties += outcome.ties
      guard let summary = outcome.summary else {
        held.append(outcome.slug)
        continue
      }
      units += 1
      covered.append(ReportedUnit(summary))
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

  fileprivate mutating func takePages(of outcome: UnitOutcome) {
    findings += outcome.findings
    pages += outcome.pageCount
    made += outcome.made.count
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

extension ReportedUnit {
  /// A unit as the site knows it.
  fileprivate init(_ summary: UnitSummary) {
    self.init(
      slug: summary.slug, name: summary.unit.name,
      documents: summary.documents.map { document in
        Document(
          year: document.year, kind: document.kind.id, kindTitle: document.kind.title, title: document.title,
          heldReason: document.heldReason)
      })
  }
}
