import Files
import Glibc
import Pipeline

/// The repository's own `content/`, built into a folder that goes when the value goes.
final class BuiltSite: Sendable {
  struct Trouble: Error {
    var message: String
  }

  let folder: String
  let report: BuildReport

  /// - Parameter disk: Where `content/` is read from; a test may change files on the way.
  init(disk: Disk = .real) async throws {
    var template = Array("/tmp/gongkai-sources-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Trouble(message: "mkdtemp: \(errno)") }
    folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    let content = Path.join(Self.repository, "content")
    report = try await build(
      SiteFolders(content: content, output: Path.join(folder, "public")), BuildOptions(), on: disk)
    guard report.outcome == .published else {
      let errors = report.findings.filter { $0.severity == .error && $0.waived == nil }
      throw Trouble(message: errors.map { "\($0)" }.joined(separator: "\n"))
    }
  }

  deinit { Self.remove(folder) }

  /// The page of a list: `yantian-2022-budget` is the year 2022 and the kind `budget` of the unit whose folder
  /// begins with `yantian`.
  func page(of list: String) throws -> String {
    let parts = list.split(separator: "-", maxSplits: 2).map(String.init)
    let output = Path.join(folder, "public")
    let units = try Disk.real.list(output).map(\.name).filter { $0.hasPrefix(parts[0] + "-") }
    guard parts.count == 3, units.count == 1 else { throw Trouble(message: "\(list): \(units)") }
    let page = Path.join(output, units[0], parts[1], parts[2], "index.html")
    return String(decoding: try Disk.real.read(page), as: UTF8.self)
  }

  static func lists() throws -> [FigureList] {
    let folder = Path.join(Path.folder(of: #filePath), "Figures")
    return try Disk.real.list(folder).map(\.name).filter { $0.hasSuffix(".csv") }.map { name in
      let text = String(decoding: try Disk.real.read(Path.join(folder, name)), as: UTF8.self)
      return FigureList(name: String(name.dropLast(4)), text: text)
    }
  }

  static let repository = Path.folder(of: Path.folder(of: Path.folder(of: #filePath)))

  private static func remove(_ folder: String) {
    for entry in (try? Disk.real.list(folder)) ?? [] {
      let path = Path.join(folder, entry.name)
      if entry.kind == .folder { remove(path) } else { unlink(path) }
    }
    rmdir(folder)
  }
}
