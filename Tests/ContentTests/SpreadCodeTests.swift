import Testing

@testable import Content

private let form = """
  columns: [{id: code, title: 科目编码, type: code, of: function, spread: [类, 款, 项]}, {id: name, title: 科目名称, type: name, of: function}, {id: amount, title: 金额, type: amount}]
  rows: [{id: lines, codes: function}, {id: total, title: 合计, adds: lines}]

  """
private let codes: [String?] = ["205", "20502", "2050201", "2050202", "208", nil]

@Suite struct SpreadCodeTests {
  @Test(arguments: [
    "205,,,教育支出\n,02,,普通教育\n,,01,学前教育\n,,02,小学教育\n208,,,社会保障和就业支出\n,,,合计\n",
    "205,,,教育支出\n205,02,,普通教育\n205,02,01,学前教育\n205,02,02,小学教育\n208,,,社会保障和就业支出\n,,,合计\n",
    "205,00,00,教育支出\n205,2,00,普通教育\n205,2,1,学前教育\n205,2,2,小学教育\n208,00,00,社会保障和就业支出\n,,,合计\n",
    "205,,,教育支出\n20502,,,普通教育\n2050201,,,学前教育\n2050202,,,小学教育\n208,,,社会保障和就业支出\n,,,合计\n",
    "205,,,教育支出\n205,20502,,普通教育\n205,20502,2050201,学前教育\n205,20502,2050202,小学教育\n208,,,社会保障和就业支出\n,,,合计\n",
    "205,,,教育支出\n,20502,,普通教育\n,,2050201,学前教育\n,,2050202,小学教育\n208,,,社会保障和就业支出\n,,,合计\n",
  ])
  func `a code in three columns is one code`(_ lines: String) throws {
    let csv = "类,款,项,科目名称,金额\n" + lines.replacing("\n", with: ",1.00\n")
    let bound = try BoundTable(form, csv)
    #expect(bound.findings.isEmpty, "\(bound.findings.map(\.message))")
    #expect(bound.codes == codes)
    #expect(bound.wholes == [nil, "205", "20502", "20502", nil, nil])
    // Printed as written.
    #expect(
      bound.texts(2).prefix(3).joined(separator: "|")
        == csv.split(separator: "\n").dropFirst().prefix(3).map {
          $0.split(separator: ",", omittingEmptySubsequences: false)[2]
        }.joined(separator: "|"))
  }

  @Test(arguments: [",02,,普通教育", "205,,01,学前教育", "208,20502,,普通教育", "20,,,教育支出", "205,202,,普通教育"])
  func `a code that cannot be joined is a finding`(_ line: String) throws {
    let bound = try BoundTable(form, "科目编码/类,科目编码/款,科目编码/项,科目名称,金额\n\(line),1.00\n,,,合计,1.00\n")
    #expect(bound.findings.map(\.id) == ["code-incomplete"])
    #expect(bound.rows.count == 2)
  }

  @Test func `codes that are left out are written as the data writes them`() throws {
    let all = form.replacing("codes: function}", with: "codes: function, from: all, under: [\"20102\"]}")
    let bound = try BoundTable(
      all, "类,款,项,科目名称,金额\n201,,,一般公共服务支出,1.00\n,02,,政协事务,1.00\n,,01,行政运行,1.00\n,,,合计,1.00\n")
    #expect(bound.findings.isEmpty)
    #expect(bound.rows[3].code == "2010202" && bound.rows[3].isLeftOut)
    #expect(bound.rows[3].cells.prefix(3).map(\.text) == ["", "", "02"])
  }

  @Test func `levels may name a spread code`() throws {
    let levels = form.replacing(
      "{id: lines, codes: function}",
      with: "{id: lines, levels: [{of: unit, in: name}, {of: function, in: code}]}")
    let bound = try BoundTable(
      levels, "类,款,项,科目名称,金额\n,,,县一中,3.00\n205,,,教育支出,3.00\n,02,,普通教育,3.00\n,,,合计,3.00\n")
    #expect(bound.findings.isEmpty)
    #expect(bound.codes == [nil, "205", "20502", nil])
    #expect(bound.rows[2].tags["unit"] == "县一中")
  }
}
