import Fiscal

/// The digits of a figure as typed, so that another can be written in the same manner.
struct TypedFigure {
  private var digits: Int128
  private var decimals: Int
  /// Last places as declared may be fewer than are typed, or more.
  private let places: Int
  private let suffix: String

  init?(_ text: String, declared: Int) {
    var body = text
    suffix = body.last == "%" ? "%" : ""
    if body.last == "%" { body.removeLast() }
    let plain = body.filter { $0 != "," }
    guard plain.unicodeScalars.allSatisfy({ ("0"..."9").contains($0) || $0 == "." || $0 == "-" }),
      let number = try? DecimalText(plain), number.digits.magnitude < 1_000_000_000_000_000
    else { return nil }
    digits = number.digits
    decimals = number.decimals
    places = max(declared, number.decimals)
    while decimals < places {
      digits *= 10
      decimals += 1
    }
  }

  var isZero: Bool { digits == 0 }
  var text: String { decimalText(digits, decimals: decimals) + suffix }

  func raised(by places: Int128) -> String { changed { $0 + places } }
  var negated: String { changed { -$0 } }
  func multiplied(by factor: Int128) -> String { changed { $0 * factor } }
  /// Rounded to the last place; nil where nothing is left.
  func divided(by divisor: Int128) -> String? {
    digits.magnitude >= divisor.magnitude ? changed { $0 / divisor } : nil
  }

  private func changed(_ change: (Int128) -> Int128) -> String {
    var other = self
    other.digits = change(digits)
    return other.text
  }

  /// With two unequal neighbours among its digits in the other order; the first pair, or the last.
  func swapped(last: Bool) -> String? {
    var characters = Array(text)
    let places = characters.indices.filter { characters[$0].isNumber }
    let pairs = zip(places, places.dropFirst()).filter { pair in
      characters[pair.0] != characters[pair.1] && !(pair.0 == places.first && characters[pair.1] == "0")
    }
    guard let pair = last ? pairs.last : pairs.first else { return nil }
    characters.swapAt(pair.0, pair.1)
    return String(characters)
  }
}
