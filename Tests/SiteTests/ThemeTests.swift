import Diagnostics
import Files
import Fiscal
import Testing

@testable import Site

struct ThemeTests {
  private func file(_ path: String, _ text: String) -> ThemeFile {
    ThemeFile(path: path, bytes: Array(text.utf8), shownPath: "Themes/own/" + path)
  }

  private func findings(_ files: [ThemeFile]) -> [Finding] {
    var findings: [Finding] = []
    _ = Theme.load([files], findings: &findings)
    return findings
  }

  private func page(_ body: String) -> String { "{{<layout}}\n{{$main}}\n\(body)\n{{/main}}\n{{/layout}}\n" }

  @Test func `the standard theme keeps to the contract`() {
    var findings: [Finding] = []
    let theme = Theme.load([], findings: &findings)
    #expect(findings.isEmpty)
    #expect(theme != nil)
  }

  @Test(arguments: [
    ("<p>{{titel}}</p>", "theme-unknown-variable", 3, 4, "title"),
    ("{{#facst}}x{{/facst}}", "theme-unknown-variable", 3, 1, "facts"),
    ("中文 {{> fact}}", "theme-unknown-partial", 3, 4, "facts"),
    ("{{#years}}{{#documents}}{{kinds}}{{/documents}}{{/years}}", "theme-unknown-variable", 3, 25, "kind"),
    ("{{documents}}", "theme-unknown-variable", 3, 1, ""),
    ("{{{title}}}", "theme-wrong-use", 3, 1, "{{title}}"),
    ("{{intro}}", "theme-wrong-use", 3, 1, "{{{intro}}}"),
    ("{{years}}", "theme-wrong-use", 3, 1, "{{#years}}"),
    ("{{#parentName}}x{{/parentName}}", "theme-wrong-use", 3, 1, "hasParent"),
    ("{{#hasFacts}}\n<p>", "theme-syntax", 5, 1, "hasFacts"),
    ("{{/hasFacts}}", "theme-syntax", 3, 1, "main"),
    ("{{uppercased(title)}}", "theme-syntax", 3, 1, ""),
    ("{{=<% %>=}}", "theme-syntax", 3, 1, ""),
    ("{{% CONTENT_TYPE: TEXT}}", "theme-syntax", 3, 1, ""),
    ("{{title", "theme-syntax", 3, 1, "}}"),
    ("<p>\r<b>\r\n{{title", "theme-syntax", 5, 1, "}}"),
  ])
  func `a fault in a template is named at its place`(
    body: String, id: String, line: Int, column: Int, hint: String
  ) throws {
    let found = findings([file("unit.mustache", page(body))])
    let first = try #require(found.first)
    #expect(first.id == id)
    #expect(first.place.file == "Themes/own/unit.mustache")
    #expect(first.place.line == line)
    #expect(first.place.column == column)
    #expect(hint.isEmpty || (first.hint ?? "").contains(hint))
  }

  @Test func `a part of the site's own is checked where it is brought in`() throws {
    let used = findings([
      file("sitemap.mustache", page("{{> own}}")), file("own.mustache", "{{#groups}}{{facts}}{{/groups}}\n"),
    ])
    #expect(used.map(\.place) == [Place(file: "Themes/own/own.mustache", line: 1, column: 12, length: 9)])
    let unused = findings([file("own.mustache", "x")])
    #expect(unused.map(\.id) == ["theme-unused-file"])
    #expect(unused.map(\.severity) == [.warning])
    let circle = findings([file("sitemap.mustache", page("{{> own}}")), file("own.mustache", "{{> own}}")])
    #expect(circle.map(\.message) == ["“own”引入了它自己"])
  }

  @Test func `words outside the blocks would be lost and are named`() {
    let found = findings([file("404.mustache", "{{<layout}}\n<p>x</p>\n{{$mian}}y{{/mian}}\n{{/layout}}\n")])
    #expect(found.map(\.id) == ["theme-syntax", "theme-unknown-block"])
    #expect(found.last?.hint == "是否想写“main”？")
  }

  @Test func `a site's own template stands before the standard one, the others stay`() throws {
    let own = page("<h1>{{title}}</h1>\n<p class=\"own\">自己的网站地图</p>")
    let renderer = try SmallSite.renderer([[file("sitemap.mustache", own)]])
    let (unit, _) = try SmallSite.unit()
    let pages = renderer.renderSite([UnitSummary(unit)])
    #expect(try pages.page("sitemap.html").text.contains("<p class=\"own\">自己的网站地图</p>"))
    #expect(try pages.page("index.html").text.contains("公开情况"))
  }

  @Test func `an asset is published under the digest of its bytes and found from every depth`() throws {
    let css = "p { color: red }\n"
    let renderer = try SmallSite.renderer([[file("assets/site.css", css)]])
    let digest = try sha256(Array(css.utf8)).prefix(12)
    let asset = try #require(renderer.theme.assets.first { $0.path.hasSuffix(".css") })
    #expect(asset.path == "assets/site.\(digest).css")
    #expect(asset.bytes == Array(css.utf8))
    let (unit, _) = try SmallSite.unit()
    let rendered = renderer.render(unit)
    #expect(
      try rendered.pages.page("jyj/2022/budget/index.html").text.contains("href=\"../../../\(asset.path)\""))
    let notFound = try renderer.renderSite([]).page("404.html")
    #expect(notFound.text.contains("href=\"/czj/yjs/\(asset.path)\""))
  }

  @Test(arguments: [
    "a { background: url(https://x.example/a.png) }", "@import \"b.css\";", "a { background: url('b.png') }",
  ])
  func `a style sheet may not ask for other files`(css: String) {
    #expect(findings([file("assets/site.css", css)]).map(\.id) == ["theme-asset"])
  }

  @Test func `an icon inside a style sheet is allowed`() {
    #expect(findings([file("assets/site.css", "a { background: url(\"data:image/svg+xml,x\") }")]).isEmpty)
  }

  @Test func `values give exactly the variables of the contract`() throws {
    let renderer = try SmallSite.renderer()
    let frame = PageFrame(path: "index.html", title: "x", renderer: renderer).values()
    let names = Set(frame.values.keys.filter { !$0.hasPrefix("asset_") })
    #expect(names == Set(ThemeContract.common.keys))
  }

  @Test func `the README lists every variable with its kind`() throws {
    let readme = try #require(Theme.standardFiles.first { $0.path == "README.md" })
    let words = ContractWords(String(decoding: readme.bytes, as: UTF8.self))
    let shared = ["facts", "downloads", "contacts"]
    var lists = words.lists
    for template in ["layout", "portal", "unit", "disclosure", "sitemap", "404"] {
      let variables =
        template == "layout"
        ? ThemeContract.common : try #require(ThemeContract.Template(rawValue: template)).variables
      let described = try #require(words.variables[template])
      #expect(described == variables.mapValues(\.chinese), "\(template)")
      compare(variables, prefix: "", shared: shared, with: &lists)
    }
    #expect(lists.isEmpty, "described, but not in the contract")
  }

  private func compare(
    _ variables: ThemeVariables, prefix: String, shared: [String],
    with lists: inout [String: [String: String]]
  ) {
    for (name, variable) in variables.sorted(by: { $0.key < $1.key }) {
      guard case .list(let items) = variable else { continue }
      if let described = lists.removeValue(forKey: prefix + name) {
        #expect(described == items.mapValues(\.chinese), "\(prefix + name)")
      } else {
        let sharedItems = [
          ThemeContract.fact, ThemeContract.download, ThemeContract.contact, ["title": .text, "url": .text],
        ]
        #expect(sharedItems.contains(items), "\(prefix + name) is not described")
      }
      compare(items, prefix: prefix + name + ".", shared: shared, with: &lists)
    }
  }
}

/// The tables of the theme's README: variables of each template, and of the items of each list.
private struct ContractWords {
  var variables: [String: [String: String]] = [:]
  var lists: [String: [String: String]] = [:]

  init(_ text: String) {
    var template: String?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("## ") {
        template = line.firstRange(of: ".mustache").flatMap { end in
          line[..<end.lowerBound].lastIndex(of: "`").map {
            String(line[line.index(after: $0)..<end.lowerBound])
          }
        }
        if let template { variables[template] = [:] }
      }
      guard line.hasPrefix("| `") else { continue }
      let cells = line.split(separator: "|").map { String($0).trimmingBlanks }
      let names = Self.quoted(cells.first ?? "")
      if cells.count >= 3, let template {
        let kinds = cells[1].split(separator: "、").map(String.init)
        for (index, name) in names.enumerated() where !name.hasPrefix("asset_") {
          variables[template]?[name] = index < kinds.count ? kinds[index] : kinds.last ?? ""
        }
      } else if cells.count == 2, let list = names.first, cells[1].contains("文本") {
        lists[list] = Self.items(cells[1])
      }
    }
  }

  /// `` `name` 文本（如…），`content` 文本 ``; several names may share a kind.
  private static func items(_ text: String) -> [String: String] {
    var items: [String: String] = [:]
    let parts = text.split(separator: "`", omittingEmptySubsequences: false).map(String.init)
    for index in stride(from: 1, to: parts.count - 1, by: 2) {
      for kind in ["文本", "真假", "片段", "列表"] where parts[index + 1].trimmingBlanks.hasPrefix(kind) {
        items[parts[index]] = kind
      }
    }
    return items
  }

  private static func quoted(_ text: String) -> [String] {
    let parts = text.split(separator: "`", omittingEmptySubsequences: false).map(String.init)
    return stride(from: 1, to: parts.count, by: 2).map { parts[$0] }
  }
}
