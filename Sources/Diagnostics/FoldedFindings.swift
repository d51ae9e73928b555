/// A list of findings in which what repeats is told once: the first few of a kind, and how many more there are.
public enum FoldedFinding: Sendable {
  case finding(Finding)
  /// So many more of the same id and severity.
  case more(Int, id: String, severity: Severity)
}

extension Array where Element == Finding {
  /// Of more than `limit + 1` findings with one id and severity, only the first few; one line for one more saves nothing.
  public func folded(limit: Int) -> [FoldedFinding] {
    var counts: [FoldedKind: Int] = [:]
    for finding in self { counts[FoldedKind(id: finding.id, severity: finding.severity), default: 0] += 1 }
    var shown: [FoldedKind: Int] = [:]
    return flatMap { finding -> [FoldedFinding] in
      let kind = FoldedKind(id: finding.id, severity: finding.severity)
      let count = counts[kind, default: 0]
      guard count > limit + 1 else { return [.finding(finding)] }
      let place = shown[kind, default: 0] + 1
      shown[kind] = place
      if place > limit { return [] }
      let rest = FoldedFinding.more(count - limit, id: finding.id, severity: finding.severity)
      return place == limit ? [.finding(finding), rest] : [.finding(finding)]
    }
  }
}

/// What repeats.
private struct FoldedKind: Hashable {
  var id: String
  var severity: Severity
}
