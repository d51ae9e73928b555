import Fiscal

/// The words by which narratives may call what bears a title, worked out once for a unit.
final class TitleWords {
  let titles = TitleCache()
  private var known: [TitleKey: [(word: String, name: PairedName)]] = [:]

  /// The title as narratives write it, and shorter; none where it is too short or too long to tell anything.
  func words(of title: String) -> [(word: String, name: PairedName)] {
    if let found = known[TitleKey(title)] { return found }
    let name = titles.bare(title)
    let words = (6...240).contains(name.utf8.count) ? [name] + shortNames(of: name) : []
    let paired = words.map { (word: $0, name: titles.name($0)) }
    known[TitleKey(title)] = paired
    return paired
  }
}

/// A title as narratives write it: without numbering, quotation marks and blanks.
func bareName(_ title: String) -> String {
  String(String.UnicodeScalarView(passageScalars(normalizedName(title))))
}

/// Names that narratives shorten: without 合计 at the end, without what stands in brackets there.
private func shortNames(of name: String) -> [String] {
  var short: [String] = []
  var rest = name
  for ending in ["合计", "总计", "小计", "总额"] where rest.hasSuffix(ending) {
    rest = String(rest.dropLast(ending.count))
    if rest.utf8.count >= 6 { short.append(rest) }
  }
  // What is counted stands before the number, its unit behind it: 国内公务接待 46 批次, 车辆 3 辆.
  for ending in ["人次数", "团组数", "批次", "人次", "人数", "数"] where rest.hasSuffix(ending) {
    let stem = String(rest.dropLast(ending.count))
    if stem.utf8.count >= 6 { short.append(stem) }
    break
  }
  if name.hasSuffix("）"), let open = name.lastIndex(of: "（") {
    let rest = String(name[..<open])
    if rest.utf8.count >= 9 { short.append(rest) }
  }
  return short
}
