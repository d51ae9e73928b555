import Diagnostics
import Foundation
import Testing

/// `make golden` records anew; the difference is reviewed like code.
private let isRecording = ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1"

@Suite struct GoldenTests {
  @Test(arguments: GoldenSite.all)
  func `the built site equals its golden copy`(_ site: GoldenSite) async throws {
    let built = try await BuiltSite.build(site.content)
    let actual = GoldenForm.files(of: built, in: site.folder)
    if isRecording || !FileManager.default.fileExists(atPath: site.expected) {
      try record(actual, at: site.expected)
      if !isRecording { Issue.record("已记录 Tests/Golden/\(site.name)/expected，请通读一遍") }
      return
    }
    let expected = try BuiltSite.files(below: site.expected).mapValues { String(decoding: $0, as: UTF8.self) }
    for path in Set(actual.keys).union(expected.keys).sorted() where expected[path] != actual[path] {
      let difference = readableDifference(expected: expected[path] ?? "", actual: actual[path] ?? "")
      Issue.record("Tests/Golden/\(site.name)/expected/\(path)\n\(difference)")
    }
  }

  @Test(arguments: GoldenSite.all)
  func `a golden site is published without an error or a warning`(_ site: GoldenSite) async throws {
    let built = try await BuiltSite.build(site.content)
    let loud = built.report.findings.filter { $0.severity > .info && $0.waived == nil }
    #expect(loud.map { "\($0.place.file):\($0.place.line): \($0.message) [\($0.id)]" } == [])
    #expect(built.report.outcome == .published)
  }

  private func record(_ files: [String: String], at folder: String) throws {
    try? FileManager.default.removeItem(atPath: folder)
    for (path, text) in files {
      let url = URL(filePath: folder + "/" + path)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url)
    }
  }
}
