import Diagnostics
import Forms
import Markdown

/// A stretch of words that a disclosure prints: a heading, a paragraph, a cell, a note.
public struct Passage: Sendable {
  public enum Role: Sendable, Hashable {
    /// A heading of the narrative with its depth, counted from 1.
    case heading(Int)
    /// A paragraph of the narrative.
    case paragraph
    /// The first paragraph of an item of a list.
    case item
    /// What stands for a picture, or a name of a file.
    case label
    case code
    case cell
    case field
    /// A long text of a sheet.
    case text
    case note
    /// What settings say: title, description, keywords.
    case setting
  }

  public var role: Role
  /// Where its characters are in `DisclosureText.scalars`.
  public var range: Range<Int>
  /// Where its pieces are in `DisclosureText.pieces`.
  var pieces: Range<Int>
  /// The table it belongs to, by its place among those of the disclosure.
  public var table: Int?
  public var row: String?
  public var column: String?

  /// Whether it is running text, in which every rule of writing holds.
  public var isProse: Bool {
    switch role {
    case .paragraph, .item, .text: true
    case .heading, .label, .code, .cell, .field, .note, .setting: false
    }
  }

  public var isNarrative: Bool {
    switch role {
    case .heading, .paragraph, .item: true
    case .label, .code, .cell, .field, .text, .note, .setting: false
    }
  }

  public var depth: Int? { if case .heading(let depth) = role { depth } else { nil } }
}

/// Every word that a disclosure prints as it was typed, in one run of characters with the place of each.
///
/// Passages are parted by 0; U+FFFC stands for what a formula gives. Personal columns are not here: they are not printed.
public struct DisclosureText: Sendable {
  /// Stands for what a formula gives.
  public static let inserted: UInt32 = 0xFFFC

  /// A part of a passage that stands together in the source.
  struct Piece: Sendable {
    var start: Int
    var place: Place
  }

  public private(set) var scalars: [UInt32] = []
  public private(set) var passages: [Passage] = []
  private(set) var pieces: [Piece] = []

  public func text(_ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    for value in scalars[range.clamped(to: scalars.indices)] {
      if let scalar = Unicode.Scalar(value) { view.append(scalar) }
    }
    return String(view)
  }

  public func text(of passage: Passage) -> String { text(passage.range) }

  /// The passage that a character belongs to.
  public func passage(at offset: Int) -> Int {
    var low = 0
    var high = passages.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if passages[middle].range.lowerBound <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The place of a stretch within one passage; its length ends with its first piece.
  public func place(_ range: Range<Int>) -> Place {
    guard !passages.isEmpty else { return Place(file: "") }
    let passage = passages[passage(at: range.lowerBound)]
    guard !passage.pieces.isEmpty else { return Place(file: "") }
    var index = passage.pieces.lowerBound
    while index + 1 < passage.pieces.upperBound, pieces[index + 1].start <= range.lowerBound { index += 1 }
    let end = index + 1 < passage.pieces.upperBound ? pieces[index + 1].start : passage.range.upperBound
    var place = pieces[index].place
    place.column += range.lowerBound - pieces[index].start
    place.length = max(1, min(range.upperBound, end) - range.lowerBound)
    return place
  }

  /// What is written at certain places.
  public func words(at places: Set<Place>) -> [String] {
    let lines = Dictionary(grouping: places) { "\($0.file):\($0.line)" }
    var words: [String] = []
    for (index, piece) in pieces.enumerated() {
      guard let wanted = lines["\(piece.place.file):\(piece.place.line)"] else { continue }
      let end = index + 1 < pieces.count ? pieces[index + 1].start : scalars.count
      for place in wanted {
        let start = piece.start + place.column - piece.place.column
        guard start >= piece.start, start + place.length <= end else { continue }
        words.append(text(start..<start + place.length))
      }
    }
    return words
  }

  /// The places of a stretch, piece by piece.
  public func places(_ range: Range<Int>) -> [Place] {
    var places: [Place] = []
    var start = range.lowerBound
    while start < range.upperBound {
      let place = place(start..<range.upperBound)
      places.append(place)
      start += max(place.length, 1)
    }
    return places
  }
}

extension DisclosureText {
  /// Gathers the words of a disclosure.
  public init(_ disclosure: Disclosure) {
    for text in disclosure.settingTexts { add(text.text, .setting, at: text.place) }
    if let narrative = disclosure.narrative { add(narrative.document.blocks, isItem: false) }
    for (index, table) in disclosure.tables.enumerated() { add(table, index) }
  }

  /// Gathers the words of a unit's settings.
  public init(_ texts: [PlacedText]) {
    for text in texts { add(text.text, .setting, at: text.place) }
  }

  // MARK: Passages

  private mutating func begin() -> (scalar: Int, piece: Int) { (scalars.count, pieces.count) }

  private mutating func end(
    _ start: (scalar: Int, piece: Int), _ role: Passage.Role, table: Int? = nil, row: String? = nil,
    column: String? = nil
  ) {
    guard scalars.count > start.scalar else {
      pieces.removeLast(pieces.count - start.piece)
      return
    }
    passages.append(
      Passage(
        role: role, range: start.scalar..<scalars.count, pieces: start.piece..<pieces.count, table: table,
        row: row, column: column))
    scalars.append(0)
  }

  /// Appends a text; its lines are lines of the file, each beginning at the column of the first.
  private mutating func append(_ text: String, at place: Place) {
    guard !text.isEmpty else { return }
    pieces.append(Piece(start: scalars.count, place: place))
    var line = place.line
    for scalar in text.unicodeScalars {
      scalars.append(scalar.value)
      if scalar == "\n" {
        line += 1
        var next = place
        next.line = line
        pieces.append(Piece(start: scalars.count, place: next))
      }
    }
    if pieces.last?.start == scalars.count { pieces.removeLast() }
  }

  private mutating func add(
    _ text: String, _ role: Passage.Role, at place: Place, table: Int? = nil, row: String? = nil,
    column: String? = nil
  ) {
    let start = begin()
    append(text, at: place)
    end(start, role, table: table, row: row, column: column)
  }

  // MARK: The narrative

  private mutating func add(_ blocks: [Markdown.Block], isItem: Bool) {
    for (index, block) in blocks.enumerated() {
      switch block {
      case .heading(let heading): add(heading.inlines, .heading(heading.depth))
      case .paragraph(let inlines, _): add(inlines, isItem && index == 0 ? .item : .paragraph)
      case .list(let list): for item in list.items { add(item, isItem: true) }
      case .quote(let inner, _): add(inner, isItem: false)
      case .code(let text, _, let place): add(text, .code, at: place)
      case .thematicBreak, .placeholder: break
      }
    }
  }

  private mutating func add(_ inlines: [Inline], _ role: Passage.Role) {
    let start = begin()
    var images: [Link] = []
    append(inlines, &images)
    end(start, role)
    for image in images { add(image.text, .label, at: image.place) }
  }

  private mutating func append(_ inlines: [Inline], _ images: inout [Link]) {
    for inline in inlines {
      switch inline {
      case .text(let text, let place), .code(let text, let place): append(text, at: place)
      case .softBreak:
        // Between Chinese characters a line break of the source stands for nothing; elsewhere for a space.
        if let last = scalars.last, last < 0x2E80 { scalars.append(0x20) }
      case .lineBreak: scalars.append(0x0A)
      case .emphasis(let children), .strong(let children), .link(_, let children): append(children, &images)
      case .image(let link): images.append(link)
      case .placeholder: scalars.append(Self.inserted)
      }
    }
  }

  // MARK: Tables

  private mutating func add(_ table: Table, _ index: Int) {
    for block in table.blocks {
      switch block {
      case .fields(_, let rows):
        for filled in rows.joined() where !filled.field.isPersonal && filled.cell.state == .value {
          if filled.field.type.isNumeric { continue }
          add(
            filled.cell.text, .field, at: filled.cell.place(in: table.file), table: index,
            row: filled.field.title)
        }
      case .grid(let grid):
        for panel in grid.panels { add(panel, index, isAsWritten: table.form.isAsWritten) }
      case .indicators(_, let panel): add(panel, index, isAsWritten: false)
      case .texts(let block, let values, let place):
        let places = table.textPlaces[block.id] ?? []
        for (number, value) in values.enumerated() {
          let start = number < places.count ? places[number] : place ?? Place(file: table.file)
          let column = number < block.columns.count ? block.columns[number] : nil
          add(value, .text, at: start, table: index, row: block.title, column: column)
        }
      case .score: break
      }
    }
    for note in table.notes { add(note.text, .note, at: note.place, table: index) }
  }

  private mutating func add(_ filled: FilledPanel, _ index: Int, isAsWritten: Bool) {
    let leaves = filled.printedLeaves.filter { leaf in
      switch leaf.type {
      case .text, .indicator, .date: true
      case .number, .code: isAsWritten
      case .name, .amount, .percent, .count, .score, .year: false
      }
    }
    guard !leaves.isEmpty else { return }
    let names = leaves.map(\.name)
    for row in filled.rows {
      for (leaf, name) in zip(leaves, names) {
        let cell = row.cells[leaf.index]
        // One character says nothing, and there are very many short cells.
        guard cell.line > 0, cell.state == .value, cell.text.utf8.count > 3 else { continue }
        add(
          cell.text, .cell, at: cell.place(in: row.file), table: index, row: row.title, column: name)
      }
    }
  }
}
