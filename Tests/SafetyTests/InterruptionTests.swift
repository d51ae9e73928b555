import Files
import Glibc
import Testing

/// A build that is killed, and two builds at once: readers find the old site or the new one.
@Suite(.serialized)
struct InterruptionTests {
  private func site(_ text: String) throws -> SampleSite {
    var site = try SampleSite(units: [])
    site["content/small/2023/budget/说明.txt"] = text
    site["content/site.yaml"] = site["content/site.yaml"].replacing("name: ", with: "name: \(text)")
    return site
  }

  @Test func `a build killed at any moment leaves the old site or the new one, and the next cleans up`()
    throws
  {
    let folder = try TemporarySite(try site("甲"))
    #expect(try folder.run("build").code == 0)
    let clock = ContinuousClock()
    let old = try folder.publicFiles()
    for (path, bytes) in try site("乙").files { try folder.write(path, bytes) }
    let began = clock.now
    #expect(try folder.run("build").code == 0)
    let whole = clock.now - began
    let new = try folder.publicFiles()
    #expect(old != new)

    var sides = [old, new]
    for attempt in 0..<30 {
      // The other text than the one in place now.
      let present = try folder.publicFiles()
      for (path, bytes) in try site(present == old ? "乙" : "甲").files { try folder.write(path, bytes) }
      let child = try folder.start("build")
      let wait = whole * Double(attempt + 1) / 31
      usleep(
        UInt32(
          clamping: wait.components.attoseconds / 1_000_000_000_000 + wait.components.seconds * 1_000_000))
      child.kill()
      _ = try child.wait()
      let left = try folder.publicFiles()
      #expect(sides.contains(left), "attempt \(attempt)")
    }
    #expect(try folder.run("build").code == 0)
    sides.removeAll { $0 != (try? folder.publicFiles()) }
    #expect(sides.count == 1)
    #expect(try folder.litter() == [])
  }

  @Test func `two builds at once do not mix`() throws {
    let folder = try TemporarySite(try site("甲"))
    #expect(try folder.run("build").code == 0)
    let whole = try folder.publicFiles()
    for _ in 0..<5 {
      let (first, second) = (try folder.start("build"), try folder.start("build"))
      let codes = [try first.wait(), try second.wait()]
      #expect(codes.contains(0))
      for (code, child) in zip(codes, [first, second]) where code != 0 {
        #expect(code == 74)
        #expect(child.text.contains("另一次构建正在写入"))
      }
      #expect(try folder.publicFiles() == whole)
    }
    #expect(try folder.litter() == [])
  }

  @Test func `an error leaves the site as it is`() throws {
    let folder = try TemporarySite(try site("甲"))
    #expect(try folder.run("build").code == 0)
    let before = try folder.publicFiles()
    try folder.write("content/small/2023/budget/收支表.csv", "项目\n\"")
    #expect(try folder.run("build").code == 1)
    #expect(try folder.publicFiles() == before)
    #expect(try folder.litter() == [])
  }

  @Test func `what the disk holds in place of a file has a finding`() throws {
    let folder = try TemporarySite(try site("甲"))
    let content = folder.folder + "/content"
    #expect(symlink("loop", content + "/loop") == 0)
    #expect(mkfifo(content + "/small/2023/budget/pipe.csv", 0o644) == 0)
    #expect(unlink(content + "/small/2023/budget/收支表.csv") == 0)
    #expect(mkdir(content + "/small/2023/budget/收支表.csv", 0o755) == 0)
    #expect(truncate(content + "/small/2023/budget/narrative.md", 200 << 20) == 0)
    let result = try folder.run("check")
    #expect(result.code == 1)
    for words in ["符号链接指来指去成了环", "不是普通文件", "这里应是文件，却是一个文件夹", "文件太大，超过上限 16 MB"] {
      #expect(result.output.contains(words), "\(words) in \(result.output)")
    }
    #expect(!result.output.contains("required-table-missing"))
    #expect(!result.output.contains("unresolved"))
  }

  @Test func `content that is missing or a file is refused`() throws {
    let folder = try TemporarySite(try SampleSite(units: []))
    #expect(rename(folder.folder + "/content", folder.folder + "/other") == 0)
    #expect(try folder.run("check").code == 74)
    try folder.write("content", "x")
    #expect(try folder.run("build").code == 74)
    #expect(rename(folder.folder + "/other", folder.folder + "/run-other") == 0)
  }
}
