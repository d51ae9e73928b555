import Content
import Diagnostics

/// A disclosure as schema.org data, for search engines and catalogues of open data.
enum LinkedData {
  static func dataset(
    _ disclosure: Disclosure, description: String, keywords: [String], url: String,
    files: [(name: String, url: String)]
  ) -> [UInt8] {
    var json = "{\"@context\":\"https://schema.org\",\"@type\":\"Dataset\""
    func add(_ key: String, _ value: String) { json += ",\"\(key)\":" + value }
    add("name", jsonString(disclosure.title))
    add("description", jsonString(description))
    add("url", jsonString(url))
    add("inLanguage", jsonString("zh-Hans"))
    add("temporalCoverage", jsonString(String(disclosure.year)))
    if let published = disclosure.published { add("datePublished", jsonString(String(published.prefix(10)))) }
    if let number = disclosure.indexNumber { add("identifier", jsonString(number)) }
    add("isAccessibleForFree", "true")
    add("keywords", "[" + keywords.map(jsonString).joined(separator: ",") + "]")
    add("publisher", "{\"@type\":\"GovernmentOrganization\",\"name\":\(jsonString(disclosure.unit.name))}")
    if !files.isEmpty {
      let downloads = files.map { file in
        "{\"@type\":\"DataDownload\",\"encodingFormat\":\"text/csv\",\"name\":\(jsonString(file.name)),"
          + "\"contentUrl\":\(jsonString(file.url))}"
      }
      add("distribution", "[" + downloads.joined(separator: ",") + "]")
    }
    return Array((json + "}").utf8)
  }
}
