import Glibc

/// Removes a file or a whole folder, seen from an open folder, without following any symbolic link.
///
/// What has gone meanwhile is no fault. A folder that its owner may not write is opened up first.
func removeTree(_ name: String, in folder: Int32, path: String) throws(DiskError) {
  if unlinkat(folder, name, 0) == 0 { return }
  let fault = errno
  if fault == ENOENT { return }
  let status: stat
  do {
    status = try stat.of(name, in: folder, following: false)
  } catch {
    if error.reason == .notFound { return }
    throw DiskError(path, error.reason)
  }
  guard status.isFolder else { throw DiskError(path, errno: fault) }
  try emptyFolder(name, in: folder, path: path, permissions: status.permissions)
  guard unlinkat(folder, name, AT_REMOVEDIR) == 0 || errno == ENOENT else {
    throw DiskError(path, errno: errno)
  }
}

private func emptyFolder(
  _ name: String, in folder: Int32, path: String, permissions: mode_t
) throws(DiskError) {
  let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK
  let wanted: mode_t = 0o700
  if permissions & wanted != wanted { _ = fchmodat(folder, name, permissions | wanted, 0) }
  let open: Descriptor
  do {
    open = try Descriptor(name, in: folder, flags: flags)
  } catch {
    throw DiskError(path, error.reason)
  }
  for entry in try rawEntries(of: open.number, path: path) {
    // Files, by far the most, go without being asked what they are.
    if Int32(entry.type) != Int32(DT_DIR), unlinkat(open.number, entry.name, 0) == 0 { continue }
    try removeRaw(entry, in: open.number, path: path)
  }
}

/// The same for a name that may be any bytes.
private func removeRaw(_ entry: RawEntry, in folder: Int32, path: String) throws(DiskError) {
  let bytes = entry.name.dropLast().map { UInt8(bitPattern: $0) }
  if let name = String(validating: bytes, as: UTF8.self) {
    return try removeTree(name, in: folder, path: Path.join(path, name))
  }
  if unlinkat(folder, entry.name, 0) == 0 || unlinkat(folder, entry.name, AT_REMOVEDIR) == 0 { return }
  // A folder with contents and a name that is not UTF-8: give it one, then remove it.
  let plain = ".gongkai-removal"
  guard renameat(folder, entry.name, folder, plain) == 0 else { throw DiskError(path, errno: errno) }
  try removeTree(plain, in: folder, path: Path.join(path, plain))
}

/// Makes a folder and those above it, seen from an open folder; those already there are left as they are.
func makeFolders(_ path: String, in folder: Int32 = AT_FDCWD) throws(DiskError) {
  if path.isEmpty { return }
  try refuseNUL(path)
  if mkdirat(folder, path, 0o755) == 0 { return }
  switch errno {
  case EEXIST: return
  case ENOENT:
    let above = Path.folder(of: path)
    guard !above.isEmpty, above != path else { throw DiskError(path, .notFound) }
    try makeFolders(above, in: folder)
    guard mkdirat(folder, path, 0o755) == 0 || errno == EEXIST else { throw DiskError(path, errno: errno) }
  case let fault: throw DiskError(path, errno: fault)
  }
}
