import Checks
import Content
import Diagnostics
import Forms
import Foundation
import Testing

/// All figures of every set are changed, not only a sample: `CHANGE_ALL_FIGURES=1 swift test --filter CatalogueTests`.
private let changesAll = ProcessInfo.processInfo.environment["CHANGE_ALL_FIGURES"] == "1"

private func shown(_ findings: [Finding]) -> [String] {
  findings.map { "\($0.place.file):\($0.place.line):\($0.place.column) \($0.id) \($0.message)" }
}

@Suite struct CleanSetTests {
  @Test(arguments: CleanSet.all)
  func `a clean set has no errors, no warnings and no waivers`(_ set: CleanSet) async throws {
    let findings = try await set.findings()
    let serious = findings.filter { $0.severity > .info || $0.waived != nil }
    #expect(serious.isEmpty, "\(shown(serious))")
  }

  @Test(arguments: CleanSet.all)
  func `a clean set fills in every form of its set`(_ set: CleanSet) throws {
    for unit in try set.units() {
      var findings: [Finding] = []
      let disclosures = try #require(unit.bound(&findings)).disclosures
      let filled = Set(disclosures.flatMap(\.tables).filter(\.isFilledIn).map(\.form.fullName))
      let wanted = Set(disclosures.compactMap(\.set).flatMap { $0.entries.map(\.form) })
      #expect(!wanted.isEmpty)
      // Some show on purpose what an empty table looks like; `empty.txt` says which, and why.
      let list = String(decoding: try set.files()["empty.txt"] ?? [], as: UTF8.self)
      let empty = Set(
        list.split(separator: "\n").compactMap { $0.split(separator: " ").first.map(String.init) })
      #expect(wanted.subtracting(filled) == empty)
    }
  }

  @Test(arguments: CleanSet.all)
  func `a figure that is changed is reported, but for those listed as uncovered`(_ set: CleanSet) throws {
    let list = Uncovered(String(decoding: try set.files()["uncovered.txt"] ?? [], as: UTF8.self))
    #expect(list.unreadable.isEmpty, "写作 表 | 行 | 列 | 理由: \(list.unreadable)")
    var silent: [PrintedFigure] = []
    var known: Set<Uncovered.Entry> = []
    for unit in try set.units().map(\.newest) {
      var findings: [Finding] = []
      let bound = try #require(unit.bound(&findings))
      let figures = bound.figures(below: unit.folder)
      #expect(figures.count > 20)
      known.formUnion(list.entries.filter { entry in figures.contains { entry.covers($0) } })
      let listed = figures.filter { figure in list.entries.contains { $0.covers(figure) } }
      let others = figures.filter { figure in !list.entries.contains { $0.covers(figure) } }
      var chance = SeededGenerator(set.name)
      let chosen = changesAll ? others : Array(others.shuffled(using: &chance).prefix(40))
      silent += try chosen.filter { try !isReported($0, in: unit) }
      guard changesAll else { continue }
      let reported = try listed.filter { try isReported($0, in: unit) }
      for entry in list.entries where known.contains(entry) {
        let mine = figures.filter { entry.covers($0) }
        let isStale = mine.allSatisfy { figure in reported.contains { $0.name == figure.name } }
        #expect(!isStale, "uncovered.txt:\(entry.line): 这些数改了都会报，不必再列")
      }
    }
    #expect(silent.isEmpty, "\(silent.map(\.name).joined(separator: "\n"))")
    let stale = list.entries.filter { !known.contains($0) }.map(\.line)
    #expect(stale.isEmpty, "uncovered.txt 里没有对应的数: \(stale)")
  }

  @Test(arguments: CleanSet.all)
  func `what the tables of a clean set state is what their forms declare`(_ set: CleanSet) throws {
    for unit in try set.units() {
      var findings: [Finding] = []
      let model = unit.library.facts
      for disclosure in try #require(unit.bound(&findings)).disclosures {
        let declared = disclosure.tables.map { $0.form.declaredFacts(model).map(\.tags) }
        var names = FactNames(model)
        var missing: Set<String> = []
        for statement in disclosure.factStatements(&names) where statement.place.table >= 0 {
          let tags = names.tags(of: statement.key)
          let table = Int(statement.place.table)
          guard !declared[table].contains(where: { $0.covers(tags) }) else { continue }
          missing.insert(
            "\(disclosure.tables[table].form.fullName): \(tags.values.sorted { $0.key < $1.key })")
        }
        #expect(missing.isEmpty, "\(missing.sorted().prefix(5).joined(separator: "\n"))")
      }
    }
  }

  /// Whether anything is said once a figure is another.
  private func isReported(_ figure: PrintedFigure, in unit: SetUnit) throws -> Bool {
    let old = try #require(unit.files[figure.file], "\(figure.name)")
    let text = try #require(figure.raised(by: figure.isPercent ? 3_700 : 37), "\(figure.name)")
    let new = try #require(figure.replaced(in: old, by: text), "\(figure.name)")
    var changed = unit
    changed.files[figure.file] = new
    var findings: [Finding] = []
    guard let bound = changed.bound(&findings) else { return true }
    findings += check(bound.disclosures, with: unit.library.facts)
    return findings.contains { $0.severity > .info }
  }
}

extension Tags {
  /// Whether a declared fact, or family of facts, is what a figure states.
  fileprivate func covers(_ stated: Tags) -> Bool {
    values.count == stated.values.count
      && values.allSatisfy { dimension, value in
        stated[dimension].map { value == DeclaredFact.any || $0.lies(within: value) } ?? false
      }
  }
}

extension Table {
  /// Whether it says anything but what the form prints.
  fileprivate var isFilledIn: Bool {
    fields.contains { !$0.cell.text.isEmpty }
      || panels.contains { panel in
        panel.rows.contains { row in
          panel.panel.leaves.contains { $0.type.isNumeric && !row.cells[$0.index].text.isEmpty }
        }
      }
  }
}

/// The same figures every time, others for every set (SplitMix64).
private struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64 = 0

  init(_ name: String) {
    for byte in name.utf8 { state = state &* 31 &+ UInt64(byte) }
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
