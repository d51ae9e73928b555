import Glibc

/// A folder of small records that a program keeps for itself between its runs, and could do without.
///
/// Every record carries a digest of itself: one that is damaged, cut short or gone is simply not there. A
/// record takes its place in one step, so that two programs never mix theirs.
public struct RecordFolder: Sendable {
  public let path: String

  public init(_ path: String) { self.path = path }

  /// The record of a name; nil where there is none that is whole.
  public func load(_ name: String) -> [UInt8]? {
    guard Path.faultBelowFolder(name) == nil,
      let bytes = try? Disk.real.read(Path.join(path, name), limit: Self.limit), bytes.count > Self.digits
    else { return nil }
    let record = Array(bytes.dropLast(Self.digits))
    guard let digest = try? sha256(record), bytes.suffix(Self.digits).elementsEqual(digest.utf8) else {
      return nil
    }
    return record
  }

  /// Keeps a record; where that is not possible, nothing is kept.
  public func save(_ record: [UInt8], as name: String) {
    guard Path.faultBelowFolder(name) == nil, let digest = try? sha256(record) else { return }
    let place = Path.join(path, name)
    let draft = place + ".\(getpid())"
    do throws(DiskError) {
      try makeFolders(Path.folder(of: place))
      let file = try Descriptor(draft, flags: O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, mode: 0o644)
      try writeAll(record + Array(digest.utf8), to: file.number, path: draft)
    } catch {
      unlink(draft)
      return
    }
    if rename(draft, place) != 0 { unlink(draft) }
  }

  /// Removes the records whose names are not among these.
  public func keepOnly(_ names: Set<String>) {
    for entry in (try? Disk.real.list(path)) ?? [] where entry.kind == .file && !names.contains(entry.name) {
      unlink(Path.join(path, entry.name))
    }
  }

  /// The stamp that a file written here now gets: what the file system takes for the present moment.
  public func present() -> FileStamp? {
    let draft = Path.join(path, "now.\(getpid())")
    defer { unlink(draft) }
    do throws(DiskError) {
      try makeFolders(path)
      let file = try Descriptor(draft, flags: O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, mode: 0o644)
      return FileStamp(try file.status(draft))
    } catch {
      return nil
    }
  }

  private static let limit = 256 << 20
  private static let digits = 64
}
