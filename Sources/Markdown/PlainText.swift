/// The words of inlines without marks; a placeholder gives what the caller says, at first nothing.
public func plainText(of inlines: [Inline], placeholder: (Int) -> String = { _ in "" }) -> String {
  var text = ""
  var owesSpace = false
  func append(_ piece: String) {
    guard let first = piece.unicodeScalars.first else { return }
    if owesSpace, let last = text.unicodeScalars.last, joinsWithSpace(last, first) { text += " " }
    owesSpace = false
    text += piece
  }
  func visit(_ inlines: [Inline]) {
    for inline in inlines {
      switch inline {
      case .text(let piece, _), .code(let piece, _): append(piece)
      case .softBreak, .lineBreak: owesSpace = true
      case .emphasis(let children), .strong(let children), .link(_, let children): visit(children)
      case .image(let link): append(link.text)
      case .placeholder(let index): append(placeholder(index))
      }
    }
  }
  visit(inlines)
  return text
}

/// Whether a line break between two characters stands for a space: not between Chinese ones.
func joinsWithSpace(_ left: Unicode.Scalar, _ right: Unicode.Scalar) -> Bool {
  !(isChinese(left) && isChinese(right)) && ScalarKind(left) != .space && ScalarKind(right) != .space
}
