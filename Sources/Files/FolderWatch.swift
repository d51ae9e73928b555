import Glibc
import Synchronization

/// What changed below watched folders.
public enum FolderChanges: Hashable, Sendable {
  /// Files and folders, each path beginning with that of the watched folder as it was given.
  ///
  /// A folder stands for all that is, or was, below it.
  case paths(Set<String>)
  /// More than could be followed.
  case everything

  mutating func add(_ path: String) {
    guard case .paths(var paths) = self else { return }
    paths.insert(path)
    self = .paths(paths)
  }

  mutating func add(_ other: FolderChanges) {
    guard case .paths(let more) = other, case .paths(let paths) = self else {
      self = .everything
      return
    }
    self = .paths(paths.union(more))
  }

  var isEmpty: Bool { self == .paths([]) }
}

/// Watches folders with all that is below them, and tells what changed once it is quiet again.
///
/// Folders that are not there yet are watched from the moment they appear.
///
///     let watch = try FolderWatch(["content", "Themes"])
///     while let changes = try await watch.next() { … }
public final class FolderWatch: Sendable {
  private let shared: SharedWatch

  /// - Throws: where the system refuses to watch.
  public init(_ folders: [String]) throws(DiskError) {
    shared = try SharedWatch(folders)
    shared.start()
  }

  deinit { stop() }

  /// Waits for the next changes; nil once the watch has been stopped or the task is cancelled.
  ///
  /// What happens while nobody waits is kept, and told together. One task asks at a time.
  /// - Throws: where a new folder cannot be watched any more.
  public func next() async throws(DiskError) -> FolderChanges? {
    var signals = shared.signals.makeAsyncIterator()
    while await signals.next() != nil {
      if let changes = try shared.take() { return changes }
    }
    return nil
  }

  /// Ends at once; whoever waits is told.
  public func stop() { shared.stop() }
}

/// What the thread that reads events and the tasks that ask for them have in common.
private final class SharedWatch: Sendable {
  private struct Inbox {
    var changes = FolderChanges.paths([])
    var fault: DiskError?
  }

  let signals: AsyncStream<Void>
  private let signal: AsyncStream<Void>.Continuation
  private let inbox = Mutex(Inbox())
  private let notifier: Int32
  /// The two ends of a pipe: a byte in it ends the thread.
  private let stopped: Int32
  private let stopper: Int32

  /// Changes are told when nothing happened for so long, as saving a file takes several steps …
  private static let quiet: Duration = .milliseconds(25)
  /// … and at the latest after so long.
  private static let patience: Duration = .milliseconds(250)

  init(_ folders: [String]) throws(DiskError) {
    let notifier = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
    guard notifier >= 0 else { throw DiskError(folders.first ?? "", .tooManyWatches) }
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else {
      let fault = errno
      _ = Glibc.close(notifier)
      throw DiskError(folders.first ?? "", errno: fault)
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    self.notifier = notifier
    (stopped, stopper) = (ends[0], ends[1])
    (signals, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    // Watches set before the first answer: nothing that happens from here on is missed.
    var watched = WatchedFolders(folders, notifier: notifier)
    try watched.watchAll()
    beginning = Mutex(watched)
  }

  deinit {
    _ = Glibc.close(notifier)
    _ = Glibc.close(stopped)
    _ = Glibc.close(stopper)
  }

  /// Handed over to the thread.
  private let beginning: Mutex<WatchedFolders?>

  /// Begins to read events, on a thread of its own: reading waits.
  func start() {
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self)
    let failed = pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        Unmanaged<SharedWatch>.fromOpaque(context).takeRetainedValue().run()
        return nil
      }, context.toOpaque())
    guard failed == 0 else {
      context.release()
      tell(.paths([]), fault: DiskError("", errno: failed))
      return
    }
    pthread_detach(thread)
  }

  func stop() {
    var word: UInt8 = 1
    _ = Glibc.write(stopper, &word, 1)
    signal.finish()
  }

  func take() throws(DiskError) -> FolderChanges? {
    let found = inbox.withLock { inbox in
      defer { inbox = Inbox() }
      return inbox
    }
    if let fault = found.fault { throw fault }
    return found.changes.isEmpty ? nil : found.changes
  }

  private func tell(_ changes: FolderChanges, fault: DiskError? = nil) {
    inbox.withLock { inbox in
      inbox.changes.add(changes)
      inbox.fault = fault ?? inbox.fault
    }
    signal.yield()
  }

  private func run() {
    guard var watched = beginning.withLock({ $0.take() }) else { return }
    var pending = FolderChanges.paths([])
    var first = ContinuousClock.now
    var last = first
    while true {
      var wait: Int32 = -1
      if !pending.isEmpty {
        let end = min(last + Self.quiet, first + Self.patience)
        let left = ContinuousClock.now.duration(to: end)
        wait = left > .zero ? Int32((left / .milliseconds(1)).rounded(.up)) : 0
      }
      var sources = [
        pollfd(fd: notifier, events: Int16(POLLIN), revents: 0),
        pollfd(fd: stopped, events: Int16(POLLIN), revents: 0),
      ]
      let ready = poll(&sources, nfds_t(sources.count), wait)
      if sources[1].revents != 0 { return }
      if ready > 0 {
        let wasEmpty = pending.isEmpty
        do throws(DiskError) {
          try watched.readEvents(into: &pending)
        } catch {
          tell(.everything, fault: error)
          return
        }
        last = .now
        if wasEmpty { first = last }
      } else if !pending.isEmpty {
        tell(pending)
        pending = .paths([])
      }
    }
  }
}
