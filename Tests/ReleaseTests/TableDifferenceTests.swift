import Diagnostics
import Parsing
import Testing

@testable import Release

/// Two versions of a published table, compared without knowing its form.
struct TableDifferenceTests {
  private func table(_ text: String) throws -> CSVTable {
    var findings: [Finding] = []
    let table = parseCSV(SourceText(file: "x.csv", text: text), findings: &findings)
    return try #require(table)
  }

  private func difference(_ old: String, _ new: String) throws -> TableDifference {
    compare(try table(old), try table(new))
  }

  /// The changes as lines, as far as cells are concerned.
  private func cells(_ old: String, _ new: String) throws -> [String] {
    try difference(old, new).cells.map { "\($0.row)、\($0.column)：\($0.old) → \($0.new)" }
  }

  @Test func `a changed figure is named by row and column`() throws {
    let found = try difference("项目,预算数\n合计,3.00\n办公费,1.00\n", "项目,预算数\n合计,4.00\n办公费,1\n")
    #expect(
      found
        == TableDifference(cells: [
          CellChange(row: "合计", column: "预算数", old: "3.00", new: "4.00", isFigure: true)
        ]))
  }

  @Test func `figures are compared as decimals, states of a cell are kept apart`() throws {
    #expect(
      try cells(
        "项目,金额\n甲,36\n乙,0\n丙,\n丁,0.10\n戊,99999999999999999.01\n",
        "项目,金额\n甲,36.00\n乙,\n丙,0\n丁,0.1\n戊,99999999999999999.02\n")
        == ["乙、金额：0 → ", "丙、金额： → 0", "戊、金额：99999999999999999.01 → 99999999999999999.02"])
  }

  @Test func `rows are found again wherever they stand`() throws {
    let found = try difference("项目,金额\n甲,1\n乙,2\n丙,3\n", "项目,金额\n丙,3\n丁,9\n甲,1\n")
    #expect(found == TableDifference(addedRows: ["丁"], removedRows: ["乙"]))
  }

  @Test func `rows of one name are told apart by the rows they stand under, then by their order`() throws {
    let old = "项目,金额\n上级,3\n  其他,1\n下级,5\n  其他,2\n  其他,3\n"
    #expect(try cells(old, old.replacing("其他,3", with: "其他,4")) == ["下级/其他、金额：3 → 4"])
    #expect(try cells(old, old.replacing("其他,1", with: "其他,4")) == ["上级/其他、金额：1 → 4"])
    // A row under which others stand has another name now: they are still the same.
    let renamed = try difference(old, old.replacing("上级", with: "市级"))
    #expect(renamed.addedRows == ["市级"] && renamed.removedRows == ["上级"] && renamed.cells == [])
  }

  @Test func `lists side by side are compared each by itself`() throws {
    let old = "收入/项目,收入/数,支出/项目,支出/数\n拨款,5,教育,2\n结余,1,科技,4\n总计,6,总计,6\n"
    let new = "收入/项目,收入/数,支出/项目,支出/数\n拨款,5,教育,2\n其他,0,科技,4\n结余,1,总计,7\n总计,6,,\n"
    let found = try difference(old, new)
    #expect(found.cells.map { "\($0.row) \($0.column) \($0.new)" } == ["总计 支出/数 7"])
    #expect(found.addedRows == ["其他"] && found.removedRows == [])
  }

  @Test func `codes before names are part of the name, counts are figures`() throws {
    let old = "单位,科目编码,科目名称,人数,支出\n工会,,,10,6\n,201,一般公共服务,120,2\n,208,社会保障,100,4\n"
    #expect(
      try cells(old, old.replacing("201,一般公共服务,120", with: "201,一般公共服务,121"))
        == ["201 一般公共服务、人数：120 → 121"])
    let recoded = try difference(old, old.replacing("208", with: "210"))
    #expect(recoded.addedRows == ["210 社会保障"] && recoded.removedRows == ["208 社会保障"])
  }

  @Test func `blank cells at the left continue those above`() throws {
    let old = "一级指标,二级指标,三级指标,指标值\n产出,数量,活动,≥1次\n,,帮扶率,100%\n,质量,活动,良好\n"
    #expect(
      try cells(old, old.replacing("≥1次", with: "≥2次")) == ["产出 数量 活动、指标值：≥1次 → ≥2次"])
    #expect(try cells(old, old.replacing("良好", with: "优秀")) == ["质量 活动、指标值：良好 → 优秀"])
  }

  @Test func `words that change are changes of words`() throws {
    let found = try difference("栏目,内容\n单位,工会\n金额,3.84\n职能,服务职工\n", "栏目,内容\n单位,工会\n金额,3.85\n职能,服务\n")
    #expect(found.cells.map(\.isFigure) == [true, false])
    #expect(found.cells.map(\.row) == ["金额", "职能"])
  }

  @Test func `columns that come and go are named, the others compared`() throws {
    let found = try difference("项目,上年,本年\n甲,1,2\n", "项目,本年,增减\n甲,3,2\n")
    #expect(found.addedColumns == ["增减"] && found.removedColumns == ["上年"])
    #expect(found.cells == [CellChange(row: "甲", column: "本年", old: "2", new: "3", isFigure: true)])
  }

  @Test func `a first column of another name still names the rows`() throws {
    let found = try difference("项目,数\n甲,1\n乙,2\n", "支出项目,数\n甲,1\n乙,3\n")
    #expect(found.cells.map(\.row) == ["乙"])
    #expect(found.addedRows == [] && found.addedColumns == ["支出项目"] && found.removedColumns == ["项目"])
  }

  @Test(arguments: [
    ("1,273.50", "1273.5", true), ("007", "7", true), ("≥100人次", "≥100人次", true), ("-0.00", "-0", true),
    ("12.5%", "12.5%", true), ("2021年", "2021年", false), ("1.一般公共预算拨款", "1.一般公共预算拨款", false),
    ("一、支出", "一、支出", false), ("（1）", "（1）", false), (" 无 ", "无", false), ("1.2.3", "1.2.3", false),
    (".", ".", false), (",", ",", false), ("", "", false), ("2、分项", "2、分项", false),
  ]) func `a figure is told from words`(_ text: String, _ plain: String, _ isFigure: Bool) {
    let figure = FigureText(text)
    #expect(figure.plain == plain)
    #expect(figure.isFigure == isFigure)
  }

  /// Whatever the tables are, comparing one with itself finds nothing, and nothing crashes.
  @Test func `random tables`() throws {
    var seed: UInt64 = 7
    func random(_ bound: Int) -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(seed >> 33) % bound
    }
    let words = ["", "合计", "  其中", "201", "3.5", "—", "/", "a/b", "收入/项", "≥1", "0", "100%", " "]
    func text() -> String {
      let columns = 1 + random(6)
      return (0..<(1 + random(8))).map { _ in
        (0..<columns).map { _ in words[random(words.count)] }.joined(separator: ",")
      }.joined(separator: "\n")
    }
    for _ in 0..<500 {
      var findings: [Finding] = []
      guard let first = parseCSV(SourceText(file: "a", text: text()), findings: &findings),
        let second = parseCSV(SourceText(file: "b", text: text()), findings: &findings)
      else { continue }
      #expect(compare(first, first).isEmpty)
      _ = compare(first, second)
    }
  }
}
