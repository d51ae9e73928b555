import Diagnostics
import Forms

/// The empty table of a form: its header, and the rows that it prints whatever the data say.
public struct TableSkeleton {
  let library: FormLibrary
  let filling: Filling
  /// The year whose codes (科目) lists are made of; nil for those of now.
  let year: Int?
  /// Who discloses: the first line of a list of units.
  let unitName: String?
  /// Names of projects, for lists of them.
  let projects: [String]

  public init(
    _ library: FormLibrary, filling: Filling, year: Int? = nil, unitName: String? = nil,
    projects: [String] = []
  ) {
    self.library = library
    self.filling = filling
    self.year = year
    self.unitName = unitName
    self.projects = projects
  }

  public func draft(_ declared: Grid) -> TableDraft {
    let grid = listing(declared)
    return TableDraft(grid: grid, rows: grid.panels.map { rows(of: $0) })
  }

  /// The grid with a column for each code that the form names; lists of a whole classification wait for the data.
  private func listing(_ grid: Grid) -> Grid {
    var grid = grid
    grid.panels = grid.panels.map { panel in
      var codes: [Place: [ListedCode]] = [:]
      for list in panel.codeColumns?.lists ?? [] {
        let isNamed = list.isComplete || !list.under.isEmpty
        codes[list.place] =
          isNamed ? list.codes(in: library.classification(list.classification, year: year)) : []
      }
      return panel.listing(codes)
    }
    return grid
  }

  func rows(of panel: Panel) -> [TableDraft.Row] {
    panel.rows.enumerated().flatMap { index, spec in
      rows(for: spec, of: panel).map { TableDraft.Row(cells: $0.cells, spec: index) }
    }
  }

  /// The rows that stand for one declared row or block.
  func rows(for spec: RowSpec, of panel: Panel) -> [TableDraft.Row] {
    switch spec.kind {
    case .fixed:
      return spec.isOptional ? [] : [row(spec, of: panel, naming: panel.labelColumn, spec.title)]
    case .codes(let list):
      if list.isComplete {
        return list.codes(in: library.classification(list.classification, year: year)).map {
          row($0, spec, of: panel)
        }
      }
      return open(spec, of: panel, in: panel.labelColumn)
    case .levels(let levels, let lines, let linesIn):
      guard let first = levels.first, let unitName, ["department", "unit"].contains(first.of) else {
        return open(spec, of: panel, in: levels.first?.column.flatMap { panel.leaf(named: $0)?.index })
      }
      let label = first.column.flatMap { panel.leaf(named: $0)?.index } ?? panel.labelColumn
      let line = linesIn.flatMap { panel.leaf(named: $0)?.index }
      guard !lines.isEmpty else { return [listed(row(spec, of: panel, naming: label, unitName), panel)] }
      return lines.enumerated().map { number, printed in
        var row = row(spec, of: panel, naming: label, number == 0 ? unitName : "")
        if let line { row.cells[line] = printed.title }
        return row
      }
    case .free(let dimension, let column):
      let label = column.flatMap { panel.leaf(named: $0)?.index } ?? panel.labelColumn
      if dimension == "project", !projects.isEmpty {
        return projects.map { listed(row(spec, of: panel, naming: label, $0), panel) }
      }
      return open(spec, of: panel, in: label)
    }
  }

  /// The indicator table of a sheet: a row for each group that the form prescribes, or one that shows how they are written.
  func indicators(_ block: IndicatorBlock) -> TableDraft {
    let grid = Grid(id: block.id, title: block.title, panel: block.panel)
    let blank = block.panel.leaves.map { $0.type.isNumeric ? filling.figure($0.type) : filling.words }
    var above: [String] = []
    var rows = paths(of: block.groups).map { path -> TableDraft.Row in
      var cells = blank
      for (level, title) in path.enumerated() where level < block.levels.count {
        // A group is named once.
        let isSame = Array(above.prefix(level + 1)) == Array(path.prefix(level + 1))
        cells[block.levels[level]] = isSame ? "" : title
      }
      above = path
      return .init(cells: cells)
    }
    if rows.isEmpty, filling != .blank { rows = [.init(cells: blank)] }
    return TableDraft(grid: grid, rows: [rows])
  }

  /// The names of the groups from the outermost in, one for each innermost group.
  private func paths(of groups: [IndicatorGroup]) -> [[String]] {
    groups.flatMap { group in
      group.groups.isEmpty ? [[group.title]] : paths(of: group.groups).map { [group.title] + $0 }
    }
  }

  // MARK: Rows

  private func row(_ spec: RowSpec, of panel: Panel, naming label: Int?, _ name: String) -> TableDraft.Row {
    var cells = panel.leaves.map { leaf in
      let applies = leaf.only.isEmpty || leaf.only.contains(spec.id)
      return leaf.type.isNumeric && applies && !leaf.isOptional ? filling.figure(leaf.type) : ""
    }
    if let label { cells[label] = name }
    return .init(cells: cells)
  }

  /// A code of a list that is printed whole; the code as the form spreads it.
  private func row(_ code: ListedCode, _ spec: RowSpec, of panel: Panel) -> TableDraft.Row {
    let label = panel.labelColumn.flatMap { panel.leaves[$0].type == .code ? nil : $0 }
    var row = row(spec, of: panel, naming: label, code.name)
    let leaves = panel.codeLeaves
    for (level, leaf) in leaves.enumerated() {
      let digits = level == 0 ? code.code.prefix(3) : code.code.dropFirst(1 + 2 * level).prefix(2)
      row.cells[leaf.index] = leaves.count == 1 ? code.code : String(digits)
    }
    return row
  }

  /// A line that shows where rows go that only the data know; an example does without.
  private func open(_ spec: RowSpec, of panel: Panel, in label: Int?) -> [TableDraft.Row] {
    guard filling == .marked else { return [] }
    return [listed(row(spec, of: panel, naming: label, filling.words), panel)]
  }

  /// Words in the columns of words that are still empty: lists of units and projects are read across.
  private func listed(_ row: TableDraft.Row, _ panel: Panel) -> TableDraft.Row {
    var row = row
    for leaf in panel.leaves where row.cells[leaf.index].isEmpty && !leaf.isOptional && !leaf.isPersonal {
      if [.text, .indicator].contains(leaf.type) { row.cells[leaf.index] = filling.words }
    }
    return row
  }
}
