/// The header tree laid out in lines: which cell stands where, and what it covers.
struct HeaderGrid {
  /// A header cell in its place.
  struct Placed {
    let column: Column
    let id: String
    let firstLeaf: Int
    let leafCount: Int
    let rowSpan: Int
    /// Stands at the top and covers exactly one `<colgroup>`.
    let isColumnGroup: Bool
  }

  /// A column of the body.
  struct Leaf {
    let column: Column
    let panel: Int
    /// Ids of the headers above it, outermost first.
    let headers: [String]
    /// A vertical rule stands before it: the first column of a further panel.
    let beginsPanel: Bool
  }

  /// Leaves of each top-level header, which are the `<colgroup>` elements.
  private(set) var groups: [Range<Int>] = []
  private(set) var levels: [[Placed]]
  private(set) var leaves: [Leaf] = []
  private(set) var panels: [Range<Int>] = []

  init(_ panels: [Panel], identifiers: inout IdentifierPool) {
    let depth = panels.flatMap(\.columns).map(Self.depth).max() ?? 0
    levels = Array(repeating: [], count: depth)
    for (number, panel) in panels.enumerated() {
      let firstOfPanel = leaves.count
      for column in panel.columns {
        let first = leaves.count
        place(column, level: 0, panel: number, above: [], firstOfPanel: firstOfPanel, &identifiers)
        groups.append(first..<leaves.count)
      }
      self.panels.append(firstOfPanel..<leaves.count)
    }
  }

  /// Whether a line of 栏次 is printed.
  var hasNumbers: Bool { leaves.contains { $0.column.number != nil } }

  private mutating func place(
    _ column: Column, level: Int, panel: Int, above: [String], firstOfPanel: Int,
    _ identifiers: inout IdentifierPool
  ) {
    let firstLeaf = leaves.count
    let isLeaf = column.children.isEmpty
    let id = identifiers.take(column.key.map { "c-\($0)" } ?? "c\(level + 1).\(firstLeaf + 1)")
    let headers = column.title.isBlank ? above : above + [id]
    if isLeaf {
      let begins = panel > 0 && firstLeaf == firstOfPanel
      leaves.append(Leaf(column: column, panel: panel, headers: headers, beginsPanel: begins))
    }
    // The cells of one level are gathered in order, since children come after their parent on the level below.
    let place = levels[level].count
    levels[level].append(
      Placed(column: column, id: id, firstLeaf: firstLeaf, leafCount: 1, rowSpan: 1, isColumnGroup: false))
    for child in column.children {
      self.place(
        child, level: level + 1, panel: panel, above: headers, firstOfPanel: firstOfPanel, &identifiers)
    }
    levels[level][place] = Placed(
      column: column, id: id, firstLeaf: firstLeaf, leafCount: leaves.count - firstLeaf,
      rowSpan: isLeaf ? levels.count - level : 1,
      isColumnGroup: level == 0 && !isLeaf)
  }

  private static func depth(of column: Column) -> Int {
    1 + (column.children.map(depth).max() ?? 0)
  }
}
