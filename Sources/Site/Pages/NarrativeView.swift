import Content
import HTML
import Markdown

/// The text of a disclosure on its way to the page, with figures and tables put in.
struct NarrativeView {
  let narrative: Narrative
  let tables: [TableView]
  var places: PlaceNames?

  var placedTables: Set<Int> {
    Set(narrative.insertions.compactMap { if case .table(let index) = $0 { index } else { nil } })
  }

  func html() -> String {
    let levels = headingLevels()
    let placeholders = narrative.document.placeholders
    return narrative.document.renderHTML(
      placeholder: { index in
        switch insertion(index) {
        case .text(let text):
          guard index < placeholders.count, placeholders[index].isBlock else {
            return HTMLWriter.escaped(text)
          }
          let place = places?.name(placeholders[index].place)
          var html = HTMLWriter()
          html.element("p", place.map { [("data-place", $0)] } ?? [], text: text)
          return html.string
        case .table(let table):
          guard tables.indices.contains(table) else { return "" }
          return String(decoding: tables[table].html(headingLevel: levels[index] ?? 2), as: UTF8.self)
        case .failed: return ""
        }
      }, place: { places?.name($0) })
  }

  private func insertion(_ index: Int) -> Narrative.Insertion {
    narrative.insertions.indices.contains(index) ? narrative.insertions[index] : .failed
  }

  /// For each placeholder that is a block, the level of a heading below the one it stands under.
  private func headingLevels() -> [Int: Int] {
    var levels: [Int: Int] = [:]
    var current = 1
    func walk(_ blocks: [Markdown.Block]) {
      for block in blocks {
        switch block {
        case .heading(let heading): current = min(max(heading.depth + 1, 2), 6)
        case .placeholder(let index): levels[index] = min(current + 1, 6)
        case .list(let list): list.items.forEach(walk)
        case .quote(let inner, _): walk(inner)
        case .paragraph, .code, .thematicBreak: break
        }
      }
    }
    walk(narrative.document.blocks)
    return levels
  }

  /// The table of contents, two levels deep.
  func contents() -> [TemplateValues] {
    var parts: [(entry: TemplateValues, children: [TemplateValues])] = []
    for heading in narrative.document.headings where heading.depth <= 2 {
      let entry: TemplateValues = [
        "title": .text(title(of: heading)), "url": .text(URLText.fragment(heading.id)),
      ]
      if heading.depth == 2, !parts.isEmpty {
        parts[parts.count - 1].children.append(entry)
      } else {
        parts.append((entry, []))
      }
    }
    return parts.map { part in
      var entry = part.entry
      entry.set("hasChildren", "children", part.children)
      return entry
    }
  }

  private func title(of heading: Heading) -> String {
    let words = plainText(of: heading.inlines) { index in
      if case .text(let text) = insertion(index) { text } else { "" }
    }
    guard let number = heading.number else { return words }
    return number + (number.hasSuffix("部分") || number.hasSuffix(".") ? " " : "") + words
  }
}
