/// Small forms that the examples of several checks fill in.
let exampleThreePublic = (
  name: "forms/three.yaml",
  text: """
  id: three
  title: 三公
  unit: 万元
  states: {flow: 支出}
  columns:
    - {id: unit, title: 单位}
    - {id: total, title: 合计, type: amount, states: {item: 三公}, adds: [abroad, vehicles, reception]}
    - {id: abroad, title: 出国, type: amount, states: {item: 三公.出国}}
    - {id: vehicles, title: 小计, type: amount, states: {item: 三公.公车}, adds: [purchase, running]}
    - {id: purchase, title: 购置, type: amount, states: {item: 三公.公车.购置}}
    - {id: running, title: 运行, type: amount, states: {item: 三公.公车.运行}}
    - {id: reception, title: 接待, type: amount, states: {item: 三公.接待}}
  rows: [{free: lines}]
  empty: 本表无发生额。
  """
)

let exampleFunctions = (
  name: "forms/functions.yaml",
  text: """
  id: functions
  title: 支出表
  unit: 万元
  states: {flow: 支出}
  columns: [{id: code, title: 编码, type: code, of: function}, {id: name, title: 名称, type: name, of: function}, {id: amount, title: 支出, type: amount}]
  rows: [{id: lines, codes: function}, {id: total, title: 合计, adds: lines}]
  empty: 本表无发生额。
  """
)

let exampleStaff = (
  name: "forms/staff.yaml",
  text: """
  id: staff
  title: 人员
  columns: [{title: 单位}, {title: 编制人数, type: count, unit: 人}, {title: 在职人数, type: count, unit: 人}]
  rows: [{id: lines, free: lines}, {id: total, title: 合计, adds: lines}]
  """
)

let exampleFundFunctions = (
  name: "forms/fund-functions.yaml",
  text: """
  id: fund-functions
  title: 按资金的支出表
  unit: 万元
  states: {flow: 支出, fund: 财政拨款.一般公共}
  columns: [{id: code, title: 编码, type: code, of: function}, {id: name, title: 名称, type: name, of: function}, {id: amount, title: 支出, type: amount}]
  rows: [{id: lines, codes: function}, {id: total, title: 合计, adds: lines}]
  empty: 本表无发生额。
  """
)

let exampleNatures = (
  name: "forms/natures.yaml",
  text: """
  id: natures
  title: 性质表
  unit: 万元
  states: {flow: 支出}
  columns: [{id: item, title: 项目}, {id: amount, title: 支出, type: amount}]
  rows:
    - id: total
      title: 支出合计
      rows: [{title: 基本支出, states: {nature: 基本}}, {title: 项目支出, states: {nature: 项目}}]
  empty: 本表无发生额。
  """
)

let exampleProcurement = (
  name: "forms/procurement.yaml",
  text: """
  id: procurement
  title: 采购
  unit: 万元
  columns:
    - {id: unit, title: 单位}
    - {id: total, title: 小计, type: amount, of-which: [small]}
    - {id: small, title: 其中：面向中小企业, type: amount}
  rows: [{free: lines}]
  empty: 本表无发生额。
  """
)

let exampleTwoYears = (
  name: "forms/two-years.yaml",
  text: """
  id: two-years
  title: 对比表
  unit: 万元
  columns:
    - {id: item, title: 项目}
    - {id: old, title: 上年, type: amount}
    - {id: new, title: 本年, type: amount}
    - {id: change, title: 增减额, difference: [new, old]}
    - {id: growth, title: 增减%, growth: [new, old]}
  rows: [{free: lines}]
  empty: 本表无发生额。
  """
)

let exampleBalance = (
  name: "forms/balance.yaml",
  text: """
  id: balance
  title: 收支表
  unit: 万元
  panels:
    - id: income
      title: 收入
      states: {flow: 收入}
      columns: [{id: item, title: 项目}, {id: amount, title: 金额, type: amount}]
      rows:
        - {title: 一般公共预算, states: {fund: 财政拨款.一般公共}}
        - {title: 政府性基金, states: {fund: 财政拨款.政府性基金}}
        - {id: total, title: 收入总计, adds: [一般公共预算, 政府性基金]}
    - id: expenditure
      title: 支出
      states: {flow: 支出}
      columns: [{id: item, title: 项目}, {id: amount, title: 金额, type: amount}]
      rows:
        - {id: current, title: 本年支出, states: {flow: 支出}}
        - {id: closing, title: 结转下年, states: {flow: 年末结转}}
        - {id: total, title: 支出总计, states: {flow: 支出总计}, adds: [current, closing]}
  align: [[income.total, expenditure.total]]
  empty: 本表无发生额。
  """
)

let exampleReview = (
  name: "forms/review.yaml",
  text: """
  id: review
  title: 自评表
  unit: 万元
  sheet:
    - table: funds
      columns:
        - {id: item, title: 项目}
        - {id: budget, title: 预算数, type: amount}
        - {id: actual, title: 执行数, type: amount}
        - {id: rate, title: 执行率, rate: [actual, budget]}
        - {id: points, title: 分值, type: score}
        - {id: score, title: 得分, type: score, equals: "points * min(1, rate)"}
      rows: [{id: total, title: 合计}]
    - indicators:
        id: indicators
        title: 指标
        columns: [一级指标, 三级指标, {title: 目标值, type: indicator}, {title: 完成值, type: indicator}, {title: 分值, type: score}, {title: 得分, type: score}]
        merge: [一级指标]
        levels: [一级指标, 三级指标]
        target: 目标值
        actual: 完成值
        points: 分值
        score: 得分
    - score: {id: total, title: 总分, points: 100, includes-execution: true, execution: funds.total.score, grades: {优: 90.., 良: 80..90, 中: 60..80, 差: ..60}}
  """
)

/// A sheet for `exampleReview`; each part can be replaced.
func exampleReviewSheet(
  funds: String = "合计,100.00,95.00,95%,10,9.5", indicators: String = "产出指标（90分）,培训人次,≥100人次,120人次,90,90",
  total: String = "{分值: 100, 得分: 99.5, 等级: 优}"
) -> (name: String, text: String) {
  (
    "review.yaml",
    """
    funds: |
      项目,预算数,执行数,执行率,分值,得分
      \(funds)
    指标: |
      一级指标,三级指标,目标值,完成值,分值,得分
      \(indicators)
    总分: \(total)
    """
  )
}

let exampleYears = (
  name: "forms/years.yaml",
  text: """
  id: years
  title: 两年表
  unit: 万元
  states: {flow: 支出, phase: 年初预算}
  columns: [{id: item, title: 项目}, {id: old, title: "{year-1}年", type: amount, states: {year: -1}}, {id: new, title: "{year}年", type: amount}]
  rows: [{id: total, title: 支出合计}]
  empty: 本表无发生额。
  """
)

let examplePhases = (
  name: "forms/phases.yaml",
  text: """
  id: phases
  title: 决算表
  unit: 万元
  states: {flow: 支出}
  columns: [{id: item, title: 项目}, {id: budget, title: 年初预算, type: amount, states: {phase: 年初预算}}, {id: actual, title: 决算, type: amount, states: {phase: 决算}}]
  rows: [{id: total, title: 支出合计}]
  empty: 本表无发生额。
  """
)

let exampleCarryOver = (
  name: "forms/carry-over.yaml",
  text: """
  id: carry-over
  title: 结转表
  unit: 万元
  states: {phase: 决算}
  columns: [{id: item, title: 项目}, {id: amount, title: 金额, type: amount}]
  rows: [{title: 年初结转, states: {flow: 收入, origin: 结转}}, {title: 年末结转, states: {flow: 年末结转}}]
  empty: 本表无发生额。
  """
)
