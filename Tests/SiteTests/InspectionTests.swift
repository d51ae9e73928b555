import Content
import Diagnostics
import Testing

@testable import Site

struct InspectionTests {
  private func faults(_ changes: [String: String] = [:], _ edit: (inout [Page]) -> Void = { _ in }) throws
    -> [String]
  {
    let renderer = try SmallSite.renderer()
    var rendered = renderer.render(try SmallSite.unit(changes).unit)
    edit(&rendered.pages)
    return inspect(rendered, elsewhere: Set(renderer.sharedPaths), settings: renderer.settings)
      .map { "\($0.id) \($0.place.file): \($0.message)" }
  }

  private func faults(replacing old: String, with new: String) throws -> [String] {
    try faults { pages in
      for index in pages.indices where pages[index].kind == .disclosure {
        pages[index].bytes = Array(pages[index].text.replacing(old, with: new).utf8)
      }
    }
  }

  private let page = "jyj/2022/budget/index.html"

  @Test func `a link to an anchor that does not exist is named with its page`() throws {
    let narrative = try #require(SmallSite.unitFiles["2022/budget/narrative.md"]).replacing(
      "(#概况)", with: "(#概貌)")
    #expect(
      try faults(["2022/budget/narrative.md": narrative])
        == ["page-dead-link \(page): 链接“#概貌”的锚点“概貌”不存在"])
  }

  @Test func `a link to a page, a download or an asset that does not exist is named`() throws {
    #expect(
      try faults(replacing: "href=\"detail.csv\"", with: "href=\"detial.csv\"")
        == ["page-dead-link \(page): 链接“detial.csv”指向的“jyj/2022/budget/detial.csv”不存在"])
    #expect(
      try faults(replacing: "href=\"../../index.html\"", with: "href=\"../../../../index.html\"")
        == ["page-dead-link \(page): 链接“../../../../index.html”指向网站以外"])
    #expect(
      try faults(replacing: "href=\"../../../sitemap.html\"", with: "href=\"/sitemap.html\"").count == 1)
  }

  @Test func `what is loaded from another host is named, a mere link to one is not`() throws {
    #expect(
      try faults(replacing: "</main>", with: "<img src=\"https://dcs.example.cn/x.png\" alt=\"\"></main>")
        == ["page-foreign-resource \(page): 引用了别的网站的“https://dcs.example.cn/x.png”"])
    #expect(
      try faults(replacing: "</main>", with: "<script src=\"//x.example/a.js\"></script></main>").count == 1)
    #expect(
      try faults(replacing: "</main>", with: "<a href=\"https://www.gov.cn/\">中国政府网</a></main>").isEmpty)
    #expect(try faults(replacing: "</main>", with: "<a href=\"JavaScript:x()\">x</a></main>").count == 1)
  }

  @Test func `tags, headings and anchors are looked at`() throws {
    #expect(
      try faults(replacing: "content=\"2022-02-18 09:00\"", with: "content=\"2022-2-18\"")
        == ["page-meta \(page): PubDate“2022-2-18”应为 YYYY-MM-DD HH:MM"])
    #expect(
      try faults(
        replacing: "name=\"SiteIDCode\" content=\"4403000001\"", with: "name=\"SiteIDCode\" content=\"\"")
        == ["page-meta \(page): <meta name=\"SiteIDCode\"> 的内容是空的"])
    #expect(
      try faults(replacing: "name=\"ColumnType\"", with: "name=\"columntype\"")
        == ["page-meta \(page): 缺少 <meta name=\"ColumnType\">"])
    #expect(
      try faults(replacing: "</main>", with: "<h2>x</h2><h4>x</h4></main>")
        == ["page-headings \(page): 标题从第 2 级跳到了第 4 级"])
    #expect(
      try faults(replacing: "</main>", with: "<h1>x</h1></main>") == [
        "page-headings \(page): 页面应有一个一级标题，这里有 2 个"
      ])
    #expect(
      try faults(replacing: "</main>", with: "<p id=\"overview\"></p></main>")
        == ["page-duplicate-id \(page): 锚点“overview”出现了不止一次"])
    #expect(
      try faults(replacing: "</main>", with: "<p aria-labelledby=\"nobody\"></p></main>")
        == ["page-dead-reference \(page): 引用的“nobody”不在本页"])
  }

  @Test func `among a thousand anchors each one twice is named, and each link is followed`() throws {
    let anchors = (1...1_000).map { "<p id=\"行\($0)\"></p><a href=\"#行\($0)\">\($0)</a>" }.joined()
    let more = "<p id=\"行7\"></p><p id=\"行999\"></p><p aria-labelledby=\"行500 行1001\"></p>"
    #expect(
      try faults(replacing: "</main>", with: anchors + more + "</main>") == [
        "page-duplicate-id \(page): 锚点“行7”出现了不止一次", "page-duplicate-id \(page): 锚点“行999”出现了不止一次",
        "page-dead-reference \(page): 引用的“行1001”不在本页",
      ])
  }

  @Test func `two disclosures with one number are named`() throws {
    let (unit, _) = try SmallSite.unit()
    var first = UnitSummary(unit)
    var second = first
    second.unit.slug = "wjj"
    #expect(inspectIndexNumbers([first, second]).map(\.id) == ["page-index-number"])
    #expect(inspectIndexNumbers([first]).isEmpty)
    // What is still to be written is no number.
    for index in first.documents.indices { first.documents[index].indexNumber = "【待填】" }
    second = first
    second.unit.slug = "wjj"
    #expect(inspectIndexNumbers([first, second]).isEmpty)
  }

  @Test(arguments: [
    "<", "<a", "<a href", "<a href=", "<a href=\"", "<!-", "<!--", "<script>", "</", "<a/=>", "<a b=c",
  ])
  func `broken bytes do not stop inspection`(text: String) throws {
    let renderer = try SmallSite.renderer()
    let pages = RenderedPages(pages: [Page(path: "a.html", bytes: Array(text.utf8), kind: .notFound)])
    #expect(!inspect(pages, elsewhere: [], settings: renderer.settings).isEmpty)
  }
}
