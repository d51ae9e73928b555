/// What a classification says of a name that is written beside a code.
public enum NameVerdict: Sendable, Equatable {
  /// It is one of the code's names, or a shorter or longer way to say it.
  case agrees
  /// It is the name of other codes of the same level.
  case belongs(to: [String])
  /// The classification knows the code, but not the name.
  case differs
  /// The classification does not know the code.
  case unknown
}

extension Classification {
  /// Compares a name with what its code is called; abbreviations and additions are no contradiction.
  public func verdict(on name: String, of code: String) -> NameVerdict {
    let written = normalizedName(name)
    if written.isEmpty || isLocalDetail(code) { return .agrees }
    let siblings = others(named: written, beside: code).filter {
      Self.parent(of: $0) == Self.parent(of: code)
    }
    // What came later may have meant something else before.
    if self.name(of: code) != nil, !isKnown(code) { return .unknown }
    guard isKnown(code) else { return siblings.isEmpty ? .unknown : .belongs(to: siblings) }
    if isNamed(code, written) { return .agrees }
    let plain = comparable(written)
    let own = allNames(of: code).map(comparable)
    if own.contains(plain) { return .agrees }
    let isAlike = own.contains { isAbbreviation(plain, of: $0) || isAbbreviation($0, of: plain) }
    // 其他支出 beside 其他工资福利支出 is short for it, whatever else bears the name.
    if isAlike, written.hasPrefix(rest), code.hasSuffix("99") { return .agrees }
    if !siblings.isEmpty { return .belongs(to: siblings) }
    // A name that many codes bear, such as 行政运行, is nobody's own.
    let others = others(named: written, beside: code)
    if others.count == 1 { return .belongs(to: others) }
    return isAlike ? .agrees : .differs
  }
}

/// What the names of remainders begin with.
private let rest = "其他"

/// A name as its letters: without punctuation, and without 支出 at its end.
private func comparable(_ name: String) -> [Unicode.Scalar] {
  withoutSpending(name).unicodeScalars.filter {
    $0.properties.isAlphabetic || $0.properties.numericType != nil
  }
}

/// Whether a name is another with some letters left out: 养老保险缴费 of 机关事业单位基本养老保险缴费.
private func isAbbreviation(_ short: [Unicode.Scalar], of long: [Unicode.Scalar]) -> Bool {
  guard short.count >= 2, short.count <= long.count else { return false }
  // 教育支出 is not 其他教育支出.
  let mark = Array(rest.unicodeScalars)
  guard short.starts(with: mark) == long.starts(with: mark) else { return false }
  var place = 0
  for scalar in long where place < short.count && short[place] == scalar { place += 1 }
  return place == short.count
}
