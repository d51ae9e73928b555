import Diagnostics
import Parsing
import Testing

@testable import Forms

@Suite struct BookTests {
  static let library = FormLibrary(own: [])
  static let book = FormBook.markdown(of: library)

  private func form(_ text: String) throws -> (form: Form, facts: FactModel) {
    let library = FormLibrary(own: [SourceText(file: "content/forms/s/t.yaml", text: "id: t\n" + text)])
    #expect(library.findings.isEmpty, "\(library.findings.map(\.message))")
    return (try #require(library.form("s/t", year: 2024)), library.facts)
  }

  @Test func `a header is drawn with its groups and panels, longer cells in the middle`() throws {
    let (form, _) = try form(
      """
      title: 表
      unit: 万元
      panels:
        - id: left
          title: 收入
          columns: [项目, {title: 金额, type: amount}]
          rows: [{free: left}]
        - id: right
          title: 支出
          columns:
            - 名称
            - {title: 其中, columns: [{title: 基本支出, type: amount}, {title: 项目支出, type: amount}]}
          rows: [{free: right}]
      """)
    let panels = form.grids.flatMap(\.panels)
    #expect(
      HeaderSketch(panels).text == """
        ┌─────────┬──────────────────────┐
        │  收入   │         支出         │
        ├────┬────┼────┬─────────────────┤
        │    │    │    │      其中       │
        │项目│金额│名称├────────┬────────┤
        │    │    │    │基本支出│项目支出│
        └────┴────┴────┴────────┴────────┘

        """)
  }

  @Test func `a sketch shows every strip, and the numbers of lines and columns`() throws {
    let (form, _) = try form(
      """
      title: 表
      unit: 万元
      numbers: {rows: 行次, columns: 栏次}
      panels:
        - id: left
          title: 人员
          columns: [编码, {title: 名称, type: name, of: economic}, {title: 决算数, type: amount}]
          rows: [{free: left}]
        - id: right
          title: 公用
          strips: 2
          columns: [项目, {title: 决算数, type: amount}]
          rows: [{free: right}]
      """)
    let grid = try #require(form.grids.first)
    #expect(
      HeaderSketch(grid.panels, rowNumbers: grid.rowNumbers, columnNumbers: grid.columnNumbers).text == """
        ┌─────────────────────┬────────────────┬────────────────┐
        │        人员         │      公用      │      公用      │
        ├────┬────┬────┬──────┼────┬────┬──────┼────┬────┬──────┤
        │编码│名称│行次│决算数│项目│行次│决算数│项目│行次│决算数│
        ├────┼────┼────┼──────┼────┼────┼──────┼────┼────┼──────┤
        │    │栏次│    │  1   │栏次│    │  2   │栏次│    │  3   │
        └────┴────┴────┴──────┴────┴────┴──────┴────┴────┴──────┘

        """)
  }

  @Test func `every sketch of the catalogue is a rectangle that fits on a page`() {
    for set in Self.library.sets {
      for entry in set.entries {
        guard let form = Self.library.form(entry.form, year: set.sampleYear) else { continue }
        for grid in form.grids {
          let sketch = HeaderSketch(
            grid.panels, rowNumbers: grid.rowNumbers, columnNumbers: grid.columnNumbers)
          let lines = sketch.text.split(separator: "\n")
          let widths = Set(lines.map { displayWidth(of: $0) })
          #expect(widths.count == 1 && (widths.first ?? 0) <= 130, "\(form.fullName)")
          // Closing marks stay with what they close.
          #expect(!lines.contains { $0.contains("│）") || $0.contains(" ）│") }, "\(form.fullName)")
        }
      }
    }
  }

  @Test func `the book shows every form once and every link leads somewhere`() {
    let lines = Self.book.split(separator: "\n")
    let anchors = lines.compactMap { line -> Substring? in
      guard line.hasPrefix("<a id=\"") else { return nil }
      return line.dropFirst(7).prefix { $0 != "\"" }
    }
    #expect(Set(anchors).count == anchors.count)
    let links = Self.book.matches(of: /\]\(#([^)]+)\)/).map { $0.1 }
    #expect(Set(links).isSubset(of: anchors), "\(Set(links).subtracting(anchors))")
    #expect(anchors.count == Self.library.formNames.count + Self.library.sets.count)
    #expect(!Self.book.contains("{year"))
  }

  @Test func `rules and relations are told in the printed titles`() throws {
    let (form, facts) = try form(
      """
      title: 表
      unit: 万元
      states: {flow: 支出, phase: 年初预算}
      columns:
        - 项目
        - {id: total, title: 支出合计, type: amount, adds: [basic, project]}
        - {id: basic, title: 基本支出, type: amount, states: {nature: 基本}, of-which: [vehicles]}
        - {id: vehicles, title: 其中：公车经费, type: amount, states: {nature: 基本, item: 三公.公车}}
        - {id: project, title: 项目支出, type: amount, states: {nature: 项目}}
        - {id: prior, title: 上年支出, type: amount, states: {year: -1}}
        - {id: growth, title: 增减, growth: [total, prior]}
      rows: [{id: total, title: 合计, adds: lines}, {id: lines, codes: function}]
      """)
    let text = FormPage(form, facts: facts).blocks.joined(separator: "\n")
    #expect(text.contains("支出合计 = 基本支出 + 项目支出；基本支出，其中 公车经费；"), "\(text)")
    #expect(text.contains("增减 = (支出合计 − 上年支出) ÷ 上年支出。"), "\(text)")
    #expect(text.contains("上年支出〔上年〕"), "\(text)")
    #expect(text.contains("合计  = 科目行之和\n（科目行：功能分类科目）\n"), "\(text)")
  }

  @Test func `rows that differ only in what they are called are told by the first and the last`() throws {
    let rows = (1...8).map { "{title: 第\($0)类, states: {function: \"20\($0)\"}}" }.joined(separator: ", ")
    let (form, facts) = try form(
      "title: 表\nunit: 万元\ncolumns: [项目, {title: 金额, type: amount}]\nrows: [\(rows)]\n")
    let text = FormPage(form, facts: facts).blocks.joined(separator: "\n")
    #expect(text.contains("第1类 至 第8类  共 8 行  〔功能分类科目〕，各行不同\n"), "\(text)")
  }
}
