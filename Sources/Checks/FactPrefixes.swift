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

  private mutating func enter(_ digest: UInt64) {
    let place = digest >> shift
    bits[Int(truncatingIfNeeded: place >> 6)] |= 1 << (place & 63)
  }
}
