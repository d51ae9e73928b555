import Diagnostics
import Files
import Glibc
import Pipeline

/// The pages that the repository's own `content/` becomes.
struct BuiltSite: Sendable {
  struct Trouble: Error {
    var message: String
  }

  /// A piece of a file under `content/` as it would be after a slip of the hand.
  struct Slip: Sendable {
    var file: String
    var right: String
    var wrong: String
  }

  /// Built once for all tests.
  static let asPublished = Task { try await BuiltSite() }

  /// Pages by their path in the site.
  private var pages: [String: String] = [:]

  init(with slips: [Slip] = []) async throws {
    var template = Array("/tmp/gongkai-sources-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Trouble(message: "mkdtemp: \(errno)") }
    let folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    defer { Self.remove(folder) }
    let output = Path.join(folder, "public")
    let content = Path.join(Self.repository, "content")
    let report = try await build(
      SiteFolders(content: content, output: output), BuildOptions(), on: try Self.disk(content, with: slips))
    guard report.outcome == .published else {
      let errors = report.findings.filter { $0.severity == .error && $0.waived == nil }
      throw Trouble(message: errors.map { "\($0)" }.joined(separator: "\n"))
    }
    for file in Disk.real.fileTree(at: output).files where file.path.hasSuffix("/index.html") {
      pages[file.path] = String(decoding: try Disk.real.read(Path.join(output, file.path)), as: UTF8.self)
    }
  }

  /// The page of a list: `yantian-2022-budget` is the year 2022 and the kind `budget` of the one unit whose
  /// folder begins with `yantian`.
  func page(of list: String) throws -> String {
    let parts = list.split(separator: "-", maxSplits: 2)
    let found = pages.filter { path, _ in
      let folders = path.split(separator: "/")
      return parts.count == 3 && folders.count == 4 && folders[0].hasPrefix("\(parts[0])-")
        && folders[1...2] == parts[1...]
    }
    guard found.count == 1, let page = found.values.first else {
      throw Trouble(message: "\(list): \(found.keys)")
    }
    return page
  }

  /// All lists of figures.
  static func lists() throws -> [FigureList] {
    let folder = Path.join(Path.folder(of: #filePath), "Figures")
    return try Disk.real.list(folder).map(\.name).filter { $0.hasSuffix(".csv") }.map { name in
      let text = String(decoding: try Disk.real.read(Path.join(folder, name)), as: UTF8.self)
      return FigureList(name: String(name.dropLast(4)), text: text)
    }
  }

  private static let repository = Path.folder(of: Path.folder(of: Path.folder(of: #filePath)))

  /// The disk, on which some files read as they would after a slip.
  private static func disk(_ content: String, with slips: [Slip]) throws -> Disk {
    var changed: [String: [UInt8]] = [:]
    for slip in slips {
      let path = Path.join(content, slip.file)
      let text = String(decoding: try changed[path] ?? Disk.real.read(path), as: UTF8.self)
      guard text.ranges(of: slip.right).count == 1 else {
        throw Trouble(message: "\(slip.file): \(slip.right)")
      }
      changed[path] = Array(text.replacing(slip.right, with: slip.wrong).utf8)
    }
    var disk = Disk.real
    let files = changed
    disk.readUpTo = { path, limit throws(DiskError) in
      if let bytes = files[path] { return bytes }
      return try Disk.real.readUpTo(path, limit)
    }
    return disk
  }

  private static func remove(_ folder: String) {
    for entry in (try? Disk.real.list(folder)) ?? [] {
      let path = Path.join(folder, entry.name)
      if entry.kind == .folder { remove(path) } else { unlink(path) }
    }
    rmdir(folder)
  }
}
