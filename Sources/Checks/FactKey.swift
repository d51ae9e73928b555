import Forms

/// What a fact speaks of, in one machine word a dimension: equal tags, equal key.
struct FactKey: Hashable {
  /// The value of each dimension by its number; 0 says nothing.
  var values = SIMD16<UInt16>()

  subscript(dimension: Int) -> UInt16 {
    get { values[dimension] }
    set { values[dimension] = newValue }
  }
}

/// The numbers behind fact keys: dimensions and values as they are met, each value with the one it lies within.
struct FactNames {
  /// Dimensions that a key has room for.
  static let room = 16

  let dimensions: [String]
  private let isAdditive: [Bool]
  private var numbers: [[String: UInt16]]
  private var names: [[String]]
  /// The value that each lies directly within; 0 where that is everything.
  private var wholes: [[UInt16]]

  init(_ model: FactModel) {
    let known = model.dimensions.prefix(Self.room)
    dimensions = known.map(\.id)
    // What comes from lists of codes, units or projects adds up too, and so do selections such as 三公.
    isAdditive = known.map { $0.isAdditive || model.classifications.contains($0.id) || $0.hasParts }
    numbers = known.map { _ in [:] }
    names = known.map { _ in [""] }
    wholes = known.map { _ in [0] }
  }

  func number(of dimension: String) -> Int? { dimensions.firstIndex(of: dimension) }

  func value(_ key: FactKey, _ dimension: Int) -> String { names[dimension][Int(key[dimension])] }

  /// The number of a value; nil beyond the room that a dimension has.
  mutating func number(of value: String, in dimension: Int) -> UInt16? {
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
  mutating func key(of tags: Tags) -> FactKey? {
    var key = FactKey()
    for (name, value) in tags.values {
      guard let dimension = number(of: name), let number = number(of: value, in: dimension) else {
        return nil
      }
      key[dimension] = number
    }
    return key
  }

  /// Calls for every key that holds this one: each additive dimension at its value, at what holds it, or unmentioned.
  func forEachWider(_ key: FactKey, _ body: (FactKey) -> Bool) -> Bool {
    widen(key, from: 0, body)
  }

  /// - Returns: whether the body asked to stop.
  private func widen(_ key: FactKey, from first: Int, _ body: (FactKey) -> Bool) -> Bool {
    var dimension = first
    while dimension < dimensions.count, key[dimension] == 0 || !isAdditive[dimension] { dimension += 1 }
    guard dimension < dimensions.count else { return body(key) }
    var wider = key
    while true {
      if widen(wider, from: dimension + 1, body) { return true }
      guard wider[dimension] != 0 else { return false }
      wider[dimension] = wholes[dimension][Int(wider[dimension])]
    }
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
