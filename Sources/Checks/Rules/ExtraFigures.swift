import Content
import Diagnostics
import Fiscal
import Forms
import Formulas

extension Check {
  /// 补充数据之间不符
  static let extraFigures = Check(
    "extra-figures-differ", "正文引用的补充数据互相矛盾",
    why: "正文里的合计、增减额和百分比，要与它列举的各数相符。", references: ["NAR-03", "NAR-04", "PRF-20"],
    examples: [
      .passes(
        exampleThreePublic, exampleThreePublicTable,
        ("disclosure.yaml", exampleFigures("total", "adds: [a, b]", "3.00"))),
      .fails(
        exampleThreePublic, exampleThreePublicTable,
        ("disclosure.yaml", exampleFigures("total", "adds: [a, b]", "↓3.50"))),
      .fails(
        exampleThreePublic, exampleThreePublicTable,
        ("disclosure.yaml", exampleFigures("change", "growth: [a, b]", "↓1.00", unit: "%"))),
    ]
  ) { context in
    let figures = Dictionary(context.disclosure.figures.map { ($0.id, $0) }) { first, _ in first }
    return context.disclosure.figures.flatMap { figure -> [Finding] in
      guard let stated = figure.figure else { return [] }
      func named(_ ids: [String]) -> [ExtraFigure] { ids.compactMap { figures[$0] } }
      return [
        sum(figure, stated, named(figure.adds), signs: figure.adds.map { _ in 1 }, "各项之和", context),
        sum(figure, stated, named(figure.difference), signs: [1, -1], "两数之差", context),
        growth(figure, stated, named(figure.growth), context),
      ].compactMap { $0 }
    }
  }
}

private func sum(
  _ figure: ExtraFigure, _ stated: Figure, _ parts: [ExtraFigure], signs: [Int], _ what: String,
  _ context: CheckContext
) -> Finding? {
  let values = parts.compactMap(\.figure)
  guard !values.isEmpty, values.count == signs.count else { return nil }
  var terms: [Term] = []
  for (part, sign) in zip(values, signs) {
    guard part.isMoney == stated.isMoney else { return nil }
    let interval = part.interval
    terms.append(
      sign > 0
        ? Term(value: part.value, interval: interval)
        : Term(value: part.value.negated, interval: interval.negated))
  }
  guard let verdict = SumVerdict(total: Term(value: stated.value, interval: stated.interval), terms: terms)
  else { return nil }
  guard verdict.agreement == .inconsistent else { return nil }
  // Where one fact is stated at odds with its own parts it proves nothing about others.
  if let tags = figure.tags?.settled { context.facts.dispute(tags) }
  return report(
    figure,
    "“\(figure.title)”是 \(words(stated, stated.value))，而\(what)是 \(words(stated, verdict.summed))，相差 \(words(stated, verdict.difference.magnitude))",
    parts, context)
}

private func growth(_ figure: ExtraFigure, _ stated: Figure, _ terms: [ExtraFigure], _ context: CheckContext)
  -> Finding?
{
  let values = terms.compactMap(\.figure)
  guard values.count == 2, !stated.isMoney, values[0].isMoney == values[1].isMoney,
    let increase = values[0].interval.subtracting(values[1].interval),
    let ratio = increase.divided(by: values[1].interval)?.multiplied(by: Rational(100)),
    let exact = values[0].value.subtracting(values[1].value)?.divided(by: values[1].value)?.multiplied(
      by: Rational(100))
  else { return nil }
  guard !stated.interval.meets(ratio) else { return nil }
  return report(
    figure,
    "“\(figure.title)”是 \(shown(stated.value))%，按 \(words(values[1], values[1].value)) 到 \(words(values[0], values[0].value)) 应为 \(exact.text(decimals: max(2, stated.decimals)) ?? "")%",
    terms, context)
}

private func report(_ figure: ExtraFigure, _ message: String, _ parts: [ExtraFigure], _ context: CheckContext)
  -> Finding
{
  var subject = context.subject(row: figure.id)
  subject.table = "数据"
  return Finding(
    "extra-figures-differ", at: figure.place, message, hint: "核对原文件，改正错的一个数",
    notes: parts.prefix(8).map {
      .init("“\($0.title)”\($0.figure.map { words($0, $0.value) } ?? "")", at: $0.place)
    }, subject: subject)
}

private func words(_ like: Figure, _ value: Rational) -> String {
  var figure = like
  figure.value = value
  if case .money(let unit) = like.dimension {
    return shown(value, in: unit, decimals: like.decimals) + " " + unit.rawValue
  }
  if case .plain(let unit) = like.dimension { return shown(value) + (unit.map { " " + $0 } ?? "") }
  return shown(value) + "%"
}

extension Figure {
  fileprivate var isMoney: Bool { if case .money = dimension { true } else { false } }
  /// What the printed figure stands for; counts are exact.
  fileprivate var interval: Interval {
    if case .plain = dimension { return Interval(exactly: value) }
    return lastDigit.map { Interval(value, lastDigit: $0) } ?? Interval(exactly: value)
  }
}

let exampleThreePublicTable = (name: "三公.csv", text: "单位,合计,出国,小计,购置,运行,接待\n县局,0,0,0,0,0,0\n")

/// Extra figures a = 1.00 and b = 2.00 万元, and one more that follows from them.
func exampleFigures(_ id: String, _ rule: String, _ value: String, unit: String = "万元") -> String {
  """
  figures:
    - {id: a, title: 甲, value: 1.00, unit: 万元, source: 原文}
    - {id: b, title: 乙, value: 2.00, unit: 万元, source: 原文}
    - {id: \(id), title: 丙, value: \(value), unit: "\(unit)", source: 原文, \(rule)}

  """
}
