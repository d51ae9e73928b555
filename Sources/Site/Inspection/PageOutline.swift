import HTML

/// What inspection needs of a page: its anchors, links, headings and tags.
struct PageOutline {
  struct Link: Hashable {
    /// With character references resolved.
    var target: String
    /// Loaded with the page, rather than followed.
    var isResource: Bool
    /// Names the page itself to the world; an absolute address.
    var isCanonical: Bool
  }

  private(set) var links: [Link] = []
  private(set) var headings: [Int] = []
  private(set) var meta: [(name: String, content: String)] = []
  private(set) var duplicateIDs: [String] = []
  private(set) var danglingReferences: [String] = []
  private(set) var language = ""
  private var ids: Identifiers = Identifiers()

  func hasAnchor(_ name: String) -> Bool { ids.contains(name) }

  init(_ bytes: [UInt8]) {
    bytes.withUnsafeBufferPointer { buffer in
      var scanner = TagScanner(buffer)
      var references: [Range<Int>] = []
      var seen: Set<Link> = []
      while scanner.next() {
        if let id = scanner.value(of: "id"), !ids.insert(buffer, id) { duplicateIDs.append(scanner.text(id)) }
        for attribute in scanner.attributes {
          if scanner.equals(attribute.name, "headers") || scanner.equals(attribute.name, "aria-labelledby")
            || scanner.equals(attribute.name, "aria-describedby") || scanner.equals(attribute.name, "for")
          {
            references.append(attribute.value)
          }
        }
        note(scanner, &seen)
      }
      findDangling(buffer, references)
    }
  }

  private mutating func note(_ scanner: TagScanner, _ seen: inout Set<Link>) {
    if let level = scanner.headingLevel { headings.append(level) }
    if scanner.attributes.isEmpty, !scanner.isNamed("html") { return }
    if scanner.isNamed("html") { language = scanner.value(of: "lang").map { scanner.text($0) } ?? "" }
    if scanner.isNamed("meta"), let name = scanner.value(of: "name") {
      meta.append((scanner.text(name), scanner.value(of: "content").map { scanner.text($0) } ?? ""))
    }
    func add(_ value: Range<Int>, isResource: Bool, isCanonical: Bool = false) {
      let link = Link(target: scanner.text(value), isResource: isResource, isCanonical: isCanonical)
      if seen.insert(link).inserted { links.append(link) }
    }
    if let target = scanner.value(of: "href") {
      let isLink = scanner.isNamed("link")
      let relation = isLink ? scanner.value(of: "rel").map { scanner.text($0) } ?? "" : ""
      let isCanonical = relation == "canonical" || relation == "alternate"
      add(target, isResource: isLink && !isCanonical, isCanonical: isCanonical)
    }
    for name in Self.resources {
      if let target = scanner.value(of: name) { add(target, isResource: true) }
    }
  }

  /// Attributes whose files are loaded with the page.
  private static let resources: [StaticString] = ["src", "data", "poster", "action"]

  private mutating func findDangling(_ buffer: UnsafeBufferPointer<UInt8>, _ references: [Range<Int>]) {
    for range in references {
      var start = range.lowerBound
      var index = start
      while index <= range.upperBound {
        if index == range.upperBound || buffer[index] == 0x20 {
          if start < index, !ids.contains(buffer, start..<index) {
            danglingReferences.append(
              String(decoding: UnsafeBufferPointer(rebasing: buffer[start..<index]), as: UTF8.self))
          }
          start = index + 1
        }
        index += 1
      }
    }
  }
}

/// The anchors of a page as ranges of its bytes, found by hash.
private struct Identifiers {
  private var bytes: [UInt8] = []
  private var known: [Range<Int>] = []
  /// For each hash, taken to a power of two, one past the place in `known`; the next slot where that one is taken.
  private var slots = [Int](repeating: 0, count: 256)

  /// False where the page has it already.
  mutating func insert(_ buffer: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    var slot = slot(of: buffer, range)
    guard slots[slot] == 0 else { return false }
    if known.count * 2 >= slots.count {
      grow()
      slot = self.slot(of: buffer, range)
    }
    let start = bytes.count
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: buffer[range]))
    known.append(start..<bytes.count)
    slots[slot] = known.count
    return true
  }

  func contains(_ buffer: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    slots[slot(of: buffer, range)] != 0
  }

  func contains(_ name: String) -> Bool {
    var name = HTMLWriter.escaped(name)
    return name.withUTF8 { contains($0, 0..<$0.count) }
  }

  /// Where these bytes are, or the free slot where they would be; one slot in two is free.
  private func slot(of buffer: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int {
    var slot = Self.hash(buffer, range) & (slots.count - 1)
    while slots[slot] != 0, !isEqual(known[slots[slot] - 1], buffer, range) {
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  private func isEqual(_ own: Range<Int>, _ buffer: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    guard own.count == range.count else { return false }
    for offset in 0..<own.count where bytes[own.lowerBound + offset] != buffer[range.lowerBound + offset] {
      return false
    }
    return true
  }

  private mutating func grow() {
    slots = [Int](repeating: 0, count: slots.count * 2)
    let all = bytes
    all.withUnsafeBufferPointer { buffer in
      for (place, range) in known.enumerated() { slots[slot(of: buffer, range)] = place + 1 }
    }
  }

  private static func hash(_ buffer: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for index in range { hash = (hash ^ UInt64(buffer[index])) &* 0x100_0000_01b3 }
    return Int(truncatingIfNeeded: hash ^ hash >> 32)
  }
}
