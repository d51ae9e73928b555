import Fiscal

/// Classifications (科目) of the catalogue with what the site adds.
extension FormLibrary {
  /// A classification (function, economic …), as it stood in a year; without one, as it stands now.
  public func classification(_ id: String, year: Int? = nil) -> Classification {
    let key = year.map { "\(id)@\($0)" } ?? id
    if let known = cache.withLock({ $0.classifications[key] }) { return known }
    let classification = Classification(entries(of: id), year: year)
    cache.withLock { $0.classifications[key] = classification }
    return classification
  }

  /// All classifications as they stood in a year, by id.
  public func classifications(year: Int) -> [String: Classification] {
    Dictionary(facts.classifications.map { ($0, classification($0, year: year)) }) { first, _ in first }
  }

  private func entries(of id: String) -> [Classification.Entry] {
    if let known = cache.withLock({ $0.entries[id] }) { return known }
    var reader = ClassificationReader()
    let shipped = classificationFiles[id].map { reader.read($0) } ?? []
    let entries = shipped.joined(with: ownCodes[id] ?? [])
    cache.withLock { $0.entries[id] = entries }
    return entries
  }
}
