import Diagnostics
import Synchronization

/// The pages that are open somewhere and listen for changes (server-sent events).
final class Audience: Sendable {
  private struct State {
    var version: Version
    var trouble: String?
    var listeners: [Int: AsyncStream<[UInt8]>.Continuation] = [:]
    var next = 0
  }

  private let state = Mutex(State(version: Version(server: .random(in: 0...UInt32.max))))

  /// Which state of the site pages show that are asked for now.
  var version: Version { state.withLock(\.version) }
  /// Why the site could not be looked at anew, if so.
  var trouble: String? { state.withLock(\.trouble) }
  var count: Int { state.withLock(\.listeners.count) }

  /// The events from now on; the first says which state the site is in.
  func join() -> AsyncStream<[UInt8]> {
    let (stream, continuation) = AsyncStream<[UInt8]>.makeStream(bufferingPolicy: .bufferingNewest(64))
    state.withLock { state in
      let number = state.next
      state.next += 1
      state.listeners[number] = continuation
      continuation.onTermination = { [weak self] _ in
        // Not at once: it may be called while the lock is held.
        Task { self?.leave(number) }
      }
      continuation.yield(event("hello", [("version", jsonString(state.version.text))]))
    }
    return stream
  }

  private func leave(_ number: Int) { state.withLock { $0.listeners[number] = nil } }

  /// Tells what a change made of the site.
  func tell(_ change: PreviewedSite.Change) {
    state.withLock { state in
      let hadTrouble = state.trouble != nil
      state.trouble = nil
      guard hadTrouble || change.findingsChanged || !change.pages.isEmpty else { return }
      state.version.number += 1
      var members = [
        ("version", jsonString(state.version.text)),
        ("findings", change.findingsChanged || hadTrouble ? "true" : "false"),
      ]
      // Of very many, a list would be longer than asking once more.
      if change.pages.count > Self.limit {
        members.append(("pages", "null"))
      } else {
        members.append(("pages", "[" + change.pages.sorted().map(jsonString).joined(separator: ",") + "]"))
      }
      let event = event("change", members)
      for listener in state.listeners.values { listener.yield(event) }
    }
  }

  /// Tells that the site cannot be looked at for now.
  func tell(trouble: String) {
    state.withLock { state in
      state.trouble = trouble
      state.version.number += 1
      let event = event(
        "change", [("version", jsonString(state.version.text)), ("findings", "true"), ("pages", "[]")])
      for listener in state.listeners.values { listener.yield(event) }
    }
  }

  /// A comment, by which either end notices that the other is gone.
  func keepAlive() {
    state.withLock { state in
      for listener in state.listeners.values { listener.yield(Array(":\n\n".utf8)) }
    }
  }

  /// Sends everybody home.
  func close() {
    let listeners = state.withLock { state in
      defer { state.listeners = [:] }
      return state.listeners
    }
    for listener in listeners.values { listener.finish() }
  }

  static let limit = 200
}

private func event(_ name: String, _ members: [(String, String)]) -> [UInt8] {
  let data = "{" + members.map { "\(jsonString($0.0)):\($0.1)" }.joined(separator: ",") + "}"
  return Array("event: \(name)\ndata: \(data)\n\n".utf8)
}
