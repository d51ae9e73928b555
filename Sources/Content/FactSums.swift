import Fiscal
import Forms

/// A department is the sum of its units: what all units of a list say of a code, the list says of the department.
///
/// - Parameter dimension: that of units.
func unitSums(over statements: ArraySlice<FactStatement>, in filled: FilledPanel, dimension: Int)
  -> [FactStatement]
{
  guard filled.panel.rows.contains(where: { $0.levels != nil }) else { return [] }
  var belowDepartment: [Int: Bool] = [:]
  func isBelowDepartment(_ row: Int) -> Bool {
    if let known = belowDepartment[row] { return known }
    let answer = filled.isBelowDepartment(row)
    belowDepartment[row] = answer
    return answer
  }
  let summed = statements.indices.filter {
    statements[$0].key[dimension] != 0 && isBelowDepartment(Int(statements[$0].place.row))
  }
  guard !summed.isEmpty else { return [] }
  // What the sums speak of names no unit; a total that is printed is not worked out.
  let stated = Set(statements.lazy.map(\.key).filter { $0[dimension] == 0 })
  var numbers: [FactKey: Int] = [:]
  var sums: [(first: FactStatement, value: Rational, interval: Interval, terms: Int, last: Int)] = []
  for index in summed {
    var key = statements[index].key
    key[dimension] = 0
    let row = Int(statements[index].place.row)
    guard let number = numbers[key] else {
      guard !stated.contains(key) else { continue }
      var first = statements[index]
      first.key = key
      numbers[key] = sums.count
      sums.append((first, first.value, first.interval, 1, row))
      continue
    }
    guard let value = sums[number].value.adding(statements[index].value),
      let interval = sums[number].interval.adding(statements[index].interval)
    else { continue }
    sums[number].value = value
    sums[number].interval = interval
    sums[number].terms += 1
    sums[number].last = row
  }
  return sums.map { sum in
    guard sum.terms > 1 else { return sum.first }
    var statement = sum.first
    statement.value = sum.value
    statement.sum = FactSum(
      terms: sum.terms, interval: sum.interval,
      title: filled.isUnit(sum.last) ? "各单位之和" : "各单位\(filled.rows[sum.last].title)之和")
    return statement
  }
}

extension RowSpec {
  /// The levels of a block of rows in levels.
  fileprivate var levels: [Level]? { if case .levels(let levels, _, _) = kind { levels } else { nil } }
}

extension FilledPanel {
  /// Whether a row is a unit's own, and not one below it.
  fileprivate func isUnit(_ row: Int) -> Bool {
    guard let level = rows[row].level, let spec = rows[row].spec, let levels = panel.rows[spec].levels
    else { return false }
    return levels[level].of == "unit"
  }

  /// Whether a row stands for a unit of a department, or lies below one that does.
  fileprivate func isBelowDepartment(_ row: Int) -> Bool {
    guard let spec = rows[row].spec, let levels = panel.rows[spec].levels else { return false }
    var outermost = row
    var steps = 0
    while let parent = rows[outermost].parent, steps < 64 {
      outermost = parent
      steps += 1
    }
    guard let level = rows[outermost].level else { return false }
    // A list of units without their department is as complete.
    if levels.first?.of == "department", levels[level].of == "unit" {
      return !rows.contains { other in
        other.spec == spec && other.level.map { levels[$0].of == "department" } ?? false
      }
    }
    return outermost != row && levels[level].of == "department"
  }
}
