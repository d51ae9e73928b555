import Diagnostics
import Fiscal

/// What a formula gives.
public enum FormulaValue: Hashable, Sendable {
  case figure(Figure)
  /// The words of a cell.
  case text(String)
  /// A change that is written in words: 增减(…).
  case change(Change)
}

extension Expression {
  /// The value of the formula.
  public func evaluate(with source: some FigureSource) throws(FormulaError) -> FormulaValue {
    try Evaluator(text: self.source, figures: source).value(root)
  }

  /// The figure of the formula with every value that it may stand for, for relations.
  public func measure(with source: some FigureSource) throws(FormulaError) -> Measure {
    try Evaluator(text: self.source, figures: source).measure(root)
  }

  /// The formula's value as a narrative prints it.
  ///
  ///     try parseExpression("增减(收支总表[收入总计], 上年.收支总表[收入总计])", at: place).text(as: nil, with: tables)
  ///     // "比上年增加 3.39 万元，增长 0.27%"
  public func text(as format: Format?, with source: some FigureSource) throws(FormulaError) -> String {
    let value = try evaluate(with: source)
    do throws(FormulaFault) {
      return try value.text(as: format)
    } catch {
      throw FormulaError(error, at: error.reason == .dimension ? format?.place ?? place : place)
    }
  }
}

extension FormulaValue {
  public func text(as format: Format?) throws(FormulaFault) -> String {
    switch self {
    case .figure(let figure): return try figure.text(as: format)
    case .change(let change): return try change.text(as: format)
    case .text(let words):
      guard let format else { return words }
      throw FormulaFault(
        .dimension, "这里是文字“\(words)”，不能用格式“\(format.text)”", hint: "去掉格式，或核对引用的单元格")
    }
  }
}

/// A relation with the figures of both sides.
public struct Comparison: Hashable, Sendable {
  public let relation: Relation
  /// Both sides in one dimension.
  public let left: Measure
  public let right: Measure
  /// Left minus right.
  public let difference: Figure
  /// Whether the relation holds as printed, within rounding (尾差), or not.
  public let agreement: Agreement
}

extension Equation {
  /// Both sides and the verdict on them.
  public func compare(with source: some FigureSource) throws(FormulaError) -> Comparison {
    let sides = (try left.measure(with: source), try right.measure(with: source))
    do throws(FormulaFault) {
      return try Comparison(sides.0, relation, sides.1)
    } catch {
      throw FormulaError(
        error, at: left.source.place(of: left.root.range.lowerBound..<right.root.range.upperBound))
    }
  }
}

extension Expression {
  /// A stated figure held against what the formula gives.
  public func compare(_ stated: Figure, with source: some FigureSource) throws(FormulaError) -> Comparison {
    let measure = try measure(with: source)
    do throws(FormulaFault) {
      return try Comparison(Measure(stated), .equal, measure)
    } catch {
      throw FormulaError(error, at: place)
    }
  }
}

extension Comparison {
  init(_ first: Measure, _ relation: Relation, _ second: Measure) throws(FormulaFault) {
    // A computed ratio is shown as the percentage that it is compared with.
    let shownAsPercent = first.figure.dimension == .percent || second.figure.dimension == .percent
    let pair = try Alignment(first, second, to: "比较")
    let (left, right) = shownAsPercent ? (pair.left.asPercent, pair.right.asPercent) : (pair.left, pair.right)
    self.relation = relation
    self.left = left
    self.right = right
    difference = try left.subtracting(right).figure
    let holds =
      switch relation {
      case .equal: left.figure.value == right.figure.value
      case .atMost: left.figure.value <= right.figure.value
      case .atLeast: left.figure.value >= right.figure.value
      }
    let meets = left.interval.flatMap { left in right.interval.map { left.meets($0) } } ?? true
    agreement = holds ? .exact : meets ? .rounding : .inconsistent
  }
}

extension Measure {
  fileprivate var asPercent: Measure {
    guard figure.dimension == .plain(unit: nil), !figure.isBareZero else { return self }
    let percent = try? Measure(
      figure.value.multiplied(by: Rational(100)), interval.flatMap { $0.multiplied(by: Rational(100)) },
      .percent,
      decimals: max(figure.decimals - 2, 0))
    return percent ?? self
  }
}

/// Walks the tree of a formula. It is as deep as the parser allows, and no deeper.
private struct Evaluator<Source: FigureSource> {
  let text: FormulaText
  let figures: Source

  func value(_ node: Node) throws(FormulaError) -> FormulaValue {
    switch node.kind {
    case .reference, .name:
      let found = try look(up: node)
      if case .text(let words) = found { return .text(words) }
      return .figure(try single(found, node).figure)
    case .call(.change, let arguments, let label):
      return .change(try change(arguments, label ?? "上年", node))
    default:
      return .figure(try measure(node).figure)
    }
  }

  func measure(_ node: Node) throws(FormulaError) -> Measure {
    switch node.kind {
    case .number(let figure): return Measure(figure)
    case .reference, .name: return try single(look(up: node), node)
    case .negated(let operand): return try measure(operand).negated
    case .binary(let symbol, let left, let right):
      let (first, second) = (try measure(left), try measure(right))
      return try located(symbol == .over ? right : node) { () throws(FormulaFault) in
        switch symbol {
        case .plus: try first.adding(second)
        case .minus: try first.subtracting(second)
        case .times: try first.multiplied(by: second)
        case .over: try first.divided(by: second)
        }
      }
    case .call(let function, let arguments, _): return try call(function, arguments, node)
    }
  }

  // MARK: Functions

  private func call(_ function: Function, _ arguments: [Node], _ node: Node) throws(FormulaError) -> Measure {
    switch function {
    case .sum:
      return try folded(arguments, node) { (sum, next) throws(FormulaFault) in try sum.adding(next) }
        ?? Measure(Figure(value: .zero, dimension: .plain(unit: nil), decimals: 0))
    case .min, .max:
      let chosen = try folded(arguments, node) { (best, next) throws(FormulaFault) in
        try best.chosen(smaller: function == .min, or: next)
      }
      guard let chosen else {
        throw text.error(.noFigure, "“\(text[node.range])”没有可比较的数", node.range, hint: "核对引用的行和列里是否有数")
      }
      return chosen
    case .abs:
      return try measure(arguments[0]).magnitude
    case .round:
      let value = try measure(arguments[0])
      let decimals = try self.decimals(arguments[1])
      return try located(node) { () throws(FormulaFault) in try value.rounded(decimals: decimals) }
    case .difference:
      let change = try change(arguments, "上年", node)
      return Measure(change.difference)
    case .growth:
      let change = try change(arguments, "上年", node)
      return Measure(try located(arguments[1]) { () throws(FormulaFault) in try change.growth() })
    case .change:
      throw text.error(
        .dimension, "增减(…) 写出的是文字，不能参加计算", node.range, hint: "要差额，用 增减额(…)；要比率，用 增减率(…)")
    }
  }

  private func change(_ arguments: [Node], _ label: String, _ node: Node) throws(FormulaError) -> Change {
    let (new, old) = (try measure(arguments[0]), try measure(arguments[1]))
    return try located(node) { () throws(FormulaFault) in try Change(from: old, to: new, base: label) }
  }

  private func decimals(_ node: Node) throws(FormulaError) -> Int {
    let figure = try measure(node).figure
    guard figure.dimension == .plain(unit: nil), figure.value.denominator == 1,
      let count = Int(exactly: figure.value.numerator), (0...Format.mostDecimals).contains(count)
    else {
      throw text.error(
        .dimension, "round 的小数位数应是 0 至 \(Format.mostDecimals) 的整数", node.range, hint: "如 round(得分, 2)")
    }
    return count
  }

  /// Combines all figures of the arguments, each of which may stand for several; nil where there are none.
  private func folded(
    _ arguments: [Node], _ node: Node, _ combine: (Measure, Measure) throws(FormulaFault) -> Measure
  ) throws(FormulaError) -> Measure? {
    var result: Measure?
    for argument in arguments {
      for next in try measures(argument) {
        guard let so = result else {
          result = next
          continue
        }
        result = try located(argument) { () throws(FormulaFault) in try combine(so, next) }
      }
    }
    return result
  }

  private func measures(_ node: Node) throws(FormulaError) -> [Measure] {
    switch node.kind {
    case .reference, .name:
      let found = try look(up: node)
      guard case .figures(let figures) = found else { return [try single(found, node)] }
      return figures.map { Measure($0) }
    default: return [try measure(node)]
    }
  }

  // MARK: Looking up

  private func look(up node: Node) throws(FormulaError) -> Lookup {
    let found: Lookup
    switch node.kind {
    case .reference(let reference): found = figures.look(up: reference)
    case .name(let name): found = figures.look(upName: name)
    default: return .figures([])
    }
    let (reason, message, hint, candidates): (FormulaReason, String, String?, [String])
    switch found {
    case .failed(let said, let how, let names):
      (reason, message, hint, candidates) = (.unresolved, said, how, names)
    case .ambiguous(let said, let how, let names):
      (reason, message, hint, candidates) = (.severalFigures, said, how, names)
    case .figures, .text: return found
    }
    var advice = [hint, candidates.isEmpty ? nil : "可能是：" + enumeration(candidates), spellingAdvice(node)]
      .compactMap(\.self)
    if advice.isEmpty { advice = ["核对名称；名称以表中所印为准"] }
    throw text.error(reason, message, node.range, hint: advice.joined(separator: "；"))
  }

  /// What may have gone wrong in the spelling of a name that is not known.
  private func spellingAdvice(_ node: Node) -> String? {
    let word = text.scalars[node.range].prefix { !$0.opensSelectors && $0 != "\"" }
    if word.dropFirst().contains(where: { $0 == "-" || $0.isDash }) { return "若本意是减法，减号写作“-”，两边留空格" }
    if case .name = node.kind, word.first.map({ !$0.opensParenthesis }) == true, word.contains("（") {
      return "若本意是函数，可用的函数：" + enumeration(Function.allCases.map(\.rawValue))
    }
    return nil
  }

  private func single(_ found: Lookup, _ node: Node) throws(FormulaError) -> Measure {
    let typed = text[node.range]
    switch found {
    case .figures(let figures) where figures.count == 1: return Measure(figures[0])
    case .figures(let figures) where figures.isEmpty:
      throw text.error(.noFigure, "“\(typed)”没有数", node.range, hint: "核对这一格是否空白")
    case .figures(let figures):
      let listed = enumeration(figures.map { (try? $0.text(as: nil)) ?? "…" })
      throw text.error(
        .severalFigures, "“\(typed)”对应 \(figures.count) 个数：\(listed)", node.range,
        hint: "写明行和列，或用 sum(…) 求和")
    case .text(let words):
      throw text.error(.noFigure, "“\(typed)”是文字“\(words)”，不能参加计算", node.range, hint: "核对引用的行和列")
    case .failed(let message, let hint, _):
      throw text.error(.unresolved, message, node.range, hint: hint)
    case .ambiguous(let message, let hint, _):
      throw text.error(.severalFigures, message, node.range, hint: hint)
    }
  }

  /// Gives a fault of the calculation the place of a node.
  private func located<Result>(
    _ node: Node, _ body: () throws(FormulaFault) -> Result
  ) throws(FormulaError) -> Result {
    do throws(FormulaFault) {
      return try body()
    } catch {
      throw FormulaError(error, at: text.place(of: node.range))
    }
  }
}
