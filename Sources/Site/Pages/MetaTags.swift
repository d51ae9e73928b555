import Content

/// The page tags that 国办发〔2017〕47号 asks for, spelt exactly as there.
struct MetaTags {
  private let settings: SiteSettings

  init(_ settings: SiteSettings) {
    self.settings = settings
  }

  /// Kinds of columns (栏目类别) that our pages belong to.
  enum ColumnType: String, CaseIterable {
    case home = "首页"
    case catalogue = "信息公开目录"
  }

  /// On every page. The first one tells that a folder was made by gongkai.
  var site: [(String, String)] {
    [
      ("generator", "gongkai"), ("SiteName", settings.name), ("SiteDomain", settings.domain),
      ("SiteIDCode", settings.siteCode),
    ]
  }

  func column(_ name: String, description: String, keywords: [String], type: ColumnType) -> [(String, String)]
  {
    [
      ("ColumnName", name), ("ColumnDescription", description),
      ("ColumnKeywords", distinct(keywords).joined(separator: ",")), ("ColumnType", type.rawValue),
    ]
  }

  func article(_ disclosure: Disclosure, description: String, keywords: [String], url: String) -> [(
    String, String
  )] {
    var tags = [("ArticleTitle", disclosure.title)]
    if let published = disclosure.published { tags.append(("PubDate", published)) }
    return tags + [
      ("ContentSource", disclosure.source), ("Keywords", keywords.joined(separator: ",")),
      ("Description", description), ("Url", url),
    ]
  }

  static let required = ["generator", "SiteName", "SiteDomain", "SiteIDCode"]
  static let requiredOfColumns = ["ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"]
  static let requiredOfArticles = ["ArticleTitle", "PubDate", "ContentSource"]
}

/// Each word once, in order.
private func distinct(_ words: [String]) -> [String] {
  var seen: Set<String> = []
  return words.filter { seen.insert($0).inserted }
}
