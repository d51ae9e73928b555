import Diagnostics
import Fiscal
import Forms
import Parsing

/// What binding needs to know of the disclosure around a table.
struct BindingContext {
  var library: FormLibrary
  var projects: [Project]
  var subject: Subject

  /// The project that bears a name, in whatever way it is called.
  func project(named name: String) -> String? {
    let wanted = normalizedName(name)
    return projects.first { project in
      project.id == name || normalizedName(project.name) == wanted
        || project.otherNames.contains { normalizedName($0) == wanted }
    }?.id
  }
}

/// Binds CSV to the panels of a grid: finds each column by its name, reads each cell by its type.
struct TableBinder {
  let context: BindingContext
  let table: String
  var findings: [Finding] = []

  init(context: BindingContext, table: String) {
    self.context = context
    self.table = table
  }

  mutating func bind(_ csv: CSVTable, to grid: Grid) -> FilledGrid? {
    guard let columns = match(csv, to: grid) else { return nil }
    var panels: [FilledPanel] = []
    for (index, panel) in grid.panels.enumerated() {
      var binder = RowBinder(panel: panel, file: csv.file, context: context, table: table)
      for record in csv.rows {
        let cells = columns.leaves[index].map { $0.map { record[$0] } }
        guard cells.contains(where: { $0.map { !$0.text.allSatisfy(\.isWhitespace) } ?? false }) else { continue }
        binder.take(cells, level: columns.level.map { record[$0] })
      }
      binder.finish(header: csv.header.first)
      findings += binder.findings
      panels.append(FilledPanel(panel: panel, rows: binder.rows))
    }
    return FilledGrid(grid: grid, panels: panels, lines: Self.lines(of: panels, in: grid))
  }

  /// An empty grid: the header and the fixed rows' absence stand for “nothing occurred”.
  static func empty(_ grid: Grid) -> FilledGrid {
    FilledGrid(grid: grid, panels: grid.panels.map { FilledPanel(panel: $0, rows: []) }, lines: [])
  }

  // MARK: Columns

  /// For each panel and leaf the column of the file; nil for a column that the file may leave out.
  private mutating func match(_ csv: CSVTable, to grid: Grid) -> (leaves: [[Int?]], level: Int?)? {
    let header = csv.header.map { normalizedPath($0.text) }
    var taken: [Int: String] = [:]
    var failed = false
    var level: Int?
    for (index, name) in header.enumerated() where name == "层级" { level = index }
    let alone = grid.panels.count == 1
    var result: [[Int?]] = []
    for panel in grid.panels {
      let prefixes = [panel.title, panel.id].compactMap { $0 }.filter { !$0.isEmpty }.map(normalizedPath)
      var columns: [Int?] = []
      for leaf in panel.leaves {
        let own = [leaf.csvTitle, leaf.name, leaf.path.joined(separator: "/")].compactMap { $0 }.map(normalizedPath)
        let wanted = prefixes.flatMap { prefix in own.map { prefix + "/" + $0 } } + (alone ? own : [])
        var found = header.indices.filter { wanted.contains(header[$0]) && taken[$0] == nil }
        if found.isEmpty {
          // A shorter name does where it fits one column only, here and in the form.
          let short = normalizedName(leaf.title)
          let alike = panel.leaves.filter { normalizedName($0.title) == short }.count
          found = header.indices.filter { column in
            guard taken[column] == nil, alike == 1 else { return false }
            let parts = header[column].split(separator: "/").map(String.init)
            guard parts.last == short else { return false }
            return alone || prefixes.contains(parts.first ?? "")
          }
        }
        if found.count == 1 {
          taken[found[0]] = leaf.name
          columns.append(found[0])
        } else {
          if found.count > 1 {
            failed = true
            for column in found { taken[column] = leaf.name }
            report(
              "csv-duplicate-column", at: csv.place(of: csv.header[found[1]]), "“\(csv.header[found[1]].text)”这一列出现了 \(found.count) 次",
              hint: "删去重复的列，或写全上级表头，例如 上级/下级")
          } else if !leaf.isOptional, !leaf.isPersonal {
            failed = true
            let name = (prefixes.first.map { [$0] } ?? []) + [leaf.csvTitle ?? leaf.name]
            report(
              "csv-missing-column", at: csv.header.first.map { csv.place(of: $0) } ?? Place(file: csv.file, line: 1),
              "缺少“\(name.joined(separator: "/"))”这一列", hint: "在表头补上这一列；没有数据就留空")
          }
          columns.append(nil)
        }
      }
      result.append(columns)
    }
    for (index, cell) in csv.header.enumerated() where taken[index] == nil && index != level {
      failed = true
      let all = grid.panels.flatMap { panel in panel.leaves.map { (panel.title.map { $0 + "/" } ?? "") + ($0.csvTitle ?? $0.name) } }
      let near = nearest(to: cell.text, among: all)
      report(
        "csv-unknown-column", at: csv.place(of: cell), "表样里没有“\(cell.text)”这一列",
        hint: (near.map { "是否想写“\($0)”？" } ?? "") + "表样的列：" + all.joined(separator: "、"))
    }
    return failed ? nil : (result, level)
  }

  private func normalizedPath(_ text: String) -> String {
    text.split(separator: "/").map { normalizedName($0) }.joined(separator: "/")
  }

  private mutating func report(_ id: String, at place: Place, _ message: String, hint: String) {
    var subject = context.subject
    subject.table = table
    findings.append(Finding(id, at: place, message, hint: hint, subject: subject))
  }

  // MARK: Printed lines

  /// Sets the panels' rows side by side; aligned rows share a line.
  static func lines(of panels: [FilledPanel], in grid: Grid) -> [[Int?]] {
    guard panels.count > 1 else { return (panels.first?.rows.indices).map { $0.map { [$0] } } ?? [] }
    var next = Array(repeating: 0, count: panels.count)
    var lines: [[Int?]] = []
    func rowIndex(_ address: Grid.RowAddress) -> Int? {
      panels[address.panel].rows.firstIndex { $0.spec == address.row }
    }
    func advance(to ends: [Int]) {
      while zip(next, ends).contains(where: { $0 < $1 }) {
        lines.append(
          panels.indices.map { panel in
            guard next[panel] < ends[panel] else { return nil }
            next[panel] += 1
            return next[panel] - 1
          })
      }
    }
    for group in grid.align {
      let targets = group.compactMap { address in rowIndex(address).map { (address.panel, $0) } }
      guard targets.count > 1, targets.allSatisfy({ $0.1 >= next[$0.0] }) else { continue }
      var ends = next
      for (panel, row) in targets { ends[panel] = row }
      advance(to: ends)
      lines.append(
        panels.indices.map { panel in
          guard targets.contains(where: { $0.0 == panel }) else { return nil }
          next[panel] += 1
          return next[panel] - 1
        })
    }
    advance(to: panels.map(\.rows.count))
    return lines
  }
}
