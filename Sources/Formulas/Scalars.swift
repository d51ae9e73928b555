import Fiscal

extension Unicode.Scalar {
  /// Whether it can stand in an unquoted name; `-`, `.` and brackets have rules of their own.
  var isNamePart: Bool {
    switch self {
    case "a"..."z", "A"..."Z", "0"..."9", "_", "%", "'", ":", "#", "&", "@": true
    case "\u{4E00}"..."\u{9FFF}": true  // 汉字, so that the common case needs no Unicode tables
    case "\u{0}"..."\u{7F}": false
    case "×", "÷", "−", "＋", "－", "＊", "／", "＝", "≤", "≥", "＜", "＞", "，", "｜": false
    case "（", "）", "［", "］", "【", "】", "｛", "｝", "＂": false
    default: !isBlank && !isInvisible
    }
  }

  /// Controls, zero-width and direction marks: what a text processor leaves behind unseen.
  var isInvisible: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned: !isBlank
    default: false
    }
  }

  var isDigit: Bool { ("0"..."9").contains(self) }
  var opensParenthesis: Bool { self == "(" || self == "（" }
  var closesParenthesis: Bool { self == ")" || self == "）" }
  var opensSelectors: Bool { self == "[" || self == "［" }
  var closesSelectors: Bool { self == "]" || self == "］" }
  var isComma: Bool { self == "," || self == "，" }
  var isBar: Bool { self == "|" || self == "｜" }
  var isDash: Bool { ("\u{2010}"..."\u{2015}").contains(self) }
}
