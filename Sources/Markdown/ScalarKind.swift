/// What a character is to the rules of emphasis, and to the joining of lines.
enum ScalarKind {
  case space, punctuation, digit, latin, other

  init(_ scalar: Unicode.Scalar) {
    if scalar.isASCII {
      let byte = UInt8(truncatingIfNeeded: scalar.value)
      self =
        byte <= 0x20
        ? .space
        : isASCIIPunctuation(byte)
          ? .punctuation : isASCIIDigit(byte) ? .digit : isASCIILetter(byte) ? .latin : .other
      return
    }
    switch scalar.properties.generalCategory {
    case .spaceSeparator: self = .space
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation:
      self = .punctuation
    default: self = .other
    }
  }

  /// Whether emphasis treats it as a letter.
  var isLetter: Bool { self == .digit || self == .latin || self == .other }
}

/// Whether a character is Chinese writing, so that a line break beside it stands for nothing.
func isChinese(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x2E80...0x2FDF, 0x3000...0x30FF, 0x3100...0x312F, 0x3200...0x4DBF, 0x4E00...0x9FFF: true
  case 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFFEF, 0x20000...0x3FFFD: true
  case 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2026: true
  default: false
  }
}

/// The character that begins at a byte of valid UTF-8.
func decodeScalar(_ bytes: [UInt8], at offset: Int) -> Unicode.Scalar {
  let first = bytes[offset]
  if first < 0x80 { return Unicode.Scalar(first) }
  let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
  var value = UInt32(first) & (0x7F >> UInt32(length))
  for byte in bytes[(offset + 1)...].prefix(length - 1) { value = value << 6 | UInt32(byte & 0x3F) }
  return Unicode.Scalar(value) ?? "\u{FFFD}"
}
