import Content
import Forms

/// The splits that tables declare: which parts of a value they name.
struct SplitsDeclared {
  private struct Split: Hashable {
    var dimension: Int
    /// 0 for everything.
    var whole: UInt16
  }

  private struct Part: Hashable {
    var split: Split
    var part: UInt16
  }

  private var parts: [Split: Set<UInt16>] = [:]
  /// For each dimension the values that some cell mentions.
  private let mentioned: [[UInt16]]
  /// Whether some cell mentions a part, or what lies within it or around it.
  private var mentions: [Part: Bool] = [:]

  init(_ keys: [FactKey]) {
    mentioned = (0..<FactKey.room).map { dimension in
      var seen: Set<UInt16> = []
      var last: UInt16 = 0
      for key in keys where key[dimension] != last {
        last = key[dimension]
        seen.insert(last)
      }
      seen.remove(0)
      return Array(seen)
    }
  }

  func isMentioned(_ value: UInt16, in dimension: Int) -> Bool { mentioned[dimension].contains(value) }

  /// Notes a split whose parts differ from the whole in one dimension.
  mutating func declare(_ whole: FactKey, into numbers: [Int], of keys: [FactKey]) {
    guard numbers.count > 1 else { return }
    var only: Int?
    for number in numbers {
      let differing = keys[number].values .!= whole.values
      if let only {
        guard differing[only] else { return }
      } else {
        only = (0..<FactKey.room).first { differing[$0] }
      }
      guard let only, keys[number][only] != 0 else { return }
      var alike = keys[number]
      alike[only] = whole[only]
      guard alike == whole else { return }
    }
    guard let only else { return }
    let split = Split(dimension: only, whole: whole[only])
    for number in numbers { parts[split, default: []].insert(keys[number][only]) }
  }

  /// Whether a table declares the split of a value without this part.
  func isUndeclared(_ part: UInt16, of whole: UInt16, in dimension: Int) -> Bool {
    guard let declared = parts[Split(dimension: dimension, whole: whole)] else { return false }
    return !declared.contains(part)
  }

  /// Whether no cell mentions a part of a split, nor what lies within it or around it.
  mutating func isUnmentioned(_ part: UInt16, of whole: UInt16, in dimension: Int, _ names: FactNames) -> Bool
  {
    let split = Split(dimension: dimension, whole: whole)
    if let known = mentions[Part(split: split, part: part)] { return !known }
    let text = names.value(part, in: dimension)
    let isMentioned = mentioned[dimension].contains { value in
      let other = names.value(value, in: dimension)
      return other.lies(within: text) || value != whole && text.lies(within: other)
    }
    mentions[Part(split: split, part: part)] = isMentioned
    return !isMentioned
  }
}
