import Content
import Diagnostics
import Forms
import Parsing
import Testing

private func bound(_ instances: String, _ names: [String], others: [(String, String)] = []) throws -> (
  Disclosure, [Finding]
) {
  let form =
    "id: review\ntitle: 自评表\ninstances: \(instances)\nunit: 万元\nstates: {flow: 支出, phase: 决算}\nsheet:\n  - fields: [[{title: 支出, type: amount}]]\n"
  let set = "id: s\ntitle: 套\nkind: budget\nforms: [{form: review}]\n"
  let library = FormLibrary(own: [
    SourceText(file: "content/forms/s/review.yaml", text: form),
    SourceText(file: "content/forms/s/set.yaml", text: set),
  ])
  var findings = library.findings
  let texts = [
    ("unit.yaml", "name: 县局\n"),
    (
      "2022/budget/disclosure.yaml",
      "form-set: s\npublished: 2022-02-01 09:00\nprojects: [{id: road, name: 修路, other-names: [公路]}, {id: bridge, name: 大桥}]\n"
    ),
  ]
  let sheets = names.map { ("2022/budget/review.\($0).yaml", "支出: 12.00\n") }
  let files = (texts + sheets + others).map { UnitFiles.File(path: $0.0, bytes: Array($0.1.utf8), size: 0) }
  let parsed = parse(UnitFiles(slug: "xian", folder: "content/xian", files: files), findings: &findings)
  let unit = try #require(bind(parsed, to: library, findings: &findings))
  return (try #require(unit.disclosures.first), findings)
}

@Suite struct InstanceTests {
  @Test(arguments: [
    ("unit", ["第一 中学", "第二中学"], ["第一中学", "第二中学"]), ("project", ["修路", "造桥"], ["road"]),
    ("item", ["会议"], ["会议"]), ("fund", ["财政拨款", "捐款"], ["财政拨款"]),
  ])
  func `each sheet states facts of the thing that its file names`(
    _ dimension: String, _ names: [String], _ subjects: [String]
  ) throws {
    let (disclosure, findings) = try bound(dimension, names)
    #expect(findings.isEmpty, "\(findings.map(\.message))")
    var names = FactNames(FormLibrary(own: []).facts)
    let keys = disclosure.factStatements(&names).map { names.tags(of: $0.key) }
    #expect(keys == subjects.map { Tags(["flow": "支出", "phase": "决算", dimension: $0]) })
  }

  @Test func `sheets of projects come in the order of the list, others behind them by name`() throws {
    let (disclosure, findings) = try bound("project", ["乙", "丙", "大桥", "公路"])
    #expect(findings.isEmpty, "\(findings.map(\.message))")
    #expect(disclosure.tables.map(\.instance) == ["公路", "大桥", "丙", "乙"])
  }

  @Test(arguments: [
    ("reviev.甲.yaml", "是否想写“review”"), ("补充/review.yaml", "放到 2022/budget/ 下，不要再分文件夹"),
    ("补充/别的.csv", "放到 2022/budget/ 下，不要再分文件夹"),
  ])
  func `data that no form takes is an error that says why`(_ name: String, _ hint: String) throws {
    let (_, findings) = try bound(
      "unit", ["甲"], others: [("2022/budget/" + name, name.hasSuffix("csv") ? "甲,乙\n" : "甲: 乙\n")])
    let finding = try #require(findings.first)
    #expect(findings.count == 1 && finding.id == "unused-file" && finding.severity == .error)
    #expect(finding.place.file == "content/xian/2022/budget/" + name)
    #expect(finding.hint?.contains(hint) == true, "\(finding.hint ?? "")")
  }

  @Test(arguments: [
    ("review.csv", "“自评表”是填报表，要写成 review.yaml"), ("别的.csv", "若是已有的表，文件名改为表名"),
  ])
  func `a table that no form takes is published with a warning`(_ name: String, _ hint: String) throws {
    let (disclosure, findings) = try bound("unit", ["甲"], others: [("2022/budget/" + name, "甲,乙\n丙,1\n")])
    let finding = try #require(findings.first)
    #expect(findings.count == 1 && finding.id == "unknown-table" && finding.severity == .warning)
    #expect(finding.hint?.contains(hint) == true, "\(finding.hint ?? "")")
    #expect(finding.hint?.contains("gongkai forms draft content/xian/2022/budget/\(name)") == true)
    #expect(disclosure.tables.last?.form.isAsWritten == true)
  }

  @Test func `data outside of disclosures is a warning`() throws {
    let (_, findings) = try bound("unit", ["甲"], others: [("草稿.csv", "甲,乙\n")])
    #expect(findings.map(\.severity) == [.warning])
  }
}
