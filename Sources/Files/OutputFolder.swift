import CExchange
import Glibc

/// Tells a site made by gongkai from any other folder.
///
/// The folder that a build puts in place is marked with an extended attribute, which is no file and so is
/// never published. Where that mark is lost (a copy, a checkout, a file system without attributes), the page
/// that every site begins with speaks for it.
public struct SiteSignature: Hashable, Sendable {
  public let file: String
  /// Looked for in the first 64 KiB of the file.
  public let text: String

  public init(file: String, text: String) {
    self.file = file
    self.text = text
  }

  public static let generator = SiteSignature(
    file: "index.html", text: #"<meta name="generator" content="gongkai"#)
}

/// Where the site goes: a place next to which the staging folder, the lock and the old site may lie.
struct OutputFolder: Sendable {
  /// As the user wrote it, for messages.
  let given: String
  /// The real folder that holds the output, and the name of the output in it.
  let parent: String
  let name: String
  /// Folders above the output that were made for it, the outermost first.
  private var made: [String] = []

  var path: String { Path.join(parent, name) }
  var staging: String { Path.join(parent, stagingName) }
  var previous: String { Path.join(parent, previousName) }
  var lock: String { Path.join(parent, ".\(name).gongkai-lock") }
  var stagingName: String { ".\(name).gongkai-staging" }
  var previousName: String { ".\(name).gongkai-previous" }

  /// Finds the real place of the output and makes the folders above it.
  ///
  /// An output that is a link is replaced where it leads: the link stays, and so does what a web server reads.
  init(_ given: String, makingFolders: Bool = true) throws(StagingError) {
    self.given = given
    do throws(DiskError) {
      try refuseNUL(given)
      let real: String
      if (try? stat.of(given, following: false)) != nil {
        real = try Disk.real.realPath(given)
      } else {
        let above = Path.folder(of: given)
        if makingFolders {
          made = Self.missing(above)
          try makeFolders(above)
        }
        real = Path.join(try Disk.real.realPath(above), Path.lastComponent(given))
      }
      parent = Path.folder(of: real)
      name = Path.lastComponent(real)
    } catch {
      throw .disk(error)
    }
    if name.isEmpty || name == "." || name == ".." { throw .outputIsRoot(given) }
  }

  private static func missing(_ folder: String) -> [String] {
    guard !folder.isEmpty, (try? stat.of(folder, following: true)) == nil else { return [] }
    return missing(Path.folder(of: folder)) + [folder]
  }

  /// Removes the folders that were made for an output that does not come, as far as they are empty.
  func removeMadeFolders() {
    for folder in made.reversed() { rmdir(folder) }
  }

  /// Locks out every other build of this output.
  func takeLock() throws(StagingError) -> FileLock {
    let taken = try onDisk { () throws(DiskError) in try FileLock(lock) }
    guard let taken else { throw .anotherBuildIsRunning(output: given, process: FileLock.holder(of: lock)) }
    return taken
  }

  /// Refuses an output that would take sources with it, or be taken for one in the next build.
  func refuseOverlap(with sources: [String]) throws(StagingError) {
    for source in sources {
      guard let real = try? Disk.real.realPath(source) else { continue }
      if Path.sameBytes(real, path) || Path.isBelow(real, folder: path) || Path.isBelow(path, folder: real) {
        throw .outputTouchesSource(output: given, source: source)
      }
    }
  }

  /// What is there now; `nil` if nothing is. Anything that must not be replaced is refused.
  ///
  /// - Parameter acceptingOthers: What gongkai did not make may be there too, as long as nothing but a site can
  ///   be meant: no home folder, no folder of the system, nothing that is mounted inside.
  func present(
    recognising signature: SiteSignature, acceptingOthers: Bool = false
  ) throws(StagingError) -> stat? {
    let status: stat
    do {
      status = try stat.of(path, following: false)
    } catch {
      if error.reason == .notFound { return nil }
      throw .disk(DiskError(given, error.reason))
    }
    guard status.isFolder else { throw .outputIsNoFolder(given) }
    let above = try onDisk { () throws(DiskError) in try stat.of(parent, following: true) }
    if above.st_dev != status.st_dev { throw .outputIsMountPoint(given) }
    let entries = try onDisk { () throws(DiskError) in try Disk.real.list(path) }
    if let hidden = entries.first(where: isMoreThanSite) {
      throw .outputHoldsHidden(output: given, name: hidden.name)
    }
    if try holdsOthers(than: signature) {
      guard acceptingOthers else { throw .outputIsNotOurs(given) }
      try refuseWhatIsNoSite()
    }
    if acceptingOthers, let mounted = try FolderContents(of: path).mounted {
      throw .outputIsMountPoint(Path.join(given, mounted))
    }
    return status
  }

  /// Whether there is anything, and nothing tells that gongkai made it.
  func holdsOthers(than signature: SiteSignature) throws(StagingError) -> Bool {
    let isEmpty = try onDisk { () throws(DiskError) in try Disk.real.list(path).isEmpty }
    if isEmpty { return false }
    return try isMarked() ? false : !carries(signature)
  }

  /// Refuses folders that people or the system live in.
  private func refuseWhatIsNoSite() throws(StagingError) {
    if let home = getenv("HOME").flatMap({ String(validatingCString: $0) }), !home.isEmpty,
      let real = try? Disk.real.realPath(home),
      Path.sameBytes(real, path) || Path.isBelow(real, folder: path)
    {
      throw .outputIsHome(given)
    }
    let system = ["bin", "boot", "dev", "etc", "lib", "lib64", "proc", "run", "sbin", "sys"]
    if parent == "/" || system.contains(where: { Path.isBelow(path, folder: "/" + $0) }) {
      throw .outputIsSystem(given)
    }
  }

  private func isMarked() throws(StagingError) -> Bool {
    let folder = try onDisk { () throws(DiskError) in
      try Descriptor(path, flags: O_RDONLY | O_DIRECTORY | O_NOFOLLOW).release()
    }
    defer { close(folder) }
    return gongkai_has_mark(folder) == 1
  }

  /// A hidden folder (`.git`, `.svn`, `.obsidian`) means that somebody works here; `.well-known` is published.
  private func isMoreThanSite(_ entry: DirectoryEntry) -> Bool {
    guard entry.name.utf8.first == UInt8(ascii: ".") else { return false }
    return entry.name == ".git" || (entry.kind == .folder && entry.name != ".well-known")
  }

  private func carries(_ signature: SiteSignature) -> Bool {
    let file = Path.join(path, signature.file)
    guard let bytes = try? Disk.real.read(file) else { return false }
    return contains(bytes.prefix(1 << 16), signature.text)
  }

  private func contains(_ bytes: ArraySlice<UInt8>, _ text: String) -> Bool {
    let sought = Array(text.utf8)
    guard let first = sought.first else { return false }
    var rest = bytes
    while let start = rest.firstIndex(of: first) {
      if rest[start...].starts(with: sought) { return true }
      rest = rest[(start + 1)...]
    }
    return false
  }
}
