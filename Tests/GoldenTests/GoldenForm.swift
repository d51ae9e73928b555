/// What of a built site is kept as golden: pages as a person reads them, figures to download, the findings.
///
/// Head and frame of a page are the same on every page; of a page only its title, its meta tags and its
/// `<main>` are kept, one element per line. Names of assets carry a digest, which is shown as `…`.
enum GoldenForm {
  static func files(of site: BuiltSite, in folder: String) -> [String: String] {
    var kept: [String: String] = ["findings.txt": site.findingsText(below: folder)]
    kept["files.txt"] = site.files.keys.sorted().map { withoutDigest($0) + "\n" }.joined()
    for (path, bytes) in site.files {
      let text = String(decoding: bytes, as: UTF8.self)
      if path.hasSuffix(".csv") {
        kept[path] = text
      } else if path.hasSuffix("/index.html") || path == "index.html" {
        kept[path] = ReadableHTML.page(text)
      }
    }
    return kept
  }

  /// `assets/site.3f9a0c….css` without the digest.
  static func withoutDigest(_ path: String) -> String {
    guard path.hasPrefix("assets/") else { return path }
    return path.split(separator: ".", omittingEmptySubsequences: false)
      .map { $0.count == 12 && $0.allSatisfy(\.isHexDigit) ? "…" : String($0) }.joined(separator: ".")
  }
}

/// Lines that differ, as a person reads them: `-` was expected, `+` is there.
func readableDifference(expected: String, actual: String, limit: Int = 40) -> String {
  let old = expected.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  let new = actual.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  var lines: [(at: Int, text: String)] = []
  for change in new.difference(from: old) {
    switch change {
    case .remove(let offset, let element, _): lines.append((offset, "- \(offset + 1): \(element)"))
    case .insert(let offset, let element, _): lines.append((offset, "+ \(offset + 1): \(element)"))
    }
  }
  let ordered = lines.sorted { ($0.at, $1.text) < ($1.at, $0.text) }.map(\.text)
  return ordered.prefix(limit).joined(separator: "\n")
    + (ordered.count > limit ? "\n… 还有 \(ordered.count - limit) 行" : "")
}
