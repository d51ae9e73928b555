import Forms

/// What a fact speaks of, as numbers: for each dimension of the model the number of its value, 0 where it says nothing.
///
/// Equal tags give equal keys, so that all statements of a fact are found without looking at a text.
public struct FactKey: Hashable, Sendable {
  /// Dimensions that a key has room for.
  public static let room = 16

  public var values: SIMD16<UInt16>

  public init(_ values: SIMD16<UInt16> = .zero) { self.values = values }

  public subscript(dimension: Int) -> UInt16 {
    get { values[dimension] }
    set { values[dimension] = newValue }
  }

  /// A number that differs for almost all keys, most in its upper bits; cheaper than hashing sixteen numbers one by one.
  @inlinable public var digest: UInt64 {
    // Four words of the same size.
    let words = unsafeBitCast(values, to: SIMD4<UInt64>.self)
    return words[0] &* 0x9E37_79B9_7F4A_7C15 &+ words[1] &* 0xBF58_476D_1CE4_E5B9
      &+ words[2] &* 0x94D0_49BB_1331_11EB &+ words[3] &* 0xD6E8_FEB8_6659_FD93
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(digest) }
}

/// Tags as numbers, before they are laid over one another: a tag that is taken away (`~`) is named and has the value 0.
public struct NumberedTags: Equatable, Sendable {
  public internal(set) var values = SIMD16<UInt16>()
  /// All bits set in each dimension that is named.
  public internal(set) var named = SIMD16<UInt16>()
  /// Whether they name what has no number: nothing that they say can be compared.
  public internal(set) var isUnknown = false

  /// These tags with nearer ones laid over them: the nearer wins.
  func overlaid(by nearer: NumberedTags) -> NumberedTags {
    NumberedTags(
      values: values & ~nearer.named | nearer.values, named: named | nearer.named,
      isUnknown: isUnknown || nearer.isUnknown)
  }
}

/// The numbers behind fact keys: dimensions and values as they are met, each value with the one it lies within.
public struct FactNames: Sendable {
  public let dimensions: [String]
  /// The dimensions of which what does not mention them speaks of all.
  public let additive: [Int]
  /// For each dimension the value that each value lies directly within; 0 where that is everything.
  public private(set) var wholes: [[UInt16]]
  private var numbers: [[String: UInt16]]
  private var names: [[String]]

  public init(_ model: FactModel) {
    let known = model.dimensions.prefix(FactKey.room)
    dimensions = known.map(\.id)
    // What comes from lists of codes, units or projects adds up too, and so do selections such as 三公.
    additive = known.indices.filter {
      known[$0].isAdditive || model.classifications.contains(known[$0].id) || known[$0].hasParts
    }
    numbers = known.map { _ in [:] }
    names = known.map { _ in [""] }
    wholes = known.map { _ in [0] }
  }

  public func number(of dimension: String) -> Int? { dimensions.firstIndex(of: dimension) }

  public func value(_ number: UInt16, in dimension: Int) -> String { names[dimension][Int(number)] }

  /// All values of a dimension in the order of their numbers; the first says nothing.
  public func values(of dimension: Int) -> [String] { names[dimension] }

  public func value(_ key: FactKey, _ dimension: Int) -> String { value(key[dimension], in: dimension) }

  /// The number of a value; nil beyond the room that a dimension has.
  public mutating func number(of value: String, in dimension: Int) -> UInt16? {
    if let known = numbers[dimension][value] { return known }
    var whole: UInt16 = 0
    if let outer = Self.whole(of: value) {
      guard let number = number(of: outer, in: dimension) else { return nil }
      whole = number
    }
    guard let next = UInt16(exactly: names[dimension].count) else { return nil }
    numbers[dimension][value] = next
    names[dimension].append(value)
    wholes[dimension].append(whole)
    return next
  }

  /// Nil where a dimension is unknown or its room is used up: such a statement is not compared.
  public mutating func key(of tags: Tags) -> FactKey? {
    let numbered = numbered(tags)
    return numbered.isUnknown ? nil : FactKey(numbered.values)
  }

  /// The tags that a key stands for.
  public func tags(of key: FactKey) -> Tags {
    var tags = Tags()
    for dimension in dimensions.indices where key[dimension] != 0 {
      tags[dimensions[dimension]] = value(key, dimension)
    }
    return tags
  }

  public mutating func numbered(_ tags: Tags) -> NumberedTags {
    var result = NumberedTags()
    for (name, value) in tags.values {
      guard let dimension = number(of: name) else {
        if !value.isEmpty { result.isUnknown = true }
        continue
      }
      result.named[dimension] = .max
      guard !value.isEmpty else { continue }
      if let number = number(of: value, in: dimension) {
        result.values[dimension] = number
      } else {
        result.isUnknown = true
      }
    }
    return result
  }

  /// What a value lies directly within: the path before its last dot, or the code two digits shorter.
  ///
  /// Names typed into tables may be anything: a very long one lies within nothing.
  private static func whole(of value: String) -> String? {
    guard value.utf8.count <= 200 else { return nil }
    if let dot = value.utf8.lastIndex(of: 46) { return String(value[..<dot]) }
    guard value.utf8.count > 3, value.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return String(value.dropLast(2))
  }
}
