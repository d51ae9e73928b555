import Glibc
import Testing

@testable import Files

struct StagingTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func begin() throws -> Staging { try Staging.begin(for: folder("public")) }

  @discardableResult
  private func build(_ files: KeyValuePairs<String, String>) throws -> Staging.Report {
    let staging = try begin()
    for (path, text) in files { try staging.write(path, bytes(text)) }
    return try staging.commit()
  }

  @Test func `a first build makes the output and leaves nothing beside it`() throws {
    let report = try build(["index.html": "首页", "unit/2025/budget/index.html": "预算"])
    #expect(report == Staging.Report(written: 2, carriedOver: 0, leftover: nil))
    #expect(folder.text("public/index.html") == "首页")
    #expect(folder.text("public/unit/2025/budget/index.html") == "预算")
    #expect(folder.names == ["public"])
  }

  @Test func `a second build replaces the whole output`() throws {
    try build(["index.html": "旧", "gone/page.html": "旧"])
    try build(["index.html": "新"])
    #expect(folder.text("public/index.html") == "新")
    #expect(!folder.exists("public/gone"))
    #expect(folder.names == ["public"])
  }

  @Test func `until the commit the old site stays, and after abandoning too`() throws {
    try build(["index.html": "旧"])
    let staging = try begin()
    try staging.write("index.html", bytes("新"))
    #expect(folder.text("public/index.html") == "旧")
    staging.abandon()
    #expect(folder.text("public/index.html") == "旧")
    #expect(folder.names == ["public"])
    #expect(throws: StagingError.notOpen) { try staging.commit() }
    #expect(throws: StagingError.notOpen) { try staging.write("a", []) }
  }

  @Test func `a staging folder that is let go is abandoned`() throws {
    _ = try begin()
    #expect(folder.names == [])
  }

  @Test func `an unchanged file is carried over with its date, a changed one is not shared`() throws {
    try build(["a/same.html": "同", "changed.html": "旧一", "empty": ""])
    let before = try folder.status("public/a/same.html")
    let held = try Descriptor(folder("public/changed.html"), flags: O_RDONLY)
    let report = try build(["a/same.html": "同", "changed.html": "新二", "empty": ""])
    #expect(report == Staging.Report(written: 1, carriedOver: 2, leftover: nil))
    let after = try folder.status("public/a/same.html")
    #expect(after.isSame(as: before))
    #expect(after.st_mtim.tv_sec == before.st_mtim.tv_sec && after.st_mtim.tv_nsec == before.st_mtim.tv_nsec)
    #expect(try !folder.status("public/changed.html").isSame(as: held.status("changed.html")))
  }

  @Test func `a file with other permissions is written anew`() throws {
    try build(["index.html": "同"])
    let expected = try folder.status("public/index.html").permissions
    #expect(chmod(folder("public/index.html"), 0o600) == 0)
    #expect(try build(["index.html": "同"]).written == 1)
    #expect(try folder.status("public/index.html").permissions == expected)
  }

  @Test func `a link in the old output is never carried over`() throws {
    try build(["index.html": "同"])
    try folder.write("elsewhere.html", "同")
    unlink(folder("public/index.html"))
    try folder.link("public/index.html", to: "../elsewhere.html")
    #expect(try build(["index.html": "同"]).written == 1)
    #expect(try folder.status("public/index.html").isFile)
    #expect(folder.text("elsewhere.html") == "同")
  }

  @Test func `deleting the old site does not follow links`() throws {
    try build(["index.html": "旧"])
    try folder.write("precious/a.csv", "数据")
    try folder.link("public/precious", to: "../precious")
    try build(["index.html": "新"])
    #expect(folder.text("precious/a.csv") == "数据")
    #expect(!folder.exists("public/precious"))
  }

  @Test func `an old site with closed folders and odd names is deleted whole`() throws {
    try build(["index.html": "旧", "a/b/c.html": "旧"])
    #expect(mkdir(rawPath(folder("public/a/"), [0xFF]), 0o755) == 0)
    #expect(mkdir(rawPath(folder("public/a/"), [0xFF] + bytes("/b")), 0o755) == 0)
    try folder.pipe("public/a/pipe")
    #expect(chmod(folder("public/a"), 0o555) == 0)
    #expect(try build(["index.html": "新"]).leftover == nil)
    #expect(folder.names == ["public"])
  }

  @Test(arguments: ["", "/etc/x", "../x", "a/../../x", "a//b", "a/", "./a", "a\0b"])
  func `paths that lead out of the folder are refused`(_ path: String) throws {
    let staging = try begin()
    #expect(throws: StagingError.self) { try staging.write(path, bytes("x")) }
    #expect(try staging.commit().written == 0)
    #expect(folder.names == ["public"])
  }

  @Test func `one address cannot be written twice, nor be file and folder`() throws {
    try build(["carried": "x"])
    let staging = try begin()
    try staging.write("a", bytes("x"))
    try staging.write("carried", bytes("x"))
    #expect(throws: StagingError.writtenTwice("a")) { try staging.write("a", bytes("x")) }
    #expect(throws: StagingError.disk(DiskError("a/b", .notAFolder))) { try staging.write("a/b", bytes("x")) }
    // What is carried over is brought together only at the end.
    try staging.write("carried", bytes("x"))
    #expect(throws: StagingError.writtenTwice("carried")) { try staging.commit() }
    #expect(folder.text("public/carried") == "x")
  }

  @Test func `two spellings of a folder's name are two folders`() throws {
    try build(["e\u{301}/a": "1", "\u{e9}/a": "2"])
    #expect(folder.text("public/e\u{301}/a") == "1")
    #expect(folder.text("public/\u{e9}/a") == "2")
  }

  @Test func `many tasks may write at once`() async throws {
    let staging = try begin()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for task in 0..<8 {
        group.addTask {
          for file in 0..<100 {
            try staging.write("unit\(file % 7)/\(task)/\(file).html", bytes("\(task)-\(file)"))
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try staging.commit().written == 800)
    #expect(Disk.real.fileTree(at: folder("public")).files.count == 800)
    #expect(folder.text("public/unit3/5/10.html") == "5-10")
  }

  @Test func `the output keeps its permissions`() throws {
    try build(["index.html": "旧"])
    #expect(chmod(folder("public"), 0o2775) == 0)
    try build(["index.html": "新"])
    #expect(try folder.status("public").permissions == 0o2775)
    #expect(try folder.status("public/index.html").permissions & 0o111 == 0)
  }

  @Test func `without an exchange two renames do it`() throws {
    for text in ["一", "二"] {
      let staging = try Staging(folder("public"), [], .generator, exchange: { _, _ in EINVAL })
      try staging.write("index.html", bytes(text))
      try staging.commit()
      #expect(folder.text("public/index.html") == text)
      #expect(folder.names == ["public"])
    }
  }

  @Test func `an exchange that fails leaves the old site`() throws {
    try build(["index.html": "旧"])
    let staging = try Staging(folder("public"), [], .generator, exchange: { _, _ in EBUSY })
    try staging.write("index.html", bytes("新"))
    #expect(throws: StagingError.outputIsMountPoint(folder("public"))) { try staging.commit() }
    #expect(folder.text("public/index.html") == "旧")
    #expect(folder.names == ["public"])
  }

  @Test func `a durable commit gives the same site`() throws {
    let staging = try begin()
    try staging.write("index.html", bytes("新"))
    try staging.commit(durably: true)
    #expect(folder.text("public/index.html") == "新")
  }
}
