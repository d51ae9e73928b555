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
      return UnitFiles.File(
        path: String(source.file.dropFirst(folder.count + 1)), bytes: Array(text.utf8), size: text.utf8.count)
    }
    #expect(changed || name.isEmpty, "nothing to change in \(name)")
    let parsed = parse(UnitFiles(slug: "jiaoyuju", folder: folder, files: files), findings: &findings)
    unit = try #require(bind(parsed, to: library, findings: &findings))
    findings += check(unit.disclosures, with: library.facts)
    self.findings = findings
  }
}

@Suite struct ExampleTests {
  @Test func `the forms and sets of the examples load without findings`() throws {
    let sources = try Page("forms-language.md").sources(below: "content/forms/")
    #expect(sources.count >= 8)
    let library = FormLibrary(own: sources)
    #expect(library.findings.isEmpty, "\(shown(library.findings))")
    for source in sources
    where source.text.contains("\ncolumns:") || source.text.contains("\npanels:")
      || source.text.contains("\nsheet:")
    {
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
      if !piece.text.contains("columns:") {
        text += "columns: [{id: item, title: 项目}, {id: amount, title: 金额, type: amount}]\n"
      }
      if !piece.text.contains("\nrows:"), !piece.text.hasPrefix("rows:"), !piece.text.contains("panels:") {
        text += "rows: [{free: lines}]\n"
      }
      let own =
        page.sources(below: "content/forms/fragments.yaml") + [
          SourceText(file: "content/forms/piece.yaml", text: text + piece.text)
        ]
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
  func `what the pages promise to find is found in the site of the examples`(
    _ change: (String, String, String, String)
  ) throws {
    let site = try ExampleSite(changing: change.0, change.1, to: change.2)
    #expect(site.findings.contains { $0.id == change.3 }, "\(shown(site.findings))")
  }

  /// One table written in the ways that the page allows.
  private static let ways: [(file: String, text: String)] = [
    (
      "支出总表.csv",
      "科目名称,科目编码,基本支出,项目支出,合计,增减%,增减额,2024年预算数\n教育支出,205,420.00,180.00,600.00,7.14%,40.00,560.00\n合计,,420.00,180.00,600.00,7.14%,40.00,560.00\n"
    ),
    (
      "支出总表.csv",
      "科目编码,科目名称,合计,基本支出,项目支出,2024年预算数,增减额,增减%\n,教育支出,600.00,420.00,180.00,560.00,40.00,7.14\n,  普通教育,600.00,420.00,180.00,560.00,40.00,7.14\n,　　小学教育,600.00,420.00,180.00,560.00,40.00,7.14\n,合计,600.00,420.00,180.00,560.00,40.00,7.14\n"
    ),
    (
      "支出总表.csv",
      "层级,科目编码,科目名称,合计,基本支出,项目支出,2024年预算数,增减额,增减%\n1,,教育支出,600.00,420.00,180.00,560.00,40.00,7.14\n2,,普通教育,600.00,420.00,180.00,560.00,40.00,7.14\n3,,小学教育,600.00,420.00,180.00,560.00,40.00,7.14\n,,合计,600.00,420.00,180.00,560.00,40.00,7.14\n"
    ),
    (
      "支出总表.csv",
      "\u{FEFF}科目编码,科目名称,合计,基本支出,项目支出,2024 年预算数,增减额,增减%\r\n205,教育支出,\"600.00\",420.00,180.00,560.00,40.00,7.14\r\n,合 计,600.00,420.00,180.00,560.00,40.00,7.14\r\n"
    ),
    (
      "三公.csv",
      "预算单位,年度,合计,因公出国(境)费,小计,购置费,运行维护费,公务接待费\n示例市教育局,2024年,6.00,—,5.00,无,5.00,1.00\n示例市教育局,2025年,5.50,,4.80,不适用,4.80,0.70\n,增减变化金额,(0.50),0,-0.20,0,-0.20,-0.30\n"
    ),
    ("三公.csv", "预算单位,年度,合计,因公出国（境）费,公务用车购置及运行维护费/小计,公务用车购置及运行维护费/购置费,公务用车购置及运行维护费/运行维护费,公务接待费\n"),
  ]

  @Test(arguments: ways.indices)
  func `what the page allows is taken`(_ index: Int) throws {
    let way = Self.ways[index]
    let page = try Page("content.md")
    let old = try #require(page.sources(below: "content/jiaoyuju/2025/budget/" + way.file).first)
    let site = try ExampleSite(changing: way.file, old.text, to: way.text)
    #expect(site.findings.isEmpty, "\(shown(site.findings))")
    let table = try #require(site.unit.disclosures.first?.tables.first { $0.file.hasSuffix(way.file) })
    let rows = table.panels[0].rows
    #expect(rows.count == way.text.split(whereSeparator: \.isNewline).count - 1)
    if let school = rows.first(where: { $0.title == "小学教育" }) {
      #expect(school.code == "2050202" && school.depth == 2)
    }
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
