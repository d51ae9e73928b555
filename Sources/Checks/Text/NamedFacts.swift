import Content
import Fiscal
import Forms

/// The figures of facts that words name by what they are: of which fund, nature, phase.
extension TextReading {
  /// The facts of exactly these tags; where words leave the fund open, of the only fund there is.
  func statedFigures(
    _ tags: [Int: UInt16], _ around: [Int: UInt16], year: Int, saysThisYear: Bool, saysGranted: Bool,
    _ kind: TextNumber.Kind
  ) -> [TextCell] {
    guard kind == .money, let flow = lanes.flow, let fund = lanes.fund else { return [] }
    // 某项目：全年预算……，执行……: what was named before goes on, once a phase is named.
    let goesOn = lanes.phase.map { tags[$0] != nil } ?? false
    let says = lanes.narrowing.contains { $0 != flow && (goesOn ? around : tags)[$0] != nil }
    let isOrigin = lanes.origin.map { tags[$0] != nil } ?? false
    guard says || isOrigin || tags[flow] != nil || tags[fund] != nil else { return [] }
    // 项目支出 and the like are spent; of a fund alone both sides may be meant.
    let wantedFlow =
      tags[flow]
      ?? (says
        ? facts.number(of: "支出", in: flow) : isOrigin ? facts.number(of: "收入", in: flow) : around[flow])
    guard let wantedFlow else {
      // 一般公共预算当年拨款: what is received is spent.
      guard tags.keys.allSatisfy({ $0 == fund || $0 == lanes.origin || $0 == lanes.phase }), saysGranted
      else {
        return []
      }
      return ["收入", "支出"].flatMap { value -> [TextCell] in
        guard let side = facts.number(of: value, in: flow) else { return [] }
        var sided = tags
        sided[flow] = side
        return statedFigures(
          sided, around.merging([flow: side]) { $1 }, year: year, saysThisYear: saysThisYear,
          saysGranted: false, kind)
      }
    }
    // 收入……，其中人员经费拨款……: what is received for something is not what is spent on it.
    if says, tags[flow] == nil, let around = around[flow], around == facts.number(of: "收入", in: flow) {
      return []
    }
    // What is asked of every fact is asked of all its dimensions at once.
    var looksAt = SIMD16<UInt16>()
    var wanted = SIMD16<UInt16>()
    func want(_ value: UInt16, in lane: Int) {
      looksAt[lane] = .max
      wanted[lane] = value
    }
    for lane in lanes.narrowing where !isImplied(lane, around) { want(around[lane] ?? 0, in: lane) }
    for lane in [lanes.phase, lanes.origin, lanes.basis] {
      if let lane, let value = around[lane] { want(value, in: lane) }
    }
    want(wantedFlow, in: flow)
    // 本年财政拨款收入 is without what was carried over.
    let isWithoutRest = saysThisYear && wantedFlow == facts.number(of: "收入", in: flow)
    var found: [Int] = []
    for fact in 0..<facts.count {
      let key = facts.key(fact)
      guard key.values & looksAt == wanted, !facts.isDisputed(fact), yearOffset(of: key) == year else {
        continue
      }
      if isWithoutRest, let origin = lanes.origin, key[origin] == 0 { continue }
      // A heading may speak of all appropriations where a table has one of them only.
      if let wanted = around[fund], key[fund] != wanted,
        tags[fund] != nil || !facts.isWithin(key[fund], wanted, in: fund)
      {
        continue
      }
      found.append(fact)
    }
    // 机关运行经费 is always 公用经费 of one fund, said or not.
    if found.isEmpty, let item = lanes.item, let wantedItem = tags[item], let nature = lanes.nature,
      around[nature] == nil
    {
      found = (0..<facts.count).filter { fact in
        let key = facts.key(fact)
        return key[item] == wantedItem && key[flow] == wantedFlow && yearOffset(of: key) == year
          && !facts.isDisputed(fact)
          && lanes.phase.map { lane in around[lane].map { key[lane] == $0 } ?? true } ?? true
          && lanes.narrowing.allSatisfy {
            $0 == flow || $0 == item || $0 == nature || key[$0] == (around[$0] ?? 0)
          }
      }
      return Set(found.compactMap { facts.stated($0).map { facts.statements[$0].value } }).count == 1
        ? found.flatMap { cells(of: $0) } : []
    }
    let whole = found.filter { facts.key($0)[fund] == around[fund] ?? 0 }
    if !whole.isEmpty {
      found = whole
    } else if !says || Set(found.map { facts.key($0)[fund] }).count > 1 {
      // 收入总计 is of all funds; 机关运行经费 may be of the only one there is.
      return []
    }
    // 收入总计 before 本年收入: what says least beside the words.
    func unsaid(_ fact: Int) -> Int {
      [lanes.origin, lanes.basis].count { lane in
        lane.map { around[$0] == nil && facts.key(fact)[$0] != 0 } ?? false
      }
    }
    let least = found.map { unsaid($0) }.min()
    return found.filter { unsaid($0) == least }.flatMap { cells(of: $0) }
  }

  /// A project is 项目支出, whether words say so or not.
  private func isImplied(_ lane: Int, _ around: [Int: UInt16]) -> Bool {
    guard let project = lanes.project, around[project] != nil, around[lane] == nil else { return false }
    return lane == lanes.nature || lane == lanes.unit
  }

  func yearOffset(of key: FactKey) -> Int {
    guard let lane = lanes.year, key[lane] != 0 else { return 0 }
    return Int(facts.text(of: key[lane], in: lane)) ?? 0
  }

  /// The figures that state a fact.
  func cells(of fact: Int) -> [TextCell] {
    facts.statements(of: fact).compactMap { number in
      let statement = facts.statements[number]
      guard statement.sum == nil else { return nil }
      return TextCell(
        place: statement.place, value: statement.value, step: statement.lastDigit,
        isMoney: statement.unit != nil,
        fact: fact)
    }
  }
}
