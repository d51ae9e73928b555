/// The disk as far as reading goes: a value, so that a test hands over a folder in memory.
public struct Disk: Sendable {
  /// What lies in a folder, sorted by the bytes of the names, hidden files and all.
  public var list: @Sendable (_ folder: String) throws(DiskError) -> [DirectoryEntry]

  /// The bytes of a regular file no larger than the limit.
  public var readUpTo: @Sendable (_ path: String, _ limit: Int) throws(DiskError) -> [UInt8]

  /// The absolute path of what a path names once every symbolic link is followed.
  public var realPath: @Sendable (_ path: String) throws(DiskError) -> String

  public init(
    list: @escaping @Sendable (_ folder: String) throws(DiskError) -> [DirectoryEntry],
    readUpTo: @escaping @Sendable (_ path: String, _ limit: Int) throws(DiskError) -> [UInt8],
    realPath: @escaping @Sendable (_ path: String) throws(DiskError) -> String
  ) {
    self.list = list
    self.readUpTo = readUpTo
    self.realPath = realPath
  }

  /// 64 MiB: far above any disclosure, far below what would exhaust the memory.
  public static let standardLimit = 64 << 20

  /// The bytes of a regular file; a file above the limit is refused before it is read.
  public func read(_ path: String, limit: Int = Disk.standardLimit) throws(DiskError) -> [UInt8] {
    try readUpTo(path, limit)
  }
}

/// One name in a folder.
public struct DirectoryEntry: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    case file
    case folder
    case linkToFile
    case linkToFolder
    /// A link that leads nowhere, in a circle, or where nobody may look.
    case brokenLink(DiskError.Reason)
    /// A pipe, socket or device, or a link to one.
    case other
    /// The name is not UTF-8; `name` shows it with its odd bytes as `\x…`.
    case nameNotUTF8
  }

  public let name: String
  public let kind: Kind
  /// The size in bytes of a file, or of the file a link leads to; otherwise 0.
  public let size: Int
  /// What tells this state of a file from every other; nil where the disk cannot say.
  public var stamp: FileStamp?

  public init(name: String, kind: Kind, size: Int = 0, stamp: FileStamp? = nil) {
    self.name = name
    self.kind = kind
    self.size = size
    self.stamp = stamp
  }
}
