import Content
import Diagnostics
import Forms
import Parsing
import Testing

@testable import Drafting

@Suite struct SkeletonTests {
  /// The first and last year of each set, as far as its range says.
  static let cases: [(set: String, year: Int)] = catalogue.sets.flatMap { set -> [(String, Int)] in
    let last = set.years.upperBound < 9999 ? set.years.upperBound : max(set.years.lowerBound, 2024) + 1
    let first = set.years.lowerBound > 0 ? set.years.lowerBound : last - 1
    return Set([first, last]).sorted().map { (set.id, $0) }
  }

  private func drafted(_ id: String, _ year: Int, _ filling: Filling) throws -> DraftedUnit {
    let set = try #require(catalogue.set(id))
    let kind = try #require(catalogue.kind(set.kind))
    var unit = DraftedUnit(catalogue, region: set.region)
    let skeleton = DisclosureSkeleton(
      catalogue, unit: try unit.read().unit, year: year, kind: kind,
      choice: SetChoice(set: set, alternatives: []), filling: filling)
    unit.add(skeleton.files())
    return unit
  }

  @Test(arguments: cases)
  func `an example of every form set is built with nothing to say but that it is one`(
    _ test: (set: String, year: Int)
  ) throws {
    let unit = try drafted(test.set, test.year, .example)
    let findings = try unit.findings().filter { $0.id != "example-left" }
    #expect(findings.isEmpty, "\(test)\n\(lines(findings))")
    let disclosure = try #require(try unit.read().bound.disclosures.first)
    let forms = try #require(catalogue.set(test.set)).entries
    #expect(Set(disclosure.tables.map(\.form.fullName)) == Set(forms.map(\.form)))
  }

  @Test(arguments: cases)
  func `a marked draft of every form set is held back by its marks alone, and let through without them`(
    _ test: (set: String, year: Int)
  ) throws {
    let unit = try drafted(test.set, test.year, .marked)
    let marked = try unit.findings().filter { $0.severity == .error }
    #expect(marked.contains { $0.id == "placeholder-left" })
    let others = marked.filter { $0.id != "placeholder-left" }
    #expect(others.isEmpty, "\(test)\n\(lines(others))")
    // What is left empty in a sheet is missed by the formulas that read it.
    let left = try unit.filled().findings().filter { $0.severity == .error && $0.id != "unresolved-figure" }
    #expect(left.isEmpty, "\(test)\n\(lines(left))")
  }

  @Test(arguments: cases)
  func `an example rolled forward is held back by its marks alone, and let through without them`(
    _ test: (set: String, year: Int)
  ) throws {
    var unit = try drafted(test.set, test.year, .example)
    let set = try #require(catalogue.set(test.set))
    let kind = try #require(catalogue.kind(set.kind))
    let draft = try draftDisclosure(
      of: try unit.read(), year: test.year + 1, kind: kind, formSet: test.set, library: catalogue)
    unit.add(draft.files)
    let marked = try unit.findings().filter { $0.severity == .error }
    #expect(marked.contains { $0.id == "placeholder-left" })
    let others = marked.filter { $0.id != "placeholder-left" }
    #expect(others.isEmpty, "\(test)\n\(lines(others))")
    // What is left empty in a sheet is missed by the formulas that read it.
    let left = try unit.filled().findings().filter { $0.severity == .error && $0.id != "unresolved-figure" }
    #expect(left.isEmpty, "\(test)\n\(lines(left))")
  }

  @Test func `a bare skeleton holds the header and the fixed rows and nothing else`() throws {
    let form = try form(
      """
      id: any
      title: 甲表
      unit: 万元
      panels:
        - id: income
          title: 收入
          columns: [项目, {id: amount, title: "{year}年", type: amount}, {title: 备注, optional: true}]
          rows:
            - {title: 收入合计, total: below, rows: [{title: 拨款}, {title: 其他}]}
        - id: expenditure
          title: 支出
          columns:
            - {id: code, title: 编码, type: code, of: economic, spread: [类, 款]}
            - {id: name, title: 名称, type: name, of: economic}
            - {title: 金额, columns: [{id: basic, title: 基本, type: amount}, {id: growth, title: "增减,%", type: percent}]}
          rows: [{id: lines, codes: economic, from: all, under: ["399"], depth: 2}, {id: total, title: 合计, adds: lines}]
      align: [[income.收入合计, expenditure.total]]
      """)
    let grid = try #require(form.grids.first)
    let text = TableSkeleton(catalogue, filling: .blank).draft(grid).csv
    let rows = text.split(separator: "\n").map(String.init)
    #expect(rows[0] == "收入/项目,收入/2025年,支出/编码/类,支出/编码/款,支出/名称,支出/金额/基本,\"支出/金额/增减,%\"")
    #expect(rows[1].hasPrefix("拨款,,399,,"))
    #expect(rows[2].hasPrefix("其他,,399,"))
    // What the form prints on one line stands on one.
    #expect(rows[3].hasPrefix(",,399,"))
    #expect(rows.last == "收入合计,,,,合计,,")
  }

  private func form(_ text: String) throws -> Form {
    let library = FormLibrary(own: [SourceText(file: "content/forms/any.yaml", text: text)])
    #expect(library.findings.isEmpty, "\(lines(library.findings))")
    return try #require(library.form("any", year: 2025))
  }
}
