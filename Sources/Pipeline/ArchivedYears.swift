import Archive
import Content
import Diagnostics
import Files
import Forms
import Site

/// The disclosures that bags of archived years hold: their pages are carried over, never made anew.
struct ArchivedYears: Sendable {
  /// One disclosure, where it lies.
  struct Entry: Sendable {
    let bag: Bag
    let year: Int
    let kind: String
    /// SHA-512 of its sources by their name in the disclosure's folder.
    var sources: [String: String] = [:]
    /// SHA-512 of its pages and files by their path in the site.
    var pages: [String: String] = [:]

    var key: String { "\(year)/\(kind)" }
  }

  /// By unit and then `year/kind`.
  private(set) var entries: [String: [String: Entry]] = [:]
  /// SHA-512 of the assets that archived pages need, by path, and the bag of each.
  private(set) var assets: [String: (bag: Bag, digest: String)] = [:]
  /// SHA-512 of the lists of pages, by their path in the site.
  private var lists: [String: (bag: Bag, digest: String)] = [:]
  private let disk: Disk

  /// Reads the manifests of all bags in a folder.
  init(in folder: String, on disk: Disk) throws(BagError) {
    self.disk = disk
    for bag in try BagShelf(folder, disk: disk).bags() {
      for key in try bag.disclosures() {
        let parts = Path.components(key)
        guard parts.count == 3, let year = Int(parts[1]), entries[parts[0]]?["\(year)/\(parts[2])"] == nil
        else { continue }
        entries[parts[0], default: [:]]["\(year)/\(parts[2])"] = Entry(bag: bag, year: year, kind: parts[2])
      }
      for (path, digest) in try bag.payload() { sort(path, digest, of: bag) }
    }
  }

  private mutating func sort(_ path: String, _ digest: String, of bag: Bag) {
    let parts = Path.components(path)
    if path == Payload.pages {
      lists[Self.listPath(of: bag)] = (bag, digest)
    } else if parts.count >= 5, parts[0] == Payload.site,
      entries[parts[1]]?["\(parts[2])/\(parts[3])"]?.bag.name == bag.name
    {
      entries[parts[1]]?["\(parts[2])/\(parts[3])"]?.pages[parts.dropFirst().joined(separator: "/")] = digest
    } else if parts.count >= 6, parts[0] == Payload.source, parts[1] == "content",
      entries[parts[2]]?["\(parts[3])/\(parts[4])"]?.bag.name == bag.name
    {
      entries[parts[2]]?["\(parts[3])/\(parts[4])"]?.sources[parts.dropFirst(5).joined(separator: "/")] =
        digest
    } else if parts.count > 2, parts[0] == Payload.site, parts[1] == "assets" {
      assets[parts.dropFirst().joined(separator: "/")] = (bag, digest)
    }
  }

  var units: [String] { entries.keys.sorted(by: Path.precedes) }

  func holds(_ disclosure: Disclosure) -> Bool { entries[disclosure.unit.slug]?[disclosure.key] != nil }

  /// The summary of a unit with what its bags hold besides, and with the bags named.
  func completing(_ summary: UnitSummary) -> UnitSummary {
    guard let entries = entries[summary.slug] else { return summary }
    var whole = summary.adding(unit(summary.slug, without: Set(summary.documents.map(\.key))))
    for index in whole.documents.indices {
      guard let bag = entries[whole.documents[index].key]?.bag else { continue }
      whole.documents[index].archive = UnitSummary.Archive(
        name: bag.name.text, listPath: Self.listPath(of: bag))
    }
    return whole
  }

  /// Where the site shows the pages of a bag with their digests.
  private static func listPath(of bag: Bag) -> String { "archive/\(bag.name.text)/\(Payload.pages)" }

  /// All such lists.
  var listPaths: [String] { lists.keys.sorted(by: Path.precedes) }

  /// Writes the archived pages with their assets, as they were on the day of archiving.
  ///
  /// - Parameter present: Paths that the site has written itself.
  func carryOver(besides present: Set<String>, write: (String, [UInt8]) throws -> Void) throws {
    for unit in units {
      for (_, entry) in (entries[unit] ?? [:]).sorted(by: { Path.precedes($0.key, $1.key) }) {
        for (path, digest) in entry.pages.sorted(by: { Path.precedes($0.key, $1.key) }) {
          try write(path, try entry.bag.readUnchanged(Path.join(Payload.site, path), digest: digest))
        }
      }
    }
    for (path, asset) in assets.sorted(by: { Path.precedes($0.key, $1.key) }) where !present.contains(path) {
      try write(path, try asset.bag.readUnchanged(Path.join(Payload.site, path), digest: asset.digest))
    }
    for (path, list) in lists.sorted(by: { Path.precedes($0.key, $1.key) }) {
      try write(path, try list.bag.readUnchanged(Payload.pages, digest: list.digest))
    }
  }

  /// All paths in the site at which archived files lie.
  var paths: Set<String> {
    Set(entries.values.flatMap { $0.values.flatMap(\.pages.keys) } + assets.keys + lists.keys)
  }

  /// An archived file, by its path in the site.
  ///
  /// - Throws: `BuildTrouble` where the bag does not hold it as it was archived.
  func file(at path: String) throws -> [UInt8]? {
    let parts = Path.components(path)
    do throws(BagError) {
      if parts.count > 3, let entry = entries[parts[0]]?["\(parts[1])/\(parts[2])"],
        let digest = entry.pages[path]
      {
        return try entry.bag.readUnchanged(Path.join(Payload.site, path), digest: digest)
      }
      if let asset = assets[path] {
        return try asset.bag.readUnchanged(Path.join(Payload.site, path), digest: asset.digest)
      }
      return try lists[path].map { list throws(BagError) in
        try list.bag.readUnchanged(Payload.pages, digest: list.digest)
      }
    } catch {
      throw BuildTrouble(error.message)
    }
  }

  /// How many of the carried files are pages.
  var pageCount: Int { entries.values.reduce(0) { $0 + $1.count } }

  // MARK: Units and disclosures whose content is gone

  /// A unit as its archived sources say; of its disclosures those that the bags hold.
  func unit(_ slug: String, without present: Set<String> = []) -> BoundUnit? {
    var whole: BoundUnit?
    let bags = Dictionary(grouping: (entries[slug] ?? [:]).values) { $0.bag.name }
    for name in bags.keys.sorted() {
      guard let entries = bags[name], let bag = entries.first?.bag else { continue }
      let keys = Set(entries.map(\.key)).subtracting(present)
      guard !keys.isEmpty, var unit = boundUnit(slug, in: bag) else { continue }
      unit.disclosures.removeAll { !keys.contains($0.key) }
      unit.disclosures = (whole?.disclosures ?? []) + unit.disclosures
      whole = unit
    }
    whole?.disclosures.sort { ($0.year, $0.kind.id) < ($1.year, $1.kind.id) }
    return whole
  }

  /// A unit's archived sources, bound to the forms that were archived with them.
  func boundUnit(_ slug: String, in bag: Bag) -> BoundUnit? {
    var unused: [Finding] = []
    let source = bag.path("data/" + Payload.source)
    var folders = SiteFolders(content: Path.join(source, "content"))
    folders.catalogue = Path.join(source, YearSources.catalogue)
    let reader = Reader(disk: disk, folders: folders)
    let library = reader.readLibrary(&unused)
    return bind(
      parse(reader.read(unit: slug, findings: &unused), findings: &unused), to: library, findings: &unused)
  }
}
