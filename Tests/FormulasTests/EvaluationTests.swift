import Diagnostics
import Fiscal
import Testing

@testable import Formulas

@Suite struct EvaluationTests {
  let table = FigureTable(figures: [
    "收[总]": "1,273.52 万元", "上年.收[总]": "1,270.13 万元", "收[*, 列]": "1.10 万元; 2.200 万元; 3 万元",
    "收[元]": "12,345.67 元",
    "收[人]": "11 人", "收[车]": "3 辆", "率": "95.00%", "分": "10", "得": "9.5", "零": "0.00 万元", "空[*]": "",
    "甲": "3 万元",
    "收[细]": "17.9935 万元",
  ])

  @Test(arguments: [
    ("收[总]", "1,273.52 万元"), ("收[总] - 上年.收[总]", "3.39 万元"), ("-收[总]", "-1,273.52 万元"), ("+收[人]", "11 人"),
    ("sum(收[*, 列])", "6.300 万元"), ("sum(收[*, 列], 甲)", "9.300 万元"), ("min(收[*, 列])", "1.100 万元"),
    ("max(收[*, 列])", "3.000 万元"), ("sum(空[*])", "0"), ("sum(空[*]) | 万元", "0.00 万元"), ("sum(空[*], 甲)", "3 万元"),
    ("max(0, -甲)", "0 万元"), ("abs(-甲)", "3 万元"), ("round(收[元], 0)", "12,346 元"), ("round(得, 0)", "10"),
    ("1 + 2 * 3", "7"), ("(1 + 2) * 3", "9"), ("（1 + 2）× 3", "9"), ("7 - 2 - 1", "4"),
    ("8 / 2 / 2", "2.0000"), ("-2 * -3", "6"),
    ("1-0.5", "0.5"), ("2-1-1", "0"), ("收[人] / 4", "2.7500 人"), ("收[人] / 收[车] | 数(2)", "3.67"),
    ("甲 / 收[总] | 百分比", "0.24%"),
    ("甲 / 2", "2 万元"), ("甲 / 2 | 万元(1)", "1.5 万元"), ("甲 * 率 | 万元(2)", "2.85 万元"), ("率 * 甲 | 元", "28,500 元"),
    ("率", "95.00%"),
    ("率 + 率", "190.00%"), ("1 - 率", "0.0500"), ("1 - 率 | 百分比(0)", "5%"), ("分 * min(1, 率)", "9.5000"),
    ("95%", "95%"), ("50万元", "50 万元"),
    ("甲 + 500元", "3.05 万元"), ("甲 + 收[元]", "4.234567 万元"), ("收[元] + 甲", "42,345.67 元"), ("收[人] * 甲", "33 万元"),
    ("甲 + 0", "3 万元"), ("收[人] + 1", "12 人"), ("增减额(收[总], 上年.收[总]) | 元", "33,900 元"),
    ("增减率(收[总], 上年.收[总])", "0.27%"),
    ("增减率(收[总], 上年.收[总]) | 百分比(1)", "0.3%"), ("增减(收[总], 上年.收[总])", "比上年增加 3.39 万元，增长 0.27%"),
    ("0.1 + 0.2", "0.3"), ("收[总] * 3 / 3", "1,273.52 万元"),
  ])
  func `formulas are calculated exactly`(_ text: String, _ expected: String) {
    #expect(written(text, with: table) == expected)
  }

  @Test(arguments: [
    ("收[总] + 1", "3:10+8 金额（万元）与数不能相加", FormulaReason.dimension),
    ("收[总] - 收[人]", "3:10+11 金额（万元）与数量（人）不能相减", .dimension),
    ("收[人] + 收[车]", "3:10+11 数量（人）与数量（辆）不能相加", .dimension),
    ("率 + 甲", "3:10+5 百分比与金额（万元）不能相加", .dimension), ("甲 * 甲", "3:10+5 两个金额不能相乘", .dimension),
    ("1 + 2 / 甲", "3:18+1 数不能除以金额（万元）", .dimension), ("甲 / 零", "3:14+1 除数为零", .divisionByZero),
    ("max(甲, 收[人])", "3:17+4 金额（万元）与数量（人）不能比较大小", .dimension),
    ("1 + 收[*, 列]", "3:14+7 “收[*, 列]”对应 3 个数：1.10 万元、2.200 万元、3 万元", .severalFigures),
    ("收[*, 列]", "3:10+7 “收[*, 列]”对应 3 个数：1.10 万元、2.200 万元、3 万元", .severalFigures),
    ("空[*]", "3:10+4 “空[*]”没有数", .noFigure), ("max(空[*])", "3:10+9 “max(空[*])”没有可比较的数", .noFigure),
    ("增减(甲, 甲) + 1", "3:10+8 增减(…) 写出的是文字，不能参加计算", .dimension),
    ("增减率(甲, 零)", "3:17+1 上年为零，不能计算增减率", .divisionByZero),
    ("增减率(甲, -甲)", "3:17+2 上年为负数，不能计算增减率", .divisionByZero),
    ("round(甲, 1.5)", "3:19+3 round 的小数位数应是 0 至 10 的整数", .dimension),
    ("round(甲, 99)", "3:19+2 round 的小数位数应是 0 至 10 的整数", .dimension),
    ("无", "3:10+1 找不到“无”", .unresolved), ("1 +\n 无[行]", "4:2+4 找不到“无[行]”", .unresolved),
    ("99999999999999999999 * 99999999999999999999", "3:10+43 数值过大，无法精确计算", .overflow),
  ])
  func `what cannot be calculated is refused at its place`(
    _ text: String, _ expected: String, _ reason: FormulaReason
  ) throws {
    let expression = try parseExpression(text, at: start)
    let error = #expect(throws: FormulaError.self) { try expression.evaluate(with: table) }
    #expect(error.map(described) == expected)
    #expect(error?.reason == reason)
  }

  @Test func `a failed lookup passes on its hint and at most eight candidates`() throws {
    let source = FigureTable([
      "行": .failed(message: "“行”有多个", hint: "写出上级", candidates: (1...12).map { "甲\($0)" })
    ])
    let error = #expect(throws: FormulaError.self) {
      try parseExpression("行", at: start).evaluate(with: source)
    }
    #expect(error?.hint == "写出上级；可能是：甲1、甲2、甲3、甲4、甲5、甲6、甲7、甲8 等 12 个")
  }

  @Test(arguments: [
    ("收入-支出", "若本意是减法，减号写作“-”，两边留空格"), ("收入—支出[行]", "若本意是减法，减号写作“-”，两边留空格"),
    ("平均（甲，乙）", "若本意是函数，可用的函数：sum、min、max、abs、round、增减、增减额、增减率"), ("收入", "核对名称；名称以表中所印为准"),
  ])
  func `an unknown name says what may be wrong with its spelling`(_ text: String, _ hint: String) throws {
    let error = #expect(throws: FormulaError.self) {
      try parseExpression(text, at: start).evaluate(with: FigureTable([:]))
    }
    #expect(error?.hint == hint)
  }

  @Test func `words are given as they are, and never calculated with`() {
    let source = FigureTable(["表[目标]": .text("大于 95%")])
    #expect(written("表[目标]", with: source) == "大于 95%")
    #expect(written("表[目标] | 万元", with: source) == "3:18+2 这里是文字“大于 95%”，不能用格式“万元”")
    #expect(written("表[目标] + 1", with: source) == "3:10+5 “表[目标]”是文字“大于 95%”，不能参加计算")
    #expect(written("sum(表[目标])", with: source) == "3:14+5 “表[目标]”是文字“大于 95%”，不能参加计算")
  }

  @Test(arguments: [
    ("甲", "2.995…3.005"), ("甲 + 乙", "4.985…5.015"), ("甲 - 乙", "0.985…1.015"), ("-甲", "-3.005…-2.995"),
    ("2 * 甲", "5.990…6.010"),
    ("甲 * 率", "2.845…2.855"), ("min(甲, 乙)", "1.990…2.010"), ("abs(乙 - 甲)", "0.985…1.015"),
    ("abs(甲 - 甲)", "0.000…0.010"),
    ("round(甲, 1)", "3.000…3.000"), ("sum(甲, 乙, 甲)", "7.980…8.020"), ("50万元", "50.000…50.000"),
  ])
  func `a figure carries every value it may stand for`(_ text: String, _ expected: String) throws {
    let source = FigureTable(figures: ["甲": "3.00 万元", "乙": "2.00 万元; ", "率": "95.00%"])
      .replacing(
        "乙",
        with: Figure(
          value: Rational(2_000_000), dimension: .money(unit: .tenThousandYuan),
          decimals: 2, lastDigit: Rational(20_000)))
    let interval = try #require(try parseExpression(text, at: start).measure(with: source).interval)
    let bounds = [interval.lower, interval.upper].map {
      $0.divided(by: Rational(1_000_000))?.text(decimals: 3) ?? ""
    }
    #expect(bounds.joined(separator: "…") == expected)
  }

  @Test(
    arguments: [
      ("36.50 = 7.00 + 29.00 + 0.50", Agreement.exact), ("合 = 一 + 二", .rounding), ("合 = 一", .inconsistent),
      ("一 <= 合", .exact), ("合 <= 一", .inconsistent), ("合 >= 一", .exact), ("一 >= 0", .exact),
      ("0 = 零", .exact),
      ("率 = 一 / 合", .rounding), ("率 = 50%", .inconsistent), ("得 = 分 * min(1, 率)", .rounding),
      ("合 <= 一 + 二", .rounding),
      ("一 = 100元", .inconsistent), ("一 = 33300元", .exact),
    ] as [(String, Agreement)])
  func `a relation is exact, within rounding or broken`(_ text: String, _ expected: Agreement) throws {
    let source = FigureTable(figures: [
      "合": "6.67 万元", "一": "3.33 万元", "二": "3.33 万元", "零": "0.00 万元", "率": "49.93%", "得": "4.99", "分": "10",
    ])
    let comparison = try parseEquation(text, at: start).compare(
      with: source)
    #expect(comparison.agreement == expected)
  }

  @Test func `a comparison shows both sides alike and their difference`() throws {
    let source = FigureTable(figures: ["率": "40.00%", "一": "1.00 万元", "二": "2.00 万元", "人": "3 人"])
    let comparison = try parseEquation("率 = 一 / 二", at: start).compare(with: source)
    #expect(try comparison.left.figure.text(as: nil) == "40.00%")
    #expect(try comparison.right.figure.text(as: nil) == "50.00%")
    #expect(try comparison.difference.text(as: nil) == "-10.00%")
    let error = #expect(throws: FormulaError.self) {
      try parseEquation("人 = 一 + 二", at: start).compare(with: source)
    }
    #expect(error.map(described) == "3:10+9 数量（人）与金额（万元）不能比较")
  }

  @Test func `a divisor that may be zero leaves the quotient without bounds`() throws {
    let source = FigureTable(figures: ["甲": "3.00 万元", "乙": "2.99 万元", "丙": "1.00 万元"])
    let equation = try parseEquation("5 = 丙 / (甲 - 乙)", at: start)
    #expect(try equation.right.measure(with: source).interval == nil)
    #expect(try equation.compare(with: source).agreement == .rounding)
  }
}

extension FigureTable {
  func replacing(_ key: String, with figure: Figure) -> FigureTable {
    var copy = self
    copy.cells[key] = .figures([figure])
    return copy
  }
}
