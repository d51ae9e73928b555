import Diagnostics
import Files
import Glibc
import Testing

/// Harms one file of a whole site at a time, some hundreds of times, and looks at what is said of it.
///
/// The seed is printed: `SAFETY_SEED=… swift test --filter SafetyTests` tries the same again, `SAFETY_ROUNDS`
/// sets how often, and `SAFETY_TRACE=1` names each file before it is tried.
struct MutationTests {
  @Test func `no harm to any file crashes the check, and findings point into existing files`() async throws {
    let seed = number("SAFETY_SEED") ?? UInt64.random(in: 1...UInt64(UInt32.max))
    let rounds = Int(number("SAFETY_ROUNDS") ?? 300)
    print("SAFETY_SEED=\(seed)")
    let site = try SampleSite(units: ["wangcheng-zgh"])
    let paths = site.files.keys.sorted()
    let before = try await site.check().blocking
    #expect(before == [])
    await withTaskGroup(of: Void.self) { group in
      for worker in 0..<4 {
        group.addTask {
          for round in stride(from: worker, to: rounds, by: 4) {
            await harm(site, paths, round: round, seed: seed)
          }
        }
      }
    }
  }

  private func harm(_ site: SampleSite, _ paths: [String], round: Int, seed: UInt64) async {
    var numbers = SeededNumbers(seed: seed &+ UInt64(round) &* 7919)
    // Files of the small unit, forms and theme are met more often than those of the sample.
    let ours = paths.filter { !$0.contains("wangcheng") }
    let path = (round % 4 == 0 ? paths : ours).randomElement(using: &numbers) ?? ""
    var harmed = site
    var bytes = site.files[path] ?? []
    var done: [Mutation] = []
    for _ in 0..<Int.random(in: 1...3, using: &numbers) {
      let mutation = Mutation.allCases.randomElement(using: &numbers) ?? .truncate
      bytes = mutation.apply(to: bytes, &numbers)
      done.append(mutation)
    }
    harmed.files[path] = bytes
    if number("SAFETY_TRACE") != nil { print("round \(round): \(done) in \(path)") }
    do {
      let findings = try await harmed.check(unit: path.contains("wangcheng") ? "wangcheng-zgh" : "small")
      for finding in findings {
        for place in [finding.place] + finding.notes.compactMap(\.place) {
          if let fault = fault(of: place, in: harmed.files) {
            Issue.record(
              "seed \(seed), round \(round), \(done) in \(path): \(place) of \(finding.id): \(fault)")
          }
        }
        #expect(!finding.message.isEmpty)
      }
    } catch {
      Issue.record("seed \(seed), round \(round), \(done) in \(path): \(error)")
    }
  }

  private func number(_ name: String) -> UInt64? { getenv(name).flatMap { UInt64(String(cString: $0)) } }
}

/// Why a place lies outside the files, or nil.
func fault(of place: Place, in files: [String: [UInt8]]) -> String? {
  guard let bytes = files[place.file] else {
    // Folders, missing files, pages, and what is embedded have no lines here.
    let isKnown = files.keys.contains { $0.hasPrefix(place.file) } || place.line == 0
    return isKnown || !place.file.hasPrefix("content/") ? nil : "no such file"
  }
  if place.line == 0 { return nil }
  var text = String(decoding: bytes, as: UTF8.self)
  if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
  let lines = linesOf(text)
  // The end of the file is a place too.
  guard place.line <= max(1, lines.count + 1) else { return "line beyond \(lines.count)" }
  let length = place.line <= lines.count ? lines[place.line - 1] : 0
  return place.column <= length + 1 ? nil : "column beyond \(length)"
}

/// The number of scalars of each line.
private func linesOf(_ text: String) -> [Int] {
  var lines = [0]
  var wasReturn = false
  for scalar in text.unicodeScalars {
    if scalar == "\n", wasReturn {
      wasReturn = false
      continue
    }
    wasReturn = scalar == "\r"
    if scalar == "\n" || scalar == "\r" { lines.append(0) } else { lines[lines.count - 1] += 1 }
  }
  return lines
}
