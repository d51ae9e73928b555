import Diagnostics
import Parsing
import Testing

@testable import Forms

@Suite struct CatalogueTests {
  static let library = FormLibrary(own: [])

  @Test func `the data files and sets of the catalogue have no findings`() {
    #expect(
      Self.library.findings.isEmpty,
      "\(Self.library.findings.map { "\($0.place.file):\($0.place.line) \($0.message)" })")
    #expect(!Self.library.sets.isEmpty)
    #expect(!Self.library.facts.dimensions.isEmpty)
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
