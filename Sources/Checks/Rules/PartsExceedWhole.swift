import Content
import Diagnostics
import Fiscal
import Forms

extension Check {
  /// 各项目（单位）之和大于全部
  static let partsExceedWhole = Check(
    "parts-exceed-whole", .warning, "各项目之和大于全部",
    why: "公开的项目可以只是一部分，但合起来不能超过项目支出；超过了，不是金额有误，就是项目列重了。", references: ["XTB-18"],
    examples: [
      .passes(
        exampleNatures, exampleProjects, exampleProjectNames,
        ("性质表.csv", "项目,支出\n支出合计,10.00\n基本支出,6.00\n项目支出,4.00\n"), ("项目表.csv", "名称,金额\n甲,1.00\n乙,2.00\n")),
      .fails(
        exampleNatures, exampleProjects, exampleProjectNames,
        ("性质表.csv", "项目,支出\n支出合计,10.00\n基本支出,6.00\n项目支出,↓4.00\n"), ("项目表.csv", "名称,金额\n甲,3.00\n乙,2.00\n")),
    ]
  ) { context in context.excessiveParts() }
}

extension CheckContext {
  fileprivate func excessiveParts() -> [Finding] {
    var findings: [Finding] = []
    for dimension in facts.names.dimensions.indices
    where model.dimension(facts.names.dimensions[dimension])?.isExclusive == true {
      // By the stated whole that they are parts of, in the order of the disclosure; -1 where there are none yet.
      var parts: [(whole: Int, stated: [Int])] = []
      var places = Array(repeating: -1, count: facts.count)
      let wholes = facts.names.wholes[dimension]
      for fact in 0..<facts.count {
        let key = facts.key(fact)
        guard key[dimension] != 0, wholes[Int(key[dimension])] == 0 else { continue }
        var wider = key
        wider[dimension] = 0
        guard let whole = facts.number(of: wider), let stated = facts.stated(fact) else { continue }
        if places[whole] < 0 {
          places[whole] = parts.count
          parts.append((whole, []))
        }
        parts[places[whole]].stated.append(stated)
      }
      for (fact, stated) in parts where stated.count > 1 {
        guard let whole = facts.stated(fact), facts.statements[whole].unit != nil,
          let finding = excess(of: stated, over: whole, dimension)
        else { continue }
        findings.append(finding)
      }
    }
    return findings
  }

  private func excess(of parts: [Int], over stated: Int, _ dimension: Int) -> Finding? {
    var sum = Rational.zero
    for part in parts {
      guard facts.statements[part].unit != nil, facts.statements[part].value >= .zero,
        let next = sum.adding(facts.statements[part].value)
      else { return nil }
      sum = next
    }
    // What is not larger as printed needs no intervals.
    let whole = facts.statements[stated]
    guard sum > whole.value, let unit = whole.unit else { return nil }
    var lower = Rational.zero
    for part in parts {
      guard let next = lower.adding(facts.statements[part].interval.lower) else { return nil }
      lower = next
    }
    guard lower > whole.interval.upper else { return nil }
    let at = disclosure.address(of: whole)
    let title = model.dimension(facts.names.dimensions[dimension])?.title ?? ""
    var subject = subject(row: at.row, column: at.column)
    subject.table = at.table
    return Finding(
      "parts-exceed-whole", .warning, at: at.place,
      "\(at.text)是 \(shownFact(whole, at))，而各\(title)之和是 \(shown(sum, in: unit, decimals: whole.decimals)) \(unit.rawValue)",
      hint: "核对各\(title)的金额，看有没有列重的",
      notes: parts.prefix(6).map {
        let part = facts.statements[$0]
        let address = disclosure.address(of: part)
        return .init("\(address.text)：\(shownFact(part, address))", at: address.place)
      }, subject: subject)
  }
}

private let exampleProjects = (
  name: "forms/projects.yaml",
  text: """
  id: projects
  title: 项目表
  unit: 万元
  states: {flow: 支出, nature: 项目}
  columns: [{id: name, title: 名称}, {id: amount, title: 金额, type: amount}]
  rows: [{free: lines, of: project, complete: false}]
  empty: 本表无发生额。
  """
)

private let exampleProjectNames = (
  name: "disclosure.yaml", text: "projects: [{id: jia, name: 甲}, {id: yi, name: 乙}]\n"
)
