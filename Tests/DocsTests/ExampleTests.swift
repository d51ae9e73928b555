import Checks
import Content
import Diagnostics
import Forms
import Parsing
import Testing

private func shown(_ findings: [Finding]) -> [String] {
  findings.map { "\($0.place.file):\($0.place.line):\($0.place.column) \($0.id) \($0.message)" }
}

/// The site that the examples of the pages make together, bound and checked.
private struct ExampleSite {
  var unit: BoundUnit
  var findings: [Finding]

  /// - Parameter name: the end of a file's name in which a text is replaced.
  init(changing name: String = "", _ old: String = "", to new: String = "") throws {
    let page = try Page("content.md")
    let library = FormLibrary(own: try Page("forms-language.md").sources(below: "content/forms/"))
    var findings = library.findings
    let site = try #require(page.sources(below: "content/site.yaml").first)
    let root = try #require(parseYAML(site, findings: &findings))
    #expect(SiteSettings.read(root, findings: &findings) != nil)
    let folder = "content/jiaoyuju"
    var changed = false
    let files = page.sources(below: folder + "/").map { source in
      var text = source.text
      if !name.isEmpty, source.file.hasSuffix(name), text.contains(old) {
        text = text.replacing(old, with: new, maxReplacements: 1)
        changed = true
      }
      return UnitFiles.File(path: String(source.file.dropFirst(folder.count + 1)), bytes: Array(text.utf8), size: text.utf8.count)
    }
    #expect(changed || name.isEmpty, "nothing to change in \(name)")
    let parsed = parse(UnitFiles(slug: "jiaoyuju", folder: folder, files: files), findings: &findings)
    unit = try #require(bind(parsed, to: library, findings: &findings))
    for disclosure in unit.disclosures { findings += check(disclosure, with: library.facts) }
    self.findings = findings
  }
}

@Suite struct ExampleTests {
  @Test func `the forms and sets of the examples load without findings`() throws {
    let sources = try Page("forms-language.md").sources(below: "content/forms/")
    #expect(sources.count >= 8)
    let library = FormLibrary(own: sources)
    #expect(library.findings.isEmpty, "\(shown(library.findings))")
    for source in sources where source.text.contains("\ncolumns:") || source.text.contains("\npanels:") || source.text.contains("\nsheet:") {
      let name = source.file.dropFirst("content/forms/".count).dropLast(".yaml".count)
      for year in [2022, 2025, 2030] { #expect(library.form(String(name), year: year) != nil, "\(name)") }
    }
  }

  /// Beginnings of forms without an id: what they lack is put before them.
  @Test func `pieces of forms are read too`() throws {
    let page = try Page("forms-language.md")
    let pieces = page.examples.filter { $0.language == "yaml" && $0.path == nil }
    #expect(!pieces.isEmpty)
    for piece in pieces {
      var text = "id: piece\nunit: 万元\n"
      if !piece.text.contains("\ntitle:"), !piece.text.hasPrefix("title:") { text += "title: 片\n" }
      if !piece.text.contains("columns:") { text += "columns: [{id: item, title: 项目}, {id: amount, title: 金额, type: amount}]\n" }
      if !piece.text.contains("\nrows:"), !piece.text.hasPrefix("rows:") { text += "rows: [{free: lines}]\n" }
      let own = page.sources(below: "content/forms/fragments.yaml") + [SourceText(file: "content/forms/piece.yaml", text: text + piece.text)]
      let findings = FormLibrary(own: own).findings
      #expect(findings.isEmpty, "line \(piece.line): \(shown(findings))")
    }
  }

  @Test func `the site of the examples is bound and checked without findings`() throws {
    let site = try ExampleSite()
    #expect(site.unit.disclosures.count == 2)
    #expect(site.unit.disclosures.first?.tables.count == 4)
    #expect(site.findings.isEmpty, "\(shown(site.findings))")
    let facts = site.unit.disclosures.first?.keyFacts.map(\.text)
    #expect(facts == ["612.50 万元", "612.50 万元"])
  }

  @Test(arguments: [
    ("支出总表.csv", ",合计,600.00", ",合计,606.00", "sum-of-columns"),
    ("支出总表.csv", "205,教育支出,600.00,420.00", "205,教育支出,600.00,421.00", "sum-of-columns"),
    ("支出总表.csv", "40.00,7.14\n20502", "40.00,7.41\n20502", "percentage-differs"),
    ("收支总表.csv", "本年收入合计,600.00", "本年收入合计,610.00", "sum-of-rows"),
    ("三公.csv", ",增减变化金额,-0.50", ",增减变化金额,0.50", "sum-of-rows"),
    ("unit-review.yaml", "实有人数: 43", "实有人数: 46", "relation-violated"),
    ("unit-review.yaml", "得分: 97.5", "得分: 98.5", "total-score-differs"),
    ("unit-review.yaml", "等级: 优", "等级: 良", "grade-differs"),
    ("unit-review.yaml", "10,9.5", "10,9.8", "computed-figure-differs"),
    ("unit-review.yaml", "产出指标（50分）", "产出指标（60分）", "group-points-differ"),
    ("disclosure.yaml", "value: 570.00", "value: 57万", "disclosure-settings"),
    ("narrative.md", "支出总表[合计, 项目支出]", "支出总表[合计, 项目]", "unresolved-figure"),
    ("收支总表.csv", "上年结转,12.50", "上年结存,12.50", "table-unknown-row"),
    ("支出总表.csv", "科目编码,", "编码,", "csv-unknown-column"),
  ])
  func `what the pages promise to find is found in the site of the examples`(_ change: (String, String, String, String)) throws {
    let site = try ExampleSite(changing: change.0, change.1, to: change.2)
    #expect(site.findings.contains { $0.id == change.3 }, "\(shown(site.findings))")
  }

  @Test func `pieces of content are read too`() throws {
    let page = try Page("content.md")
    for piece in page.examples where piece.language == "yaml" && piece.path == nil {
      var findings: [Finding] = []
      let root = parseYAML(SourceText(file: "content.md", text: piece.text), findings: &findings)
      #expect(root != nil && findings.isEmpty, "line \(piece.line): \(shown(findings))")
    }
  }
}
