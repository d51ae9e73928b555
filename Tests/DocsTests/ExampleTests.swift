import Checks
import Content
import Diagnostics
import Forms
import Parsing
import Testing

private func shown(_ findings: [Finding]) -> [String] {
  findings.map { "\($0.place.file):\($0.place.line):\($0.place.column) \($0.id) \($0.message)" }
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
    let page = try Page("content.md")
    let library = FormLibrary(own: try Page("forms-language.md").sources(below: "content/forms/"))
    var findings = library.findings
    let site = try #require(page.sources(below: "content/site.yaml").first)
    let root = try #require(parseYAML(site, findings: &findings))
    #expect(SiteSettings.read(root, findings: &findings) != nil)
    let folder = "content/jiaoyuju"
    let files = page.sources(below: folder + "/").map {
      UnitFiles.File(path: String($0.file.dropFirst(folder.count + 1)), bytes: Array($0.text.utf8), size: $0.text.utf8.count)
    }
    let parsed = parse(UnitFiles(slug: "jiaoyuju", folder: folder, files: files), findings: &findings)
    let unit = try #require(bind(parsed, to: library, findings: &findings))
    #expect(unit.disclosures.count == 2)
    #expect(unit.disclosures.first?.tables.count == 4)
    for disclosure in unit.disclosures { findings += check(disclosure, with: library.facts) }
    #expect(findings.isEmpty, "\(shown(findings))")
    let facts = unit.disclosures.first?.keyFacts.map(\.text)
    #expect(facts == ["612.50 万元", "612.50 万元"])
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
