import Glibc

/// A site that was published: in place now, or kept beside it.
public struct SiteRelease: Hashable, Sendable {
  public var number: Int
  /// When it was published, as the command line wrote it; unknown for a site that was there before.
  public var date: String?
  public var pages: Int
  public var files: Int
  /// The release that it took the place of when it was published.
  public var after: Int?

  public init(_ number: Int, date: String? = nil, pages: Int, files: Int, after: Int? = nil) {
    (self.number, self.date, self.pages, self.files, self.after) = (number, date, pages, files, after)
  }
}

/// What is remembered of releases between runs: one small file of text, replaced whole.
///
///     gongkai-releases 1
///     next 14
///     in-place 13 1315076.1795282709000000000
///     release 13 12 63 after=12 2026-11-21 17:38
///     moving publish 14 1315099.1795282711000000000 13
///
/// A file that cannot be read this way counts as lost: the folders themselves still say which releases there are.
struct ReleaseIndex: Hashable, Sendable {
  /// Which folder it is, wherever it is renamed to: its inode, and when it was made, as inodes are used again.
  struct Identity: Hashable, Sendable {
    var inode: UInt64
    var birth: UInt64

    var text: String { "\(inode).\(birth)" }

    init(inode: UInt64, birth: UInt64) { (self.inode, self.birth) = (inode, birth) }

    init?(_ text: Substring) {
      let parts = text.split(separator: ".", omittingEmptySubsequences: false)
      guard parts.count == 2, let inode = UInt64(parts[0]), let birth = UInt64(parts[1]) else { return nil }
      self.init(inode: inode, birth: birth)
    }
  }

  /// The folder of a release.
  struct Folder: Hashable, Sendable {
    var number: Int
    var identity: Identity
  }

  /// A change of sites that was begun.
  struct Move: Hashable, Sendable {
    enum Manner: String, Sendable { case publish, restore, build }

    var manner: Manner
    /// The site that is to be in place at the end.
    var new: Folder
    /// The number under which the site in place now is kept; `nil` if nothing worth keeping is there.
    var old: Int?
  }

  /// The number of the next release.
  var next = 1
  /// The release in place; `nil` if what is there was put there in another way.
  var inPlace: Folder?
  var releases: [Int: SiteRelease] = [:]
  var move: Move?

  /// Gives out a number that no release ever had.
  mutating func takeNumber() -> Int {
    defer { next += 1 }
    return next
  }

  // MARK: As text

  private static let heading = "gongkai-releases 1"

  var text: String {
    var lines = [Self.heading, "next \(next)"]
    if let inPlace { lines.append("in-place \(inPlace.number) \(inPlace.identity.text)") }
    for release in releases.values.sorted(by: { $0.number < $1.number }) {
      var line = "release \(release.number) \(release.pages) \(release.files)"
      line += " after=\(release.after.map(String.init) ?? "")"
      if let date = release.date { line += " \(date)" }
      lines.append(line)
    }
    if let move {
      let old = move.old.map(String.init) ?? ""
      lines.append("moving \(move.manner.rawValue) \(move.new.number) \(move.new.identity.text) \(old)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  init() {}

  init?(reading text: String) {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
    guard lines.popFirst() == Self.heading[...], lines.popLast() == "" else { return nil }
    for line in lines {
      let words = line.split(separator: " ", omittingEmptySubsequences: false)
      let isRead =
        switch words.first {
        case "next": readNext(words)
        case "in-place": readInPlace(words)
        case "release": readRelease(words)
        case "moving": readMove(words)
        default: false
        }
      guard isRead else { return nil }
    }
  }

  private mutating func readNext(_ words: [Substring]) -> Bool {
    guard words.count == 2, let number = Self.number(words[1]) else { return false }
    next = number
    return true
  }

  private mutating func readInPlace(_ words: [Substring]) -> Bool {
    guard words.count == 3, let number = Self.number(words[1]), let identity = Identity(words[2]) else {
      return false
    }
    inPlace = Folder(number: number, identity: identity)
    return true
  }

  private mutating func readRelease(_ words: [Substring]) -> Bool {
    guard words.count >= 5, let number = Self.number(words[1]), let pages = Int(words[2]),
      let files = Int(words[3]), words[4].hasPrefix("after=")
    else { return false }
    let date = words.dropFirst(5).joined(separator: " ")
    releases[number] = SiteRelease(
      number, date: date.isEmpty ? nil : date, pages: pages, files: files,
      after: Self.number(words[4].dropFirst(6)))
    return true
  }

  private mutating func readMove(_ words: [Substring]) -> Bool {
    guard words.count == 5, let manner = Move.Manner(rawValue: String(words[1])),
      let number = Self.number(words[2]), let identity = Identity(words[3])
    else { return false }
    move = Move(manner: manner, new: Folder(number: number, identity: identity), old: Self.number(words[4]))
    return true
  }

  /// A number of a release: digits alone, and far from overflow.
  static func number(_ text: Substring) -> Int? {
    guard !text.isEmpty, text.utf8.count <= 12, text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else {
      return nil
    }
    return Int(text)
  }
}
