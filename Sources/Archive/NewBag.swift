import Files

/// A bag on its way to the disk: whole in one step, or not there at all, and never over another.
public final class NewBag {
  public let folder: String
  private let disk: Disk
  private let staging: Staging
  private var maker = BagMaker()

  /// - Parameter folder: Where the bag is to lie; nothing may be there.
  public init(at folder: String, awayFrom sources: [String] = [], on disk: Disk = .real) throws(BagError) {
    self.folder = folder
    self.disk = disk
    try Self.requireNothing(at: folder, on: disk)
    do throws(StagingError) {
      staging = try Staging.begin(for: folder, awayFrom: sources)
    } catch {
      throw BagError(error.message)
    }
  }

  /// Writes a payload file.
  public func add(_ path: String, _ bytes: [UInt8]) throws(BagError) {
    try write(try maker.add(path, bytes))
  }

  /// The digest of a payload file that was added.
  public func digest(of path: String) -> String? { maker.digest(of: path) }

  /// Writes the tag files and puts the bag in its place, safe from a loss of power.
  public func seal(_ info: BagInfo) throws(BagError) {
    for file in try maker.tagFiles(info) { try write(file) }
    try Self.requireNothing(at: folder, on: disk)
    do throws(StagingError) {
      try staging.commit(durably: true)
    } catch {
      throw BagError(error.message)
    }
  }

  /// Throws away what was written.
  public func abandon() { staging.abandon() }

  private func write(_ file: BagFile) throws(BagError) {
    do throws(StagingError) {
      try staging.write(file.path, file.bytes)
    } catch {
      throw BagError(error.message)
    }
  }

  private static func requireNothing(at folder: String, on disk: Disk) throws(BagError) {
    let above = Path.folder(of: folder)
    let name = Path.lastComponent(folder)
    guard let entries = try? disk.list(above), entries.contains(where: { $0.name == name }) else { return }
    throw BagError("\(folder) 已经有了；存档从不覆盖")
  }
}
