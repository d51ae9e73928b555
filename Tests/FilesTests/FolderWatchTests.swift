import Glibc
import Testing

@testable import Files

@Suite struct FolderWatchTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.makeFolder("content/jyj")
    try folder.write("content/jyj/unit.yaml", "name: 甲\n")
  }

  private func watch(_ names: String...) throws -> FolderWatch {
    try FolderWatch(names.map { folder($0) })
  }

  /// The changes told until these paths were among them; fewer where the time runs out.
  private func changes(of watch: FolderWatch, until wanted: Set<String>) async throws -> Set<String> {
    let limit = Task {
      try await Task.sleep(for: .seconds(10))
      watch.stop()
    }
    defer { limit.cancel() }
    var seen: Set<String> = []
    while !wanted.isSubset(of: seen), case .paths(let paths)? = try await watch.next() {
      seen.formUnion(paths.map { String($0.dropFirst(folder.path.count + 1)) })
    }
    return seen
  }

  @Test func `a file that is written is told by its path as the folder was given`() async throws {
    let watch = try watch("content")
    try folder.write("content/jyj/unit.yaml", "name: 乙\n")
    #expect(try await changes(of: watch, until: ["content/jyj/unit.yaml"]) == ["content/jyj/unit.yaml"])
  }

  @Test func `an editor that saves by renaming is understood, and its leavings are not`() async throws {
    let watch = try watch("content")
    try folder.write("content/jyj/.unit.yaml.swp", "…")
    try folder.write("content/jyj/unit.yaml~", "…")
    try folder.write("content/jyj/4913", "")
    #expect(unlink(folder("content/jyj/4913")) == 0)
    try folder.write("content/jyj/.new", "name: 乙\n")
    #expect(rename(folder("content/jyj/.new"), folder("content/jyj/unit.yaml")) == 0)
    let seen = try await changes(of: watch, until: ["content/jyj/unit.yaml"])
    #expect(seen.subtracting(["content/jyj/4913"]) == ["content/jyj/unit.yaml"])
  }

  @Test func `folders added later are watched, with what already lies in them`() async throws {
    let watch = try watch("content")
    try folder.write("content/zfj/2024/budget/narrative.md", "一\n")
    #expect(try await changes(of: watch, until: ["content/zfj"]).contains("content/zfj"))
    try folder.write("content/zfj/2024/budget/narrative.md", "二\n")
    let seen = try await changes(of: watch, until: ["content/zfj/2024/budget/narrative.md"])
    #expect(seen.contains("content/zfj/2024/budget/narrative.md"))
  }

  @Test func `a folder moved away or renamed is told, and followed under its new name`() async throws {
    let watch = try watch("content")
    try folder.makeFolder("elsewhere")
    #expect(rename(folder("content/jyj"), folder("content/jy")) == 0)
    let renamed = try await changes(of: watch, until: ["content/jyj", "content/jy"])
    #expect(renamed.isSuperset(of: ["content/jyj", "content/jy"]))
    try folder.write("content/jy/unit.yaml", "name: 乙\n")
    #expect(try await changes(of: watch, until: ["content/jy/unit.yaml"]) == ["content/jy/unit.yaml"])
    #expect(rename(folder("content/jy"), folder("elsewhere/jy")) == 0)
    #expect(try await changes(of: watch, until: ["content/jy"]) == ["content/jy"])
    try folder.write("elsewhere/jy/unit.yaml", "name: 丙\n")
    try folder.write("content/site.yaml", "name: 某站\n")
    #expect(try await changes(of: watch, until: ["content/site.yaml"]) == ["content/site.yaml"])
  }

  @Test func `a watched folder may come later, vanish, and come back`() async throws {
    let watch = try watch("content", "Themes/own")
    try folder.write("Themes/own/assets/site.css", "a{}\n")
    #expect(try await changes(of: watch, until: ["Themes/own"]).contains("Themes/own"))
    try folder.write("Themes/own/assets/site.css", "b{}\n")
    let file = "Themes/own/assets/site.css"
    #expect(try await changes(of: watch, until: [file]).contains(file))
    #expect(rename(folder("content"), folder("content-old")) == 0)
    #expect(try await changes(of: watch, until: ["content"]) == ["content"])
    #expect(rename(folder("content-old"), folder("content")) == 0)
    #expect(try await changes(of: watch, until: ["content"]) == ["content"])
    try folder.write("content/jyj/unit.yaml", "name: 乙\n")
    let unit = "content/jyj/unit.yaml"
    #expect(try await changes(of: watch, until: [unit]).contains(unit))
  }

  @Test func `what happens beside the watched folders is nobody's business`() async throws {
    let watch = try watch("content", "Themes")
    try folder.write("public/index.html", "…")
    try folder.write("content/site.yaml", "name: 某站\n")
    #expect(try await changes(of: watch, until: ["content/site.yaml"]) == ["content/site.yaml"])
  }

  @Test func `links and deletions are told`() async throws {
    let watch = try watch("content")
    try folder.link("content/jyj/link.csv", to: "unit.yaml")
    #expect(link(folder("content/jyj/unit.yaml"), folder("content/jyj/hard.csv")) == 0)
    #expect(unlink(folder("content/jyj/unit.yaml")) == 0)
    let names: Set = ["content/jyj/link.csv", "content/jyj/hard.csv", "content/jyj/unit.yaml"]
    #expect(try await changes(of: watch, until: names) == names)
  }

  @Test func `where the system lost events, everything may have changed`() throws {
    let notifier = inotify_init1(Int32(IN_NONBLOCK))
    defer { close(notifier) }
    var watched = WatchedFolders([folder("content")], notifier: notifier)
    try watched.watchAll()
    // Made while nobody could tell.
    try folder.makeFolder("content/zfj")
    var drained = FolderChanges.paths([])
    var fresh = WatchedFolders([folder("content")], notifier: notifier)
    try fresh.readEvents(into: &drained)
    var event = inotify_event()
    event.wd = -1
    event.mask = UInt32(IN_Q_OVERFLOW)
    var changes = FolderChanges.paths(["content/a"])
    try watched.take(withUnsafeBytes(of: event) { ArraySlice($0) }, into: &changes)
    #expect(changes == .everything)
    try folder.write("content/zfj/unit.yaml", "name: 甲\n")
    changes = .paths([])
    try watched.readEvents(into: &changes)
    #expect(changes == .paths([folder("content/zfj/unit.yaml")]))
  }

  @Test func `an event cut short is not read beyond its end`() throws {
    var watched = WatchedFolders([], notifier: -1)
    var changes = FolderChanges.paths([])
    for length in 0..<40 {
      try watched.take([UInt8](repeating: 0xFF, count: length)[...], into: &changes)
    }
  }

  @Test func `a watch that is stopped tells so at once`() async throws {
    let watch = try watch("content")
    let waiting = Task { try await watch.next() }
    try await Task.sleep(for: .milliseconds(20))
    watch.stop()
    #expect(try await waiting.value == nil)
  }

  @Test func `hundreds of files at once are told together`() async throws {
    let watch = try watch("content")
    for index in 0..<300 { try folder.write("content/jyj/\(index).csv", "甲\n") }
    let names = Set((0..<300).map { "content/jyj/\($0).csv" })
    #expect(try await changes(of: watch, until: names) == names)
  }
}
