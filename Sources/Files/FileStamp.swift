import Glibc

/// What the file system says of one state of a file, without reading it: whoever writes to a file, replaces it
/// or gives it other rights changes its stamp.
public struct FileStamp: Hashable, Sendable {
  public let size: Int64
  /// Last change of the contents, in nanoseconds since 1970.
  public let modified: Int64
  /// Last change of the contents, the rights or the number of links; no program can set it back.
  public let changed: Int64
  public let inode: UInt64

  public init(size: Int64, modified: Int64, changed: Int64, inode: UInt64) {
    self.size = size
    self.modified = modified
    self.changed = changed
    self.inode = inode
  }

  init(_ status: stat) {
    size = Int64(status.st_size)
    modified = Self.nanoseconds(status.st_mtim)
    changed = Self.nanoseconds(status.st_ctim)
    inode = UInt64(status.st_ino)
  }

  private static func nanoseconds(_ time: timespec) -> Int64 {
    Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }

  /// Whether a file with this stamp can no longer change without its stamp changing too.
  ///
  /// Clocks of file systems tick in steps: what is written twice within one step, once before and once after
  /// it was read, has the same stamp both times. So only stamps from before the reading began are trusted
  /// (two seconds before, where the clock counts whole seconds).
  public func isSettled(before start: FileStamp) -> Bool {
    let second: Int64 = 1_000_000_000
    return changed % second == 0 ? changed < start.changed - 2 * second : changed < start.changed
  }
}

extension FileStamp {
  /// A stamp of this moment, by the clock from which the system stamps files of this machine.
  public static var present: FileStamp? {
    var now = timespec()
    guard clock_gettime(CLOCK_REALTIME_COARSE, &now) == 0 else { return nil }
    let moment = nanoseconds(now)
    return FileStamp(size: 0, modified: moment, changed: moment, inode: 0)
  }

  /// The stamp of the running program's own file: another program, or the same one built anew, has another.
  public static var ofThisProgram: FileStamp? {
    (try? stat.of("/proc/self/exe", following: true)).map(FileStamp.init)
  }
}
