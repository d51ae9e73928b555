import Files
import Glibc
import Testing

/// A publication that is killed: visitors find the old site or the new one, and no release is lost.
@Suite(.serialized)
struct PublishInterruptionTests {
  private func site(_ text: String) throws -> SampleSite {
    var site = try SampleSite(units: [])
    site["content/small/2023/budget/说明.txt"] = text
    site["content/site.yaml"] = site["content/site.yaml"].replacing("name: ", with: "name: \(text)")
    return site
  }

  private static let hidden = ".public.gongkai-releases"

  /// The text of the attachment in every site that there is: in place and kept.
  private func texts(in folder: TemporarySite) throws -> [String] {
    let kept = try Disk.real.list(folder.folder + "/" + Self.hidden).filter { $0.kind == .folder }
      .map { Self.hidden + "/" + $0.name }
    return try (["public"] + kept).map { name in
      let bytes = try folder.files(in: name)["small/2023/budget/说明.txt"] ?? []
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  private func wait(_ duration: Duration) {
    let parts = duration.components
    usleep(UInt32(clamping: parts.attoseconds / 1_000_000_000_000 + parts.seconds * 1_000_000))
  }

  @Test func `publications killed at any moment leave the old site or the new one, and every release`() throws
  {
    let folder = try TemporarySite(try site("甲"))
    #expect(try folder.startPublishing("--yes", "--keep", "100").wait() == 0)
    let clock = ContinuousClock()
    for (path, bytes) in try site("乙").files { try folder.write(path, bytes) }
    let began = clock.now
    #expect(try folder.startPublishing("--yes", "--keep", "100").wait() == 0)
    let whole = clock.now - began

    var inPlace = "乙"
    var published: Set = ["甲", "乙"]
    for attempt in 0..<30 {
      let new = "第\(attempt)次"
      for (path, bytes) in try site(new).files { try folder.write(path, bytes) }
      let child = try folder.startPublishing("--yes", "--keep", "100")
      // Every second one near the end, where the sites change places.
      let share = attempt % 2 == 0 ? Double(attempt + 1) / 31 : 0.75 + 0.01 * Double(attempt)
      wait(whole * share)
      child.kill()
      _ = try child.wait()
      let now = try texts(in: folder)[0]
      #expect([inPlace, new].contains(now), "attempt \(attempt)")
      if now == new { published.insert(new) }
      inPlace = now
      // What a list of releases is preceded by puts things right.
      #expect(try folder.start(arguments: ["publish", folder.folder + "/public", "--list"]).wait() == 0)
      #expect(try texts(in: folder).sorted() == published.sorted(), "attempt \(attempt)")
      #expect(try texts(in: folder)[0] == inPlace)
    }
    for (path, bytes) in try site("丙").files { try folder.write(path, bytes) }
    #expect(try folder.startPublishing("--yes", "--keep", "2").wait() == 0)
    #expect(try texts(in: folder).count == 3)
    #expect(try folder.litter() == [Self.hidden])
  }

  @Test func `rollbacks killed at any moment lose nothing`() throws {
    let folder = try TemporarySite(try site("甲"))
    for text in ["甲", "乙", "丙"] {
      for (path, bytes) in try site(text).files { try folder.write(path, bytes) }
      #expect(try folder.startPublishing("--yes").wait() == 0)
    }
    let clock = ContinuousClock()
    let began = clock.now
    #expect(try folder.startPublishing("--yes", "--rollback", "--to", "1").wait() == 0)
    let whole = clock.now - began
    for attempt in 0..<24 {
      let child = try folder.startPublishing("--yes", "--rollback", "--to", "\(attempt % 3 + 1)")
      wait(whole * (Double(attempt + 8) / 32))
      child.kill()
      _ = try child.wait()
      #expect(try texts(in: folder).sorted() == ["丙", "乙", "甲"].sorted(), "attempt \(attempt)")
    }
    for (path, bytes) in try site("丁").files { try folder.write(path, bytes) }
    #expect(try folder.startPublishing("--yes").wait() == 0)
    #expect(try texts(in: folder).sorted() == ["丁", "丙", "乙", "甲"].sorted())
    #expect(try folder.litter() == [Self.hidden])
  }

  @Test func `a release stays whole when later sites share its files`() throws {
    let folder = try TemporarySite(try site("甲"))
    #expect(try folder.startPublishing("--yes").wait() == 0)
    let first = try folder.publicFiles()
    for text in ["乙", "丙"] {
      for (path, bytes) in try site(text).files { try folder.write(path, bytes) }
      #expect(try folder.startPublishing("--yes").wait() == 0)
    }
    #expect(try folder.files(in: Self.hidden + "/000001") == first)
    #expect(try folder.startPublishing("--yes", "--rollback", "--to", "1").wait() == 0)
    #expect(try folder.publicFiles() == first)
  }

  @Test func `two publications at once do not mix`() throws {
    let folder = try TemporarySite(try site("甲"))
    let (first, second) = (try folder.startPublishing("--yes"), try folder.startPublishing("--yes"))
    let codes = [try first.wait(), try second.wait()]
    #expect(codes.contains(0))
    #expect(codes.allSatisfy { $0 == 0 || $0 == 74 })
    #expect(try texts(in: folder) == ["甲"])
  }
}
