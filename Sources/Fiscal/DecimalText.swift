/// Why a text is not a number that a table may hold.
public enum NumberSyntaxError: Error, Hashable, Sendable {
  case empty
  /// Full-width digits (全角数字) and signs: the half-width text is what was meant.
  case fullWidth(meant: String)
  /// Thousands separators that do not stand between groups of three (`1.273,52`, `12,34`).
  case grouping
  /// A unit or a word behind the number (`12万`).
  case trailing(String)
  /// A scientific or otherwise foreign spelling.
  case notANumber
  /// More decimals than the smallest coin has.
  case tooFine
  case tooLarge

  /// What is wrong, in words for the finding.
  public var message: String {
    switch self {
    case .empty: "没有数字"
    case .fullWidth(let meant): "用了全角字符，应写作半角 \(meant)"
    case .grouping: "千分位逗号或小数点的位置不对"
    case .trailing(let rest): "数字后面有“\(rest)”"
    case .notANumber: "不是数字"
    case .tooFine: "小数位数过多，已小于 1 分"
    case .tooLarge: "数值过大"
    }
  }
}

/// A decimal number as it was printed: its digits and how many of them are decimals.
///
///     try DecimalText("1,273.50")  // digits 127350, decimals 2
public struct DecimalText: Hashable, Sendable {
  public let digits: Int128
  public let decimals: Int

  public var rational: Rational { powerOfTen(decimals).flatMap { Rational(digits, over: $0) } ?? .zero }

  /// Reads an optional sign, digits with optional thousands separators, and decimals. Nothing else.
  ///
  /// A minus is `-`, `−` or the accountant's brackets `(3.00)`; surrounding white space does not count.
  public init(_ text: String) throws(NumberSyntaxError) {
    if let plain = DecimalText(plain: text) {
      self = plain
      return
    }
    var scalars = Array(text.unicodeScalars.drop { $0.isBlank })
    while let last = scalars.last, last.isBlank { scalars.removeLast() }
    guard !scalars.isEmpty else { throw .empty }
    if let meant = halfWidth(scalars) { throw .fullWidth(meant: meant) }

    var negative = false
    if scalars.first == "(", scalars.last == ")", scalars.count > 2 {
      negative = true
      scalars = Array(scalars[1..<(scalars.count - 1)])
    } else if scalars.first == "-" || scalars.first == "−" {
      negative = true
      scalars.removeFirst()
    } else if scalars.first == "+" {
      scalars.removeFirst()
    }

    var value: Int128 = 0
    var decimals = 0
    var group = 0  // digits since the last comma
    var commas = 0
    var point = false
    var digitsSeen = 0
    for (index, scalar) in scalars.enumerated() {
      switch scalar {
      case "0"..."9":
        digitsSeen += 1
        guard digitsSeen <= 30 else { throw .tooLarge }
        value = value * 10 + Int128(scalar.value - 48)
        if point { decimals += 1 } else { group += 1 }
        if commas > 0, !point, group > 3 { throw .grouping }
      case ",":
        guard !point, digitsSeen > 0, commas == 0 ? group <= 3 : group == 3 else { throw .grouping }
        commas += 1
        group = 0
      case ".":
        guard !point else { throw .grouping }
        guard commas == 0 || group == 3 else { throw .grouping }
        guard digitsSeen > 0, index + 1 < scalars.count else { throw .notANumber }
        point = true
      default:
        guard digitsSeen > 0 else { throw .notANumber }
        var rest = String.UnicodeScalarView()
        rest.append(contentsOf: scalars[index...])
        throw .trailing(String(rest))
      }
    }
    guard digitsSeen > 0 else { throw .notANumber }
    guard commas == 0 || point || group == 3 else { throw .grouping }
    digits = negative ? -value : value
    self.decimals = decimals
  }
}

extension DecimalText {
  /// What nearly every cell holds: at most 18 digits with decimals and thousands separators as they should be.
  ///
  /// Nil for everything else, right or wrong, which is looked at more closely.
  private init?(plain text: String) {
    let zero = UInt8(ascii: "0")
    var value: Int64 = 0
    var digits = 0
    var decimals: Int?
    // Digits since the last comma; nil before the first.
    var group: Int?
    var isNegative = false
    for (index, byte) in text.utf8.enumerated() {
      switch byte {
      case zero...UInt8(ascii: "9"):
        value = value &* 10 &+ Int64(byte - zero)
        digits += 1
        guard digits <= 18 else { return nil }
        if decimals != nil { decimals? += 1 } else { group? += 1 }
      case UInt8(ascii: ","):
        guard decimals == nil, digits > 0, group.map({ $0 == 3 }) ?? (digits <= 3) else { return nil }
        group = 0
      case UInt8(ascii: "."):
        guard decimals == nil, digits > 0, (group ?? 3) == 3 else { return nil }
        decimals = 0
      case UInt8(ascii: "-"):
        guard index == 0 else { return nil }
        isNegative = true
      default: return nil
      }
    }
    guard digits > 0, decimals != 0, (group ?? 3) == 3 else { return nil }
    self.digits = Int128(isNegative ? -value : value)
    self.decimals = decimals ?? 0
  }
}

/// The half-width spelling of a text that holds full-width digits or signs, or nil where it holds none.
private func halfWidth(_ scalars: [Unicode.Scalar]) -> String? {
  guard
    scalars.contains(where: { (0xFF10...0xFF19).contains($0.value) || "．，－（）＋％".unicodeScalars.contains($0) })
  else { return nil }
  var result = String.UnicodeScalarView()
  for scalar in scalars {
    if (0xFF01...0xFF5E).contains(scalar.value), let half = Unicode.Scalar(scalar.value - 0xFEE0) {
      result.append(half)
    } else {
      result.append(scalar)
    }
  }
  return String(result)
}
