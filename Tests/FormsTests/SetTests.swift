import Diagnostics
import Parsing
import Testing

@testable import Forms

private let form = (
  "s/a.yaml",
  "id: a\ntitle: 甲表\nunit: 万元\ncolumns: [项目, {title: 金额, type: amount}]\nrows: [{free: lines}]\nempty: 无\n"
)

private func library(_ files: (String, String)...) -> FormLibrary {
  FormLibrary(own: ([form] + files).map { SourceText(file: "content/forms/" + $0.0, text: $0.1) })
}

@Suite struct SetTests {
  @Test func `a set that is chosen only by name is not taken by itself, and hands that on to no other`() {
    let library = library(
      ("s/set.yaml", "id: s\ntitle: 套\nkind: budget\nregion: 甲省\nforms: [{form: a}]\n"),
      ("t/set.yaml", "id: t\ntitle: 另一种印法\nextends: s\nautomatic: false\n"),
      ("u/set.yaml", "id: u\ntitle: 市\nextends: t\nregion: 甲省/乙市\n"))
    #expect(library.findings.isEmpty, "\(library.findings.map(\.message))")
    #expect(library.set("t")?.isAutomatic == false)
    #expect(library.set("u")?.isAutomatic == true)
    let sets = library.sets(kind: "budget", region: ["甲省", "丙市"], year: 2022).map(\.id)
    #expect(sets.first == "s" && !sets.contains("t"))
    #expect(library.sets(kind: "budget", region: ["甲省", "乙市"], year: 2022).first?.id == "u")
  }

  @Test(arguments: 2020...2026)
  func `final accounts have one set to choose wherever a unit is`(_ year: Int) {
    let sets = FormLibrary(own: []).sets(kind: "final-accounts", region: ["某省", "某市"], year: year)
    #expect(sets.count == 1)
  }

  @Test func `years stand in the outline and in the names of key figures`() throws {
    let library = library(
      (
        "s/set.yaml",
        "id: s\ntitle: 套\nkind: budget\nforms: [{form: a}]\noutline: [\"{year}年部门预算\", 概况]\nkey-figures: [{title: \"{year-1}年\", formula: \"sum(甲表[*, 金额])\"}]\n"
      ))
    #expect(library.findings.isEmpty, "\(library.findings.map(\.message))")
    let set = try #require(library.set("s")).inYear(2024)
    #expect(set.outline == ["2024年部门预算", "概况"])
    #expect(set.keyFigures.map(\.title) == ["2023年"])
  }

  @Test func `a hint names a column as it is written, for every year`() {
    let text =
      "id: a\ntitle: 甲表\nunit: 万元\ncolumns: [项目, {title: 甲, type: amount, states: {nature: 基本}}, {title: \"{year-1}年决算\", type: amount}, {title: 丙, type: amount}]\nrows: [{free: lines}]\nempty: 无\n"
    let library = FormLibrary(own: [SourceText(file: "content/forms/a.yaml", text: text)])
    #expect(
      library.hints.first?.message.contains("“{year-1}年决算”列没有标签") == true, "\(library.hints.map(\.message))")
  }
}
