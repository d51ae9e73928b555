import Content
import Diagnostics
import Files
import Forms
import Parsing
import Pipeline
import Testing

/// A small site in `Tests/CleanSet` that fills in every form of a set of the catalogue, and fills it in rightly.
struct CleanSet: Sendable, CustomTestStringConvertible {
  let name: String

  var testDescription: String { name }
  var folder: String { Self.root + "/" + name }

  private static let root = Path.folder(of: Path.folder(of: #filePath)) + "/CleanSet"

  static let all: [CleanSet] = {
    let paths = Disk.real.fileTree(at: root).files.map(\.path).filter { $0.hasSuffix("/content/site.yaml") }
    return Set(paths.compactMap { $0.split(separator: "/").first.map(String.init) }).sorted().map(
      CleanSet.init(name:))
  }()

  /// Every file by its path below the set's folder: `content/…`, `uncovered.txt`.
  func files() throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for file in Disk.real.fileTree(at: folder).files {
      files[file.path] = try Disk.real.read(Path.join(folder, file.path))
    }
    return files
  }

  /// All that a run says of the site, pages and all.
  func findings() async throws -> [Finding] {
    let options = BuildOptions(jobs: 1)
    return try await Pipeline.check(
      SiteFolders(content: "content"), options, on: .inMemory(files: try files())
    )
    .findings
  }

  /// Its units as they are on disk.
  func units() throws -> [SetUnit] {
    let files = try files()
    let own = files.filter { $0.key.hasPrefix("content/forms/") }.map {
      SourceText(file: $0.key, text: String(decoding: $0.value, as: UTF8.self))
    }
    let library = FormLibrary(own: own.sorted { $0.file < $1.file })
    let slugs = files.keys.compactMap { path -> String? in
      let parts = path.split(separator: "/")
      return parts.count == 3 && parts[2] == "unit.yaml" ? String(parts[1]) : nil
    }
    return slugs.sorted().map { slug in
      let folder = "content/" + slug + "/"
      let mine = files.filter { $0.key.hasPrefix(folder) }.map { path, bytes in
        (String(path.dropFirst(folder.count)), bytes)
      }
      return SetUnit(slug: slug, library: library, files: Dictionary(uniqueKeysWithValues: mine))
    }
  }
}

/// A unit of a clean set: its files by path below its folder.
struct SetUnit {
  var slug: String
  var library: FormLibrary
  var files: [String: [UInt8]]

  var folder: String { "content/" + slug }

  /// Only the tables of the newest year: what its figures are held against.
  var newest: SetUnit {
    let years = files.keys.compactMap { $0.split(separator: "/").first.flatMap { Int($0) } }
    guard let last = years.max() else { return self }
    var unit = self
    unit.files = files.filter { path, _ in
      path == "unit.yaml" || path.hasPrefix("\(last)/") && !path.hasSuffix("narrative.md")
    }
    return unit
  }

  func bound(_ findings: inout [Finding]) -> BoundUnit? {
    let files = files.sorted { $0.key < $1.key }.map {
      UnitFiles.File(path: $0.key, bytes: $0.value, size: $0.value.count)
    }
    let parsed = parse(UnitFiles(slug: slug, folder: folder, files: files), findings: &findings)
    return bind(parsed, to: library, findings: &findings)
  }
}
