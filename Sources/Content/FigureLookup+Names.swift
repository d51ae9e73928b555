import Fiscal
import Forms
import Formulas

/// How formulas name rows and columns.
extension FigureLookup {
  func rows(_ selector: Selector, in panel: ReadablePanel) -> [Int] {
    guard case .path(let parts) = selector, let last = parts.last else {
      // All rows: the outermost, so that no amount counts twice.
      return panel.rows.indices.filter { index in
        let row = panel.rows[index]
        return panel.filled.enclosing(index) == nil && !row.isHollow && !row.isTotal(in: panel.panel)
      }
    }
    let names = Array(parts.dropLast())
    let found = panel.rows(named: last).filter { fits(names, above: $0, in: panel) }
    return found.isEmpty ? block(parts, in: panel) ?? [] : found
  }

  /// The outermost rows of those from the data that a form calls by an id; nil where it has none of that name.
  func block(_ parts: [String], in panel: ReadablePanel) -> [Int]? {
    guard parts.count == 1, let spec = panel.panel.openRows(named: parts[0]) else { return nil }
    return panel.rows.indices.filter { index in
      let row = panel.rows[index]
      guard row.spec == spec, !row.isHollow else { return false }
      return panel.filled.enclosing(index).map { panel.rows[$0].spec != spec } ?? true
    }
  }

  /// Whether the names before the last are found, in order, among what encloses a row.
  func fits(_ names: [String], above row: Int, in panel: ReadablePanel) -> Bool {
    if names.isEmpty { return true }
    var rest = names[...]
    var enclosing: [(String) -> Bool] = []
    var current = panel.rows[row].parent
    var steps = 0
    while let index = current, steps < 64 {
      enclosing.append { panel.rows[index].isNamed($0, in: panel.panel) }
      current = panel.rows[index].parent
      steps += 1
    }
    // The heading at the left stands over the rows below its own, too.
    var spec = panel.rows[row].spec
    while let index = spec {
      if let side = panel.panel.rows[index].sideHeading {
        enclosing.append { normalizedName(side) == normalizedName($0) }
      }
      spec = panel.panel.rows[index].parent
    }
    let titles = [panel.panel.title, panel.panel.id].compactMap { $0 }.map { normalizedName($0) }
    enclosing.append { titles.contains(normalizedName($0)) }
    // Merged heading columns of indicator tables.
    for leaf in panel.panel.leaves where leaf.isMerged {
      enclosing.append { normalizedName(panel.filled.filledDown(row, leaf.index)) == normalizedName($0) }
    }
    while let name = rest.last {
      guard let index = enclosing.firstIndex(where: { $0(name) }) else { return false }
      enclosing.remove(at: index)
      rest.removeLast()
    }
    return true
  }

  /// Where rows of one name enclose one another (a department and its only unit), the outermost is meant.
  func outermost(of hits: [Hit]) -> Hit? {
    hits.first { candidate in
      hits.allSatisfy { hit in
        var current: Int? = hit.row
        var steps = 0
        while let row = current, steps < 64 {
          if row == candidate.row, hit.panel.panel.id == candidate.panel.panel.id { return true }
          current = hit.panel.rows[row].parent
          steps += 1
        }
        return false
      }
    }
  }

  func columns(_ selector: Selector, in panel: ReadablePanel) -> [Leaf] {
    guard case .path(let parts) = selector else { return panel.panel.leaves.filter { $0.type.isNumeric } }
    return panel.columns(named: parts)
  }

  func similarRows(to row: Selector, in readable: ReadableTable) -> [String] {
    guard case .path(let parts) = row, let last = parts.last else { return [] }
    let all =
      readable.panels.flatMap { panel in panel.rows.indices.map { panel.path(of: $0) } }
      + readable.table.fields.map(\.field.title)
    let key = normalizedName(last)
    let alike = all.filter {
      $0.contains(key) || key.contains(normalizedName($0.split(separator: "/").last ?? ""))
    }
    return alike.isEmpty ? Array(all.prefix(12)) : alike
  }
}

extension FilledBlock {
  func isNamed(_ name: String) -> Bool {
    switch self {
    case .fields(let title, _): title == name
    case .grid(let grid): grid.grid.id == name || grid.grid.title == name
    case .texts(let texts, _, _): texts.id == name || texts.title == name
    case .indicators(let indicators, _): indicators.id == name || indicators.title == name
    case .score(let score, _): score.id == name || score.title == name
    }
  }
}

extension Row {
  /// Whether a formula may call the row so: by its title, its declared title or id, or its code.
  func isNamed(_ name: String, in panel: Panel) -> Bool {
    let (titles, marks) = callNames(in: panel)
    let wanted = normalizedName(name)
    return marks.contains(name) || titles.contains { normalizedName($0) == wanted }
  }

  /// What formulas may call the row: titles, which may be written in several ways, and codes and ids.
  func callNames(in panel: Panel) -> (titles: [String], marks: [String]) {
    var (titles, marks) = ([title], code.map { [$0] } ?? [])
    // As printed, where a code stands before the name.
    if code != nil, let label = panel.labelColumn, cells.indices.contains(label), cells[label].text != title {
      titles.append(cells[label].text)
    }
    guard let spec else { return (titles, marks) }
    if !panel.rows[spec].isOpen {
      titles.append(panel.rows[spec].title)
      titles += panel.rows[spec].aliases
      marks.append(panel.rows[spec].id)
    } else if let line, case .levels(_, let lines, _) = panel.rows[spec].kind, line < lines.count {
      titles.append(lines[line].title)
      marks.append(lines[line].id)
    }
    return (titles, marks)
  }

  /// Whether it sums rows that stand beside it.
  func isTotal(in panel: Panel) -> Bool {
    spec.map { !panel.rows[$0].adds.isEmpty || !panel.rows[$0].difference.isEmpty } ?? false
  }
}

extension FilledPanel {
  /// The nearest row that holds another and has cells of its own.
  func enclosing(_ row: Int) -> Int? {
    var current = rows[row].parent
    while let index = current, rows[index].isHollow { current = rows[index].parent }
    return current
  }

  /// The text of a merged column at a row: its own, or the nearest above.
  public func filledDown(_ row: Int, _ column: Int) -> String {
    var index = row
    while index >= 0 {
      let text = rows[index].cells[column].text
      if !text.isEmpty { return text }
      index -= 1
    }
    return ""
  }
}
