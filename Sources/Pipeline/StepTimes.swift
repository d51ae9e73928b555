import Synchronization

/// The steps of the way, in their order.
public enum Step: Int, CaseIterable, Sendable {
  case read, parse, bind, check, render, inspect, write

  /// The word that `--verbose` prints.
  public var chinese: String {
    switch self {
    case .read: "读"
    case .parse: "解析"
    case .bind: "绑定"
    case .check: "核对"
    case .render: "生成"
    case .inspect: "检查"
    case .write: "写"
    }
  }
}

/// How long each step took, summed over all workers; told to people, and nothing depends on it.
final class StepTimes: Sendable {
  private let sums = Mutex<[Duration]>(Array(repeating: .zero, count: Step.allCases.count))
  private let clock = ContinuousClock()

  func measure<Value>(_ step: Step, _ body: () throws -> Value) rethrows -> Value {
    let start = clock.now
    defer {
      let taken = clock.now - start
      sums.withLock { $0[step.rawValue] += taken }
    }
    return try body()
  }

  var all: [(step: Step, time: Duration)] {
    let sums = sums.withLock { $0 }
    return zip(Step.allCases, sums).map { ($0, $1) }
  }
}
