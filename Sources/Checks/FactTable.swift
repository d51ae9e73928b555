import Content

/// Keys with a number each, counted from 0 as they come: a hash table with open addressing.
///
/// A check asks it tens of thousands of times a disclosure, which a `Dictionary` with its general hashing makes slow.
struct FactTable {
  private(set) var keys: [FactKey] = []
  /// Number + 1 of the key that lies here or, if its own place was taken, further on; 0 is free. A power of two long.
  private var slots: [UInt32]
  /// How many lower bits of a digest say nothing of its place.
  private var shift: Int

  init(room: Int) {
    var size = 16
    while size < 2 * room { size *= 2 }
    slots = Array(repeating: 0, count: size)
    shift = 64 - size.trailingZeroBitCount
    keys.reserveCapacity(room)
  }

  @inline(__always)
  func number(of key: FactKey) -> Int? { number(of: key, digest: key.digest) }

  /// - Parameter digest: that of the key, where it is known already.
  @inline(__always)
  func number(of key: FactKey, digest: UInt64) -> Int? {
    var slot = Int(truncatingIfNeeded: digest >> shift)
    while slots[slot] != 0 {
      let number = Int(slots[slot]) - 1
      if keys[number] == key { return number }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// The number of a key, a new one where it has none.
  mutating func number(adding key: FactKey) -> Int {
    if let known = number(of: key) { return known }
    keys.append(key)
    if 2 * keys.count > slots.count {
      slots = Array(repeating: 0, count: 2 * slots.count)
      shift -= 1
      for number in keys.indices { enter(number) }
    } else {
      enter(keys.count - 1)
    }
    return keys.count - 1
  }

  mutating func removeAll() {
    guard !keys.isEmpty else { return }
    keys.removeAll(keepingCapacity: true)
    for slot in slots.indices { slots[slot] = 0 }
  }

  private mutating func enter(_ number: Int) {
    var slot = place(of: keys[number])
    while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = UInt32(truncatingIfNeeded: number + 1)
  }

  @inline(__always)
  private func place(of key: FactKey) -> Int {
    // The upper bits: those below do not depend on every dimension.
    Int(truncatingIfNeeded: key.digest >> shift)
  }
}
