import Diagnostics
import Markdown

/// Stands on pages for what must not be read there.
public let hiddenMark: Unicode.Scalar = "●"

/// Characters that must not be printed, by their places.
public struct HiddenPlaces: Sendable {
  private var columns: [String: [Int: [Range<Int>]]] = [:]

  public init(_ places: some Sequence<Place>) {
    for place in places where place.line > 0 {
      columns[place.file, default: [:]][place.line, default: []].append(
        place.column..<(place.column + max(place.length, 1)))
    }
  }

  public var isEmpty: Bool { columns.isEmpty }

  /// A text that begins at a place, with hidden characters replaced; its lines are lines of the file.
  func masked(_ text: String, at place: Place) -> String {
    guard let lines = columns[place.file] else { return text }
    var line = place.line
    var column = place.column
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isHidden = lines[line]?.contains { $0.contains(column) } ?? false
      result.append(isHidden && scalar != "\n" ? hiddenMark : scalar)
      column += 1
      if scalar == "\n" {
        line += 1
        column = place.column
      }
    }
    return String(result)
  }
}

extension BoundUnit {
  /// The unit without what stands at certain places: pages are made from this.
  public func hiding(_ places: HiddenPlaces) -> BoundUnit {
    guard !places.isEmpty else { return self }
    var unit = self
    for text in settingTexts {
      let masked = places.masked(text.text, at: text.place)
      guard masked != text.text else { continue }
      unit.unit.name = unit.unit.name.replacing(text.text, with: masked)
      unit.unit.shortName = unit.unit.shortName.replacing(text.text, with: masked)
      unit.unit.description = unit.unit.description?.replacing(text.text, with: masked)
    }
    for index in unit.disclosures.indices {
      unit.disclosures[index].hide(places)
      unit.disclosures[index].unit = unit.unit
    }
    return unit
  }
}

extension Disclosure {
  fileprivate mutating func hide(_ places: HiddenPlaces) {
    /// What was hidden, for formulas that repeat it.
    var replaced: [(String, String)] = []
    func masked(_ text: String, at place: Place) -> String {
      let result = places.masked(text, at: place)
      if result != text, text.unicodeScalars.count > 1 { replaced.append((text, result)) }
      return result
    }
    for text in settingTexts {
      let result = masked(text.text, at: text.place)
      guard result != text.text else { continue }
      title = title.replacing(text.text, with: result)
      summary = summary?.replacing(text.text, with: result)
      source = source.replacing(text.text, with: result)
      keywords = keywords.map { $0 == text.text ? result : $0 }
    }
    for index in tables.indices { tables[index].hide(masked) }
    guard var narrative else { return }
    narrative.document.hide(masked)
    narrative.insertions = narrative.insertions.map { insertion in
      guard case .text(let text) = insertion else { return insertion }
      return .text(replaced.reduce(text) { $0.replacing($1.0, with: $1.1) })
    }
    self.narrative = narrative
  }
}

extension Table {
  fileprivate mutating func hide(_ masked: (String, Place) -> String) {
    for index in notes.indices { notes[index].text = masked(notes[index].text, notes[index].place) }
    for index in blocks.indices {
      switch blocks[index] {
      case .fields(let title, var rows):
        for row in rows.indices {
          for field in rows[row].indices { rows[row][field].cell.hide(masked, in: file) }
        }
        blocks[index] = .fields(title: title, rows: rows)
      case .grid(var grid):
        for panel in grid.panels.indices { grid.panels[panel].hide(masked) }
        blocks[index] = .grid(grid)
      case .indicators(let block, var panel):
        panel.hide(masked)
        blocks[index] = .indicators(block, panel)
      case .texts(let block, let values, let place):
        let places = textPlaces[block.id] ?? []
        let hidden = values.enumerated().map { number, value in
          masked(value, number < places.count ? places[number] : place ?? Place(file: file))
        }
        blocks[index] = .texts(block, hidden, place)
      case .score: break
      }
    }
  }
}

extension FilledPanel {
  fileprivate mutating func hide(_ masked: (String, Place) -> String) {
    for index in rows.indices {
      for cell in rows[index].cells.indices where rows[index].cells[cell].line > 0 {
        let old = rows[index].cells[cell].text
        rows[index].cells[cell].hide(masked, in: rows[index].file)
        let new = rows[index].cells[cell].text
        if old != new, rows[index].title == old { rows[index].title = new }
      }
    }
  }
}

extension Cell {
  fileprivate mutating func hide(_ masked: (String, Place) -> String, in file: String) {
    let new = masked(text, place(in: file))
    guard new != text else { return }
    text = new
    // A figure would be printed from its value.
    amount = nil
    number = nil
    state = .value
  }
}

extension MarkdownDocument {
  fileprivate mutating func hide(_ masked: (String, Place) -> String) {
    headings = headings.map { hiding($0, masked) }
    links = links.map { hiding($0, masked) }
    blocks = blocks.map { hiding($0, masked) }
  }

  private func hiding(_ block: Markdown.Block, _ masked: (String, Place) -> String) -> Markdown.Block {
    switch block {
    case .heading(let heading): return .heading(hiding(heading, masked))
    case .paragraph(let inlines, let place): return .paragraph(hiding(inlines, masked), place)
    case .list(var list):
      list.items = list.items.map { $0.map { hiding($0, masked) } }
      return .list(list)
    case .quote(let inner, let place): return .quote(inner.map { hiding($0, masked) }, place)
    case .code(let text, let language, let place):
      return .code(masked(text, place), language: language, place)
    case .thematicBreak, .placeholder: return block
    }
  }

  private func hiding(_ heading: Heading, _ masked: (String, Place) -> String) -> Heading {
    var heading = heading
    let inlines = hiding(heading.inlines, masked)
    guard inlines != heading.inlines else { return heading }
    heading.inlines = inlines
    heading.text = plainText(of: inlines)
    // The anchor was made from the words.
    heading.id = "hidden-\(heading.place.line)"
    return heading
  }

  private func hiding(_ inlines: [Inline], _ masked: (String, Place) -> String) -> [Inline] {
    inlines.map { inline in
      switch inline {
      case .text(let text, let place): .text(masked(text, place), place)
      case .code(let text, let place): .code(masked(text, place), place)
      case .emphasis(let children): .emphasis(hiding(children, masked))
      case .strong(let children): .strong(hiding(children, masked))
      case .link(let link, let children): .link(hiding(link, masked), hiding(children, masked))
      case .image(let link): .image(hiding(link, masked))
      case .softBreak, .lineBreak, .placeholder: inline
      }
    }
  }

  private func hiding(_ link: Link, _ masked: (String, Place) -> String) -> Link {
    var link = link
    link.text = masked(link.text, link.place)
    return link
  }
}
