import Diagnostics
import Fiscal
import Forms
import Parsing

extension TableBinder {
  /// Where the columns of a panel, or of one of its strips, stand in a file.
  struct MatchedColumns {
    /// For each leaf its column; nil for one that the file may leave out.
    var leaves: [Int?]
    /// 层级.
    var level: Int?
    /// 行次.
    var number: Int?
  }

  // MARK: Columns repeated for codes

  /// The grid with the columns that the header, or the classification, has codes for.
  func listing(_ grid: Grid, in header: [CSVCell]) -> Grid {
    var grid = grid
    for (index, panel) in grid.panels.enumerated() {
      guard let columns = panel.codeColumns else { continue }
      let prefixes = Self.prefixes(of: panel)
      let paths = header.map { cell -> [String] in
        let parts = cell.text.split(separator: "/").map { normalizedName($0) }
        return parts.first.map { prefixes.contains($0) } ?? false ? Array(parts.dropFirst()) : parts
      }
      var codes: [Place: [ListedCode]] = [:]
      for list in columns.lists {
        let all = list.codes(in: context.classification(list.classification))
        let names = Self.names(in: paths, of: panel.leaves.filter { $0.listed?.list == list.place })
        codes[list.place] = all.compactMap { entry in
          var entry = entry
          entry.isStated = names.contains(entry.code) || names.contains(normalizedName(entry.name))
          return entry.isStated || list.isComplete ? entry : nil
        }
      }
      grid.panels[index] = panel.listing(codes)
    }
    return grid
  }

  /// What stands in the header where a list has its codes: below the titles of its group, above the columns of each code.
  private static func names(in paths: [[String]], of leaves: [Leaf]) -> Set<String> {
    var names: Set<String> = []
    for leaf in leaves {
      guard let depth = leaf.listed?.depth else { continue }
      let titles = leaf.titles.map { normalizedName($0) }
      let (above, below) = (titles.prefix(depth), titles.dropFirst(depth + 1))
      for path in paths where path.count > below.count && path.suffix(below.count) == below {
        let outer = path.dropLast(below.count + 1)
        if Array(above.suffix(outer.count)) == Array(outer) { names.insert(path[outer.count]) }
      }
    }
    return names
  }

  // MARK: Matching

  /// For each panel and strip the columns of the file; what is missing, doubled or unknown is reported.
  mutating func match(_ csv: CSVTable, to grid: Grid) -> [[MatchedColumns]]? {
    var matcher = HeaderMatcher(
      header: csv.header.map { Self.path(of: $0.text) }, isAlone: grid.panels.count == 1)
    var failed = false
    let result = grid.panels.map { panel -> [MatchedColumns] in
      let prefixes = Self.prefixes(of: panel)
      return (0..<max(1, panel.strips)).compactMap { strip -> MatchedColumns? in
        let found = panel.leaves.map { matcher.columns(of: $0, in: panel, prefixes: prefixes, strip: strip) }
        // A list that is printed in strips may stand in one column of the file.
        if strip > 0, found.allSatisfy(\.isEmpty) { return nil }
        var columns = MatchedColumns(leaves: [], level: matcher.take("层级", in: nil, strip: strip))
        for (leaf, found) in zip(panel.leaves, found) {
          columns.leaves.append(found.count == 1 ? found[0] : nil)
          guard found.count != 1 else { continue }
          if found.count > 1 {
            failed = true
            matcher.taken.formUnion(found)
            reportDoubled(csv.header[found[1]], count: found.count, in: csv)
          } else if !panel.mayLeaveOut(leaf) {
            failed = true
            reportMissing(leaf, of: panel, strip: strip, in: csv)
          }
        }
        if let title = grid.rowNumbers { columns.number = matcher.take(title, in: panel, strip: strip) }
        return columns
      }
    }
    for (index, cell) in csv.header.enumerated() where !matcher.taken.contains(index) {
      failed = true
      reportUnknown(cell, in: csv, grid)
    }
    return failed ? nil : result
  }

  static func prefixes(of panel: Panel) -> [String] {
    [panel.title, panel.id].compactMap { $0 }.filter { !$0.isEmpty }.map { path(of: $0) }
  }

  static func path(of text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "/")) else { return normalizedName(text) }
    return text.split(separator: "/").map { normalizedName($0) }.joined(separator: "/")
  }

  /// The columns of a file while they are given out.
  struct HeaderMatcher {
    let header: [String]
    let isAlone: Bool
    var taken: Set<Int> = []
    /// The columns of each name.
    private let columns: [String: [Int]]

    init(header: [String], isAlone: Bool) {
      self.header = header
      self.isAlone = isAlone
      columns = Dictionary(header.enumerated().map { ($0.element, [$0.offset]) }) { $0 + $1 }
    }

    /// The columns that bear a leaf's name; the first is taken.
    mutating func columns(of leaf: Leaf, in panel: Panel, prefixes: [String], strip: Int) -> [Int] {
      let mark = strip == 0 ? "" : String(strip + 1)
      let own = leaf.csvNames.map { TableBinder.path(of: $0) }
      let wanted = prefixes.flatMap { prefix in own.map { prefix + "/" + $0 } } + (isAlone ? own : [])
      var found = Set(wanted.flatMap { columns[$0 + mark] ?? [] }).subtracting(taken).sorted()
      if found.isEmpty {
        // A shorter name does where it fits one column only, here and in the form.
        let short = normalizedName(leaf.title)
        let alike = panel.leaves.filter { normalizedName($0.title) == short }.count
        let names = (alike == 1 ? [short] : []) + (leaf.listed != nil ? [leaf.id] : [])
        found = header.indices.filter { column in
          guard !taken.contains(column) else { return false }
          let parts = header[column].split(separator: "/").map(String.init)
          guard let last = parts.last, names.contains(where: { $0 + mark == last }) else { return false }
          return isAlone || prefixes.contains(parts.first ?? "")
        }
      }
      if found.isEmpty, !leaf.aliases.isEmpty {
        let others = leaf.aliases.flatMap { [$0, (leaf.titles.dropLast() + [$0]).joined(separator: "/")] }
          .map { TableBinder.path(of: $0) }
        let wanted = prefixes.flatMap { prefix in others.map { prefix + "/" + $0 } } + (isAlone ? others : [])
        found = Set(wanted.flatMap { columns[$0 + mark] ?? [] }).subtracting(taken).sorted()
      }
      if found.count == 1 { taken.insert(found[0]) }
      return found
    }

    /// A column that is none of the form's: 层级 for all panels, 行次 for each.
    mutating func take(_ title: String, in panel: Panel?, strip: Int) -> Int? {
      let name = normalizedName(title) + (strip == 0 ? "" : String(strip + 1))
      let prefixed = panel.map { TableBinder.prefixes(of: $0).map { $0 + "/" + name } } ?? []
      let wanted = prefixed + (isAlone || panel == nil ? [name] : [])
      guard let found = header.indices.last(where: { wanted.contains(header[$0]) }) else { return nil }
      if panel != nil, taken.contains(found) { return nil }
      taken.insert(found)
      return found
    }
  }

  // MARK: Reports

  private mutating func reportDoubled(_ cell: CSVCell, count: Int, in csv: CSVTable) {
    report(
      "csv-duplicate-column", at: csv.place(of: cell), "“\(cell.text)”这一列出现了 \(count) 次",
      hint: "删去重复的列，或写全上级表头，例如 上级/下级")
  }

  private mutating func reportMissing(_ leaf: Leaf, of panel: Panel, strip: Int, in csv: CSVTable) {
    let prefix = Self.prefixes(of: panel).first.map { [$0] } ?? []
    let name =
      (prefix + [leaf.csvTitle ?? leaf.name]).joined(separator: "/") + (strip == 0 ? "" : String(strip + 1))
    report(
      "csv-missing-column", at: csv.header.first.map { csv.place(of: $0) } ?? Place(file: csv.file, line: 1),
      "缺少“\(name)”这一列", hint: "在表头补上这一列；没有数据就留空")
  }

  private mutating func reportUnknown(_ cell: CSVCell, in csv: CSVTable, _ grid: Grid) {
    let all = grid.panels.flatMap { panel in
      panel.leaves.map { (panel.title.map { $0 + "/" } ?? "") + ($0.csvTitle ?? $0.name) }
    }
    let near = nearest(to: cell.text, among: all)
    report(
      "csv-unknown-column", at: csv.place(of: cell), "表样里没有“\(cell.text)”这一列",
      hint: (near.map { "是否想写“\($0)”？" } ?? "") + "表样的列：" + all.joined(separator: "、"))
  }

  private mutating func report(_ id: String, at place: Place, _ message: String, hint: String) {
    var subject = context.subject
    subject.table = table
    findings.append(Finding(id, at: place, message, hint: hint, subject: subject))
  }
}

extension Leaf {
  /// The names that a file may call the column: as the form says, by titles, by ids, by the code it is repeated for.
  fileprivate var csvNames: [String] {
    var names = (csvTitle.map { [$0] } ?? []) + [name]
    let ids = path.joined(separator: "/")
    if ids != names[0] { names.append(ids) }
    if let listed, listed.depth < titles.count {
      var mixed = titles
      mixed[listed.depth] = listed.code
      names.append(mixed.joined(separator: "/"))
    }
    return names
  }
}

extension Panel {
  /// Whether a file may do without a column.
  func mayLeaveOut(_ leaf: Leaf) -> Bool {
    if leaf.isOptional || leaf.isPersonal { return true }
    guard let place = leaf.listed?.list else { return false }
    return codeColumns?.lists.contains { $0.place == place && $0.isComplete } ?? false
  }
}
