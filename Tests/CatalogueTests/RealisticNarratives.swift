import Checks
import Content
import Diagnostics
import Testing

/// Narratives as offices write them, with figures typed by hand, over the tables of a clean set.
@Suite struct RealisticNarrativeTests {
  /// A text that is right, and what is said once a phrase of it is another.
  struct Narrative: Sendable, CustomTestStringConvertible {
    var site: String
    var path: String
    var text: String
    var slips: [(right: String, wrong: String, check: String)]

    var testDescription: String { site }
  }

  static let all = [archives, commerce]

  @Test(arguments: all)
  func `a narrative with figures typed by hand is right`(_ narrative: Narrative) throws {
    #expect(try narrative.findings(in: narrative.text).isEmpty)
  }

  @Test(arguments: all)
  func `a slip in a narrative is reported where it stands`(_ narrative: Narrative) throws {
    for slip in narrative.slips {
      let parts = narrative.text.components(around: slip.right)
      let text = try #require(parts, "\(slip.right)")
      let findings = try narrative.findings(in: text.before + slip.wrong + text.after)
      #expect(findings.contains { $0.id == slip.check }, "\(slip.wrong): \(findings.map(\.message))")
      // One slip is not told twice of other lines.
      let line = text.before.split(separator: "\n", omittingEmptySubsequences: false).count
      #expect(findings.allSatisfy { $0.place.line == line }, "\(slip.wrong): \(findings.map(\.message))")
    }
  }

  private static let archives = Narrative(
    site: "codes-in-three-columns", path: "2024/budget",
    text: """
      # 部门概况

      两个单位，在职 29 人，与上年相同。

      # 部门收支情况

      2024年收入预算500.91万元，比上年增加28.51万元，增长6.04%。其中：一般公共预算拨款464.01万元，占本年收入的95.57%；财政专户管理资金3.10万元；其他收入6.40万元；上年结转结余15.40万元。

      2024年支出预算500.91万元，其中项目支出295.20万元。

      # 财政拨款支出情况

      工资福利支出178.47万元。没有政府性基金预算支出。

      # 其他重要事项

      会议费0.27万元，培训费0.76万元。公务接待费预算0.77万元。

      # 名词解释

      - 财政专户管理资金：缴入财政专户的收费。
      """,
    slips: [
      ("收入预算500.91万元", "收入预算510.91万元", "text-amount-differs"),
      ("收入预算500.91万元", "收入预算500.91元", "text-amount-differs"),
      ("比上年增加28.51", "比上年减少28.51", "text-change-differs"),
      ("增长6.04%", "增长0.06%", "text-change-differs"),
      ("拨款464.01万元", "拨款446.01万元", "text-amount-differs"),
      ("其他收入6.40", "其他收入4.60", "text-amount-differs"),
      ("95.57%", "59.57%", "text-share-differs"),
      ("项目支出295.20", "项目支出259.20", "text-amount-differs"),
      ("没有政府性基金预算支出", "没有国有资本经营预算支出", "text-denies-figure"),
    ])

  private static let commerce = Narrative(
    site: "three-public-with-meetings", path: "2024/budget",
    text: """
      # 部门概况

      纳入预算的单位 2 个。

      # 部门收支情况

      一般公共预算拨款收入450.32万元，事业收入31.00万元。一般公共服务支出420.81万元，占87.43%。

      # 财政拨款支出情况

      一般公共预算支出中，基本支出195.32万元，项目支出255.00万元。

      # 其他重要事项

      ## “三公”经费

      因公出国（境）费16.50万元，比2023年预算增加2.50万元，增长17.86%。公务接待费3.05万元，比上年减少0.19万元，下降5.86%。公务用车运行维护费5.63万元。

      # 名词解释

      - 公务接待费：公务接待的支出。
      """,
    slips: [
      ("事业收入31.00", "事业收入13.00", "text-amount-differs"),
      ("增长17.86%", "增长71.86%", "text-change-differs"),
      ("减少0.19", "增加0.19", "text-change-differs"),
      ("公务接待费3.05", "公务接待费5.03", "text-amount-differs"),
      ("87.43%", "78.43%", "text-share-differs"),
    ])
}

extension RealisticNarrativeTests.Narrative {
  func findings(in text: String) throws -> [Finding] {
    let set = try #require(CleanSet.all.first { $0.name == site })
    var unit = try #require(set.units().first)
    unit.files[path + "/narrative.md"] = Array(text.utf8)
    var earlier: [Finding] = []
    let bound = try #require(unit.bound(&earlier))
    let disclosure = try #require(bound.disclosures.first { $0.key == path })
    return check(disclosure, with: unit.library.facts, lastYear: bound.lastYear(of: disclosure)).filter {
      $0.id.hasPrefix("text-") && $0.severity > .info
    }
  }
}

extension String {
  /// What stands before and behind the first place of some words.
  fileprivate func components(around words: String) -> (before: String, after: String)? {
    guard let range = ranges(of: words).first else { return nil }
    return (String(self[..<range.lowerBound]), String(self[range.upperBound...]))
  }
}
