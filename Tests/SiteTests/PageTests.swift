import Content
import Diagnostics
import Parsing
import Testing

@testable import Site

struct PageTests {
  private func render(_ changes: [String: String] = [:]) throws -> [Page] {
    try SmallSite.renderer().render(try SmallSite.unit(changes).unit).pages
  }

  private func disclosure(_ changes: [String: String] = [:]) throws -> String {
    try render(changes).page("jyj/2022/budget/index.html").text
  }

  @Test func `a small unit becomes pages that pass inspection`() throws {
    let (unit, findings) = try SmallSite.unit()
    #expect(findings.map(\.message) == [])
    let renderer = try SmallSite.renderer()
    let rendered = renderer.render(unit)
    #expect(
      rendered.pages.map(\.path) == [
        "jyj/index.html", "jyj/2022/budget/index.html", "jyj/2022/budget/overview.csv",
        "jyj/2022/budget/detail.csv", "jyj/2022/budget/goals.csv", "jyj/2022/budget/goals.indicators.csv",
      ])
    let site = renderer.renderSite([UnitSummary(unit)])
    let units = Set(rendered.pages.map(\.path))
    let found =
      inspect(rendered, elsewhere: Set(renderer.sharedPaths), settings: renderer.settings)
      + inspect(RenderedPages(pages: site), elsewhere: units, settings: renderer.settings)
    #expect(found.map { "\($0.place.file): \($0.message)" } == [])
  }

  @Test func `the same input gives the same bytes, from a copy of the theme too`() throws {
    let renderer = try SmallSite.renderer()
    let (unit, _) = try SmallSite.unit()
    #expect(renderer.render(unit) == renderer.separateCopy().render(unit))
  }

  @Test func `places are all that the preview's pages have more`() throws {
    let renderer = try SmallSite.renderer()
    let (unit, _) = try SmallSite.unit()
    let plain = renderer.render(unit)
    let marked = renderer.showingPlaces().separateCopy().render(unit)
    #expect(plain.pages.map(\.path) == marked.pages.map(\.path))
    for (page, other) in zip(plain.pages, marked.pages) {
      #expect(!page.text.contains("data-place"))
      #expect(other.text.replacing(#/ data-place="[^"]*"/#, with: "") == page.text, "\(page.path)")
    }
    let page = try marked.pages.page("jyj/2022/budget/index.html").text
    let places = page.matches(of: #/ data-place="([^"]*)"/#).map { String($0.1) }
    #expect(places.contains { $0.hasPrefix("narrative.md:") })
    #expect(places.contains { $0.hasPrefix("overview.csv:2:") || $0.hasPrefix("收支总表.csv:2:") })
  }

  @Test func `the page carries the tags that government sites must have`() throws {
    let page = try disclosure()
    for tag in [
      ("generator", "gongkai"), ("SiteName", "某某区预决算公开"), ("SiteDomain", "www.example.gov.cn"),
      ("SiteIDCode", "4403000001"), ("ColumnName", "部门预算"), ("ColumnType", "信息公开目录"),
      ("ArticleTitle", "某某区教育局2022年部门预算"), ("PubDate", "2022-02-18 09:00"), ("ContentSource", "某某区教育局"),
      ("Url", "https://www.example.gov.cn/czj/yjs/jyj/2022/budget/index.html"),
    ] {
      #expect(page.contains("<meta name=\"\(tag.0)\" content=\"\(tag.1)\">"), "\(tag.0)")
    }
    #expect(page.contains("<title>2022年部门预算 - 某某区教育局 - 某某区预决算公开</title>"))
    #expect(page.contains("<p class=\"banner\"><span class=\"frame\">示例数据</span></p>"))
  }

  @Test func `figures and tables stand where the text puts them, the others follow in order`() throws {
    let page = try disclosure()
    let order = [
      "收入为1,273.50 万元。", "id=\"overview\"", "</span>细节</h3>", ">附表</h2>", "id=\"detail\"", "id=\"goals\"",
    ]
    var rest = page[...]
    for words in order {
      let found = try #require(rest.firstRange(of: words), "\(words)")
      rest = rest[found.upperBound...]
    }
    #expect(page.contains("<h3 class=\"table-title\" id=\"overview:title\">"))
    #expect(page.contains("<a href=\"#概况\">第一部分 概况</a>"))
  }

  @Test func `markup in data is text on the page`() throws {
    let page = try disclosure()
    #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    #expect(!page.contains("<script>alert"))
    #expect(page.contains("教育&quot;工程&quot;"))
  }

  @Test func `a quotation mark with a combining mark does not leave its attribute`() throws {
    let changed = SmallSite.unitFiles["2022/budget/disclosure.yaml"].map {
      $0.replacing("description: 预算", with: "description: 'a\"\u{338} onload=x'")
    }
    let page = try disclosure(["2022/budget/disclosure.yaml": try #require(changed)])
    #expect(page.contains("content=\"a&quot;\u{338} onload=x\""))
  }

  @Test func `the states of a cell stay apart on the page`() throws {
    let page = try disclosure()
    #expect(
      page.contains("<data value=\"1200.50\">1,200.50</data>")
        || page.contains("<data value=\"1200.5\">1,200.50</data>"))
    #expect(page.contains("<data value=\"0\">0</data>"))
    #expect(page.contains("<data value=\"78.5\">78.5%</data>"))
    #expect(page.contains("number dash"))
    #expect(page.contains("number none"))
    #expect(page.contains("number blank"))
  }

  @Test func `what is personal is printed nowhere`() throws {
    for page in try render() {
      for word in ["张三", "李四", "王五", "经办人", "填表人"] { #expect(!page.text.contains(word), "\(page.path)") }
    }
  }

  @Test func `CSV carries exact figures in one flat header, and can be read again`() throws {
    let pages = try render()
    let overview = try pages.page("jyj/2022/budget/overview.csv")
    #expect(overview.bytes.starts(with: [0xEF, 0xBB, 0xBF]))
    #expect(
      overview.text.dropFirst() == """
        收入/项目,收入/预算数,支出/项目,支出/预算数
        财政拨款,1200.5,基本支出,1273.50
        其他收入,73,,
        收入总计,1273.50,支出总计,1273.50

        """)
    #expect(
      try pages.page("jyj/2022/budget/detail.csv").text.dropFirst() == """
        科目编码,科目名称,支出/合计,支出/占比
        2050101,行政运行,1000.00,78.5
        2050102,<script>alert(1)</script>,0,－
        2050103,其他,,无

        """)
    let again = ["2022/budget/收支总表.csv": String(overview.text.dropFirst())]
    #expect(try render(again).page("jyj/2022/budget/overview.csv") == overview)
  }

  @Test func `a sheet becomes fields and one file for each table in it`() throws {
    let pages = try render()
    #expect(
      try pages.page("jyj/2022/budget/goals.csv").text.dropFirst()
        == "栏目,内容\n名称,\"教育\"\"工程\"\"\"\n人数,12\n总体目标,\"第一段。\n第二段。\"\n")
    let page = try pages.page("jyj/2022/budget/index.html").text
    #expect(page.contains("rowspan=\"3\">产出指标"))
    #expect(page.contains("rowspan=\"2\">数量指标"))
    #expect(page.contains("<p>第一段。</p>\n<p>第二段。</p>"))
  }

  @Test func `an empty table keeps its header and says so`() throws {
    let page = try disclosure(["2022/budget/支出明细表.csv": "科目编码,科目名称,支出/合计,支出/占比\n"])
    #expect(page.contains("<tr class=\"statement\"><td colspan=\"4\">本表无数据，特此说明。</td></tr>"))
  }

  @Test func `links are relative, and only tags, site map and 404 know the base path`() throws {
    let renderer = try SmallSite.renderer()
    let (unit, _) = try SmallSite.unit()
    let page = try renderer.render(unit).pages.page("jyj/2022/budget/index.html").text
    #expect(page.contains("<a href=\"../../../index.html\">首页</a>"))
    #expect(page.contains("<a href=\"../../index.html\">"))
    #expect(!page.contains("href=\"/"))
    let site = renderer.renderSite([UnitSummary(unit)])
    #expect(
      try site.page("sitemap.xml").text.contains(
        "<loc>https://www.example.gov.cn/czj/yjs/jyj/2022/budget/index.html</loc>"
          + "<lastmod>2022-02-18</lastmod>"
      ))
    #expect(try site.page("404.html").text.contains("href=\"/czj/yjs/index.html\""))
    #expect(
      try site.page("robots.txt").text.hasSuffix("Sitemap: https://www.example.gov.cn/czj/yjs/sitemap.xml\n"))
  }

  @Test func `a disclosure that is held back is a gap with its reason`() throws {
    let renderer = try SmallSite.renderer()
    let (unit, _) = try SmallSite.unit()
    let held = ["2022/budget": "有 2 个错误待改正"]
    let rendered = renderer.render(unit, holding: held)
    #expect(rendered.pages.map(\.path) == ["jyj/index.html"])
    let own = try rendered.pages.page("jyj/index.html").text
    #expect(own.contains("未公开：有 2 个错误待改正"))
    let portal = try renderer.renderSite([UnitSummary(unit, holding: held)]).page("index.html").text
    #expect(portal.contains("有 2 个错误待改正"))
    #expect(portal.contains("status gap\">未公开") || portal.contains("gap\">未公开"))
  }

  @Test func `the portal shows a gap where others of the city have published`() throws {
    let renderer = try SmallSite.renderer()
    let (unit, _) = try SmallSite.unit()
    let published = UnitSummary(unit)
    var late = published
    late.unit.slug = "wjj"
    late.unit.shortName = "卫健局"
    late.documents = []
    var elsewhere = late
    elsewhere.unit.slug = "other"
    elsewhere.unit.region = ["他省", "他市"]
    var old = try #require(published.documents.first)
    old.year = 2021
    elsewhere.documents = [old]
    let portal = try renderer.renderSite([published, late, elsewhere]).page("index.html").text
    func cells(_ slug: String) throws -> [String] {
      let start = try #require(portal.firstRange(of: "page-matrix:r-\(slug)"))
      let row = portal[start.upperBound...]
      let end = try #require(row.firstRange(of: "</tr>"))
      let words = ["published", "gap", "not-required"]
      return row[..<end.lowerBound].split(separator: "<td").dropFirst().map { cell in
        words.first { cell.split(separator: ">").first?.contains($0) ?? false } ?? ""
      }
    }
    #expect(try cells("jyj") == ["published", "not-required"])
    #expect(try cells("wjj") == ["gap", "gap"])
    #expect(try cells("other") == ["not-required", "published"])
  }
}
