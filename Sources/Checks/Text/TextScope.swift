import Content
import Fiscal
import Forms

/// Of which year, of a budget or of what was spent, and of what the tables hold at all a number speaks.
extension TextReading {
  /// Whether an amount without a word for what was spent goes on with a budget: 年初预算基本支出 1 万元、项目支出 2 万元.
  func isOfBudget(_ index: Int) -> Bool {
    let passage = ties[index].passage
    let own = passages[passage].text(ties[index].clause.near)
    if ["年初安排", "年初预算", "预算批复", "批复预算"].contains(where: { own.contains($0) }) { return true }
    if ["决算", "执行", "实际", "完成", "列支", "支出数"].contains(where: { own.contains($0) }) { return false }
    for other in sentence(of: index).reversed() where other < index {
      let near = passages[passage].text(ties[other].clause.near)
      if ["决算", "执行", "实际", "完成"].contains(where: { near.contains($0) }) { return false }
      guard ties[other].clause.role == .level, !ties[other].clause.isBase else { continue }
      if near.contains("年初") && !near.contains("结") { return true }
      if words[passage].saysBudget(in: ties[other].clause.near, besides: lanes.fund, of: passages[passage]) {
        return true
      }
    }
    return false
  }

  /// Whether the words of a sentence before a number speak of a part of the year, of several years, of a region's
  /// finances or of money from elsewhere, none of which the tables hold.
  func isOfOtherScope(_ index: Int) -> Bool {
    let clause = ties[index].clause
    let line = passages[ties[index].passage]
    let said = line.text(clause.sentence.lowerBound..<clause.number.range.lowerBound)
    if otherScopes.contains(where: { said.contains($0) }) { return true }
    let near = line.text(clause.near)
    if otherAmounts.contains(where: { near.contains($0) }) { return true }
    // 案件审判支出中 62.34 万元用于……, 另有 5 万元: a part of what is named, or something beside it.
    if clause.number.isMoney,
      ["有", "中", "中的", "里", "里的", "内", "其他", "等", "等共计", "等合计", "等共", "目标", "任务", "任务数"].contains(where: {
        near.hasSuffix($0)
      }),
      !near.hasSuffix("其中")
    {
      return true
    }
    if said.contains("月"), !["12月31", "12月底", "12月末"].contains(where: { said.contains($0) }) { return true }
    let behind = line.text(
      clause.number.range.upperBound..<min(clause.number.range.upperBound + 3, line.scalars.count))
    if ["用于", "部分", "为", "属于", "列入", "由"].contains(where: { behind.hasPrefix($0) }) { return true }
    let range = clause.sentence.lowerBound..<clause.number.range.lowerBound
    if readers[ties[index].passage].spansYears(in: range) { return true }
    // 其他资金安排基本支出: of which table, nobody can say; 其他资金 22.15 万元 is a row.
    guard let other = readers[ties[index].passage].find(otherFunds, in: range) else { return false }
    return !words[ties[index].passage].content(in: other.upperBound..<range.upperBound).isEmpty
  }

  /// Whether words speak of what was spent, so that no budget is meant: 2024 年执行数.
  func isOfSpending(_ index: Int) -> Bool {
    let clause = ties[index].clause
    let line = passages[ties[index].passage]
    let near = line.text(clause.near)
    if near.contains("预算") { return false }
    let said = line.text(clause.sentence.lowerBound..<clause.number.range.lowerBound)
    return ["执行数", "决算数", "支出决算", "实际支出", "实际执行", "实际完成"].contains { near.contains($0) || said.contains($0) }
  }

  /// The year that the beginning of a sentence gives all its numbers.
  func sentenceYear(of index: Int) -> Int {
    guard let first = sentence(of: index).first, first <= index else { return 0 }
    let clause = ties[first].clause
    if clause.baseline == nil, let offset = clause.yearOffset { return offset }
    // 2021 年，本单位……收入总计: the clauses before the first number.
    let lead = clause.sentence.lowerBound..<max(clause.sentence.lowerBound, clause.near.lowerBound)
    let passage = ties[first].passage
    let text = passages[passage].text(lead)
    guard !["比", "较", "根据", "按照", "依据", "《", "〔", "与上年", "与去年"].contains(where: { text.contains($0) })
    else {
      return 0
    }
    return readers[passage].yearOffset(in: lead, without: nil) ?? 0
  }
}

private let otherFunds: [Unicode.Scalar] = ["其", "他", "资", "金"]

/// Amounts that are neither planned nor spent in the year: contracts, estimates, what was asked for.
private let otherAmounts = [
  "合同", "中标", "结算", "报价", "需求", "需资金", "申请数", "测算", "概算", "估算", "总投资", "造价", "限额", "另有", "纳入", "评价", "拟",

]

/// What the tables of one year and one unit do not hold.
private let otherScopes = [
  "季度", "上半年", "下半年", "目前", "累计", "历年", "近三年", "近两年", "近五年", "年来", "以来", "三年合计", "十三五", "十四五", "十五五", "财政总收入",
  "地方财政", "税收收入", "生产总值", "全省", "全市", "全县", "全区", "全镇", "全乡", "全旗", "全州", "辖区", "人均", "下属", "所属", "街道", "剔除",
  "扣除", "口径",
  "权责发生", "收付实现", "不可比",
]
