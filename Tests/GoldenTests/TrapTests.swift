import Diagnostics
import Files
import Foundation
import Pipeline
import Testing

/// A small site in `Tests/Golden/traps` where two figures look like one fact, and what happens once they are taken
/// for one.
struct Trap: Sendable, CustomTestStringConvertible {
  let name: String

  var testDescription: String { name }

  private static let root = GoldenSite.root + "/traps"

  static let all: [Trap] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    return names.sorted().map(Trap.init(name:))
      .filter { FileManager.default.fileExists(atPath: $0.folder + "/content/site.yaml") }
  }()

  var folder: String { Self.root + "/" + name }

  /// Every file by its path: `content/…`, `mistakes.txt`.
  func files() throws -> [String: String] {
    try BuiltSite.files(below: folder).mapValues { String(decoding: $0, as: UTF8.self) }
  }

  static func findings(of files: [String: String]) async throws -> [Finding] {
    try await Pipeline.check(
      SiteFolders(content: "content"), BuildOptions(jobs: 1), on: .inMemory(files: files)
    )
    .findings
  }
}

/// A line of `mistakes.txt`: the file below `content/`, what stands there, what a careless hand writes instead (`\n`
/// breaks the line), and the check that speaks up.
private struct Mistake {
  var file: String
  var right: String
  var wrong: String
  var check: String

  init?(_ line: String) {
    let parts = line.components(separatedBy: " | ").map {
      $0.replacing("\\n", with: "\n").trimmingCharacters(in: CharacterSet(charactersIn: " "))
    }
    guard parts.count == 4, !parts[1].isEmpty, !parts[3].isEmpty else { return nil }
    (file, right, wrong, check) = ("content/" + parts[0], parts[1], parts[2], parts[3])
  }
}

@Suite struct TrapTests {
  @Test(arguments: Trap.all)
  func `figures that only look like one fact are left in peace`(_ trap: Trap) async throws {
    let loud = try await Trap.findings(of: try trap.files()).filter {
      $0.severity > .info && $0.waived == nil
    }
    #expect(loud.map { "\($0.place.file):\($0.place.line): \($0.message) [\($0.id)]" } == [])
  }

  @Test(arguments: Trap.all)
  func `taking them for one fact is reported`(_ trap: Trap) async throws {
    let files = try trap.files()
    let lines = (files["mistakes.txt"] ?? "").split(separator: "\n").filter { !$0.hasPrefix("#") }
    #expect(!lines.isEmpty)
    for line in lines {
      let mistake = try #require(Mistake(String(line)), "写作 文件 | 原文 | 误写 | 规则：\(line)")
      let text = try #require(files[mistake.file], "没有这个文件：\(line)")
      try #require(text.components(separatedBy: mistake.right).count == 2, "原文应当恰好出现一次：\(line)")
      var changed = files
      changed[mistake.file] = text.replacing(mistake.right, with: mistake.wrong)
      let loud = try await Trap.findings(of: changed).filter { $0.severity > .info && $0.waived == nil }
      #expect(loud.contains { $0.id == mistake.check }, "\(line)：\(loud.map(\.id))")
    }
  }
}
