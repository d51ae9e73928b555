/// A classification of revenue or expenditure (科目) as it stands in one year: codes of 3, 5 and 7 digits (类、款、项)
/// with their names.
public struct Classification: Sendable {
  /// A code with one of its names, and the years in which it bears it.
  public struct Entry: Sendable, Equatable {
    public var code: String
    public var name: String
    /// Other names that mean the same: earlier ones, and what a locality calls it.
    public var aliases: [String]
    /// The first and last year of this name; nil where it is not known, or not over.
    public var firstYear: Int?
    public var lastYear: Int?
    /// Whether it was not held against an official document, so that what differs from it proves nothing.
    public var isUnsure: Bool

    public init(
      code: String, name: String, aliases: [String] = [], firstYear: Int? = nil, lastYear: Int? = nil,
      isUnsure: Bool = false
    ) {
      self.code = code
      self.name = name
      self.aliases = aliases
      self.firstYear = firstYear
      self.lastYear = lastYear
      self.isUnsure = isUnsure
    }

    func covers(_ year: Int?) -> Bool {
      guard let year else { return lastYear == nil }
      return (firstYear ?? year) <= year && year <= (lastYear ?? year)
    }
  }

  /// A code below another, by each of its names.
  private struct Child: Sendable {
    var name: String
    var code: String
    /// 0 for the name of the year, 1 for other names.
    var rank: Int
  }

  /// Whether it divides a code further.
  public func divides(_ code: String) -> Bool { children[code] != nil }

  /// What the year calls each code: its own name, or that of the nearest year which had it.
  private let current: [String: Entry]
  /// Every name of a code, as they are compared, that of the year first.
  private let names: [String: [String]]
  private let children: [String: [Child]]
  /// The codes that bear each name of the year.
  private let bearers: [String: [String]]
  private let year: Int?
  /// The number of digits of its longest codes.
  private let deepest: Int

  /// - Parameters:
  ///   - entries: codes with their names; a code lies under the one two digits shorter.
  ///   - year: the year to look at it from; nil is what is not over yet.
  public init(_ entries: [Entry], year: Int? = nil) {
    var byCode: [String: [Entry]] = [:]
    var order: [String] = []
    for entry in entries {
      if byCode[entry.code] == nil { order.append(entry.code) }
      byCode[entry.code, default: []].append(entry)
    }
    var current: [String: Entry] = [:]
    var names: [String: [String]] = [:]
    var children: [String: [Child]] = [:]
    var bearers: [String: [String]] = [:]
    for code in order {
      guard let known = byCode[code], let chosen = Self.entry(of: known, in: year) else { continue }
      current[code] = chosen
      let own = normalizedName(chosen.name)
      var all = [own]
      for name in known.flatMap({ [$0.name] + $0.aliases }).map({ normalizedName($0) })
      where !all.contains(name) && !name.isEmpty {
        all.append(name)
      }
      names[code] = all
      let isCurrent = chosen.covers(year)
      for (place, name) in all.enumerated() {
        children[Self.parent(of: code), default: []].append(
          Child(name: name, code: code, rank: isCurrent && place == 0 ? 0 : 1))
      }
      if isCurrent { bearers[own, default: []].append(code) }
    }
    self.current = current
    self.names = names
    self.children = children
    self.bearers = bearers
    self.year = year
    deepest = current.keys.lazy.map(\.utf8.count).max() ?? 0
  }

  /// Of a code's entries the one of a year, else the last before it, else the first after it.
  private static func entry(of known: [Entry], in year: Int?) -> Entry? {
    if let found = known.first(where: { $0.covers(year) }) { return found }
    guard let year else { return known.last }
    return known.filter { ($0.lastYear ?? year) < year }.max { ($0.lastYear ?? 0) < ($1.lastYear ?? 0) }
      ?? known.min { ($0.firstYear ?? 0) < ($1.firstYear ?? 0) }
  }

  /// The code that another lies directly under; "" for the 类.
  public static func parent(of code: String) -> String {
    code.utf8.count > 3 ? String(code.dropLast(2)) : ""
  }

  // MARK: Codes

  /// The name of a code in the year; that of the nearest year for a code which the year does not have.
  public func name(of code: String) -> String? { current[code]?.name }

  /// Whether the year has a code, or had it before.
  public func isKnown(_ code: String) -> Bool {
    guard let entry = current[code] else { return false }
    guard let year, let first = entry.firstYear else { return true }
    return first <= year
  }

  /// Whether the name of a code was held against an official document.
  public func isSure(_ code: String) -> Bool { current[code].map { !$0.isUnsure } ?? false }

  /// The last year of a code that the year has no more; nil for every other.
  public func lastYear(ofFormer code: String) -> Int? {
    guard let year, let last = current[code]?.lastYear, last < year else { return nil }
    return last
  }

  /// Whether a code only divides further (地方自设的明细) what the classification ends with.
  public func isLocalDetail(_ code: String) -> Bool {
    deepest > 0 && code.utf8.count > deepest && current[String(code.prefix(deepest))] != nil
  }

  /// All codes of the year at or below one of several codes, in order; all codes where none is given.
  public func codes(under parents: [String]) -> [String] {
    current.values.filter { entry in
      entry.covers(year) && (parents.isEmpty || parents.contains { entry.code.hasPrefix($0) })
    }.map(\.code).sorted()
  }

  // MARK: Names

  /// The code that bears a name directly under another code ("" for the 类), or nil where none or several do.
  ///
  /// The name of the year comes before others, and both before a name that only lacks, or adds, 支出 at its end.
  public func code(named name: String, under parent: String) -> String? {
    let wanted = normalizedName(name)
    guard !wanted.isEmpty, let children = children[parent] else { return nil }
    for rank in 0...1 {
      let found = Set(children.lazy.filter { $0.rank == rank && $0.name == wanted }.map(\.code))
      if !found.isEmpty { return found.count == 1 ? found.first : nil }
    }
    let bare = withoutSpending(wanted)
    let found = Set(children.lazy.filter { withoutSpending($0.name) == bare }.map(\.code))
    return found.count == 1 ? found.first : nil
  }

  /// Whether a code is called so, in this year or another.
  func isNamed(_ code: String, _ normalized: String) -> Bool { names[code]?.contains(normalized) ?? false }

  /// The other codes of the same level that bear a normalized name in this year.
  func others(named normalized: String, beside code: String) -> [String] {
    (bearers[normalized] ?? []).filter { $0 != code && $0.utf8.count == code.utf8.count }
  }

  /// Every name of a code, as they are compared.
  func allNames(of code: String) -> [String] { names[code] ?? [] }
}

/// A name without 支出 at its end, where more than that is left.
func withoutSpending(_ name: String) -> String {
  name.hasSuffix("支出") && name.count > 3 ? String(name.dropLast(2)) : name
}
