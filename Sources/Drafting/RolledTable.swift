import Content
import Diagnostics
import Fiscal
import Forms

/// A table of an earlier disclosure on its way into the new one: rows stay, figures are asked for anew.
struct RolledTable: SheetContents {
  let rollForward: RollForward
  let form: Form
  let table: Table

  private var years: Years { rollForward.years }
  private var rewording: Rewording { Rewording(years: years) }
  private var skeleton: TableSkeleton {
    TableSkeleton(
      rollForward.library, filling: .marked, year: years.new, unitName: rollForward.old.unit.name,
      projects: rollForward.old.projects.map(\.name))
  }

  // MARK: Sheets

  func value(of field: Field) -> String {
    guard let filled = table.fields.first(where: { $0.field.id == field.id || $0.field.title == field.title })
    else { return Mark.fill.text }
    if field.type.isNumeric { return figure(filled.cell) }
    return field.type == .date && !filled.cell.text.isEmpty
      ? Mark.fill.text : rewording.words(filled.cell.text)
  }

  func values(of texts: TextBlock) -> [String] {
    for case .texts(let block, let values, _) in table.blocks
    where block.id == texts.id || block.title == texts.title {
      if block.columns.isEmpty, texts.columns.isEmpty { return values.map { rewording.longText($0) } }
      return texts.columns.map { column in
        let index = block.columns.firstIndex { normalizedName($0) == normalizedName(column) }
        return index.map { rewording.longText(values[$0]) } ?? Mark.fill.text
      }
    }
    return texts.columns.isEmpty ? [Mark.fill.text] : texts.columns.map { _ in Mark.fill.text }
  }

  func indicators(_ block: IndicatorBlock) -> TableDraft {
    for case .indicators(let earlier, let filled) in table.blocks
    where earlier.id == block.id || earlier.title == block.title {
      let grid = Grid(id: block.id, title: block.title, panel: block.panel)
      var draft = TableDraft(
        grid: grid,
        rows: [rows(of: block.panel, from: filled, keeping: Set([block.points].compactMap { $0 }))])
      for index in draft.rows[0].indices {
        // What was reached, and why not, is another year's.
        if let actual = block.actual, !draft.rows[0][index].cells[actual].isEmpty {
          draft.rows[0][index].cells[actual] = Mark.fill.text
        }
        if let note = block.note { draft.rows[0][index].cells[note] = "" }
      }
      return draft
    }
    return skeleton.indicators(block)
  }

  func score(_ block: ScoreBlock) -> (points: String, score: String, grade: String) {
    for case .score(let earlier, let filled) in table.blocks where earlier.id == block.id {
      return (
        filled.points?.text ?? "", Mark.fill.text,
        filled.grade.map { $0.text.isEmpty ? "" : Mark.fill.text } ?? ""
      )
    }
    return (Mark.fill.text, Mark.fill.text, Mark.fill.text)
  }

  // MARK: Grids

  func table(_ declared: Grid) -> TableDraft {
    guard let filled = table.grids.first(where: { $0.grid.id == declared.id }) ?? table.grids.first else {
      return skeleton.draft(declared)
    }
    var grid = declared
    grid.panels = declared.panels.map { panel in listing(panel, like: filled) }
    let rows = grid.panels.enumerated().map { index, panel -> [TableDraft.Row] in
      guard let earlier = self.panel(like: panel, at: index, in: filled, of: grid) else {
        return skeleton.rows(of: panel)
      }
      return self.rows(of: panel, from: earlier)
    }
    return TableDraft(grid: grid, rows: rows)
  }

  /// The panel with a column for each code that the earlier table has.
  private func listing(_ panel: Panel, like filled: FilledGrid) -> Panel {
    let present = Set(filled.panels.flatMap { $0.panel.leaves.compactMap { $0.listed?.code } })
    var codes: [Place: [ListedCode]] = [:]
    for list in panel.codeColumns?.lists ?? [] {
      let all = list.codes(in: rollForward.library.classification(list.classification, year: years.new))
      codes[list.place] = all.filter { list.isComplete || present.contains($0.code) }
    }
    return panel.listing(codes)
  }

  private func panel(like panel: Panel, at index: Int, in filled: FilledGrid, of grid: Grid) -> FilledPanel? {
    filled.panels.first { $0.panel.id == panel.id }
      ?? (filled.panels.count == grid.panels.count ? filled.panels[index] : nil)
  }

  // MARK: Rows

  /// - Parameter kept: Columns of figures that hold on, such as the points an indicator is worth.
  private func rows(of panel: Panel, from filled: FilledPanel, keeping kept: Set<Int> = [])
    -> [TableDraft.Row]
  {
    // An empty table stays one: the settings ask whether it still is.
    if filled.rows.isEmpty { return [] }
    var match = PanelMatch(panel, filled, years: years)
    match.kept.formUnion(kept)
    return panel.rows.enumerated().flatMap { index, spec -> [TableDraft.Row] in
      let mine = match.rows(for: index)
      let rows =
        mine.isEmpty
        ? match.specs[index] == nil ? skeleton.rows(for: spec, of: panel) : []
        : mine.map { row(filled.rows[$0], at: $0, spec: index, match) }
      return rows.map { TableDraft.Row(cells: $0.cells, spec: index) }
    }
  }

  private func row(_ earlier: Row, at index: Int, spec: Int, _ match: PanelMatch) -> TableDraft.Row {
    let panel = match.panel
    let naming = match.naming(spec)
    let hasFigures = panel.leaves.contains { leaf in
      leaf.type.isNumeric && (match.leaves[leaf.index].map { earlier.cells[$0].isFigure } ?? false)
    }
    let cells = panel.leaves.map { leaf -> String in
      guard leaf.type.isNumeric else {
        guard let source = match.leaves[leaf.index] else { return "" }
        return words(earlier.cells[source], leaf, earlier, spec: spec, naming, match)
      }
      let applies = leaf.only.isEmpty || leaf.only.contains(panel.rows[spec].id)
      guard applies else { return "" }
      if let prior = prior(leaf, earlier, at: index, match) { return prior }
      guard let source = match.leaves[leaf.index] else {
        return hasFigures && !leaf.isOptional ? Mark.fill.text : ""
      }
      return match.kept.contains(leaf.index) ? earlier.cells[source].text : figure(earlier.cells[source])
    }
    return .init(cells: cells)
  }

  /// A cell that had a figure gets a new one; others stay as they are.
  private func figure(_ cell: Cell) -> String { cell.isFigure ? Mark.fill.text : cell.text }

  private func words(
    _ cell: Cell, _ leaf: Leaf, _ earlier: Row, spec: Int, _ naming: Set<Int>, _ match: PanelMatch
  ) -> String {
    let declared = match.panel.rows[spec]
    if cell.text.isEmpty { return "" }
    if case .levels(_, let lines, let column) = declared.kind, let column,
      match.panel.leaf(named: column)?.index == leaf.index
    {
      return earlier.line.flatMap { lines.indices.contains($0) ? lines[$0].title : nil }
        ?? years.moved(cell.text)
    }
    if !declared.isOpen {
      if leaf.index == match.panel.labelColumn { return match.title(of: spec, printed: cell.text) }
      return years.moved(cell.text)
    }
    if leaf.type == .code || leaf.classification != nil {
      return match.indentation(of: earlier, in: leaf, spec: spec) + cell.text
    }
    if naming.contains(leaf.index) {
      return match.indentation(of: earlier, in: leaf, spec: spec) + rewording.label(cell.text)
    }
    switch leaf.type {
    case .date: return Mark.fill.text
    case .year: return years.moved(cell.text)
    default: return rewording.words(cell.text)
    }
  }

  // MARK: 上年

  /// The figure of a cell that speaks of last year, where it is known exactly; nil where the cell speaks of another.
  private func prior(_ leaf: Leaf, _ row: Row, at index: Int, _ match: PanelMatch) -> String? {
    guard !leaf.isDerived else { return nil }
    var ground = form.states
    if let dimension = form.instances, let subject = table.subject {
      ground = ground.overlaid(by: Tags([dimension: subject]))
    }
    ground = ground.overlaid(by: match.panel.states)
    let tags = Tags.meeting(ground: ground, column: leaf.states, row: row.tags)
    guard tags.conflict == nil, tags.tags["year"] == "-1" else { return nil }
    guard rollForward.isNext else { return Mark.fill.text }
    if let cell = match.ownPrior(leaf, row, at: index) { return cell.isStated ? cell.text : Mark.fill.text }
    return rollForward.printed(tags.tags, as: leaf, isStated: row.speaks && tags.tags["flow"] != nil)
      ?? Mark.fill.text
  }
}

extension Cell {
  /// Whether a figure stands there, or something in a figure's place.
  var isFigure: Bool { state == .value || state == .zero || state == .invalid }

  /// Whether what stands there may be copied as a figure.
  var isStated: Bool { state != .invalid }
}
