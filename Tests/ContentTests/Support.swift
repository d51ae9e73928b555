import Diagnostics
import Forms
import Parsing
import Testing

@testable import Content

/// A table bound to a form, both given as text.
struct BoundTable {
  var grid: FilledGrid
  var findings: [Finding]

  init(_ form: String, _ csv: String) throws {
    let (grid, findings) = try Self.bind(form, csv)
    self.grid = try #require(grid, "\(findings.map(\.message))")
    self.findings = findings
  }

  /// Nil where the columns do not fit.
  static func bind(_ form: String, _ csv: String) throws -> (FilledGrid?, [Finding]) {
    let source = SourceText(file: "content/forms/one.yaml", text: "id: one\ntitle: 一张表\nunit: 万元\n" + form)
    let library = FormLibrary(own: [source])
    var findings = library.findings
    let table = try #require(parseCSV(SourceText(file: "一张表.csv", text: csv), findings: &findings))
    let declared = try #require(
      library.form("one", year: 2022)?.grids.first, "\(library.findings.map(\.message))")
    var binder = TableBinder(
      context: BindingContext(library: library, projects: [], subject: Subject()), table: "一张表")
    let bound = binder.bind(table, to: declared)
    return (bound, findings + binder.findings)
  }

  var rows: [Row] { grid.panels[0].rows }
  var leaves: [Leaf] { grid.panels[0].panel.leaves }
  var codes: [String?] { rows.map(\.code) }

  /// The code of the row that each encloses, for each row that one encloses.
  var wholes: [String?] { rows.map { $0.parent.flatMap { rows[$0].code } } }

  func texts(_ leaf: Int) -> [String] { rows.map { $0.cells[leaf].text } }
}
