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

  static let all = [archives, commerce, otherScopes, otherYears]

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

extension RealisticNarrativeTests {
  /// Right sentences whose figures are of another scope than the tables, or compare with what no table holds.
  private static let otherScopes = Narrative(
    site: "national-final-accounts-2022", path: "2023/final-accounts",
    text: """
      # 决算情况

      ## 收入支出决算总体情况

      本年基本支出中，人员经费13000.00万元、公用经费3920.14万元。

      行政运行6534.60万元，其中人员支出5000.00万元、公用支出1534.60万元。

      财政拨款收入25156.02万元，其中人员经费拨款13000万元、公用经费拨款4000万元、项目经费拨款8156.02万元。

      教育支出4098.06万元、科学技术支出967.98万元，分别占本年支出的15.98%和3.78%。

      管委会本级基本支出1659.56万元，项目支出700万元。

      所属3家单位支出合计2044.90万元，其中执法支队450万元、服务中心900万元、学校694.90万元。

      2022年末结转和结余600.79万元，2023年支出58.2万元，剩余542.59万元收回财政。

      全区（含街道）2023年总收入18.6亿元、总支出18.3亿元。

      ## 财政拨款“三公”经费支出决算情况

      公务接待费年初预算32万元，与上年预算持平，支出24.15万元。

      “三公”经费210.05万元，比上年190.38万元增长10.33%，比预算236万元下降11.00%。

      2024年“三公”经费预算230万元，比2023年预算236万元减少6万元，下降2.54%。

      公务接待费较2019年的40万元下降39.63%。

      国内公务接待191批次，1433人次（不包括陪同人员），共计支出23.92万元；外事接待5批次，41人次，共计支出0.23万元。

      ## 其他重要事项

      采购总额266.70万元，其中货物92.40万元、工程60.80万元、服务113.50万元，占比分别为34.65%、22.80%、42.56%。

      对“送戏下乡”等2个项目开展部门评价，涉及一般公共预算支出96万元，政府性基金预算支出0万元。
      """,
    slips: [
      ("行政运行6534.60", "行政运行6354.60", "text-amount-differs"),
      ("教育支出4098.06", "教育支出4089.06", "text-amount-differs"),
    ])

  private static let otherYears = Narrative(
    site: "three-public-with-meetings", path: "2024/budget",
    text: """
      # 部门收支情况

      2024年收入预算481.32万元，2025年预计增长3%。预计2024年底结转资金20万元，2025年一般公共预算支出500万元。

      公用经费26.26万元，其中一般公共预算20.00万元、单位资金6.26万元。

      项目支出较2019年的600万元下降57.50%。

      # 其他重要事项

      “三公”经费预算较2019年的41.5万元下降39.33%。因公出国（境）费16.50万元，占“三公”经费的65.53%，较上年占比34.87%上升30.66个百分点。

      公务接待费3.05万元，与2023年执行数持平。会议费2021年、2022年、2023年预算分别为30万元、26万元、24.19万元。
      """,
    slips: [
      ("出国（境）费16.50", "出国（境）费61.50", "text-amount-differs"), ("65.53%", "56.53%", "text-share-differs"),
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
