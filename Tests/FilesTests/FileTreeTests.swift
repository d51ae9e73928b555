import Glibc
import Testing

@testable import Files

struct FileTreeTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func walk(depthLimit: Int = 32) -> FileTree {
    Disk.real.fileTree(at: folder("content"), depthLimit: depthLimit)
  }

  @Test func `files come sorted by the bytes of their paths`() throws {
    for path in ["a/b.csv", "a.csv", "乙/丙.md", "B.csv"] { try folder.write("content/" + path, "123") }
    let tree = walk()
    #expect(tree.files.map(\.path) == ["B.csv", "a.csv", "a/b.csv", "乙/丙.md"])
    #expect(tree.files.allSatisfy { $0.size == 3 })
    #expect(tree.problems.isEmpty)
  }

  @Test func `a missing root is the problem of the empty path`() {
    #expect(walk() == FileTree(problems: [DiskError("", .notFound)]))
  }

  @Test func `links to folders are not entered, in a circle or out of the tree`() throws {
    try folder.write("content/a/x.csv", "x")
    try folder.write("outside/y.csv", "y")
    try folder.link("content/a/up", to: "..")
    try folder.link("content/out", to: "../outside")
    try folder.link("content/circle", to: "circle")
    let tree = walk()
    #expect(tree.files.map(\.path) == ["a/x.csv"])
    #expect(
      tree.problems == [
        DiskError("a/up", .linkToFolder), DiskError("circle", .symlinkLoop), DiskError("out", .linkToFolder),
      ])
  }

  @Test func `a link to a file counts only if the file lies in the tree`() throws {
    try folder.write("content/a/x.csv", "1234")
    try folder.write("content-2/y.csv", "y")
    try folder.link("content/inside.csv", to: "a/x.csv")
    try folder.link("content/outside.csv", to: "../content-2/y.csv")
    try folder.link("content/passwd", to: "/etc/passwd")
    try folder.link("content/nothing.csv", to: "none.csv")
    let tree = walk()
    #expect(tree.files.map(\.path) == ["a/x.csv", "inside.csv"])
    #expect(tree.files.map(\.size) == [4, 4])
    // One file under two names has one stamp.
    #expect(tree.files.first?.stamp != nil && Set(tree.files.map(\.stamp)).count == 1)
    #expect(
      tree.problems == [
        DiskError("nothing.csv", .brokenLink), DiskError("outside.csv", .linkLeavesFolder),
        DiskError("passwd", .linkLeavesFolder),
      ])
  }

  @Test func `a root that is itself a link is walked`() throws {
    try folder.write("real/a.csv", "a")
    try folder.link("real/b.csv", to: "a.csv")
    try folder.link("content", to: "real")
    #expect(walk().files.map(\.path) == ["a.csv", "b.csv"])
  }

  @Test func `hidden files and what programs leave behind are passed over`() throws {
    let litter = [
      ".DS_Store", ".git/config", ".~lock.收支总表.csv#", "~$收支总表.xlsx", "a.csv~", "a.csv.swp", "#a.csv#",
      "Thumbs.db", "desktop.ini",
    ]
    for path in litter + ["a.csv", "a~b.csv", "#"] { try folder.write("content/" + path, "x") }
    try folder.pipe("content/.pipe")
    #expect(walk().files.map(\.path) == ["#", "a.csv", "a~b.csv"])
    #expect(walk().problems.isEmpty)
  }

  @Test func `folders nested too deep are reported once`() throws {
    try folder.write("content/1/2/3/4.csv", "x")
    try folder.write("content/1/2/a.csv", "x")
    #expect(walk(depthLimit: 2).files.map(\.path) == ["1/2/a.csv"])
    #expect(walk(depthLimit: 2).problems == [DiskError("1/2/3", .tooDeep(limit: 2))])
    #expect(walk(depthLimit: 3).problems.isEmpty)
  }

  @Test func `pipes and names that are not UTF-8 are problems`() throws {
    try folder.makeFolder("content")
    try folder.pipe("content/pipe")
    let file = open(rawPath(folder("content/"), [0xB1, 0xED] + bytes(".csv")), O_CREAT, 0o644)
    #expect(file >= 0)
    close(file)
    #expect(
      walk().problems == [DiskError("\\xb1\\xed.csv", .nameNotUTF8), DiskError("pipe", .notRegularFile)])
  }

  @Test(.enabled(if: geteuid() != 0, "root may look everywhere"))
  func `a folder that may not be read is a problem, the rest is walked`() throws {
    try folder.write("content/a.csv", "x")
    try folder.write("content/closed/b.csv", "x")
    #expect(chmod(folder("content/closed"), 0) == 0)
    #expect(walk().files.map(\.path) == ["a.csv"])
    #expect(walk().problems == [DiskError("closed", .notPermitted)])
  }
}
