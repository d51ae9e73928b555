import Testing

@testable import Diagnostics

private func finding(
  _ id: String = "sum-of-rows", _ severity: Severity = .error, line: Int = 2, column: Int = 6, length: Int = 5
) -> Finding {
  Finding(
    id, severity, at: Place(file: "content/jyj/三公.csv", line: line, column: column, length: length),
    "合计 36.50，分项之和 36.00",
    hint: "核对分项")
}

@Suite struct TextReportTests {
  @Test func `the caret stands under the marked text, also after full-width characters`() {
    let text = TextReport().render(finding(column: 6)) { _, _ in "县教育局,36.50,0.00" }
    #expect(
      text == """
        content/jyj/三公.csv:2:6: 错误: 合计 36.50，分项之和 36.00 [sum-of-rows]
        2 | 县教育局,36.50,0.00
          |          ^^^^^
          提示: 核对分项

        """)
  }

  @Test func `a place beyond the line, a missing line and a whole file are drawn without a crash`() {
    #expect(TextReport().render(finding(column: 90)) { _, _ in "短" }.contains("\n  |   ^"))
    #expect(!TextReport().render(finding()) { _, _ in nil }.contains("^"))
    #expect(TextReport().render(finding(line: 0)) { _, _ in "甲" }.hasPrefix("content/jyj/三公.csv: 错误"))
  }

  @Test func `a long line is cut around the marked text`() {
    let line = String(repeating: "甲", count: 400) + "36.50" + String(repeating: "乙", count: 400)
    let text = TextReport(width: 60).render(finding(column: 401)) { _, _ in line }
    let rows = text.split(separator: "\n")
    #expect(rows[1...2].allSatisfy { displayWidth(of: $0) <= 70 })
    let caret = rows[2].prefix { $0 != "^" }
    let before = rows[1].firstRange(of: "36.50").map { displayWidth(of: rows[1][..<$0.lowerBound]) }
    #expect(before == displayWidth(of: caret))
  }

  @Test func `colours are written only where they are asked for`() {
    #expect(!TextReport().render(finding()) { _, _ in nil }.contains("\u{1B}"))
    #expect(TextReport(colored: true).render(finding()) { _, _ in nil }.contains("\u{1B}[1;31m错误"))
  }
}

@Suite struct FindingTests {
  @Test func `findings come in reading order whatever order they were made in`() {
    let all = [finding(line: 3), finding("b"), finding("a"), finding(line: 2, column: 1)]
    let ordered = all.inReadingOrder().map { "\($0.place.line):\($0.place.column) \($0.id)" }
    #expect(ordered == ["2:1 sum-of-rows", "2:6 a", "2:6 b", "3:6 sum-of-rows"])
    #expect(all.reversed().inReadingOrder() == all.inReadingOrder())
  }

  @Test func `a waived error does not stop publication and a warning never does`() {
    var waived = finding()
    waived.waived = "照原文"
    #expect([waived, finding("w", .warning)].blocking.isEmpty)
    #expect([waived, finding()].blocking == [finding()])
  }

  @Test func `JSON marks waived findings and counts only open ones`() {
    var waived = finding()
    waived.waived = "照“原文”</script>"
    let json = JSONReport().render([waived, finding("w", .warning)])
    #expect(
      json.contains("\"errors\": 0,") && json.contains("\"warnings\": 1,") && json.contains("\"waived\": 1,"))
    #expect(json.contains("\"waived\": true, \"waiverReason\": \"照“原文”\\u003c/script\\u003e\""))
    #expect(jsonString("a\"\\\n\u{1}") == "\"a\\\"\\\\\\n\\u0001\"")
  }

  @Test func `full-width characters take two columns and combining marks none`() {
    #expect(displayWidth(of: "表1（万元）") == 11)
    #expect(displayWidth(of: "e\u{301}\u{FE0F}") == 1)
  }
}

@Suite struct GroupTests {
  private let units = [
    ReportedUnit(
      slug: "jyj", name: "教育局",
      documents: [
        .init(year: 2023, kind: "budget", kindTitle: "部门预算", title: "一"),
        .init(year: 2024, kind: "budget", kindTitle: "部门预算", title: "二"),
        .init(year: 2024, kind: "accounts", kindTitle: "部门决算", title: "三"),
      ])
  ]

  private func at(
    _ unit: String?, _ year: Int?, _ kind: String?, _ severity: Severity = .error, line: Int = 1
  )
    -> Finding
  {
    Finding(
      "id", severity, at: Place(file: "a.csv", line: line, column: 1), "话",
      subject: Subject(unit: unit, year: year, kind: kind))
  }

  @Test func `findings stand under their disclosure, those of the whole site last`() {
    let findings = [
      at(nil, nil, nil), at("jyj", 2024, "accounts"), at("jyj", nil, nil), at("slj", 2020, "budget"),
      at("jyj", 2024, "budget"), at("jyj", 2023, "budget"),
    ]
    let wanted = [
      "教育局：单位资料", "教育局 2023 年部门预算", "教育局 2024 年部门预算", "教育局 2024 年部门决算", "slj 2020 年部门预算", "全站",
    ]
    #expect(findings.grouped(under: units).map(\.title) == wanted)
    #expect(Array(findings.reversed()).grouped(under: units).map(\.title) == wanted)
  }

  @Test func `in a group the gravest come first, then those that stand first`() {
    let group = [
      at("jyj", 2024, "budget", .warning, line: 1), at("jyj", 2024, "budget", line: 9),
      at("jyj", 2024, "budget", .info, line: 1), at("jyj", 2024, "budget", line: 3),
    ].grouped(under: units)
    #expect(group.count == 1)
    #expect(group.first?.findings.map(\.place.line) == [3, 9, 1, 1])
    #expect(group.first?.findings.map(\.severity) == [.error, .error, .warning, .info])
  }

  @Test(arguments: [(4, 4, 0), (5, 3, 2), (100, 3, 97)])
  func `of many of a kind the first are told, and where the others are`(
    _ count: Int, _ told: Int, _ rest: Int
  ) {
    let groups = (1...count).map { at("jyj", 2024, "budget", line: $0) }.grouped(under: units)
    let text = TextReport().render(groups, limit: 3) { _, _ in nil }
    #expect(text.split(separator: "\n").count { $0.contains("错误: 话 [id]") } == told)
    #expect(text.contains("还有 \(rest) 处同类的错误 [id]：a.csv:4、a.csv:5") == (rest > 0))
    let whole = TextReport().render(groups, limit: nil) { _, _ in nil }
    #expect(whole.split(separator: "\n").count { $0.contains("错误: 话 [id]") } == count)
  }
}
