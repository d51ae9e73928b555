import Diagnostics
import Fiscal
import Testing

@testable import Formulas

/// Answers every question, with something else for each.
private struct Oracle: FigureSource {
  func look(up reference: Reference) -> Lookup { answer(reference.text) }
  func look(upName name: Name) -> Lookup { answer(name.text) }

  private func answer(_ key: String) -> Lookup {
    let choices: [Lookup] = [
      .figures(printed("1,273.52 万元")), .figures(printed("-0.01 元")), .figures(printed("95.00%")),
      .figures(printed("11 人")), .figures(printed("0.00 亿元;3 万元")), .figures([]), .text("优"),
      .failed(message: "无"),
      .figures([Figure(value: Rational(Int64.max), dimension: .plain(unit: nil), decimals: 0)]),
      .figures(printed("0")),
    ]
    return choices[key.unicodeScalars.reduce(0) { ($0 + Int($1.value)) % choices.count }]
  }
}

/// A fixed sequence of random numbers, so that a failure can be repeated.
private struct Dice: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

@Suite struct RandomTextTests {
  static let alphabet = [
    "收", "表", "表 ", "a", "-", "−", "–", "+", "*", "/", "×", "÷", "(", ")", "（", "）", "[", "]", "［", "【", ",",
    "，", ".", "\"",
    "|", "=", "<=", "≥", " ", "\n", "\r\n", "\t", "　", "0", "1", "2.5", "99999999999999999999", "％", "%",
    "万元", "大写",
    "sum(", "min(", "round(", "abs(", "增减(", "增减率(", "增减额(", "上年.", "甲[乙]", "甲[*, 丙]", "\u{200B}", "\u{FEFF}",
    "👨‍👩‍👧", "é", "\0", "~",
    "“三公”", "：", "·", "e\u{301}", "\u{202E}", "𠮷",
  ]

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func `no text makes the reader or the calculation crash`(_ seed: UInt64) {
    var dice = Dice(state: seed)
    var understood = 0
    for _ in 0..<6_000 {
      let length = Int.random(in: 0...24, using: &dice)
      let text = (0..<length).map { _ in Self.alphabet.randomElement(using: &dice) ?? "" }.joined()
      if attempt(text) { understood += 1 }
    }
    #expect(understood > 0)
  }

  /// Formulas that are well formed but for a few blows.
  @Test func `damaged formulas are refused inside their own text`() {
    let whole = Array(
      "增减(sum(收支总表[*, 2022年预算数]) * 0.5 - 50万元, 上年.决算.a-b（甲）[\"x,y\"/乙]) | 万元(2)".unicodeScalars)
    var dice = Dice(state: 7)
    for _ in 0..<6_000 {
      var scalars = whole
      for _ in 0..<Int.random(in: 1...4, using: &dice) where !scalars.isEmpty {
        let index = Int.random(in: 0..<scalars.count, using: &dice)
        switch Int.random(in: 0..<3, using: &dice) {
        case 0: scalars.remove(at: index)
        case 1: scalars.swapAt(index, Int.random(in: 0..<scalars.count, using: &dice))
        default: scalars.insert(scalars[Int.random(in: 0..<scalars.count, using: &dice)], at: index)
        }
      }
      _ = attempt(String(String.UnicodeScalarView(scalars)))
    }
  }

  /// Reads and calculates a text in every way; whether any of them took it.
  private func attempt(_ text: String) -> Bool {
    var understood = false
    let lines = text.unicodeScalars.count { $0 == "\n" || $0 == "\r" }
    func expectInside(_ error: FormulaError) {
      #expect((start.line...(start.line + lines)).contains(error.place.line), "\(text.debugDescription)")
      #expect(error.place.column >= 1 && error.place.length >= 1, "\(text.debugDescription)")
      #expect(!error.message.isEmpty && error.hint != "", "\(text.debugDescription)")
    }
    do throws(FormulaError) {
      if case .figure(let expression, let format) = try parseInsertion(text, at: start, kinds: ["决算"]) {
        understood = true
        #expect(!expression.text.isEmpty)
        _ = try expression.text(as: format, with: Oracle())
        _ = try expression.measure(with: Oracle())
      }
    } catch { expectInside(error) }
    do throws(FormulaError) {
      let equation = try parseEquation(text, at: start)
      understood = true
      _ = try equation.compare(with: Oracle())
    } catch { expectInside(error) }
    return understood
  }
}
