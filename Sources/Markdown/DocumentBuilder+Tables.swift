extension DocumentBuilder {
  /// The header row of a pipe table, which CommonMark takes for running text.
  func tableHeader(in range: Range<Int>, quotes: Int) -> Range<Int>? {
    guard rewritten.bytes[range].contains(UInt8(ascii: "|")) else { return nil }
    let first = lines.line(at: range.lowerBound)
    let last = lines.line(at: max(range.upperBound - 1, range.lowerBound))
    guard first < last else { return nil }
    var above = range.lowerBound..<lines.contentEnd(of: first, in: rewritten.bytes)
    for line in (first + 1)...last {
      let row = lines.start(of: line)..<lines.contentEnd(of: line, in: rewritten.bytes)
      if isDelimiterRow(rewritten.bytes[row], quotes: quotes),
        rewritten.bytes[above].contains(UInt8(ascii: "|"))
      {
        return above
      }
      above = row
    }
    return nil
  }

  /// Whether a line is a table's `|---|:--:|`.
  private func isDelimiterRow(_ line: ArraySlice<UInt8>, quotes: Int) -> Bool {
    var hasPipe = false
    var hasDash = false
    var quotesLeft = quotes
    for byte in line {
      switch byte {
      case UInt8(ascii: "|"): hasPipe = true
      case UInt8(ascii: "-"): hasDash = true
      case UInt8(ascii: ":"), UInt8(ascii: " "), UInt8(ascii: "\t"): break
      case UInt8(ascii: ">") where !hasPipe && !hasDash && quotesLeft > 0: quotesLeft -= 1
      default: return false
      }
    }
    return hasPipe && hasDash
  }

  /// Whether an item begins with the box of a task.
  func isTask(at range: Range<Int>) -> Bool {
    let box = Array(rewritten.bytes[range].prefix(4))
    guard box.count >= 3, box[0] == UInt8(ascii: "["), box[2] == UInt8(ascii: "]") else { return false }
    guard box.count == 3 || isBlank(box[3]) || isLineEnd(box[3]) else { return false }
    return [UInt8(ascii: " "), UInt8(ascii: "x"), UInt8(ascii: "X")].contains(box[1])
  }
}
