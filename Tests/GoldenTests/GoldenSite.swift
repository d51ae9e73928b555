import Diagnostics
import Files
import Foundation
import Pipeline
import Testing

/// A folder in `Tests/Golden` with a `content/`, and beside it what it should become (`expected/`).
struct GoldenSite: Sendable, CustomTestStringConvertible {
  let name: String
  let folder: String

  var testDescription: String { name }
  var content: String { folder + "/content" }
  var expected: String { folder + "/expected" }

  static let root =
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path + "/Golden"

  static let all: [GoldenSite] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    return names.sorted().map { GoldenSite(name: $0, folder: root + "/" + $0) }
      .filter { FileManager.default.fileExists(atPath: $0.content) }
  }()
}

extension GoldenSite {
  /// The sample site of this repository, which has no golden copy.
  static let sample = GoldenSite(
    name: "content",
    folder: URL(filePath: root).deletingLastPathComponent().deletingLastPathComponent().path)
}

/// A site that was built for a test: every file by its path, and the report.
struct BuiltSite {
  var files: [String: [UInt8]]
  var report: BuildReport

  /// Builds into a folder of its own, which is gone afterwards.
  static func build(_ content: String, jobs: Int = 2, hold: Bool = false) async throws -> BuiltSite {
    try await inTemporaryFolder { folder in
      let output = folder + "/public"
      let report = try await Pipeline.build(
        SiteFolders(content: content, output: output), BuildOptions(jobs: jobs, hold: hold), on: .real)
      return BuiltSite(files: try files(below: output), report: report)
    }
  }

  static func files(below folder: String) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for file in Disk.real.fileTree(at: folder).files {
      files[file.path] = try Disk.real.read(folder + "/" + file.path, limit: 64 << 20)
    }
    return files
  }

  /// All findings as the commands print them, notes of rounding too, with paths as seen from the site's folder.
  func findingsText(below folder: String) -> String {
    let shown = report.findings.map { finding in
      var finding = finding
      finding.place.file = Self.relative(finding.place.file, to: folder)
      finding.notes = finding.notes.map { note in
        var note = note
        if let file = note.place?.file { note.place?.file = Self.relative(file, to: folder) }
        return note
      }
      return finding
    }
    let text = TextReport().render(shown.inReadingOrder()) { file, line in
      guard let text = try? String(contentsOfFile: folder + "/" + file, encoding: .utf8) else { return nil }
      let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      return lines.indices.contains(line - 1) ? String(lines[line - 1]) : nil
    }
    let counts = Severity.allCases.reversed().map { "\($0.chinese) \(report.count($0)) 个" }.joined(
      separator: "，")
    return counts + "，已豁免 \(report.waived) 个\n" + (text.isEmpty ? "" : "\n" + text)
  }

  private static func relative(_ path: String, to folder: String) -> String {
    path.hasPrefix(folder + "/") ? String(path.dropFirst(folder.count + 1)) : path
  }
}

/// Hands a new folder to a body and clears it away.
func inTemporaryFolder<Result>(_ body: (String) async throws -> Result) async throws -> Result {
  let folder = FileManager.default.temporaryDirectory.path + "/golden-" + UUID().uuidString
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  return try await body(folder)
}
