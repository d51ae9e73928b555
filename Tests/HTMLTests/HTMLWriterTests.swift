import Testing

@testable import HTML

@Test(arguments: [
  ("收入 < 支出 & \"其他\" > '无'", "收入 &lt; 支出 &amp; &quot;其他&quot; &gt; &#39;无&#39;"),
  ("", ""),
  ("没有要转义的字", "没有要转义的字"),
  ("a\u{301}\u{1F600}", "a\u{301}\u{1F600}"),
  ("一\r\n二\r三\n", "一\n二\n三\n"),
  (
    "\u{0}\u{8}\u{B}\u{1F}\u{7F}\u{80}\u{9F}\u{A0}é",
    "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{A0}é"
  ),
])
func `text is escaped and cleaned of forbidden controls`(_ text: String, _ expected: String) {
  #expect(Array(HTMLWriter.escaped(text).utf8) == Array(expected.utf8))
}

@Test(arguments: ["\"\u{338}", "<\u{338}", ">\u{FE0F}", "&\u{20D2}", "'\u{301}"])
func `a mark that combines with a quotation mark does not hide it`(_ text: String) {
  let escaped = Array(HTMLWriter.escaped(text).utf8)
  #expect(escaped.first == UInt8(ascii: "&"))
  #expect(!escaped.dropFirst().contains { Array("\"<>'&".utf8).contains($0) })
}

@Test func `attributes cannot be broken out of`() {
  var html = HTMLWriter()
  html.element("a", [("title", "\" onclick=\"x")], text: "</a>")
  #expect(html.string == "<a title=\"&quot; onclick=&quot;x\">&lt;/a&gt;</a>")
}
