import Forms

/// Why a draft cannot be made, in words for the user.
public struct DraftTrouble: Error, Sendable, Hashable {
  public var message: String
  public var hint: String

  init(_ message: String, hint: String) {
    self.message = message
    self.hint = hint
  }
}

/// The form set a disclosure is drafted by, and those that would fit as well.
public struct SetChoice: Sendable {
  public var set: FormSet
  public var alternatives: [String]
}

extension FormLibrary {
  /// The set for a kind, a region and a year: the one asked for, else the most local one that is valid.
  public func choose(kind: Kind, region: [String], year: Int, named: String? = nil) throws(DraftTrouble)
    -> SetChoice
  {
    if let named {
      guard let set = set(named), set.kind == kind.id else {
        let known = sets.filter { $0.kind == kind.id }.map(\.id).joined(separator: "、")
        throw DraftTrouble(
          set(named) == nil ? "没有“\(named)”这个表套" : "表套“\(named)”不用于\(kind.title)",
          hint: known.isEmpty ? "\(kind.title)还没有表套" : "\(kind.title)的表套：\(known)")
      }
      return SetChoice(set: set.inYear(year), alternatives: [])
    }
    let fitting = sets(kind: kind.id, region: region, year: year)
    guard let first = fitting.first else {
      let elsewhere = sets.filter { $0.kind == kind.id }
      let known = elsewhere.map { "\($0.id)（\($0.regionName)，\($0.yearsText)）" }.joined(separator: "、")
      throw DraftTrouble(
        "没有适用于\(region.isEmpty ? "各地" : region.joined())、\(year)年、\(kind.title)的表套",
        hint: known.isEmpty
          ? "先在 content/forms/ 里声明一套" : "用 --form-set 指定一套别处的，或在 content/forms/ 里声明一套；已有：\(known)")
    }
    // Of several as near the one that began last is the newest.
    let near = fitting.filter { $0.region.count == first.region.count }
    let newest = near.max { ($0.years.lowerBound, $1.id) < ($1.years.lowerBound, $0.id) } ?? first
    // Others print the same tables in another way, and are taken only where they are named.
    let byName = sets.filter {
      !$0.isAutomatic && $0.region == newest.region && $0.covers(kind: kind.id, region: region, year: year)
    }.map(\.id)
    return SetChoice(
      set: newest.inYear(year), alternatives: near.map(\.id).filter { $0 != newest.id } + byName)
  }

  /// The kinds that have a set for a region and a year, in their usual order.
  public func kinds(in region: [String], year: Int) -> [Kind] {
    kinds.filter { !sets(kind: $0.id, region: region, year: year).isEmpty }
  }

  /// The kinds that a region has sets for, but not in this year, each with those sets, the nearest year first.
  public func kindsOfOtherYears(in region: [String], year: Int) -> [(kind: Kind, sets: [FormSet])] {
    func distance(_ set: FormSet) -> Int {
      max(set.years.lowerBound - year, year - set.years.upperBound)
    }
    return kinds.compactMap { kind in
      guard sets(kind: kind.id, region: region, year: year).isEmpty else { return nil }
      let others = sets.filter {
        $0.kind == kind.id && $0.isAutomatic && region.starts(with: $0.region)
      }.sorted { (distance($0), $1.region.count, $0.id) < (distance($1), $0.region.count, $1.id) }
      return others.isEmpty ? nil : (kind, others)
    }
  }

  /// The region to begin with where none is told: everywhere, or the first that has forms of a kind in the year.
  public func firstRegion(year: Int) -> [String] {
    if !kinds(in: [], year: year).isEmpty { return [] }
    for kind in kinds {
      if let set = sets.first(where: { $0.kind == kind.id && $0.years.contains(year) }) { return set.region }
    }
    return []
  }
}

extension FormSet {
  /// From the province down, or that it is for all.
  public var regionName: String { region.isEmpty ? "各地" : region.joined(separator: "/") }

  /// The years it is for: 2023 年起, 2016–2021 年.
  public var yearsText: String {
    let (first, last) = (years.lowerBound, years.upperBound)
    // Sets that leave an end open reach far beyond any year.
    switch (first > 1000, last < 9999) {
    case (true, true): return first == last ? "\(first) 年" : "\(first)–\(last) 年"
    case (true, false): return "\(first) 年起"
    case (false, true): return "\(last) 年为止"
    case (false, false): return "各年"
    }
  }
}
