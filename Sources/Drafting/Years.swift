/// How years in a text move on with the disclosure they speak of.
struct Years {
  let old: Int
  let new: Int

  /// The text with every year near the old one moved on: names of columns and rows carry years as the form does.
  func moved(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var digits = String.UnicodeScalarView()
    func flush() {
      if digits.count == 4, let year = Int(String(digits)), abs(year - old) <= 3 {
        result.append(contentsOf: String(year + new - old).unicodeScalars)
      } else {
        result.append(contentsOf: digits)
      }
      digits = .init()
    }
    for scalar in text.unicodeScalars {
      if Self.isDigit(scalar) {
        digits.append(scalar)
      } else {
        flush()
        result.append(scalar)
      }
    }
    flush()
    return String(result)
  }

  /// Whether a text speaks of a year near the old one.
  func occur(in text: String) -> Bool { new != old && moved(text) != text }

  static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
}
