import Foundation
import Testing

@testable import Checks

@Suite struct RuleBookTests {
  @Test func `every id that the source reports is in the book, and none besides`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources")
    let files = try #require(FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil))
    var used: Set<String> = []
    // Where a finding is made, or an id is handed to what makes findings.
    let calls = /(?:Finding|report|hint|finding|FindingRule)\(\s*"([a-z0-9]+(?:-[a-z0-9]+)*)"\s*,/
    let others = /(?:\bid: |\? |: |check: )"([a-z0-9]+(?:-[a-z0-9]+)+)"/
    var literals: Set<String> = []
    for case let url as URL in files where url.pathExtension == "swift" && !url.path.contains("/Readers/") {
      let text = try String(contentsOf: url, encoding: .utf8)
      for match in text.matches(of: calls) { used.insert(String(match.1)) }
      for match in text.matches(of: others) { literals.insert(String(match.1)) }
    }
    // `report("title", …)` of a settings reader names a key, not a finding.
    let known = Set(RuleBook.rules.map(\.id))
    let keys: Set = ["base-path", "domain", "site-code"]
    #expect(used.subtracting(known).subtracting(keys) == [])
    let checks = Set(Check.all.map(\.id))
    #expect(
      known.subtracting(used).subtracting(literals).subtracting(checks) == [], "no source reports these")
    #expect(known.count == RuleBook.rules.count)
    #expect(RuleBook.rules.allSatisfy { !$0.title.isEmpty && !$0.why.isEmpty })
  }

  @Test func `an unknown id suggests the nearest of all ids`() {
    #expect(RuleBook.nearest(to: "not-an-amout") == "not-an-amount")
    #expect(RuleBook.nearest(to: "sum-of-row") == "sum-of-rows")
  }
}
