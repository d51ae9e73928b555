import Diagnostics
import Testing

@testable import Markdown

@Test(arguments: [
  ("甲\n乙<b>丙</b>", [["2:2", "markdown-raw-html"], ["2:6", "markdown-raw-html"]]),
  ("甲\n\n<div>\n乙\n</div>", [["3:1", "markdown-raw-html"]]),
  ("<!-- 内部 -->", [["1:1", "markdown-raw-html"]]),
  ("甲\n\n| 科目 | 金额 |\n|---|---|\n| 乙 | 1 |", [["3:1", "markdown-table"]]),
  ("说明\n科目 | 金额\n:-- | --:\n乙 | 1", [["2:1", "markdown-table"]]),
  ("> | 科目 | 金额 |\n> |---|---|", [["1:3", "markdown-table"]]),
  ("甲~~乙~~丙", [["1:2", "markdown-strikethrough"]]),
  ("甲[^1]乙\n\n[^1]: 说明", [["1:2", "markdown-footnote"], ["3:1", "markdown-footnote"]]),
  ("- [ ] 甲\n- [x] 乙", [["1:3", "markdown-task-list"], ["2:3", "markdown-task-list"]]),
  ("甲[乙](javascript:alert(1))", [["1:2", "markdown-link-scheme"]]),
  ("[乙](DATA:text/html,x)", [["1:1", "markdown-link-scheme"]]),
  ("[乙](vbscript:x)", [["1:1", "markdown-link-scheme"]]),
  ("[乙](<java\tscript:x>)", [["1:1", "markdown-link-scheme"]]),
  ("[乙](&#106;avascript:x)", [["1:1", "markdown-link-scheme"]]),
  ("[乙](//example.cn)", [["1:1", "markdown-link-scheme"]]),
  (#"[乙](\\\\example.cn)"#, [["1:1", "markdown-link-scheme"]]),
  ("[乙]()", [["1:1", "markdown-link-empty"]]),
  ("[](a.pdf)", [["1:1", "markdown-link-without-text"]]),
  ("甲 ![](a.png)", [["1:3", "markdown-image-without-alt"]]),
  ("![甲](https://example.cn/a.png)", [["1:1", "markdown-image-elsewhere"]]),
  ("[甲]: https://example.cn", [["1:1", "markdown-reference-definition"]]),
])
func `what the dialect does not know is an error at its place`(_ text: String, _ table: [[String]]) {
  let reading = Reading(text)
  #expect(reading.table == table)
  #expect(reading.findings.allSatisfy { $0.severity == .error && $0.hint != nil })
}

@Test(arguments: [
  "甲&nbsp;乙&lt;丙", "<https://example.cn>", "[甲](a.pdf#b?c=d) [乙](#丙) [丁](mailto:a@b.cn) [戊](tel:010-1)",
  "![甲](图 1.png)", "甲 | 乙 | 丙", "甲~乙~~丙", "5 < 6，a<b", #"\<b> \~~甲\~~ \[^1]"#, "[注]：本表", "[注]: 本年数为决算数。",
  "第一行  \n第二行\\\n第三行", "1. 甲\n2. 乙", "2025年\n---\n正文",
])
func `ordinary writing is no finding`(_ text: String) {
  #expect(Reading(text).table == [])
}

@Test func `a bracketed note with a half-width colon does not vanish`() {
  #expect(Reading("[注]: 本年数为决算数。").html == "<p>[注]: 本年数为决算数。</p>")
  #expect(Reading("> - [注]:本表\n>\n> 后").html.contains("[注]:本表"))
}

@Test func `what is not understood stays as text, escaped`() {
  #expect(Reading("甲<script>x</script>").html == "<p>甲&lt;script&gt;x&lt;/script&gt;</p>")
  #expect(Reading("<div>甲</div>").html == "<p>&lt;div&gt;甲&lt;/div&gt;\n</p>")
}

@Test func `places are exact behind hard breaks, entities, links over lines, quotations and other line ends`()
{
  let text = "> - 甲\\\n>   乙&amp;丙 [丁\n>   戊](a.csv) <i>\n> 懒<b>  \n续<u>\r\n\r\n末𠮷**“三公”**后<s>"
  let reading = Reading(text)
  #expect(
    reading.findings.map { [String($0.place.line), marked($0.place, in: text)] } == [
      ["3", "<i>"], ["4", "<b>"], ["5", "<u>"], ["7", "<s>"],
    ])
  #expect(reading.document.links.map { [$0.place.line, $0.place.column, $0.place.length] } == [[2, 13, 2]])
}

@Test func `links and pictures are listed in reading order with their words`() {
  let text = "见[**附**表 1](a.csv \"提示\")和![图\\]示](b.png)\n\n<https://example.cn>"
  let reading = Reading(text)
  #expect(reading.document.links.map(\.destination) == ["a.csv", "b.png", "https://example.cn"])
  #expect(reading.document.links.map(\.text) == ["附表 1", "图]示", "https://example.cn"])
  #expect(reading.document.links.map(\.kind) == [.link, .image, .link])
  #expect(reading.document.links.map(\.title) == ["提示", "", ""])
  #expect(
    reading.document.links.map { marked($0.place, in: text) } == [
      "[**附**表 1](a.csv \"提示\")", "![图\\]示](b.png)", "<https://example.cn>",
    ])
}

@Test func `the first line of a text may be any line of its file`() {
  var findings: [Finding] = []
  _ = parseMarkdown("甲<b>", file: "a.md", firstLine: 7, findings: &findings)
  #expect(findings.map { "\($0.place.file):\($0.place.line):\($0.place.column)" } == ["a.md:7:2"])
}
