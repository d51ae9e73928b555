import Checks
import Content
import Diagnostics
import Files
import Forms
import Foundation
import Parsing
import Pipeline
import Testing

/// A CSV file of the samples and clean sets of this repository.
struct SampleTable: Sendable, CustomTestStringConvertible {
  let path: String
  var root = SampleTable.root
  var testDescription: String { path }

  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  static let all: [SampleTable] = {
    let folders = ["content", "Tests/CleanSet", "Tests/Golden"]
    return folders.flatMap { folder in
      Disk.real.fileTree(at: root + "/" + folder).files.map { folder + "/" + $0.path }
    }
    .filter { $0.hasSuffix(".csv") && !$0.contains("/expected/") && !$0.contains("/forms/") }
    .map { SampleTable(path: $0) }
  }()

  /// The name of the table and the year of its folder.
  var name: String { String((path.split(separator: "/").last ?? "").dropLast(4)) }
  var year: Int { path.split(separator: "/").compactMap { Int($0) }.last ?? 2025 }
  var bytes: [UInt8] { get throws { try Disk.real.read(root + "/" + path) } }
}

/// A disclosure of one table, made from its file and the forms of a site.
struct OneTable {
  var findings: [Finding] = []
  var table: Content.Table

  init(_ sample: SampleTable, forms: [SourceText]) throws {
    let set = SourceText(
      file: "content/forms/sample/set.yaml", text: "id: sample\ntitle: 套\nkind: budget\nforms: []\n")
    let library = FormLibrary(own: forms + [set])
    findings = library.findings
    let folder = "\(sample.year)/budget/"
    let files: [(String, [UInt8])] = [
      ("unit.yaml", Array("name: 单位\n".utf8)),
      (folder + "disclosure.yaml", Array("form-set: sample\npublished: \(sample.year)-02-01 09:00\n".utf8)),
      (folder + sample.name + ".csv", try sample.bytes),
    ]
    let parsed = parse(
      UnitFiles(
        slug: "unit", folder: "content/unit",
        files: files.map { UnitFiles.File(path: $0.0, bytes: $0.1, size: $0.1.count) }), findings: &findings)
    let unit = try #require(bind(parsed, to: library, findings: &findings), "\(findings.map(\.message))")
    let disclosure = try #require(unit.disclosures.first)
    table = try #require(disclosure.tables.first, "\(findings.map(\.message))")
    let ofWords = Set(Check.ofWords.map(\.id))
    findings += check([disclosure], with: library.facts).filter { !ofWords.contains($0.id) }
  }
}

private let catalogue = FormLibrary(own: [])

@Suite struct DraftTests {
  @Test func `there are tables to try`() { #expect(SampleTable.all.count > 150) }

  @Test(arguments: SampleTable.all)
  func `a draft loads, takes its table without a finding, and every sum it states holds`(
    _ sample: SampleTable
  )
    throws
  {
    let (text, findings) = draftForm(
      of: SampleTable.root + "/" + sample.path, year: nil, library: catalogue, on: .real)
    #expect(findings.isEmpty, "\(findings.map(\.message))")
    let draft = SourceText(file: "content/forms/draft.yaml", text: try #require(text))
    let bound = try OneTable(sample, forms: [draft])
    #expect(
      bound.findings.filter { $0.severity > .info }.map { "\($0.place.line) \($0.id) \($0.message)" } == [],
      "\(draft.text)")
    #expect(!bound.table.form.isAsWritten, "\(draft.text)")
  }

  @Test(arguments: SampleTable.all)
  func `a table without a form keeps every row, column and cell`(_ sample: SampleTable) throws {
    let bound = try OneTable(sample, forms: [])
    #expect(bound.findings.map(\.id) == ["unknown-table"])
    #expect(bound.findings.allSatisfy { $0.severity == .warning })
    var problems: [Finding] = []
    let source = try #require(SourceText.decode(try sample.bytes, file: "x.csv", findings: &problems))
    let csv = try #require(parseCSV(source, findings: &problems))
    let grid = try #require(bound.table.grids.first)
    #expect(grid.panels.flatMap(\.panel.leaves).count == csv.header.count)
    let texts = grid.lines.map { line in
      zip(grid.panels, line).flatMap { panel, row in
        row.map { panel.rows[$0].cells.map(\.text) } ?? panel.panel.leaves.map { _ in "" }
      }
    }
    #expect(texts == csv.rows.map { $0.map { $0.text.trimmingCharacters(in: .whitespacesAndNewlines) } })
  }

  /// Names and cells that YAML, the header or the form language might take for something else.
  @Test(arguments: [
    "项目\n甲\n", "项目,金额\n", "a: b,\"c{d}\",#e\n- x,[1],~\n", "项目,\"金额\n（万元）\"\n\"甲\n乙\",1.00\n",
    "项目,项目2,科目编码2\n合计,合计,合计\n合计,小计,总计\n", "1,2,3\n4,5,6\n7,8,9\n", "项目,合计,甲,乙\n'x,3,1,2\n\\y,30,10,20\n",
    "甲/乙/丙,甲/乙/丁,甲/戊,甲\n一,1,2,3\n", "编码,金额\n01,5.00\n02,0.123456789\n",
    "项目,2025年,2024年\n{year},1,2\n合计,1,2\n",
    "层级,项目,金额\n1,甲,3.00\n2,乙,1.00\n2,丙,2.00\n", "科目编码,科目名称,合计\n2050202,小学教育,9\n205,教育支出,8\n,合计,7\n",
    "null,true\n~,no\n", "项目,金额\n   ,\n甲,１２万\n", "收入/项目,收入/数,支出/项目,支出/数\n甲,1,乙,2\n,,丙,3\n丁,4,,\n",
    "项目,0/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15,0/1/2/3/4/5/6/7/8/9/10/11/12/13/14/16,金额\n甲,1.00,2.00,3\n",
    "项目,金额\n合计,10.00\n  甲,6.00\n    甲一,2.00\n    甲二,4.00\n  乙,4.00\n",
  ])
  func `odd tables are drafted a form that fits, and are published whole without one`(_ text: String) throws {
    let folder = FileManager.default.temporaryDirectory.path + "/draft-" + UUID().uuidString
    try FileManager.default.createDirectory(
      atPath: folder + "/2025/budget", withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = folder + "/2025/budget/奇怪 的#表.csv"
    try Data(text.utf8).write(to: URL(filePath: path))
    let sample = SampleTable(path: "2025/budget/奇怪 的#表.csv", root: folder)
    let (draft, findings) = draftForm(of: path, year: nil, library: catalogue, on: .real)
    #expect(findings.isEmpty, "\(findings.map(\.message))")
    let form = try #require(draft)
    let bound = try OneTable(sample, forms: [SourceText(file: "content/forms/draft.yaml", text: form)])
    #expect(bound.findings.filter { $0.severity > .info }.map(\.message) == [], "\(form)")
    try `a table without a form keeps every row, column and cell`(sample)
  }

  @Test func `a total above indented parts is drafted as their sum`() throws {
    let text = "项目,金额\n合计,10.00\n  甲,6.00\n    甲一,2.00\n    甲二,4.00\n  乙,4.00\n"
    let disk = Disk.inMemory(files: ["content/u/2025/budget/表.csv": text])
    let (draft, _) = draftForm(of: "content/u/2025/budget/表.csv", year: nil, library: catalogue, on: disk)
    #expect(try #require(draft).contains("{title: 合计, adds: [lines]}"))
  }

  @Test func `a name that stands for a year is told of at its place`() throws {
    let disk = Disk.inMemory(files: ["content/u/2025/budget/表.csv": "项目,\"{year}年\"\n甲,1.00\n"])
    let (draft, findings) = draftForm(
      of: "content/u/2025/budget/表.csv", year: nil, library: catalogue, on: disk)
    #expect(draft == nil)
    #expect(
      findings.map { "\($0.place.file):\($0.place.line):\($0.place.column)" } == [
        "content/u/2025/budget/表.csv:1:5"
      ])
  }

  @Test func `a table of another set is told by its name and by its header`() throws {
    let forms = SourceText(
      file: "content/forms/other/form.yaml",
      text: "id: form\ntitle: 别的表\ncolumns: [项目, 说明, 备注]\nrows: [{free: lines}]\nempty: 无\n")
    let set = SourceText(
      file: "content/forms/other/set.yaml",
      text: "id: other\ntitle: 别的套\nkind: budget\nregion: 某省\nforms: [{form: form}]\n")
    let mine = SourceText(
      file: "content/forms/mine/set.yaml", text: "id: mine\ntitle: 套\nkind: budget\nregion: 别省\nforms: []\n")
    let library = FormLibrary(own: [forms, set, mine])
    for (name, csv) in [("别的表", "甲,乙\n1,2\n"), ("随便", "项目,说明,备注\n1,2,3\n")] {
      var findings: [Finding] = []
      let files = [
        ("unit.yaml", "name: 单位\n"), ("2025/budget/\(name).csv", csv),
        ("2025/budget/disclosure.yaml", "form-set: mine\npublished: 2025-02-01 09:00\n"),
      ].map { UnitFiles.File(path: $0.0, bytes: Array($0.1.utf8), size: $0.1.utf8.count) }
      let parsed = parse(
        UnitFiles(slug: "unit", folder: "content/unit", files: files), findings: &findings)
      _ = bind(parsed, to: library, findings: &findings)
      let hint = try #require(findings.first { $0.id == "unknown-table" }?.hint)
      #expect(hint.contains("other/form（别的表）"), "\(hint)")
    }
  }

  @Test func `a column that repeats another's name, or has none, is still published`() throws {
    let folder = FileManager.default.temporaryDirectory.path + "/draft-" + UUID().uuidString
    try FileManager.default.createDirectory(
      atPath: folder + "/2025/budget", withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = folder + "/2025/budget/表.csv"
    try Data("项目,金额,金额,\n甲,1,2,3\n".utf8).write(to: URL(filePath: path))
    try `a table without a form keeps every row, column and cell`(
      SampleTable(path: "2025/budget/表.csv", root: folder))
    let (draft, findings) = draftForm(of: path, year: nil, library: catalogue, on: .real)
    #expect(draft == nil)
    #expect(findings.map(\.message) == ["第 4 列没有名称", "“金额”这一列出现了不止一次，表样分不清是哪一列"])
    #expect(findings.allSatisfy { $0.place.file == path && $0.place.line == 1 })
  }

  /// What stands in the cells of a page's table, in order.
  private func cells(of html: String) -> [String] {
    guard let body = html.firstMatch(of: /(?s)<div class="data-table.*?<tbody>(.*?)<\/table>/) else {
      return []
    }
    return body.output.1.matches(of: /(?s)<(td|th)\b[^>]*>(.*?)<\/\1>/).map { cell in
      String(cell.output.2).replacing(/<span class="hidden">.*?<\/span>/, with: "")
        .replacing(/<br>/, with: "\n").replacing(/<[^>]*>/, with: "").replacing("&lt;", with: "<")
        .replacing("&gt;", with: ">").replacing("&quot;", with: "\"").replacing("&#39;", with: "'")
        .replacing("&amp;", with: "&")
    }
  }

  @Test func `the page of a table without a form prints every cell as it is written, in order`() async throws
  {
    let folder = FileManager.default.temporaryDirectory.path + "/draft-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    func write(_ path: String, _ bytes: [UInt8]) throws {
      let url = URL(filePath: folder + "/content/" + path)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: url)
    }
    try write(
      "site.yaml",
      Array(
        """
        name: 公开
        domain: www.example.gov.cn
        site-code: bm00000000
        organiser: 局
        waivers: [{check: personal-column, text: 填表人, reason: 示例}]

        """.utf8))
    try write("forms/sample/set.yaml", Array("id: sample\ntitle: 套\nkind: budget\nforms: []\n".utf8))
    for (index, sample) in SampleTable.all.enumerated() {
      try write("u\(index)/unit.yaml", Array("name: 单位\(index)\n".utf8))
      try write(
        "u\(index)/2025/budget/disclosure.yaml", Array("form-set: sample\npublished: 2025-02-01\n".utf8))
      try write("u\(index)/2025/budget/" + sample.name + ".csv", try sample.bytes)
    }
    let report = try await Pipeline.build(
      SiteFolders(content: folder + "/content", output: folder + "/public"), BuildOptions(), on: .real)
    #expect(
      report.outcome == .published, "\(report.findings.filter { $0.severity == .error }.map(\.message))")
    for (index, sample) in SampleTable.all.enumerated() {
      let page = try String(
        contentsOfFile: folder + "/public/u\(index)/2025/budget/index.html", encoding: .utf8)
      var problems: [Finding] = []
      let source = try #require(SourceText.decode(try sample.bytes, file: "x.csv", findings: &problems))
      let csv = try #require(parseCSV(source, findings: &problems))
      let written = csv.rows.flatMap { $0.map { $0.text.trimmingCharacters(in: .whitespaces) } }.filter {
        !$0.isEmpty
      }
      // A table of a header only has one cell, which says so.
      let printed = written.isEmpty ? [] : cells(of: page).filter { !$0.isEmpty }
      #expect(printed == written, "\(sample.path)")
    }
  }
}
