import Content
import Diagnostics
import Fiscal
import Forms

/// A number typed in a narrative, and the figure of a table it was tied to (正文里的数说的是哪一格).
public struct TiedFigure: Sendable, Hashable {
  public var place: Place
  /// As typed, with its unit.
  public var text: String
  public var isMoney: Bool
  /// Whether a figure of the disclosure has its value, wherever.
  public var isHeld: Bool
  /// Whether it is a percentage that amounts of the text itself give.
  public var isRightInText: Bool
  /// Where it is tied, in words: “收支总表”收入总计、预算数; nil where it is left alone.
  public var target: String?
  public var targetPlace: Place?
  /// The tied figure among the disclosure's, but for a change.
  public var figure: FigurePlace?
  /// The fact that the tied figure states, if any.
  public var fact: Tags?
}

/// The numbers typed in a disclosure's narrative, in reading order.
///
/// - Parameter includingComputed: what formulas gave, too.
public func tiedFigures(
  of disclosure: Disclosure, with model: FactModel, lastYear: Disclosure?, includingComputed: Bool = false
) -> [TiedFigure] {
  let context = CheckContext(
    disclosure: disclosure, model: model, FactNumbering(model), CheckSurroundings(lastYear: lastYear))
  guard let reading = context.reading else { return [] }
  if includingComputed { reading.settleAll() }
  let finder = CellFinder(disclosure, context.facts, for: reading.ties.map(\.clause.number))
  return reading.ties.compactMap { tie in
    let number = tie.clause.number
    if number.isComputed, !includingComputed { return nil }
    if number.isChinese, !tie.isTied { return nil }
    var tied = TiedFigure(
      place: reading.place(tie), text: reading.text(tie), isMoney: number.isMoney,
      isHeld: finder.cells(equalTo: number).contains { $0.isMoney == number.isMoney },
      isRightInText: tie.isConfirmed)
    if let cell = tie.cell {
      let address = disclosure.address(of: cell.place)
      tied.target = address.text
      tied.targetPlace = address.place
      tied.figure = cell.place
      tied.fact = cell.fact.map { context.facts.tags(of: $0) }
    } else if let difference = tie.difference {
      let later = disclosure.address(of: difference.later.place)
      let from = difference.earlier.isOfLastYear ? lastYear ?? disclosure : disclosure
      let earlier = from.address(of: difference.earlier.cell.place)
      tied.target = later.text + " − " + (difference.earlier.isOfLastYear ? "上年" : "") + earlier.text
      tied.targetPlace = later.place
    } else if let base = tie.earlier {
      let address = (base.isOfLastYear ? lastYear ?? disclosure : disclosure).address(of: base.cell.place)
      tied.target = (base.isOfLastYear ? "上年" : "") + address.text
      tied.targetPlace = address.place
    } else if let ratio = tie.ratio {
      let (part, whole) = (
        disclosure.address(of: ratio.part.place), disclosure.address(of: ratio.whole.place)
      )
      tied.target = part.text + " ÷ " + whole.text
      tied.targetPlace = part.place
    }
    return tied
  }
}
