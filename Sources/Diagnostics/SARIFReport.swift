/// Findings as SARIF 2.1.0, which code hosts and editors show at the lines they concern.
///
/// Columns count Unicode code points, as everywhere in this project. A waived finding is a suppressed result.
public struct SARIFReport: Sendable {
  /// Name and version of the program: `gongkai 0.1.0`.
  public var program: String
  /// Every rule that may be broken.
  public var rules: [FindingRule]

  public init(program: String, rules: [FindingRule]) {
    self.program = program
    self.rules = rules
  }

  private static let schema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

  public func render(_ findings: [Finding]) -> String {
    let indexes = Dictionary(rules.indices.map { (rules[$0].id, $0) }) { first, _ in first }
    var occurrences: [String: Int] = [:]
    let results = findings.map { finding -> JSONValue in
      let mark = fingerprint(of: finding)
      let place = occurrences[mark, default: 0]
      occurrences[mark] = place + 1
      return result(
        finding, rule: indexes[finding.id], fingerprint: place == 0 ? mark : "\(mark)#\(place + 1)")
    }
    let words = program.split(separator: " ", maxSplits: 1).map(String.init)
    var driver: [(String, JSONValue)] = [("name", .string(words.first ?? program))]
    if words.count > 1 { driver.append(("version", .string(words[1]))) }
    driver += [("language", .string("zh-CN")), ("rules", .array(rules.map(description)))]
    let run: [(String, JSONValue)] = [
      ("tool", .object([("driver", .object(driver))])),
      ("columnKind", .string("unicodeCodePoints")),
      ("results", .array(results)),
    ]
    let log: [(String, JSONValue)] = [
      ("$schema", .string(Self.schema)), ("version", .string("2.1.0")), ("runs", .array([.object(run)])),
    ]
    return JSONValue.object(log).text() + "\n"
  }

  private func description(of rule: FindingRule) -> JSONValue {
    func words(_ text: String) -> JSONValue { .object([("text", .string(text))]) }
    return .object([
      ("id", .string(rule.id)), ("shortDescription", words(rule.title)), ("fullDescription", words(rule.why)),
      ("help", words(rule.advice.isEmpty ? rule.why : rule.why + "\n" + rule.advice)),
      ("defaultConfiguration", .object([("level", .string(level(of: rule.severity)))])),
    ])
  }

  private func result(_ finding: Finding, rule: Int?, fingerprint: String) -> JSONValue {
    // What has no place of its own belongs to the message.
    let remarks = finding.notes.filter { $0.place == nil }.map(\.message) + [finding.hint].compactMap { $0 }
    var members: [(String, JSONValue)] = [("ruleId", .string(finding.id))]
    if let rule { members.append(("ruleIndex", .integer(rule))) }
    members += [
      ("level", .string(level(of: finding.severity))),
      ("message", .object([("text", .string(([finding.message] + remarks).joined(separator: "\n")))])),
      ("locations", .array([.object(location(finding.place) + logicalLocations(of: finding.subject))])),
    ]
    let related = finding.notes.compactMap { note in note.place.map { (note, $0) } }
    if !related.isEmpty {
      members.append(
        (
          "relatedLocations",
          .array(
            related.enumerated().map { index, item in
              let (note, place) = item
              let text = note.message + (note.id.map { "（\($0)）" } ?? "")
              return .object(
                [("id", .integer(index + 1))] + location(place)
                  + [("message", .object([("text", .string(text))]))])
            })
        ))
    }
    members.append(("partialFingerprints", .object([("gongkaiSubject/v1", .string(fingerprint))])))
    if let reason = finding.waived {
      members.append(
        (
          "suppressions",
          .array([
            .object([
              ("kind", .string("external")), ("status", .string("accepted")),
              ("justification", .string(reason)),
            ])
          ])
        ))
    }
    return .object(members)
  }

  private func level(of severity: Severity) -> String {
    switch severity {
    case .info: "note"
    case .warning: "warning"
    case .error: "error"
    }
  }

  private func location(_ place: Place) -> [(String, JSONValue)] {
    var physical: [(String, JSONValue)] = [("artifactLocation", .object(artifact(place.file)))]
    if place.line > 0 {
      let column = max(place.column, 1)
      physical.append(
        (
          "region",
          .object([
            ("startLine", .integer(place.line)), ("startColumn", .integer(column)),
            ("endColumn", .integer(column + max(place.length, 1))),
          ])
        ))
    }
    return [("physicalLocation", .object(physical))]
  }

  /// A path as a URI, relative to where the program was run unless it begins at the root.
  private func artifact(_ file: String) -> [(String, JSONValue)] {
    var text = ""
    for byte in file.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"), UInt8(ascii: "/"):
        text.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        text += "%" + (digits.count < 2 ? "0" : "") + digits
      }
    }
    return file.hasPrefix("/")
      ? [("uri", .string("file://" + text))] : [("uri", .string(text)), ("uriBaseId", .string("%SRCROOT%"))]
  }

  /// The table, row and column, as findings call them.
  private func logicalLocations(of subject: Subject) -> [(String, JSONValue)] {
    let names = [subject.table, subject.row, subject.column].compactMap { $0 }
    guard let last = names.last else { return [] }
    return [
      (
        "logicalLocations",
        .array([
          .object([
            ("name", .string(last)), ("fullyQualifiedName", .string(names.joined(separator: "/"))),
          ])
        ])
      )
    ]
  }

  /// What stays the same when lines move and figures change: the rule and what it is about.
  private func fingerprint(of finding: Finding) -> String {
    let subject = finding.subject
    let parts = [
      finding.id, subject.unit, subject.year.map(String.init), subject.kind, subject.table, subject.row,
      subject.column,
    ]
    // What is no cell is told apart by its file and its words.
    let words = subject.row == nil && subject.column == nil ? [finding.place.file, finding.message] : []
    return (parts.map { $0 ?? "" } + words).joined(separator: "|")
  }
}
