import Content
import Forms

/// A law or a complete split of a dimension, in numbers: which facts it makes out of which parts.
final class NumberedLaw {
  /// Nil for a split.
  let id: String?
  let title: String
  /// All bits set in the dimensions that the law looks at.
  let looksAt: SIMD16<UInt16>
  /// What a key must hold there for its fact to be a whole.
  let wanted: SIMD16<UInt16>
  let parts: [Part]
  /// The dimension that is split; nil where the model has none.
  let dimension: Int?

  struct Part {
    /// All bits set in the dimensions where the part differs from the whole.
    var differs: SIMD16<UInt16>
    var values: SIMD16<UInt16>
    /// Its value in the dimension that is split.
    var value: UInt16

    func key(in whole: FactKey) -> FactKey { FactKey(whole.values & ~differs | values) }

    /// Whether it could be stated by these keys at all.
    func isWithin(_ mentioned: (_ value: UInt16, _ dimension: Int) -> Bool) -> Bool {
      (0..<FactKey.room).allSatisfy { values[$0] == 0 || mentioned(values[$0], $0) }
    }
  }

  init(
    id: String?, title: String, looksAt: SIMD16<UInt16>, wanted: SIMD16<UInt16>, parts: [Part],
    dimension: Int?
  ) {
    self.id = id
    self.title = title
    self.looksAt = looksAt
    self.wanted = wanted
    self.parts = parts
    self.dimension = dimension
  }

  /// Whether it only splits one dimension.
  var isSplit: Bool { id == nil }

  /// Whether a part of another law could be a whole of this one.
  func mayMakeUp(_ part: Part) -> Bool {
    let known = part.differs & looksAt
    return !isSplit && part.values & known == wanted & known
  }

  /// Whether some of its parts could be stated by these keys at all.
  func isWithin(_ mentioned: (_ value: UInt16, _ dimension: Int) -> Bool) -> Bool {
    parts.contains { $0.isWithin(mentioned) }
  }
}

/// The laws that the facts of a disclosure are tried by.
struct LawsInForce {
  /// Which keys a law is about, side by side for all laws: every fact is held against each.
  private struct Whole {
    var looksAt: SIMD16<UInt16>
    var wanted: SIMD16<UInt16>

    init(_ law: NumberedLaw) { (looksAt, wanted) = (law.looksAt, law.wanted) }

    @inline(__always)
    func holds(_ key: FactKey) -> Bool { key.values & looksAt == wanted }
  }

  private let laws: [NumberedLaw]
  private let wholes: [Whole]
  /// For each law the parts that some cell might state, or another law make up.
  private let reachable: [[NumberedLaw.Part]]
  /// Those that are no splits: they may make up a part that no cell states.
  private let makers: [NumberedLaw]
  private let made: [Whole]

  /// - Parameter mentioned: Whether some cell mentions a value.
  init(_ laws: [NumberedLaw], _ mentioned: (_ value: UInt16, _ dimension: Int) -> Bool) {
    let makers = laws.filter { !$0.isSplit }
    let reachable = laws.map { law in
      law.parts.filter { part in part.isWithin(mentioned) || makers.contains { $0.mayMakeUp(part) } }
    }
    self.init(laws, reachable, makers)
  }

  private init(_ laws: [NumberedLaw], _ reachable: [[NumberedLaw.Part]], _ makers: [NumberedLaw]) {
    self.laws = laws
    self.reachable = reachable
    self.makers = makers
    wholes = laws.map { Whole($0) }
    made = makers.map { Whole($0) }
  }

  /// Calls `body` with every law of whose wholes a key is one, unless `isWithinReach` says of none of its parts that
  /// anything might be known of it.
  func forEach(
    of key: FactKey, where isWithinReach: (_ part: FactKey) -> Bool, _ body: (NumberedLaw) -> Void
  ) {
    for index in wholes.indices
    where wholes[index].holds(key) && reachable[index].contains(where: { isWithinReach($0.key(in: key)) }) {
      body(laws[index])
    }
  }

  /// The first law, not a split, that makes up a fact.
  func maker(of key: FactKey) -> NumberedLaw? {
    made.firstIndex { $0.holds(key) }.map { makers[$0] }
  }

  /// Whether some law, not a split, makes up a fact.
  func make(_ key: FactKey) -> Bool { made.contains { $0.holds(key) } }

  /// The others of them.
  func without(_ law: NumberedLaw) -> LawsInForce {
    let others = laws.indices.filter { laws[$0] !== law }
    return LawsInForce(
      others.map { laws[$0] }, others.map { reachable[$0] }, makers.filter { $0 !== law })
  }
}

/// The laws of a model in the numbers of one disclosure, looked up once.
struct LawBook {
  private(set) var laws: [NumberedLaw] = []
  /// Where 支出 and a fund are, and what the income of the fund is asked for with.
  private var flow: Int?
  private var fund: Int?
  private var income: UInt16 = 0
  private var expenditure: UInt16 = 0
  private var kept = SIMD16<UInt16>()

  /// The laws that are in force and have parts that these facts could state, or that others make up.
  func laws(
    without off: Set<String>, _ mentioned: (_ value: UInt16, _ dimension: Int) -> Bool
  ) -> LawsInForce {
    let inForce = laws.filter { law in !(law.id.map(off.contains) ?? false) }
    let stated = inForce.filter { $0.isWithin(mentioned) }
    return LawsInForce(
      inForce.filter { law in
        law.isWithin(mentioned)
          || law.parts.contains { part in stated.contains { $0 !== law && $0.mayMakeUp(part) } }
      }, mentioned)
  }

  init(_ model: FactModel, _ names: inout FactNames) {
    for dimension in model.dimensions where !dimension.splits.isEmpty {
      for whole in dimension.splits.keys.sorted() {
        addSplit(of: whole, dimension, &names)
      }
    }
    for law in model.laws { add(law, &names) }
    flow = names.number(of: "flow")
    fund = names.number(of: "fund")
    if let flow {
      income = names.number(of: "收入", in: flow) ?? 0
      expenditure = names.number(of: "支出", in: flow) ?? 0
    }
    for name in ["fund", "phase", "year", "unit", "basis", "measure"] {
      if let dimension = names.number(of: name) { kept[dimension] = .max }
    }
  }

  /// The key of the whole income of the fund that an expenditure is paid from: where it is zero, so is the expenditure.
  func withoutIncome(_ key: FactKey) -> FactKey? {
    guard let flow, let fund, key[fund] != 0, income != 0, expenditure != 0, key[flow] == expenditure else {
      return nil
    }
    var wider = FactKey(key.values & kept)
    wider[flow] = income
    return wider
  }

  private mutating func addSplit(
    of whole: String, _ dimension: FactModel.Dimension, _ names: inout FactNames
  ) {
    guard let parts = dimension.splits[whole], let number = names.number(of: dimension.id),
      let value = whole.isEmpty ? 0 : names.number(of: whole, in: number)
    else { return }
    var only = SIMD16<UInt16>()
    only[number] = .max
    var numbered: [NumberedLaw.Part] = []
    for part in parts {
      guard let value = names.number(of: part, in: number) else { return }
      var values = SIMD16<UInt16>()
      values[number] = value
      numbered.append(.init(differs: only, values: values, value: value))
    }
    var wanted = SIMD16<UInt16>()
    wanted[number] = value
    laws.append(
      NumberedLaw(
        id: nil, title: "全部 = 各\(dimension.title)之和", looksAt: only, wanted: wanted, parts: numbered,
        dimension: number))
  }

  private mutating func add(_ law: FactModel.Law, _ names: inout FactNames) {
    let whole = names.numbered(law.whole)
    guard !whole.isUnknown else { return }
    let flow = names.number(of: "flow")
    var all = whole.named
    for name in law.without {
      guard let dimension = names.number(of: name) else { continue }
      // A whole that must mention what must not be mentioned is never met.
      guard whole.values[dimension] == 0 else { return }
      all[dimension] = .max
    }
    var parts: [NumberedLaw.Part] = []
    for part in law.parts {
      let tags = names.numbered(part)
      guard !tags.isUnknown else { return }
      parts.append(
        .init(differs: tags.named, values: tags.values, value: flow.map { tags.values[$0] } ?? 0))
    }
    laws.append(
      NumberedLaw(
        id: law.id, title: law.title, looksAt: all, wanted: whole.values, parts: parts, dimension: flow))
  }
}
