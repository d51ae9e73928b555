import Files

/// A bag that lies on the disk.
public struct Bag: Sendable {
  public let name: BagName
  public let folder: String
  let disk: Disk

  public init(_ name: BagName, folder: String, disk: Disk) {
    self.name = name
    self.folder = folder
    self.disk = disk
  }

  /// The largest file that is read whole.
  static let limit = 1 << 30

  public func info() throws(BagError) -> BagInfo { BagInfo(reading: try bytes(BagLayout.info)) }

  /// What a bag of the next year refers to.
  public func tagManifestDigest() throws(BagError) -> String {
    try sha512Digest(try bytes(BagLayout.tagManifest))
  }

  /// The digests of the payload by path below `data/`, as the manifest says.
  public func payload() throws(BagError) -> [String: String] {
    var badLines: [Int] = []
    let manifest = BagManifest(reading: try bytes(BagLayout.manifest), badLines: &badLines)
    if let line = badLines.first { throw BagError("\(path(BagLayout.manifest)) 第 \(line) 行不是清单的写法") }
    var payload: [String: String] = [:]
    for path in manifest.paths where path.hasPrefix(BagLayout.payload) {
      payload[String(path.dropFirst(BagLayout.payload.count))] = manifest[path]
    }
    return payload
  }

  /// A payload file, given by its path below `data/`.
  public func read(_ path: String) throws(BagError) -> [UInt8] { try bytes(BagLayout.payload + path) }

  /// A payload file whose bytes are those of the day it was archived.
  public func readUnchanged(_ path: String, digest wanted: String) throws(BagError) -> [UInt8] {
    let bytes = try read(path)
    guard try sha512Digest(bytes) == wanted else {
      throw BagError("\(self.path(BagLayout.payload + path)) 的内容与封存时不同；请运行 gongkai verify \(name.year)")
    }
    return bytes
  }

  /// Where a file of the bag lies, as messages print it.
  public func path(_ file: String) -> String { Path.join(folder, file) }

  func bytes(_ file: String) throws(BagError) -> [UInt8] {
    try onDisk { () throws(DiskError) in try disk.read(path(file), limit: Self.limit) }
  }
}

/// The folder of all bags, `archive/`.
public struct BagShelf: Sendable {
  public let folder: String
  let disk: Disk

  public init(_ folder: String, disk: Disk) {
    self.folder = folder
    self.disk = disk
  }

  /// All bags, oldest year first; none where there is no such folder.
  public func bags() throws(BagError) -> [Bag] {
    let entries: [DirectoryEntry]
    do throws(DiskError) {
      entries = try disk.list(folder)
    } catch {
      if error.reason == .notFound { return [] }
      throw BagError(error.description)
    }
    return entries.filter { $0.kind == .folder }.compactMap { entry in BagName(entry.name).map { bag($0) } }
      .sorted { $0.name < $1.name }
  }

  /// What lies among the bags and is none.
  public func strangers() -> [String] {
    ((try? disk.list(folder)) ?? []).filter { entry in
      !entry.name.hasPrefix(".") && (entry.kind != .folder || BagName(entry.name) == nil)
    }.map(\.name)
  }

  public func bag(_ name: BagName) -> Bag { Bag(name, folder: Path.join(folder, name.text), disk: disk) }

  /// The bag that a new one is chained to: the nearest before it, or else the nearest after it.
  public func predecessor(of name: BagName) throws(BagError) -> Bag? {
    let bags = try bags()
    return bags.last { $0.name < name } ?? bags.first
  }
}
