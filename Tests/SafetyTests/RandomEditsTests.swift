import Diagnostics
import Files
import Foundation
import Pipeline
import Testing

/// A site is edited at random some hundreds of times; after each edit a build that remembers, a preview that
/// follows, and a clean build from nothing must agree to the last byte.
///
/// The seed is printed: `SAFETY_SEED=… swift test --filter RandomEdits` tries the same again, `SAFETY_EDITS`
/// sets how many, and `SAFETY_TRACE=1` names each.
@Suite(.serialized)
struct RandomEditsTests {
  @Test func `after any edit, what is remembered gives what a clean build gives`() async throws {
    let seed = number("SAFETY_SEED") ?? UInt64.random(in: 1...UInt64(UInt32.max))
    print("SAFETY_SEED=\(seed)")
    let site = try EditedSite(seed: seed)
    // Findings print paths as they are given: both builds must be given the same.
    let content = site.path("content")
    var folders = SiteFolders(content: content).remembering()
    folders.output = site.path("public")
    // The site's own forms are all it uses; a small catalogue is soon read.
    folders.catalogue = site.path("catalogue")
    try FileManager.default.createSymbolicLink(
      atPath: site.path("memory-link"), withDestinationPath: site.path(".gongkai"))
    var options = BuildOptions(jobs: 2)
    let live = LiveSite(folders, options, on: .real)
    _ = try await live.refresh(nil)
    var published: [String: [UInt8]]?
    var canMend = false
    var counts = (published: 0, refused: 0, made: 0, whole: 0)

    for round in 0..<Int(number("SAFETY_EDITS") ?? 300) {
      let (what, touched) =
        round == 0 ? ("nothing", []) : canMend && round % 3 > 0 ? ("mend", try site.mend()) : try site.edit()
      let label: Comment = "seed \(seed), edit \(round): \(what)"
      if number("SAFETY_TRACE") != nil { print(label) }
      options.hold = round % 7 == 3
      let remembered = try await build(folders, options, on: .real)

      var clean = SiteFolders(content: content, output: site.path("clean"))
      clean.catalogue = folders.catalogue
      try? FileManager.default.removeItem(atPath: clean.output)
      let reference = try await build(clean, options, on: .real)

      #expect(remembered.findings == reference.findings, label)
      #expect(remembered.outcome == reference.outcome, label)
      #expect(remembered.pages == reference.pages && remembered.held == reference.held, label)
      #expect(remembered.figures == reference.figures && remembered.tables == reference.tables, label)
      if reference.outcome == .published {
        let wanted = try tree(clean.output)
        let found = try tree(folders.output)
        compare(found, wanted, label)
        published = found
        counts.published += 1
        if !options.hold { try site.noteGood() }
        counts.made += remembered.made
        counts.whole += reference.made
      } else {
        counts.refused += 1
        if let published, what.hasPrefix("damage page") == false, what != "stray page" {
          compare(try tree(folders.output), published, label)
        } else {
          published = try? tree(folders.output)
        }
      }

      canMend = reference.findings.blocking.count > 0

      // The preview shows disclosures with errors too, so it is compared where there are none.
      let refresh = try await live.refresh(touched.map { Set($0.map { site.path($0) }) })
      guard !options.hold else { continue }
      #expect(await live.findings == reference.findings, label)
      guard reference.outcome == .published else { continue }
      #expect(!refresh.isBroken, label)
      let wanted = try tree(clean.output)
      #expect(await live.paths == Set(wanted.keys), label)
      for (path, bytes) in wanted {
        let file = try await live.file(at: path)
        if file?.bytes != bytes { Issue.record("\(label): \(path) of the preview differs") }
        #expect(file?.isLastGood == false, label)
      }
    }
    print("published \(counts.published), refused \(counts.refused), made \(counts.made) of \(counts.whole)")
    #expect(counts.published > 0 && counts.made < counts.whole)
  }

  private func compare(_ found: [String: [UInt8]], _ wanted: [String: [UInt8]], _ label: Comment) {
    for path in Set(found.keys).union(wanted.keys).sorted() where found[path] != wanted[path] {
      let how = found[path] == nil ? "missing" : wanted[path] == nil ? "too many" : "different"
      Issue.record("\(label): \(path) is \(how)")
    }
  }

  private func tree(_ folder: String) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for file in Disk.real.fileTree(at: folder).files {
      files[file.path] = try Disk.real.read(Path.join(folder, file.path))
    }
    return files
  }

  private func number(_ name: String) -> UInt64? { getenv(name).flatMap { UInt64(String(cString: $0)) } }
}
