import Content

/// A disclosure as schema.org data, for search engines and catalogues of open data.
enum LinkedData {
  static func dataset(
    _ disclosure: Disclosure, description: String, keywords: [String], url: String,
    files: [(name: String, url: String)]
  ) -> [UInt8] {
    var json = "{\"@context\":\"https://schema.org\",\"@type\":\"Dataset\""
    func add(_ key: String, _ value: String) { json += ",\"\(key)\":" + value }
    add("name", string(disclosure.title))
    add("description", string(description))
    add("url", string(url))
    add("inLanguage", string("zh-Hans"))
    add("temporalCoverage", string(String(disclosure.year)))
    if let published = disclosure.published { add("datePublished", string(String(published.prefix(10)))) }
    if let number = disclosure.indexNumber { add("identifier", string(number)) }
    add("isAccessibleForFree", "true")
    add("keywords", "[" + keywords.map(string).joined(separator: ",") + "]")
    add("publisher", "{\"@type\":\"GovernmentOrganization\",\"name\":\(string(disclosure.unit.name))}")
    if !files.isEmpty {
      let downloads = files.map { file in
        "{\"@type\":\"DataDownload\",\"encodingFormat\":\"text/csv\",\"name\":\(string(file.name)),"
          + "\"contentUrl\":\(string(file.url))}"
      }
      add("distribution", "[" + downloads.joined(separator: ",") + "]")
    }
    return Array((json + "}").utf8)
  }

  /// A JSON string that can stand inside `<script>`: no `<` in it.
  static func string(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "<", ">", "&", "\u{2028}", "\u{2029}": result += escape(scalar)
      default:
        if scalar.value < 0x20 { result += escape(scalar) } else { result.unicodeScalars.append(scalar) }
      }
    }
    return result + "\""
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    let hex = String(scalar.value, radix: 16)
    return "\\u" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
  }
}
