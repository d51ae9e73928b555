import Forms
import Parsing

/// A region as it was typed, and whether the sets of forms know it.
struct ReadRegion {
  /// From the province down.
  var region: [String]
  /// What to say where no set is for just this region, though one of a like name has some.
  var doubt: String?

  init(_ text: String, _ library: FormLibrary) {
    let typed = text.split { "/／ 　".contains($0) }.map(String.init)
    region = typed
    let known = Set(library.sets.map(\.region)).filter { !$0.isEmpty }
      .sorted { $0.lexicographicallyPrecedes($1) }
    // As lists print it: 湖南省省直.
    if let whole = known.first(where: { $0.joined() == typed.joined() }) {
      region = whole
      return
    }
    let others = known.filter { !typed.starts(with: $0) && !$0.starts(with: typed) }
    let near = others.filter { Self.isLike(typed.joined(), $0) }
    let nearest = near.isEmpty && others.count == known.count ? Self.nearest(to: typed, among: known) : near
    guard !typed.isEmpty, !nearest.isEmpty else { return }
    let names = nearest.prefix(3).map { $0.joined(separator: "/") }.joined(separator: "、")
    let used = others.count == known.count ? "全国的" : "上一级的"
    doubt = "没有“\(text)”的表套，用\(used)；是否想写 \(names)？"
  }

  /// Whether a region's own name, with or without 省, 市, 区 or 县, is in the text; words that are no name, with the province.
  private static func isLike(_ text: String, _ region: [String]) -> Bool {
    func bare(_ name: String) -> String? {
      name.count > 2 && name.last.map { "省市区县".contains($0) } ?? false ? String(name.dropLast()) : nil
    }
    guard let first = region.first, let last = region.last else { return false }
    if let name = bare(last) { return text.contains(name) }
    return text.contains(last) && text.contains(bare(first) ?? first)
  }

  private static func nearest(to typed: [String], among known: [[String]]) -> [[String]] {
    let names = known.map { $0.joined(separator: "/") }
    guard let found = Parsing.nearest(to: typed.joined(separator: "/"), among: names),
      let index = names.firstIndex(of: found)
    else { return [] }
    return [known[index]]
  }
}
