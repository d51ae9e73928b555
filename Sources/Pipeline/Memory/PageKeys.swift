import Content
import Diagnostics
import Files

/// Tells for each page of a unit whether anything that it depends on has changed.
///
/// A disclosure's page depends on its own folder, on `unit.yaml`, on what its formulas gave (the only way in
/// which other disclosures reach it), and on what concerns every page of the site.
struct PageKeys {
  private let siteKey: String?
  /// The digest of each text, the stamp of every other file; nil where neither can be relied on.
  private var tokens: [(path: String, token: String?)] = []
  /// The same as the record keeps it; empty where parts of the folder could not be read.
  let sources: [UnitRecord.Source]

  init(_ work: SiteWork, unit: BoundUnit, files: UnitFiles, tree: FileTree, start: FileStamp?) {
    siteKey = work.key
    var stamps: [String: FileStamp] = [:]
    for file in tree.files {
      guard let start, let stamp = file.stamp, stamp.isSettled(before: start) else { continue }
      stamps[file.path] = stamp
    }
    let isWhole = tree.problems.isEmpty && files.unreadable.isEmpty
    sources = isWhole ? tree.files.map { .init(path: $0.path, stamp: stamps[$0.path]) } : []
    guard siteKey != nil else { return }
    for file in files.files {
      let token =
        Reader.isText(file.path) ? try? sha256(file.bytes) : stamps[file.path].map { "\($0)" }
      tokens.append((file.path, token))
    }
    for path in files.unreadable { tokens.append((path, nil)) }
  }

  /// nil where it cannot be told what the page depends on.
  func key(of disclosure: Disclosure, isBlocked: Bool) -> String? {
    guard let siteKey else { return nil }
    var parts = [siteKey, isBlocked ? "blocked" : "open"]
    let prefix = disclosure.key + "/"
    for (path, token) in tokens where path == "unit.yaml" || path.hasPrefix(prefix) {
      guard let token else { return nil }
      parts += [path, token]
    }
    for insertion in disclosure.narrative?.insertions ?? [] {
      switch insertion {
      case .text(let text): parts += ["text", text]
      case .table(let index): parts += ["table", "\(index)"]
      case .failed: parts += ["failed", ""]
      }
    }
    parts.append("facts")
    for fact in disclosure.keyFacts { parts += [fact.title, fact.text] }
    return digestKey(parts)
  }
}
