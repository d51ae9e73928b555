import Content
import Fiscal
import Forms

/// A name as words and as their pairs.
struct PairedName {
  let scalars: [Unicode.Scalar]
  let pairs: [UInt64]

  init(_ scalars: [Unicode.Scalar] = []) {
    self.scalars = scalars
    pairs = scalarPairs(scalars[...])
  }
}

/// The words by which a row or a field is called, with what stands above it.
final class RowWords {
  let name: PairedName
  /// Whether it is a total, which narratives rarely name.
  let isOfTotal: Bool
  let pairs: PairSet

  init(_ place: FigurePlace, in disclosure: Disclosure, _ titles: TitleCache) {
    var names: [PairedName] = []
    if place.table < 0 {
      let figure = disclosure.figures[Int(place.row)]
      name = titles.bareName(figure.title)
      names = [titles.name(figure.id)]
    } else if place.panel < 0 {
      name = titles.bareName(disclosure.tables[Int(place.table)].fields[Int(place.row)].field.title)
      names = [titles.name(disclosure.tables[Int(place.table)].name)]
    } else {
      let filled = disclosure.tables[Int(place.table)].panels[Int(place.panel)]
      name = titles.bareName(filled.rows[Int(place.row)].title)
      names = [titles.name(disclosure.tables[Int(place.table)].name)]
      if let title = filled.panel.title { names.append(titles.name(title)) }
      if let side = filled.rows[Int(place.row)].spec.flatMap({ filled.panel.rows[$0].sideHeading }) {
        names.append(titles.name(side))
      }
      if let instance = disclosure.tables[Int(place.table)].instance { names.append(titles.name(instance)) }
      var parent = filled.rows[Int(place.row)].parent
      var steps = 0
      while let index = parent, steps < 16 {
        names.append(titles.bareName(filled.rows[index].title))
        parent = filled.rows[index].parent
        steps += 1
      }
    }
    let title = String(String.UnicodeScalarView(name.scalars))
    isOfTotal = ["合计", "总计", "小计"].contains { title.hasSuffix($0) }
    var pairs = PairSet(name.pairs)
    for name in names { pairs.insert(name.pairs) }
    self.pairs = pairs
  }
}

/// The words by which a column is called.
final class ColumnWords {
  let name: PairedName
  /// The heading of the column, or the group above it, that begins with 其中.
  let group: PairedName
  let pairs: PairSet

  init(_ leaf: Leaf, _ titles: TitleCache) {
    name = titles.bareName(leaf.title)
    group = leaf.titles.last { $0.hasPrefix("其中") }.map { titles.bareName($0) } ?? PairedName()
    var pairs = PairSet([])
    for title in leaf.titles { pairs.insert(titles.name(title).pairs) }
    self.pairs = pairs
  }
}

/// The words by which a figure is called: its row, what stands above it, its column and its table.
struct CellWords {
  let row: RowWords
  let column: ColumnWords?

  var isOfWhich: Bool { column.map { !$0.group.scalars.isEmpty } ?? false }

  /// How much of a word, given as its pairs, stands in the names.
  func share(of word: ArraySlice<UInt64>) -> Millionths {
    guard !word.isEmpty else { return 0 }
    let known = word.count { row.pairs.contains($0) || column?.pairs.contains($0) ?? false }
    return 1_000_000 * known / word.count
  }
}

/// The words of the figures of a disclosure, each row's and each column's worked out once.
final class CellWordBook {
  private let disclosure: Disclosure
  private let titles: TitleCache
  private var rows: [FigurePlace: RowWords] = [:]
  private var columns: [FigurePlace: ColumnWords] = [:]

  init(_ disclosure: Disclosure, _ titles: TitleCache) {
    self.disclosure = disclosure
    self.titles = titles
  }

  func words(of cell: TextCell) -> CellWords {
    var place = cell.place
    place.leaf = -1
    let row = rows[place] ?? RowWords(place, in: disclosure, titles)
    rows[place] = row
    guard place.table >= 0, place.panel >= 0 else { return CellWords(row: row, column: nil) }
    place.leaf = cell.place.leaf
    place.row = -1
    let column =
      columns[place]
      ?? ColumnWords(
        disclosure.tables[Int(place.table)].panels[Int(place.panel)].panel.leaves[Int(place.leaf)], titles)
    columns[place] = column
    return CellWords(row: row, column: column)
  }
}

/// A title by its bytes, to find again what was worked out for it.
struct TitleKey: Hashable {
  private let title: String

  init(_ title: String) { self.title = title }

  static func == (left: TitleKey, right: TitleKey) -> Bool { left.title.utf8.elementsEqual(right.title.utf8) }

  /// Cheaper than that of a `String`, which is the same for all ways to write a character.
  func hash(into hasher: inout Hasher) {
    var sum: UInt64 = 0
    for byte in title.utf8 { sum = (sum ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    hasher.combine(sum)
  }
}

/// Titles as words, each worked out once.
final class TitleCache {
  private var names: [TitleKey: PairedName] = [:]
  private var bareNames: [TitleKey: PairedName] = [:]
  private var bared: [TitleKey: String] = [:]

  func name(_ text: String) -> PairedName {
    if let found = names[TitleKey(text)] { return found }
    let name = PairedName(passageScalars(text))
    names[TitleKey(text)] = name
    return name
  }

  func bareName(_ text: String) -> PairedName {
    if let found = bareNames[TitleKey(text)] { return found }
    let name = PairedName(passageScalars(bare(text)))
    bareNames[TitleKey(text)] = name
    return name
  }

  /// A title as narratives write it.
  func bare(_ text: String) -> String {
    if let found = bared[TitleKey(text)] { return found }
    let name = Checks.bareName(text)
    bared[TitleKey(text)] = name
    return name
  }
}

/// The pairs of neighbouring scalars of a word.
func scalarPairs(_ word: ArraySlice<Unicode.Scalar>) -> [UInt64] {
  zip(word, word.dropFirst()).map { UInt64($0.value) << 32 | UInt64($1.value) }
}
