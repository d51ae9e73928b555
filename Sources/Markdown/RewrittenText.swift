import Diagnostics

/// The text as libcmark gets it, and the way back to the original.
struct RewrittenText {
  /// Stands between stars and punctuation: a letter to the rules of emphasis, and nothing on the page.
  static let hinge: Unicode.Scalar = "\u{E000}"
  /// Stand around the number of a placeholder.
  static let opener: Unicode.Scalar = "\u{E001}"
  static let closer: Unicode.Scalar = "\u{E002}"

  private(set) var bytes: [UInt8] = []
  var placeholders: [Placeholder] = []
  /// Stretches copied as they were: where each begins here and in the original.
  private var copies: [(here: Int, original: Int, count: Int)] = []

  init(capacity: Int) { bytes.reserveCapacity(capacity) }

  mutating func copy(_ range: Range<Int>, of source: [UInt8]) {
    guard !range.isEmpty else { return }
    if let last = copies.last, last.here + last.count == bytes.count,
      last.original + last.count == range.lowerBound
    {
      copies[copies.count - 1].count += range.count
    } else {
      copies.append((bytes.count, range.lowerBound, range.count))
    }
    bytes += source[range]
  }

  mutating func insert(_ scalar: Unicode.Scalar) { bytes += Array(String(scalar).utf8) }

  /// Puts a placeholder's number where its text stood; the original range is where a place within it leads.
  mutating func insertPlaceholder(_ placeholder: Placeholder, replacing range: Range<Int>) {
    copies.append((bytes.count, range.lowerBound, 0))
    insert(Self.opener)
    bytes += Array(String(placeholders.count).utf8)
    insert(Self.closer)
    placeholders.append(placeholder)
  }

  /// Where a byte came from; for what was put in, where it was put.
  func original(of offset: Int) -> Int {
    var low = 0
    var high = copies.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if copies[middle].here <= offset { low = middle } else { high = middle }
    }
    guard low < copies.count else { return 0 }
    let copy = copies[low]
    return copy.original + min(max(offset - copy.here, 0), copy.count)
  }

  /// A piece of text with hinges taken out and placeholders put back as they were written.
  func restored(_ text: String) -> String {
    guard text.utf8.contains(0xEE) else { return text }
    var result = ""
    for piece in pieces(of: Array(text.utf8)) {
      switch piece {
      case .text(let bytes, _, _): result += String(decoding: bytes, as: UTF8.self)
      case .placeholder(let index): result += "{{ \(placeholders[index].text) }}"
      }
    }
    return result
  }

  enum Piece {
    /// Bytes, and the numbers that the first and the last of them had.
    case text([UInt8], first: Int, last: Int)
    case placeholder(Int)
  }

  /// Text split at its placeholders, without hinges.
  func pieces(of text: [UInt8]) -> [Piece] {
    guard text.contains(0xEE) else {
      return text.isEmpty ? [] : [.text(text, first: 0, last: text.count - 1)]
    }
    var pieces: [Piece] = []
    var run: [UInt8] = []
    var first = 0
    var last = 0
    func finish() {
      if !run.isEmpty { pieces.append(.text(run, first: first, last: last)) }
      run = []
    }
    var offset = 0
    while offset < text.count {
      guard text[offset] == 0xEE, offset + 2 < text.count, text[offset + 1] == 0x80 else {
        if run.isEmpty { first = offset }
        run.append(text[offset])
        last = offset
        offset += 1
        continue
      }
      let mark = text[offset + 2]
      offset += 3
      guard mark == 0x81 else { continue }
      var index = 0
      while offset < text.count, isASCIIDigit(text[offset]), index < placeholders.count {
        index = index * 10 + Int(text[offset] - 0x30)
        offset += 1
      }
      finish()
      if index < placeholders.count { pieces.append(.placeholder(index)) }
    }
    finish()
    return pieces
  }
}
