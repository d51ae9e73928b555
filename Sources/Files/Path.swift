/// Paths as text, taken apart byte by byte.
///
/// A path is compared and cut by its UTF-8 bytes, never by `Character`: a slash followed by a combining
/// mark is still a slash to the disk, and two spellings of `é` are two files.
public enum Path {
  /// Joins the parts with one slash between them; empty parts are left out.
  ///
  ///     Path.join("content", "jiaoyuju/unit.yaml")  // "content/jiaoyuju/unit.yaml"
  ///     Path.join("", "unit.yaml")                  // "unit.yaml"
  ///     Path.join("/", "srv", "/public")            // "/srv/public"
  public static func join(_ parts: String...) -> String {
    var joined = ""
    for part in parts where !part.isEmpty {
      guard !joined.isEmpty else {
        joined = part
        continue
      }
      let rest = part.utf8.drop { $0 == slash }
      if joined.utf8.last != slash { joined += "/" }
      joined += Substring(rest)
    }
    return joined
  }

  /// The name after the last slash; slashes at the end do not count.
  ///
  ///     Path.lastComponent("content/jiaoyuju/")  // "jiaoyuju"
  public static func lastComponent(_ path: String) -> String {
    let trimmed = withoutTrailingSlashes(path)
    guard let cut = trimmed.lastIndex(of: slash) else { return String(Substring(trimmed)) }
    return String(Substring(trimmed[trimmed.index(after: cut)...]))
  }

  /// The path of the folder that holds this path: empty for a bare name.
  ///
  ///     Path.folder(of: "a/b/index.html")  // "a/b"
  ///     Path.folder(of: "index.html")      // ""
  ///     Path.folder(of: "/srv")            // "/"
  public static func folder(of path: String) -> String {
    let trimmed = withoutTrailingSlashes(path)
    guard let cut = trimmed.lastIndex(of: slash) else { return "" }
    let folder = withoutTrailingSlashes(String(Substring(trimmed[..<cut])))
    return folder.isEmpty ? "/" : String(Substring(folder))
  }

  /// What follows the last full stop of the name, as it is written; empty if there is none.
  ///
  ///     Path.fileExtension("预算.2024.CSV")  // "CSV"
  ///     Path.fileExtension(".gitignore")     // ""
  public static func fileExtension(_ path: String) -> String {
    let name = lastComponent(path).utf8
    guard let stop = name.lastIndex(of: fullStop), stop != name.startIndex else { return "" }
    return String(Substring(name[name.index(after: stop)...]))
  }

  /// The components between the slashes, empty ones left out.
  public static func components(_ path: String) -> [String] {
    path.utf8.split(separator: slash).map { String(Substring($0)) }
  }

  /// The way from one file of the site to another, both given from the root of the site.
  ///
  ///     Path.relative(from: "a/b/index.html", to: "assets/x.css")  // "../../assets/x.css"
  ///     Path.relative(from: "a/index.html", to: "a/index.html")    // "index.html"
  public static func relative(from page: String, to target: String) -> String {
    let here = components(folder(of: page))
    let there = components(target)
    var shared = 0
    while shared < here.count, shared + 1 < there.count, sameBytes(here[shared], there[shared]) {
      shared += 1
    }
    let up = Array(repeating: "..", count: here.count - shared)
    return (up + there[shared...]).joined(separator: "/")
  }

  /// Why a path may not name a file below a folder, in Chinese; `nil` if it may.
  ///
  /// Refused are absolute paths, `.` and `..`, empty components and NUL: what could lead out of the folder.
  public static func faultBelowFolder(_ path: String) -> String? {
    let bytes = path.utf8
    if bytes.isEmpty { return "路径是空的" }
    if bytes.first == slash { return "不能是绝对路径" }
    if bytes.contains(0) { return "路径里有 NUL 字符" }
    for component in bytes.split(separator: slash, omittingEmptySubsequences: false) {
      if component.isEmpty { return "路径里有空的一段" }
      if component.elementsEqual([fullStop]) { return "路径里不能有“.”" }
      if component.elementsEqual([fullStop, fullStop]) { return "路径里不能有“..”" }
    }
    return nil
  }

  /// The path as it stands in a URL: UTF-8, with all but slashes and RFC 3986's unreserved characters encoded.
  ///
  ///     Path.percentEncoded("附件/a b.pdf")  // "%E9%99%84%E4%BB%B6/a%20b.pdf"
  public static func percentEncoded(_ path: String) -> String {
    guard !path.utf8.allSatisfy({ isUnreserved($0) || $0 == slash }) else { return path }
    var encoded: [UInt8] = []
    encoded.reserveCapacity(path.utf8.count * 3)
    for byte in path.utf8 {
      if isUnreserved(byte) || byte == slash {
        encoded.append(byte)
      } else {
        encoded.append(UInt8(ascii: "%"))
        encoded.append(hexDigit(byte >> 4))
        encoded.append(hexDigit(byte & 15))
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }

  /// The way from one page of the site to another file, encoded for `href` and `src`.
  public static func relativeURL(from page: String, to target: String) -> String {
    percentEncoded(relative(from: page, to: target))
  }

  /// Tells whether one text stands before another by its UTF-8 bytes, the order of every list in this room.
  ///
  /// `String`'s own `<` compares normalised text, by which two different names may be equal.
  public static func precedes(_ first: String, _ second: String) -> Bool {
    first.utf8.lexicographicallyPrecedes(second.utf8)
  }

  /// Tells whether two texts are the same bytes; `==` would call two spellings of `é` equal.
  public static func sameBytes(_ first: String, _ second: String) -> Bool {
    first.utf8.elementsEqual(second.utf8)
  }

  /// Tells whether one path lies below a folder; both are real paths.
  public static func isBelow(_ path: String, folder: String) -> Bool {
    path.utf8.starts(with: (folder.utf8.last == slash ? folder : folder + "/").utf8)
  }

  private static let slash = UInt8(ascii: "/")
  private static let fullStop = UInt8(ascii: ".")

  private static func withoutTrailingSlashes(_ path: String) -> Substring.UTF8View {
    var bytes = Substring(path).utf8
    while bytes.last == slash { bytes.removeLast() }
    return bytes
  }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
    default: false
    }
  }

  private static func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
  }
}
