import Site
import Synchronization

/// Hands out numbers, each once.
private final class Queue: Sendable {
  private let count = Mutex(0)

  func next() -> Int {
    count.withLock { count in
      defer { count += 1 }
      return count
    }
  }
}

/// Works through the units, as many at once as there are jobs, each worker with its own copy of the theme.
func eachUnit(
  _ slugs: [String], jobs: Int, renderer: SiteRenderer,
  progress: @escaping @Sendable (BuildStep) -> Void = { _ in },
  _ body: @Sendable @escaping (String, SiteRenderer) throws -> UnitOutcome
) async throws -> [UnitOutcome] {
  let queue = Queue()
  let done = Queue()
  let workers = max(1, min(jobs, slugs.count))
  return try await withThrowingTaskGroup(of: [(Int, UnitOutcome)].self) { group in
    for worker in 0..<workers {
      let own = worker == 0 ? renderer : renderer.separateCopy()
      group.addTask {
        var outcomes: [(Int, UnitOutcome)] = []
        while true {
          try Task.checkCancellation()
          let index = queue.next()
          guard index < slugs.count else { return outcomes }
          outcomes.append((index, try body(slugs[index], own)))
          progress(BuildStep(unit: slugs[index], done: done.next() + 1, total: slugs.count))
        }
      }
    }
    var all: [(Int, UnitOutcome)] = []
    for try await part in group { all += part }
    return all.sorted { $0.0 < $1.0 }.map(\.1)
  }
}
