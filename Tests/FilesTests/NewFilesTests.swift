import Foundation
import Testing

@testable import Files

@Suite struct NewFilesTests {
  @Test func `new files are all there, and nothing else is left`() throws {
    let folder = try TemporaryFolder()
    try writeNewFiles(
      [NewFile("a/b/一.csv", "1"), NewFile("a/二.md", "2"), NewFile("三", "3")], below: folder.path + "/new")
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
    #expect(names == ["new", "new/a", "new/a/b", "new/a/b/一.csv", "new/a/二.md", "new/三"])
    #expect(try String(contentsOfFile: folder.path + "/new/a/b/一.csv", encoding: .utf8) == "1")
  }

  @Test func `nothing is written over, and where one file cannot be written none is`() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: folder.path + "/a", withIntermediateDirectories: true)
    try Data("old".utf8).write(to: URL(filePath: folder.path + "/a/b"))
    #expect(throws: DiskError.self) {
      try writeNewFiles(
        [NewFile("first", "1"), NewFile("a/c/d", "2"), NewFile("a/b", "new")], below: folder.path)
    }
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
    #expect(names == ["a", "a/b"])
    #expect(try String(contentsOfFile: folder.path + "/a/b", encoding: .utf8) == "old")
  }

  @Test(arguments: ["../x", "/x", "a//b", ""])
  func `a path that leads out of the folder is refused`(_ path: String) throws {
    let folder = try TemporaryFolder()
    #expect(throws: DiskError.self) { try writeNewFiles([NewFile(path, "")], below: folder.path) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }
}
