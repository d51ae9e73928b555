import Testing

@testable import Content

private let form = """
  numbers: {rows: 行次}
  panels:
    - id: staff
      title: 人员经费
      columns: &line [{id: code, title: 科目编码, type: code, of: economic}, {id: name, title: 科目名称, type: name, of: economic}, {id: amount, title: 决算数, type: amount}]
      rows: [{id: lines, codes: economic, under: ["301"]}, {id: total, title: 人员经费合计, adds: lines}]
    - id: public
      title: 公用经费
      columns: *line
      strips: 2
      rows: [{id: lines, codes: economic, under: ["302"]}, {id: total, title: 公用经费合计, adds: lines}]
  align: [[staff.total, public.total]]

  """

@Suite struct StripTests {
  private let titles = ["办公费", "印刷费", "咨询费", "手续费", "水费"]

  @Test func `one long list is set in strips`() throws {
    let names = ["30201,办公费", "30202,印刷费", "30203,咨询费", "30204,手续费", "30205,水费"]
    var csv = "人员经费/科目编码,人员经费/科目名称,人员经费/决算数,公用经费/科目编码,公用经费/科目名称,公用经费/决算数\n"
    for (index, name) in names.enumerated() {
      csv += (index == 0 ? "30101,基本工资,1.00," : ",,,") + name + ",2.00\n"
    }
    csv += ",人员经费合计,1.00,,公用经费合计,10.00\n"
    let bound = try BoundTable(form, csv)
    #expect(bound.findings.isEmpty)
    #expect(bound.grid.strips == [0, 1, 1])
    #expect(bound.grid.printedLines == [[0, 0, 3], [nil, 1, 4], [nil, 2, nil], [1, nil, 5]])
    #expect(bound.grid.lines == [[0, 0], [nil, 1], [nil, 2], [nil, 3], [nil, 4], [1, 5]])
  }

  @Test func `data in strips as on paper is one list`() throws {
    let csv = """
      人员经费/科目编码,人员经费/科目名称,人员经费/决算数,公用经费/科目编码,公用经费/科目名称,公用经费/决算数,公用经费/科目编码2,公用经费/科目名称2,公用经费/决算数2
      30101,基本工资,1.00,30201,办公费,2.00,30204,手续费,2.00
      ,,,30202,印刷费,2.00,30205,水费,2.00
      ,,,30203,咨询费,2.00,,,
      ,人员经费合计,1.00,,,,,公用经费合计,10.00

      """
    let bound = try BoundTable(form, csv)
    #expect(bound.findings.isEmpty)
    #expect(bound.grid.panels[1].rows.map(\.title) == titles + ["公用经费合计"])
    #expect(bound.grid.printedLines == [[0, 0, 3], [nil, 1, 4], [nil, 2, nil], [1, nil, 5]])
  }

  @Test(arguments: [
    (["\"302\"", "\"30204\""], [[0, 0, 3], [nil, 1, 4], [nil, 2, nil], [1, nil, 5]]),
    // A code that the data leaves out, and a row's id.
    (["\"302\"", "\"3020299\""], [[0, 0, 2], [nil, 1, 3], [nil, nil, 4], [1, nil, 5]]),
    (
      ["lines", "total"],
      [[0, 0, nil], [nil, 1, nil], [nil, 2, nil], [nil, 3, nil], [nil, 4, nil], [1, nil, 5]]
    ),
  ])
  func `strips begin with the codes or rows that the form names`(_ starts: [String], _ lines: [[Int?]]) throws
  {
    let names = ["30201,办公费", "30202,印刷费", "30203,咨询费", "30204,手续费", "30205,水费"]
    var csv = "人员经费/科目编码,人员经费/科目名称,人员经费/决算数,公用经费/科目编码,公用经费/科目名称,公用经费/决算数\n"
    for (index, name) in names.enumerated() {
      csv += (index == 0 ? "30101,基本工资,1.00," : ",,,") + name + ",2.00\n"
    }
    csv += ",人员经费合计,1.00,,公用经费合计,10.00\n"
    let bound = try BoundTable(
      form.replacing("strips: 2", with: "strips: [\(starts.joined(separator: ", "))]"), csv)
    #expect(bound.findings.isEmpty, "\(bound.findings.map(\.message))")
    #expect(bound.grid.printedLines == lines)
    #expect(bound.grid.lines.count == 6)
  }

  @Test func `a line left blank is printed and counted, and no line of a file`() throws {
    let blank = form.replacing("align: [[staff.total", with: "align: [[], [staff.total").replacing(
      "public.total]]", with: "public.total], []]")
    let csv =
      "人员经费/科目编码,人员经费/科目名称,人员经费/行次,人员经费/决算数,公用经费/科目编码,公用经费/科目名称,公用经费/决算数\n30101,基本工资,2,1.00,30201,办公费,2.00\n,人员经费合计,3,1.00,,公用经费合计,2.00\n"
    let bound = try BoundTable(blank, csv)
    #expect(bound.findings.isEmpty, "\(bound.findings.map(\.message))")
    #expect(bound.grid.printedLines == [[nil, nil, nil], [0, 0, nil], [1, nil, 1], [nil, nil, nil]])
    #expect(bound.grid.lines == [[0, 0], [1, 1]])
    #expect(try BoundTable(blank, csv.split(separator: "\n")[0] + "\n").grid.printedLines.isEmpty)
  }

  @Test func `numbers of rows are read strip by strip`() throws {
    let csv =
      "人员经费/科目编码,人员经费/科目名称,人员经费/行次,人员经费/决算数,公用经费/科目编码,公用经费/科目名称,公用经费/决算数,公用经费/科目编码2,公用经费/科目名称2,公用经费/行次2,公用经费/决算数2\n30101,基本工资,1,1.00,30201,办公费,2.00,30204,手续费,5,2.00\n,人员经费合计,2,1.00,,,,,公用经费合计,6,4.00\n"
    let bound = try BoundTable(form, csv)
    #expect(bound.findings.isEmpty)
    #expect(bound.grid.panels[0].rows.map { $0.number?.text } == ["1", "2"])
    #expect(bound.grid.panels[1].rows.map { $0.number?.text } == [nil, "5", "6"])
  }
}
