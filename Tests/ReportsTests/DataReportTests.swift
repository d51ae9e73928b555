import Checks
import Diagnostics
import Files
import Testing

private let folder = Path.folder(of: #filePath)

private func schema(_ path: String) throws -> JSONSchema {
  JSONSchema(root: try JSON(String(decoding: try Disk.real.read(path), as: UTF8.self)))
}

@Suite struct JSONReportTests {
  @Test func `findings of a real site are valid by the published schema`() async throws {
    let schema = try schema(FaultySite.root + "/docs/schema/findings.schema.json")
    let findings = try await FaultySite.found.value.findings
    #expect(Set(findings.map(\.id)).count > 8, "\(Set(findings.map(\.id)).sorted())")
    #expect(findings.contains { $0.waived != nil } && findings.contains { !$0.notes.isEmpty })
    let json = try JSON(JSONReport().render(findings))
    #expect(schema.faults(of: json) == [])
    #expect(json["findings"]?.items.count == findings.count)
    #expect(schema.faults(of: try JSON(JSONReport().render([]))) == [])
    #expect(json["$schema"] == schema.root["$id"])
  }

  @Test(arguments: [
    ("\"version\": 1", "\"version\": 2"), ("\"errors\": ", "\"errors\": -"),
    ("\"severity\": \"error\"", "\"severity\": \"fatal\""),
    ("\"line\": ", "\"place\": "), ("\"column\": ", "\"column\": 0, \"x\": "),
    ("\"message\": \"", "\"message\": 1, \"m\": \""),
    ("\"waived\": false}", "\"waived\": 0}"), ("\"infos\": ", "\"info\": "),
  ])
  func `what the schema does not say is refused`(_ old: String, _ new: String) async throws {
    let schema = try schema(FaultySite.root + "/docs/schema/findings.schema.json")
    let text = JSONReport().render(try await FaultySite.found.value.findings)
    #expect(text.contains(old))
    let broken = try JSON(text.replacing(old, with: new, maxReplacements: 1))
    #expect(!schema.faults(of: broken).isEmpty)
  }
}

@Suite struct SARIFReportTests {
  private func report(_ findings: [Finding]) throws -> JSON {
    try JSON(SARIFReport(program: "gongkai 1.2.3", rules: RuleBook.rules).render(findings))
  }

  @Test func `findings of a real site are valid by the schema of SARIF`() async throws {
    let schema = try schema(folder + "/Schemas/sarif-schema-2.1.0.json")
    let findings = try await FaultySite.found.value.findings
    let log = try report(findings)
    #expect(schema.faults(of: log) == [])
    #expect(schema.faults(of: try report([])) == [])
    let run = try #require(log["runs"]?[0])
    #expect(run["results"]?.items.count == findings.count)
    #expect(run["columnKind"]?.text == "unicodeCodePoints")
    let rules = run["tool"]?["driver"]?["rules"]?.items ?? []
    for (finding, result) in zip(findings, run["results"]?.items ?? []) {
      let index = try #require(result["ruleIndex"]?.whole, "\(finding.id) is no rule")
      #expect(rules[index]["id"]?.text == finding.id)
      #expect((result["suppressions"] != nil) == (finding.waived != nil))
      let region = result["locations"]?[0]?["physicalLocation"]?["region"]
      #expect((region?["startLine"]?.whole ?? 0) == finding.place.line)
      #expect(
        result["relatedLocations"]?.items.count ?? 0 == finding.notes.count { $0.place != nil })
    }
    let marks =
      run["results"]?.items.compactMap { $0["partialFingerprints"]?["gongkaiSubject/v1"]?.text } ?? []
    #expect(Set(marks).count == findings.count)
  }

  @Test func `a schema that is broken is noticed`() async throws {
    let schema = try schema(folder + "/Schemas/sarif-schema-2.1.0.json")
    let text = SARIFReport(program: "gongkai", rules: RuleBook.rules).render(
      try await FaultySite.found.value.findings)
    for (old, new) in [
      ("\"version\": \"2.1.0\"", "\"version\": \"2.0\""), ("\"level\": \"error\"", "\"level\": \"fatal\""),
      ("\"startLine\": ", "\"startLine\": -"), ("\"unicodeCodePoints\"", "\"bytes\""),
      ("\"ruleId\"", "\"rule\""),
      ("\"kind\": \"external\"", "\"kind\": \"mine\""), ("\"zh-CN\"", "\"Chinese\""),
    ] {
      #expect(text.contains(old), "\(old)")
      #expect(
        !schema.faults(of: try JSON(text.replacing(old, with: new, maxReplacements: 1))).isEmpty, "\(new)")
    }
  }

  @Test func `a fingerprint stays when lines move and figures change`() throws {
    func mark(_ line: Int, _ message: String) throws -> String? {
      let subject = Subject(unit: "jyj", year: 2024, kind: "budget", table: "表", row: "合计", column: "数")
      let finding = Finding(
        "sum-of-rows", at: Place(file: "content/a.csv", line: line, column: 2), message, subject: subject)
      return try report([finding])["runs"]?[0]?["results"]?[0]?["partialFingerprints"]?["gongkaiSubject/v1"]?
        .text
    }
    #expect(try mark(3, "合计 1，分项之和 2") == mark(7, "合计 1，分项之和 3"))
    #expect(try mark(3, "") != nil)
  }

  @Test func `paths are addresses, from the root where they begin there`() throws {
    func uri(_ file: String) throws -> JSON? {
      try report([Finding("disk", at: Place(file: file), "坏了")])["runs"]?[0]?["results"]?[0]?["locations"]?[
        0]?[
          "physicalLocation"]?["artifactLocation"]
    }
    #expect(try uri("content/表 1%.csv")?["uri"]?.text == "content/%E8%A1%A8%201%25.csv")
    #expect(try uri("content/a.csv")?["uriBaseId"]?.text == "%SRCROOT%")
    #expect(try uri("/srv/a.csv")?["uri"]?.text == "file:///srv/a.csv")
    #expect(try uri("/srv/a.csv")?["uriBaseId"] == nil)
  }
}
