import Content
import Diagnostics
import Files
import Forms
import Parsing
import Testing

@testable import Drafting

@Suite struct RollForwardTests {
  /// Every clean site with its one unit.
  static let sites: [(site: String, unit: String)] = {
    let names = (try? Disk.real.list(testsFolder + "/CleanSet")) ?? []
    return names.filter { $0.kind == .folder }.flatMap { entry -> [(String, String)] in
      let content = (try? Disk.real.list(testsFolder + "/CleanSet/\(entry.name)/content")) ?? []
      return content.filter { $0.kind == .folder && $0.name != "forms" }.map {
        ("CleanSet/" + entry.name, $0.name)
      }
    }
  }()

  @Test(arguments: sites)
  func `a clean disclosure rolled forward is held back by its marks alone`(
    _ test: (site: String, unit: String)
  ) throws {
    var unit = try DraftedUnit(site: test.site, unit: test.unit)
    let before = try unit.read()
    let newest = try #require(before.bound.disclosures.last)
    let draft = try draftDisclosure(
      of: before, year: newest.year + 1, kind: newest.kind, formSet: newest.set?.id, library: unit.library)
    unit.add(draft.files)
    let errors = try unit.findings().filter { $0.severity == .error }
    #expect(errors.contains { $0.id == "placeholder-left" })
    let others = errors.filter { $0.id != "placeholder-left" }
    #expect(others.isEmpty, "\(lines(others))")
    let rolled = try #require(try unit.read().bound.disclosures.last)
    #expect(rolled.tables.map(\.name) == newest.tables.map(\.name))
    // Every row is still there, with the same name but for years; lists that are printed whole follow the year's codes.
    let lists = [newest.year, newest.year + 1].map { year in
      Set(unit.library.classifications(year: year).values.flatMap { $0.codes(under: []) })
    }
    let changed = lists[0].symmetricDifference(lists[1])
    func lasting(_ panel: FilledPanel) -> [Row] {
      panel.rows.filter { $0.code.map { !changed.contains($0) } ?? true }
    }
    for (table, earlier) in zip(rolled.tables, newest.tables) {
      for (panel, other) in zip(table.panels, earlier.panels) {
        #expect(lasting(panel).map(\.code) == lasting(other).map(\.code), "\(table.name)")
        #expect(lasting(panel).map(\.level) == lasting(other).map(\.level), "\(table.name)")
      }
    }
  }

  @Test func `last year's figures stand in the columns of 上年, and nothing else does`() throws {
    var unit = try DraftedUnit(
      site: "CleanSet/two-year-comparison", unit: Self.unit(of: "two-year-comparison"))
    let before = try unit.read()
    let newest = try #require(before.bound.disclosures.last)
    let draft = try draftDisclosure(
      of: before, year: newest.year + 1, kind: newest.kind, formSet: newest.set?.id, library: unit.library)
    unit.add(draft.files)
    let rolled = try #require(try unit.read().bound.disclosures.last)
    var copied = 0
    for table in rolled.tables {
      for panel in table.panels {
        for row in panel.rows {
          for leaf in panel.panel.leaves where leaf.type == .amount {
            let isPrior = leaf.states["year"] == "-1" || row.tags["year"] == "-1"
            let cell = row.cells[leaf.index]
            if !isPrior {
              #expect(cell.amount == nil, "\(table.name) \(row.title) \(leaf.name) \(cell.text)")
            }
            if isPrior, cell.amount != nil { copied += 1 }
          }
        }
      }
    }
    #expect(copied > 10)
  }

  private static func unit(of site: String) -> String {
    sites.first { $0.site.hasSuffix(site) }?.unit ?? ""
  }

  @Test func `a text keeps its formulas, with their years moved on, and marks what was typed`() {
    let draft = NarrativeDraft(years: Years(old: 2022, new: 2023)).text(
      """
      # 概况

      1. 2022 年收入 {{ 三公[甲/2022年, 合计] | 万元(0) }}，比 2021年预算增加 3.39 万元，增长 0.27%。
      [附件](表2022.pdf)，编制 12 人

      ```
      2022
      ```
      """)
    let body = draft.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(2).joined(
      separator: "\n")
    #expect(
      body == """
        # 概况

        1. 2022 年【待核】收入 {{ 三公[甲/2023年, 合计] | 万元(0) }}，比 2021年【待核】预算增加 3.39 万元【待核】，增长 0.27%【待核】。
        [附件](表2022.pdf)，编制 12 人【待核】

        ```
        2022
        ```
        """)
  }

  @Test func `what is there already is not drafted again`() throws {
    let unit = try DraftedUnit(
      site: "CleanSet/two-year-comparison", unit: Self.unit(of: "two-year-comparison"))
    let before = try unit.read()
    let newest = try #require(before.bound.disclosures.last)
    #expect(throws: DraftTrouble.self) {
      try draftDisclosure(
        of: before, year: newest.year, kind: newest.kind, formSet: nil, library: unit.library)
    }
  }
}
