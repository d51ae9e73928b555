import Checks
import Diagnostics
import Files
import Pipeline
import Testing

@Suite struct StabilityTests {
  @Test(arguments: [1, 3, 8])
  func `findings are the same however many units are worked on at once`(_ jobs: Int) async throws {
    let site = try FaultySite()
    let wanted = try await FaultySite.found.value.findings
    #expect(!wanted.isEmpty)
    #expect(try await site.report(jobs: jobs).findings == wanted)
  }

  @Test(arguments: [1, 2, 3, 4])
  func `findings are the same in whatever order a folder is listed`(_ seed: UInt64) async throws {
    let site = try FaultySite()
    let ordered = Disk.inMemory(files: site.files)
    var shuffled = ordered
    shuffled.list = { folder throws(DiskError) in
      var chance = Chance(state: seed &+ UInt64(folder.utf8.count))
      return try ordered.list(folder).shuffled(using: &chance)
    }
    let wanted = try await FaultySite.found.value.findings
    let found = try await site.report(jobs: 4, on: shuffled).findings
    #expect(found == wanted)
  }

  @Test func `every id that a site reports can be explained`() async throws {
    for finding in try await FaultySite.found.value.findings {
      #expect(RuleBook.page(for: finding.id) != nil, "\(finding.id)")
    }
  }
}

/// The same order every time (SplitMix64).
private struct Chance: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
