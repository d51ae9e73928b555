import Testing

@testable import Markdown

@Test func `headings move down one level and carry number and anchor`() {
  #expect(
    Reading("# 概况\n## 职责", numbering: .parts).html == """
      <h2 id="概况"><span class="number">第一部分</span> 概况</h2>
      <h3 id="职责"><span class="number">一、</span>职责</h3>
      """)
}

@Test func `lists keep their kind, start and tightness`() {
  #expect(
    Reading("3. 甲\n4. 乙\n\n   丙\n\n- 丁\n  - 戊").html == """
      <ol start="3">
      <li><p>甲</p></li>
      <li><p>乙</p>
      <p>丙</p></li>
      </ol>
      <ul>
      <li>丁
      <ul>
      <li>戊</li>
      </ul></li>
      </ul>
      """)
}

@Test func `line breaks join Chinese words without a space and Latin ones with`() {
  #expect(Reading("甲\n乙").html == "<p>甲乙</p>")
  #expect(Reading("甲。\n**“乙”**").html == "<p>甲。<strong>“乙”</strong></p>")
  #expect(Reading("one\ntwo").html == "<p>one\ntwo</p>")
  #expect(Reading("共\n{{ x }}\n元").html == "<p>共⟦x⟧元</p>")
  #expect(Reading("甲  \n乙\\\n丙").html == "<p>甲<br>\n乙<br>\n丙</p>")
  #expect(plainText(of: [.text("甲", .init(file: "")), .softBreak, .text("乙", .init(file: ""))]) == "甲乙")
}

@Test func `text and attributes are escaped byte by byte`() {
  let reading = Reading("a\"\u{338}<'>& [x\"](b\"\u{FE0F}%20%.pdf 't\"<') ![\"\u{338}](c d.png)")
  #expect(
    reading.html
      == "<p>a&quot;\u{338}&lt;&#39;&gt;&amp; "
      + "<a href=\"b%22\u{FE0F}%20%25.pdf\" title=\"t&quot;&lt;\">x&quot;</a>"
      + " ![&quot;\u{338}](c d.png)</p>")
  #expect(
    Reading("![\"甲](<c d.png>)").html == "<p><img src=\"c%20d.png\" alt=\"&quot;甲\" loading=\"lazy\"></p>")
}

@Test func `addresses pass through the caller`() {
  let document = Reading("[甲](a.csv)").document
  #expect(
    document.renderHTML(placeholder: { _ in "" }, link: { "/2025/" + $0 })
      == "<p><a href=\"/2025/a.csv\">甲</a></p>\n")
}

@Test func `full-width blanks at the head of a paragraph are left to the style sheet`() {
  #expect(Reading("　　本年收入").html == "<p>本年收入</p>")
  #expect(Reading("　　{{ 表 甲 }}").document.placeholders.map(\.isBlock) == [true])
}

@Test func `rules, quotations and fenced code are rendered`() {
  #expect(
    Reading("***\n\n> 甲\n\n~~~\n<a>\n~~~").html
      == "<hr>\n<blockquote>\n<p>甲</p>\n</blockquote>\n<pre><code>&lt;a&gt;\n</code></pre>")
}
