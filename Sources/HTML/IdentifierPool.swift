/// Hands out the ids of one table, each only once.
struct IdentifierPool {
  private let prefix: String
  private var taken: Set<String> = []

  init(prefix: String) {
    self.prefix = Self.withoutSpaces(prefix) + ":"
  }

  /// `<prefix>:<name>`, with a number behind it where the name was given before.
  mutating func take(_ name: String) -> String {
    let wanted = prefix + Self.withoutSpaces(name)
    var id = wanted
    var count = 2
    while !taken.insert(id).inserted {
      id = "\(wanted)-\(count)"
      count += 1
    }
    return id
  }

  /// White space would make two references of one in a `headers` attribute.
  static func withoutSpaces(_ name: String) -> String {
    guard name.utf8.contains(where: { $0 <= 0x20 }) else { return name }
    return String(decoding: name.utf8.map { $0 <= 0x20 ? UInt8(ascii: "-") : $0 }, as: UTF8.self)
  }
}
