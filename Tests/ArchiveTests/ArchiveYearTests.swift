import Archive
import Foundation
import Pipeline
import Release
import Testing

@Suite struct ArchiveYearTests {
  @Test func `the same content gives the same bags wherever it lies and however many work`() async throws {
    let (here, there) = (try ArchivedSite("here"), try ArchivedSite("别处 的"))
    for year in [2021, 2022, 2024] {
      _ = try await here.archive(year, jobs: 1)
      _ = try await there.archive(year, jobs: 4)
    }
    let (first, second) = (try here.files(below: "archive"), try there.files(below: "archive"))
    #expect(first.count > 200)
    #expect(first.keys.sorted() == second.keys.sorted())
    #expect(first.keys.filter { first[$0] != second[$0] } == [])
    #expect(try here.verify(rebuilding: true) == [])
  }

  @Test func `archived pages are the bytes that the site publishes`() async throws {
    let site = try ArchivedSite()
    _ = try await build(site.folders, BuildOptions(), on: .real)
    _ = try await site.archive(2022)
    let published = try site.files(below: "public")
    let archived = try site.files(below: "archive/2022/data/site").filter {
      $0.key.contains("/2022/") || $0.key.hasPrefix("assets/")
    }
    #expect(archived.count > 20)
    for (path, bytes) in archived { #expect(published[path] == bytes, "\(path)") }
  }

  @Test func `every link of an archived site leads to a file beside it`() async throws {
    let site = try ArchivedSite()
    _ = try await site.archive(2022)
    let files = try site.files(below: "archive/2022/data/site")
    var links = 0
    for (path, bytes) in files where path.hasSuffix(".html") {
      for match in String(decoding: bytes, as: UTF8.self).matches(
        of: /<(?:a|link|img|script)[^>]* (?:href|src)="([^"#]+)/)
      {
        let link = String(match.1)
        if link.contains(":") { continue }
        links += 1
        let target = URL(filePath: "/" + path).deletingLastPathComponent().appending(
          path: link.removingPercentEncoding ?? link)
        #expect(files[String(target.standardized.path.dropFirst())] != nil, "\(path): \(link)")
      }
    }
    #expect(links > 100)
  }

  @Test func `sha512sum accepts the bags`() async throws {
    let site = try ArchivedSite()
    _ = try await site.archive(2024)
    for manifest in ["manifest-sha512.txt", "tagmanifest-sha512.txt"] {
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/env")
      process.arguments = ["sha512sum", "--strict", "--quiet", "-c", manifest]
      process.currentDirectoryURL = URL(filePath: site.root + "/archive/2024")
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
    }
  }

  @Test func `a bag needs nothing of the site it came from`() async throws {
    let site = try ArchivedSite()
    _ = try await site.archive(2022)
    let content = URL(filePath: site.root + "/content")
    try FileManager.default.removeItem(at: content)
    #expect(try site.verify(rebuilding: true) == [])
    // A source that makes other pages is found out, even with manifests that agree with it.
    let other = try ArchivedSite("other")
    _ = try await other.archive(2022)
    try forge(other)
    let messages = try other.verify([2022], rebuilding: true).map(\.message)
    #expect(messages.contains("由存档的源文件重新生成，结果不同"))
  }

  /// Changes a source and makes all manifests anew, as someone would who knows how.
  private func forge(_ site: ArchivedSite) throws {
    let folder = site.root + "/archive/2022/"
    let name = try #require(
      try site.files(below: "archive/2022/data/source/content").keys.first { $0.hasSuffix("narrative.md") })
    let text = try String(contentsOfFile: folder + "data/source/content/" + name, encoding: .utf8)
    try Data((text + "\n后来加的一句。\n").utf8).write(to: URL(filePath: folder + "data/source/content/" + name))
    let payload = try site.files(below: "archive/2022/data").map { BagFile($0.key, Array($0.value)) }
    let lines = try String(contentsOfFile: folder + "bag-info.txt", encoding: .utf8).split(separator: "\n")
    var info = BagInfo()
    for line in lines where !line.hasPrefix("Payload-Oxum") {
      let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      info.add(parts[0], parts[1])
    }
    for file in try makeBag(payload, info: info) {
      try Data(file.bytes).write(to: URL(filePath: folder + file.path))
    }
  }
}
