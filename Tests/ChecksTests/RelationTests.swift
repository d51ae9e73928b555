import Diagnostics
import Testing

@testable import Checks

/// What is found in a sheet of a form with one relation.
private func messages(_ relation: String, points: String = "9", sum: (String, String) = ("60", "30")) throws
  -> [String]
{
  let form = """
    id: review
    title: 自评表
    unit: 万元
    sheet:
      - fields: [[{title: 执行率分值, type: score}]]
      - table: funds
        columns: [{title: 项目}, {title: 预算数, type: amount}, {title: 分值, type: score, only: [total]}]
        rows:
          - {id: total, title: 年度资金总额, rows: [财政拨款]}
          - {id: cars, title: "一、车.辆", under: 其他}
      - indicators: {id: marks, title: 指标, columns: [三级指标, {title: 分值权重, type: score}], points: 分值权重}
    relations: ['\(relation)']
    """
  let sheet = """
    执行率分值: 10
    funds: |
      项目,预算数,分值
      年度资金总额,5.00,\(points)
      财政拨款,5.00,
      一、车.辆,3.00,
    指标: |
      三级指标,分值权重
      人次,\(sum.0)
      次数,\(sum.1)
    """
  let example = Check.Example.passes(("forms/review.yaml", form), ("review.yaml", sheet))
  return try ExampleDisclosure(example).findings.filter { $0.severity > .info }.map(\.message)
}

@Suite struct RelationTests {
  @Test(arguments: [
    ("funds.年度资金总额.分值 = 10", "“年度资金总额”的分值是 9，应为 10"),
    ("10 = funds.年度资金总额.分值", "“年度资金总额”的分值是 9，应为 10"),
    ("年度资金总额.分值 >= 10", "“年度资金总额”的分值是 9，应不小于 10"), ("10 <= total.分值", "“年度资金总额”的分值是 9，应不小于 10"),
    ("total.分值 <= 8", "“年度资金总额”的分值是 9，应不大于 8"),
    ("sum(自评表[*, 分值权重]) + 执行率分值 = 90", "sum(自评表[*, 分值权重]) + 执行率分值 是 100，应为 90"),
    ("90 - 执行率分值 = sum(自评表[*, 分值权重])", "90 - 执行率分值 80，sum(自评表[*, 分值权重]) 90，相差 10"),
    ("\"一、车.辆\".预算数 >= 年度资金总额", "一、车.辆的预算数 3.00 万元，年度资金总额 5.00 万元，相差 2.00 万元"),
    ("其他.cars.预算数 = total.预算数", "一、车.辆的预算数 3.00 万元，年度资金总额的预算数 5.00 万元，相差 2.00 万元"),
  ])
  func `a relation is judged whichever side its names stand on`(_ relation: String, _ message: String) throws
  {
    #expect(try messages(relation) == [message])
  }

  @Test(arguments: [
    "funds.年度资金总额.分值 = 9", "9 = total.分值", "100 = sum(自评表[*, 分值权重]) + 执行率分值",
    "sum(自评表[*, 分值权重]) = 100 - 执行率分值", "年度资金总额 = 财政拨款",
  ])
  func `a relation that holds is silent`(_ relation: String) throws {
    #expect(try messages(relation) == [])
  }

  @Test(arguments: ["funds.年度资金总额.分值 = 10", "10 = total.分值"])
  func `a side that is left empty says nothing`(_ relation: String) throws {
    #expect(try messages(relation, points: "") == [])
  }
}
