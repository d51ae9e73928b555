import Foundation
import Pipeline
import Testing

/// Same input, same bytes.
@Suite struct DeterminismTests {
  @Test(arguments: GoldenSite.all + [.sample])
  func `one worker and four give the same tree`(_ site: GoldenSite) async throws {
    let one = try await BuiltSite.build(site.content, jobs: 1)
    let four = try await BuiltSite.build(site.content, jobs: 4)
    expectSame(one.files, four.files)
    #expect(one.report.findings == four.report.findings)
  }

  @Test(arguments: GoldenSite.all + [.sample])
  func `a second build into the same folder changes nothing`(_ site: GoldenSite) async throws {
    try await inTemporaryFolder { folder in
      let folders = SiteFolders(content: site.content, output: folder + "/public")
      let first = try await build(folders, BuildOptions(), on: .real)
      let before = try BuiltSite.files(below: folders.output)
      let second = try await build(folders, BuildOptions(), on: .real)
      expectSame(before, try BuiltSite.files(below: folders.output))
      #expect(second.written == 0)
      #expect(second.carriedOver == before.count)
      #expect(first.written == before.count)
    }
  }

  @Test(arguments: GoldenSite.all + [.sample])
  func `where the content lies does not show in the pages`(_ site: GoldenSite) async throws {
    let here = try await BuiltSite.build(site.content)
    try await inTemporaryFolder { folder in
      let elsewhere = folder + "/别处 的\u{2F}一个文件夹"
      try FileManager.default.createDirectory(atPath: elsewhere, withIntermediateDirectories: true)
      for part in ["content", "Themes"] where FileManager.default.fileExists(atPath: site.folder + "/" + part)
      {
        try FileManager.default.copyItem(atPath: site.folder + "/" + part, toPath: elsewhere + "/" + part)
      }
      let there = try await BuiltSite.build(elsewhere + "/content")
      expectSame(here.files, there.files)
    }
  }

  private func expectSame(_ left: [String: [UInt8]], _ right: [String: [UInt8]]) {
    #expect(left.keys.sorted() == right.keys.sorted())
    #expect(!left.isEmpty)
    let differing = left.keys.filter { left[$0] != right[$0] }.sorted()
    #expect(differing == [])
  }
}
