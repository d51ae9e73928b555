/// A name as it is compared: without spaces, width of brackets, numbering (一、 （一） 1. （1）) and 其中：.
///
///     normalizedName("  1.一般公共预算拨款")      // 一般公共预算拨款
///     normalizedName("其中：因公出国(境)费 ")     // 因公出国（境）费
///
/// Names are compared more often than anything else is done, so this works on bytes; most names come back as they are.
public func normalizedName(_ text: String) -> String {
  var text = text
  let changed: String? = text.withUTF8 { utf8 in
    guard utf8.contains(where: mayChange) else { return afterNumbering(utf8) }
    // The longest replacement takes three bytes for one.
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 3 * utf8.count) { room in
      let count = unify(utf8, into: room)
      let unified = UnsafeBufferPointer(rebasing: room[..<count])
      return afterNumbering(unified) ?? String(decoding: unified, as: UTF8.self)
    }
  }
  return changed ?? text
}

/// A part of a text as it is compared.
public func normalizedName(_ text: some StringProtocol) -> String { normalizedName(String(text)) }

/// A name as it is written, without the numbering before it: `一、`, `（一）`, `(1)`, `1.`, `①`.
public func nameWithoutNumbering(_ name: String) -> String {
  let count = numbering(before: name)?.unicodeScalars.count ?? 0
  guard count > 0, count < name.unicodeScalars.count else { return name }
  return String(String.UnicodeScalarView(name.unicodeScalars.dropFirst(count))).trimmingBlanks
}

/// The number that stands before a name: 2 for `二、国防支出`, `（二）国防支出` and `2.国防支出`; nil where none does.
public func ordinal(before name: String) -> Int? {
  guard let numbering = numbering(before: name.trimmingBlanks) else { return nil }
  if let circle = numbering.unicodeScalars.first?.value, (0x2460...0x249B).contains(circle) {
    return Int(circle - 0x2460) % 20 + 1
  }
  let digits = numbering.filter { !"（）、.．".contains($0) }
  if let value = Int(digits) { return value }
  return (1...99).first { chineseNumeral($0) == digits }
}

/// The numbering at the head of a name, brackets in full width.
private func numbering(before name: String) -> String? {
  // Brackets of half width are as many characters as those of full width.
  var unified = name.replacing("(", with: "（").replacing(")", with: "）")
  return unified.withUTF8 { utf8 in
    numberingLength(utf8, from: 0).map { String(decoding: utf8[..<$0], as: UTF8.self) }
  }
}

private typealias Bytes = UnsafeBufferPointer<UInt8>

/// Whether a byte can begin something that is left out or written otherwise.
private func mayChange(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x09...0x0D, 0x20, UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ":"), UInt8(ascii: ","): true
  // The first bytes of U+0085 and U+00A0, U+1680, U+2000 and on, U+3000 (but also of much that stays).
  case 0xC2, 0xE1, 0xE2, 0xE3: true
  default: false
  }
}

/// Copies a text without white space, with brackets, colons and commas in full width; tells how many bytes it wrote.
private func unify(_ utf8: Bytes, into room: UnsafeMutableBufferPointer<UInt8>) -> Int {
  var count = 0
  func put(_ bytes: (UInt8, UInt8, UInt8)) {
    (room[count], room[count + 1], room[count + 2]) = bytes
    count += 3
  }
  var index = 0
  while index < utf8.count {
    switch utf8[index] {
    case UInt8(ascii: "("): put((0xEF, 0xBC, 0x88))
    case UInt8(ascii: ")"): put((0xEF, 0xBC, 0x89))
    case UInt8(ascii: ":"): put((0xEF, 0xBC, 0x9A))
    case UInt8(ascii: ","): put((0xEF, 0xBC, 0x8C))
    default:
      if let length = lengthOfBlank(utf8, at: index) {
        index += length
        continue
      }
      room[count] = utf8[index]
      count += 1
    }
    index += 1
  }
  return count
}

/// How many bytes the white space (or zero-width space) at a place takes; nil where something else stands there.
private func lengthOfBlank(_ utf8: Bytes, at index: Int) -> Int? {
  switch utf8[index] {
  case 0x20, 0x09...0x0D: return 1
  case 0xC2, 0xE1, 0xE2, 0xE3:
    let (scalar, length) = scalar(utf8, at: index)
    return scalar.isBlank || scalar == "\u{200B}" ? length : nil
  default: return nil
  }
}

/// What is left of a unified name behind numbering and 其中, nil where that is the whole name.
private func afterNumbering(_ utf8: Bytes) -> String? {
  var start = 0
  var changed = true
  while changed {
    changed = false
    for length in [9, 6] where utf8.count - start > length && beginsOfWhich(utf8, at: start, length: length) {
      start += length
      changed = true
    }
    if let length = numberingLength(utf8, from: start), start + length < utf8.count {
      start += length
      changed = true
    }
  }
  return start == 0 ? nil : String(decoding: Bytes(rebasing: utf8[start...]), as: UTF8.self)
}

/// Whether 其中： (nine bytes) or 其中 (six) stands at a place.
private func beginsOfWhich(_ utf8: Bytes, at start: Int, length: Int) -> Bool {
  guard utf8[start] == 0xE5, scalar(utf8, at: start).scalar == "其",
    scalar(utf8, at: start + 3).scalar == "中"
  else { return false }
  return length == 6 || scalar(utf8, at: start + 6).scalar == "："
}

/// How many bytes of numbering stand at the head: `一、`, `（一）`, `1.`, `1、`, `（1）`, `①`, `⒈`.
private func numberingLength(_ utf8: Bytes, from start: Int) -> Int? {
  guard start < utf8.count else { return nil }
  let (first, width) = scalar(utf8, at: start)
  if (0x2460...0x249B).contains(first.value) { return width }
  let isBracketed = first == "（"
  let body = isBracketed ? start + width : start
  var end = body
  var count = 0
  let isDigits = end < utf8.count && isDigit(utf8[end])
  while end < utf8.count, isDigits ? isDigit(utf8[end]) : isNumeral(scalar(utf8, at: end).scalar) {
    end += isDigits ? 1 : 3
    count += 1
  }
  guard count > 0, count <= 3, end < utf8.count else { return nil }
  let (next, length) = scalar(utf8, at: end)
  end += length
  if isBracketed { return next == "）" ? end - start : nil }
  if next == "、" { return end - start }
  guard isDigits, next == "." || next == "．" else { return nil }
  // `1.5` is a number, not a numbered line.
  return end < utf8.count && isDigit(utf8[end]) ? nil : end - start
}

private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

private func isNumeral(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar {
  case "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "百": true
  default: false
  }
}

/// The scalar that begins at a place of a text, and how many bytes it takes.
private func scalar(_ utf8: Bytes, at index: Int) -> (scalar: Unicode.Scalar, length: Int) {
  func tail(_ offset: Int) -> UInt32 {
    index + offset < utf8.count ? UInt32(utf8[index + offset] & 0x3F) : 0
  }
  let first = UInt32(utf8[index])
  let (value, length): (UInt32, Int) =
    switch first {
    case 0xC0..<0xE0: ((first & 0x1F) << 6 | tail(1), 2)
    case 0xE0..<0xF0: ((first & 0x0F) << 12 | tail(1) << 6 | tail(2), 3)
    case 0xF0...: ((first & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3), 4)
    default: (first, 1)
    }
  return (Unicode.Scalar(value) ?? "\u{FFFD}", length)
}
