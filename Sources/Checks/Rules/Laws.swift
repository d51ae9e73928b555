import Content
import Diagnostics
import Fiscal
import Forms

extension Check {
  /// 各表合起来不符合收支定律
  static let laws = Check(
    "law-violated", "各表合起来不平",
    why: "收入总计等于支出总计；全部等于各资金来源、各资金年份、各支出性质之和。分在几张表里的数，合起来也要平。",
    references: ["BAL-01", "BAL-03", "XTB-02", "XTB-04", "XTB-14", "XTB-21"],
    examples: [
      .passes(
        exampleBalance,
        (
          "收支表.csv",
          "收入/项目,收入/金额,支出/项目,支出/金额\n一般公共预算,8.00,本年支出,9.00\n政府性基金,2.00,结转下年,1.00\n收入总计,10.00,支出总计,10.00\n"
        )),
      .fails(
        exampleBalance,
        (
          "收支表.csv",
          "收入/项目,收入/金额,支出/项目,支出/金额\n一般公共预算,8.00,本年支出,8.00\n政府性基金,2.00,结转下年,1.00\n收入总计,↓10.00,支出总计,9.00\n"
        )),
      // Of one fund nothing is left over, so that all its income is spent.
      .fails(
        exampleBalance, exampleFundFunctions,
        (
          "收支表.csv",
          "收入/项目,收入/金额,支出/项目,支出/金额\n一般公共预算,↓8.00,本年支出,10.00\n政府性基金,2.00,结转下年,0.00\n收入总计,10.00,支出总计,10.00\n"
        ), ("按资金的支出表.csv", "编码,名称,支出\n201,一般公共服务支出,9.00\n,合计,9.00\n")),
    ]
  ) { context in
    let off = context.disclosure.set?.lawsOff ?? []
    let laws = context.model.laws.filter { !off.contains($0.id) }
    return context.facts.keys.flatMap { key in
      (context.splits(of: key) + laws.compactMap { context.law($0, over: key) }).compactMap {
        context.judge($0, among: laws)
      }
    }
  }
}

private struct Law {
  var title: String
  var whole: FactKey
  /// The parts, each with its value in the dimension that is split.
  var parts: [(key: FactKey, value: String)]
  var dimension: String
  var value: String
}

extension CheckContext {
  /// Every complete split of a fact: by fund, by origin, by nature.
  fileprivate func splits(of key: FactKey) -> [Law] {
    model.dimensions.compactMap { dimension -> Law? in
      guard !dimension.splits.isEmpty, let number = facts.names.number(of: dimension.id) else { return nil }
      let value = facts.names.value(key, number)
      guard let parts = dimension.splits[value] else { return nil }
      let keys = parts.compactMap { part in
        facts.key(key, with: part, in: number).map { (key: $0, value: part) }
      }
      guard keys.count == parts.count else { return nil }
      return Law(
        title: "全部 = 各\(dimension.title)之和", whole: key, parts: keys, dimension: dimension.id, value: value)
    }
  }

  /// A law of the model where this fact is its whole.
  fileprivate func law(_ law: FactModel.Law, over key: FactKey) -> Law? {
    func value(_ dimension: String) -> String {
      facts.names.number(of: dimension).map { facts.names.value(key, $0) } ?? ""
    }
    guard law.whole.values.allSatisfy({ value($0.key) == $0.value }),
      law.without.allSatisfy({ value($0).isEmpty })
    else { return nil }
    var parts: [(key: FactKey, value: String)] = []
    for part in law.parts {
      var changed = key
      for (name, value) in part.values {
        guard let dimension = facts.names.number(of: name),
          let next = facts.key(changed, with: value, in: dimension)
        else { return nil }
        changed = next
      }
      parts.append((changed, part["flow"] ?? ""))
    }
    return Law(title: law.title, whole: key, parts: parts, dimension: "flow", value: value("flow"))
  }

  /// Tries a law where its whole is stated and every part is known; else says nothing.
  fileprivate func judge(_ law: Law, among laws: [FactModel.Law]) -> Finding? {
    guard let whole = facts.stated(law.whole), let known = parts(of: law, among: laws), !known.isEmpty
    else { return nil }
    let stated = known.map(\.statement)
    var law = law
    for title in known.compactMap(\.law) where !law.title.contains(title) { law.title += "，" + title }
    let terms = stated.map { Term(value: $0.value, interval: $0.interval) }
    guard let verdict = SumVerdict(total: Term(value: whole.value, interval: whole.interval), terms: terms),
      verdict.agreement != .exact
    else { return nil }
    let filled = stated.filter { !$0.value.isZero }
    // A sum inside one table is judged there; a law with one part other than zero states one fact twice.
    let isOneTable = stated.allSatisfy {
      $0.address.tableIndex == whole.address.tableIndex && $0.address.panel == whole.address.panel
    }
    let isRepetition = filled.count <= 1
    if verdict.agreement == .rounding, !isRepetition || isOneTable { return nil }
    for key in [law.whole] + law.parts.map(\.key) { facts.dispute(key) }
    return finding(for: law, whole, stated, verdict, isRepetition: isRepetition)
  }

  /// What is stated of the parts of a law; nil where one is neither stated nor known to be nothing.
  ///
  /// A part that no cell states, such as 支出总计 of one fund, is made up of its own parts by the other laws.
  private func parts(of law: Law, among laws: [FactModel.Law]) -> [(statement: FactStatement, law: String?)]?
  {
    var stated: [(statement: FactStatement, law: String?)] = []
    for part in law.parts {
      if facts.isDisputed(part.key) { return nil }
      if let statement = facts.stated(part.key) {
        stated.append((statement, nil))
      } else if facts.isZero(part.key) || facts.isAbsent(part.value, of: law.value, in: law.dimension) {
        continue
      } else if let made = made(of: part.key, among: laws),
        let inner = parts(of: made.law, among: made.others)
      {
        stated += inner.map { ($0.statement, $0.law ?? made.law.title) }
      } else {
        return nil
      }
    }
    return stated
  }

  /// The law that says what a fact is made up of, and those that are left to try below it.
  private func made(of key: FactKey, among laws: [FactModel.Law]) -> (law: Law, others: [FactModel.Law])? {
    for (index, candidate) in laws.enumerated() {
      guard let law = law(candidate, over: key) else { continue }
      var others = laws
      others.remove(at: index)
      return (law, others)
    }
    return nil
  }

  private func finding(
    for law: Law, _ whole: FactStatement, _ parts: [FactStatement], _ verdict: SumVerdict, isRepetition: Bool
  ) -> Finding {
    let unit = whole.unit ?? .tenThousandYuan
    let isSheet = whole.isSheet || parts.contains(where: \.isSheet)
    let severity: Severity = verdict.agreement == .rounding || isSheet ? .warning : .error
    let filled = parts.filter { !$0.value.isZero }
    let right =
      filled.count == 1
      ? "\(filled[0].address.text)是 \(shownFact(filled[0]))"
      : "各部分之和是 \(shown(verdict.summed, in: unit, decimals: whole.decimals)) \(unit.rawValue)"
    var subject = subject(row: whole.address.row, column: whole.address.column)
    subject.table = whole.address.table
    return Finding(
      "law-violated", severity, at: whole.address.place,
      "\(whole.address.text)是 \(shownFact(whole))，而\(right)，相差 \(shown(verdict.difference.magnitude, in: unit, decimals: whole.decimals))；应当：\(law.title)",
      hint: verdict.agreement == .rounding ? "相差一个末位，多半是分别取整；改成一致" : "核对这几处，改正错的一处",
      notes: parts.prefix(8).map { .init("\($0.address.text)：\(shownFact($0))", at: $0.address.place) },
      subject: subject)
  }
}
