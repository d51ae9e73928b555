import Diagnostics
import Fiscal

extension Form {
  /// A column of a table that no form declares, as its header and cells show it.
  public struct PlainColumn: Sendable {
    /// From the outermost group down.
    public var titles: [String]
    public var type: ColumnType
    public var unit: MoneyUnit?

    public init(titles: [String], type: ColumnType, unit: MoneyUnit?) {
      self.titles = titles
      self.type = type
      self.unit = unit
    }
  }

  /// A panel of such a table.
  public struct PlainPanel: Sendable {
    public var title: String?
    public var columns: [PlainColumn]

    public init(title: String?, columns: [PlainColumn]) {
      self.title = title
      self.columns = columns
    }
  }

  /// The form of a table that no form declares: it says nothing of the figures, so that they are printed as written.
  public init(asWritten name: String, unit: MoneyUnit?, panels: [PlainPanel], place: Place) {
    let grid = Grid(
      id: name, title: nil,
      panels: panels.enumerated().map { index, plain in
        Panel(plain, id: panels.count == 1 ? "" : "panel-\(index + 1)", place: place)
      },
      align: [], rowNumbers: nil, columnNumbers: nil)
    self.init(
      setID: nil, id: name, title: name, name: name, aliases: [], unit: unit, decimals: 0, blank: .nothing,
      states: Tags(), blocks: [.grid(grid)], isSheet: false, relations: [], empty: nil, notes: [],
      instances: nil, isLandscape: nil, place: place)
    isAsWritten = true
  }
}

extension Panel {
  fileprivate init(_ plain: Form.PlainPanel, id: String, place: Place) {
    var leaves: [Leaf] = []
    let columns = Self.tree(plain.columns[...], depth: 0, path: [], place: place, into: &leaves)
    let rows = RowSpec(
      kind: .free(of: nil, in: nil), id: "rows", title: "", aliases: [], states: Tags(), isTagged: false,
      parent: nil, relation: .part, adds: [], difference: [], sideHeading: nil, isOptional: true,
      isComplete: false, depth: 0, place: place)
    self.init(
      id: id, title: plain.title, states: Tags(), columns: columns, leaves: leaves, rows: [rows], strips: 1,
      codeColumns: nil)
  }

  /// The header tree: neighbours that share a title at a depth stand under it together.
  private static func tree(
    _ columns: ArraySlice<Form.PlainColumn>, depth: Int, path: [String], place: Place,
    into leaves: inout [Leaf]
  ) -> [Column] {
    var result: [Column] = []
    var rest = columns
    var taken: Set<String> = []
    while let first = rest.first {
      let title = depth < first.titles.count ? first.titles[depth] : ""
      let isGroup = depth + 1 < first.titles.count
      let members =
        isGroup
        ? rest.prefix { depth + 1 < $0.titles.count && $0.titles[depth] == title } : rest.prefix(1)
      // Columns of one name are told apart by their order.
      var id = title
      var count = 2
      while !taken.insert(id).inserted {
        id = "\(title)-\(count)"
        count += 1
      }
      if isGroup {
        let children = tree(members, depth: depth + 1, path: path + [id], place: place, into: &leaves)
        result.append(Column(id: id, title: title, children: children, leaf: nil, place: place))
      } else {
        leaves.append(
          Leaf(
            index: leaves.count, path: path + [id], titles: first.titles, csvTitle: nil, type: first.type,
            classification: nil, unit: first.unit, countUnit: nil, decimals: 0, states: Tags(),
            isTagged: false, rules: [], only: [], isPersonal: false, isOptional: false, isMerged: false,
            spread: nil, listed: nil, place: place, isAsWritten: true))
        result.append(
          Column(id: id, title: title, children: [], leaf: leaves.count - 1, place: place))
      }
      rest = rest.dropFirst(members.count)
    }
    return result
  }
}
