/// A list of findings in which what repeats is told once: the first few of a kind, and which more there are.
public enum FoldedFinding: Sendable {
  case finding(Finding)
  /// The others of the same id and severity; never none.
  case more([Finding])
}

extension Array where Element == Finding {
  /// Of more than `limit + 1` findings with one id and severity, only the first few; one line for one more saves nothing.
  public func folded(limit: Int) -> [FoldedFinding] {
    let kinds = Dictionary(grouping: self) { FoldedKind(id: $0.id, severity: $0.severity) }
    var shown: [FoldedKind: Int] = [:]
    return flatMap { finding -> [FoldedFinding] in
      let kind = FoldedKind(id: finding.id, severity: finding.severity)
      let alike = kinds[kind, default: []]
      guard alike.count > limit + 1 else { return [.finding(finding)] }
      let place = shown[kind, default: 0] + 1
      shown[kind] = place
      if place > limit { return [] }
      return place == limit ? [.finding(finding), .more(Array(alike.dropFirst(limit)))] : [.finding(finding)]
    }
  }

  /// Where the first few stand, by the names of their files: `收支总表.csv:20、narrative.md:3 等`.
  public func placesInShort(limit: Int = 6) -> String {
    let places = prefix(limit).map { finding in
      let name = finding.place.file.split(separator: "/").last.map(String.init) ?? finding.place.file
      return finding.place.line > 0 ? "\(name):\(finding.place.line)" : name
    }
    return places.joined(separator: "、") + (count > limit ? " 等" : "")
  }
}

/// What repeats.
private struct FoldedKind: Hashable {
  var id: String
  var severity: Severity
}
