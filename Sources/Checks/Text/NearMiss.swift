import Content
import Fiscal

/// Numbers that no table holds, though the words around them speak of a figure from which they differ by one digit:
/// 12,345.60 for 12,345.80, 1,243.50 for 1,234.50.
extension TextReading {
  /// The figure that a typed amount seems to be meant for; nil unless there is just one such value, and the words name
  /// its row.
  func nearMiss(_ index: Int) -> TextCell? {
    if isOfOtherScope(index) || isOfSomethingElse(index) { return nil }
    let all = misses.cells(of: ties[index].clause.number).filter {
      isSpokenOf($0, by: index) && isOfPhase($0, index)
    }
    guard Set(all.map(\.value)).count == 1 else { return nil }
    guard let meant = likeliest(of: all, for: index), isAmong(meant, index) else { return nil }
    return meant
  }

  /// Whether what is planned and what was spent agree with the words before a number: a supplement of 100.00 万元 makes
  /// one of the other with a single digit.
  private func isOfPhase(_ cell: TextCell, _ index: Int) -> Bool {
    let clause = ties[index].clause
    let line = passages[ties[index].passage]
    if isPlanned(cell) { return !isOfSpending(index) }
    let said = line.text(clause.sentence.lowerBound..<clause.number.range.lowerBound)
    let near = line.text(clause.near)
    if ["执行", "决算", "实际", "完成"].contains(where: { near.contains($0) }) { return true }
    return !["预计", "计划", "控制数", "申报"].contains { said.contains($0) }
      && !words[ties[index].passage].saysBudget(in: clause.near, besides: lanes.fund, of: line)
      && !words[ties[index].passage].saysBudget(
        in: clause.sentence.lowerBound..<clause.number.range.lowerBound, besides: lanes.fund, of: line)
  }

  /// Whether a sentence says that its numbers are of more or of less than the tables: 含项目支出在内, 局机关.
  private func isOfSomethingElse(_ index: Int) -> Bool {
    let clause = ties[index].clause
    let said = passages[ties[index].passage].text(clause.sentence.lowerBound..<clause.number.range.lowerBound)
    return ["含", "本级", "局机关", "委机关", "院机关", "机关本部", "全部门", "项目中", "一次性", "部分"].contains {
      said.contains($0)
    }
  }

  /// Whether the amounts before it in its sentence are of the same table: parts of one table's figure are no parts of
  /// another's.
  private func isAmong(_ cell: TextCell, _ index: Int) -> Bool {
    guard
      ties[index].clause.isOfWhich
        || sentence(of: index).contains(where: { $0 <= index && ties[$0].clause.isOfWhich })
    else { return true }
    return sentence(of: index).allSatisfy { other in
      guard other < index, ties[other].clause.role == .level, let before = ties[other].cell else {
        return true
      }
      return before.place.table == cell.place.table
        || before.fact.map { cells(of: $0).contains { $0.place.table == cell.place.table } } ?? false
    }
  }
}

/// The figures that differ from numbers by one digit or by two neighbouring ones exchanged.
struct NearMisses {
  private let finder: CellFinder?

  /// - Parameter numbers: those that are asked for.
  init(of numbers: [TextNumber], in disclosure: Disclosure, _ facts: FactStore) {
    let sought = numbers.flatMap { neighbours(of: $0) }
    finder = sought.isEmpty ? nil : CellFinder(disclosure, facts, for: sought)
  }

  /// Those of at least four digits, either as they are typed or as they are in the table: 12.00 and 13.00 are two
  /// amounts rather than one mistyped.
  func cells(of number: TextNumber) -> [TextCell] {
    guard let finder else { return [] }
    var found: [TextCell] = []
    for neighbour in neighbours(of: number) {
      let digits = max(neighbour.significantDigits, number.significantDigits)
      for cell in finder.cells(equalTo: neighbour)
      where digits >= 4 && !found.contains(where: { $0.place == cell.place }) {
        found.append(cell)
      }
    }
    return found
  }
}

/// The amounts that one wrong digit, or two exchanged, make of an amount.
private func neighbours(of number: TextNumber) -> [TextNumber] {
  guard number.isMoney, number.step.denominator == 1,
    let whole = number.value.magnitude.divided(by: number.step)?.rounded(decimals: 0), whole >= 100
  else { return [] }
  let digits = Array(String(whole).utf8)
  guard digits.count <= 15 else { return [] }
  var found: [[UInt8]] = []
  for place in digits.indices {
    for digit in UInt8(ascii: "0")...UInt8(ascii: "9") where digit != digits[place] {
      var other = digits
      other[place] = digit
      found.append(other)
    }
    if place + 1 < digits.count, digits[place] != digits[place + 1] {
      var other = digits
      other.swapAt(place, place + 1)
      found.append(other)
    }
  }
  return found.compactMap { digits in
    guard let whole = Int128(String(decoding: digits, as: UTF8.self)), whole > 0,
      let value = Rational(whole).multiplied(by: number.step)
    else { return nil }
    var neighbour = number
    neighbour.value = value
    return neighbour
  }
}

extension TextNumber {
  /// How many digits it has, without zeros at either end: 12.50 has three.
  var significantDigits: Int {
    guard var digits = value.magnitude.divided(by: step)?.rounded(decimals: 0), digits != 0 else { return 0 }
    while digits % 10 == 0 { digits /= 10 }
    return String(digits).utf8.count
  }
}
