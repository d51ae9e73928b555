import Content
import Fiscal
import Forms

/// Which columns and rows of a panel are those of an earlier one.
struct PanelMatch {
  let panel: Panel
  let filled: FilledPanel
  let years: Years
  /// For each column that of the earlier panel.
  let leaves: [Int?]
  /// For each declared row that of the earlier panel.
  let specs: [Int?]
  /// Columns of figures that hold on from year to year: the points that scores are worked out from.
  var kept: Set<Int>

  init(_ panel: Panel, _ filled: FilledPanel, years: Years) {
    self.panel = panel
    self.filled = filled
    self.years = years
    let earlier = filled.panel
    leaves = panel.leaves.map { leaf in
      earlier.leaves.first { $0.path.map { years.moved($0) } == leaf.path && $0.spread == leaf.spread }?.index
        ?? earlier.leaves.first { $0.titles.map { years.moved($0) } == leaf.titles }?.index
    }
    let inFormulas = panel.leaves.flatMap(\.rules).flatMap { rule -> [Int] in
      if case .equals(_, let columns) = rule { Array(columns.values) } else { [] }
    }
    let points = panel.leaves.filter { leaf in
      leaf.type == .score && leaf.rules.isEmpty && inFormulas.contains(leaf.index)
    }
    kept = Set(points.map(\.index))
    var taken: Set<Int> = []
    specs = panel.rows.map { spec in
      let found = earlier.rows.indices.first { index in
        !taken.contains(index) && earlier.rows[index].isAlike(spec)
          && (years.moved(earlier.rows[index].id) == spec.id
            || (!spec.title.isEmpty
              && normalizedName(years.moved(earlier.rows[index].title)) == normalizedName(spec.title)))
      }
      // Only one list of codes, of units …: it is the same whatever it is called.
      let open = earlier.rows.indices.filter { earlier.rows[$0].isOpen && earlier.rows[$0].isAlike(spec) }
      let match = found ?? (spec.isOpen && open.count == 1 && !taken.contains(open[0]) ? open[0] : nil)
      if let match { taken.insert(match) }
      return match
    }
  }

  /// The earlier rows that fill in a declared one; what a list prints of itself is not among them.
  func rows(for spec: Int) -> [Int] {
    guard let earlier = specs[spec] else { return [] }
    return filled.rows.indices.filter { filled.rows[$0].spec == earlier && !filled.rows[$0].isLeftOut }
  }

  /// The columns that name the rows of a block.
  func naming(_ spec: Int) -> Set<Int> {
    var names = Set([panel.labelColumn].compactMap { $0 })
    switch panel.rows[spec].kind {
    case .levels(let levels, _, _):
      names.formUnion(levels.compactMap { $0.column.flatMap { panel.leaf(named: $0)?.index } })
    case .free(_, let column):
      if let leaf = column.flatMap({ panel.leaf(named: $0) }) { names.insert(leaf.index) }
    case .fixed, .codes: break
    }
    return names
  }

  /// A fixed row's name: as it was printed, with its year moved on, unless the new form calls it otherwise.
  func title(of spec: Int, printed: String) -> String {
    let title = panel.rows[spec].title
    guard let earlier = specs[spec] else { return title }
    return years.moved(filled.panel.rows[earlier].title) == title ? years.moved(printed) : title
  }

  /// Blanks before a name, where they tell its level.
  func indentation(of row: Row, in leaf: Leaf, spec: Int) -> String {
    let depth: Int
    switch panel.rows[spec].kind {
    case .codes:
      guard leaf.index == panel.labelColumn, leaf.type != .code else { return "" }
      depth = row.depth - panel.rows[spec].depth
    case .levels(let levels, _, _):
      guard let level = row.level, levels.indices.contains(level),
        levels[level].column.flatMap({ panel.leaf(named: $0)?.index }) ?? panel.labelColumn == leaf.index
      else { return "" }
      depth = level
    case .fixed, .free: return ""
    }
    return String(repeating: "  ", count: max(0, depth))
  }

  /// The cell of the earlier panel that states of its own year what a cell is to state of the year before.
  func ownPrior(_ leaf: Leaf, _ row: Row, at index: Int) -> Cell? {
    if leaf.states["year"] == "-1" {
      let present = panel.leaves.filter {
        $0.type == leaf.type && !$0.isDerived && $0.states["year"] == nil && $0.unit == leaf.unit
          && $0.states.withoutYear == leaf.states.withoutYear
      }
      guard present.count == 1, let source = leaves[present[0].index] else { return nil }
      return row.cells[source]
    }
    // Lines of one row: last year's above this year's.
    guard row.line != nil, let source = leaves[leaf.index] else { return nil }
    let present = filled.rows.indices.filter { other in
      let line = filled.rows[other]
      return other > index && line.line != nil && line.spec == row.spec && line.title == row.title
        && line.tags["year"] == nil && line.speaks && line.tags.withoutYear == row.tags.withoutYear
    }
    return present.count == 1 ? filled.rows[present[0]].cells[source] : nil
  }
}

extension Tags {
  /// What is said but for the year.
  var withoutYear: Tags { Tags(settled.values.filter { $0.key != "year" }) }
}

extension RowSpec {
  /// Whether both are printed by the form, or both are lists of the same things.
  fileprivate func isAlike(_ other: RowSpec) -> Bool {
    switch (kind, other.kind) {
    case (.fixed, .fixed): true
    case (.codes(let first), .codes(let second)):
      first.classification == second.classification && first.paired == second.paired
    case (.levels(let first, _, _), .levels(let second, _, _)): first.map(\.of) == second.map(\.of)
    case (.free(let first, _), .free(let second, _)): first == second
    default: false
    }
  }
}
