/// All files below a folder, and what could not be followed.
public struct FileTree: Hashable, Sendable {
  public struct File: Hashable, Sendable {
    /// From the root of the tree, with slashes: `jiaoyuju/2025/budget/narrative.md`.
    public let path: String
    public let size: Int
    /// See `DirectoryEntry.stamp`.
    public var stamp: FileStamp?

    public init(path: String, size: Int, stamp: FileStamp? = nil) {
      self.path = path
      self.size = size
      self.stamp = stamp
    }
  }

  /// Sorted by the bytes of the paths, so that the same tree is always met in the same order.
  public var files: [File] = []
  /// Paths of the folders below the root, sorted like the files.
  public var folders: [String] = []
  /// With paths from the root of the tree, sorted like the files; the root itself has the empty path.
  public var problems: [DiskError] = []

  public init(files: [File] = [], problems: [DiskError] = []) {
    self.files = files
    self.problems = problems
  }
}

extension Disk {
  /// Walks a folder to its leaves, without ever leaving it.
  ///
  /// Links to folders are not entered, whether they lead out, in a circle or to a neighbour: one place, one
  /// name. A link to a file counts as that file as long as the file lies in the tree. Hidden files and what
  /// editors and office programs leave behind are passed over in silence; all else is a file or a problem.
  public func fileTree(at root: String, depthLimit: Int = 32) -> FileTree {
    var walk = TreeWalk(disk: self, root: root, depthLimit: depthLimit)
    walk.run()
    return walk.tree
  }
}

private struct TreeWalk {
  let disk: Disk
  let root: String
  let depthLimit: Int
  var tree = FileTree()
  /// The real path of the root, asked for when the first link is met.
  private var realRoot: String?
  private var pending: [(folder: String, depth: Int)] = []

  init(disk: Disk, root: String, depthLimit: Int) {
    self.disk = disk
    self.root = root
    self.depthLimit = depthLimit
  }

  mutating func run() {
    pending = [("", 0)]
    while let (folder, depth) = pending.popLast() {
      do {
        for entry in try disk.list(Path.join(root, folder)) where !isLitter(entry.name) {
          meet(entry, at: Path.join(folder, entry.name), depth: depth)
        }
      } catch {
        report(error.reason, at: folder)
      }
    }
    tree.files.sort { Path.precedes($0.path, $1.path) }
    tree.folders.sort { Path.precedes($0, $1) }
    tree.problems.sort { Path.precedes($0.path, $1.path) }
  }

  private mutating func meet(_ entry: DirectoryEntry, at path: String, depth: Int) {
    switch entry.kind {
    case .file: tree.files.append(.init(path: path, size: entry.size, stamp: entry.stamp))
    case .folder where depth >= depthLimit: report(.tooDeep(limit: depthLimit), at: path)
    case .folder:
      tree.folders.append(path)
      pending.append((path, depth + 1))
    case .linkToFile:
      do throws(DiskError) {
        if try leadsInside(path) {
          tree.files.append(.init(path: path, size: entry.size, stamp: entry.stamp))
        } else {
          report(.linkLeavesFolder, at: path)
        }
      } catch {
        report(error.reason, at: path)
      }
    case .linkToFolder: report(.linkToFolder, at: path)
    case .brokenLink(let reason): report(reason, at: path)
    case .other: report(.notRegularFile, at: path)
    case .nameNotUTF8: report(.nameNotUTF8, at: path)
    }
  }

  private mutating func leadsInside(_ path: String) throws(DiskError) -> Bool {
    if realRoot == nil { realRoot = try disk.realPath(root) }
    return Path.isBelow(try disk.realPath(Path.join(root, path)), folder: realRoot ?? "")
  }

  private mutating func report(_ reason: DiskError.Reason, at path: String) {
    tree.problems.append(DiskError(path, reason))
  }
}

/// Tells whether a name is one that nobody means to publish: hidden, or left behind by a program.
///
/// `.git`, `.~lock.表.csv#` (LibreOffice), `~$表.xlsx` (Excel, WPS), `表.csv~` (Emacs), `#表.csv#` (Emacs),
/// `表.csv.swp` (Vim), `Thumbs.db` and `desktop.ini` (Windows).
func isLitter(_ name: String) -> Bool {
  let bytes = name.utf8
  if bytes.first == UInt8(ascii: ".") || bytes.last == UInt8(ascii: "~") { return true }
  if bytes.starts(with: "~$".utf8) || name == "Thumbs.db" || name == "desktop.ini" { return true }
  if bytes.count > 2, bytes.first == UInt8(ascii: "#"), bytes.last == UInt8(ascii: "#") { return true }
  return bytes.suffix(4).elementsEqual(".swp".utf8)
}
