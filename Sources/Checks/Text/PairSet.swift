/// A set of pairs of neighbouring scalars: a hash table with open addressing, since it is asked for every word of every
/// figure that a number may be.
struct PairSet {
  /// 0 is free; no pair of scalars of a text is 0. A power of two long.
  private var slots: [UInt64]
  private var count = 0

  init(_ pairs: some Collection<UInt64>) {
    var size = 16
    while size < 2 * pairs.count { size *= 2 }
    slots = Array(repeating: 0, count: size)
    insert(pairs)
  }

  mutating func insert(_ pairs: some Collection<UInt64>) {
    for pair in pairs where pair != 0 {
      if 2 * count >= slots.count { grow() }
      enter(pair)
    }
  }

  @inline(__always)
  func contains(_ pair: UInt64) -> Bool {
    var slot = place(of: pair)
    while slots[slot] != 0 {
      if slots[slot] == pair { return true }
      slot = (slot + 1) & (slots.count - 1)
    }
    return false
  }

  /// How many of some pairs it has, as a share of all; 0 where there are none.
  func share(of pairs: some Collection<UInt64>) -> Millionths {
    pairs.isEmpty ? 0 : 1_000_000 * pairs.count { contains($0) } / pairs.count
  }

  private mutating func enter(_ pair: UInt64) {
    var slot = place(of: pair)
    while slots[slot] != 0 {
      if slots[slot] == pair { return }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = pair
    count += 1
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: 0, count: 2 * old.count)
    count = 0
    for pair in old where pair != 0 { enter(pair) }
  }

  @inline(__always)
  private func place(of pair: UInt64) -> Int {
    Int(truncatingIfNeeded: (pair &* 0x9E37_79B9_7F4A_7C15) >> 32) & (slots.count - 1)
  }
}
