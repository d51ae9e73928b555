import CExchange
import Glibc
import Synchronization

/// A site being built, next to the place it will take.
///
/// Everything is written into a hidden folder beside the output (same file system), and takes the output's
/// place in one step when it is whole. Whenever the process dies, the output is the old site or the new one;
/// what lies about is cleaned up by the next build. Files may be written from several tasks at once.
///
///     let staging = try Staging.begin(for: "public", awayFrom: ["content", "Themes"])
///     try staging.write("index.html", bytes)
///     let report = try staging.commit()
public final class Staging: Sendable {
  /// What a finished build did to the output.
  public struct Report: Hashable, Sendable {
    /// Files whose bytes are new.
    public var written = 0
    /// Files that were already there with the same bytes, kept with their date.
    public var carriedOver = 0
    /// The present output already was the new site, to the last file: it was left alone.
    public var isUnchanged = false
    /// The new site is in place, but part of the old one could not be deleted; the next build tries again.
    public var leftover: DiskError?
  }

  /// The staging folder: until the end it holds the new site.
  public var path: String { output.staging }
  /// Where the site is to go: the real path of the output.
  public var site: String { output.path }

  enum Phase { case open, ended }

  struct State {
    var phase = Phase.open
    /// Writes that have begun and not yet ended: the folder must not change places under them.
    var underWay = 0
    var report = Report()
    /// Paths of files of the present output that belong to the new site as they are, not yet linked.
    var carried: [String] = []
  }

  let output: OutputFolder
  let signature: SiteSignature
  let exchange: @Sendable (_ first: String, _ second: String) -> Int32
  private let moment: @Sendable (ReleaseFolder.Moment) throws(StagingError) -> Void
  private let acceptsOthers: Bool
  /// Whether the output holds what gongkai did not make.
  public let replacesOthers: Bool
  private let lock: FileLock
  /// The staging folder and the present output, open for as long as this value lives; -1 if there is none.
  let folder: Int32
  let old: Int32
  /// The permission bits of a new file under the umask of this process.
  private let filePermissions: mode_t
  /// The permissions of the staging folder itself, for when it is in place and nothing was there before.
  let permissions: mode_t
  let state = Mutex(State())

  /// Makes a staging folder for an output folder, and locks out every other build of it.
  ///
  /// - Parameters:
  ///   - output: Need not exist. If it does, it must be empty or a site made by gongkai.
  ///   - sources: Folders that the output must not contain, equal or lie in.
  ///   - acceptingOthers: Whether the output may hold what gongkai did not make: only to be kept by `publish`.
  public static func begin(
    for output: String, awayFrom sources: [String] = [], recognising signature: SiteSignature = .generator,
    acceptingOthers: Bool = false
  ) throws(StagingError) -> Staging {
    try Staging(
      output, sources, signature, acceptingOthers: acceptingOthers, exchange: { gongkai_exchange($0, $1) })
  }

  /// `exchange` can be replaced to see what happens on a file system that knows no exchange, `moment` to see
  /// what a publication looks like between its steps.
  init(
    _ given: String, _ sources: [String], _ signature: SiteSignature, acceptingOthers: Bool = false,
    exchange: @escaping @Sendable (_ first: String, _ second: String) -> Int32,
    moment: @escaping @Sendable (ReleaseFolder.Moment) throws(StagingError) -> Void = {
      _ throws(StagingError) in
    }
  ) throws(StagingError) {
    let output = try OutputFolder(given)
    let lock: FileLock
    do {
      try output.refuseOverlap(with: sources)
      lock = try output.takeLock()
    } catch {
      output.removeMadeFolders()
      throw error
    }
    do {
      _ = try ReleaseFolder(output).recover()
      try Self.cleanUpAfterKilledBuild(of: output)
      let present = try output.present(recognising: signature, acceptingOthers: acceptingOthers)
      replacesOthers = present == nil ? false : try output.holdsOthers(than: signature)
      (folder, filePermissions) = try Self.makeFolder(for: output, like: present)
      permissions = try onDisk { () throws(DiskError) in
        try stat.of(output.staging, following: false).permissions
      }
      // A site that waits for a yes is not for visitors yet, not even by its hidden name.
      if acceptingOthers { fchmod(folder, 0o700) }
      old = present == nil ? -1 : open(output.path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    } catch {
      lock.release()
      output.removeMadeFolders()
      throw error
    }
    self.output = output
    self.signature = signature
    self.exchange = exchange
    self.moment = moment
    acceptsOthers = acceptingOthers
    self.lock = lock
  }

  deinit {
    abandon()
    close(folder)
    if old >= 0 { close(old) }
  }

  /// Writes a file at a path below the output, or carries it over if the present output has the same bytes.
  ///
  /// A path can be written once: two pages at one address are a fault of the site. An existing file is never
  /// opened for writing, as it may be shared with the site that readers see.
  public func write(_ path: String, _ bytes: [UInt8]) throws(StagingError) {
    if let fault = Path.faultBelowFolder(path) { throw .unsafePath(path, why: fault) }
    let mayWrite = state.withLock { state in
      if state.phase == .open { state.underWay += 1 }
      return state.phase == .open
    }
    guard mayWrite else { throw .notOpen }
    var carried: Bool?
    defer {
      state.withLock { state in
        state.underWay -= 1
        if carried == true { state.carried.append(path) }
        if carried == false { state.report.written += 1 }
      }
    }
    do throws(DiskError) {
      carried = try place(path, bytes)
    } catch {
      throw error.reason == .system(EEXIST) ? .writtenTwice(path) : .disk(error)
    }
  }

  /// Throws the staging folder away; the output stays as it is. After the end it does nothing.
  public func abandon() {
    let wasOpen = state.withLock { state in
      defer { state.phase = .ended }
      return state.phase == .open
    }
    guard wasOpen else { return }
    // What cannot be removed now is removed by the next build.
    try? removeTree(output.staging, in: AT_FDCWD, path: output.staging)
    lock.release()
    output.removeMadeFolders()
  }

  func unlock() { lock.release() }

  /// What the output holds now; anything that must not be replaced is refused.
  func present() throws(StagingError) -> stat? {
    try output.present(recognising: signature, acceptingOthers: acceptsOthers)
  }

  /// The former releases beside the output.
  var releases: ReleaseFolder {
    var releases = ReleaseFolder(output)
    releases.exchange = exchange
    releases.moment = moment
    return releases
  }

  /// Returns whether the file is carried over.
  private func place(_ path: String, _ bytes: [UInt8]) throws(DiskError) -> Bool {
    if old >= 0, hasSameBytes(path, bytes) { return true }
    try create(path, bytes)
    return false
  }

  func create(_ path: String, _ bytes: [UInt8]) throws(DiskError) {
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW
    do {
      try fill(Descriptor(path, in: folder, flags: flags, mode: 0o644), with: bytes, path)
    } catch {
      guard error.reason == .notFound else { throw error }
      try makeFolders(Path.folder(of: path), in: folder)
      try fill(Descriptor(path, in: folder, flags: flags, mode: 0o644), with: bytes, path)
    }
  }

  private func fill(_ file: consuming Descriptor, with bytes: [UInt8], _ path: String) throws(DiskError) {
    do {
      try writeAll(bytes, to: file.number, path: path)
    } catch {
      unlinkat(folder, path, 0)
      throw error
    }
    // Some file systems tell only now that the disk is full.
    if close(file.release()) != 0, errno != EINTR {
      let fault = errno
      unlinkat(folder, path, 0)
      throw DiskError(path, errno: fault)
    }
  }

  private func hasSameBytes(_ path: String, _ bytes: [UInt8]) -> Bool {
    guard let there = try? stat.of(path, in: old, following: false), there.isFile,
      Int(there.st_size) == bytes.count, there.permissions == filePermissions,
      let file = try? Descriptor(path, in: old, flags: O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
    else { return false }
    return withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { buffer in
      bytes.withUnsafeBytes { wanted in
        var compared = 0
        while true {
          let count = read(file.number, buffer.baseAddress, buffer.count)
          if count < 0, errno == EINTR { continue }
          if count <= 0 { return count == 0 && compared == wanted.count }
          guard compared + count <= wanted.count,
            let here = wanted.baseAddress, let there = buffer.baseAddress,
            memcmp(here + compared, there, count) == 0
          else { return false }
          compared += count
        }
      }
    }
  }
}
