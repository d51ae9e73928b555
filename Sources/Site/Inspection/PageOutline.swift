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
    if scanner.name.count == 2, let level = headingLevel(scanner) { headings.append(level) }
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
    for name: StaticString in ["src", "data", "poster", "action"] {
      if let target = scanner.value(of: name) { add(target, isResource: true) }
    }
  }

  private func headingLevel(_ scanner: TagScanner) -> Int? {
    if scanner.isNamed("h1") { return 1 }
    if scanner.isNamed("h2") { return 2 }
    if scanner.isNamed("h3") { return 3 }
    if scanner.isNamed("h4") { return 4 }
    if scanner.isNamed("h5") { return 5 }
    return scanner.isNamed("h6") ? 6 : nil
  }

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
  private var buckets: [UInt64: [Range<Int>]] = [:]

  /// False where the page has it already.
  mutating func insert(_ buffer: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    if contains(buffer, range) { return false }
    let start = bytes.count
    bytes.append(contentsOf: buffer[range])
    buckets[Self.hash(buffer, range), default: []].append(start..<bytes.count)
    return true
  }

  func contains(_ buffer: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    guard let found = buckets[Self.hash(buffer, range)] else { return false }
    return found.contains { known in
      known.count == range.count && zip(known, range).allSatisfy { bytes[$0] == buffer[$1] }
    }
  }

  func contains(_ name: String) -> Bool {
    var name = HTMLWriter.escaped(name)
    return name.withUTF8 { contains($0, 0..<$0.count) }
  }

  private static func hash(_ buffer: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for index in range { hash = (hash ^ UInt64(buffer[index])) &* 0x100_0000_01b3 }
    return hash
  }
}
