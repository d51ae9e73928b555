import Glibc

/// The folders that the system watches for us, one watch for each: inotify does not look below a folder.
struct WatchedFolders {
  /// A folder under watch.
  private struct Watched {
    var path: String
    /// Whether it is one of the roots or lies below one, so that all in it counts.
    var isInside = false
    /// Otherwise the names in it that lead to a root, with their paths as the root spells them.
    var ways: [String: String] = [:]
  }

  private let roots: [String]
  private let notifier: Int32
  private var watched: [Int32: Watched] = [:]
  /// Whether a folder is reached by two spellings, so that one path would not tell all.
  private var hasAliases = false

  private static let mask = UInt32(
    IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB | IN_DELETE_SELF
      | IN_MOVE_SELF | IN_ONLYDIR)
  private static let header = MemoryLayout<inotify_event>.size

  init(_ roots: [String], notifier: Int32) {
    self.roots = roots
    self.notifier = notifier
  }

  // MARK: Watching

  /// Watches every root with all below it, and the folder that holds it, where it may vanish and come back.
  ///
  /// May be called again at any time: what is watched already stays so.
  mutating func watchAll() throws(DiskError) {
    for root in roots {
      var path = root
      while true {
        let folder = Path.folder(of: path)
        let holder = folder.isEmpty ? "." : folder
        if Path.sameBytes(holder, path) { break }
        if try watch(holder, inside: false, way: path) != nil { break }
        path = folder
      }
      try watchTree(root)
    }
  }

  private mutating func watchTree(_ top: String) throws(DiskError) {
    var pending = [top]
    while let folder = pending.popLast() {
      guard try watch(folder, inside: true) != nil else { continue }
      // What cannot be listed, the reader of the site will tell.
      for entry in (try? Disk.real.list(folder)) ?? [] where entry.kind == .folder && !isLitter(entry.name) {
        pending.append(Path.join(folder, entry.name))
      }
    }
  }

  /// The number of the watch; nil where there is no such folder.
  @discardableResult
  private mutating func watch(_ path: String, inside: Bool, way: String? = nil) throws(DiskError) -> Int32? {
    try refuseNUL(path)
    let number = inotify_add_watch(notifier, path, Self.mask)
    guard number >= 0 else {
      if errno == ENOSPC || errno == ENOMEM { throw DiskError(path, .tooManyWatches) }
      return nil
    }
    var entry = watched[number] ?? Watched(path: path)
    if inside {
      if entry.isInside, !Path.sameBytes(entry.path, path) { hasAliases = true }
      entry.isInside = true
      entry.path = path
    }
    if let way { entry.ways[Path.lastComponent(way)] = way }
    watched[number] = entry
    return number
  }

  /// A folder that is gone or has another name now: its watches would tell the old one.
  private mutating func forget(_ path: String) {
    for (number, entry) in watched where entry.isInside {
      guard Path.sameBytes(entry.path, path) || Path.isBelow(entry.path, folder: path) else { continue }
      _ = inotify_rm_watch(notifier, number)
      watched[number] = nil
    }
  }

  // MARK: Events

  /// Takes in all events that wait.
  mutating func readEvents(into changes: inout FolderChanges) throws(DiskError) {
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = Glibc.read(notifier, &buffer, buffer.count)
      guard count > 0 else { return }
      try take(buffer[..<count], into: &changes)
    }
  }

  /// Takes in events as the system puts them: a header, then the name padded with NUL.
  mutating func take(_ bytes: ArraySlice<UInt8>, into changes: inout FolderChanges) throws(DiskError) {
    var rest = bytes
    while rest.count >= Self.header {
      let event = rest.withUnsafeBytes { $0.loadUnaligned(as: inotify_event.self) }
      let name = rest.dropFirst(Self.header).prefix(Int(event.len)).prefix { $0 != 0 }
      rest = rest.dropFirst(Self.header + Int(event.len))
      try take(event, name, into: &changes)
    }
    if hasAliases, !changes.isEmpty { changes = .everything }
  }

  private mutating func take(
    _ event: inotify_event, _ bytes: ArraySlice<UInt8>, into changes: inout FolderChanges
  ) throws(DiskError) {
    func says(_ bits: Int...) -> Bool { bits.contains { event.mask & UInt32($0) != 0 } }
    if says(Int(IN_Q_OVERFLOW)) {
      // Folders may have come that nobody told of.
      try watchAll()
      changes = .everything
      return
    }
    if says(Int(IN_IGNORED)) {
      watched[event.wd] = nil
      return
    }
    guard let folder = watched[event.wd] else { return }
    if says(Int(IN_DELETE_SELF), Int(IN_MOVE_SELF)) {
      if folder.isInside { changes.add(folder.path) }
      if says(Int(IN_MOVE_SELF)) { try watchAll() }
      return
    }
    guard let name = String(validating: bytes, as: UTF8.self) else {
      if folder.isInside { changes.add(folder.path) }
      return
    }
    let isGone = says(Int(IN_MOVED_FROM), Int(IN_DELETE))
    if let way = folder.ways[name] { try meetRoot(at: way, isGone: isGone, &changes) }
    guard folder.isInside, !name.isEmpty, !isLitter(name) else { return }
    let path = Path.join(folder.path, name)
    if event.mask & UInt32(IN_ISDIR) != 0 {
      if isGone { forget(path) } else { try watchTree(path) }
    }
    changes.add(path)
  }

  /// A root, or a folder on the way to one, came, went or changed.
  private mutating func meetRoot(at path: String, isGone: Bool, _ changes: inout FolderChanges)
    throws(DiskError)
  {
    let concerned = roots.filter { Path.sameBytes($0, path) || Path.isBelow($0, folder: path) }
    for root in concerned {
      if isGone { forget(root) }
      changes.add(root)
    }
    try watchAll()
  }
}
