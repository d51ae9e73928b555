import Glibc

/// Everything that lies in a folder, hidden or not, by path; folders themselves are not counted.
public struct FolderContents: Sendable {
  struct Entry: Hashable, Sendable {
    var device: UInt
    var inode: UInt
    var size: Int
    var isFile: Bool
  }

  let root: String
  /// By the bytes of the path: two spellings of a name are two files.
  private(set) var entries: [[UInt8]: Entry] = [:]
  /// The first path at which another file system is mounted.
  private(set) var mounted: String?

  /// Nothing, where there is no such folder.
  public init(of root: String) throws(StagingError) {
    self.root = root
    guard let status = try? stat.of(root, following: false) else { return }
    var pending = [""]
    try onDisk { () throws(DiskError) in
      while let folder = pending.popLast() {
        let path = Path.join(root, folder)
        let open = try Descriptor(path, flags: O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK)
        for raw in try rawEntries(of: open.number, path: path) {
          let bytes = raw.name.dropLast().map { UInt8(bitPattern: $0) }
          guard let name = String(validating: bytes, as: UTF8.self) else {
            // Cannot be looked at by name: there, and different from everything.
            let shown = String(decoding: bytes, as: UTF8.self)
            entries[Array(Path.join(folder, shown).utf8)] = Entry(device: 0, inode: 0, size: 0, isFile: false)
            continue
          }
          let below = Path.join(folder, name)
          let entry = try stat.of(name, in: open.number, following: false)
          if entry.st_dev != status.st_dev, mounted == nil { mounted = below }
          if entry.isFolder {
            pending.append(below)
          } else {
            entries[Array(below.utf8)] = Entry(
              device: UInt(entry.st_dev), inode: UInt(entry.st_ino), size: Int(entry.st_size),
              isFile: entry.isFile)
          }
        }
      }
    }
  }

  /// All paths, sorted by their bytes.
  public var paths: [String] { Self.sorted(entries.keys) }

  /// The paths that this folder has and the other has not.
  public func paths(missingIn other: FolderContents) -> [String] {
    Self.sorted(entries.keys.filter { other.entries[$0] == nil })
  }

  /// The paths that both have, with other bytes.
  ///
  /// Files that are one and the same (hard links) are not read.
  public func paths(changedIn other: FolderContents) throws(StagingError) -> [String] {
    var changed: [[UInt8]] = []
    for (path, here) in entries {
      guard let there = other.entries[path] else { continue }
      if here.isFile, there.isFile {
        if here.device == there.device, here.inode == there.inode { continue }
        let name = String(decoding: path, as: UTF8.self)
        if here.size == there.size, try bytes(of: name) == other.bytes(of: name) { continue }
      }
      changed.append(path)
    }
    return Self.sorted(changed)
  }

  /// The bytes of a file.
  public func bytes(of path: String) throws(StagingError) -> [UInt8] {
    try onDisk { () throws(DiskError) in try Disk.real.read(Path.join(root, path), limit: 1 << 30) }
  }

  private static func sorted(_ paths: some Sequence<[UInt8]>) -> [String] {
    paths.map { String(decoding: $0, as: UTF8.self) }.sorted(by: Path.precedes)
  }
}
