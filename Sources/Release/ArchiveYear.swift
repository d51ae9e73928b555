import Archive
import Diagnostics
import Files
import Pipeline

/// What became of the wish to archive a year.
public enum ArchiveOutcome: Sendable {
  /// A new bag lies in the archive.
  case archived(NewArchive)
  /// Everything of the year is archived already, in these bags.
  case unchanged([BagName])
  /// The site has nothing of this year.
  case nothingOfYear
  /// The site has open errors, or no longer matches what is archived.
  case refused(BuildReport)
  /// The bags there are damaged: nothing is chained to them.
  case damaged([Finding])
}

/// A bag that was just made.
public struct NewArchive: Sendable {
  public var name: BagName
  public var folder: String
  /// The bag that it is chained to.
  public var previous: BagName?
  public var disclosures: Int
  public var pages: Int
  public var files: Int
  public var waived: Int
}

/// Which year to archive, and how its pages are published.
public struct ArchiveOptions: Sendable {
  public var year: Int
  /// Name and version of the program, for the bag.
  public var program: String
  public var build: BuildOptions

  public init(year: Int, program: String, build: BuildOptions) {
    self.year = year
    self.program = program
    self.build = build
  }
}

/// Field of the base path that the pages were made with.
let basePathField = "Base-Path"
/// RFC 8493: which program made the bag.
let programField = "Bag-Software-Agent"

/// Freezes one year: pages, sources, tables and report of its disclosures in a bag of their own.
///
/// The site must be fit for publication. Disclosures that an earlier bag of the year holds are left to it; what
/// came later goes into a supplement. The bag is made from the very sources that it holds, so it needs nothing
/// that is not in it.
/// - Throws: `BuildTrouble` or `BagError` for what nobody can mend in `content/`.
public func archive(
  _ folders: SiteFolders, _ options: ArchiveOptions, on disk: Disk = .real,
  progress: @escaping @Sendable (BuildStep) -> Void = { _ in }
) async throws -> ArchiveOutcome {
  let report = try await check(folders, options.build, on: disk, progress: progress)
  guard report.count(.error) == 0, !options.build.strict || report.count(.warning) == 0 else {
    return .refused(report)
  }
  let shelf = BagShelf(folders.archive, disk: disk)
  let bags = try shelf.bags()
  let damage = bags.flatMap { verify($0) } + verifyChain(of: bags, in: shelf)
  guard damage.isEmpty else { return .damaged(damage) }

  let earlier = bags.filter { $0.name.year == options.year }
  let known = try earlier.reduce(into: Set<String>()) { $0.formUnion(try $1.disclosures()) }
  let sources = try gatherSources(of: options.year, without: known, folders, on: disk)
  guard !sources.disclosures.isEmpty else {
    return earlier.isEmpty ? .nothingOfYear : .unchanged(earlier.map(\.name))
  }
  let name = BagName(year: options.year, part: (earlier.last?.name.part ?? 0) + 1)
  let previous = try shelf.predecessor(of: name)
  let bag = try NewBag(
    at: shelf.bag(name).folder, awayFrom: [folders.content, folders.theme].compactMap(\.self), on: disk)
  do {
    let made = try fill(bag, from: sources, options, on: disk, progress: progress)
    try bag.seal(try info(of: made.site, name, previous: previous, program: options.program))
    return .archived(
      NewArchive(
        name: name, folder: bag.folder, previous: previous?.name, disclosures: sources.disclosures.count,
        pages: made.site.pages.count, files: made.files, waived: made.site.findings.count { $0.waived != nil }
      ))
  } catch {
    bag.abandon()
    throw error
  }
}

/// Writes the payload: first the sources, then what is made from them and nothing else.
private func fill(
  _ bag: NewBag, from sources: YearSources, _ options: ArchiveOptions, on disk: Disk,
  progress: (BuildStep) -> Void
) throws -> (site: YearSite, files: Int) {
  let view = disk.showing(sources.files)
  var files = 0
  func add(_ path: String, _ bytes: [UInt8]) throws {
    try bag.add(path, bytes)
    files += 1
  }
  for file in sources.files {
    try add(Path.join(Payload.source, file.path), try readSource(file.path, on: view))
  }
  let site = try renderYear(
    of: sources.disclosures, YearSources.folders, basePath: options.build.basePath, on: view,
    progress: progress
  ) { path, bytes, isTable in
    try add(Path.join(Payload.site, path), bytes)
    if isTable { try add(Path.join(Payload.tables, path), bytes) }
  }
  guard let site else { throw BuildTrouble("存档的源文件不能独立生成网页") }
  try add(Payload.pages, site.pageList { bag.digest(of: Path.join(Payload.site, $0)) })
  let report = ArchiveReport(site.findings, lines: view)
  try add(Path.join(Payload.report, "check.txt"), Array(report.text.utf8))
  try add(Path.join(Payload.report, "check.json"), Array(report.json.utf8))
  return (site, files)
}

private func readSource(_ path: String, on disk: Disk) throws -> [UInt8] {
  do throws(DiskError) {
    return try disk.read(path, limit: 1 << 30)
  } catch {
    throw BuildTrouble(error.description)
  }
}

private func info(of site: YearSite, _ name: BagName, previous: Bag?, program: String) throws -> BagInfo {
  let settings = site.settings
  var info = BagInfo([
    ("Source-Organization", settings.organiser),
    ("External-Identifier", "\(settings.siteCode)-\(name.text)"),
    (
      "External-Description",
      "\(settings.name) \(name.year) 年度公开信息存档" + (name.part > 1 ? "（补充 \(name.part)）" : "")
    ),
    ("Bag-Group-Identifier", "\(settings.siteCode)-\(name.year)"),
  ])
  if let date = site.lastPublished { info.add("Bagging-Date", date) }
  info.add(programField, program)
  info.add(basePathField, settings.basePath)
  if let previous {
    info.add(BagInfo.previousBag, previous.name.text)
    info.add(BagInfo.previousDigest, try previous.tagManifestDigest())
  }
  return info
}
