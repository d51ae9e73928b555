import Glibc

/// The clock of the command line; no page depends on it.
enum Clock {
  /// Local time, such as 2026-11-21 17:38; `nil` if the system does not know it.
  static func now() -> String? {
    var seconds = time(nil)
    var parts = tm()
    guard localtime_r(&seconds, &parts) != nil else { return nil }
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 32) { buffer in
      guard let start = buffer.baseAddress, strftime(start, buffer.count, "%Y-%m-%d %H:%M", &parts) > 0 else {
        return nil
      }
      return String(validatingCString: start)
    }
  }
}
