import Diagnostics

/// A narrative (文字说明) read into nodes, with the place of everything that a later step may speak about.
///
/// Figures are still formulas here: `{{ 收支总表[收入总计] }}` became a placeholder, whose text the document
/// hands on unread.
public struct MarkdownDocument: Hashable, Sendable {
  public var blocks: [Block]
  /// Every heading, in reading order.
  public var headings: [Heading]
  /// Every link and picture, in reading order.
  public var links: [Link]
  /// Every `{{ … }}`, in reading order; nodes name them by their index here.
  public var placeholders: [Placeholder]

  public init(
    blocks: [Block] = [], headings: [Heading] = [], links: [Link] = [], placeholders: [Placeholder] = []
  ) {
    self.blocks = blocks
    self.headings = headings
    self.links = links
    self.placeholders = placeholders
  }
}

/// One block of a narrative (段落级内容).
public indirect enum Block: Hashable, Sendable {
  case heading(Heading)
  case paragraph([Inline], Place)
  case list(List)
  case quote([Block], Place)
  /// Code, with what was written behind the fence.
  case code(String, language: String, Place)
  case thematicBreak(Place)
  /// A `{{ … }}` that stands alone on its line, such as a table.
  case placeholder(Int)
}

/// A piece of running text (行内内容).
public indirect enum Inline: Hashable, Sendable {
  case text(String, Place)
  /// A line break of the source that means nothing; whether a space is due depends on its neighbours.
  case softBreak
  case lineBreak
  case code(String, Place)
  case emphasis([Inline])
  case strong([Inline])
  case link(Link, [Inline])
  /// A picture; its `text` is what stands for it when it cannot be seen.
  case image(Link)
  case placeholder(Int)
}

/// A list (列表), numbered or not.
public struct List: Hashable, Sendable {
  public var isOrdered: Bool
  /// The first number of an ordered list.
  public var start: Int
  /// Whether the items follow each other without blank lines.
  public var isTight: Bool
  public var items: [[Block]]
  public var place: Place

  public init(isOrdered: Bool, start: Int, isTight: Bool, items: [[Block]], place: Place) {
    self.isOrdered = isOrdered
    self.start = start
    self.isTight = isTight
    self.items = items
    self.place = place
  }
}

/// A heading (标题), with the anchor and the number it was given.
public struct Heading: Hashable, Sendable {
  /// How many `#` were written.
  public var level: Int
  /// The level counted from the document's own top level, which is 1.
  public var depth: Int
  /// The anchor: unique in the document, derived from the words.
  public var id: String
  /// The automatic number, such as `第一部分` or `（二）`; one typed by hand has been taken out of the text.
  public var number: String?
  /// The words without marks, number and placeholders.
  public var text: String
  public var inlines: [Inline]
  public var place: Place

  public init(
    level: Int, depth: Int, id: String, number: String?, text: String, inlines: [Inline], place: Place
  ) {
    self.level = level
    self.depth = depth
    self.id = id
    self.number = number
    self.text = text
    self.inlines = inlines
    self.place = place
  }
}

/// Where a link or a picture leads (链接、图片).
public struct Link: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    case link
    case image
  }

  public var kind: Kind
  public var destination: String
  public var title: String
  /// The words of the link, or the text that stands for the picture.
  public var text: String
  public var place: Place

  public init(kind: Kind, destination: String, title: String, text: String, place: Place) {
    self.kind = kind
    self.destination = destination
    self.title = title
    self.text = text
    self.place = place
  }
}

/// A `{{ … }}` of a narrative (占位): its text is for the formula language, not for Markdown.
public struct Placeholder: Hashable, Sendable {
  /// What stands between the braces, without the blanks at either end.
  ///
  /// A line break inside stays one; the marks of a quotation that follow it are blanked, so that a scalar's
  /// number in `text` still leads to its place.
  public var text: String
  /// Where `text` begins.
  public var place: Place
  /// Whether it stands alone on its line.
  public var isBlock: Bool

  public init(text: String, place: Place, isBlock: Bool) {
    self.text = text
    self.place = place
    self.isBlock = isBlock
  }

  /// The place of a part of the text, given in Unicode scalars from its beginning.
  public func place(ofScalars range: Range<Int>) -> Place {
    var place = self.place
    place.length = 0
    var previous: Unicode.Scalar?
    for (index, scalar) in text.unicodeScalars.enumerated() {
      guard index < range.upperBound else { break }
      if index < range.lowerBound {
        let isBreak = scalar == "\n" || scalar == "\r"
        if isBreak {
          if !(scalar == "\n" && previous == "\r") { place.line += 1 }
          place.column = 1
        } else {
          place.column += 1
        }
      } else if scalar == "\n" || scalar == "\r" {
        break
      } else {
        place.length += 1
      }
      previous = scalar
    }
    return place
  }
}
