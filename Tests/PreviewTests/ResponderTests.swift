import Diagnostics
import Testing

@testable import Preview

@Suite struct ResponderTests {
  private let site = SmallSite()

  @Test(arguments: [
    ("/", "text/html; charset=utf-8"), ("/index.html", "text/html; charset=utf-8"),
    ("/jyj/2024/budget/", "text/html; charset=utf-8"), ("/assets/site.css", "text/css; charset=utf-8"),
    ("/jyj/2024/budget/%E8%A1%A8.csv", "text/csv; charset=utf-8"),
    ("/%E9%99%84%E4%BB%B6.pdf", "application/pdf"),
    ("/__gongkai/preview.js", "text/javascript; charset=utf-8"),
    ("/__gongkai/preview.css", "text/css; charset=utf-8"),
    ("/__gongkai/findings.json", "application/json; charset=utf-8"),
  ])
  func `a path of the site is answered with its type`(_ path: String, _ type: String) async {
    let response = await site.get(path)
    #expect(response.status == 200)
    #expect(response.header("Content-Type") == type)
    #expect(response.header("Cache-Control") == "no-store")
    #expect(!response.body.isEmpty)
  }

  @Test func `without its layer a page has the bytes of the build`() async throws {
    for path in ["index.html", "jyj/2024/budget/index.html"] {
      let file = try #require(site.state.withLock { $0.files[path] })
      #expect(await site.get("/" + path, query: "plain").body == file.bytes)
      let shown = await site.get("/" + path).text
      let tags = shown.matches(of: /<link [^>]*__gongkai[^>]*><script [^>]*__gongkai[^>]*><\/script>/)
      #expect(tags.count == 1)
      let stripped = shown.replacing(
        /<link [^>]*__gongkai[^>]*><script [^>]*__gongkai[^>]*><\/script>/, with: ""
      )
      .replacing(#/ data-place="[^"]*"/#, with: "")
      #expect(Array(stripped.utf8) == file.bytes)
    }
  }

  @Test func `a page tells its script which page it is`() async {
    let page = await site.get("/jyj/2024/budget/").text
    #expect(page.contains("data-page=\"jyj/2024/budget/index.html\""))
    #expect(page.contains("data-place=\"表.csv:2:1\""))
  }

  @Test func `what the site lacks is answered with its own page for that`() async {
    let response = await site.get("/jyj/2031/%22%3E%3Cscript%3E/")
    #expect(response.status == 404)
    #expect(response.header("Content-Type") == "text/html; charset=utf-8")
    #expect(response.text.contains("找不到"))
    #expect(response.text.contains("data-page=\"jyj/2031/&quot;>&lt;script>/index.html\""))
  }

  @Test func `a site that has no page yet says so, on a page that will follow`() async {
    site.state.withLock { $0.files = [:] }
    let response = await site.get("/")
    #expect(response.status == 503)
    #expect(response.text.contains("网站现在还不能生成"))
    #expect(response.text.contains("data-page=\"index.html\""))
  }

  @Test func `a folder is answered by its address with a slash`() async {
    let response = await site.get("/jyj/2024/budget", query: "plain")
    #expect(response.status == 302)
    #expect(response.header("Location") == "/jyj/2024/budget/?plain")
  }

  @Test func `addresses under the base path lead to the site too`() async {
    site.state.withLock { $0.basePath = "/czj/yjs/" }
    #expect(await site.get("/czj/yjs/assets/site.css").text == "a{}\n")
    #expect(await site.get("/czj/yjs/").status == 200)
    #expect(await site.get("/czj/assets/site.css").status == 404)
  }

  @Test(arguments: ["/%2e%2e/Package.swift", "/..%2fPackage.swift", "/index.html%00", "/%ff", "//etc/passwd"])
  func `no request leaves the site`(_ path: String) async {
    #expect([400, 404].contains(await site.get(path).status))
  }

  @Test(arguments: [
    "evil.example", "evil.example:8000", "127.0.0.1", "127.0.0.1:8001", "localhost:80",
    "127.0.0.1.evil.example:8000",
    "", nil,
  ])
  func `a request for another host is refused`(_ host: String?) async {
    let response = await site.get("/", host: host)
    #expect(response.status == 421)
    #expect(response.text.contains("http://127.0.0.1:8000/"))
    #expect(!response.text.contains("首页"))
  }

  @Test(arguments: ["127.0.0.1:8000", "localhost:8000", "LocalHost:8000", "[::1]:8000"])
  func `this machine may be called by its names`(_ host: String) async {
    #expect(await site.get("/", host: host).status == 200)
  }

  @Test(arguments: ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "FOO"])
  func `only reading is answered`(_ method: String) async {
    let response = await site.get("/", method: method)
    #expect(response.status == 405)
    #expect(response.header("Allow") == "GET, HEAD")
  }

  @Test func `a part of a file can be asked for`() async {
    let part = await site.get("/%E9%99%84%E4%BB%B6.pdf", range: "bytes=1-2")
    #expect(part.status == 206)
    #expect(part.text == "PD")
    #expect(part.header("Content-Range") == "bytes 1-2/4")
    let none = await site.get("/%E9%99%84%E4%BB%B6.pdf", range: "bytes=4-")
    #expect(none.status == 416)
    #expect(none.header("Content-Range") == "bytes */4")
  }

  @Test func `trouble is told in words`() async {
    site.state.withLock { $0.trouble = .init("读不到 content") }
    let response = await site.get("/")
    #expect(response.status == 500)
    #expect(response.text.contains("读不到 content"))
  }

  @Test func `findings say where they stand on the page, and on which page`() async {
    var finding = Finding(
      "sum-of-rows", at: Place(file: "网站/content/jyj/2024/budget/表.csv", line: 2, column: 1, length: 3),
      "合计 \"3\"",
      hint: "核对", notes: [.init("分项", at: Place(file: "网站/content/jyj/2024/budget/表.csv", line: 3))],
      subject: Subject(unit: "jyj", year: 2024, kind: "budget"))
    let other = Finding("disk", .warning, at: Place(file: "网站/content/site.yaml"), "读不了")
    var waived = other
    waived.waived = "理由"
    site.state.withLock { state in
      state.findings = [finding, other, waived]
      state.files["jyj/2024/budget/index.html"]?.findings = [finding]
      state.files["jyj/2024/budget/index.html"]?.isLastGood = true
    }
    let json = await site.get("/__gongkai/findings.json", query: "page=jyj%2F2024%2Fbudget%2Findex.html").text
    for words in [
      #""isLastGood":true"#, #""counts":{"info":0,"warning":1,"error":1}"#, #""at":"表.csv:2:1""#,
      #""where":"网站/content/jyj/2024/budget/表.csv:2:1""#, #""at":"表.csv:3:1""#, #""message":"合计 \"3\"""#,
      #""page":"/jyj/2024/budget/index.html""#, #""where":"网站/content/site.yaml""#,
    ] {
      #expect(json.replacing("\",\"", with: "\",\"").contains(words), "\(words)")
    }
    #expect(json.components(of: "读不了") == 1)
    finding.subject.kind = "final-accounts"
    #expect(await site.get("/__gongkai/findings.json").text.contains(#""isLastGood":false"#))
  }
}

extension String {
  fileprivate func components(of word: String) -> Int { ranges(of: word).count }
}
