import Files

/// What is to be remembered of a run once its site is in place: where each page lies.
struct Remembrance: Sendable {
  private var memory: Memory?
  private var units: [(slug: String, record: UnitRecord, isKnown: Bool)] = []

  init() {}

  init(_ memory: Memory?, _ outcomes: [UnitOutcome]) {
    self.memory = memory
    guard memory != nil else { return }
    units = outcomes.compactMap { outcome in
      outcome.record.map { (outcome.slug, $0, outcome.isKnown) }
    }
  }

  /// Keeps what holds now that the site is in place.
  func keep(_ staging: Staging, isUnchanged: Bool) {
    guard let memory else { return }
    for (slug, record, isKnown) in units where !isUnchanged || !isKnown {
      let pages = record.pages.compactMap { page in
        page.key.flatMap { key in
          staging.outputFiles(page.paths).map { WrittenPages(name: page.name, key: key, files: $0) }
        }
      }
      memory.save(pages, of: slug)
    }
    memory.keepOnly(units.map(\.slug))
  }
}
