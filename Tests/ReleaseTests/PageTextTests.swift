import Testing

@testable import Release

struct PageTextTests {
  private func difference(_ old: String, _ new: String) -> TextDifference {
    TextDifference(paragraphs(of: Array(old.utf8)), paragraphs(of: Array(new.utf8)))
  }

  @Test func `a page is read without tables, head and sizes`() {
    let html = """
      <!DOCTYPE html><html><head><title>1</title></head><body><p>网站名 1</p><main><h1><span class="n">一、</span>总体  情况</h1>
      <p>收入 <strong>1,273.52</strong> 万元 &lt;含&gt;<br>第二行</p><table><tr><td>9</td></tr></table>
      <ul><li><a href="x">下载<span class="size">（1 KB）</span></a></li></ul><script>3</script></main><p>页脚</p></body></html>
      """
    #expect(
      paragraphs(of: Array(html.utf8)) == ["一、总体 情况", "收入 1,273.52 万元 <含>", "第二行", "下载"])
  }

  @Test(arguments: ["<", "<p", "<table>", "<script>1", "a<b", "<span class=\"size\">", "</", "<>"])
  func `a page that ends anywhere is read`(_ html: String) {
    _ = paragraphs(of: Array(html.utf8))
  }

  @Test func `a figure in the text is shown with the words around it`() {
    let found = difference(
      "<p>收入合计 3.00 万元，增长 5%。</p><p>共 2 人。</p>", "<p>收入合计 4.00 万元，增长 5%。</p><p>共 2 人。</p>")
    #expect(found.figures == [TextFigureChange(before: "收入合计 ", old: "3.00", new: "4.00", after: " 万元，")])
    #expect(found.added == [] && found.removed == [])
  }

  @Test func `paragraphs that moved are the same, others came or went`() {
    let found = difference("<p>甲 1</p><p>乙 2</p><p>丙</p>", "<p>丙</p><p>乙 3</p><p>丁 1</p>")
    #expect(found.figures.map(\.new) == ["3"])
    #expect(found.added == ["丁 1"] && found.removed == ["甲 1"])
    #expect(difference("<p>甲</p><p>甲</p>", "<p>甲</p><p>甲</p>").isEmpty)
    #expect(difference("<p>甲</p><p>甲</p>", "<p>甲</p>").removed == ["甲"])
  }
}
