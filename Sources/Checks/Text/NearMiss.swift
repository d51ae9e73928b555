import Content
import Fiscal

/// Numbers that no table holds, though the words around them speak of a figure from which they differ by one digit:
/// 12,345.60 for 12,345.80, 1,243.50 for 1,234.50.
extension TextReading {
  /// The figure that a typed amount seems to be meant for; nil unless there is just one such value, and the words name
  /// its row.
  func nearMiss(_ index: Int) -> TextCell? {
    if isOfOtherScope(index) { return nil }
    let all = misses.cells(of: ties[index].clause.number).filter { isSpokenOf($0, by: index) }
    guard Set(all.map(\.value)).count == 1 else { return nil }
    return likeliest(of: all, for: index)
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
