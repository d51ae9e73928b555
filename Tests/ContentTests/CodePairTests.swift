import Forms
import Parsing
import Testing

@testable import Content

private let form = """
  states: {flow: 支出}
  columns:
    - {id: code, title: 部门科目编码, type: code, of: economic}
    - {id: name, title: 部门科目名称, type: name, of: economic}
    - {id: gov-code, title: 政府科目编码, type: code, of: gov-economic}
    - {id: gov-name, title: 政府科目名称, type: name, of: gov-economic}
    - {id: amount, title: 金额, type: amount}
  rows: [{id: lines, codes: [economic, gov-economic]}, {id: total, title: 合计, adds: lines}]
  empty: 无

  """

private let header = "部门科目编码,部门科目名称,政府科目编码,政府科目名称,金额\n"

/// The rows of data under the header, and for each the one that holds it.
private func bound(_ rows: String) throws -> (BoundTable, parents: [String?]) {
  let bound = try BoundTable(form, header + rows)
  #expect(bound.findings.isEmpty, "\(bound.findings.map(\.message))")
  return (bound, bound.rows.map { $0.parent.flatMap { bound.rows[$0].code } })
}

@Suite struct CodePairTests {
  @Test func `a pair lies below the pair of wider codes, and a code may stand twice`() throws {
    let (table, parents) = try bound(
      """
      301,工资福利支出,501,机关工资福利支出,7.00
      30101,基本工资,50101,工资奖金津补贴,4.00
      30102,津贴补贴,50101,工资奖金津补贴,3.00
      301,工资福利支出,505,对事业单位经常性补助,2.00
      30101,基本工资,50501,工资福利支出,2.00
      合计,,,,9.00

      """.replacing("合计,,,,", with: ",合计,,,"))
    #expect(table.codes == ["301/501", "30101/50101", "30102/50101", "301/505", "30101/50501", nil])
    #expect(parents == [nil, "301/501", "301/501", nil, "301/505", nil])
    #expect(table.rows[1].tags == Tags(["economic": "30101", "gov-economic": "50101"]))
    #expect(table.rows.prefix(5).allSatisfy { $0.speaks })
  }

  @Test func `a code alone holds its pairs, and says nothing where it stands twice`() throws {
    let (table, parents) = try bound(
      "301,工资福利支出,,,7.00\n30101,基本工资,50101,工资奖金津补贴,7.00\n301,工资福利支出,,,2.00\n30101,基本工资,50501,工资福利支出,2.00\n,合计,,,9.00\n"
    )
    #expect(parents == [nil, "301", nil, "301", nil])
    #expect(table.rows.map(\.speaks) == [false, true, false, true, true])
    let (once, _) = try bound("301,工资福利支出,,,7.00\n30101,基本工资,50101,工资奖金津补贴,7.00\n,合计,,,7.00\n")
    #expect(once.rows.map(\.speaks) == [true, true, true])
  }

  @Test func `what is left out is as in the row that holds it`() throws {
    let (table, parents) = try bound(
      "302,商品和服务支出,502,机关商品和服务支出,5.00\n30201,办公费,,,3.00\n,,50209,维修（护）费,2.00\n,合计,,,5.00\n")
    #expect(parents == [nil, "302/502", "302/502", nil])
    #expect(table.rows[1].tags == Tags(["economic": "30201", "gov-economic": "502"]))
    #expect(table.rows[2].tags == Tags(["economic": "302", "gov-economic": "50209"]))
  }

  @Test func `a code without its name is completed from its own classification`() throws {
    let table = try BoundTable(
      form, header + "30101,,50101,工资奖金津补贴,4.00\n30102,津贴补贴,50101,,3.00\n,,50102,,2.00\n,合计,,,9.00\n")
    #expect(table.texts(1) == ["基本工资", "津贴补贴", "", "合计"])
    #expect(table.texts(3) == ["工资奖金津补贴", "工资奖金津补贴", "社会保障缴费", ""])
    #expect(table.rows.map(\.title) == ["基本工资", "津贴补贴", "社会保障缴费", "合计"])
    #expect(table.findings.map(\.id) == Array(repeating: "code-without-name", count: 3))
    #expect(table.findings.allSatisfy { $0.severity == .info })
    #expect(table.findings.map(\.place.column) == [1, 12, 3])
  }

  @Test func `columns of names that do not say whose they are belong to the codes before them`() throws {
    let open = form.replacing("type: name, of: economic", with: "type: name")
      .replacing("type: name, of: gov-economic", with: "type: name")
    let table = try BoundTable(open, header + "30101,,50101,,4.00\n,合计,,,4.00\n")
    #expect(table.texts(1) == ["基本工资", "合计"])
    #expect(table.texts(3) == ["工资奖金津补贴", ""])
  }

  @Test func `codes may stand before their names`() throws {
    let table = try BoundTable(
      form, header + "30101 基本工资,,[50101],工资奖金津补贴,4.00\n,[30102]津贴补贴,,50101-工资奖金津补贴,3.00\n,合计,,,7.00\n")
    #expect(table.codes == ["30101/50101", "30102/50101", nil])
    #expect(table.findings.isEmpty, "\(table.findings.map(\.message))")
  }

  @Test(arguments: [
    ("codes: [economic]", "成对的科目要写两种"), ("codes: [economic, economic]", "成对的科目要写两种"),
    ("codes: [economic, function]", "没有“function”的编码列"), ("codes: [economic, govt]", "“codes”不能是“govt”"),
    ("codes: [economic, gov-economic], from: all", "成对的科目不能写“from”"),
  ])
  func `pairs that cannot be read are mistakes of the form`(_ rows: String, _ message: String) throws {
    let text = form.replacing("codes: [economic, gov-economic]", with: rows)
    let library = FormLibrary(own: [
      .init(file: "content/forms/one.yaml", text: "id: one\ntitle: 一张表\nunit: 万元\n" + text)
    ])
    #expect(library.findings.first?.message.contains(message) == true, "\(library.findings.map(\.message))")
  }
}
