import Testing

@testable import Markdown

@Test func `a placeholder keeps its text, and its place is where the expression begins`() {
  let text = "## 收入\n\n共 **{{ 收支总表[收入总计] | 万元 }}**，见{{a_b*c*d_e}}。"
  let reading = Reading(text)
  #expect(reading.document.placeholders.map(\.text) == ["收支总表[收入总计] | 万元", "a_b*c*d_e"])
  #expect(
    reading.document.placeholders.map { marked($0.place, in: text) } == ["收支总表[收入总计] | 万元", "a_b*c*d_e"])
  #expect(reading.document.placeholders.map { "\($0.place.line):\($0.place.column)" } == ["3:8", "3:32"])
  #expect(reading.table == [])
}

@Test func `placeholders stand in headings, links, lists and emphasis`() {
  let reading = Reading("# {{ 年 }}年预算\n\n- *{{ a }}* [见{{ b }}](x.csv)\n")
  #expect(
    reading.html == """
      <h2 id="年预算">⟦年⟧年预算</h2>
      <ul>
      <li><em>⟦a⟧</em> <a href="x.csv">见⟦b⟧</a></li>
      </ul>
      """)
}

@Test func `a placeholder alone on its line is a block, also beneath another`() {
  let reading = Reading("{{ 表 收支总表 }}\n\n{{ 表 甲 }}\n{{ 表 乙 }}\n\n见 {{ 表 丙 }}\n\n- {{ 图 丁 }}")
  #expect(reading.document.placeholders.map(\.isBlock) == [true, true, true, false, true])
  #expect(
    reading.html == """
      ⟦表 收支总表⟧
      ⟦表 甲⟧
      ⟦表 乙⟧
      <p>见 ⟦表 丙⟧</p>
      <ul>
      <li>⟦图 丁⟧</li>
      </ul>
      """)
}

@Test func `a placeholder may go over a line break, and its parts keep their places`() throws {
  let text = "> 共{{ 增减(甲,\n> - 乙) }}，**“丙”**的。\n\n后 {{ 丁 }}"
  let reading = Reading(text)
  let first = try #require(reading.document.placeholders.first)
  #expect(first.text == "增减(甲,\n  - 乙)")
  let place = first.place(ofScalars: 8..<12)
  #expect(marked(place, in: text) == "- 乙)")
  #expect(place.line == 2)
  #expect(marked(reading.document.placeholders[1].place, in: text) == "丁")
  #expect(reading.document.placeholders[1].place.line == 4)
  #expect(
    reading.html
      == "<blockquote>\n<p>共⟦增减(甲,\n  - 乙)⟧，<strong>“丙”</strong>的。</p>\n</blockquote>\n<p>后 ⟦丁⟧</p>")
}

@Test(arguments: [
  ("甲{{ 乙", [["1:2", "markdown-placeholder-unclosed"]]),
  ("甲{{ 乙\n\n丙 }}", [["1:2", "markdown-placeholder-unclosed"]]),
  ("甲{{ 乙 {{ 丙 }}", [["1:2", "markdown-placeholder-unclosed"]]),
  ("# 甲 {{ 乙\n丙 }}", [["1:5", "markdown-placeholder-unclosed"]]),
  ("甲{{ 乙\n```\n}}\n```", [["1:2", "markdown-placeholder-unclosed"]]),
  ("甲{{  }}", [["1:2", "markdown-placeholder-empty"]]),
  ("[甲]({{ 乙 }})", [["1:1", "markdown-placeholder-misplaced"]]),
  ("![{{ 乙 }}](a.png)", [["1:1", "markdown-placeholder-misplaced"]]),
])
func `a broken or misplaced placeholder is an error at its place`(_ text: String, _ table: [[String]]) {
  #expect(Reading(text).table == table)
}

@Test func `braces in code and behind a backslash are text`() {
  let reading = Reading(#"写作 `{{ x }}` 或 \{{ y }}"# + "\n\n    {{ z }}")
  #expect(reading.document.placeholders.isEmpty)
  #expect(reading.html.hasPrefix("<p>写作 <code>{{ x }}</code> 或 {{ y }}</p>"))
  #expect(reading.table == [["3:5", "markdown-indented-code"]])
}

@Test func `private use and control characters are errors`() {
  #expect(
    Reading("甲\u{E000}乙\n\u{E001}0\u{E002} \u{0}").table == [
      ["1:2", "markdown-private-use-character"], ["2:1", "markdown-private-use-character"],
      ["2:3", "markdown-private-use-character"], ["2:5", "markdown-control-character"],
    ])
  #expect(Reading("甲\u{F0000}乙").table == [["1:2", "markdown-private-use-character"]])
  #expect(Reading("甲\u{85}乙").table == [["1:2", "markdown-control-character"]])
}
