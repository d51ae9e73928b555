import Glibc

/// A file of the output as a former build left it.
public struct OutputFile: Hashable, Sendable {
  /// From the output's root.
  public var path: String
  public var stamp: FileStamp

  public init(path: String, stamp: FileStamp) {
    self.path = path
    self.stamp = stamp
  }
}

extension Staging {
  /// Carries files of the present output over, without their bytes being known.
  ///
  /// - Returns: Whether all of them still are as they were left; otherwise none is carried.
  public func carry(_ files: [OutputFile]) -> Bool {
    guard old >= 0 else { return false }
    for file in files {
      guard let there = try? stat.of(file.path, in: old, following: false), there.isFile,
        FileStamp(there) == file.stamp
      else { return false }
    }
    return state.withLock { state in
      guard state.phase == .open else { return false }
      state.carried += files.map(\.path)
      return true
    }
  }

  /// Brings the carried files into the staging folder, which then holds the new site whole.
  ///
  /// Only asked for where the folder is to be looked at; ending the staging does it by itself.
  public func complete() throws(StagingError) {
    let carried: Int? = state.withLock { state in
      guard state.phase == .open, state.underWay == 0 else { return nil }
      state.report.carriedOver += state.carried.count
      return state.carried.count
    }
    guard carried != nil else { throw .notOpen }
    try link()
  }

  /// Where each file lies in the finished output, and how it was left; only after the end.
  public func outputFiles(_ paths: [String]) -> [OutputFile]? {
    var files: [OutputFile] = []
    for path in paths {
      guard let there = try? stat.of(Path.join(output.path, path), following: false), there.isFile else {
        return nil
      }
      files.append(OutputFile(path: path, stamp: FileStamp(there)))
    }
    return files
  }

  func link() throws(StagingError) {
    let carried = state.withLock { state in
      defer { state.carried = [] }
      return state.carried
    }
    for path in carried {
      do throws(DiskError) {
        try link(path)
      } catch {
        throw error.reason == .system(EEXIST) ? .writtenTwice(path) : .disk(error)
      }
    }
  }

  private func link(_ path: String) throws(DiskError) {
    if linkat(old, path, folder, path, 0) == 0 { return }
    if errno == ENOENT {
      try makeFolders(Path.folder(of: path), in: folder)
      if linkat(old, path, folder, path, 0) == 0 { return }
    }
    if errno == EEXIST { throw DiskError(path, errno: EEXIST) }
    // Not every file system has hard links, nor may every file be linked: then it is copied.
    let file = try Descriptor(path, in: old, flags: O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
    try create(path, try readAll(file.number, path))
  }

  /// Whether the present output has so many files and nothing else, not even an empty folder.
  func isWholeOutput(_ count: Int) -> Bool { old >= 0 && (try? fileCount(of: old, output.path)) == count }

  /// Throws where there is anything but files and folders that hold some.
  private func fileCount(of folder: Int32, _ path: String) throws(DiskError) -> Int {
    var count = 0
    let entries = try rawEntries(of: folder, path: path)
    if entries.isEmpty { throw DiskError(path, .notFound) }
    for entry in entries {
      switch Int32(entry.type) {
      case Int32(DT_REG): count += 1
      case Int32(DT_DIR):
        let bytes = entry.name.dropLast().map { UInt8(bitPattern: $0) }
        guard let name = String(validating: bytes, as: UTF8.self) else { throw DiskError(path, .nameNotUTF8) }
        let below = try Descriptor(name, in: folder, flags: O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
        count += try fileCount(of: below.number, Path.join(path, name))
      default: throw DiskError(path, .notRegularFile)
      }
    }
    return count
  }
}

/// All bytes of an open file.
func readAll(_ file: Int32, _ path: String) throws(DiskError) -> [UInt8] {
  var bytes: [UInt8] = []
  while true {
    let chunk = try Disk.readOnce(file, upTo: 1 << 18, path)
    if chunk.isEmpty { return bytes }
    bytes += chunk
  }
}
