import Testing

@testable import Content

private let form = """
  columns: [{id: code, title: 编码, type: code, of: economic}, {id: name, title: 名称, type: name, of: economic}, {id: amount, title: 金额, type: amount}]
  rows: [{id: lines, codes: economic, from: all, under: ["303"], depth: 2}, {id: total, title: 合计, adds: lines}]

  """

@Suite struct CompleteListTests {
  @Test func `codes that the data leaves out are printed in their place`() throws {
    let bound = try BoundTable(form, "编码,名称,金额\n303,对个人和家庭的补助,5.00\n30305,生活补助,5.00\n,合计,5.00\n")
    #expect(bound.findings.isEmpty)
    #expect(bound.codes.prefix(6) == ["303", "30301", "30302", "30303", "30304", "30305"])
    #expect(bound.codes.compactMap { $0 } == bound.codes.compactMap { $0 }.sorted())
    #expect(bound.rows.last?.title == "合计")
    #expect(bound.rows[1].title == "离休费" && bound.rows[1].cells[2].state == .blank && bound.rows[1].isLeftOut)
    #expect(bound.rows[5].cells[2].amount?.fen == 5_0000_00 && !bound.rows[5].isLeftOut)
    #expect(bound.wholes.dropFirst().dropLast().allSatisfy { $0 == "303" })
  }

  @Test func `data in another order, and codes that no list has, are kept in the order of the codes`() throws
  {
    let bound = try BoundTable(
      form, "编码,名称,金额\n30388,别的补助,1.00\n,说不清的补助,0.50\n30302,退休费,4.00\n303,对个人和家庭的补助,5.00\n,合计,5.00\n")
    let codes = bound.codes.compactMap { $0 }
    #expect(codes == codes.sorted() && codes.contains("30388"))
    let unknown = try #require(bound.rows.firstIndex { $0.title == "说不清的补助" })
    #expect(bound.rows[unknown - 1].code == "30388")
    #expect(bound.rows.count { !$0.isLeftOut } == 5)
  }

  @Test func `an inner list takes levels only as deep as it says`() throws {
    let bound = try BoundTable(form.replacing("depth: 2", with: "depth: 1..1"), "编码,名称,金额\n,合计,0\n")
    #expect(bound.codes == ["303", nil])
  }

  @Test func `a code that is left out though the data has some below it does not speak for them`() throws {
    let bound = try BoundTable(form, "编码,名称,金额\n30302,退休费,5.00\n,合计,5.00\n")
    #expect(bound.rows[0].code == "303" && bound.rows[0].isHollow && !bound.rows[0].speaks)
    #expect(bound.rows[1].isLeftOut && !bound.rows[1].isHollow && bound.rows[1].speaks)
  }

  @Test func `the outermost rows of a numbered list bear their number, also those that the data leaves out`()
    throws
  {
    let numbered = form.replacing("under: [\"303\"], depth: 2", with: "depth: 2, ordinal: 一、")
    let bound = try BoundTable(
      numbered, "编码,名称,金额\n302,（二）商品和服务支出,1.00\n30201,办公费,1.00\n303,对个人和家庭的补助,5.00\n,合计,6.00\n")
    #expect(bound.findings.isEmpty, "\(bound.findings.map(\.message))")
    let outermost = bound.rows.filter { $0.parent == nil }.map(\.title)
    #expect(Array(outermost.prefix(3)) == ["一、工资福利支出", "二、商品和服务支出", "三、对个人和家庭的补助"])
    #expect(outermost.last == "合计" && bound.texts(1).contains("办公费") && bound.texts(1).contains("二、商品和服务支出"))
  }

  @Test(arguments: [("（一）", "（二）国防支出"), ("1.", "2.国防支出")])
  func `numbers may be written in other ways, and count what the data has`(_ ordinal: String, _ title: String)
    throws
  {
    let numbered =
      "columns: [{title: 名称, type: name, of: function}, {title: 金额, type: amount}]\nrows: [{codes: function, ordinal: \(ordinal)}]\n"
    let bound = try BoundTable(numbered, "名称,金额\n一般公共服务支出,1.00\n十、国防支出,1.00\n")
    #expect(bound.findings.isEmpty, "\(bound.findings.map(\.message))")
    #expect(bound.rows.map(\.title).last == title)
  }

  private let ordinals =
    "columns: [{title: 名称, type: name, of: function}, {title: 金额, type: amount}]\nrows: [{codes: function, ordinal: 一、}]\n"

  @Test(arguments: [
    "一、一般公共服务支出,1\n二、国防支出,1\n三、教育支出,1\n", "一般公共服务支出,1\n国防支出,1\n",
    "一、一般公共服务支出,1\n  人大事务,1\n二、国防支出,1\n", "一、一般公共服务支出,1\n国防支出,1\n二、教育支出,1\n",
    "一、一般公共服务支出,1\n国防支出,1\n三、教育支出,1\n", "（1）一般公共服务支出,1\n②国防支出,1\n3.教育支出,1\n",
  ])
  func `numbers that follow one another are right`(_ rows: String) throws {
    let bound = try BoundTable(ordinals, "名称,金额\n" + rows)
    #expect(bound.findings.isEmpty, "\(bound.findings.map(\.message))")
  }

  @Test(arguments: [
    ("一、一般公共服务支出,1\n二、国防支出,1\n四、教育支出,1\n五、科学技术支出,1\n", 4, "编号应为“三、”"),
    ("一、一般公共服务支出,1\n二、国防支出,1\n二、教育支出,1\n三、科学技术支出,1\n", 4, "编号应为“三、”"),
    ("二、国防支出,1\n三、教育支出,1\n", 2, "编号应为“一、”"),
  ])
  func `a number that breaks the sequence is told once, at its place`(
    _ rows: String, _ line: Int, _ message: String
  ) throws {
    let bound = try BoundTable(ordinals, "名称,金额\n" + rows)
    #expect(bound.findings.map(\.id) == ["ordinal-broken"])
    let finding = try #require(bound.findings.first)
    #expect(finding.severity == .warning && finding.place.line == line && finding.message.contains(message))
  }

  @Test func `numbers of a complete list may be those of the whole list`() throws {
    let numbered = form.replacing("under: [\"303\"], depth: 2", with: "depth: 2, ordinal: 一、")
    let rows = "编码,名称,金额\n302,二、商品和服务支出,1.00\n303,三、对个人和家庭的补助,5.00\n310,十、资本性支出,1.00\n,合计,7.00\n"
    let bound = try BoundTable(numbered, rows)
    let printed = try #require(bound.rows.first { $0.code == "310" }).title
    let number = printed.replacing("资本性支出", with: "")
    let right = try BoundTable(numbered, rows.replacing("十、", with: number))
    #expect(right.findings.isEmpty, "\(right.findings.map(\.message))")
    #expect(bound.findings.map(\.id) == (number == "十、" ? [] : ["ordinal-broken"]))
  }

  @Test func `an empty table stays empty`() throws {
    #expect(try BoundTable(form, "编码,名称,金额\n").rows.isEmpty)
  }
}
