import Forms
import Testing

@testable import Content

private let form = """
  columns:
    - {id: code, title: 科目编码, type: code, of: function}
    - {id: name, title: 科目名称, type: name, of: function}
    - {id: total, title: 合计, type: amount, adds: [wages, goods]}
    - title: 机关工资福利支出
      states: {gov-economic: "501"}
      columns:
        - {id: subtotal, title: 小计, type: amount, adds: wages}
        - {id: wages, repeat: {codes: gov-economic, under: ["501"], depth: 2..2}}
    - {id: goods, title: 机关商品和服务支出, repeat: {codes: gov-economic, under: ["502"]}}
  rows: [{id: lines, codes: function}, {id: total, title: 合计, adds: lines}]

  """
private let header = "科目编码,科目名称,合计,机关工资福利支出/小计,社会保障缴费,机关工资福利支出/工资奖金津补贴,机关商品和服务支出/机关商品和服务支出,50201\n"
private let csv = header + "205,教育支出,10.00,6.00,2.00,4.00,4.00,4.00\n,合计,10.00,6.00,2.00,4.00,4.00,4.00\n"

@Suite struct CodeColumnTests {
  @Test func `the header decides which codes have a column`() throws {
    let bound = try BoundTable(form, csv)
    #expect(bound.findings.isEmpty)
    #expect(
      bound.leaves.map(\.name) == [
        "科目编码", "科目名称", "合计", "机关工资福利支出/小计", "机关工资福利支出/工资奖金津补贴", "机关工资福利支出/社会保障缴费",
        "机关商品和服务支出/机关商品和服务支出", "机关商品和服务支出/办公经费",
      ])
    #expect(
      bound.texts(4) == ["4.00", "4.00"] && bound.texts(5) == ["2.00", "2.00"]
        && bound.texts(7) == ["4.00", "4.00"])
    #expect(bound.leaves[4].states["gov-economic"] == "50101" && bound.leaves[4].type == .amount)
  }

  @Test func `totals add the outermost codes, and a code those below it`() throws {
    let leaves = try BoundTable(form, csv).leaves
    func parts(_ leaf: Int) -> [Int] {
      leaves[leaf].rules.flatMap { rule -> [Int] in if case .sum(let parts) = rule { parts } else { [] } }
    }
    #expect(parts(2) == [4, 5, 6])
    #expect(parts(3) == [4, 5])
    #expect(parts(6) == [7])
  }

  @Test func `a whole list has its columns whatever the data has`() throws {
    let all = form.replacing("under: [\"501\"], ", with: "under: [\"501\"], from: all, ")
    let bound = try BoundTable(all, "科目编码,科目名称,合计,小计,50101\n,合计,1.00,1.00,1.00\n")
    #expect(bound.findings.isEmpty)
    #expect(bound.leaves.compactMap { $0.listed?.code } == ["50101", "50102", "50103", "50199"])
    #expect(bound.grid.panels[0].printedLeaves.count == bound.leaves.count)
  }

  @Test func `a code without a column of its own leaves the sum to those below it`() throws {
    let all = form.replacing("under: [\"502\"]", with: "under: [\"502\"], from: all")
    let bound = try BoundTable(all, "科目编码,科目名称,合计,小计,50101,50201\n,合计,2.00,1.00,1.00,1.00\n")
    let leaves = bound.leaves
    let whole = try #require(leaves.first { $0.listed?.code == "502" })
    #expect(whole.listed?.isHollow == true)
    guard case .sum(let parts)? = leaves[2].rules.first else {
      Issue.record("no sum")
      return
    }
    #expect(!parts.contains(whole.index) && parts.map { leaves[$0].listed?.code }.contains("50201"))
    #expect(!bound.grid.panels[0].panel.speakingLeaves.contains { $0.index == whole.index })
  }

  @Test func `each code may have columns of its own`() throws {
    let form = """
      columns:
        - 项目
        - {id: total, title: 合计, adds: kinds, columns: [{id: basic, title: 基本支出, type: amount}, {id: project, title: 项目支出, type: amount}]}
        - {id: kinds, repeat: {codes: gov-economic, depth: 1}, columns: [{id: basic, title: 基本支出, type: amount}, {id: project, title: 项目支出, type: amount}]}
      rows: [{free: lines}]

      """
    let bound = try BoundTable(
      form, "项目,合计/基本支出,合计/项目支出,机关工资福利支出/基本支出,机关工资福利支出/项目支出,502/基本支出,502/项目支出\n甲,3,0,1,0,2,0\n")
    #expect(bound.findings.isEmpty, "\(bound.findings.map(\.message))")
    #expect(bound.leaves.map(\.id) == ["项目", "basic", "project", "basic", "project", "basic", "project"])
    guard case .sum(let parts)? = bound.leaves[2].rules.first else {
      Issue.record("no sum")
      return
    }
    #expect(parts == [4, 6])
  }

  @Test func `a column that is no code of the list is refused`() throws {
    let (grid, findings) = try BoundTable.bind(form, "科目编码,科目名称,合计,小计,会议支出\n,合计,1,1,1\n")
    #expect(grid == nil && findings.map(\.id) == ["csv-unknown-column"])
  }
}
