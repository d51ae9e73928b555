/// A file that a disk shows at a path of its own.
public struct ShownFile: Sendable {
  public enum Source: Sendable {
    /// On the disk that lies beneath.
    case file(String)
    case bytes([UInt8])
  }

  public var path: String
  public var size: Int
  public var source: Source

  public init(_ path: String, size: Int, from file: String) {
    self.path = path
    self.size = size
    source = .file(file)
  }

  public init(_ path: String, _ bytes: [UInt8]) {
    self.path = path
    size = bytes.count
    source = .bytes(bytes)
  }
}

extension Disk {
  /// A disk that shows these files, some of them lying on this disk, and nothing else.
  ///
  ///     let small = Disk.real.showing([ShownFile("content/site.yaml", size: 80, from: "/srv/site/content/site.yaml")])
  public func showing(_ files: [ShownFile]) -> Disk {
    let view = FileView(files)
    return Disk(
      list: { folder throws(DiskError) in try view.list(folder) },
      readUpTo: { path, limit throws(DiskError) in
        switch try view.source(of: path) {
        case .file(let real): return try self.readUpTo(real, limit)
        case .bytes(let bytes):
          if bytes.count > limit { throw DiskError(path, .tooLarge(limit: limit)) }
          return bytes
        }
      },
      realPath: { path throws(DiskError) in try view.realPath(path) })
  }

  /// This disk as seen from a folder: its files are at the root, and nothing lies outside.
  public func rooted(at folder: String) -> Disk {
    Disk(
      list: { path throws(DiskError) in try self.list(Path.join(folder, path)) },
      readUpTo: { path, limit throws(DiskError) in try self.readUpTo(Path.join(folder, path), limit) },
      realPath: { path throws(DiskError) in try self.realPath(Path.join(folder, path)) })
  }
}
