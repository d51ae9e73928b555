import Glibc
import Testing

@testable import Files

struct DiskTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func reason(_ body: () throws -> Void) -> DiskError.Reason? {
    do {
      try body()
      return nil
    } catch {
      return (error as? DiskError)?.reason
    }
  }

  @Test func `a file is read whole, an empty one too`() throws {
    let long = String(repeating: "收支总表\n", count: 30_000)
    try folder.write("a.csv", long)
    try folder.write("b.csv", "")
    #expect(try Disk.real.read(folder("a.csv")) == bytes(long))
    #expect(try Disk.real.read(folder("b.csv")) == [])
  }

  @Test func `a file whose size is not known beforehand is read whole`() throws {
    #expect(try String(decoding: Disk.real.read("/proc/self/status"), as: UTF8.self).contains("VmSize"))
    #expect(reason { _ = try Disk.real.read("/proc/self/status", limit: 20) } == .tooLarge(limit: 20))
  }

  @Test func `what is missing is said to be missing`() {
    #expect(reason { _ = try Disk.real.read(folder("none")) } == .notFound)
    #expect(reason { _ = try Disk.real.list(folder("none")) } == .notFound)
  }

  @Test func `a folder is no file and a file is no folder`() throws {
    try folder.write("a/b.csv", "x")
    #expect(reason { _ = try Disk.real.read(folder("a")) } == .isFolder)
    #expect(reason { _ = try Disk.real.list(folder("a/b.csv")) } == .notAFolder)
  }

  @Test(.timeLimit(.minutes(10))) func `a pipe is refused without waiting for a writer`() throws {
    try folder.pipe("pipe")
    #expect(reason { _ = try Disk.real.read(folder("pipe")) } == .notRegularFile)
    #expect(reason { _ = try Disk.real.read("/dev/zero") } == .notRegularFile)
  }

  @Test func `a huge file is refused without being read`() throws {
    try folder.write("huge.csv", "")
    #expect(truncate(folder("huge.csv"), 200 << 20) == 0)
    let start = ContinuousClock.now
    #expect(reason { _ = try Disk.real.read(folder("huge.csv")) } == .tooLarge(limit: 64 << 20))
    #expect(ContinuousClock.now - start < .milliseconds(200))
  }

  @Test func `links in a circle are refused`() throws {
    try folder.link("a", to: "b")
    try folder.link("b", to: "a")
    #expect(reason { _ = try Disk.real.read(folder("a")) } == .symlinkLoop)
    #expect(reason { _ = try Disk.real.list(folder("a")) } == .symlinkLoop)
  }

  @Test func `a path is not cut short at NUL`() throws {
    try folder.write("a", "x")
    #expect(reason { _ = try Disk.real.read(folder("a\0b")) } == .notAPath("路径里有 NUL 字符"))
  }

  @Test(.enabled(if: geteuid() != 0, "root may read everything"))
  func `what may not be read is said so`() throws {
    try folder.write("secret", "x")
    #expect(chmod(folder("secret"), 0) == 0)
    #expect(reason { _ = try Disk.real.read(folder("secret")) } == .notPermitted)
  }

  @Test func `a folder is listed by the bytes of its names, each with its kind and size`() throws {
    for name in ["乙.csv", "b", "B", "a.csv"] { try folder.write(name, name) }
    try folder.makeFolder("dir")
    try folder.link("to-file", to: "a.csv")
    try folder.link("to-folder", to: "dir")
    try folder.link("to-nothing", to: "none")
    try folder.pipe("pipe")
    #expect(
      try Disk.real.list(folder.path).map(withoutStamp) == [
        DirectoryEntry(name: "B", kind: .file, size: 1),
        DirectoryEntry(name: "a.csv", kind: .file, size: 5),
        DirectoryEntry(name: "b", kind: .file, size: 1),
        DirectoryEntry(name: "dir", kind: .folder),
        DirectoryEntry(name: "pipe", kind: .other),
        DirectoryEntry(name: "to-file", kind: .linkToFile, size: 5),
        DirectoryEntry(name: "to-folder", kind: .linkToFolder),
        DirectoryEntry(name: "to-nothing", kind: .brokenLink(.brokenLink)),
        DirectoryEntry(name: "乙.csv", kind: .file, size: 7),
      ])
  }

  @Test func `messages are in Chinese and name the system's fault`() {
    #expect(DiskError("a", .notFound).description == "a：文件或文件夹不存在")
    #expect(DiskError("a", errno: ENOSPC).message == "磁盘已满")
    #expect(DiskError("a", errno: EIO).message.contains("errno 5"))
    #expect(DiskError("a", .tooLarge(limit: 9)).message.contains("9 字节"))
  }

  private func withoutStamp(_ entry: DirectoryEntry) -> DirectoryEntry {
    DirectoryEntry(name: entry.name, kind: entry.kind, size: entry.size)
  }

  @Test func `a disk in memory behaves like the real one`() throws {
    try folder.write("site.yaml", "x")
    try folder.write("unit/2025/a.csv", "abc")
    let memory = Disk.inMemory(files: ["site.yaml": "x", "unit/2025/a.csv": "abc"])
    #expect(
      memory.fileTree(at: "").files.map(\.path) == Disk.real.fileTree(at: folder.path).files.map(\.path))
    #expect(memory.fileTree(at: "").folders == Disk.real.fileTree(at: folder.path).folders)
    #expect(try memory.list("") == Disk.real.list(folder.path).map(withoutStamp))
    #expect(try memory.list("unit") == Disk.real.list(folder("unit")))
    #expect(try memory.read("unit/2025/a.csv") == bytes("abc"))
    #expect(reason { _ = try memory.read("unit") } == .isFolder)
    #expect(reason { _ = try memory.read("none") } == .notFound)
    #expect(reason { _ = try memory.list("site.yaml") } == .notAFolder)
    #expect(reason { _ = try memory.read("unit/2025/a.csv", limit: 2) } == .tooLarge(limit: 2))
  }
}
