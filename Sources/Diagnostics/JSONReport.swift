/// Findings as JSON, for programs: one object with counts and a list, keys in English, waived findings marked.
///
/// `docs/schema/findings.schema.json` says what programs may rely on.
public struct JSONReport: Sendable {
  /// What the schema calls itself.
  public static let schema = "urn:gongkai:schema:findings:1"

  public init() {}

  public func render(_ findings: [Finding]) -> String {
    var text = "{\n  \"$schema\": \(jsonString(Self.schema)),\n  \"version\": 1,\n"
    let open = findings.filter { $0.waived == nil }
    text += "  \"errors\": \(open.count { $0.severity == .error }),\n"
    text += "  \"warnings\": \(open.count { $0.severity == .warning }),\n"
    text += "  \"infos\": \(open.count { $0.severity == .info }),\n"
    text += "  \"waived\": \(findings.count - open.count),\n"
    text += "  \"findings\": ["
    text += findings.map { "\n    " + object(for: $0) }.joined(separator: ",")
    return text + (findings.isEmpty ? "]\n}\n" : "\n  ]\n}\n")
  }

  private func object(for finding: Finding) -> String {
    var members: [(String, String)] = [
      ("id", quoted(finding.id)), ("severity", quoted(finding.severity.key)),
      ("message", quoted(finding.message)),
    ]
    if let hint = finding.hint { members.append(("hint", quoted(hint))) }
    members.append(contentsOf: placeMembers(finding.place))
    let subject = finding.subject
    for (key, value) in [
      ("unit", subject.unit), ("year", subject.year.map(String.init)), ("kind", subject.kind),
      ("table", subject.table), ("row", subject.row), ("tableColumn", subject.column),
    ] {
      if let value { members.append((key, key == "year" ? value : quoted(value))) }
    }
    if !finding.notes.isEmpty {
      let notes = finding.notes.map { note in
        "{"
          + ([("message", quoted(note.message))] + (note.id.map { [("id", quoted($0))] } ?? [])
          + (note.place.map(placeMembers) ?? []))
          .map { "\(quoted($0.0)): \($0.1)" }.joined(separator: ", ") + "}"
      }
      members.append(("notes", "[" + notes.joined(separator: ", ") + "]"))
    }
    members.append(("waived", finding.waived == nil ? "false" : "true"))
    if let reason = finding.waived { members.append(("waiverReason", quoted(reason))) }
    return "{" + members.map { "\(quoted($0.0)): \($0.1)" }.joined(separator: ", ") + "}"
  }

  private func placeMembers(_ place: Place) -> [(String, String)] {
    var members = [("file", quoted(place.file))]
    if place.line > 0 {
      members += [
        ("line", String(place.line)), ("column", String(max(place.column, 1))),
        ("length", String(place.length)),
      ]
    }
    return members
  }

  private func quoted(_ text: String) -> String { jsonString(text) }
}
