import Content
import Fiscal
import Forms

/// The numbers behind the facts of a unit: equal tags have equal keys in all its disclosures.
final class FactNumbering {
  var names: FactNames
  let laws: LawBook
  /// What narratives are read with.
  let words = UnitWords()

  init(_ model: FactModel) {
    names = FactNames(model)
    laws = LawBook(model, &names)
  }
}

/// The facts of a disclosure, numbered in the order they were first stated.
final class FactStore {
  private(set) var names: FactNames
  let statements: [FactStatement]
  /// How many facts are stated.
  let count: Int
  private let facts: FactTable
  /// By number.
  private var disputed: [Bool]
  /// Keys in dispute that no figure states.
  private var disputedUnstated: Set<FactKey> = []
  /// The statements of a fact are those from its start to the next fact's.
  private let order: [Int]
  private let starts: [Int]
  private var cells: CellFacts
  private var splits: SplitsDeclared
  /// What is known of facts that are not stated.
  private var zeros = FactTable(room: 0)
  private var isZeroByNumber: [Bool] = []
  let laws: LawBook
  private let prefixes: FactPrefixes
  /// How the keys of the facts begin that are zero.
  private let zeroPrefixes: FactPrefixes
  let words: UnitWords

  init(_ disclosure: Disclosure, _ numbering: FactNumbering) {
    laws = numbering.laws
    words = numbering.words
    let statements = disclosure.factStatements(&numbering.names)
    var facts = FactTable(room: statements.count)
    let numbers = statements.map { facts.number(adding: $0.key) }
    let count = facts.keys.count
    var starts = Array(repeating: 0, count: count + 1)
    for fact in numbers { starts[fact + 1] += 1 }
    for fact in 0..<count { starts[fact + 1] += starts[fact] }
    var order = Array(repeating: 0, count: numbers.count)
    var next = starts
    for (statement, fact) in numbers.enumerated() {
      order[next[fact]] = statement
      next[fact] += 1
    }
    cells = CellFacts(disclosure)
    // A sum over several cells speaks for none of them.
    for (index, fact) in numbers.enumerated() where statements[index].sum == nil {
      cells.enter(fact, at: statements[index].place)
    }
    names = numbering.names
    self.statements = statements
    self.facts = facts
    self.count = count
    self.starts = starts
    self.order = order
    disputed = Array(repeating: false, count: count)
    splits = SplitsDeclared(facts.keys)
    let additive = numbering.names.additive
    prefixes = FactPrefixes(facts.keys, additive)
    let zeros = (0..<count).filter { statements[order[starts[$0]]].value.isZero }
    zeroPrefixes = FactPrefixes(zeros.map { facts.keys[$0] }, additive)
  }

  func key(_ fact: Int) -> FactKey { facts.keys[fact] }

  /// The fact of a key, where it is stated.
  @inline(__always)
  func number(of key: FactKey) -> Int? { facts.number(of: key) }

  /// The places of a fact's statements among all.
  func statements(of fact: Int) -> ArraySlice<Int> { order[starts[fact]..<starts[fact + 1]] }

  /// What is known of a fact: its first statement, by its place among all, unless it is in dispute.
  func stated(_ fact: Int) -> Int? {
    disputed[fact] ? nil : order[starts[fact]]
  }

  func isDisputed(_ fact: Int) -> Bool { disputed[fact] }

  func isDisputed(unstated key: FactKey) -> Bool {
    !disputedUnstated.isEmpty && disputedUnstated.contains(key)
  }

  func dispute(_ fact: Int) {
    disputed[fact] = true
    forgetZeros()
  }

  func dispute(_ key: FactKey) {
    if let fact = facts.number(of: key) {
      disputed[fact] = true
    } else {
      disputedUnstated.insert(key)
    }
    forgetZeros()
  }

  private func forgetZeros() {
    zeros.removeAll()
    isZeroByNumber.removeAll(keepingCapacity: true)
  }

  func dispute(_ tags: Tags) {
    if let key = names.key(of: tags) { dispute(key) }
  }

  /// The fact that a cell states.
  func fact(at row: Int, _ leaf: Int, ofPanel panel: Int, table: Int) -> Int? {
    cells.fact(at: row, leaf, ofPanel: panel, table: table)
  }

  // MARK: Words

  /// The place of a dimension in a key.
  func dimension(_ name: String) -> Int? { names.number(of: name) }

  var dimensionCount: Int { names.dimensions.count }

  /// The number of a value, a new one where no figure states it.
  func number(of value: String, in dimension: Int) -> UInt16? { names.number(of: value, in: dimension) }

  /// Whether a number is that of a value; cheaper than to ask for it.
  func isNumber(_ number: UInt16, of value: String, in dimension: Int) -> Bool {
    let values = names.values(of: dimension)
    return number != 0 && Int(number) < values.count && values[Int(number)] == value
  }

  func text(of value: UInt16, in dimension: Int) -> String { names.value(value, in: dimension) }

  func tags(of fact: Int) -> Tags { names.tags(of: facts.keys[fact]) }

  /// Every value of a dimension that is known by number.
  func values(in dimension: Int) -> Range<UInt16> {
    1..<UInt16(clamping: max(1, names.wholes[dimension].count))
  }

  /// Whether a value is another or lies within it.
  func isWithin(_ value: UInt16, _ whole: UInt16, in dimension: Int) -> Bool {
    var current = value
    while current != 0 {
      if current == whole { return true }
      current = names.wholes[dimension][Int(current)]
    }
    return false
  }

  /// The fact that a field of a sheet or an extra figure states.
  func statement(at place: FigurePlace) -> Int? { outsidePanels[place] }

  private lazy var outsidePanels: [FigurePlace: Int] = {
    var found: [FigurePlace: Int] = [:]
    for statement in statements where statement.place.panel < 0 && statement.sum == nil {
      found[statement.place] = number(of: statement.key)
    }
    return found
  }()

  // MARK: Splits

  /// Whether any stated fact has a value in a dimension.
  func isMentioned(_ value: UInt16, in dimension: Int) -> Bool { splits.isMentioned(value, in: dimension) }

  /// Notes that a table splits a whole into parts that differ from it in one dimension.
  func declare(split whole: Int, into parts: [Int]) {
    splits.declare(facts.keys[whole], into: parts, of: facts.keys)
  }

  /// Whether a table declares the split of a value without this part, and no cell mentions the part.
  func isAbsent(_ part: UInt16, of whole: UInt16, in dimension: Int) -> Bool {
    splits.isUndeclared(part, of: whole, in: dimension)
      && splits.isUnmentioned(part, of: whole, in: dimension, names)
  }

  // MARK: Zero

  /// Whether a fact is known to be zero: a stated zero holds it, or its fund had no income.
  func isZero(_ key: FactKey) -> Bool {
    let number = zeros.number(adding: key)
    if number < isZeroByNumber.count { return isZeroByNumber[number] }
    let result = isWithinStatedZero(key) || laws.withoutIncome(key).map { isWithinStatedZero($0) } ?? false
    isZeroByNumber.append(result)
    return result
  }

  private func isWithinStatedZero(_ key: FactKey) -> Bool {
    firstWider(key, zeroPrefixes) { statements[$0].value.isZero } != nil
  }

  /// The first stated whole of a fact that fits a condition; the condition is asked of its first statement, by its place
  /// among all.
  func whole(of fact: Int, where fits: (Int) -> Bool) -> Int? {
    firstWider(facts.keys[fact], prefixes, except: fact, where: fits)
  }

  /// The first stated fact that holds a key and fits.
  ///
  /// - Parameter prefixes: Those of the facts that may fit.
  private func firstWider(
    _ key: FactKey, _ prefixes: FactPrefixes, except: Int = -1, where fits: (Int) -> Bool
  ) -> Int? {
    prefixes.first(around: key, names.wholes) { wider, digest in
      guard let fact = facts.number(of: wider, digest: digest), fact != except,
        let statement = stated(fact), fits(statement)
      else { return nil }
      return fact
    }
  }
}

/// Which fact each cell states, for all panels row by row.
private struct CellFacts {
  private struct Area {
    var start: Int
    var width: Int
  }

  /// By table and panel.
  private let areas: [[Area]]
  /// -1 where a cell states none.
  private var facts: [Int32]

  init(_ disclosure: Disclosure) {
    var size = 0
    areas = disclosure.tables.map { table in
      table.panels.map { filled in
        let area = Area(start: size, width: filled.panel.leaves.count)
        size += filled.rows.count * area.width
        return area
      }
    }
    facts = Array(repeating: -1, count: size)
  }

  mutating func enter(_ fact: Int, at place: FigurePlace) {
    guard place.panel >= 0, place.row >= 0 else { return }
    let area = areas[Int(place.table)][Int(place.panel)]
    facts[area.start + Int(place.row) * area.width + Int(place.leaf)] = Int32(truncatingIfNeeded: fact)
  }

  func fact(at row: Int, _ leaf: Int, ofPanel panel: Int, table: Int) -> Int? {
    let area = areas[table][panel]
    let fact = facts[area.start + row * area.width + leaf]
    return fact < 0 ? nil : Int(fact)
  }
}
