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
  var bytes: [UInt8] { get throws { try Disk.real.read(Self.root + "/" + path) } }
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
      (folder + "disclosure.yaml", Array("form-set: sample\npublished: 2025-02-01 09:00\n".utf8)),
      (folder + sample.name + ".csv", try sample.bytes),
    ]
    let parsed = parse(
      UnitFiles(
        slug: "unit", folder: "content/unit",
        files: files.map { UnitFiles.File(path: $0.0, bytes: $0.1, size: $0.1.count) }), findings: &findings)
    let unit = try #require(bind(parsed, to: library, findings: &findings), "\(findings.map(\.message))")
    let disclosure = try #require(unit.disclosures.first)
    table = try #require(disclosure.tables.first, "\(findings.map(\.message))")
    findings += check(disclosure, with: library.facts)
  }
}

private let catalogue = FormLibrary(own: [])

@Suite struct DraftTests {
  @Test func `there are tables to try`() { #expect(SampleTable.all.count > 150) }

  @Test(arguments: SampleTable.all)
  func `a draft loads, takes its table without a finding, and every sum it states holds`(_ sample: SampleTable)
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
    #expect(texts == csv.rows.map { $0.map { $0.text.trimmingCharacters(in: .whitespaces) } })
  }
}
