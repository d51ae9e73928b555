import Content
import Site
import Synchronization

/// The pages made and the units bound last, as many as fit: what is asked for again is not made again.
final class PageStore: Sendable {
  fileprivate struct State {
    var pages: [PageName: RenderedPages] = [:]
    /// The pages from the longest unused to the last used.
    var order: [PageName] = []
    var size = 0
    var units: [BoundUnit] = []
    var broken: Set<PageName> = []
  }

  private let state = Mutex(State())
  private let sizeLimit = 64 << 20
  private let unitLimit = 4

  /// Takes what the work on a unit makes.
  func output(for slug: String) -> PageOutput {
    PageOutput(
      carry: { _, _ in true },
      write: { name, rendered, _ in self.insert(rendered, as: PageName(slug: slug, name: name)) },
      sees: { self.see($0) })
  }

  func pages(_ name: PageName) -> RenderedPages? { state.withLock { $0.pages[name] } }

  func insert(_ rendered: RenderedPages, as name: PageName) {
    state.withLock { state in
      state.remove(name)
      state.pages[name] = rendered
      state.order.append(name)
      state.size += rendered.size
      while state.size > sizeLimit, let oldest = state.order.first, oldest != name { state.remove(oldest) }
    }
  }

  func unit(_ slug: String) -> BoundUnit? { state.withLock { $0.units.first { $0.unit.slug == slug } } }

  /// Keeps a unit, and notes which of its disclosures cannot be built.
  func see(_ unit: BoundUnit) {
    state.withLock { state in
      state.units.removeAll { $0.unit.slug == unit.unit.slug }
      if state.units.count >= unitLimit { state.units.removeFirst() }
      state.units.append(unit)
      state.broken = state.broken.filter { $0.slug != unit.unit.slug }
      for disclosure in unit.disclosures where disclosure.set == nil || !disclosure.unreadable.isEmpty {
        state.broken.insert(PageName(slug: unit.unit.slug, name: disclosure.key))
      }
    }
  }

  /// Whether the pages lack what their sources should give them.
  func isBroken(_ name: PageName) -> Bool { state.withLock { $0.broken.contains(name) } }

  /// Drops what was made of a unit that may have changed.
  func forget(_ slug: String) {
    state.withLock { state in
      state.units.removeAll { $0.unit.slug == slug }
      for name in state.order where name.slug == slug { state.remove(name) }
    }
  }
}

extension PageStore.State {
  fileprivate mutating func remove(_ name: PageName) {
    guard let old = pages.removeValue(forKey: name) else { return }
    size -= old.size
    order.removeAll { $0 == name }
  }
}

extension RenderedPages {
  fileprivate var size: Int { pages.reduce(0) { $0 + $1.bytes.count } }
}
