/// The name of a bag: the year, and from the first supplement on the number of the part (`2022`, `2022-2`).
public struct BagName: Hashable, Sendable, Comparable {
  public var year: Int
  /// 1 for the year's first bag.
  public var part: Int

  public init(year: Int, part: Int = 1) {
    self.year = year
    self.part = part
  }

  /// Reads a folder's name; nil where it is no bag's.
  public init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), parts[0].utf8.count == 4, let year = Self.number(parts[0]) else {
      return nil
    }
    self.init(year: year)
    guard parts.count == 2 else { return }
    guard let part = Self.number(parts[1]), part > 1 else { return nil }
    self.part = part
  }

  public var text: String { part == 1 ? String(year) : "\(year)-\(part)" }

  public static func < (left: BagName, right: BagName) -> Bool {
    (left.year, left.part) < (right.year, right.part)
  }

  /// Digits alone, and not begun with a nought: every bag has one name.
  private static func number(_ text: Substring) -> Int? {
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), text.utf8.first != 0x30 else { return nil }
    return Int(text)
  }
}
