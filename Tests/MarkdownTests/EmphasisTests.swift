import Testing

@testable import Markdown

@Test(arguments: [
  ("本年**“三公”经费**支出", "本年<strong>“三公”经费</strong>支出"),
  ("**收入（万元）**合计", "<strong>收入（万元）</strong>合计"),
  ("**注意：**以下", "<strong>注意：</strong>以下"),
  ("执行**100%**的", "执行<strong>100%</strong>的"),
  ("*（一）*基本支出", "<em>（一）</em>基本支出"),
  ("项**《预算法》**规定", "项<strong>《预算法》</strong>规定"),
  ("**《预算法》**规定", "<strong>《预算法》</strong>规定"),
  ("按**《预算法》**", "按<strong>《预算法》</strong>"),
  ("**A。****B。**C", "<strong>A。</strong><strong>B。</strong>C"),
  ("**甲**、**乙**和**“丙”**等", "<strong>甲</strong>、<strong>乙</strong>和<strong>“丙”</strong>等"),
  ("**甲****乙**", "<strong>甲</strong><strong>乙</strong>"),
  ("前*“甲”*后", "前<em>“甲”</em>后"),
  ("前***“甲”***后", "前<em><strong>“甲”</strong></em>后"),
  ("见**[附表](a.csv)**的", "见<strong><a href=\"a.csv\">附表</a></strong>的"),
  ("代码**`a*b`**的", "代码<strong><code>a*b</code></strong>的"),
  ("**{{ x }}**元", "<strong>⟦x⟧</strong>元"),
  ("共**{{ x }} 万元**。", "共<strong>⟦x⟧ 万元</strong>。"),
  ("共**（{{ x }}）**元", "共<strong>（⟦x⟧）</strong>元"),
  ("**增长{{ x }}%**的", "<strong>增长⟦x⟧%</strong>的"),
])
func `emphasis beside Chinese punctuation is emphasis`(_ text: String, _ html: String) {
  let reading = Reading(text)
  #expect(reading.html == "<p>\(html)</p>")
  #expect(reading.table == [])
}

@Test func `two emphases in one paragraph keep to their own words, over lines too`() {
  let reading = Reading("项**《预算法》**规定\n续**100%**的")
  #expect(reading.html == "<p>项<strong>《预算法》</strong>规定续<strong>100%</strong>的</p>")
}

@Test func `emphasis is mended in lists, headings and quotations`() {
  let reading = Reading("# 关于**“三公”**经费\n\n- 执行**100%**的\n  项**《预算法》**规定\n\n> 按**“甲”**办\n> 共**“乙”**项")
  #expect(
    reading.html == """
      <h2 id="关于-三公-经费">关于<strong>“三公”</strong>经费</h2>
      <ul>
      <li>执行<strong>100%</strong>的项<strong>《预算法》</strong>规定</li>
      </ul>
      <blockquote>
      <p>按<strong>“甲”</strong>办共<strong>“乙”</strong>项</p>
      </blockquote>
      """)
  #expect(reading.table == [])
}

@Test(arguments: [
  ("`项**《预算法》**规定`", "<code>项**《预算法》**规定</code>"),
  (#"项\*\*《预算法》\*\*规定"#, "项**《预算法》**规定"),
  ("[甲](a**《b》**c.pdf)", "<a href=\"a**《b》**c.pdf\">甲</a>"),
  (
    "<https://example.cn/a**（b）**c>",
    "<a href=\"https://example.cn/a**（b）**c\">https://example.cn/a**（b）**c</a>"
  ),
  ("3*4*5", "3*4*5"),
  ("foo*(bar)*baz", "foo*(bar)*baz"),
])
func `stars in code, addresses, escapes and products stay`(_ text: String, _ html: String) {
  let reading = Reading(text)
  #expect(reading.html == "<p>\(html)</p>")
  #expect(reading.table == [])
}

@Test func `code blocks are left as they are`() {
  let reading = Reading("```text\n项**《预算法》**规定 {{ x }}\n[甲]: 乙\n```")
  #expect(
    reading.html
      == "<pre><code class=\"language-text\">项**《预算法》**规定 {{ x }}\n[甲]: 乙\n</code></pre>")
  #expect(reading.document.placeholders.isEmpty)
  #expect(reading.table == [])
}

@Test func `stars that stayed text are pointed at once a pair`() {
  #expect(Reading("本年 ** 收入 ** 合计").table == [["1:4", "markdown-emphasis-literal"]])
  #expect(Reading("一\n本年**收入").table == [["2:3", "markdown-emphasis-literal"]])
  #expect(Reading("本年__收入__合计").table == [["1:3", "markdown-emphasis-literal"]])
  #expect(Reading("见 a__b.csv，填 ____ 年").table == [])
  #expect(Reading(#"本年\*\*收入 1101********1234"#).table == [])
}
