import Content
import Diagnostics
import Fiscal
import Forms

extension Check {
  /// 各表合起来不符合收支定律
  static let laws = Check(
    "law-violated", "各表合起来不平",
    why: "收入总计等于支出总计；全部等于各资金来源、各资金年份、各支出性质之和。分在几张表里的数，合起来也要平。",
    references: ["BAL-01", "BAL-03", "BAL-04", "XTB-02", "XTB-04", "XTB-14", "XTB-21"],
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
    let facts = context.facts
    let laws = facts.laws.laws(without: Set(off), facts.isMentioned)
    var findings: [Finding] = []
    for fact in 0..<facts.count {
      let key = facts.key(fact)
      // Most laws are over at once: no cell speaks of any of their parts.
      laws.forEach(of: key, where: { context.isWithinReach($0, among: laws) }) { law in
        if let finding = context.judge(law, over: fact, key, among: laws) { findings.append(finding) }
      }
    }
    return findings
  }
}

extension CheckContext {
  /// Tries a law where its whole is stated and every part is known; else says nothing.
  fileprivate func judge(
    _ law: NumberedLaw, over fact: Int, _ key: FactKey, among laws: LawsInForce
  ) -> Finding? {
    guard let whole = facts.stated(fact) else { return nil }
    var sum: Rational? = .zero
    var isEmpty = true
    let isKnown = eachPart(of: law, over: key, among: laws) { part, _ in
      sum = sum?.adding(facts.statements[part].value)
      isEmpty = false
    }
    if !isKnown || isEmpty || sum == facts.statements[whole].value { return nil }
    var parts: [FactStatement] = []
    var title = law.title
    _ = eachPart(of: law, over: key, among: laws) { part, inner in
      parts.append(facts.statements[part])
      if let inner, !title.contains(inner.title) { title += "，" + inner.title }
    }
    return difference(law, title, fact, facts.statements[whole], parts)
  }

  /// Goes through what is stated of the parts of a law; false where one is neither stated nor known to be nothing.
  ///
  /// A part that no cell states, such as 支出总计 of one fund, is made up of its own parts by the other laws.
  ///
  /// - Parameters:
  ///   - inner: The law that makes up the whole where it is itself a part of another.
  ///   - body: Called with the statement of a part, and the law by which it is a part of what no cell states.
  private func eachPart(
    of law: NumberedLaw, over key: FactKey, among laws: LawsInForce, inner: NumberedLaw? = nil,
    _ body: (_ statement: Int, _ inner: NumberedLaw?) -> Void
  ) -> Bool {
    for part in law.parts {
      let partKey = part.key(in: key)
      let number = facts.number(of: partKey)
      if number.map(facts.isDisputed) ?? facts.isDisputed(unstated: partKey) { return false }
      if let statement = number.flatMap(facts.stated) {
        body(statement, inner)
      } else if facts.isZero(partKey) || isAbsent(part, of: key, by: law) {
        continue
      } else if let maker = laws.maker(of: partKey) {
        let others = laws.without(maker)
        guard maker.parts.contains(where: { isWithinReach($0.key(in: partKey), among: others) }),
          eachPart(of: maker, over: partKey, among: others, inner: maker, body)
        else { return false }
      } else {
        return false
      }
    }
    return true
  }

  /// Whether a part is stated, or other laws might make it up.
  fileprivate func isWithinReach(_ part: FactKey, among laws: LawsInForce) -> Bool {
    facts.number(of: part) != nil || laws.make(part)
  }

  private func isAbsent(_ part: NumberedLaw.Part, of whole: FactKey, by law: NumberedLaw) -> Bool {
    law.dimension.map { facts.isAbsent(part.value, of: whole[$0], in: $0) } ?? false
  }

  /// What there is to say of a law whose parts do not add up as printed.
  private func difference(
    _ law: NumberedLaw, _ title: String, _ fact: Int, _ whole: FactStatement, _ stated: [FactStatement]
  ) -> Finding? {
    let terms = stated.map { Term(value: $0.value, interval: $0.interval) }
    guard let verdict = SumVerdict(total: Term(value: whole.value, interval: whole.interval), terms: terms),
      verdict.agreement != .exact
    else { return nil }
    let filled = stated.filter { !$0.value.isZero }
    // A sum inside one table is judged there; a law with one part other than zero states one fact twice.
    let isOneTable = stated.allSatisfy {
      $0.place.table == whole.place.table && $0.place.panel == whole.place.panel
    }
    let isRepetition = filled.count <= 1
    if verdict.agreement == .rounding, !isRepetition || isOneTable { return nil }
    facts.dispute(fact)
    let key = facts.key(fact)
    for part in law.parts { facts.dispute(part.key(in: key)) }
    return finding(of: title, whole, stated, verdict)
  }

  private func finding(
    of title: String, _ whole: FactStatement, _ parts: [FactStatement], _ verdict: SumVerdict
  ) -> Finding {
    let unit = whole.unit ?? .tenThousandYuan
    let isSheet = whole.isSheet || parts.contains(where: \.isSheet)
    let severity: Severity = verdict.agreement == .rounding || isSheet ? .warning : .error
    func words(_ statement: FactStatement) -> CellAddress { disclosure.address(of: statement) }
    let filled = parts.filter { !$0.value.isZero }
    let right =
      filled.count == 1
      ? "\(words(filled[0]).text)是 \(shownFact(filled[0], words(filled[0])))"
      : "各部分之和是 \(shown(verdict.summed, in: unit, decimals: whole.decimals)) \(unit.rawValue)"
    let at = words(whole)
    var subject = subject(row: at.row, column: at.column)
    subject.table = at.table
    let finding = Finding(
      "law-violated", severity, at: at.place,
      "\(at.text)是 \(shownFact(whole, at))，而\(right)，相差 \(shown(verdict.difference.magnitude, in: unit, decimals: whole.decimals))；应当：\(title)",
      hint: verdict.agreement == .rounding ? "相差一个末位，多半是分别取整；改成一致" : "核对这几处，改正错的一处",
      notes: parts.prefix(8).map {
        .init("\(words($0).text)：\(shownFact($0, words($0)))", at: words($0).place)
      },
      subject: subject)
    var suspects = Suspects(missing: verdict.difference)
    suspects.add(whole, .lowered)
    for part in parts { suspects.add(part, .raised) }
    suspect(suspects, for: finding)
    return finding
  }
}
