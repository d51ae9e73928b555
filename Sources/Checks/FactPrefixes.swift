import Content

/// How the keys of facts begin: which values of the first additive dimensions stand together in any of them.
///
/// What holds a fact is sought dimension by dimension; most ways end early, since no fact begins like that. It may say
/// yes where no fact does, but never no where one does.
struct FactPrefixes {
  /// For each additive dimension all bits set in it, those before it and those that are not additive.
  private let masks: [SIMD16<UInt16>]
  /// One bit for each digest of a beginning; a power of two long.
  private var bits: [UInt64]
  /// How many lower bits of a digest say nothing of its place.
  private let shift: Int

  init(_ keys: [FactKey], _ additive: [Int]) {
    var mask = SIMD16<UInt16>(repeating: .max)
    for dimension in additive { mask[dimension] = 0 }
    masks = additive.map { dimension in
      mask[dimension] = .max
      return mask
    }
    // About one bit in thirty-two is set.
    var size = 64
    while size < keys.count { size *= 2 }
    shift = 64 - (size.trailingZeroBitCount + 6)
    bits = Array(repeating: 0, count: size)
    for key in keys {
      for mask in masks {
        let place = FactKey(key.values & mask).digest >> UInt64(shift)
        bits[Int(truncatingIfNeeded: place >> 6)] |= 1 << (place & 63)
      }
    }
  }

  /// Whether some key may begin like this one, up to an additive dimension by its place among them.
  @inline(__always)
  func mayHold(_ key: FactKey, upTo place: Int) -> Bool {
    let place = FactKey(key.values & masks[place]).digest >> UInt64(shift)
    return bits[Int(truncatingIfNeeded: place >> 6)] & (1 << (place & 63)) != 0
  }
}
