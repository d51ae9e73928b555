import Files

/// How files differ from those of a bag, by path below the compared folder.
public struct BagComparison: Hashable, Sendable {
  public var changed: [String] = []
  /// In the bag, and not among the files.
  public var missing: [String] = []
  /// Among the files, and not in the bag.
  public var added: [String] = []

  public var isEqual: Bool { changed.isEmpty && missing.isEmpty && added.isEmpty }
}

extension Bag {
  /// Compares files, given by their SHA-512, with those that the bag lists below a folder of its payload.
  public func compare(_ digests: [String: String], below folder: String) throws(BagError) -> BagComparison {
    var comparison = BagComparison()
    var left = digests
    for (path, digest) in try payload() where path.hasPrefix(folder + "/") {
      let name = String(path.dropFirst(folder.count + 1))
      switch left.removeValue(forKey: name) {
      case nil: comparison.missing.append(name)
      case digest: continue
      default: comparison.changed.append(name)
      }
    }
    comparison.added = left.keys.sorted(by: Path.precedes)
    comparison.changed.sort(by: Path.precedes)
    comparison.missing.sort(by: Path.precedes)
    return comparison
  }
}
