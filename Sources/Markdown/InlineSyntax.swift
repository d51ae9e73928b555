/// The few pieces of Markdown's inline syntax in which neither emphasis nor a placeholder begins.
///
/// Every scan is bounded, so that no input makes the whole quadratic.
struct InlineSyntax {
  let bytes: [UInt8]

  /// The end of the run of one byte that begins here.
  func runEnd(at start: Int, limit: Int) -> Int {
    var end = start + 1
    while end < limit, bytes[end] == bytes[start] { end += 1 }
    return end
  }

  /// The end of `<…>` when it looks like a tag or an address.
  func angleEnd(at start: Int, limit: Int) -> Int? {
    guard start + 1 < limit else { return nil }
    let next = bytes[start + 1]
    guard isASCIILetter(next) || [UInt8(ascii: "/"), UInt8(ascii: "!"), UInt8(ascii: "?")].contains(next)
    else {
      return nil
    }
    var offset = start + 1
    while offset < limit {
      switch bytes[offset] {
      case UInt8(ascii: ">"): return offset + 1
      case UInt8(ascii: "<"): return nil
      case UInt8(ascii: "{") where isOpening(at: offset, limit: limit): return nil
      default: offset += 1
      }
    }
    return nil
  }

  /// The end of `(address "title")` behind a link's text.
  func destinationEnd(at start: Int, limit: Int) -> Int? {
    let limit = min(limit, start + 4096)
    guard start < limit, bytes[start] == UInt8(ascii: "(") else { return nil }
    var offset = skipBlanks(from: start + 1, limit: limit)
    guard offset < limit else { return nil }
    if bytes[offset] == UInt8(ascii: "<") {
      offset += 1
      while offset < limit, bytes[offset] != UInt8(ascii: ">") {
        if isLineEnd(bytes[offset]) || bytes[offset] == UInt8(ascii: "<") { return nil }
        if isOpening(at: offset, limit: limit) { return nil }
        offset += bytes[offset] == UInt8(ascii: "\\") ? 2 : 1
      }
      offset += 1
    } else {
      guard let end = bareAddressEnd(at: offset, limit: limit) else { return nil }
      offset = end
    }
    let behindAddress = offset
    offset = skipBlanks(from: offset, limit: limit)
    if offset > behindAddress, offset < limit, let end = titleEnd(at: offset, limit: limit) {
      offset = skipBlanks(from: end, limit: limit)
    }
    return offset < limit && bytes[offset] == UInt8(ascii: ")") ? offset + 1 : nil
  }

  func isOpening(at offset: Int, limit: Int) -> Bool {
    offset + 1 < limit && bytes[offset] == UInt8(ascii: "{") && bytes[offset + 1] == UInt8(ascii: "{")
  }

  func isClosing(at offset: Int, limit: Int) -> Bool {
    offset + 1 < limit && bytes[offset] == UInt8(ascii: "}") && bytes[offset + 1] == UInt8(ascii: "}")
  }

  private func bareAddressEnd(at start: Int, limit: Int) -> Int? {
    var offset = start
    var open = 0
    while offset < limit {
      let byte = bytes[offset]
      if byte <= 0x20 || byte == 0x7F { return offset }
      if isOpening(at: offset, limit: limit) { return nil }
      if byte == UInt8(ascii: "\\"), offset + 1 < limit, isASCIIPunctuation(bytes[offset + 1]) {
        offset += 2
        continue
      }
      if byte == UInt8(ascii: "(") { open += 1 }
      // libcmark gives up at this depth, too.
      if open > 32 { return nil }
      if byte == UInt8(ascii: ")") {
        if open == 0 { return offset }
        open -= 1
      }
      offset += 1
    }
    return nil
  }

  private func titleEnd(at start: Int, limit: Int) -> Int? {
    let closer: UInt8
    switch bytes[start] {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): closer = bytes[start]
    case UInt8(ascii: "("): closer = UInt8(ascii: ")")
    default: return nil
    }
    var offset = start + 1
    while offset < limit, bytes[offset] != closer {
      if isOpening(at: offset, limit: limit) { return nil }
      offset += bytes[offset] == UInt8(ascii: "\\") ? 2 : 1
    }
    return offset < limit ? offset + 1 : nil
  }

  private func skipBlanks(from start: Int, limit: Int) -> Int {
    var offset = start
    while offset < limit, isBlank(bytes[offset]) || isLineEnd(bytes[offset]) { offset += 1 }
    return offset
  }
}

/// Finds the end of code spans without walking the same ground twice.
struct CodeSpans {
  private var runs: [Int: [Int]] = [:]

  /// Notes every run of backticks by its length.
  init(in bytes: [UInt8], _ range: Range<Int>) {
    var offset = range.lowerBound
    while offset < range.upperBound {
      guard bytes[offset] == UInt8(ascii: "`") else {
        offset += 1
        continue
      }
      let start = offset
      while offset < range.upperBound, bytes[offset] == UInt8(ascii: "`") { offset += 1 }
      runs[offset - start, default: []].append(start)
    }
  }

  /// The end of the span that the backticks of a range open, if it is ever closed.
  func end(openedBy opener: Range<Int>) -> Int? {
    guard let starts = runs[opener.count] else { return nil }
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] < opener.upperBound { low = middle + 1 } else { high = middle }
    }
    return low < starts.count ? starts[low] + opener.count : nil
  }
}
