import Content
import Fiscal
import Forms
import Formulas

/// What a figure is measured against (基数): a figure of the same document, or of last year's.
struct TextBase {
  var cell: TextCell
  var isOfLastYear: Bool
  /// Whether words may mean another figure as well (上年 without 预算 or 决算), so that it confirms but never accuses.
  var isOpen = false
}

extension TextReading {
  /// The figure whose change a number gives: the words before 比上年 name it, or the amount before is it.
  func subject(ofChange index: Int) -> TextCell? { subjects(ofChange: index).first }

  /// What a change may be of, the likeliest first: behind a list of parts it may be that of their whole.
  func subjects(ofChange index: Int) -> [TextCell] {
    let tie = ties[index]
    let clause = tie.clause
    let own = clause.baseline == nil ? clause.near.lowerBound..<clause.near.lowerBound : clause.subject
    if !words[tie.passage].content(in: own).isEmpty {
      guard let context = context(of: index),
        let named = named(in: own, of: tie.passage, year: 0, context: context, kind: .money), named.isOne,
        let first = named.cells.first
      else { return [] }
      return [first]
    }
    // 比上年项目支出减少: what is compared is named where the year is.
    if let range = clause.baseline?.range {
      let named = words[tie.passage].content(in: range)
      guard named.allSatisfy({ $0.entry?.tags.allSatisfy { $0.dimension == lanes.phase } ?? false }) else {
        return []
      }
    }
    // 增加 without 比 speaks of what the words before it name, which is rarely the amount before.
    guard clause.baseline != nil || words[tie.passage].content(in: clause.near).isEmpty else { return [] }
    guard let level = level(before: index), let cell = ties[level].cell, !cell.isDerived else { return [] }
    let others = sentence(of: index).filter { $0 < level && ties[$0].clause.role == .level }.reversed()
    return [cell] + others.compactMap { ties[$0].cell }.filter { !$0.isDerived }
  }

  /// Whether the amount before a change is one of several that an 其中 lists, so that the change may be the whole's.
  func isAmongParts(_ index: Int) -> Bool {
    sentence(of: index).contains { $0 <= index && ties[$0].clause.isOfWhich }
  }

  /// The amount that a change, a growth or a share follows in its sentence, with no other amount of its own between.
  func level(before index: Int) -> Int? {
    let all = sentence(of: index)
    var place = index - 1
    while place >= all.lowerBound {
      // Words between that name something end the chain: 公务用车购置费没有安排，比上年减少……
      let between = ties[place].clause.number.range.upperBound..<ties[place + 1].clause.near.lowerBound
      if between.lowerBound < between.upperBound, !words[ties[place].passage].content(in: between).isEmpty {
        return nil
      }
      // 26.33 万元，比上年 25.53 万元增长……，比预算 32 万元下降……: what is compared cannot be told from its bases.
      if ties[place].clause.isBase { return nil }
      switch ties[place].clause.role {
      case .level: return ties[place].clause.number.kind == .percent ? nil : place
      case .change, .growth, .share:
        // What has a subject of its own ends the chain.
        if ownSubject(of: place) { return nil }
      case .completion, .other: return nil
      }
      place -= 1
    }
    return nil
  }

  /// Whether words before 比上年 or 占 say what the number is of.
  func ownSubject(of index: Int) -> Bool {
    let tie = ties[index]
    let clause = tie.clause
    var end = clause.subject.upperBound
    if let named = clause.named { end = min(end, max(clause.near.lowerBound, named.lowerBound - 1)) }
    return !words[tie.passage].content(in: clause.near.lowerBound..<max(end, clause.near.lowerBound)).isEmpty
  }

  /// What a figure may be measured against, by what the words say: 比上年, 比 2023 年执行数, 比年初预算.
  func bases(of cell: TextCell, _ baseline: TextBaseline?, in passage: Int) -> [TextBase] {
    let range = baseline?.range
    let phase = lanes.phase.flatMap { lane in range.flatMap { words[passage].tags(in: $0)[lane] } }
    let offset = baseline.map { $0.yearOffset ?? 0 } ?? -1
    // A change has no change of its own.
    guard !cell.isDerived, offset == -1 || (offset == 0 && phase != nil) else { return [] }
    var found: [TextBase] = []
    if let fact = cell.fact, let year = lanes.year {
      var key = facts.key(fact)
      let own = lanes.phase.map { key[$0] }
      if offset == -1 {
        guard key[year] == 0, let last = facts.number(of: "-1", in: year) else { return [] }
        key[year] = last
      }
      if let lane = lanes.phase, let phase { key[lane] = phase }
      // 比上年预算: a budget, whichever of them; 比上年执行数: none.
      let said = phase == nil ? range.flatMap { saidPhase(in: $0, of: passage) } : nil
      func contradicts(_ value: UInt16) -> Bool {
        guard let said, let lane = lanes.phase, value != 0 else { return false }
        return !facts.text(of: value, in: lane).hasSuffix(said)
      }
      func isOpen(_ key: FactKey) -> Bool {
        guard phase == nil, let lane = lanes.phase else { return false }
        return contradicts(key[lane]) || (key[lane] != own && (said == nil || said == "预算"))
      }
      var keys = [key]
      if let origin = lanes.origin {
        key[origin] = 0
        keys.append(key)
      }
      if phase == nil, let lane = lanes.phase {
        // 上年 without a word for budget or accounts may be either.
        for other in facts.values(in: lane) where other != own {
          var key = keys[0]
          key[lane] = other
          keys.append(key)
        }
      }
      for key in keys {
        guard let number = facts.number(of: key), !facts.isDisputed(number),
          let statement = facts.stated(number)
        else {
          continue
        }
        let stated = facts.statements[statement]
        found.append(
          TextBase(
            cell: TextCell(
              place: stated.place, value: stated.value, step: stated.lastDigit, isMoney: stated.unit != nil,
              fact: number), isOfLastYear: false, isOpen: isOpen(key)))
      }
      // Of another phase only a fact of that phase is meant, never the same cell of last year.
      if let phase, let own, phase != own { return found }
      if let own, contradicts(own) { return found }
    }
    if offset == -1 {
      // Of the tables that state the same fact one may have been there last year.
      for same in [cell] + (cell.fact.map { cells(of: $0) } ?? []).filter({ $0.place != cell.place }) {
        if let other = counterpart(of: same) { found.append(TextBase(cell: other, isOfLastYear: true)) }
        if let other = standIn(for: same) { found.append(TextBase(cell: other, isOfLastYear: false)) }
        if !found.isEmpty { break }
      }
    }
    return found
  }

  /// How values of phases end that words without a tag speak of: 预算, 执行数, 决算数.
  private func saidPhase(in range: Range<Int>, of passage: Int) -> String? {
    let text = passages[passage].text(range)
    if let done = ["执行", "决算"].first(where: { text.contains($0) }) { return done }
    return words[passage].saysBudget(in: range, besides: lanes.fund, of: passages[passage]) ? "预算" : nil
  }

  /// The extra figure that is given in place of the same cell of last year's document (`for: 上年.…`).
  private func standIn(for cell: TextCell) -> TextCell? {
    guard cell.place.table >= 0, cell.place.panel >= 0 else { return nil }
    let table = disclosure.tables[Int(cell.place.table)]
    let filled = table.panels[Int(cell.place.panel)]
    let row = normalizedTitle(filled.rows[Int(cell.place.row)].title)
    let column = normalizedTitle(filled.panel.leaves[Int(cell.place.leaf)].title)
    for (index, figure) in disclosure.figures.enumerated() {
      guard let meant = figure.standsFor, meant.yearOffset == -1, meant.kind == nil,
        case .path(let rows) = meant.row, rows.last.map({ normalizedTitle($0) }) == row,
        table.form.names.contains(where: { normalizedTitle($0) == normalizedTitle(meant.table) })
      else { continue }
      if case .path(let columns)? = meant.column, columns.last.map({ normalizedTitle($0) }) != column {
        continue
      }
      return TextCell(figure, at: index)
    }
    return nil
  }

  /// The same cell of last year's disclosure: the same form, the row of the same code or name, the same column.
  private func counterpart(of cell: TextCell) -> TextCell? {
    guard let lastYear, cell.place.table >= 0 else { return nil }
    let table = disclosure.tables[Int(cell.place.table)]
    let alike = lastYear.tables.indices.filter { index in
      let other = lastYear.tables[index]
      return other.form.id == table.form.id
        && (other.subject ?? other.instance.map { normalizedTitle($0) })
          == (table.subject ?? table.instance.map { normalizedTitle($0) })
    }
    guard alike.count == 1, let index = alike.first else { return nil }
    let other = lastYear.tables[index]
    guard cell.place.panel >= 0 else {
      let field = table.fields[Int(cell.place.row)].field
      guard let found = other.fields.firstIndex(where: { $0.field.id == field.id }) else { return nil }
      return CellShape(other.fields[found].field).cell(
        other.fields[found].cell, at: FigurePlace(table: index, row: found))
    }
    let panelIndex = Int(cell.place.panel)
    guard other.panels.indices.contains(panelIndex) else { return nil }
    let filled = table.panels[panelIndex]
    let earlier = other.panels[panelIndex]
    let row = filled.rows[Int(cell.place.row)]
    let leaf = filled.panel.leaves[Int(cell.place.leaf)]
    let rows = earlier.rows.indices.filter { isSame(earlier.rows[$0], in: earlier, row, in: filled) }
    let leaves = earlier.panel.leaves.filter { $0.path == leaf.path }
    guard rows.count == 1, leaves.count == 1, let found = rows.first, let column = leaves.first else {
      return nil
    }
    let place = FigurePlace(table: index, panel: panelIndex, row: found, leaf: column.index)
    let old = earlier.rows[found].cells[column.index]
    if let cell = CellShape(column).cell(old, at: place) { return cell }
    guard old.state == .blank || old.state == .dash, other.form.blank == .zero, column.type == .amount else {
      return nil
    }
    return TextCell(place: place, value: .zero, step: cell.step, isMoney: true)
  }

  private func isSame(_ row: Row, in filled: FilledPanel, _ other: Row, in panel: FilledPanel) -> Bool {
    guard row.code == other.code, row.spec == other.spec else { return false }
    if row.code == nil, normalizedTitle(row.title) != normalizedTitle(other.title),
      row.spec.map({ filled.panel.rows[$0].isOpen }) ?? true
    {
      return false
    }
    func above(_ row: Row, _ filled: FilledPanel) -> String? {
      row.parent.map { filled.rows[$0].code ?? normalizedTitle(filled.rows[$0].title) }
    }
    return above(row, filled) == above(other, panel) && row.tags == other.tags
  }
}
