import Glibc
import Synchronization

/// A lock that one process holds at a time, and that the system takes back when the process dies.
///
/// The lock is on a file that is there only while somebody holds it; a file left behind by a killed
/// process is no lock, and is taken over.
public final class FileLock: Sendable {
  public let path: String
  private let descriptor: Mutex<Int32>

  /// Takes the lock, or returns `nil` at once if another holds it.
  public init?(_ path: String) throws(DiskError) {
    self.path = path
    guard let taken = try Self.take(path) else { return nil }
    descriptor = Mutex(taken)
    var note = Array("\(getpid())\n".utf8)
    _ = ftruncate(taken, 0)
    _ = pwrite(taken, &note, note.count, 0)
  }

  /// The number of the process that holds the lock, if it can be read.
  public static func holder(of path: String) -> Int32? {
    guard let bytes = try? Disk.real.read(path, limit: 64) else { return nil }
    return Int32(String(decoding: bytes.prefix { $0 >= 0x30 && $0 <= 0x39 }, as: UTF8.self))
  }

  /// Gives the lock back; a second time does nothing.
  public func release() {
    descriptor.withLock { held in
      guard held >= 0 else { return }
      // Deleted before it is unlocked: whoever opened it meanwhile sees that its file is gone.
      unlink(path)
      close(held)
      held = -1
    }
  }

  deinit { release() }

  private static func take(_ path: String) throws(DiskError) -> Int32? {
    while true {
      let file = try Descriptor(path, flags: O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK, mode: 0o644)
      while flock(file.number, LOCK_EX | LOCK_NB) != 0 {
        let fault = errno
        if fault == EWOULDBLOCK { return nil }
        if fault != EINTR { throw DiskError(path, errno: fault) }
      }
      // The holder before us may have deleted the file between our opening and our locking it.
      let own = try file.status(path)
      if let there = try? stat.of(path, following: false), there.isSame(as: own) { return file.release() }
    }
  }
}
