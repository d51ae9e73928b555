import CExchange
import Glibc

/// The hidden folder beside a site that keeps its former releases, and the steps that change sites.
///
/// `.NAME.gongkai-releases/` lies beside the site `NAME`, on the same file system, and holds one folder for
/// each former release (`000012/`) and the index. The release in place has a number and no folder here.
/// Everything is done by the holder of the site's lock.
///
/// Putting a site in place goes through these steps. A process may be killed after any of them; `recover`, which
/// every build, publication and rollback begins with, tells by the folders themselves (inode and birth) how far it came:
///
/// | step | killed after it | `recover` |
/// |---|---|---|
/// | 1. all of the new site is on the disk (`syncfs`), in the staging folder | old site in place | the staging folder is deleted |
/// | 2. the index says: *N (folder i) is to take the place, the old site is to be kept as M* | old site in place | as above, and the index forgets it |
/// | 3. the staging folder is renamed to `N/` (a rollback finds it there) | old site in place | `N/` was never seen by readers: deleted; after a rollback it stays |
/// | 4. `N/` and the site are exchanged in one step | **new site in place**, the old one lies in `N/` | goes on with 5 |
/// | 5. `N/` is renamed to `M/` | new site in place | goes on with 6 |
/// | 6. the index says: *N is in place* | new site in place | nothing to do |
/// | 7. releases beyond the number to keep are renamed to `deleting`, then deleted | new site in place | the rest of `deleting` is deleted |
///
/// On a file system without exchange, step 4 is two renames: the old site to `M/`, then `N/` to the site. A
/// process killed between them leaves no site for the moment; `recover` puts the old one back.
///
/// What cannot be told apart any more (the folders were copied) is kept, never deleted.
/// A release is never written to. Its files may be hard links shared with the site in place, which is never
/// written to either.
struct ReleaseFolder: Sendable {
  /// Where a test looks in, or lets a fault happen.
  enum Moment: CaseIterable, Sendable {
    case recorded, inSlot, oldAside, exchanged, kept, done, pruning
  }

  let output: OutputFolder
  var exchange: @Sendable (_ first: String, _ second: String) -> Int32 = { gongkai_exchange($0, $1) }
  var moment: @Sendable (Moment) throws(StagingError) -> Void = { _ throws(StagingError) in }

  init(_ output: OutputFolder) { self.output = output }

  var path: String { Path.join(output.parent, ".\(output.name).gongkai-releases") }
  private var indexPath: String { Path.join(path, "index") }
  private var deleting: String { Path.join(path, "deleting") }
  var isThere: Bool { Self.identity(path) != nil }

  func slot(_ number: Int) -> String {
    let digits = String(number)
    return Path.join(path, String(repeating: "0", count: max(0, 6 - digits.utf8.count)) + digits)
  }

  // MARK: The index

  /// The numbers that have a folder, the oldest first.
  func kept() throws(StagingError) -> [Int] {
    let entries: [DirectoryEntry]
    do {
      entries = try Disk.real.list(path)
    } catch {
      if error.reason == .notFound { return [] }
      throw .disk(error)
    }
    return entries.filter { $0.kind == .folder && $0.name.utf8.count >= 6 }
      .compactMap { ReleaseIndex.number($0.name[...]) }.sorted()
  }

  /// The index, or what the folders tell where it is lost.
  func readIndex() throws(StagingError) -> ReleaseIndex {
    let bytes: [UInt8]
    do {
      bytes = try Disk.real.read(indexPath)
    } catch {
      guard error.reason == .notFound else { throw .disk(error) }
      bytes = []
    }
    let text = String(validating: bytes, as: UTF8.self)
    var index = text.flatMap { ReleaseIndex(reading: $0) } ?? ReleaseIndex()
    let highest = max(
      try kept().last ?? 0, index.releases.keys.max() ?? 0, index.inPlace?.number ?? 0,
      index.move?.new.number ?? 0, index.move?.old ?? 0)
    index.next = max(index.next, highest + 1)
    return index
  }

  /// Replaces the index whole, and waits until it is on the disk.
  func write(_ index: ReleaseIndex) throws(StagingError) {
    let new = indexPath + "-new"
    try onDisk { () throws(DiskError) in
      unlink(new)
      let file = try Descriptor(new, flags: O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o644)
      try writeAll(Array(index.text.utf8), to: file.number, path: new)
      guard fsync(file.number) == 0 else { throw DiskError(new, errno: errno) }
      guard Glibc.rename(new, indexPath) == 0 else { throw DiskError(indexPath, errno: errno) }
    }
    synchronize(path)
  }

  /// Makes the folder: whoever may write beside the site may see old releases, visitors may not.
  func make() throws(StagingError) {
    let parent = try onDisk { () throws(DiskError) in try stat.of(output.parent, following: true) }
    guard mkdir(path, 0o700 | parent.permissions & 0o070) == 0 || errno == EEXIST else {
      throw .disk(DiskError(path, errno: errno))
    }
  }

  // MARK: Putting a site in place

  /// The release in place, if what is there was put there by these steps.
  func releaseInPlace(_ index: ReleaseIndex) -> Int? {
    guard let inPlace = index.inPlace, Self.identity(output.path) == inPlace.identity else { return nil }
    return inPlace.number
  }

  /// Steps 2 to 6: puts a site in place of the present one and keeps that, if it has a number.
  ///
  /// - Parameter staged: The folder of a new site; `nil` if it lies in its slot, being a former release.
  func place(
    _ staged: String?, _ manner: ReleaseIndex.Move.Manner, as number: Int, keeping old: Int?,
    _ index: inout ReleaseIndex
  ) throws(StagingError) {
    let folder = staged ?? slot(number)
    guard let new = Self.identity(folder) else { throw .disk(DiskError(folder, .notFound)) }
    index.move = .init(manner: manner, new: .init(number: number, identity: new), old: old)
    try write(index)
    try moment(.recorded)
    if let staged { try rename(staged, to: slot(number)) }
    synchronize(path)
    try moment(.inSlot)
    if Self.identity(output.path) == nil {
      try rename(slot(number), to: output.path)
    } else {
      switch exchange(slot(number), output.path) {
      case 0: break
      case EINVAL, ENOSYS, EOPNOTSUPP: try exchangeInTwoSteps(number, keeping: old)
      case let fault: throw refusal(fault)
      }
    }
    synchronize(output.parent)
    try moment(.exchanged)
    try finish(&index)
  }

  private func exchangeInTwoSteps(_ number: Int, keeping old: Int?) throws(StagingError) {
    if let old {
      try rename(output.path, to: slot(old))
    } else if rmdir(output.path) != 0 {
      throw refusal(errno)
    }
    try moment(.oldAside)
    try rename(slot(number), to: output.path)
  }

  /// Steps 5 and 6, once the new site is in place.
  private func finish(_ index: inout ReleaseIndex) throws(StagingError) {
    guard let move = index.move else { return }
    let left = slot(move.new.number)
    // Without a number the old site was an empty folder; what came into it since is kept.
    if Self.identity(left) != nil, move.old != nil || rmdir(left) != 0 {
      var number = move.old ?? index.takeNumber()
      if Self.identity(slot(number)) != nil { number = index.takeNumber() }
      try rename(left, to: slot(number))
    }
    try moment(.kept)
    index.move = nil
    index.inPlace = move.manner == .build ? nil : move.new
    if move.manner == .build { index.releases[move.new.number] = nil }
    try write(index)
    try moment(.done)
  }

  // MARK: After a kill

  /// Puts right what a killed process left, and returns the index; only called by the holder of the lock.
  func recover() throws(StagingError) -> ReleaseIndex {
    guard isThere else { return ReleaseIndex() }
    var index = try readIndex()
    try onDisk { () throws(DiskError) in try removeTree(deleting, in: AT_FDCWD, path: deleting) }
    guard let move = index.move else { return index }
    let waiting = slot(move.new.number)
    if Self.identity(output.path) == move.new.identity {
      try finish(&index)
      return index
    }
    if Self.identity(output.path) == nil, let old = move.old, Self.identity(slot(old)) != nil,
      Self.identity(waiting) == move.new.identity
    {
      try rename(slot(old), to: output.path)
    }
    if move.manner != .restore {
      if Self.identity(waiting) == move.new.identity {
        try onDisk { () throws(DiskError) in try removeTree(waiting, in: AT_FDCWD, path: waiting) }
      }
      if Self.identity(waiting) == nil { index.releases[move.new.number] = nil }
    }
    index.move = nil
    try write(index)
    return index
  }

  /// Step 7: deletes the oldest releases until no more than the given number are kept; returns those deleted.
  ///
  /// - Parameter always: Kept in any case: the site that was in place a moment ago.
  func prune(_ index: inout ReleaseIndex, to count: Int, always: Int?) throws(StagingError) -> [Int] {
    let kept = try kept()
    let others = kept.filter { $0 != always }
    let room = max(0, count - (kept.count - others.count))
    let gone = Array(others.dropLast(room))
    for number in gone {
      try rename(slot(number), to: deleting)
      try moment(.pruning)
      try onDisk { () throws(DiskError) in try removeTree(deleting, in: AT_FDCWD, path: deleting) }
      index.releases[number] = nil
    }
    if !gone.isEmpty { try write(index) }
    return gone
  }

  // MARK: The system

  /// Which folder lies there; `nil` if none does.
  private static func identity(_ path: String) -> ReleaseIndex.Identity? {
    guard let status = try? stat.of(path, following: false) else { return nil }
    return .init(inode: UInt64(status.st_ino), birth: UInt64(gongkai_birth(path)))
  }

  /// Brings a folder's names onto the disk. A file system that cannot is no reason to stop.
  private func synchronize(_ folder: String) {
    guard let open = try? Descriptor(folder, flags: O_RDONLY | O_DIRECTORY) else { return }
    _ = fsync(open.number)
  }

  private func rename(_ from: String, to: String) throws(StagingError) {
    if Glibc.rename(from, to) != 0 { throw refusal(errno) }
  }

  private func refusal(_ fault: Int32) -> StagingError {
    switch fault {
    case EBUSY, EXDEV: .outputIsMountPoint(output.given)
    default: .disk(DiskError(output.given, errno: fault))
    }
  }
}
