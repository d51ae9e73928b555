import Diagnostics
import Pipeline
import Synchronization

/// One line of progress on a terminal; nothing elsewhere.
final class Progress: Sendable {
  private let last = Mutex(0)

  func show(_ step: BuildStep) {
    guard Terminal.showsProgress else { return }
    last.withLock { last in
      // Several units end at once: never count backwards.
      guard step.done > last, step.done == step.total || step.done % max(1, step.total / 100) == 0 else {
        return
      }
      last = step.done
      Terminal.error("\r\u{1B}[K处理单位 \(step.done)/\(step.total) \(step.unit)")
    }
  }

  func clear() {
    guard Terminal.showsProgress else { return }
    Terminal.error("\r\u{1B}[K")
  }
}
