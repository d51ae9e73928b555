import Diagnostics
import Parsing
import Testing

@testable import Forms

/// What is valid in a form, and yet likely to be an oversight; ↓ marks where the hint must point.
private let oversights: [Mistake] = [
  .form(
    "a total column that adds nothing", "form-total-unchecked", "“合计”列没有写由哪些列相加", head: "empty: 无",
    columns: "columns: [项目, ↓{title: 合计, type: amount}, {title: 基本, type: amount}]"),
  .form(
    "a total row that adds nothing", "form-total-unchecked", "“合计”行没有写由哪些行相加", head: "empty: 无",
    rows: "rows: [{free: lines}, ↓{title: 合计}]"),
  .form(
    "an alias that is the title", "form-alias-twice", "别名“甲 表”与标题相同", head: "empty: 无\naliases: [乙表, ↓甲 表]"),
  .form(
    "columns that say the same beside one that is tagged", "form-column-untagged", "“乙”列没有标签",
    head: "empty: 无",
    columns:
      "columns: [项目, {title: 甲, type: amount, states: {nature: 基本}}, ↓{title: 乙, type: amount}, {title: 丙, type: amount}]"
  ),
]

private let fine = [
  "columns: [项目, {title: 合计, type: amount, adds: [甲, 乙]}, {title: 甲, type: amount}, {title: 乙, type: amount}]\nrows: [{id: lines, free: x}, {title: 合计, adds: lines}]\nempty: 无\n",
  "columns: [项目, {title: 合计, type: amount}]\nrows: [{id: total, title: 合计, rows: [甲, 乙]}]\nempty: 无\n",
  "columns: [项目, {title: 金额, type: amount}]\nrows: [{title: 合计}, {title: 甲}]\nrelations: [甲 <= 合计]\nnotes: [无]\n",
]

@Suite struct HintTests {
  private func library(_ text: String) -> FormLibrary {
    FormLibrary(own: [SourceText(file: "content/forms/a.yaml", text: text.replacing("↓", with: ""))])
  }

  @Test(arguments: oversights)
  func `an oversight is a hint at its place, and no finding`(_ oversight: Mistake) throws {
    let library = library(oversight.text)
    #expect(library.findings.isEmpty, "\(library.findings.map(\.message))")
    let hint = try #require(library.hints.first)
    #expect(hint.id == oversight.id && hint.message.contains(oversight.message), "\(hint.message)")
    #expect(hint.severity == .info && hint.hint != nil)
    #expect("\(hint.place.line):\(hint.place.column)" == oversight.marked)
  }

  @Test(arguments: fine)
  func `a form that leaves nothing open has no hints`(_ text: String) {
    let library = library("id: a\ntitle: 甲表\nunit: 万元\n" + text)
    #expect(library.findings.isEmpty, "\(library.findings.map(\.message))")
    #expect(library.hints.isEmpty, "\(library.hints.map(\.message))")
  }

  @Test func `two forms of one set that share a name are a warning, and the catalogue has no hints`() {
    let rest = "unit: 万元\ncolumns: [项目, {title: 金额, type: amount}]\nrows: [{free: lines}]\nempty: 无\n"
    let library = FormLibrary(own: [
      SourceText(
        file: "content/forms/s/set.yaml",
        text: "id: s\ntitle: 套\nkind: budget\nforms: [{form: a}, {form: b}]\n"),
      SourceText(file: "content/forms/s/a.yaml", text: "id: a\ntitle: 甲表\n" + rest),
      SourceText(file: "content/forms/s/b.yaml", text: "id: b\ntitle: 乙表\naliases: [甲表]\n" + rest),
    ])
    #expect(library.hints.map(\.id) == ["form-name-twice"])
    #expect(library.hints.first?.severity == .warning)
    #expect(FormLibrary(own: []).hints.isEmpty)
  }
}
