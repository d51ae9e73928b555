import Synchronization

/// What was read, each file with its digest.
public final class ReadLog: Sendable {
  private let digests = Mutex<[String: String]?>([:])

  public init() {}

  func note(_ path: String, _ bytes: [UInt8]) {
    guard digests.withLock({ $0 != nil }), let digest = try? sha256(bytes) else { return }
    digests.withLock { $0?[path] = digest }
  }

  /// Ends the log: one line for each file, in the order of the paths.
  public func finish() -> String {
    let digests = digests.withLock { log in
      defer { log = nil }
      return log ?? [:]
    }
    return digests.sorted { Path.precedes($0.key, $1.key) }.map { "\($0.value)  \($0.key)\n" }.joined()
  }
}

extension Disk {
  /// The same disk, with every file that is read through it noted until the log is finished.
  public func recording(in log: ReadLog) -> Disk {
    Disk(
      list: list,
      readUpTo: { path, limit throws(DiskError) in
        let bytes = try self.readUpTo(path, limit)
        log.note(path, bytes)
        return bytes
      },
      realPath: realPath)
  }
}
