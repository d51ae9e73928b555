/// An attribute of a tag, by where its name and value stand in the page.
struct ScannedAttribute {
  var name: Range<Int>
  /// Without quotation marks; still escaped.
  var value: Range<Int>
}

/// Goes through the start tags of a finished page, in one pass over its bytes.
///
/// It knows as much of HTML as our own pages use: comments, quoted attributes, `script` and `style`.
struct TagScanner {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var index = 0
  /// The tag last found.
  private(set) var name: Range<Int> = 0..<0
  private(set) var attributes: [ScannedAttribute] = []

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    attributes.reserveCapacity(8)
  }

  /// Moves on to the next start tag; false at the end of the page.
  mutating func next() -> Bool {
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "<") else {
        index += 1
        continue
      }
      guard index + 1 < bytes.count else { return false }
      let following = bytes[index + 1]
      if following == UInt8(ascii: "!") {
        skipComment()
      } else if isLetter(following) {
        readTag()
        return true
      } else {
        index += 2
      }
    }
    return false
  }

  func isNamed(_ word: StaticString) -> Bool { equals(name, word) }

  func equals(_ range: Range<Int>, _ word: StaticString) -> Bool {
    guard range.count == word.utf8CodeUnitCount else { return false }
    return word.withUTF8Buffer { wanted in
      for offset in 0..<wanted.count where bytes[range.lowerBound + offset] != wanted[offset] { return false }
      return true
    }
  }

  /// 1 to 6 for `h1` to `h6`.
  var headingLevel: Int? {
    guard name.count == 2, bytes[name.lowerBound] == UInt8(ascii: "h") else { return nil }
    let level = Int(bytes[name.lowerBound + 1]) - 0x30
    return (1...6).contains(level) ? level : nil
  }

  func value(of word: StaticString) -> Range<Int>? {
    for attribute in attributes where equals(attribute.name, word) { return attribute.value }
    return nil
  }

  /// A value with its character references resolved.
  func text(_ range: Range<Int>) -> String {
    let raw = String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
    guard raw.utf8.contains(UInt8(ascii: "&")) else { return raw }
    return raw.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
      .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
  }

  private mutating func skipComment() {
    let isComment = index + 3 < bytes.count && bytes[index + 2] == UInt8(ascii: "-")
    index += 2
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: ">"),
        !isComment || (bytes[index - 1] == UInt8(ascii: "-") && bytes[index - 2] == UInt8(ascii: "-"))
      {
        index += 1
        return
      }
      index += 1
    }
  }

  private mutating func readTag() {
    attributes.removeAll(keepingCapacity: true)
    index += 1
    let start = index
    while index < bytes.count, isLetter(bytes[index]) || isDigit(bytes[index]) { index += 1 }
    name = start..<index
    while index < bytes.count, bytes[index] != UInt8(ascii: ">") {
      if isSpace(bytes[index]) || bytes[index] == UInt8(ascii: "/") {
        index += 1
      } else {
        readAttribute()
      }
    }
    index += 1
    if isNamed("script") { skipRaw("</script") }
    if isNamed("style") { skipRaw("</style") }
  }

  private mutating func readAttribute() {
    let start = index
    while index < bytes.count, !isSpace(bytes[index]), bytes[index] != UInt8(ascii: "="),
      bytes[index] != UInt8(ascii: ">"), bytes[index] != UInt8(ascii: "/") || index == start
    {
      index += 1
    }
    let name = start..<index
    guard index < bytes.count, bytes[index] == UInt8(ascii: "=") else {
      attributes.append(ScannedAttribute(name: name, value: index..<index))
      return
    }
    index += 1
    guard index < bytes.count else { return }
    let quote = bytes[index]
    if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      index += 1
      let begin = index
      while index < bytes.count, bytes[index] != quote { index += 1 }
      attributes.append(ScannedAttribute(name: name, value: begin..<index))
      index += 1
    } else {
      let begin = index
      while index < bytes.count, !isSpace(bytes[index]), bytes[index] != UInt8(ascii: ">") { index += 1 }
      attributes.append(ScannedAttribute(name: name, value: begin..<index))
    }
  }

  private mutating func skipRaw(_ end: StaticString) {
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "<"), index + end.utf8CodeUnitCount <= bytes.count,
        equals(index..<index + end.utf8CodeUnitCount, end)
      {
        return
      }
      index += 1
    }
  }

  private func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A }
  private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
  private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }
}
