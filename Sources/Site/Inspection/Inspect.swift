import Content
import Diagnostics
import Files
import Fiscal

/// Looks at finished bytes, whatever made them: every link leads somewhere, headings keep their order, the
/// tags that government sites must carry are there, and nothing is loaded from another host.
///
/// - Parameters:
///   - rendered: The pages of one unit, or those of the site.
///   - elsewhere: Paths of pages and files of the site that are not among them.
public func inspect(_ rendered: RenderedPages, elsewhere: Set<String>, settings: SiteSettings) -> [Finding] {
  var inspector = Inspector(rendered, elsewhere: elsewhere, settings: settings)
  inspector.inspect()
  return inspector.findings
}

/// Numbers of 信息公开 that two disclosures share.
public func inspectIndexNumbers(_ summaries: [UnitSummary]) -> [Finding] {
  var owners: [String: UnitSummary.Document] = [:]
  var findings: [Finding] = []
  for summary in summaries {
    for document in summary.documents {
      guard let number = document.indexNumber, !Mark.isOpen(in: number) else { continue }
      guard let earlier = owners[number] else {
        owners[number] = document
        continue
      }
      findings.append(
        Finding(
          "page-index-number", at: document.place, "索引号“\(number)”与“\(earlier.title)”重复",
          hint: "索引号在全站只能用一次，改正 index-number", notes: [.init("先用的文档", at: earlier.place)],
          subject: Subject(unit: summary.slug, year: document.year, kind: document.kind.id)))
    }
  }
  return findings
}

private struct Inspector {
  let pages: [Page]
  let settings: SiteSettings
  var findings: [Finding] = []
  private var paths: Set<String>
  private var outlines: [String: PageOutline] = [:]

  init(_ rendered: RenderedPages, elsewhere: Set<String>, settings: SiteSettings) {
    pages = rendered.pages
    self.settings = settings
    paths = elsewhere
    for path in pages.map(\.path) + rendered.copies.map(\.to) where !paths.insert(path).inserted {
      report("page-path-twice", on: path, "有两个文件要写到“\(path)”", hint: "给其中一个附件或表改名")
    }
    for page in pages where page.kind.isHTML { outlines[page.path] = PageOutline(page.bytes) }
  }

  mutating func inspect() {
    for page in pages where page.kind.isHTML {
      guard let outline = outlines[page.path] else { continue }
      inspectMeta(page, outline)
      inspectHeadings(page, outline)
      for id in outline.duplicateIDs {
        report("page-duplicate-id", on: page.path, "锚点“\(id)”出现了不止一次", hint: "改标题的用词，使两处不同")
      }
      for id in Set(outline.danglingReferences).sorted() {
        report("page-dead-reference", on: page.path, "引用的“\(id)”不在本页", hint: "核对主题模板里的 aria-labelledby 等属性")
      }
      for link in outline.links { inspectLink(link, on: page) }
    }
  }

  // MARK: Tags and headings

  private mutating func inspectMeta(_ page: Page, _ outline: PageOutline) {
    var required = MetaTags.required
    switch page.kind {
    case .portal, .unit, .sitemap, .notFound: required += MetaTags.requiredOfColumns
    case .disclosure: required += MetaTags.requiredOfColumns + MetaTags.requiredOfArticles
    case .data, .asset: break
    }
    for name in required {
      let found = outline.meta.filter { $0.name == name }
      guard let first = found.first else {
        report(
          "page-meta", on: page.path, "缺少 <meta name=\"\(name)\">",
          hint: "布局模板要输出 meta 列表；内容来自 site.yaml 和 disclosure.yaml")
        continue
      }
      if found.count > 1 {
        report("page-meta", on: page.path, "<meta name=\"\(name)\"> 出现了 \(found.count) 次", hint: "模板里只输出一次")
      }
      if first.content.trimmingBlanks.isEmpty {
        report(
          "page-meta", on: page.path, "<meta name=\"\(name)\"> 的内容是空的",
          hint: "补上 site.yaml 或 disclosure.yaml 里对应的一项")
      } else if name == "PubDate", !Self.isMoment(first.content) {
        report(
          "page-meta", on: page.path, "PubDate“\(first.content)”应为 YYYY-MM-DD HH:MM",
          hint: "改正 disclosure.yaml 的 published")
      } else if name == "ColumnType",
        !MetaTags.ColumnType.allCases.contains(where: { $0.rawValue == first.content })
      {
        report(
          "page-meta", on: page.path, "ColumnType“\(first.content)”不在规定的栏目类别里", hint: "模板里不要自己写 ColumnType")
      }
    }
    if outline.language.isEmpty {
      report("page-language", on: page.path, "<html> 没有 lang", hint: "布局模板写 <html lang=\"zh-Hans\">")
    }
  }

  /// `2022-03-01 09:00`
  static func isMoment(_ text: String) -> Bool {
    let pattern = Array("dddd-dd-dd dd:dd".utf8)
    return text.utf8.count == pattern.count
      && zip(text.utf8, pattern).allSatisfy { byte, wanted in
        wanted == UInt8(ascii: "d") ? (0x30...0x39).contains(byte) : byte == wanted
      }
  }

  private mutating func inspectHeadings(_ page: Page, _ outline: PageOutline) {
    let first = outline.headings.count { $0 == 1 }
    if first != 1 {
      report("page-headings", on: page.path, "页面应有一个一级标题，这里有 \(first) 个", hint: "核对模板里的 <h1>")
    }
    var previous = 0
    for level in outline.headings {
      if level > previous + 1 {
        report(
          "page-headings", on: page.path, "标题从第 \(previous) 级跳到了第 \(level) 级", hint: "正文标题逐级使用 #、##、###")
        return
      }
      previous = level
    }
  }

  // MARK: Links

  private mutating func inspectLink(_ link: PageOutline.Link, on page: Page) {
    if link.isCanonical {
      if !link.target.hasPrefix("https://" + settings.domain + settings.basePath) {
        report(
          "page-canonical", on: page.path, "正式网址“\(link.target)”不在 \(settings.domain)\(settings.basePath) 下",
          hint: "核对 site.yaml 的 domain 和 base-path")
      }
      return
    }
    if let scheme = Self.scheme(of: link.target) {
      if link.isResource, scheme != "data" {
        report(
          "page-foreign-resource", on: page.path, "引用了别的网站的“\(link.target)”", hint: "把文件放到主题的 assets/ 或正文旁边")
      } else if !link.isResource, !["https", "http", "mailto", "tel"].contains(scheme) {
        report(
          "page-link-scheme", on: page.path, "链接“\(link.target)”不是网址",
          hint: "链接只用 https、http、mailto、tel，或本站的文件")
      }
      return
    }
    if link.target.hasPrefix("//") {
      report("page-foreign-resource", on: page.path, "“\(link.target)”指向别的网站", hint: "写全 https://，或改为本站文件")
      return
    }
    let parts = link.target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(
      String.init)
    let address = String(
      (parts.first ?? "").split(separator: "?", omittingEmptySubsequences: false).first ?? "")
    guard let path = resolve(address, on: page) else {
      report("page-dead-link", on: page.path, "链接“\(link.target)”指向网站以外", hint: "改正链接")
      return
    }
    guard paths.contains(path) else {
      report("page-dead-link", on: page.path, "链接“\(link.target)”指向的“\(path)”不存在", hint: "改正链接，或把文件放到正文旁边")
      return
    }
    if parts.count > 1, !parts[1].isEmpty, let outline = outlines[path] {
      let anchor = percentDecoded(parts[1])
      if !outline.hasAnchor(anchor) {
        report("page-dead-link", on: page.path, "链接“\(link.target)”的锚点“\(anchor)”不存在", hint: "核对标题或表的名称")
      }
    }
  }

  private static func scheme(of target: String) -> String? {
    guard let colon = target.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let scheme = target[..<colon]
    let isScheme =
      !scheme.isEmpty
      && scheme.utf8.allSatisfy { (0x61...0x7A).contains($0 | 0x20) || $0 == UInt8(ascii: "-") }
    return isScheme ? scheme.lowercased() : nil
  }

  /// The path from the site's root; nil where the address leaves the site.
  private func resolve(_ address: String, on page: Page) -> String? {
    let decoded = percentDecoded(address)
    if decoded.isEmpty { return page.path }
    if decoded.hasPrefix("/") {
      guard decoded.hasPrefix(settings.basePath) else { return nil }
      return String(decoded.dropFirst(settings.basePath.count))
    }
    var parts = Path.components(page.path).dropLast().map(\.self)
    for part in decoded.split(separator: "/", omittingEmptySubsequences: false) {
      switch part {
      case ".": continue
      case "..":
        guard !parts.isEmpty else { return nil }
        parts.removeLast()
      default: parts.append(String(part))
      }
    }
    return parts.joined(separator: "/")
  }

  private mutating func report(_ id: String, on path: String, _ message: String, hint: String) {
    findings.append(Finding(id, at: Place(file: path), message, hint: hint))
  }
}
