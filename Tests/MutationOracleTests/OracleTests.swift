import Content
import Diagnostics
import Files
import Forms
import MutationOracle
import Parsing
import Testing

/// A clean site of the tests, read the way the benchmark reads it.
private struct Sample {
  static let folder =
    Path.folder(of: Path.folder(of: #filePath)) + "/CleanSet/central-budget-2023/content/guance"

  let library = FormLibrary(own: [])
  var files: [String: [UInt8]] = [:]

  init() throws {
    for file in Disk.real.fileTree(at: Self.folder).files {
      files[file.path] = try Disk.real.read(Path.join(Self.folder, file.path))
    }
  }

  func bound() throws -> BoundUnit {
    var findings: [Finding] = []
    let files = files.sorted { $0.key < $1.key }.map {
      UnitFiles.File(path: $0.key, bytes: $0.value, size: $0.value.count)
    }
    let parsed = parse(UnitFiles(slug: "guance", folder: "content/guance", files: files), findings: &findings)
    return try #require(bind(parsed, to: library, findings: &findings))
  }

  /// What the oracle says once some words of a file are others.
  func relations(in path: String, _ right: String, _ wrong: String) throws -> Set<Oracle.Relation> {
    var changed = self
    let text = String(decoding: try #require(files[path]), as: UTF8.self)
    let range = try #require(text.firstRange(of: right), "\(right)")
    changed.files[path] = Array(text.replacingCharacters(in: range, with: wrong).utf8)
    let oracle = Oracle(library.facts, clean: try bound())
    return Set(oracle.violations(in: try changed.bound(), changed: "content/guance/" + path).map(\.relation))
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<String.Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
  }
}

@Suite struct OracleTests {
  @Test func `a clean unit breaks no relation`() throws {
    let sample = try Sample()
    #expect(Oracle(sample.library.facts).violations(in: try sample.bound()) == [])
  }

  @Test func `a figure that is changed breaks the sums and the facts that it is in`() throws {
    let path = "2024/budget/部门收支总表.csv"
    let found = try Sample().relations(in: path, "619.32", "691.32")
    #expect(found.contains(.rowSum) && found.contains(.sameFact), "\(found)")
    #expect(try Sample().relations(in: path, "619.32", "619.32") == [])
  }

  @Test func `one last place in a single sum of many is within its interval`() throws {
    // Parts and total may each be off by half a last place.
    let found = try Sample().relations(in: "2024/budget/部门收支总表.csv", "71.80", "71.81")
    #expect(!found.contains(.rowSum))
  }

  @Test func `a part that is larger than its whole is found`() throws {
    let found = try Sample().relations(in: "2024/budget/政府采购预算表.csv", "723.90", "99723.90")
    #expect(!found.isEmpty)
  }

  @Test func `a sign is found`() throws {
    let found = try Sample().relations(in: "2024/budget/部门支出总表.csv", "184.05", "-184.05")
    #expect(found.contains(.rowSum) || found.contains(.columnSum), "\(found)")
  }
}
