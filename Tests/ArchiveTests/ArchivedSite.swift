import Archive
import Diagnostics
import Files
import Foundation
import Pipeline
import Release
import Testing

/// A copy of the sample site in a folder of its own, to archive from.
final class ArchivedSite {
  let root: String
  var folders: SiteFolders { SiteFolders(content: root + "/content") }

  init(_ name: String = "site") throws {
    root = FileManager.default.temporaryDirectory.path + "/gongkai-\(name)-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    let project = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    try FileManager.default.copyItem(atPath: project.path + "/content", toPath: root + "/content")
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  func archive(_ year: Int, jobs: Int = 2) async throws -> ArchiveOutcome {
    try await Release.archive(
      folders, ArchiveOptions(year: year, program: "gongkai test", build: BuildOptions(jobs: jobs)))
  }

  func verify(_ years: [Int] = [], rebuilding: Bool = false) throws -> [Finding] {
    try verifyYears(years, in: folders, rebuilding: rebuilding, program: "gongkai test").findings
  }

  /// All files below a folder of the site, by path.
  func files(below folder: String) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: root + "/" + folder) {
      var isFolder: ObjCBool = false
      let path = root + "/" + folder + "/" + name
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue else {
        continue
      }
      files[name] = try Data(contentsOf: URL(filePath: path))
    }
    return files
  }
}
