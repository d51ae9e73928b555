import Content
import Diagnostics
import Files
import Forms
import Foundation
import Parsing
import Pipeline
import Testing

/// A table as it is found, and lines of the form that is drafted from it.
struct CodedTable: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let csv: String
  let lines: [String]
}

private let coded: [CodedTable] = [
  CodedTable(
    testDescription: "codes in brackets before names",
    csv: "科目,合计,基本支出,项目支出\n[205]教育支出,30.00,20.00,10.00\n[20502]普通教育,30.00,20.00,10.00\n"
      + "[2050202]小学教育,18.00,12.00,6.00\n[2050203]初中教育,12.00,8.00,4.00\n合计,30.00,20.00,10.00\n",
    lines: ["- {title: 科目, type: name, of: function}", "- {id: lines, codes: function}", "adds: [lines]"]),
  CodedTable(
    testDescription: "codes and a space before names",
    csv: "项目,金额（万元）\n301 工资福利支出,9.00\n30101 基本工资,5.00\n30102 津贴补贴,4.00\n合计,9.00\n",
    lines: ["unit: 万元\n", "- {title: 项目, type: name, of: economic}", "- {id: lines, codes: economic}"]),
  CodedTable(
    testDescription: "codes and a hyphen before names",
    csv: "项目,金额\n2010101-行政运行,9.00\n2010102-一般行政管理事务,5.00\n合计,14.00\n",
    lines: ["- {title: 项目, type: name, of: function}", "- {id: lines, codes: function}"]),
  CodedTable(
    testDescription: "bracketed codes in a column of their own, some with the name",
    csv: "科目编码,科目名称,金额\n[301]工资福利支出,,9.00\n[30101],基本工资,5.00\n[30102],津贴补贴,4.00\n,合计,9.00\n",
    lines: ["- {title: 科目编码, type: code, of: economic}", "- {title: 科目名称, type: name, of: economic}"]),
  CodedTable(
    testDescription: "codes spread over three columns, whole in each",
    csv: "类,款,项,科目名称,金额\n205,,,教育支出,30.00\n,20502,,普通教育,30.00\n,,2050202,小学教育,18.00\n"
      + ",,2050203,初中教育,12.00\n,,,合计,30.00\n",
    lines: ["type: code, of: function, spread: [类, 款, 项]}", "- {id: lines, codes: function}"]),
  CodedTable(
    testDescription: "codes spread over three columns, the total first and in the column of 类",
    csv: "科目/类,科目/款,科目/项,科目名称,预算（万元）/合计,预算（万元）/基本,预算（万元）/项目\n合计,,,,30.00,20.00,10.00\n"
      + "205,,,教育支出,30.00,20.00,10.00\n,02,,普通教育,30.00,20.00,10.00\n,,02,小学教育,18.00,12.00,6.00\n"
      + ",,03,初中教育,12.00,8.00,4.00\n",
    lines: ["unit: 万元\n", "type: code, of: function, spread: [类, 款, 项]}", "adds: [lines]"]),
  CodedTable(
    testDescription: "paired codes",
    csv: "部门编码,部门科目,政府编码,政府科目,合计,基本,项目\n301,工资福利支出,501,机关工资福利支出,9.00,8.00,1.00\n"
      + "30101,基本工资,50101,工资奖金津补贴,5.00,5.00,0\n30102,津贴补贴,50101,工资奖金津补贴,4.00,3.00,1.00\n合计,,,,9.00,8.00,1.00\n",
    lines: [
      "- {title: 部门编码, type: code, of: economic}", "- {title: 部门科目, type: name, of: economic}",
      "- {title: 政府编码, type: code, of: gov-economic}", "- {title: 政府科目, type: name, of: gov-economic}",
      "- {id: lines, codes: [economic, gov-economic]}", "adds: [lines]",
    ]),
  CodedTable(
    testDescription: "codes of seven digits that divide economic items further",
    csv: "科目编码,科目名称,金额\n3010101,岗位工资,3.00\n3010102,薪级工资,2.00\n3020101,办公用品,4.00\n合计,,9.00\n",
    lines: ["- {title: 科目编码, type: code, of: economic}", "- {id: lines, codes: economic}"]),
  CodedTable(
    testDescription: "a line of column numbers that says what they add",
    csv: "科目编码,科目名称,合计,基本支出,项目支出\n栏次,,1=2+3,2,3\n205,教育支出,30.00,20.00,10.00\n"
      + "20502,普通教育,30.00,20.00,10.00\n合计,,30.00,20.00,10.00\n",
    lines: ["numbers: {columns: 栏次}", "adds: [基本支出, 项目支出]", "- {id: lines, codes: function}"]),
  CodedTable(
    testDescription: "a line of column numbers that begins with asterisks",
    csv: "科目编码,科目名称,合计,基本支出,项目支出\n**,**,1,2,3\n205,教育支出,30.00,20.00,10.00\n"
      + "20502,普通教育,30.00,20.00,10.00\n,合计,30.00,20.00,10.00\n",
    lines: ["numbers: {columns: \"**\"}", "adds: [基本支出, 项目支出]", "- {id: lines, codes: function}"]),
  CodedTable(
    testDescription: "numbers of lines and columns in two lists",
    csv: "收入/项目,收入/行次,收入/决算数,支出/项目,支出/行次,支出/决算数\n栏次,,1,栏次,,2\n一、财政拨款收入,1,9.00,一、教育支出,4,6.00\n"
      + "二、事业收入,2,1.00,二、其他支出,5,4.00\n合计,3,10.00,合计,6,10.00\n",
    lines: ["numbers: {rows: 行次, columns: 栏次}", "type: name, of: function"]),
  CodedTable(
    testDescription: "units in the header",
    csv:
      "项目,金额（万元）,面积（平方米）,单价【元】,团组数（个）,金额/元\n甲,1.00,200.5,300.00,3,10000.00\n乙,2.00,100,200.00,2,20000.00\n",
    lines: [
      "{title: 金额（万元）, type: amount}", "{title: 面积（平方米）, type: number}",
      "title: 单价【元】, type: amount, unit: 元}",
      "{title: 团组数（个）, type: count, unit: 个}", "{title: 元, type: amount, unit: 元}",
    ]),
  CodedTable(
    testDescription: "a unit for the whole table",
    csv: "项目,预算数 单位：元,决算数（单位：元）,完成率\n甲,100.00,90.00,90%\n乙,200.00,150.00,75%\n合计,300.00,240.00,80%\n",
    lines: ["unit: 元\n", "share: [决算数（单位：元）, 预算数 单位：元]"]),
]

@Suite struct CodedTableTests {
  @Test(arguments: coded)
  func `a draft says where the codes, numbers and units are, and reads its table without a finding`(
    _ table: CodedTable
  ) throws {
    let folder = FileManager.default.temporaryDirectory.path + "/draft-" + UUID().uuidString
    try FileManager.default.createDirectory(
      atPath: folder + "/2025/budget", withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = "2025/budget/某表.csv"
    try Data(table.csv.utf8).write(to: URL(filePath: folder + "/" + path))
    let (draft, findings) = draftForm(
      of: folder + "/" + path, year: nil, library: FormLibrary(own: []), on: .real)
    #expect(findings.isEmpty, "\(findings.map(\.message))")
    let form = try #require(draft)
    for line in table.lines { #expect(form.contains(line), "\(line)\n\(form)") }
    let bound = try OneTable(
      SampleTable(path: path, root: folder), forms: [SourceText(file: "content/forms/draft.yaml", text: form)]
    )
    #expect(bound.findings.filter { $0.severity > .info }.map(\.message) == [], "\(form)")
    // Every row but the numbers of columns, every column but the numbers of rows.
    let lines = table.csv.split(separator: "\n")
    let isNumbered = table.lines.contains { $0.contains("columns: ") && $0.hasPrefix("numbers") }
    let panels = bound.table.panels
    #expect(panels.map(\.rows.count).max() == lines.count - (isNumbered ? 2 : 1), "\(form)")
    let columns = (lines.first ?? "").split(separator: ",").count { !$0.hasSuffix("行次") }
    #expect(panels.reduce(0) { $0 + $1.panel.leaves.count } == columns, "\(form)")
  }
}
