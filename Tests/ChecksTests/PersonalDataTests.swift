import Content
import Diagnostics
import Forms
import Parsing
import Testing

@testable import Checks

/// A unit whose narrative and sheet hold personal data.
private struct PersonalSite {
  var unit: BoundUnit
  var findings: [Finding]
  var narrative: String

  init(_ narrative: String, waivers: String = "", contact: String = "", field: String = "") throws {
    self.narrative = narrative
    let form = """
      id: sheet
      title: 目标表
      unit: 万元
      sheet:
        - fields: [[{id: name, title: 名称}, {id: telephone, title: 联系电话, personal: true}]]
      """
    let files = [
      ("unit.yaml", "name: 县局\n" + contact),
      ("2022/budget/disclosure.yaml", "published: 2022-02-01 09:00\n" + waivers),
      ("2022/budget/narrative.md", narrative),
      ("2022/budget/sheet.yaml", "名称: 甲\n" + field),
    ]
    let library = FormLibrary(own: [
      SourceText(file: "content/forms/example/sheet.yaml", text: form),
      SourceText(
        file: "content/forms/example/set.yaml",
        text: "id: example\ntitle: 例\nkind: budget\nforms: [{form: sheet}]\n"),
    ])
    var found = library.findings
    let parsed = parse(
      UnitFiles(
        slug: "xian", folder: "content/xian",
        files: files.map { .init(path: $0.0, bytes: Array($0.1.utf8), size: 0) }), findings: &found)
    let bound = try #require(bind(parsed, to: library, findings: &found))
    findings = check(bound, with: library.facts, siteWaivers: [], earlier: found)
    unit = bound.hiding(findings.hidden)
  }

  /// All words that pages would print.
  var printed: String {
    let text = DisclosureText(unit.disclosures[0])
    return text.passages.map { text.text(of: $0) }.joined(separator: "\n")
  }

  var report: String {
    let lines = narrative.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    return TextReport().render(findings) { file, line in
      file.hasSuffix("narrative.md") && lines.indices.contains(line - 1) ? lines[line - 1] : nil
    }
  }
}

@Suite struct PersonalDataTests {
  @Test func `likely personal data is hidden on the page and in the report`() throws {
    let site = try PersonalSite("# 概况\n\n填表人：张三丰  联系电话：2721288  审核人：李四\n")
    #expect(site.findings.filter { $0.severity > .info }.map(\.id) == ["form-filler-shown"])
    for secret in ["张三丰", "2721288", "李四"] {
      #expect(!site.printed.contains(secret))
      #expect(!site.report.contains(secret))
    }
    #expect(site.printed.contains("填表人：●●●  联系电话：●●●●●●●  审核人：●●"))
  }

  @Test func `a waiver lets likely personal data be printed`() throws {
    let site = try PersonalSite(
      "# 概况\n\n填表人：张三丰\n", waivers: "waivers: [{check: form-filler-shown, text: 填表人, reason: 本人同意}]\n")
    #expect(site.findings.filter { $0.waived == nil }.isEmpty)
    #expect(site.printed.contains("张三丰"))
    #expect(!site.report.contains("张三丰"))
  }

  @Test func `no waiver lets certain personal data pass`() throws {
    let site = try PersonalSite(
      "# 概况\n\n补助（430101198501011233），另有 13812345678。\n",
      waivers: "waivers: [{check: personal-number, text: 身份证, reason: 试试}]\n")
    #expect(site.findings.blocking.map(\.id) == ["personal-number", "personal-number"])
    for secret in ["430101198501011233", "13812345678"] {
      #expect(!site.report.contains(secret))
      #expect(!site.printed.contains(secret))
    }
  }

  @Test(arguments: [
    "信用代码 11430104006128473K", "项目编码：430101198501011233", "合计 13812345678 元", "0731-13812345678",
    "合同编号13812345678", "面积 13812345678.90 平方米", "430101198501011234", "财预〔2016〕143号", "20220131000012345678",
  ])
  func `numbers that are no person's are let pass`(_ text: String) throws {
    let site = try PersonalSite("# 概况\n\n\(text)。\n")
    #expect(site.findings.filter { $0.id == "personal-number" }.isEmpty)
  }

  @Test(arguments: [
    "43010119850101123 3", "430101 19850101 1233", "身份证430101198501011233", "138 1234 5678",
    "手机:138-1234-5678", "（13812345678）",
  ])
  func `numbers of persons are found however they are grouped`(_ text: String) throws {
    let site = try PersonalSite("# 概况\n\n\(text)。\n")
    #expect(site.findings.blocking.map(\.id) == (text == "43010119850101123 3" ? [] : ["personal-number"]))
  }

  @Test func `the contact of an office is public`() throws {
    let site = try PersonalSite("# 概况\n\n咨询电话 13812345678。\n", contact: "contact: 电话 138-1234-5678\n")
    #expect(site.findings.filter { $0.severity > .info }.isEmpty)
  }

  @Test func `a formula cannot read what is not published`() throws {
    let site = try PersonalSite("# 概况\n\n电话 {{ 目标表[联系电话] }}。\n", field: "联系电话: 2721288\n")
    #expect(site.findings.blocking.map(\.id) == ["unresolved-figure"])
    #expect(!site.report.contains("2721288"))
    #expect(!site.printed.contains("2721288"))
  }
}
