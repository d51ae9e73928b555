import Fiscal

/// How a figure changed against a base, as narratives word it (增减).
///
///     change.text(as: nil)  // "比上年增加 3.39 万元，增长 0.27%"
public struct Change: Hashable, Sendable {
  public let new: Figure
  public let old: Figure
  /// New minus old, in the unit of the new figure.
  public let difference: Figure
  /// What the change is measured against: 上年, 年初预算 …
  public let base: String

  init(from old: Measure, to new: Measure, base: String) throws(FormulaFault) {
    let pair = try Alignment(new, old, to: "比较增减")
    self.new = pair.left.figure
    self.old = pair.right.figure
    difference = try new.subtracting(old).figure
    self.base = base
  }

  /// The change in percent of the base (增减率), rounded to two decimals when printed.
  public func growth() throws(FormulaFault) -> Figure {
    guard old.value > .zero else {
      throw FormulaFault(
        .divisionByZero, "\(base)为\(old.value.isZero ? "零" : "负数")，不能计算增减率",
        hint: "改用 增减(…)，它会写明不计算增幅的原因")
    }
    guard let value = difference.value.divided(by: old.value)?.multiplied(by: Rational(100)) else {
      throw .overflow
    }
    return Figure(value: value, dimension: .percent, decimals: 2)
  }

  /// The change in words; a money format chooses unit and decimals of the amount.
  public func text(as format: Format? = nil) throws(FormulaFault) -> String {
    if let format, format.kind.moneyUnit == nil {
      throw FormulaFault(
        .dimension, "增减(…) 写出的是一句话，不能用格式“\(format.text)”", hint: "去掉格式，或写金额单位，如 万元(2)")
    }
    let amount = try amount(as: format)
    guard !difference.value.isZero else { return "与\(base)持平" }
    let grew = difference.value > .zero
    let change = "比\(base)\(grew ? "增加" : "减少")\(amount)"
    // Percentages change by percentage points, of which no percentage is taken.
    if difference.dimension == .percent { return change }
    if old.value <= .zero {
      return change + "（\(base)为\(old.value.isZero ? "零" : "负数")，不计算\(grew ? "增" : "降")幅）"
    }
    return change + "，\(grew ? "增长" : "下降")\(try percentage())"
  }

  /// ` 3.39 万元`, or `不足 0.01 万元` where the printed digits would read as no change.
  private func amount(as format: Format?) throws(FormulaFault) -> String {
    var size = difference
    size.value = difference.value.magnitude
    let points = difference.dimension == .percent
    if points, format == nil { size.dimension = .plain(unit: "个百分点") }
    let printed = try size.text(as: format)
    guard !size.value.isZero, !printed.contains(where: { ("1"..."9").contains($0) }) else {
      return " " + printed
    }
    return "不足 " + (try size.smallestText(as: format))
  }

  private func percentage() throws(FormulaFault) -> String {
    let growth = try growth()
    guard let scaled = growth.value.magnitude.rounded(decimals: growth.decimals) else { throw .overflow }
    guard scaled != 0 else { return "不足 0.01%" }
    return " " + decimalText(scaled, decimals: growth.decimals, grouped: true) + "%"
  }
}
