import Diagnostics
import Pipeline
import Synchronization

/// One line of progress on a terminal for what takes longer than a second; nothing elsewhere.
final class Progress: Sendable {
  private struct State {
    var shown: ContinuousClock.Instant?
    var task = ""
    var done = 0
  }

  private let isShown: Bool
  private let start = ContinuousClock.now
  private let state = Mutex(State())

  init(quiet: Bool = false) { isShown = !quiet && Terminal.showsProgress }

  /// The time since the work began.
  var elapsed: Duration { ContinuousClock.now - start }

  func show(_ step: BuildStep) {
    guard isShown else { return }
    let text: String? = state.withLock { state in
      // Several units end at once: never count backwards.
      guard step.task != state.task || step.done > state.done else { return nil }
      state.task = step.task
      state.done = step.done
      return isDue(&state) ? "\(step.task) \(step.done)/\(step.total) \(step.unit)" : nil
    }
    if let text { Terminal.error("\r\u{1B}[K" + text) }
  }

  func clear() {
    guard isShown, state.withLock({ $0.shown != nil }) else { return }
    Terminal.error("\r\u{1B}[K")
  }

  /// After the first second, ten times a second at most.
  private func isDue(_ state: inout State) -> Bool {
    let now = ContinuousClock.now
    guard now - start > .seconds(1) else { return false }
    if let shown = state.shown, now - shown < .milliseconds(100) { return false }
    state.shown = now
    return true
  }
}
