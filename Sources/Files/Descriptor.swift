import Glibc

/// An open file or folder that closes itself at the end of its scope.
struct Descriptor: ~Copyable {
  let number: Int32

  /// Opens a path, seen from an open folder if one is given. `O_CLOEXEC` is added.
  init(_ path: String, in folder: Int32 = AT_FDCWD, flags: Int32, mode: mode_t = 0) throws(DiskError) {
    try refuseNUL(path)
    while true {
      let opened = openat(folder, path, flags | O_CLOEXEC, mode)
      if opened >= 0 {
        number = opened
        return
      }
      let fault = errno
      guard fault == EINTR else { throw DiskError(path, errno: fault) }
    }
  }

  deinit { _ = Glibc.close(number) }

  /// Hands the number over to the caller, who closes it.
  consuming func release() -> Int32 {
    let number = self.number
    discard self
    return number
  }

  func status(_ path: String) throws(DiskError) -> stat {
    var status = stat()
    guard fstat(number, &status) == 0 else { throw DiskError(path, errno: errno) }
    return status
  }
}

/// A path with NUL in it would reach the disk cut short, as another path.
func refuseNUL(_ path: String) throws(DiskError) {
  if path.utf8.contains(0) { throw DiskError(path, .notAPath("路径里有 NUL 字符")) }
}

extension stat {
  var isFile: Bool { st_mode & S_IFMT == S_IFREG }
  var isFolder: Bool { st_mode & S_IFMT == S_IFDIR }
  var isLink: Bool { st_mode & S_IFMT == S_IFLNK }
  /// The permission bits alone.
  var permissions: mode_t { st_mode & 0o7777 }

  /// What a path names, seen from an open folder.
  static func of(_ path: String, in folder: Int32 = AT_FDCWD, following: Bool) throws(DiskError) -> stat {
    try refuseNUL(path)
    var status = stat()
    guard fstatat(folder, path, &status, following ? 0 : AT_SYMLINK_NOFOLLOW) == 0 else {
      throw DiskError(path, errno: errno)
    }
    return status
  }

  func isSame(as other: stat) -> Bool { st_dev == other.st_dev && st_ino == other.st_ino }
}

/// Writes all bytes to an open file.
func writeAll(_ bytes: [UInt8], to descriptor: Int32, path: String) throws(DiskError) {
  var fault: Int32 = 0
  bytes.withUnsafeBytes { buffer in
    var rest = buffer[...]
    while !rest.isEmpty {
      let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if count > 0 {
        rest = rest.dropFirst(count)
      } else {
        let number = errno
        if count < 0, number == EINTR { continue }
        fault = count < 0 ? number : EIO
        return
      }
    }
  }
  if fault != 0 { throw DiskError(path, errno: fault) }
}

/// One name as the folder holds it: bytes, and the kind if the file system tells it (`DT_…`).
struct RawEntry {
  let name: [CChar]
  let type: UInt8
}

/// The names in an open folder, without `.` and `..`, in no order.
///
/// The numbered descriptor stays open; the names are read through a second one.
func rawEntries(of folder: Int32, path: String) throws(DiskError) -> [RawEntry] {
  let own = try Descriptor(".", in: folder, flags: O_RDONLY | O_DIRECTORY).release()
  guard let stream = fdopendir(own) else {
    let fault = errno
    _ = Glibc.close(own)
    throw DiskError(path, errno: fault)
  }
  defer { closedir(stream) }
  var entries: [RawEntry] = []
  while true {
    errno = 0
    guard let entry = readdir(stream) else {
      if errno != 0 { throw DiskError(path, errno: errno) }
      return entries
    }
    let type = entry.pointee.d_type
    guard let offset = MemoryLayout<dirent>.offset(of: \.d_name) else { continue }
    // The record is as long as the name needs, often shorter than `dirent`: read the name in place.
    let start = (UnsafeRawPointer(entry) + offset).assumingMemoryBound(to: CChar.self)
    let name = Array(UnsafeBufferPointer(start: start, count: strlen(start) + 1))
    if name == [0x2E, 0] || name == [0x2E, 0x2E, 0] { continue }
    entries.append(RawEntry(name: name, type: type))
  }
}
