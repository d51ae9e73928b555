import Glibc

extension Disk {
  /// The disk of this machine.
  ///
  /// Nothing here waits: pipes and devices are refused by what they are, before and after they are opened.
  public static let real = Disk(list: listFolder, readUpTo: readFile, realPath: followLinks)

  @Sendable private static func listFolder(_ folder: String) throws(DiskError) -> [DirectoryEntry] {
    let path = folder.isEmpty ? "." : folder
    let open = try Descriptor(path, flags: O_RDONLY | O_DIRECTORY | O_NONBLOCK)
    var entries: [DirectoryEntry] = []
    for raw in try rawEntries(of: open.number, path: path) {
      if let entry = entry(raw, in: open.number) { entries.append(entry) }
    }
    return entries.sorted { Path.precedes($0.name, $1.name) }
  }

  /// What one name is; `nil` if it was deleted since the folder was read.
  private static func entry(_ raw: RawEntry, in folder: Int32) -> DirectoryEntry? {
    let bytes = raw.name.dropLast().map { UInt8(bitPattern: $0) }
    guard let name = String(validating: bytes, as: UTF8.self) else {
      return DirectoryEntry(name: legible(bytes), kind: .nameNotUTF8)
    }
    if Int32(raw.type) == Int32(DT_DIR) { return DirectoryEntry(name: name, kind: .folder) }
    do {
      let status = try stat.of(name, in: folder, following: false)
      if status.isFile {
        return DirectoryEntry(
          name: name, kind: .file, size: Int(status.st_size), stamp: FileStamp(status))
      }
      if status.isFolder { return DirectoryEntry(name: name, kind: .folder) }
      if status.isLink { return link(name, in: folder) }
      return DirectoryEntry(name: name, kind: .other)
    } catch {
      return error.reason == .notFound ? nil : DirectoryEntry(name: name, kind: .other)
    }
  }

  private static func link(_ name: String, in folder: Int32) -> DirectoryEntry {
    do {
      let target = try stat.of(name, in: folder, following: true)
      if target.isFile {
        return DirectoryEntry(
          name: name, kind: .linkToFile, size: Int(target.st_size), stamp: FileStamp(target))
      }
      return DirectoryEntry(name: name, kind: target.isFolder ? .linkToFolder : .other)
    } catch {
      let reason = error.reason == .notFound ? .brokenLink : error.reason
      return DirectoryEntry(name: name, kind: .brokenLink(reason))
    }
  }

  /// A name that is not UTF-8, made legible: every byte outside ASCII stands as `\x…`.
  private static func legible(_ bytes: [UInt8]) -> String {
    bytes.map { byte in
      byte < 0x80 ? String(UnicodeScalar(byte)) : "\\x" + String(byte, radix: 16)
    }.joined()
  }

  @Sendable private static func readFile(_ path: String, upTo limit: Int) throws(DiskError) -> [UInt8] {
    // Asked before opening, too: to open a device may already set something off.
    try refuseUnreadable(stat.of(path, following: true), path, limit)
    let file = try Descriptor(path, flags: O_RDONLY | O_NONBLOCK | O_NOCTTY)
    let status = try file.status(path)
    try refuseUnreadable(status, path, limit)

    // One byte more than the size said, so that the end is met without a second buffer.
    var bytes: [UInt8] = []
    var room = Int(status.st_size) + 1
    while true {
      let chunk = try readOnce(file.number, upTo: room, path)
      if chunk.isEmpty { return bytes }
      if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
      if bytes.count > limit { throw DiskError(path, .tooLarge(limit: limit)) }
      if chunk.count < room, bytes.count == Int(status.st_size) { return bytes }
      room = 1 << 16
    }
  }

  private static func refuseUnreadable(_ status: stat, _ path: String, _ limit: Int) throws(DiskError) {
    if status.isFolder { throw DiskError(path, .isFolder) }
    if !status.isFile { throw DiskError(path, .notRegularFile) }
    if Int(status.st_size) > limit { throw DiskError(path, .tooLarge(limit: limit)) }
  }

  static func readOnce(_ file: Int32, upTo room: Int, _ path: String) throws(DiskError) -> [UInt8] {
    var fault: Int32 = 0
    let chunk = [UInt8](unsafeUninitializedCapacity: room) { buffer, filled in
      var count = Glibc.read(file, buffer.baseAddress, room)
      while count < 0, errno == EINTR { count = Glibc.read(file, buffer.baseAddress, room) }
      if count < 0 { fault = errno }
      filled = max(0, count)
    }
    if fault != 0 { throw DiskError(path, errno: fault) }
    return chunk
  }

  @Sendable private static func followLinks(_ path: String) throws(DiskError) -> String {
    try refuseNUL(path)
    guard let found = realpath(path.isEmpty ? "." : path, nil) else { throw DiskError(path, errno: errno) }
    defer { free(found) }
    guard let text = String(validatingCString: found) else { throw DiskError(path, .nameNotUTF8) }
    return text
  }
}
