import Diagnostics
import Parsing
import Testing

@testable import Forms

@Suite struct CatalogueTests {
  static let library = FormLibrary(own: [])

  @Test func `the data files and sets of the catalogue have no findings`() {
    let whole = FormLibrary(catalogue: FormLibrary.embeddedFiles, own: [])
    #expect(
      whole.findings.isEmpty,
      "\(whole.findings.map { "\($0.place.file):\($0.place.line) \($0.message)" })")
    #expect(!Self.library.sets.isEmpty)
    #expect(!Self.library.facts.dimensions.isEmpty)
  }

  @Test func `the heads of sets that are embedded say what their files say`() throws {
    let files = FormLibrary.embeddedFiles.filter { $0.file.hasSuffix("/set.yaml") }
    #expect(files.map(\.file).sorted() == embeddedCatalogueHeads.keys.sorted())
    for file in files {
      var findings: [Finding] = []
      guard case .map(let pairs, _)? = parseYAML(file, findings: &findings) else { continue }
      let scalars = pairs.compactMap { pair in pair.value.scalar.map { (pair.key.text, $0.text) } }
      let head = embeddedCatalogueHeads[file.file] ?? [:]
      #expect(head == Dictionary(scalars) { first, _ in first }, "\(file.file)")
    }
  }

  @Test func `a set that is read when it is used is the one that is read at once`() throws {
    let whole = FormLibrary(catalogue: FormLibrary.embeddedFiles, own: [])
    let late = FormLibrary(own: [])
    #expect(whole.sets.count == whole.sets.filter { late.set($0.id) != nil }.count)
    #expect(whole.sets.map { "\($0)" } == late.sets.map { "\($0)" })
    #expect(whole.sets.map { "\($0.head)" } == FormLibrary(own: []).heads.map { "\($0)" })
    for set in whole.sets {
      for year in [2015, 2020, 2022, 2024] {
        for region in [set.region, set.region + ["丁区"], []] {
          let fitting = whole.sets(kind: set.kind, region: region, year: year).map(\.id)
          #expect(late.sets(kind: set.kind, region: region, year: year).map(\.id) == fitting)
        }
      }
    }
  }

  @Test(arguments: library.formNames)
  func `every form of the catalogue loads for each year of its set`(_ name: String) throws {
    let sets = Self.library.sets.filter { set in set.entries.contains { $0.form == name } }
    #expect(!sets.isEmpty, "no set lists \(name)")
    for year in Set(sets.flatMap { Self.years(of: $0.years) }).sorted() {
      // A fresh library each time: the shared one answers from its cache, without findings.
      let (form, findings) = FormLibrary(own: []).load(name, year: year)
      #expect(
        findings.isEmpty,
        "\(year): \(findings.map { "\($0.place.file):\($0.place.line):\($0.place.column) \($0.message)" })")
      let loaded = try #require(form)
      #expect(loaded.fullName == name)
      #expect(!loaded.title.contains("{") && !loaded.name.contains("{"))
      #expect(!loaded.blocks.isEmpty)
    }
  }

  @Test func `names of forms are told apart within a set`() {
    for set in Self.library.sets {
      var seen: [String: String] = [:]
      for entry in set.entries {
        guard
          let form = Self.library.form(
            entry.form, year: min(max(set.years.lowerBound, 2022), set.years.upperBound))
        else { continue }
        for name in Set(form.names) {
          let other = seen.updateValue(form.id, forKey: name)
          #expect(other == nil, "\(set.id): “\(name)” names both \(form.id) and \(other ?? "")")
        }
      }
    }
  }

  /// All years of a closed range; of an open one the first and some more.
  private static func years(of range: ClosedRange<Int>) -> [Int] {
    let first = range.lowerBound > 0 ? range.lowerBound : max(range.upperBound - 3, 2000)
    let last = range.upperBound < 9999 ? range.upperBound : first + 6
    let all = Array(first...max(first, last))
    return all.count <= 8 ? all : Array(all.prefix(3) + all.suffix(3))
  }
}
