import Diagnostics
import Parsing
import Testing

@testable import Forms

private let base = """
  id: base
  title: "{year}年甲表"
  aliases: [甲]
  unit: 万元
  states: {flow: 支出, phase: 年初预算}
  columns:
    - {id: item, title: 项目}
    - {id: total, title: 合计, type: amount, adds: [basic, project, car]}
    - {id: basic, title: 基本支出, type: amount}
    - {id: project, title: 项目支出, type: amount}
    - id: cars
      title: 公车
      columns: [{id: car, title: 购置, type: amount}, {id: fuel, title: 燃料, type: amount}]
  rows:
    - {id: staff, title: 一、人员}
    - id: public
      title: 二、公用
      rows: [{title: 办公}, {title: 差旅}]
    - {codes: function}
    - {id: total, title: 合计, adds: [staff, public]}
  empty: 无。

  """

private let panels = """
  id: panels
  title: 乙表
  unit: 万元
  panels:
    - {id: income, title: 收入, columns: [{title: 项目}, {title: 金额, type: amount}], rows: [{id: tax, title: 税}, {id: total, title: 总计}]}
    - {id: spending, title: 支出, columns: [{title: 项目}, {title: 金额, type: amount}], rows: [{id: pay, title: 工资}, {id: total, title: 总计}]}
  align: [[income.tax, spending.pay], [income.total, spending.total]]

  """

private let sheet = """
  id: sheet
  title: 丙表
  unit: 万元
  sheet:
    - fields: [[{id: name, title: 名称}], [{title: 电话, personal: true}, 地址]]
    - table: funds
      title: 资金
      columns: [{title: 项目}, {id: sum, title: 金额, type: amount}]
      rows: [{id: total, title: 合计}]
    - texts: {id: goals, title: 目标}
    - indicators: {id: marks, title: 指标, columns: [一级, 二级, 目标值], merge: [一级, 二级], levels: [一级, 二级], target: 目标值}

  """

private func library(_ variant: String, file: String = "s/v.yaml") -> FormLibrary {
  let files = [("s/base.yaml", base), ("s/panels.yaml", panels), ("s/sheet.yaml", sheet), (file, variant)]
  return FormLibrary(own: files.map { SourceText(file: "content/forms/" + $0.0, text: $0.1) })
}

private func shown(_ findings: [Finding]) -> [String] {
  findings.map { "\($0.place.file):\($0.place.line):\($0.place.column) \($0.id) \($0.message)" }
}

/// What becomes of a base under a few lines, as the outline of the form prints it.
private struct Merge: Sendable, CustomTestStringConvertible {
  var name: String
  var variant: String
  /// Paths of the columns, panels apart by |.
  var columns: String?
  var rows: String?
  var testDescription: String { name }
}

private let merges: [Merge] = [
  Merge(
    name: "nothing but another base", variant: "extends: base",
    columns: "item total basic project cars.car cars.fuel", rows: "staff public 办公 差旅 rows-4 total"),
  Merge(
    name: "a dropped column", variant: "extends: base\ndrop: [project]",
    columns: "item total basic cars.car cars.fuel"),
  Merge(name: "a dropped group", variant: "extends: s/base\ndrop: [公车]", columns: "item total basic project"),
  Merge(
    name: "all columns of a group", variant: "extends: base\ndrop: [car, cars.fuel]",
    columns: "item total basic project"),
  Merge(name: "a dropped row", variant: "extends: base\ndrop: [人员]", rows: "public 办公 差旅 rows-3 total"),
  Merge(
    name: "rows from the data, by what they are made of", variant: "extends: base\ndrop: [function]",
    rows: "staff public 办公 差旅 total"),
  Merge(
    name: "a name of both kinds by its path", variant: "extends: base\ndrop: [rows.total]",
    columns: "item total basic project cars.car cars.fuel", rows: "staff public 办公 差旅 rows-4"),
  Merge(
    name: "columns beside others",
    variant: "extends: base\nadd:\n  - {after: basic, columns: [甲, 乙]}\n  - {before: cars.car, columns: [丙]}",
    columns: "item total basic 甲 乙 project cars.丙 cars.car cars.fuel"),
  Merge(
    name: "columns at the end", variant: "extends: base\nadd: [{columns: [甲]}, {in: cars, columns: [乙]}]",
    columns: "item total basic project cars.car cars.fuel cars.乙 甲"),
  Merge(
    name: "rows of all kinds",
    variant:
      "extends: base\nadd: [{after: total, rows: [甲]}, {in: public, rows: [乙]}, {in: staff, of-which: [丙]}, {rows: [丁]}]",
    rows: "staff 丙 public 办公 差旅 乙 rows-6 total 甲 丁"),
  Merge(
    name: "one in the place of another of its name",
    variant:
      "extends: base\nadd: [{after: basic, columns: [{id: basic, title: 基本, type: amount}]}]\ndrop: [basic]",
    columns: "item total basic project cars.car cars.fuel"),
  Merge(
    name: "a new order", variant: "extends: base\nreorder: [project, basic, total]",
    columns: "item project basic total cars.car cars.fuel"),
  Merge(
    name: "new orders in two lists", variant: "extends: base\nreorder: [[fuel, car], [public, staff]]",
    columns: "item total basic project cars.fuel cars.car", rows: "public 办公 差旅 staff rows-4 total"),
  Merge(
    name: "other columns", variant: "extends: base\ncolumns: [项目, {id: sum, title: 数, type: amount}]",
    columns: "项目 sum", rows: "staff public 办公 差旅 rows-4 total"),
  Merge(name: "a dropped panel", variant: "extends: panels\ndrop: [spending]", rows: "tax total"),
  Merge(
    name: "a row of one panel",
    variant: "extends: panels\ndrop: [income.tax]\nadd: [{in: spending, rows: [甲]}]",
    rows: "total|pay total 甲"),
  Merge(
    name: "a further panel",
    variant:
      "extends: panels\nadd: [{before: 支出, panels: [{id: mid, title: 中, columns: [甲], rows: [{id: x, title: 乙}]}]}]",
    rows: "tax total|x|pay total"),
  Merge(
    name: "a column of a sheet's table",
    variant: "extends: sheet\nadd: [{in: funds, columns: [甲]}, {after: funds.total, rows: [乙]}]",
    columns: "项目 sum 甲", rows: "total 乙"),
]

@Suite struct VariantTests {
  @Test func `columns that are repeated for codes are named by their id`() throws {
    let text = """
      id: base
      title: 甲表
      unit: 万元
      columns:
        - 项目
        - {id: total, title: 合计, type: amount, adds: [wages, goods]}
        - {id: wages, repeat: {codes: gov-economic, under: ["501"]}}
        - {id: goods, repeat: {codes: gov-economic, under: ["502"]}}
      rows: [{free: lines}]

      """
    func columns(_ variant: String) throws -> [String] {
      let library = FormLibrary(own: [
        SourceText(file: "content/forms/s/base.yaml", text: text),
        SourceText(file: "content/forms/s/v.yaml", text: "extends: base\n" + variant),
      ])
      #expect(library.findings.isEmpty, "\(shown(library.findings))")
      return try #require(library.form("s/v", year: 2022)).panels[0].leaves.map(\.id)
    }
    #expect(try columns("drop: [wages]") == ["项目", "total", "502"])
    #expect(
      try columns("add: [{after: wages, columns: [{title: 其他, type: amount}]}]")
        == ["项目", "total", "501", "其他", "502"])
    #expect(
      try columns("change: {goods: {repeat: {codes: gov-economic, under: [\"503\"]}}}")
        == ["项目", "total", "501", "503"])
  }

  @Test(arguments: merges)
  private func `a variant says only what differs`(_ merge: Merge) throws {
    let library = library("title: 变\n" + merge.variant + "\n")
    #expect(library.findings.isEmpty, "\(shown(library.findings))")
    let form = try #require(library.form("s/v", year: 2024))
    #expect(form.id == "v" && form.setID == "s" && form.title == "变")
    let panels = form.grids.flatMap(\.panels)
    let columns = panels.map { $0.leaves.map { $0.path.joined(separator: ".") }.joined(separator: " ") }
    let rows = panels.map { $0.rows.map(\.id).joined(separator: " ") }
    if let expected = merge.columns { #expect(columns.joined(separator: "|") == expected) }
    if let expected = merge.rows { #expect(rows.joined(separator: "|") == expected) }
  }

  @Test func `scalars and lists are replaced, tags joined, and an empty value takes a key away`() throws {
    let library = library("extends: base\nunit: 元\nempty: ~\nnotes: [注]\nstates: {phase: 决算, fund: 财政拨款}\n")
    #expect(library.findings.isEmpty, "\(shown(library.findings))")
    let form = try #require(library.form("s/v", year: 2024))
    #expect(form.title == "2024年甲表" && form.name == "甲表" && form.aliases == ["甲"])
    #expect(form.unit?.rawValue == "元" && form.empty == nil && form.notes == ["注"])
    #expect(form.states == Tags(["flow": "支出", "phase": "决算", "fund": "财政拨款"]))
  }

  @Test func `sums and lines forget what is dropped`() throws {
    let library = library("extends: base\ndrop: [project, cars, staff]\n")
    #expect(library.findings.isEmpty, "\(shown(library.findings))")
    let panel = try #require(library.form("s/v", year: 2024)).grids[0].panels[0]
    guard case .sum(let parts)? = panel.leaves[1].rules.first else {
      Issue.record("no sum is left")
      return
    }
    #expect(parts.map { panel.leaves[$0].id } == ["basic"])
    #expect(panel.rows.last?.adds.map { panel.rows[$0].id } == ["public"])
    let aligned = try #require(self.aligned("extends: panels\ndrop: [pay]\n"))
    #expect(aligned.count == 1)
  }

  private func aligned(_ variant: String) -> [[Grid.RowAddress]]? {
    library(variant).form("s/v", year: 2024)?.grids[0].align
  }

  @Test func `sums go on naming what takes a dropped column's place, wherever parts are added`() throws {
    let added = "add:\n  - {after: basic, columns: [{id: basic, title: 基本, type: amount}]}\n"
    let library = library("extends: base\ndrop: [basic, fuel]\n" + added)
    #expect(library.findings.isEmpty, "\(shown(library.findings))")
    let panel = try #require(library.form("s/v", year: 2024)).grids[0].panels[0]
    guard case .sum(let parts)? = panel.leaves[1].rules.first else {
      Issue.record("no sum is left")
      return
    }
    #expect(parts.map { panel.leaves[$0].title } == ["基本", "项目支出", "购置"])
    let moved =
      "extends: panels\ndrop: [pay]\nadd: [{before: income, panels: [{id: p, title: 新, columns: [甲], rows: [乙]}]}]\n"
    #expect(aligned(moved)?.count == 1)
  }

  @Test func `a new title leaves the name, and a change any key`() throws {
    let library = library(
      "extends: base\nrename: {basic: 基本, 办公: 办公费}\nchange: {project: {optional: true, states: {nature: 项目}}, 差旅: {optional: true}}\n"
    )
    #expect(library.findings.isEmpty, "\(shown(library.findings))")
    let panel = try #require(library.form("s/v", year: 2024)).grids[0].panels[0]
    #expect(panel.leaves[2].id == "basic" && panel.leaves[2].title == "基本")
    #expect(panel.leaves[3].isOptional && panel.leaves[3].states["nature"] == "项目")
    let rows = panel.rows.map { "\($0.id) \($0.title)" }
    #expect(rows[2] == "办公 办公费" && panel.rows[3].isOptional)
  }

  @Test func `parts and fields of a sheet are named too`() throws {
    let library = library(
      "extends: sheet\ndrop: [电话, goals, marks.二级]\nadd:\n  - {after: name, fields: [代码]}\n  - {after: funds, sheet: [{texts: {title: 说明}}]}\nrename: {marks: 绩效}\n"
    )
    #expect(library.findings.isEmpty, "\(shown(library.findings))")
    let form = try #require(library.form("s/v", year: 2024))
    var seen: [String] = []
    for block in form.blocks {
      switch block {
      case .fields(_, let rows):
        seen.append(rows.map { $0.map(\.id).joined(separator: " ") }.joined(separator: "/"))
      case .grid(let grid): seen.append(grid.id)
      case .texts(let texts): seen.append(texts.title)
      case .indicators(let marks):
        seen.append("\(marks.title) \(marks.panel.leaves.map(\.id)) \(marks.levels)")
      case .score: break
      }
    }
    #expect(seen == ["name 代码/地址", "funds", "说明", "绩效 [\"一级\", \"目标值\"] [0]"])
  }

  @Test func `columns of a fragment can be named`() throws {
    let library = library(
      "id: v\ntitle: 变\nunit: 万元\ncolumns: [项目, {columns: three-public}]\nrows: [{free: x}]\n")
    let own = FormLibrary(own: [
      SourceText(
        file: "content/forms/a.yaml",
        text:
          "id: a\ntitle: 甲\nunit: 万元\ncolumns: [项目, {columns: three-public}]\nrows: [{repeat: two-years}, {free: x}]\n"
      ),
      SourceText(
        file: "content/forms/b.yaml", text: "extends: a\ntitle: 乙\ndrop: [purchase, prior, change]\n"),
    ])
    #expect(library.findings.isEmpty && own.findings.isEmpty, "\(shown(own.findings))")
    let panel = try #require(own.form("b", year: 2024)).grids[0].panels[0]
    #expect(panel.leaves.map(\.id) == ["项目", "total", "abroad", "vehicles", "running", "reception"])
    #expect(panel.rows.map(\.id) == ["current", "rows-1"])
  }

  @Test func `a variant of a variant, and of the catalogue's form that it replaces`() throws {
    let shipped = try #require(FormLibrary(own: []).sets.first)
    let name = try #require(shipped.entries.first).form
    let id = String(name.split(separator: "/")[1])
    let own = FormLibrary(own: [
      SourceText(file: "content/forms/\(shipped.id)/\(id).yaml", text: "extends: \(id)\nempty: 无。\n"),
      SourceText(file: "content/forms/a.yaml", text: "extends: \(name)\nid: a\nnotes: [甲]\n"),
    ])
    #expect(own.findings.isEmpty, "\(shown(own.findings))")
    let year = max(shipped.years.lowerBound, 2020)
    #expect(own.form(name, year: year)?.empty == "无。")
    #expect(own.form("a", year: year)?.empty == "无。" && own.form("a", year: year)?.notes == ["甲"])
  }

  @Test func `a set takes over forms, and prefers its own of the same id`() throws {
    let files = [
      ("s/base.yaml", base), ("s/panels.yaml", panels), ("s/sheet.yaml", sheet),
      (
        "s/set.yaml",
        "id: s\ntitle: 套\nkind: budget\nregion: 甲省\noutline: [概况]\nforms: [{form: base, number: 表1}, {form: panels}, {form: sheet}]\n"
      ),
      ("t/base.yaml", "extends: s/base\n"), ("t/more.yaml", "extends: s/panels\ntitle: 丁表\n"),
      (
        "t/set.yaml",
        "id: t\ntitle: 市\nextends: s\nregion: 甲省/乙市\ndrop: [sheet]\nadd: [{form: more, after: base}]\nchange: {panels: {number: 表2}}\n"
      ),
    ]
    let library = FormLibrary(own: files.map { SourceText(file: "content/forms/" + $0.0, text: $0.1) })
    #expect(library.findings.isEmpty, "\(shown(library.findings))")
    let set = try #require(library.set("t"))
    #expect(set.entries.map(\.form) == ["t/base", "t/more", "s/panels"])
    #expect(set.entries.map(\.number) == ["表1", nil, "表2"])
    #expect(set.outline == ["概况"] && set.kind == "budget" && set.region == ["甲省", "乙市"])
  }

  @Test func `what is inherited is told at its own file, with the variant that brought it`() throws {
    let library = library(
      "extends: base\nadd: [{columns: [{id: rate, title: 增减, difference: [basic, project]}]}]\n")
    #expect(library.findings.isEmpty)
    let broken = FormLibrary(own: [
      SourceText(
        file: "content/forms/a.yaml",
        text:
          "id: a\ntitle: 甲\nunit: 万元\ncolumns: [项目, {id: x, title: 数, type: amount}, {id: z, title: 又, type: amount}, {id: y, title: 差, difference: [x, z]}]\nrows: [{free: lines}]\n"
      ),
      SourceText(file: "content/forms/b.yaml", text: "extends: a\ndrop: [x]\n"),
    ])
    let finding = try #require(broken.findings.first)
    #expect(broken.findings.count == 1 && finding.place.file.hasSuffix("a.yaml") && finding.place.line == 4)
    #expect(finding.notes.first?.place?.file.hasSuffix("b.yaml") == true)
  }
}

private let mistakes: [(text: String, id: String, message: String)] = [
  ("extends: ↓bas", "form-extends", "没有表样“bas”"),
  ("extends: ↓[base]", "form-extends", "“extends”应当是一张表样的名称"),
  ("extends: ↓v", "form-extends", "extends 绕成一圈：s/v → s/v"),
  ("extends: base\ndrop: [↓projct]", "form-extends", "所扩展的表样里没有“projct”"),
  ("extends: base\ndrop: [↓合计]", "form-extends", "“合计”有 2 处"),
  ("extends: panels\ndrop: [↓total]", "form-extends", "“total”有 2 处"),
  ("extends: base\nrename: {basic: ↓[甲]}", "form-extends", "“basic”的新标题应当是一个值"),
  ("extends: base\nrename: {↓basics: 甲}", "form-extends", "没有“basics”"),
  ("extends: base\nchange: {basic: ↓甲}", "form-extends", "“basic”要改的应写作 {键: 值}"),
  ("extends: base\nchange: {basic: {↓titel: 甲}}", "form-syntax", "列没有“titel”这个键"),
  ("extends: base\nreorder: [basic, ↓car]", "form-extends", "“car”与“basic”不在同一层"),
  ("extends: base\nreorder: [basic, ↓basic]", "form-extends", "“basic”写了两次"),
  ("extends: base\nadd: [↓{after: basic}]", "form-syntax", "一项要写明增加什么"),
  ("extends: base\nadd: [{after: basic, ↓in: cars, columns: [甲]}]", "form-syntax", "“after”和“in”只能写一个"),
  ("extends: base\nadd: [{after: ↓staff, columns: [甲]}]", "form-extends", "没有“staff”"),
  ("extends: base\nadd: [{in: ↓basic, columns: [甲]}]", "form-extends", "“basic”里没有 columns"),
  ("extends: panels\nadd: [{↓rows: [甲]}]", "form-extends", "最外层没有 rows"),
  ("extends: base\nadd: [{↓behind: basic, columns: [甲]}]", "form-syntax", "增加的一项没有“behind”这个键"),
  ("extends: base\nadd: [{columns: [{↓titel: 甲, title: 乙}]}]", "form-syntax", "列没有“titel”这个键"),
  ("extends: base\n↓colums: [甲]", "form-syntax", "表样没有“colums”这个键"),
  (
    "id: v\ntitle: 变\nunit: 万元\ncolumns: [甲]\nrows: [{free: x}]\n↓drop: [甲]", "form-syntax",
    "没有 extends 的表样不能写“drop”"
  ),
]

@Suite struct VariantMistakeTests {
  @Test(arguments: mistakes.indices)
  func `each mistake of a variant is one finding at its place`(_ index: Int) throws {
    let mistake = mistakes[index]
    let marked = Mistake(
      name: "", text: mistake.text, id: mistake.id, message: mistake.message, file: "s/v.yaml")
    let findings = library(mistake.text.replacing("↓", with: "") + "\n").findings
    #expect(findings.count == 1, "\(mistake.text) \(shown(findings))")
    let finding = try #require(findings.first)
    #expect(
      finding.id == mistake.id && finding.message.contains(mistake.message),
      "\(mistake.text) \(shown(findings))")
    #expect(finding.place.file == "content/forms/s/v.yaml")
    #expect("\(finding.place.line):\(finding.place.column)" == marked.marked, "\(shown(findings))")
  }

  @Test func `forms may extend one another sixteen deep, and not in a circle`() {
    func chain(_ count: Int) -> [Finding] {
      let forms = (1...count).map {
        SourceText(file: "content/forms/f\($0).yaml", text: "extends: f\($0 - 1)\n")
      }
      let first = SourceText(
        file: "content/forms/f0.yaml", text: "id: f0\ntitle: 甲\ncolumns: [甲]\nrows: [{free: x}]\n")
      return FormLibrary(own: [first] + forms).findings
    }
    #expect(chain(16).isEmpty, "\(shown(chain(16)))")
    #expect(shown(chain(17)) == ["content/forms/f17.yaml:1:10 form-extends extends 超过 16 层"])
    let circle = FormLibrary(
      own: [("a", "b"), ("b", "a"), ("c", "a")].map {
        SourceText(file: "content/forms/\($0.0).yaml", text: "extends: \($0.1)\n")
      })
    #expect(
      shown(circle.findings) == [
        "content/forms/a.yaml:1:10 form-extends extends 绕成一圈：a → b → a"
      ])
  }

  @Test(arguments: [
    ("extends: ↓r", "没有表套“r”"), ("extends: ↓t", "绕成一圈"), ("extends: s\ndrop: [↓b]", "所扩展的表套里没有表样“b”"),
    ("extends: s\nadd: [{form: base, after: ↓x}]", "所扩展的表套里没有表样“x”"),
    ("extends: s\nchange: {base: ↓表2}", "“base”要改的应写作 {键: 值}"),
    ("extends: s\n↓year: 2022", "表套没有“year”这个键"), ("kind: budget\n↓add: []", "没有 extends 的表套不能写“add”"),
  ])
  func `each mistake of a set that extends another is one finding at its place`(
    _ text: String, _ message: String
  ) throws {
    let set = "id: t\ntitle: 市\n" + text + "\n"
    let files = [
      ("s/base.yaml", base), ("s/set.yaml", "id: s\ntitle: 套\nkind: budget\nforms: [{form: base}]\n"),
      ("t/set.yaml", set.replacing("↓", with: "")),
    ]
    let findings = FormLibrary(own: files.map { SourceText(file: "content/forms/" + $0.0, text: $0.1) })
      .findings
    #expect(findings.count == 1 && findings[0].message.contains(message), "\(shown(findings))")
    let marked = Mistake(name: "", text: set, id: "", message: "").marked
    #expect(findings.first.map { "\($0.place.line):\($0.place.column)" } == marked, "\(shown(findings))")
  }

  @Test func `a part that shares its name with what is in it is told by its kind`() throws {
    let tasks = """
      id: tasks
      title: 丁表
      unit: 万元
      states: {flow: 支出, origin: 当年}
      sheet:
        - {id: names, fields: [名称]}
        - table: tasks
          columns: [{title: 项目}, {id: sum, title: 金额, type: amount, states: {origin: ~}}]
          rows: [{free: tasks}]
        - score: {title: 总分, points: 100}

      """
    func library(_ variant: String) -> FormLibrary {
      FormLibrary(
        own: [("tasks", tasks), ("v", "extends: tasks\n" + variant + "\n")].map {
          SourceText(file: "content/forms/s/\($0.0).yaml", text: $0.1)
        })
    }
    let hint = try #require(library("drop: [tasks]").findings.first?.hint)
    #expect(hint == "写路径：sheet.tasks、tasks.rows.tasks")
    for path in hint.dropFirst("写路径：".count).split(separator: "、") {
      let findings = library("drop: [\(path)]\nadd: [{after: sheet.names, sheet: [{fields: [地址]}]}]").findings
      #expect(findings.allSatisfy { $0.id != "form-extends" }, "\(shown(findings))")
    }
    let variant = library("drop: [sheet.tasks]\nadd: [{after: names, sheet: [{fields: [地址]}]}]")
    #expect(variant.findings.isEmpty, "\(shown(variant.findings))")
    let form = try #require(variant.form("s/v", year: 2024))
    let titles = form.blocks.map { block -> [String] in
      if case .fields(_, let rows) = block { rows.flatMap { $0.map(\.title) } } else { [] }
    }
    #expect(titles == [["名称"], ["地址"], []])
    let text = FormOutline(try #require(library("").form("s/v", year: 2024)), facts: variant.facts).text
    #expect(text.contains("满分 100\n") && text.contains("〔不限 origin〕"), "\(text)")
  }

  @Test func `an outline names columns, rows, sums and tags`() throws {
    let library = library("extends: base\n")
    let form = try #require(library.form("s/v", year: 2024))
    let text = FormOutline(form, facts: library.facts).text
    #expect(text.hasPrefix("2024年甲表  s/v\n  单位 万元，2 位小数，空格算零 〔flow=支出 phase=年初预算〕\n"))
    #expect(text.contains("├ 合计                 total  amount  = basic + project + car\n"), "\(text)")
    #expect(text.contains("│ ├ 办公\n") && text.contains("= 一、人员 + 二、公用\n"), "\(text)")
  }
}
