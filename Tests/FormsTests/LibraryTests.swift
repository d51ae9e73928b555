import Diagnostics
import Parsing
import Testing

@testable import Forms

private let plain =
  "title: 甲表\nunit: 万元\ncolumns: [{id: item, title: 项目}, {id: amount, title: 金额, type: amount}]\nrows: [{free: lines}]\n"

@Suite struct LibraryTests {
  private func library(_ files: [(String, String)]) -> FormLibrary {
    FormLibrary(own: files.map { SourceText(file: "content/forms/" + $0.0, text: $0.1) })
  }

  @Test func `a file of its own is a form of no set`() throws {
    let library = library([("a.yaml", "id: a\n" + plain)])
    #expect(library.findings.isEmpty)
    #expect(library.standaloneNames == ["a"])
    #expect(try #require(library.form("a", year: 2023)).setID == nil)
  }

  @Test func `a folder or the key names the set`() {
    let library = library([("s/a.yaml", "id: a\n" + plain), ("b.yaml", "id: b\nset: s\n" + plain)])
    #expect(library.form("s/a", year: 2023)?.fullName == "s/a")
    #expect(library.form("s/b", year: 2023)?.fullName == "s/b")
    #expect(library.standaloneNames.isEmpty)
  }

  @Test func `a form of the same full name takes the place of the catalogue's`() throws {
    let shipped = try #require(FormLibrary(own: []).sets.first)
    let entry = try #require(shipped.entries.first)
    let id = try #require(entry.form.split(separator: "/").last)
    let library = library([("\(shipped.id)/\(id).yaml", "id: \(id)\n" + plain)])
    #expect(library.findings.isEmpty)
    #expect(library.form(entry.form, year: 2022)?.title == "甲表")
  }

  @Test func `a set of the same id takes the place of the catalogue's`() throws {
    let shipped = try #require(FormLibrary(own: []).sets.first)
    let library = library([
      ("x/set.yaml", "id: \(shipped.id)\ntitle: 套\nkind: \(shipped.kind)\nforms: [{form: x/a}]\n"),
      ("x/a.yaml", "id: a\n" + plain),
    ])
    #expect(library.findings.isEmpty)
    #expect(library.set(shipped.id)?.entries.map(\.form) == ["x/a"])
  }

  @Test func `a name that only ends like a data file is a form`() {
    let library = library([("my-facts.yaml", "id: my-facts\n" + plain)])
    #expect(library.findings.isEmpty)
    #expect(library.standaloneNames == ["my-facts"])
    #expect(!library.facts.dimensions.isEmpty)
  }

  @Test func `own kinds, fragments and codes join the catalogue's`() {
    let library = library([
      ("kinds.yaml", "kinds: [{id: special-funds, title: 专项资金}]\n"),
      ("fragments.yaml", "fragments: {own: [{title: 甲, type: amount}]}\n"),
      ("classifications/function.csv", "code,name\n2999901,本地科目\n"),
      (
        "a.yaml",
        "id: a\ntitle: 甲表\nunit: 万元\ncolumns: [{title: 项目}, {columns: own}]\nrows: [{free: lines}]\n"
      ),
    ])
    #expect(library.findings.isEmpty)
    #expect(library.kind("special-funds")?.title == "专项资金")
    #expect(library.kind("budget") != nil)
    #expect(library.classification("function").name(of: "2999901") == "本地科目")
    #expect(library.classification("function").name(of: "201") != nil)
  }

  @Test func `the most local set comes first`() {
    let form = ("s/a.yaml", "id: a\n" + plain)
    let library = library([
      form, ("s/set.yaml", "id: s\ntitle: 省\nkind: budget\nregion: 甲省\nforms: [{form: s/a}]\n"),
      (
        "t/set.yaml",
        "id: t\ntitle: 市\nkind: budget\nregion: 甲省/乙市\nyears: 2020..2022\nforms: [{form: s/a}]\n"
      ),
    ])
    #expect(library.findings.isEmpty)
    #expect(library.sets(kind: "budget", region: ["甲省", "乙市", "丙区"], year: 2021).map(\.id) == ["t", "s"])
    #expect(library.sets(kind: "budget", region: ["甲省", "乙市", "丙区"], year: 2023).first?.id == "s")
    #expect(library.sets(kind: "budget", region: ["丁省"], year: 2021).isEmpty)
  }

  @Test func `of sets equally near the site's own comes first`() {
    let library = library([
      ("s/a.yaml", "id: a\n" + plain),
      ("s/set.yaml", "id: z\ntitle: 自有\nkind: budget\nforms: [{form: s/a}]\n"),
    ])
    let sets = library.sets(kind: "budget", region: ["甲省"], year: 2024)
    #expect(sets.count > 1 && sets[0].id == "z" && library.isNearer(sets[0], sets[1]))
  }

  @Test func `years stand in titles and leave the name`() throws {
    let library = library([
      (
        "a.yaml",
        "id: a\n"
          + plain.replacing("title: 甲表", with: "title: \"{year}年甲表\"").replacing(
            "金额", with: "\"{year-1}年决算数\"")
      )
    ])
    let form = try #require(library.form("a", year: 2023))
    #expect(form.title == "2023年甲表")
    #expect(form.name == "甲表")
    #expect(form.grids[0].panels[0].leaves[1].title == "2022年决算数")
  }

  @Test(arguments: [
    ("甲表（{year}年度）", "甲表"), ("甲表({year}年)", "甲表"), ("甲表（{year}年第一批）", "甲表（第一批）"), ("甲表（）{year}", "甲表（）"),
  ])
  func `brackets that held only the year leave the name with it`(_ title: String, _ name: String) throws {
    let library = library([("a.yaml", "id: a\n" + plain.replacing("title: 甲表", with: "title: \"\(title)\""))])
    #expect(try #require(library.form("a", year: 2023)).name == name)
  }

  @Test func `tags of a sheet's table are the ground of its panel`() throws {
    let library = library([
      (
        "a.yaml",
        "id: a\ntitle: 甲表\nunit: 万元\nsheet:\n  - table: funds\n    states: {flow: 支出}\n    columns: [{title: 项目}, {title: 金额, type: amount}]\n    rows: [{title: 合计}]\n"
      )
    ])
    #expect(library.findings.isEmpty)
    #expect(try #require(library.form("a", year: 2023)).grids[0].panels[0].states == Tags(["flow": "支出"]))
  }

  /// The leaves of a form's columns, each with the paths of those it adds.
  private func sums(_ columns: String) throws -> [String: [String]] {
    let library = library([
      (
        "a.yaml",
        "id: a\ntitle: 甲表\nunit: 万元\nfragments:\n  halves: [{id: x, title: 甲}, {id: y, title: 乙}]\ncolumns: \(columns)\nrows: [{free: lines}]\n"
      )
    ])
    #expect(library.findings.isEmpty, "\(library.findings.map(\.message))")
    let leaves = try #require(library.form("a", year: 2023)).grids[0].panels[0].leaves
    var result: [String: [String]] = [:]
    for leaf in leaves {
      for case .sum(let parts) in leaf.rules {
        result[leaf.path.joined(separator: ".")] = parts.map { leaves[$0].path.joined(separator: ".") }
      }
    }
    return result
  }

  @Test func `a repeated group adds its own columns, also deeper down`() throws {
    let sums = try sums("[项目, {repeat: two-years, columns: three-public}]")
    #expect(sums["prior.total"] == ["prior.abroad", "prior.car.vehicles", "prior.reception"])
    #expect(sums["change.car.vehicles"] == ["change.car.purchase", "change.car.running"])
    #expect(sums.count == 6)
  }

  @Test func `a split column adds the same part of the others`() throws {
    let sums = try sums("[项目, {columns: three-public, split: halves}]")
    #expect(sums["total.x"] == ["abroad.x", "car.vehicles.x", "reception.x"])
    #expect(sums["car.vehicles.y"] == ["car.purchase.y", "car.running.y"])
    #expect(sums.count == 4)
  }
}
