import Glibc

/// Writes a file that the program makes for itself, in one step; what is there is replaced only if it is such a file.
///
/// - Parameter mark: Words that every such file holds near its beginning.
/// - Returns: False, with nothing changed, where something else is there.
public func replaceOwnFile(_ path: String, with bytes: [UInt8], mark: String) throws(DiskError) -> Bool {
  if let old = try? stat.of(path, following: false) {
    guard old.isFile, try isMarked(path, mark) else { return false }
  }
  let draft = path + ".gongkai-draft-\(getpid())"
  let open = try Descriptor(draft, flags: O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o644)
  do throws(DiskError) {
    try writeAll(bytes, to: open.number, path: draft)
  } catch {
    _ = unlink(draft)
    throw error
  }
  guard rename(draft, path) == 0 else {
    let number = errno
    _ = unlink(draft)
    throw DiskError(path, errno: number)
  }
  return true
}

/// Whether the first bytes of a file hold some words.
private func isMarked(_ path: String, _ mark: String) throws(DiskError) -> Bool {
  let open = try Descriptor(path, flags: O_RDONLY | O_NOFOLLOW)
  var bytes = [UInt8](repeating: 0, count: 4096)
  let count = bytes.withUnsafeMutableBytes { Glibc.read(open.number, $0.baseAddress, $0.count) }
  guard count >= 0 else { throw DiskError(path, errno: errno) }
  let wanted = Array(mark.utf8)
  let found = bytes.prefix(count)
  return found.indices.contains { found[$0...].starts(with: wanted) }
}
