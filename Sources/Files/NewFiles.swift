import CExchange
import Glibc

/// A file that is to be made.
public struct NewFile: Sendable, Hashable {
  /// From the folder it is written below, with slashes.
  public var path: String
  public var bytes: [UInt8]

  public init(_ path: String, _ text: String) {
    self.path = path
    bytes = Array(text.utf8)
  }
}

/// Writes new files below a folder: all of them or none, and never over anything that is there.
///
/// They are written into a folder of their own first and then moved to their places, whole folders in one step.
/// The folder itself, and those above it, are made where they are missing.
public func writeNewFiles(_ files: [NewFile], below folder: String) throws(DiskError) {
  for file in files {
    if let fault = Path.faultBelowFolder(file.path) { throw DiskError(file.path, .notAPath(fault)) }
  }
  try makeFolders(folder)
  let draft = Path.join(folder, ".gongkai-draft-\(getpid())")
  guard mkdir(draft, 0o755) == 0 else { throw DiskError(draft, errno: errno) }
  var moved: [String] = []
  do throws(DiskError) {
    for file in files { try write(file, below: draft) }
    for root in roots(of: files, below: folder) {
      let target = Path.join(folder, root)
      let fault = gongkai_move(Path.join(draft, root), target)
      guard fault == 0 else { throw DiskError(target, errno: fault) }
      moved.append(root)
    }
  } catch {
    // What was moved goes back, and away with the rest.
    for root in moved.reversed() { _ = gongkai_move(Path.join(folder, root), Path.join(draft, root)) }
    try? removeTree(draft, in: AT_FDCWD, path: draft)
    throw error
  }
  try removeTree(draft, in: AT_FDCWD, path: draft)
}

private func write(_ file: NewFile, below draft: String) throws(DiskError) {
  let path = Path.join(draft, file.path)
  try makeFolders(Path.folder(of: path))
  let open = try Descriptor(path, flags: O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o644)
  try writeAll(file.bytes, to: open.number, path: path)
}

/// What is moved as a whole: for each file the uppermost folder that is not there yet, or the file itself.
private func roots(of files: [NewFile], below folder: String) -> [String] {
  var roots: [String] = []
  for file in files {
    var root = ""
    for component in Path.components(file.path) {
      root = Path.join(root, component)
      if (try? stat.of(Path.join(folder, root), following: false)) == nil { break }
    }
    if !roots.contains(root) { roots.append(root) }
  }
  return roots
}
