import Content
import Diagnostics
import Fiscal
import Forms

extension Check {
  /// 同一事实，两个数
  static let sameFact = Check(
    "same-fact-two-figures", "同一事实有两个数",
    why: "同一个数在总表、分表、绩效表和正文里反复出现，必须处处相同；不同就说明至少有一处错了。",
    references: [
      "XTB-01", "XTB-02", "XTB-03", "XTB-04", "XTB-05", "XTB-06", "XTB-13", "XTB-16", "XTB-17", "XTB-21",
      "NAR-05",
    ],
    examples: [
      .passes(
        exampleNatures, exampleFunctions, ("性质表.csv", "项目,支出\n支出合计,10.00\n基本支出,6.00\n项目支出,4.00\n"),
        ("支出表.csv", "编码,名称,支出\n201,一般公共服务支出,10.00\n,合计,10.00\n")),
      .fails(
        exampleNatures, exampleFunctions, ("性质表.csv", "项目,支出\n支出合计,10.00\n基本支出,6.00\n项目支出,4.00\n"),
        ("支出表.csv", "编码,名称,支出\n201,一般公共服务支出,10.50\n,合计,↓10.50\n")),
      // A table of nothing but its header says that nothing was spent.
      .passes(
        exampleNatures, exampleFunctions, ("性质表.csv", "项目,支出\n支出合计,0\n基本支出,0\n项目支出,0\n"),
        ("支出表.csv", "编码,名称,支出\n")),
      .fails(
        exampleNatures, exampleFunctions, ("性质表.csv", "项目,支出\n支出合计,10.00\n基本支出,6.00\n项目支出,4.00\n"),
        ("支出表.csv", "↓编码,名称,支出\n")),
    ]
  ) { context in
    (0..<context.facts.count).flatMap { fact in disagreements(over: fact, context) }
  }
}

/// Above so many different figures the fact is one finding: nobody misprints a figure so often, its tags are at fault.
private let figuresTold = 8
/// So many different figures are told apart.
private let figuresCompared = 64
/// So many places are named under a finding.
private let placesNamed = 10

private func disagreements(over fact: Int, _ context: CheckContext) -> [Finding] {
  let facts = context.facts
  let statements = facts.statements(of: fact)
  guard let first = statements.first, statements.count > 1, !facts.isDisputed(fact) else { return [] }
  func agree(_ first: Int, _ second: Int) -> Bool {
    Checks.agree(facts.statements[first], facts.statements[second])
  }
  guard statements.contains(where: { !agree(first, $0) }) else { return [] }
  // What most places say is taken for right; of equals the first.
  var groups: [[Int]] = []
  for statement in statements {
    if let index = groups.firstIndex(where: { agree($0[0], statement) }) {
      groups[index].append(statement)
    } else if groups.count < figuresCompared {
      groups.append([statement])
    }
  }
  let most = groups.map(\.count).max() ?? 0
  guard let right = groups.first(where: { $0.count == most }) else { return [] }
  facts.dispute(fact)
  let wrong = groups.filter { $0[0] != right[0] }
  func printed(_ group: [Int]) -> [FactStatement] { group.map { facts.statements[$0] } }
  if wrong.count > figuresTold {
    return [
      finding(
        for: wrong.map { facts.statements[$0[0]] }, against: printed(right), places: statements.count, context
      )
    ]
  }
  return wrong.map { group in
    let finding = finding(for: printed(group), against: printed(right), context)
    context.suspect(suspects(printed(group), printed(right), isOnly: wrong.count == 1), for: finding)
    return finding
  }
}

/// A figure that stands alone would mend the finding if it said what the others say.
private func suspects(_ wrong: [FactStatement], _ right: [FactStatement], isOnly: Bool) -> Suspects {
  var suspects = Suspects(missing: right[0].value.subtracting(wrong[0].value) ?? .zero)
  for statement in wrong { suspects.add(statement, wrong.count == 1 ? .raised : .unknown) }
  for statement in right { suspects.add(statement, isOnly && right.count == 1 ? .lowered : .unknown) }
  return suspects
}

/// One figure printed twice with the same precision must be equal; a coarser printing must hold the finer.
func agree(_ first: FactStatement, _ second: FactStatement) -> Bool {
  if first.value == second.value { return true }
  // A sum over units is known only as well as its parts are printed.
  if first.terms > 1 || second.terms > 1 { return first.interval.meets(second.interval) }
  guard first.lastDigit != second.lastDigit else { return false }
  return first.interval.meets(second.interval)
}

/// - Parameter places: Where the figures are too many to be told one by one, how many places state the fact.
private func finding(
  for wrong: [FactStatement], against right: [FactStatement], places: Int? = nil, _ context: CheckContext
) -> Finding {
  let (here, there) = (wrong[0], right[0])
  let gap = (here.value.subtracting(there.value) ?? .zero).magnitude
  let last = max(here.lastDigit, there.lastDigit)
  let isSmall = here.unit != nil && gap <= last
  let severity: Severity = isSmall || (here.isSheet || there.isSheet) ? .warning : .error
  func words(_ statement: FactStatement) -> CellAddress { context.disclosure.address(of: statement) }
  let (at, other) = (words(here), words(there))
  var subject = context.subject(row: at.row, column: at.column)
  subject.table = at.table
  let others = wrong.dropFirst() + right
  var notes = others.prefix(placesNamed).map {
    Finding.Note("\(words($0).text)：\(shownFact($0, words($0)))", at: words($0).place)
  }
  let count = places.map { $0 - 1 } ?? others.count
  if count > notes.count { notes.append(Finding.Note("等 \(count) 处")) }
  let isMany = places != nil
  let figures = isMany ? "；还有许多不同的数" : ""
  let advice =
    isMany
    ? "核对表样的标签（states）：这些格多半说的不是同一件事" : isSmall ? "相差一个末位，多半是分别取整；改成一致" : "核对两处，改正错的一处"
  return Finding(
    "same-fact-two-figures", severity, at: at.place,
    "\(at.text)是 \(shownFact(here, at))，而\(other.text)是 \(shownFact(there, other))，说的是同一件事\(figures)",
    hint: advice, notes: notes, subject: subject)
}

/// A fact's figure with its unit.
func shownFact(_ statement: FactStatement, _ address: CellAddress) -> String {
  guard let unit = statement.unit else {
    return shown(statement.value) + (address.countUnit.map { " " + $0 } ?? "")
  }
  return shown(statement.value, in: unit, decimals: statement.decimals) + " " + unit.rawValue
}
