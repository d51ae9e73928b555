import Diagnostics
import Fiscal
import Formulas
import Forms

/// Answers formulas from the tables of a disclosure, its extra figures, and the unit's other disclosures.
struct FigureLookup: FigureSource {
  /// The tables and figures a formula may read.
  struct Shelf {
    var year: Int
    var kind: Kind
    var tables: [Table]
    var figures: [ExtraFigure]
    /// Names of tables whose file is at fault, which a finding already says.
    var unreadable: Set<String> = []
    /// Whether nothing of the disclosure could be read.
    var isUnreadable = false
  }

  /// The name under which extra figures are read: `数据[id]`.
  static let extraTable = "数据"

  let home: Shelf
  /// The unit's other disclosures.
  let others: [Shelf]
  let kinds: [Kind]
  /// For relations of a form: the table itself.
  var table: Table?

  func look(up reference: Reference) -> Lookup {
    let year = home.year + reference.yearOffset
    let kind = reference.kind.map { self.kind(named: $0) } ?? home.kind
    guard let kind else {
      return .failed(message: "没有“\(reference.kind ?? "")”这个公开类别", hint: nil, candidates: kinds.map(\.title))
    }
    let isHome = year == home.year && kind == home.kind
    guard let shelf = shelf(year, kind) else {
      if let figure = standIn(for: reference) { return .figures([figure]) }
      return .failed(
        message: "\(year) 年的\(kind.title)不在本站",
        hint: "在 disclosure.yaml 的 figures 里补一个数，写 for: \"\(reference.text)\" 和来源", candidates: [])
    }
    if reference.table == Self.extraTable { return extra(reference, in: shelf) }
    let wanted = normalizedName(reference.table)
    let named = shelf.tables.filter { table in table.form.names.contains { normalizedName($0) == wanted } }
    let tables = reference.instance.map { name in named.filter { $0.instance.map { normalizedName($0) } == normalizedName(name) } } ?? named
    switch tables.count {
    case 1: return look(row: reference.row, column: reference.column, in: tables[0])
    case 0:
      if !isHome, let figure = standIn(for: reference) { return .figures([figure]) }
      return .failed(
        message: named.isEmpty ? "没有“\(reference.table)”这张表" : "“\(reference.table)”没有名为“\(reference.instance ?? "")”的一份",
        hint: nil, candidates: named.isEmpty ? Self.names(of: shelf.tables) : named.compactMap(\.instance))
    default:
      return .failed(
        message: "“\(reference.table)”有 \(tables.count) 份，不知道是哪一份", hint: "写作 \(reference.table).名称[…]",
        candidates: tables.map(\.name))
    }
  }

  func look(upName name: Name) -> Lookup {
    guard let table else { return .failed(message: "“\(name.text)”不是完整的引用", hint: "写作 表名[行, 列]", candidates: []) }
    let parts = name.parts
    // A field, the score, or a row (its only amount).
    if parts.count == 1 { return look(row: .path(parts), column: nil, in: table) }
    // block.row, block.row.column, row.column
    var scoped = table
    if let block = table.blocks.first(where: { $0.isNamed(parts[0]) }) {
      scoped.blocks = [block]
      let rest = Array(parts.dropFirst())
      return look(row: .path([rest[0]]), column: rest.count > 1 ? .path(Array(rest.dropFirst())) : nil, in: scoped)
    }
    for block in table.blocks {
      guard case .grid(var grid) = block, let panel = grid.panels.first(where: { $0.panel.id == parts[0] }) else { continue }
      grid.panels = [panel]
      scoped.blocks = [.grid(grid)]
      return look(row: .path([parts[1]]), column: parts.count > 2 ? .path(Array(parts.dropFirst(2))) : nil, in: scoped)
    }
    return look(row: .path([parts[0]]), column: .path(Array(parts.dropFirst())), in: table)
  }

  private static func names(of tables: [Table]) -> [String] {
    var seen: [String] = []
    for table in tables where !seen.contains(table.form.name) { seen.append(table.form.name) }
    return seen
  }

  // MARK: Extra figures

  private func shelf(_ year: Int, _ kind: Kind) -> Shelf? {
    year == home.year && kind == home.kind ? home : others.first { $0.year == year && $0.kind == kind }
  }

  /// Whether a formula needs a table whose own file is at fault.
  func needsUnreadable(_ references: [Reference]) -> Bool {
    references.contains { reference in
      guard let kind = reference.kind.map({ self.kind(named: $0) }) ?? home.kind else { return false }
      guard let shelf = shelf(home.year + reference.yearOffset, kind) else { return false }
      return shelf.isUnreadable || shelf.unreadable.contains(normalizedName(reference.table))
    }
  }

  private func kind(named name: String) -> Kind? { kinds.first { $0.names.contains(name) } }

  private func standIn(for reference: Reference) -> Figure? {
    home.figures.first { figure in
      guard var meant = figure.standsFor else { return false }
      // One kind has several names.
      if let kind = meant.kind, let other = reference.kind, self.kind(named: kind) == self.kind(named: other) {
        meant.kind = other
      }
      return meant.matches(reference)
    }?.figure
  }

  private func extra(_ reference: Reference, in shelf: Shelf) -> Lookup {
    guard case .path(let parts) = reference.row else {
      return .figures(shelf.figures.compactMap(\.figure))
    }
    let wanted = parts.joined(separator: "/")
    guard let found = shelf.figures.first(where: { $0.id == wanted || normalizedName($0.title) == normalizedName(wanted) }) else {
      return .failed(
        message: "补充数据里没有“\(wanted)”", hint: "在 disclosure.yaml 的 figures 里补上", candidates: shelf.figures.map(\.id))
    }
    return found.figure.map { .figures([$0]) } ?? .text(found.cell.text)
  }

  // MARK: Cells

  private struct Hit {
    var panel: FilledPanel
    var row: Int
    var path: String
  }

  private func look(row: Selector, column: Selector?, in table: Table) -> Lookup {
    if case .path(let parts) = row {
      if let cell = field(parts, column, in: table) { return cell }
    }
    let hits = table.panels.flatMap { panel in rows(row, in: panel).map { Hit(panel: panel, row: $0, path: path(of: $0, in: panel)) } }
    guard !hits.isEmpty else {
      return .failed(
        message: "“\(table.name)”里没有“\(row.text)”这一行", hint: nil, candidates: similarRows(to: row, in: table))
    }
    if case .path = row, hits.count > 1 {
      // The same row named in a column that only one of the lists has.
      // Without a column a row of amounts is meant, not an indicator of the same name.
      let fitting = hits.filter { hit in
        column.map { !columns($0, in: hit.panel).isEmpty } ?? hit.panel.panel.leaves.contains { $0.type == .amount }
      }
      guard let hit = outermost(of: fitting) ?? (fitting.count == 1 ? fitting[0] : nil) else {
        return .failed(
          message: "“\(table.name)”里有 \(hits.count) 行都叫“\(row.text)”", hint: "写明上级，如 上级/\(row.text)，或写科目编码",
          candidates: hits.map(\.path))
      }
      return cells(of: [hit], column, in: table)
    }
    return cells(of: hits, column, in: table)
  }

  private func cells(of hits: [Hit], _ column: Selector?, in table: Table) -> Lookup {
    var figures: [Figure] = []
    var texts: [String] = []
    for hit in hits {
      let leaves: [Leaf]
      if let column {
        leaves = columns(column, in: hit.panel)
      } else {
        let amounts = hit.panel.panel.leaves.filter { $0.type == .amount }
        let filled = amounts.filter { hit.panel.rows[hit.row].cells[$0.index].state != .blank }
        leaves = amounts.count == 1 ? amounts : filled.count == 1 ? filled : []
        if leaves.isEmpty {
          return .failed(
            message: "“\(table.name)”的“\(hit.path)”行有 \(amounts.count) 个金额列，不知道是哪一列", hint: "写作 [\(hit.panel.rows[hit.row].title), 列名]",
            candidates: amounts.map(\.name))
        }
      }
      if leaves.isEmpty, let column {
        return .failed(
          message: "“\(table.name)”里没有“\(column.text)”这一列", hint: nil, candidates: hit.panel.panel.leaves.map(\.name))
      }
      if leaves.count > 1, let column, column != .all {
        return .failed(
          message: "“\(table.name)”里有 \(leaves.count) 列都叫“\(column.text)”", hint: "写明上级表头，如 上级/\(column.text)",
          candidates: leaves.map(\.name))
      }
      for leaf in leaves {
        let cell = hit.panel.rows[hit.row].cells[leaf.index]
        if let figure = figure(of: cell, leaf: leaf, blank: table.form.blank) {
          figures.append(figure)
        } else if !cell.text.isEmpty, column != .all {
          texts.append(cell.text)
        } else if column != .all, hits.count == 1 {
          return .failed(message: "“\(table.name)”的“\(hit.path)”行“\(leaf.name)”列是空的", hint: "在表里填上这个数", candidates: [])
        }
      }
    }
    if figures.isEmpty, texts.count == 1 { return .text(texts[0]) }
    return .figures(figures)
  }

  private func figure(of cell: Cell, leaf: Leaf, blank: BlankMeaning) -> Figure? {
    Figure(cell, type: leaf.type, unit: leaf.unit, countUnit: leaf.countUnit, decimals: leaf.decimals, blank: blank)
  }

  private func field(_ parts: [String], _ column: Selector?, in table: Table) -> Lookup? {
    guard parts.count == 1 else { return nil }
    let wanted = normalizedName(parts[0])
    for block in table.blocks {
      switch block {
      case .fields(_, let rows):
        for filled in rows.flatMap({ $0 }) where filled.field.id == parts[0] || normalizedName(filled.field.title) == wanted {
          guard column == nil else { continue }
          let field = filled.field
          if let figure = Figure(
            filled.cell, type: field.type, unit: field.unit, countUnit: field.countUnit, decimals: field.decimals, blank: table.form.blank)
          {
            return .figures([figure])
          }
          return filled.cell.text.isEmpty ? .figures([]) : .text(filled.cell.text)
        }
      case .score(let score, let filled) where score.id == parts[0] || normalizedName(score.title) == wanted:
        let name = column.map(\.text) ?? "得分"
        let cell = name == "得分" ? filled.score : name == "分值" ? filled.points : name == "等级" ? filled.grade : nil
        guard let cell else {
          return .failed(message: "“\(score.title)”没有填写“\(name)”", hint: nil, candidates: ["分值", "得分", "等级"])
        }
        if let figure = Figure(cell, type: .score, unit: nil, countUnit: nil, decimals: 0, blank: .nothing) {
          return .figures([figure])
        }
        return .text(cell.text)
      case .texts(let texts, let values, _) where texts.id == parts[0] || normalizedName(texts.title) == wanted:
        return .text(values.joined(separator: "\n"))
      case .grid, .indicators, .score, .texts: continue
      }
    }
    return nil
  }

  // MARK: Rows and columns by name

  private func rows(_ selector: Selector, in panel: FilledPanel) -> [Int] {
    guard case .path(let parts) = selector, let last = parts.last else {
      // All rows: the outermost, so that no amount counts twice.
      return panel.rows.indices.filter { index in
        let row = panel.rows[index]
        return panel.enclosing(index) == nil && !row.isHollow && !row.isTotal(in: panel.panel)
      }
    }
    return panel.rows.indices.filter { index in
      panel.rows[index].isNamed(last, in: panel.panel) && fits(Array(parts.dropLast()), above: index, in: panel)
    }
  }

  /// Whether the names before the last are found, in order, among what encloses a row.
  private func fits(_ names: [String], above row: Int, in panel: FilledPanel) -> Bool {
    var rest = names[...]
    var enclosing: [(String) -> Bool] = []
    var current = panel.rows[row].parent
    var steps = 0
    while let index = current, steps < 64 {
      enclosing.append { panel.rows[index].isNamed($0, in: panel.panel) }
      current = panel.rows[index].parent
      steps += 1
    }
    if let spec = panel.rows[row].spec, let side = panel.panel.rows[spec].sideHeading {
      enclosing.append { normalizedName(side) == normalizedName($0) }
    }
    let titles = [panel.panel.title, panel.panel.id].compactMap { $0 }.map { normalizedName($0) }
    enclosing.append { titles.contains(normalizedName($0)) }
    // Merged heading columns of indicator tables.
    for leaf in panel.panel.leaves where leaf.isMerged {
      enclosing.append { normalizedName(panel.filledDown(row, leaf.index)) == normalizedName($0) }
    }
    while let name = rest.last {
      guard let index = enclosing.firstIndex(where: { $0(name) }) else { return false }
      enclosing.remove(at: index)
      rest.removeLast()
    }
    return true
  }

  /// Where rows of one name enclose one another (a department and its only unit), the outermost is meant.
  private func outermost(of hits: [Hit]) -> Hit? {
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

  private func columns(_ selector: Selector, in panel: FilledPanel) -> [Leaf] {
    guard case .path(let parts) = selector else { return panel.panel.leaves.filter { $0.type.isNumeric } }
    let wanted = parts.map { normalizedName($0) }
    func ends(_ path: [String]) -> Bool { path.count >= wanted.count && Array(path.suffix(wanted.count)) == wanted }
    let exact = panel.panel.leaves.filter { leaf in
      ends(leaf.titles.map { normalizedName($0) }) || ends(leaf.path.map { normalizedName($0) })
        || leaf.csvTitle.map { normalizedName($0) } == wanted.joined(separator: "/")
    }
    if exact.count <= 1 { return exact }
    let whole = exact.filter { $0.titles.map { normalizedName($0) } == wanted }
    return whole.count == 1 ? whole : exact
  }

  private func path(of row: Int, in panel: FilledPanel) -> String {
    var names = [panel.rows[row].title]
    var current = panel.rows[row].parent
    while let index = current, names.count < 64 {
      names.insert(panel.rows[index].title, at: 0)
      current = panel.rows[index].parent
    }
    if let title = panel.panel.title { names.insert(title, at: 0) }
    return names.joined(separator: "/")
  }

  private func similarRows(to row: Selector, in table: Table) -> [String] {
    guard case .path(let parts) = row, let last = parts.last else { return [] }
    let all = table.panels.flatMap { panel in panel.rows.indices.map { path(of: $0, in: panel) } } + table.fields.map(\.field.title)
    let key = normalizedName(last)
    let alike = all.filter { $0.contains(key) || key.contains(normalizedName($0.split(separator: "/").last ?? "")) }
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
    let wanted = normalizedName(name)
    if normalizedName(title) == wanted || code == name { return true }
    guard let spec, !panel.rows[spec].isOpen else {
      guard let line, let spec, case .levels(_, let lines, _) = panel.rows[spec].kind, line < lines.count else { return false }
      return normalizedName(lines[line].title) == wanted || lines[line].id == name
    }
    let declared = panel.rows[spec]
    return declared.id == name || normalizedName(declared.title) == wanted
      || declared.aliases.contains { normalizedName($0) == wanted }
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

extension Figure {
  /// The figure a cell states; nil for words and for blanks that say nothing.
  init?(_ cell: Cell, type: ColumnType, unit: MoneyUnit?, countUnit: String?, decimals: Int, blank: BlankMeaning) {
    let dimension: Dimension
    let value: Rational
    var digits = decimals
    switch cell.state {
    case .value, .zero:
      if let amount = cell.amount {
        dimension = .money(unit: unit ?? .tenThousandYuan)
        value = amount.rational
        digits = max(decimals, cell.decimals)
      } else if let number = cell.number {
        dimension = type == .percent ? .percent : .plain(unit: countUnit)
        value = number.rational
        digits = cell.decimals
      } else if type == .indicator, let (number, rest) = leadingNumber(of: cell.text) {
        dimension = rest == "%" ? .percent : .plain(unit: rest.isEmpty ? nil : rest)
        value = number.rational
        digits = number.decimals
      } else {
        return nil
      }
    case .blank where blank == .zero && type == .amount:
      dimension = .money(unit: unit ?? .tenThousandYuan)
      value = .zero
    case .dash where type == .amount, .none where type == .amount:
      dimension = .money(unit: unit ?? .tenThousandYuan)
      value = .zero
    default: return nil
    }
    var lastDigit: Rational?
    // Counts and scores are exact; amounts and percentages are rounded to their last digit.
    if case .plain = dimension {
      lastDigit = nil
    } else if let power = powerOfTen(digits) {
      let one = if case .money(let unit) = dimension { Int128(unit.fen) } else { Int128(1) }
      lastDigit = Rational(one, over: power)
    }
    self.init(value: value, dimension: dimension, decimals: digits, lastDigit: lastDigit)
  }
}

/// The number at the head of an indicator's value (`1070人次`, `≥90%`) and what follows it.
func leadingNumber(of text: String) -> (number: DecimalText, rest: String)? {
  let body = text.drop { "≥≤＞＜>=<=不少于不低于超过约达 ".contains($0) }
  let digits = body.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == ",") }
  guard !digits.isEmpty, let number = try? DecimalText(String(digits)) else { return nil }
  return (number, String(body.dropFirst(digits.count)).trimmingSpaces)
}

extension Reference {
  /// Whether both name the same cell, however they are spelled.
  func matches(_ other: Reference) -> Bool {
    func same(_ left: Selector?, _ right: Selector?) -> Bool {
      switch (left, right) {
      case (nil, nil), (.all?, .all?): true
      case (.path(let first)?, .path(let second)?): first.map { normalizedName($0) } == second.map { normalizedName($0) }
      default: false
      }
    }
    return yearOffset == other.yearOffset && kind == other.kind && normalizedName(table) == normalizedName(other.table)
      && instance.map { normalizedName($0) } == other.instance.map { normalizedName($0) } && same(row, other.row)
      && same(column, other.column)
  }
}
