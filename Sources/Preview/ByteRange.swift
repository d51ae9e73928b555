/// What a `Range` header asks for (RFC 9110): one run of bytes, or none that could be given.
enum ByteRange: Hashable {
  /// No range, several, or one that is not understood: the whole is sent.
  case whole
  case part(Range<Int>)
  case unsatisfiable

  ///     ByteRange("bytes=0-99", of: 250)  // .part(0..<100)
  ///     ByteRange("bytes=-50", of: 250)   // .part(200..<250)
  init(_ header: String?, of count: Int) {
    self = .whole
    guard let header, header.utf8.starts(with: "bytes=".utf8) else { return }
    let ends = header.dropFirst("bytes=".count).split(separator: "-", omittingEmptySubsequences: false)
    guard ends.count == 2 else { return }
    switch (Self.number(ends[0]), Self.number(ends[1])) {
    case (let first?, let last?) where last < first: return
    case (let first?, let last?):
      self = first < count ? .part(first..<(min(last, count - 1) + 1)) : .unsatisfiable
    case (let first?, nil) where ends[1].isEmpty:
      self = first < count ? .part(first..<count) : .unsatisfiable
    case (nil, let length?) where ends[0].isEmpty:
      self = length > 0 && count > 0 ? .part(max(0, count - length)..<count) : .unsatisfiable
    default: return
    }
  }

  /// A number too large for the machine lies behind every end.
  private static func number(_ text: Substring) -> Int? {
    guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int(text) ?? .max
  }
}
