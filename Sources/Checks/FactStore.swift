import Content
import Fiscal
import Forms
import Synchronization

/// The facts of a disclosure, found by key.
public final class FactStore {
  public let model: FactModel
  public private(set) var statements: [Tags: [FactStatement]] = [:]
  /// Keys in the order they were first stated.
  public private(set) var keys: [Tags] = []
  /// Facts already reported: they prove nothing further.
  private(set) var disputed: Set<Tags> = []
  /// Splits that some table declares: for a dimension and value ("" for the whole) the parts it names.
  private(set) var declaredSplits: [String: [String: Set<String>]] = [:]
  /// Values of each dimension that some cell mentions.
  private(set) var mentioned: [String: Set<String>] = [:]

  init(_ all: [FactStatement], model: FactModel) {
    self.model = model
    for statement in all {
      if statements[statement.key] == nil { keys.append(statement.key) }
      statements[statement.key, default: []].append(statement)
      for (dimension, value) in statement.key.values { mentioned[dimension, default: []].insert(value) }
    }
  }

  func dispute(_ key: Tags) { disputed.insert(key) }

  func dispute(_ address: (table: Int, panel: Int, row: Int, leaf: Int)) {
    if let key = key(at: address) { disputed.insert(key) }
  }

  /// The fact that a cell states.
  func key(at address: (table: Int, panel: Int, row: Int, leaf: Int)) -> Tags? {
    addresses[Address(table: address.table, panel: address.panel, row: address.row, leaf: address.leaf)]
  }

  func declare(split whole: Tags, into parts: [Tags]) {
    var dimension: String?
    var values: Set<String> = []
    for part in parts {
      let changed = Set(part.values.keys).union(whole.values.keys).filter { part[$0] != whole[$0] }
      guard changed.count == 1, let only = changed.first, dimension ?? only == only, let value = part[only] else { return }
      dimension = only
      values.insert(value)
    }
    guard let dimension, values.count > 1 else { return }
    declaredSplits[dimension, default: [:]][whole[dimension] ?? "", default: []].formUnion(values)
  }

  /// What is known of a fact: its first statement, unless it is in dispute.
  func stated(_ key: Tags) -> FactStatement? {
    disputed.contains(key) ? nil : statements[key]?.first
  }

  private struct Address: Hashable {
    var table: Int
    var panel: Int
    var row: Int
    var leaf: Int
  }

  private lazy var addresses: [Address: Tags] = {
    var result: [Address: Tags] = [:]
    for (key, list) in statements {
      for statement in list {
        let at = statement.address
        result[Address(table: at.tableIndex, panel: at.panel, row: at.rowIndex, leaf: at.leaf)] = key
      }
    }
    return result
  }()

  // MARK: Zero and absence

  /// Whether a fact is known to be zero: a stated zero holds it, or its fund had no income.
  func isZero(_ key: Tags) -> Bool {
    if isWithinStatedZero(key) { return true }
    // 支出 of a fund whose 收入 (all origins) is zero.
    guard key["flow"] == "支出", let fund = key["fund"] else { return false }
    var income = Tags(["flow": "收入", "fund": fund])
    for dimension in ["phase", "year", "unit", "basis", "measure"] { if let value = key[dimension] { income[dimension] = value } }
    return isWithinStatedZero(income)
  }

  private func isWithinStatedZero(_ key: Tags) -> Bool {
    generalizations(of: key, including: true).contains { wider in
      guard !disputed.contains(wider), let statement = statements[wider]?.first else { return false }
      return statement.value.isZero
    }
  }

  /// Whether a table declares the split of a value without this part, and no cell mentions the part.
  func isAbsent(_ part: String, of whole: String, in dimension: String) -> Bool {
    guard let declared = declaredSplits[dimension]?[whole], !declared.contains(part) else { return false }
    return !(mentioned[dimension] ?? []).contains { $0.lies(within: part) || part.lies(within: $0) && $0 != whole }
  }

  /// Keys that hold this one: each additive dimension at its value, its parents, or unmentioned.
  func generalizations(of key: Tags, including itself: Bool) -> [Tags] {
    var results: [Tags] = [key]
    for (dimension, value) in key.values.sorted(by: { $0.key < $1.key }) where isAdditive(dimension) {
      var wider: [String?] = [value]
      var current = value
      while let parent = parent(of: current) {
        wider.append(parent)
        current = parent
      }
      wider.append(nil)
      results = results.flatMap { base in
        wider.map { value in
          var values = base.values
          values[dimension] = value
          return Tags(values)
        }
      }
      guard results.count < 4_000 else { break }
    }
    return itself ? results : results.filter { $0 != key }
  }

  private func isAdditive(_ dimension: String) -> Bool {
    switch dimension {
    case "function", "economic", "gov-economic", "unit", "project", "item": true
    default: model.dimension(dimension)?.isAdditive ?? false
    }
  }

  private func parent(of value: String) -> String? {
    if let dot = value.lastIndex(of: ".") { return String(value[..<dot]) }
    guard value.count > 3, value.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return String(value.dropLast(2))
  }
}
