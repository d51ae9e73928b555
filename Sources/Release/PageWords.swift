import Files

/// How published pages call themselves, their units and their tables: read from the pages, as forms and content of
/// the day they were made may be gone.
final class PageWords {
  private let site: FolderContents
  private var pages: [String: String] = [:]

  init(_ site: FolderContents) { self.site = site }

  /// The title of a page; empty where it has none.
  func title(of page: String) -> String {
    let html = html(of: page)
    if let title = html.content(ofMeta: "ArticleTitle"), !title.isEmpty { return title }
    return html.between("<title>", "</title>").map(unescaped) ?? ""
  }

  /// The unit of a disclosure; empty where the page does not say it.
  func unit(of page: String) -> String { html(of: page).content(ofMeta: "ContentSource") ?? "" }

  /// What the page calls a table that can be downloaded from it; the file's name where it does not say.
  func tableTitle(of path: String, on page: String) -> String {
    let name = Path.lastComponent(path)
    let link = html(of: page).between("href=\"\(Path.percentEncoded(name))\">", "</a>")
    guard let title = link?.between(">下载", "：</span>"), let part = link?.between("：</span>", "<span") else {
      return name
    }
    // The parts of a sheet have files of their own.
    let label = part.hasSuffix("CSV") ? part.dropLast(3) : part[...]
    let trimmed = label.drop { $0 == " " }.prefix { $0 != " " }
    return unescaped(trimmed.isEmpty ? title : "\(title) · \(trimmed)")
  }

  /// The text of a page, read once; the last page asked for is kept.
  private func html(of page: String) -> String {
    if let text = pages[page] { return text }
    let text = (try? site.bytes(of: page)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    pages = [page: text]
    return text
  }
}

/// Text of a page with the characters that it stands for.
func unescaped(_ text: String) -> String {
  text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
    .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
}

extension String {
  /// What stands between two texts, the first time it does.
  fileprivate func between(_ start: String, _ end: String) -> String? {
    guard let from = firstRange(of: start)?.upperBound, let to = self[from...].firstRange(of: end)?.lowerBound
    else { return nil }
    return String(self[from..<to])
  }

  fileprivate func content(ofMeta name: String) -> String? {
    between("<meta name=\"\(name)\" content=\"", "\"").map(unescaped)
  }
}
