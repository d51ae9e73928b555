import Diagnostics

/// Sets of forms: all, or those that fit a kind, a region and a year.
extension FormLibrary {
  /// All sets, in the order of their ids.
  public var sets: [FormSet] { heads.compactMap { set($0.id) } }

  public func set(_ id: String) -> FormSet? {
    guard heads.contains(where: { $0.id == id }) else { return nil }
    if let known = cache.withLock({ $0.sets[id] }) { return known }
    // Findings can only be the catalogue's own, and its tests read it whole.
    var ignored: [Finding] = []
    let forms = Set(sources.names)
    guard
      let set = setFiles.set(
        id, facts: facts, kinds: Set(kinds.flatMap(\.names)), forms: forms, findings: &ignored)
    else { return nil }
    cache.withLock { $0.sets[id] = set }
    return set
  }

  /// The sets that the site declares itself.
  public var ownSetsRead: [FormSet] { ownSets.sorted().compactMap { set($0) } }

  public func kind(_ id: String) -> Kind? { kinds.first { $0.id == id } }

  /// The sets valid for a kind, region and year, the most local first; of those equally near, the site's own.
  ///
  /// Sets that are chosen only by name are not among them.
  public func sets(kind: String, region: [String], year: Int) -> [FormSet] {
    heads.filter { $0.isAutomatic && $0.covers(kind: kind, region: region, year: year) }.compactMap {
      set($0.id)
    }
    .sorted { isNearer($0, $1) || !isNearer($1, $0) && $0.id < $1.id }
  }

  /// Whether a set is nearer to a unit than another that fits it, too.
  public func isNearer(_ first: FormSet, _ second: FormSet) -> Bool {
    let (own, other) = (ownSets.contains(first.id), ownSets.contains(second.id))
    return first.region.count > second.region.count
      || first.region.count == second.region.count && own && !other
  }
}
