import Content
import Diagnostics
import Fiscal

/// What stands beside a number as a finding prints it: where it was typed, what the tables hold.
extension TextReading {
  /// “12.35 万元”, as typed but for blanks.
  func quoted(_ tie: TextTie) -> String { "“\(text(tie))”" }

  func address(_ cell: TextCell) -> CellAddress { disclosure.address(of: cell.place) }

  func address(_ base: TextBase) -> CellAddress {
    (base.isOfLastYear ? lastYear ?? disclosure : disclosure).address(of: base.cell.place)
  }

  /// A figure as its table prints it, in its own unit.
  func shown(_ cell: TextCell, like number: TextNumber? = nil) -> String {
    if cell.isMoney { return amount(cell.value, step: cell.step) }
    if cell.isPercent { return Checks.shown(cell.value) + "%" }
    let unit =
      address(cell).countUnit ?? number.flatMap { if case .count(let unit) = $0.kind { unit } else { nil } }
    return Checks.shown(cell.value) + (unit.map { " " + $0 } ?? "")
  }

  /// An amount in fen in the unit that its last digit suggests: 万元, or 元 where tables are in 元.
  func amount(_ fen: Rational, step: Rational) -> String {
    let unit: MoneyUnit = step > Rational(100) ? .tenThousandYuan : .yuan
    let decimals = (0...6).first { digits in
      powerOfTen(digits).flatMap { Rational(Int128(unit.fen), over: $0) }.map { $0 <= step } ?? true
    }
    return Checks.shown(fen, in: unit, decimals: decimals ?? 2) + " " + unit.rawValue
  }

  func subject(_ cell: TextCell?) -> Subject {
    var subject = disclosure.subject
    guard let cell else { return subject }
    let address = address(cell)
    subject.table = address.table
    subject.row = address.row
    subject.column = address.column
    return subject
  }

  /// What a cell says, for a note that leads to it.
  func note(_ cell: TextCell) -> Finding.Note {
    let address = address(cell)
    return Finding.Note("\(address.text)：\(shown(cell))", at: address.place)
  }

  func note(_ base: TextBase) -> Finding.Note {
    let address = address(base)
    return Finding.Note(
      (base.isOfLastYear ? "上年" : "") + "\(address.text)：\(shown(base.cell))", at: address.place)
  }

  /// What a number multiplied by gives what was expected, where that is a mistake of units.
  func unitHint(_ stated: Rational, _ expected: Rational) -> String? {
    guard !stated.isZero, !expected.isZero, let ratio = expected.magnitude.divided(by: stated.magnitude)
    else {
      return nil
    }
    for (factor, words) in [
      (Rational(10_000), "小了一万倍：单位像是把“万元”写成了“元”，或把“亿元”写成了“万元”"), (Rational(1000), "小了一千倍：核对单位"),
    ] {
      if ratio == factor { return words }
      if Rational(1).divided(by: factor) == ratio {
        return factor == Rational(10_000) ? "大了一万倍：单位像是把“元”写成了“万元”，或把“万元”写成了“亿元”" : "大了一千倍：核对单位"
      }
    }
    return nil
  }
}

/// An amount or count with what it may stand for.
struct Measure {
  var value: Rational
  var interval: Interval

  init(_ value: Rational, _ interval: Interval) {
    self.value = value
    self.interval = interval
  }

  init(_ cell: TextCell) {
    value = cell.value
    interval =
      cell.isMoney || cell.isPercent
      ? Interval(cell.value, lastDigit: cell.step) : Interval(exactly: cell.value)
  }

  init(_ number: TextNumber) {
    value = number.value
    interval = number.interval
  }

  func minus(_ other: Measure) -> Measure? {
    guard let value = value.subtracting(other.value), let interval = interval.subtracting(other.interval)
    else {
      return nil
    }
    return Measure(value, interval)
  }

  func plus(_ other: Measure) -> Measure? {
    guard let value = value.adding(other.value), let interval = interval.adding(other.interval) else {
      return nil
    }
    return Measure(value, interval)
  }

  var negated: Measure { Measure(value.negated, interval.negated) }

  /// This in percent of another; nil where that may be zero.
  func percent(of whole: Measure) -> Measure? {
    guard let value = value.divided(by: whole.value)?.multiplied(by: Rational(100)),
      let interval = interval.divided(by: whole.interval)?.multiplied(by: Rational(100))
    else { return nil }
    return Measure(value, interval)
  }
}

extension TextNumber {
  /// Whether a percentage may be what was worked out.
  func agrees(with measure: Measure) -> Bool {
    interval.meets(measure.interval) || Interval(value.negated, lastDigit: step).meets(measure.interval)
  }
}
