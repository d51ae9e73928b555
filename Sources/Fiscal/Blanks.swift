extension Unicode.Scalar {
  /// White space of any width (空白), told by its code: the Unicode tables are asked for nothing so common.
  public var isBlank: Bool {
    switch value {
    case 0x20, 0x09...0x0D, 0x3000, 0xA0, 0x85, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F: true
    default: false
    }
  }
}

extension StringProtocol {
  /// The text without white space at both ends.
  public var trimmingBlanks: String {
    var view = Substring(self).unicodeScalars
    while let first = view.first, first.isBlank { view.removeFirst() }
    while let last = view.last, last.isBlank { view.removeLast() }
    return String(Substring(view))
  }
}

extension String {
  /// The text without white space at both ends: as nearly always the text itself.
  public var trimmingBlanks: String {
    guard let first = unicodeScalars.first, let last = unicodeScalars.last, first.isBlank || last.isBlank
    else {
      return self
    }
    return Substring(self).trimmingBlanks
  }
}
