import Diagnostics
import Fiscal
import Forms
import Formulas

/// What formulas have come upon.
final class Readings {
  /// Which other disclosures of the unit they have read, by `Disclosure.key`.
  var keys: Set<String> = []
  /// The last cell that was asked for a figure and holds none, which a finding of its own says.
  var unreadableCell: Place?
}

/// Answers formulas from the tables of a disclosure, its extra figures, and the unit's other disclosures.
struct FigureLookup: FigureSource {
  /// The name under which extra figures are read: `数据[id]`.
  static let extraTable = Reference.extraFigures

  let home: Shelf
  /// The unit's other disclosures.
  let others: [Shelf]
  let kinds: [Kind]
  /// For relations of a form: the table itself.
  var table: ReadableTable?
  /// Where it is noted which other disclosures were asked for figures.
  var readings: Readings?

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
    let named = shelf.tables(named: reference.table)
    let tables =
      reference.instance.map { name in
        let wanted = normalizedName(name)
        return named.filter { $0.table.instance.map { normalizedName($0) } == wanted }
      } ?? named
    switch tables.count {
    case 1: return look(row: reference.row, column: reference.column, in: tables[0])
    case 0:
      if !isHome, let figure = standIn(for: reference) { return .figures([figure]) }
      return .failed(
        message: named.isEmpty
          ? "没有“\(reference.table)”这张表" : "“\(reference.table)”没有名为“\(reference.instance ?? "")”的一份",
        hint: nil,
        candidates: named.isEmpty ? Self.names(of: shelf.tables) : named.compactMap(\.table.instance))
    default:
      return .ambiguous(
        message: "“\(reference.table)”有 \(tables.count) 份，不知道是哪一份", hint: "写作 \(reference.table).名称[…]",
        candidates: tables.map(\.table.name))
    }
  }

  func look(upName name: Name) -> Lookup {
    guard let table else {
      return .failed(message: "“\(name.text)”不是完整的引用", hint: "写作 表名[行, 列]", candidates: [])
    }
    let parts = name.parts
    // A field, the score, or a row (its only amount).
    if parts.count == 1 { return look(row: .path(parts), column: nil, in: table) }
    // block.row, block.row.column, row.column
    let whole = table.table
    if let block = whole.blocks.first(where: { $0.isNamed(parts[0]) }) {
      let rest = Array(parts.dropFirst())
      return look(
        row: .path([rest[0]]), column: rest.count > 1 ? .path(Array(rest.dropFirst())) : nil,
        in: table.reduced(to: block))
    }
    for block in whole.blocks {
      guard case .grid(var grid) = block, let panel = grid.panels.first(where: { $0.panel.id == parts[0] })
      else { continue }
      grid.panels = [panel]
      return look(
        row: .path([parts[1]]), column: parts.count > 2 ? .path(Array(parts.dropFirst(2))) : nil,
        in: table.reduced(to: .grid(grid)))
    }
    return look(row: .path([parts[0]]), column: .path(Array(parts.dropFirst())), in: table)
  }

  static func names(of tables: [Table]) -> [String] {
    var seen: [String] = []
    for table in tables where !seen.contains(table.form.name) { seen.append(table.form.name) }
    return seen
  }

  // MARK: Extra figures

  func shelf(_ year: Int, _ kind: Kind) -> Shelf? {
    if year == home.year, kind == home.kind { return home }
    guard let other = others.first(where: { $0.year == year && $0.kind == kind }) else { return nil }
    readings?.keys.insert("\(year)/\(kind.id)")
    return other
  }

  /// Whether a formula needs a table whose own file is at fault.
  func needsUnreadable(_ references: [Reference]) -> Bool {
    references.contains { reference in
      guard let kind = reference.kind.map({ self.kind(named: $0) }) ?? home.kind else { return false }
      guard let shelf = shelf(home.year + reference.yearOffset, kind) else { return false }
      return shelf.isUnreadable || shelf.unreadable.contains(normalizedName(reference.table))
    }
  }

  /// Whether a formula needs a figure that is still to be written, which a mark says.
  func needsUnwritten(_ references: [Reference]) -> Bool {
    references.contains { reference in
      if case .text(let text) = look(up: reference) { Mark.isOpen(in: text) } else { false }
    }
  }

  func kind(named name: String) -> Kind? { kinds.first { $0.names.contains(name) } }

  func standIn(for reference: Reference) -> Figure? {
    home.figures.first { figure in
      guard var meant = figure.standsFor else { return false }
      // One kind has several names.
      if let kind = meant.kind, let other = reference.kind, self.kind(named: kind) == self.kind(named: other)
      {
        meant.kind = other
      }
      return meant.matches(reference)
    }?.figure
  }

  func extra(_ reference: Reference, in shelf: Shelf) -> Lookup {
    guard case .path(let parts) = reference.row else {
      return .figures(shelf.figures.compactMap(\.figure))
    }
    let wanted = parts.joined(separator: "/")
    guard
      let found = shelf.figures.first(where: {
        $0.id == wanted || normalizedName($0.title) == normalizedName(wanted)
      })
    else {
      return .failed(
        message: "补充数据里没有“\(wanted)”", hint: "在 disclosure.yaml 的 figures 里补上",
        candidates: shelf.figures.map(\.id))
    }
    return found.figure.map { .figures([$0]) } ?? .text(found.cell.text)
  }

  // MARK: Cells

  struct Hit {
    var panel: ReadablePanel
    var row: Int
    var path: String { panel.path(of: row) }
  }

  func look(row: Selector, column: Selector?, in readable: ReadableTable) -> Lookup {
    let table = readable.table
    if case .path(let parts) = row {
      if let cell = field(parts, column, in: table) { return cell }
    }
    let hits = readable.panels.flatMap { panel in rows(row, in: panel).map { Hit(panel: panel, row: $0) } }
    let isBlock = isBlock(row, in: readable)
    if isBlock, hits.isEmpty { return .figures([]) }
    guard !hits.isEmpty else {
      return .failed(
        message: "“\(table.name)”里没有“\(row.text)”这一行", hint: nil,
        candidates: similarRows(to: row, in: readable))
    }
    if case .path = row, hits.count > 1, !isBlock {
      // The same row named in a column that only one of the lists has.
      // Without a column a row of amounts is meant, not an indicator of the same name.
      let fitting = hits.filter { hit in
        column.map { !columns($0, in: hit.panel).isEmpty }
          ?? hit.panel.panel.leaves.contains(where: \.isMeantByRow)
      }
      guard let hit = outermost(of: fitting) ?? (fitting.count == 1 ? fitting[0] : nil) else {
        return .ambiguous(
          message: "“\(table.name)”里有 \(hits.count) 行都叫“\(row.text)”", hint: "写明上级，如 上级/\(row.text)，或写科目编码",
          candidates: hits.map(\.path))
      }
      return cells(of: [hit], column, in: table)
    }
    // All rows are those of the lists that have the column.
    let having = hits.filter { hit in column.map { !columns($0, in: hit.panel).isEmpty } ?? true }
    return cells(of: having.isEmpty ? hits : having, column, in: table)
  }

  /// Whether a formula means all rows of those from the data that a form calls by an id.
  private func isBlock(_ row: Selector, in readable: ReadableTable) -> Bool {
    guard case .path(let parts) = row else { return false }
    return readable.panels.contains { block(parts, in: $0) != nil }
      && readable.panels.allSatisfy { panel in
        parts.last.map { panel.rows(named: $0).isEmpty } ?? true
      }
  }

  func cells(of hits: [Hit], _ column: Selector?, in table: Table) -> Lookup {
    var figures: [Figure] = []
    var texts: [String] = []
    for hit in hits {
      let leaves: [Leaf]
      if let column {
        leaves = columns(column, in: hit.panel)
      } else {
        let amounts = hit.panel.meantByRow
        let filled = amounts.filter { hit.panel.rows[hit.row].cells[$0.index].state != .blank }
        leaves = amounts.count == 1 ? amounts : filled.count == 1 ? filled : []
        if leaves.isEmpty, amounts.count > 1 {
          return .ambiguous(
            message: "“\(table.name)”的“\(hit.path)”行有 \(amounts.count) 个金额列，不知道是哪一列",
            hint: "写作 [\(hit.panel.rows[hit.row].title), 列名]",
            candidates: amounts.map(\.name))
        }
        if leaves.isEmpty {
          return .failed(
            message: "“\(table.name)”的“\(hit.path)”行没有金额列", hint: "写作 [\(hit.panel.rows[hit.row].title), 列名]")
        }
      }
      if leaves.isEmpty, let column {
        return .failed(
          message: "“\(table.name)”里没有“\(column.text)”这一列", hint: nil,
          candidates: hit.panel.panel.leaves.map(\.name))
      }
      if leaves.count > 1, let column, column != .all {
        return .ambiguous(
          message: "“\(table.name)”里有 \(leaves.count) 列都叫“\(column.text)”",
          hint: "写明上级表头，如 上级/\(column.text)",
          candidates: leaves.map(\.name))
      }
      for leaf in leaves {
        if leaf.isPersonal { return Self.notPublished(leaf.name, in: table) }
        let cell = hit.panel.rows[hit.row].cells[leaf.index]
        if let figure = figure(of: cell, leaf: leaf, blank: table.form.blank) {
          figures.append(figure)
        } else if !cell.text.isEmpty, column != .all {
          if cell.state == .invalid {
            readings?.unreadableCell = cell.place(in: hit.panel.rows[hit.row].file)
          }
          texts.append(cell.text)
        } else if column != .all, hits.count == 1 {
          return .failed(
            message: "“\(table.name)”的“\(hit.path)”行“\(leaf.name)”列是空的", hint: "在表里填上这个数", candidates: [])
        }
      }
    }
    if figures.isEmpty, texts.count == 1 { return .text(texts[0]) }
    return .figures(figures)
  }

  /// The answer to a formula that asks for personal data.
  private static func notPublished(_ name: String, in table: Table) -> Lookup {
    .failed(message: "“\(table.name)”的“\(name)”是不公开的个人信息，不能引用", hint: "删去这个引用", candidates: [])
  }

  func figure(of cell: Cell, leaf: Leaf, blank: BlankMeaning) -> Figure? {
    Figure(
      cell, type: leaf.type, unit: leaf.unit, countUnit: leaf.countUnit, decimals: leaf.decimals, blank: blank
    )
  }

  func field(_ parts: [String], _ column: Selector?, in table: Table) -> Lookup? {
    guard parts.count == 1 else { return nil }
    let wanted = normalizedName(parts[0])
    for block in table.blocks {
      switch block {
      case .fields(_, let rows):
        for filled in rows.flatMap({ $0 })
        where filled.field.id == parts[0] || normalizedName(filled.field.title) == wanted {
          guard column == nil else { continue }
          let field = filled.field
          if field.isPersonal { return Self.notPublished(field.title, in: table) }
          if let figure = Figure(
            filled.cell, type: field.type, unit: field.unit, countUnit: field.countUnit,
            decimals: field.decimals, blank: table.form.blank)
          {
            return .figures([figure])
          }
          if filled.cell.state == .invalid { readings?.unreadableCell = filled.cell.place(in: table.file) }
          return filled.cell.text.isEmpty ? .figures([]) : .text(filled.cell.text)
        }
      case .score(let score, let filled) where score.id == parts[0] || normalizedName(score.title) == wanted:
        let name = column.map(\.text) ?? "得分"
        let cell =
          name == "得分" ? filled.score : name == "分值" ? filled.points : name == "等级" ? filled.grade : nil
        guard let cell else {
          return .failed(message: "“\(score.title)”没有填写“\(name)”", hint: nil, candidates: ["分值", "得分", "等级"])
        }
        if let figure = Figure(cell, type: .score, unit: nil, countUnit: nil, decimals: 0, blank: .nothing) {
          return .figures([figure])
        }
        return .text(cell.text)
      case .texts(let texts, let values, _)
      where texts.id == parts[0] || normalizedName(texts.title) == wanted:
        return .text(values.joined(separator: "\n"))
      case .grid, .indicators, .score, .texts: continue
      }
    }
    return nil
  }
}

extension Leaf {
  /// Whether a formula that names only a row may mean this column.
  var isMeantByRow: Bool { type == .amount || isAsWritten && type.isNumeric }
}
