import Diagnostics
import Files

/// The findings of a page and of the whole site, as the script on the page asks for them.
struct FindingsJSON {
  /// Path of the page that asks.
  var page: String
  var file: PreviewedSite.File?
  /// Of the whole site.
  var findings: [Finding]
  /// Paths of the site: a finding leads to its page where there is one.
  var paths: Set<String>
  var version: Version
  var trouble: String?

  /// More would only make the list slow; the counts tell of the rest.
  static let limit = 300

  var text: String {
    let own = file?.findings ?? []
    let ownIDs = Set(own)
    let others = findings.filter { !ownIDs.contains($0) }
    let all = own + others
    let counts = Severity.allCases.map { severity in
      (severity.key, String(all.count { $0.severity == severity && $0.waived == nil }))
    }
    return object([
      ("version", jsonString(version.text)), ("isLastGood", file?.isLastGood == true ? "true" : "false"),
      ("trouble", trouble.map(jsonString) ?? "null"), ("counts", object(counts)),
      ("page", list(own)), ("site", list(others)),
    ])
  }

  private func list(_ findings: [Finding]) -> String {
    let open = findings.filter { $0.waived == nil }
    // The gravest first; within one severity in reading order.
    let sorted = Severity.allCases.reversed().flatMap { severity in open.filter { $0.severity == severity } }
    return "[" + sorted.prefix(Self.limit).map(json).joined(separator: ",") + "]"
  }

  private func json(_ finding: Finding) -> String {
    var members = [
      ("id", jsonString(finding.id)), ("severity", jsonString(finding.severity.key)),
      ("message", jsonString(finding.message)),
    ]
    if let hint = finding.hint { members.append(("hint", jsonString(hint))) }
    members += place(finding.place)
    if let address = address(of: finding) { members.append(("page", jsonString(address))) }
    let notes = finding.notes.map { note in
      object([("message", jsonString(note.message))] + (note.place.map(place) ?? []))
    }
    members.append(("notes", "[" + notes.joined(separator: ",") + "]"))
    return object(members)
  }

  /// `where` is for people, `at` is what `data-place` on this page says.
  private func place(_ place: Place) -> [(String, String)] {
    var words = place.file
    if place.line > 0 { words += ":\(place.line):\(max(place.column, 1))" }
    var members = [("where", jsonString(words))]
    if place.line > 0, let name = nameInFolder(place.file) {
      members.append(("at", jsonString("\(name):\(place.line):\(max(place.column, 1))")))
    }
    return members
  }

  /// The name of a file below the folder from which the page is made: it has the address of the page.
  private func nameInFolder(_ file: String) -> String? {
    let folder = Path.components(Path.folder(of: page))
    let parts = Path.components(file)
    guard folder.count == 3, parts.count > 3 else { return nil }
    for start in 0..<(parts.count - 3) where parts[start..<start + 3].elementsEqual(folder) {
      return parts[(start + 3)...].joined(separator: "/")
    }
    return nil
  }

  /// The page on which a finding can be seen.
  private func address(of finding: Finding) -> String? {
    guard let unit = finding.subject.unit else { return nil }
    var candidates = [unit + "/index.html"]
    if let year = finding.subject.year, let kind = finding.subject.kind {
      candidates.insert("\(unit)/\(year)/\(kind)/index.html", at: 0)
    }
    return candidates.first { paths.contains($0) }.map { "/" + Path.percentEncoded($0) }
  }

  private func object(_ members: [(String, String)]) -> String {
    "{" + members.map { "\(jsonString($0.0)):\($0.1)" }.joined(separator: ",") + "}"
  }
}
