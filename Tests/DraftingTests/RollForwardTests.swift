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

  @Test func `a table goes on in the form that succeeds its own`() throws {
    func form(_ id: String, _ title: String) -> SourceText {
      SourceText(
        file: "content/forms/s\(title.hasPrefix("旧") ? "-old" : "")/\(id).yaml",
        text:
          "id: \(id)\ntitle: \(title)\nunit: 万元\ncolumns: [项目, {title: 金额, type: amount}]\nrows: [{free: lines}]\nempty: 无\n"
      )
    }
    func set(_ id: String, _ years: String, _ forms: String) -> SourceText {
      SourceText(
        file: "content/forms/\(id)/set.yaml",
        text: "id: \(id)\ntitle: 套\nkind: budget\nregion: 某省\nyears: \(years)\nforms: \(forms)\n")
    }
    let library = FormLibrary(own: [
      form("old-list", "旧清单"), form("list", "旧名单"), form("new-list", "新清单"), form("list", "新名单"),
      set("s-old", "2023..2023", "[{form: old-list}, {form: list}]"),
      set("s", "2024..", "[{form: list, succeeds: old-list}, {form: new-list, succeeds: s-old/list}]"),
    ])
    #expect(library.findings.isEmpty, "\(lines(library.findings))")
    var unit = DraftedUnit(library, region: ["某省"])
    unit.files["2023/budget/disclosure.yaml"] = "published: 2023-02-01 09:00\n"
    unit.files["2023/budget/旧清单.csv"] = "项目,金额\n清单上的,1.00\n"
    unit.files["2023/budget/旧名单.csv"] = "项目,金额\n名单上的,2.00\n"
    let before = try unit.read()
    let newest = try #require(before.bound.disclosures.last)
    let draft = try draftDisclosure(
      of: before, year: 2024, kind: newest.kind, formSet: nil, library: library)
    unit.add(draft.files)
    let rolled = try #require(try unit.read().bound.disclosures.last)
    #expect(rolled.tables.map(\.name) == ["新名单", "新清单"])
    #expect(rolled.tables.map { $0.panels[0].rows.map(\.title) } == [["清单上的"], ["名单上的"]])
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

  @Test func `numbers in words and years that follow the calendar are marked as figures are`() {
    let draft = NarrativeDraft(years: Years(old: 2022, new: 2023)).text(
      "一、概况\n内设三个科室，去年检查十余次，一般公共预算 {{ 表甲[乙, 丙] }} 万元，下降百分之二十，一次性补助。")
    #expect(
      draft.hasSuffix(
        "一、概况\n内设三个【待核】科室，去年【待核】检查十余次【待核】，一般公共预算 {{ 表甲[乙, 丙] }} 万元，下降百分之二十【待核】，一次性补助。"))
  }

  /// A set whose one table is called otherwise in the next.
  static func renamed() throws -> DraftedUnit {
    func form(_ set: String, _ id: String, _ title: String, _ row: String, _ column: String) -> SourceText {
      SourceText(
        file: "content/forms/\(set)/\(id).yaml",
        text: """
          id: \(id)
          title: \(title)
          unit: 万元
          columns: [项目, {id: amount, title: \(column), type: amount}]
          rows: [{id: staff, title: \(row)}, {title: 其他}, {id: sum, title: 合计, adds: [staff, 其他]}]
          empty: 无
          """)
    }
    func set(_ id: String, _ years: String, _ forms: String) -> SourceText {
      SourceText(
        file: "content/forms/\(id)/set.yaml",
        text: "id: \(id)\ntitle: 套\nkind: budget\nregion: 某省\nyears: \(years)\nforms: \(forms)\n")
    }
    let library = FormLibrary(own: [
      form("old", "jia", "甲表", "人员", "金额"), form("old", "bing", "丙表", "人员", "金额"),
      form("new", "yi", "新表（一）", "人员经费", "预算数"),
      set("old", "2023..2023", "[{form: jia}, {form: bing}]"),
      set("new", "2024..", "[{form: yi, succeeds: old/jia}]"),
    ])
    #expect(library.findings.isEmpty, "\(lines(library.findings))")
    var unit = DraftedUnit(library, region: ["某省"])
    unit.files["2023/budget/disclosure.yaml"] = """
      published: 2023-02-01 09:00
      tables:
        甲表: {notes: [甲表的注]}
        丙表: {notes: [丙表的注]}
      """
    unit.files["2023/budget/甲表.csv"] = "项目,金额\n人员,1.00\n其他,2.00\n合计,3.00\n"
    unit.files["2023/budget/丙表.csv"] = "项目,金额\n人员,1.00\n其他,2.00\n合计,3.00\n"
    unit.files["2023/budget/narrative.md"] = """
      # 概况

      共 {{ 甲表[合计] }}，人员 {{ 甲表[人员, 金额] | 万元(1) }}，{{ 甲表[合计] - 丙表[合计] }}。

      {{ 表 甲表 }}
      """
    return unit
  }

  @Test func `a text calls tables, rows and columns as the new forms do, and what is gone is to be written`()
    throws
  {
    var unit = try Self.renamed()
    let before = try unit.read()
    let clean = try unit.findings()
    #expect(clean.isEmpty, "\(lines(clean))")
    let kind = try #require(before.bound.disclosures.last).kind
    let draft = try draftDisclosure(of: before, year: 2024, kind: kind, formSet: nil, library: unit.library)
    unit.add(draft.files)
    let text = try #require(unit.files["2024/budget/narrative.md"])
    #expect(text.contains("共 {{ 新表（一）[合计] }}，人员 {{ 新表（一）[人员经费, 预算数] | 万元(1) }}"), "\(text)")
    #expect(text.contains("【待填】（原为 `甲表[合计] - 丙表[合计]`）") || text.contains("`新表（一）[合计] - 丙表[合计]`"), "\(text)")
    #expect(text.hasSuffix("\n\n{{ 表 新表（一） }}"), "\(text)")
    let settings = try #require(unit.files["2024/budget/disclosure.yaml"])
    #expect(settings.contains("  新表（一）: {notes: [甲表的注]}"), "\(settings)")
    #expect(!settings.contains("丙表的注"), "\(settings)")
    let errors = try unit.findings().filter { $0.severity == .error && $0.id != "placeholder-left" }
    #expect(errors.isEmpty, "\(lines(errors))")
  }

  @Test func `another set in which more tables go on is named`() throws {
    let unit = try Self.renamed()
    let before = try unit.read()
    let kind = try #require(before.bound.disclosures.last).kind
    let draft = try draftDisclosure(of: before, year: 2024, kind: kind, formSet: nil, library: unit.library)
    #expect(draft.notes.contains { $0.contains("--form-set old") }, "\(draft.notes)")
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
