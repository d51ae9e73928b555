import Content
import Fiscal
import Forms

/// The facts of a disclosure, found by key.
final class FactStore {
  let model: FactModel
  private(set) var names: FactNames
  private var statements: [FactKey: [FactStatement]] = [:]
  /// Keys in the order they were first stated.
  private(set) var keys: [FactKey] = []
  /// Facts already reported: they prove nothing further.
  private var disputed: Set<FactKey> = []
  /// Keys of cells, by table, panel, row and column.
  private var cells: [CellNumber: FactKey] = [:]
  /// Splits that some table declares: for a dimension and value ("" for the whole) the parts it names.
  private var declaredSplits: [String: [String: Set<String>]] = [:]
  /// Values of each dimension that some cell mentions.
  private var mentioned: [String: Set<String>] = [:]
  private var zeros: [FactKey: Bool] = [:]

  struct CellNumber: Hashable {
    var table: Int
    var panel: Int
    var row: Int
    var leaf: Int
  }

  init(_ all: [FactStatement], model: FactModel) {
    self.model = model
    names = FactNames(model)
    for statement in all {
      guard let key = names.key(of: statement.key) else { continue }
      if statements[key] == nil {
        keys.append(key)
        for (dimension, value) in statement.key.values { mentioned[dimension, default: []].insert(value) }
      }
      statements[key, default: []].append(statement)
      let at = statement.address
      // A sum over several cells speaks for none of them.
      if statement.terms == 1 {
        cells[CellNumber(table: at.tableIndex, panel: at.panel, row: at.rowIndex, leaf: at.leaf)] = key
      }
    }
  }

  func all(_ key: FactKey) -> [FactStatement] { statements[key] ?? [] }

  /// What is known of a fact: its first statement, unless it is in dispute.
  func stated(_ key: FactKey) -> FactStatement? {
    disputed.contains(key) ? nil : statements[key]?.first
  }

  func isDisputed(_ key: FactKey) -> Bool { disputed.contains(key) }

  func dispute(_ key: FactKey) {
    disputed.insert(key)
    zeros.removeAll(keepingCapacity: true)
  }

  func dispute(_ tags: Tags) {
    if let key = names.key(of: tags) { dispute(key) }
  }

  /// The fact that a cell states.
  func key(at cell: CellNumber) -> FactKey? { cells[cell] }

  /// A key with another value in one dimension.
  func key(_ key: FactKey, with value: String, in dimension: Int) -> FactKey? {
    var result = key
    guard let number = value.isEmpty ? 0 : names.number(of: value, in: dimension) else { return nil }
    result[dimension] = number
    return result
  }

  // MARK: Splits

  /// Notes that a table splits a whole into parts that differ from it in one dimension.
  func declare(split whole: FactKey, into parts: [FactKey]) {
    guard parts.count > 1 else { return }
    var dimension: Int?
    for part in parts {
      let changed = names.dimensions.indices.filter { part[$0] != whole[$0] }
      guard changed.count == 1, let only = changed.first, dimension ?? only == only, part[only] != 0 else {
        return
      }
      dimension = only
    }
    guard let dimension else { return }
    let values = parts.map { names.value($0, dimension) }
    declaredSplits[names.dimensions[dimension], default: [:]][names.value(whole, dimension), default: []]
      .formUnion(values)
  }

  /// Whether a table declares the split of a value without this part, and no cell mentions the part.
  func isAbsent(_ part: String, of whole: String, in dimension: String) -> Bool {
    guard let declared = declaredSplits[dimension]?[whole], !declared.contains(part) else { return false }
    return !(mentioned[dimension] ?? []).contains {
      $0.lies(within: part) || part.lies(within: $0) && $0 != whole
    }
  }

  // MARK: Zero

  /// Whether a fact is known to be zero: a stated zero holds it, or its fund had no income.
  func isZero(_ key: FactKey) -> Bool {
    if let known = zeros[key] { return known }
    let result = isWithinStatedZero(key) || hasNoIncome(key)
    zeros[key] = result
    return result
  }

  /// 支出 of a fund whose 收入 (all origins) is zero.
  private func hasNoIncome(_ key: FactKey) -> Bool {
    guard let flow = names.number(of: "flow"), let fund = names.number(of: "fund"), key[fund] != 0,
      names.value(key, flow) == "支出",
      let income = names.number(of: "收入", in: flow)
    else { return false }
    var wider = FactKey()
    wider[flow] = income
    wider[fund] = key[fund]
    for name in ["phase", "year", "unit", "basis", "measure"] {
      if let dimension = names.number(of: name) { wider[dimension] = key[dimension] }
    }
    return isWithinStatedZero(wider)
  }

  private func isWithinStatedZero(_ key: FactKey) -> Bool {
    names.forEachWider(key) { wider in
      guard let statement = statements[wider]?.first, !disputed.contains(wider) else { return false }
      return statement.value.isZero
    }
  }

  /// The first stated whole of a fact that fits a condition.
  func whole(of key: FactKey, where fits: (FactStatement) -> Bool) -> (FactKey, FactStatement)? {
    var found: (FactKey, FactStatement)?
    _ = names.forEachWider(key) { wider in
      guard wider != key, let statement = statements[wider]?.first, !disputed.contains(wider), fits(statement)
      else { return false }
      found = (wider, statement)
      return true
    }
    return found
  }
}
