import Diagnostics
import Forms
import Testing

@testable import Content

@Suite struct CodeAndNameTests {
  let listed = """
    columns: [{id: code, title: 编码, type: code, of: function}, {id: name, title: 名称, type: name, of: function}, {id: amount, title: 金额, type: amount}]
    rows: [{id: lines, codes: function}]
    """
  let named = """
    columns: [{id: name, title: 名称, type: name, of: function}, {id: amount, title: 金额, type: amount}]
    rows: [{id: lines, codes: function}]
    """

  @Test func `a code without its name is completed and said`() throws {
    let table = try BoundTable(listed, "编码,名称,金额\n201,,4.00\n20129,,4.00\n")
    #expect(table.texts(1) == ["一般公共服务支出", "群众团体事务"])
    #expect(table.rows.map(\.title) == ["一般公共服务支出", "群众团体事务"])
    #expect(table.findings.map(\.id) == ["code-without-name", "code-without-name"])
    #expect(table.findings.allSatisfy { $0.severity == .info })
  }

  @Test func `a name that is not sure is not printed for a code`() throws {
    let table = try BoundTable(listed, "编码,名称,金额\n2010104,,4.00\n")
    #expect(table.texts(1) == [""])
    #expect(table.findings.map(\.id) == ["code-without-name"])
  }

  @Test(arguments: ["[2012901]行政运行", "【2012901】 行政运行", "2012901行政运行", "2012901 行政运行", "2012901-行政运行"])
  func `a code before the name is the code`(_ text: String) throws {
    let table = try BoundTable(named, "名称,金额\n[201]一般公共服务支出,4.00\n20129 群众团体事务,4.00\n\(text),4.00\n")
    #expect(table.codes == ["201", "20129", "2012901"])
    #expect(table.wholes == [nil, "201", "20129"])
    #expect(table.rows[2].title == "行政运行")
    #expect(table.texts(0)[2] == text)
    #expect(table.findings.isEmpty)
  }

  @Test func `a code column may hold brackets or the name`() throws {
    let table = try BoundTable(listed, "编码,名称,金额\n[201],一般公共服务支出,4.00\n20129群众团体事务,,4.00\n")
    #expect(table.codes == ["201", "20129"])
  }

  @Test(arguments: ["301医院", "2022年春节慰问", "205.5", "999 其他", "100%"])
  func `a number before a name need not be a code`(_ text: String) throws {
    let table = try BoundTable(
      named.replacing("function", with: "economic"), "名称,金额\n\(text),4.00\n")
    #expect(table.codes == [nil])
  }

  @Test func `a name that the classification does not have is told once`() throws {
    let table = try BoundTable(named, "名称,金额\n一般公共服务支出,4.00\n  工会活动,4.00\n    基层补助,4.00\n")
    #expect(table.codes == ["201", nil, nil])
    #expect(table.findings.map(\.id) == ["name-without-code"])
    #expect(table.findings.allSatisfy { $0.severity == .info })
  }

  @Test func `a level named beside the rows of the next stands over them without a row`() throws {
    let table = try BoundTable(
      """
      states: {flow: 支出}
      columns: [{id: unit, title: 单位}, {id: item, title: 科目, type: name, of: economic}, {id: amount, title: 金额, type: amount}]
      rows: [{id: lines, levels: [{of: unit, in: unit}, {of: economic, in: item}]}]
      """, "单位,科目,金额\n甲,工资福利支出,1.00\n,商品和服务支出,2.00\n乙,工资福利支出,3.00\n乙,商品和服务支出,4.00\n")
    #expect(table.rows.map { $0.tags["unit"] } == ["甲", "甲", "乙", "乙"])
    #expect(table.codes == ["301", "302", "301", "302"])
    #expect(table.rows.allSatisfy { $0.parent == nil && $0.depth == 0 && $0.speaks })
  }

  @Test func `a level that has its own row keeps it`() throws {
    let table = try BoundTable(
      """
      states: {flow: 支出}
      columns: [{id: unit, title: 单位}, {id: item, title: 科目, type: name, of: economic}, {id: amount, title: 金额, type: amount}]
      rows: [{id: lines, levels: [{of: department, in: unit}, {of: unit, in: unit}, {of: economic, in: item}]}]
      """, "单位,科目,金额\n县局,,6.00\n局本级,工资福利支出,1.00\n局本级,商品和服务支出,2.00\n  分馆,,3.00\n,工资福利支出,3.00\n")
    #expect(table.rows.map { $0.tags["unit"] } == [nil, "局本级", "局本级", "分馆", "分馆"])
    #expect(table.rows.map(\.parent) == [nil, 0, 0, 0, 3])
  }

  @Test func `the only row of a free form speaks where the data has one`() throws {
    let form = """
      states: {flow: 支出}
      columns: [{id: item, title: 项目}, {id: amount, title: 金额, type: amount}]
      rows: [{free: lines}]
      """
    #expect(try BoundTable(form, "项目,金额\n支出,4.00\n").rows.map(\.speaks) == [true])
    #expect(try BoundTable(form, "项目,金额\n甲,4.00\n乙,5.00\n").rows.map(\.speaks) == [false, false])
    let chosen = form.replacing("free: lines", with: "free: lines, complete: false")
    #expect(try BoundTable(chosen, "项目,金额\n支出,4.00\n").rows.map(\.speaks) == [false])
  }

  @Test func `files may call a column by its aliases`() throws {
    let form = """
      columns: [{id: code, title: 科目编码, aliases: [功能分类科目编码], type: code, of: function}, {columns: [{title: 金额, aliases: [支出额], type: amount}], title: 本年}]
      rows: [{id: lines, codes: function}]
      """
    let table = try BoundTable(form, "功能分类科目编码,本年/支出额\n201,4.00\n")
    #expect(table.codes == ["201"])
    #expect(table.texts(1) == ["4.00"])
    #expect(try BoundTable(form, "科目编码,支出额\n201,4.00\n").texts(1) == ["4.00"])
    #expect(try BoundTable.bind(form, "科目编码,功能分类科目编码,金额\n201,201,4.00\n").0 == nil)
  }
}
