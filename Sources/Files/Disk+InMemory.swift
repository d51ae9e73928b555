extension Disk {
  /// A disk that holds these files and the folders they need, and nothing else.
  ///
  ///     let disk = Disk.inMemory(files: ["content/site.yaml": "title: 某县"])
  ///     try disk.list("content").map(\.name)  // ["site.yaml"]
  public static func inMemory(files: [String: String]) -> Disk {
    inMemory(files: files.mapValues { Array($0.utf8) })
  }

  /// A disk that holds these files, given as bytes, and the folders they need.
  public static func inMemory(files: [String: [UInt8]]) -> Disk {
    let nothing = Disk(
      list: { folder throws(DiskError) in throw DiskError(folder, .notFound) },
      readUpTo: { path, _ throws(DiskError) in throw DiskError(path, .notFound) },
      realPath: { path throws(DiskError) in throw DiskError(path, .notFound) })
    return nothing.showing(files.map { ShownFile($0.key, $0.value) })
  }
}

/// Files and folders under their bytes, so that two spellings of a name stay two names.
struct FileView: Sendable {
  typealias Key = [UInt8]
  private var files: [Key: ShownFile.Source] = [:]
  private var folders: [Key: [DirectoryEntry]] = [[]: []]

  init(_ given: [ShownFile]) {
    for file in given {
      files[Self.key(file.path)] = file.source
      let parts = Path.components(file.path)
      for depth in parts.indices {
        let folder = parts[..<depth].joined(separator: "/")
        let isFile = depth == parts.count - 1
        let entry = DirectoryEntry(
          name: parts[depth], kind: isFile ? .file : .folder, size: isFile ? file.size : 0)
        let present = folders[Self.key(folder), default: []]
        if !present.contains(where: { Path.sameBytes($0.name, entry.name) }) {
          folders[Self.key(folder)] = present + [entry]
        }
      }
    }
    for key in folders.keys {
      folders[key]?.sort { Path.precedes($0.name, $1.name) }
    }
  }

  func list(_ folder: String) throws(DiskError) -> [DirectoryEntry] {
    if let entries = folders[Self.key(folder)] { return entries }
    throw DiskError(folder, files[Self.key(folder)] == nil ? .notFound : .notAFolder)
  }

  func source(of path: String) throws(DiskError) -> ShownFile.Source {
    if let source = files[Self.key(path)] { return source }
    throw DiskError(path, folders[Self.key(path)] == nil ? .notFound : .isFolder)
  }

  func realPath(_ path: String) throws(DiskError) -> String {
    guard files[Self.key(path)] != nil || folders[Self.key(path)] != nil else {
      throw DiskError(path, .notFound)
    }
    return "/" + Self.normal(path)
  }

  private static func key(_ path: String) -> Key { Array(normal(path).utf8) }

  /// The path without empty parts and `.`; `..` takes back the part before it.
  private static func normal(_ path: String) -> String {
    var parts: [String] = []
    for part in Path.components(path) where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return parts.joined(separator: "/")
  }
}
