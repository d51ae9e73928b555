import Diagnostics

extension SourceText {
  /// Blanks characters that no page can show (控制字符、私用区字符) and reports each run of them.
  ///
  /// The private use area must be free anyway: it marks placeholders while Markdown reads the text.
  mutating func blankUnwantedScalars(_ findings: inout [Finding]) {
    var offset = 0
    while offset < bytes.count {
      // Nearly all text is passed over here.
      guard mayBeginUnwantedScalar(bytes[offset]), let unwanted = unwantedScalar(at: offset) else {
        offset += 1
        continue
      }
      var end = offset + unwanted.length
      while end < bytes.count, let next = unwantedScalar(at: end), next.isControl == unwanted.isControl {
        end += next.length
      }
      let place = place(offset..<end)
      findings.append(
        unwanted.isControl
          ? .controlCharacter(unwanted.value, at: place) : .privateUseCharacter(unwanted.value, at: place))
      blank(offset..<end)
      offset = end
    }
  }

  private func mayBeginUnwantedScalar(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == 0x7F || byte == 0xC2 || byte == 0xEE || byte == 0xEF || byte >= 0xF3
  }

  private func unwantedScalar(at offset: Int) -> (value: UInt32, length: Int, isControl: Bool)? {
    let first = bytes[offset]
    switch first {
    case 0x09, 0x0A, 0x0D: return nil
    case 0x00..<0x20, 0x7F: return (UInt32(first), 1, true)
    case 0xC2:
      let second = byte(offset + 1)
      return second < 0xA0 ? (UInt32(second), 2, true) : nil
    case 0xEE, 0xEF:
      let value =
        UInt32(first & 0x0F) << 12 | UInt32(byte(offset + 1) & 0x3F) << 6 | UInt32(byte(offset + 2) & 0x3F)
      if value >= 0xE000, value <= 0xF8FF { return (value, 3, false) }
      return value >= 0xFFFE || (0xFDD0...0xFDEF).contains(value) ? (value, 3, true) : nil
    case 0xF3, 0xF4:
      let head = UInt32(first & 0x07) << 18 | UInt32(byte(offset + 1) & 0x3F) << 12
      let value = head | UInt32(byte(offset + 2) & 0x3F) << 6 | UInt32(byte(offset + 3) & 0x3F)
      return value >= 0xF0000 ? (value, 4, false) : nil
    default: return nil
    }
  }

  private func byte(_ offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : 0xFF }
}
