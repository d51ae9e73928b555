import Content

/// How the keys of facts begin: which values of the first additive dimensions stand together in any of them.
///
/// What holds a fact is sought dimension by dimension; most ways end early, since no fact begins like that. It may say
/// yes where no fact does, but never no where one does.
struct FactPrefixes {
  let additive: [Int]
  /// All bits set in the dimensions that are not additive.
  private let others: SIMD16<UInt16>
  /// What a value of a dimension adds to a digest, for each of it.
  private let weights: [UInt64]
  /// One bit for each digest of a beginning; a power of two long.
  private var bits: [UInt64]
  /// How many lower bits of a digest say nothing of its place.
  private let shift: UInt64

  init(_ keys: [FactKey], _ additive: [Int]) {
    self.additive = additive
    var others = SIMD16<UInt16>(repeating: .max)
    for dimension in additive { others[dimension] = 0 }
    self.others = others
    weights = (0..<FactKey.room).map { dimension in
      var one = FactKey()
      one[dimension] = 1
      return one.digest
    }
    var size = 64
    while size < keys.count { size *= 2 }
    shift = UInt64(64 - (size.trailingZeroBitCount + 6))
    bits = Array(repeating: 0, count: size)
    for key in keys {
      var digest = start(of: key)
      // What a key does not mention leaves its digest as it is.
      enter(digest)
      for dimension in additive where key[dimension] != 0 {
        digest = self.digest(digest, with: key[dimension], in: dimension)
        enter(digest)
      }
    }
  }

  /// The digest of what is not additive in a key.
  func start(of key: FactKey) -> UInt64 { FactKey(key.values & others).digest }

  /// A digest with one more value in it; 0 adds nothing. The digest of a whole key is that of all its values.
  @inline(__always)
  func digest(_ digest: UInt64, with value: UInt16, in dimension: Int) -> UInt64 {
    digest &+ UInt64(value) &* weights[dimension]
  }

  /// Whether some key may begin with what a digest stands for.
  @inline(__always)
  func mayHold(_ digest: UInt64) -> Bool {
    let place = digest >> shift
    return bits[Int(truncatingIfNeeded: place >> 6)] & (1 << (place & 63)) != 0
  }

  /// One additive dimension that a key mentions, while what holds the key is sought.
  private struct Widening {
    var dimension: Int
    /// The value of the key itself.
    var narrowest: UInt16
    /// The one that is tried: the narrowest, what holds it, and so on; 0 is everything.
    var value: UInt16
    /// The digest of what lies before it.
    var digest: UInt64
  }

  /// The first answer for a key that holds another: each additive dimension at its value, at what holds it, or
  /// unmentioned, the last dimension changing first.
  ///
  /// - Parameters:
  ///   - wholes: For each dimension what each value lies directly within.
  ///   - answer: Asked of keys that may be among these, with their digests.
  @inline(__always)
  func first<Answer>(
    around key: FactKey, _ wholes: [[UInt16]], _ answer: (FactKey, _ digest: UInt64) -> Answer?
  ) -> Answer? {
    withUnsafeTemporaryAllocation(of: Widening.self, capacity: FactKey.room + 1) { places in
      var count = 0
      for dimension in additive where key[dimension] != 0 {
        let value = key[dimension]
        places[count] = Widening(dimension: dimension, narrowest: value, value: value, digest: 0)
        count += 1
      }
      // One more for the digest of all.
      places[count] = Widening(dimension: 0, narrowest: 0, value: 0, digest: 0)
      places[0].digest = start(of: key)
      var depth = 0
      while true {
        // Down to where no key goes on as this one does.
        while depth < count {
          let next = digest(places[depth].digest, with: places[depth].value, in: places[depth].dimension)
          guard mayHold(next) else { break }
          depth += 1
          places[depth].digest = next
        }
        if depth == count {
          var wider = key
          for place in places[..<count] { wider[place.dimension] = place.value }
          if let found = answer(wider, places[count].digest) { return found }
        }
        var last = min(depth, count - 1)
        while last >= 0, places[last].value == 0 {
          places[last].value = places[last].narrowest
          last -= 1
        }
        guard last >= 0 else { return nil }
        places[last].value = wholes[places[last].dimension][Int(places[last].value)]
        depth = last
      }
    }
  }

  private mutating func enter(_ digest: UInt64) {
    let place = digest >> shift
    bits[Int(truncatingIfNeeded: place >> 6)] |= 1 << (place & 63)
  }
}
