import Diagnostics
import Parsing

/// Reads a grid: one list (`columns`, `rows`) or panels side by side.
struct GridReader {
  static let keys = ["columns", "rows", "panels", "align", "numbers", "states", "strips"]
  static let panelKeys = ["id", "title", "states", "columns", "rows", "strips"]
  static let numberKeys = ["rows", "columns"]

  let around: Surroundings
  var findings: [Finding] = []

  init(around: Surroundings) { self.around = around }

  /// - Parameter isBlock: whether the grid is a part of a sheet, whose own `states` are not yet read.
  mutating func read(_ reader: inout MapReader, id: String, title: String?, isBlock: Bool = false) -> Grid? {
    var grid = Grid(id: id, title: title, panels: [], align: [], rowNumbers: nil, columnNumbers: nil)
    if reader.has("panels") {
      for item in reader.list("panels") {
        var panel = MapReader(item, "分栏", keys: Self.panelKeys, id: "form-syntax")
        let id = panel.text("id") ?? "panel-\(grid.panels.count + 1)"
        let isTaken = grid.panels.contains { $0.id == id }
        grid.panels.append(read(panel: &panel, id: id))
        findings += panel.findings
        if isTaken {
          findings.append(
            Finding("form-duplicate-id", at: panel.place(of: "id"), "有两个分栏的 id 都是“\(id)”", hint: "改其中一个的 id"))
        }
      }
      if grid.panels.isEmpty, reader.findings.isEmpty {
        reader.report(
          reader.place(of: "panels"), "“panels”里没有分栏",
          hint: "每个分栏写 title、columns、rows；只有一栏的直接写 columns 和 rows")
      }
      if reader.has("columns") || reader.has("rows") {
        reader.report(reader.place, "有 panels 时，columns 和 rows 写在各个分栏里", hint: "移到它所属的分栏里")
      }
      if reader.has("strips") {
        reader.report(reader.keyPlace("strips"), "有 panels 时，strips 写在各个分栏里", hint: "移到要折的分栏里")
      }
    } else if reader.has("columns") {
      grid.panels = [read(panel: &reader, id: "")]
    } else {
      reader.report(reader.place, "表样没有列", hint: "写 columns，或 panels，或 sheet")
      return nil
    }
    if isBlock, reader.has("states") {
      let ground = around.facts.tags(&reader, "states")
      for index in grid.panels.indices {
        grid.panels[index].states = ground.overlaid(by: grid.panels[index].states)
      }
    }
    let lines = reader.list("align")
    if let flat = lines.first(where: { $0.items == nil }) {
      findings.append(
        Finding(
          "form-syntax", at: flat.place, "align 的每一项应当是列表，这里是\(flat.chinese)",
          hint: "写同一条线上的各行，例如 [[income.total, expenditure.total]]"))
    } else {
      grid.align = lines.map { addresses(in: $0, of: grid) }
    }
    if let node = reader.node("numbers") {
      var numbers = MapReader(node, "行次栏次", keys: Self.numberKeys, id: "form-syntax")
      grid.rowNumbers = numbers.text("rows")
      grid.columnNumbers = numbers.text("columns")
      findings += numbers.findings
    }
    return grid
  }

  private mutating func read(panel reader: inout MapReader, id: String) -> Panel {
    let isOnlyPanel = id.isEmpty
    var columns = ColumnReader(around: around)
    let items = columns.items(of: reader.node("columns"), at: reader.place)
    let (tree, leaves) = columns.read(items)
    findings += columns.findings
    if tree.isEmpty, columns.findings.isEmpty, columns.codeLists.isEmpty {
      reader.report(
        reader.place(of: "columns"), "“columns”里没有列", hint: "例如 columns: [项目, {title: 金额, type: amount}]")
    }
    var rows = RowReader(around: around, leaves: leaves)
    let specs = rows.read(reader.list("rows"))
    findings += rows.findings
    if specs.isEmpty, reader.findings.isEmpty, rows.findings.isEmpty {
      reader.report(reader.place(of: "rows"), "没有声明行", hint: "写 rows，例如 rows: [{free: lines}] 表示行数不限")
    }
    for name in columns.onlyRows where !specs.contains(where: { $0.id == name.text }) {
      findings.append(
        Finding(
          "form-unknown-row", at: name.place, "没有 id 为“\(name.text)”的行",
          hint: "可用的行：" + specs.callable))
    }
    let starts = stripStarts(&reader, specs)
    let strips = starts.isEmpty ? reader.isList("strips") ? 1 : reader.integer("strips") ?? 1 : starts.count
    if !(1...4).contains(strips) {
      reader.report(reader.place(of: "strips"), "strips 应当在 1 到 4 之间，这里是 \(strips)", hint: "不折的不用写")
    }
    let panel = Panel(
      id: id, title: isOnlyPanel ? nil : reader.text("title"),
      states: isOnlyPanel ? Tags() : around.facts.tags(&reader, "states"), columns: tree, leaves: leaves,
      rows: specs,
      strips: max(1, min(strips, 4)), stripStarts: starts,
      codeColumns: columns.codeLists.isEmpty
        ? nil
        : CodeColumns(lists: columns.codeLists) { [around] codes in
          var reader = ColumnReader(around: around, codes: codes)
          return reader.read(items)
        })
    return panel
  }

  /// The codes or rows that strips begin with, where they are written out.
  private mutating func stripStarts(_ reader: inout MapReader, _ specs: [RowSpec]) -> [String] {
    guard reader.isList("strips") else { return [] }
    let names = reader.scalars("strips")
    for name in names where !name.text.utf8.allSatisfy({ (48...57).contains($0) }) {
      guard !specs.contains(where: { $0.id == name.text || $0.title == name.text }) else { continue }
      findings.append(
        Finding(
          "form-unknown-row", at: name.place, "没有“\(name.text)”这一行",
          hint: "写每一条开头的编码或行，例如 strips: [\"302\", \"307\"]；可用的行：" + specs.callable))
    }
    if names.count < 2 {
      reader.report(
        reader.place(of: "strips"), "strips 写成列表时，要写每一条开头的编码或行，这里有 \(names.count) 个",
        hint: "例如 strips: [\"302\", \"307\"]；折得一样长的写条数，如 strips: 2")
    }
    return names.count < 2 ? [] : names.map(\.text)
  }

  private mutating func addresses(in item: YAML, of grid: Grid) -> [Grid.RowAddress] {
    (item.items ?? []).compactMap { node in
      guard let scalar = node.scalar else { return nil }
      let parts = scalar.text.split(separator: ".", maxSplits: 1).map(String.init)
      guard parts.count == 2, let panel = grid.panels.firstIndex(where: { $0.id == parts[0] }),
        let row = grid.panels[panel].rows.firstIndex(where: { $0.id == parts[1] || $0.title == parts[1] })
      else {
        findings.append(
          Finding(
            "form-unknown-row", at: scalar.place, "没有“\(scalar.text)”这一行",
            hint: "写作 分栏的 id.行的 id，例如 income.total"))
        return nil
      }
      return Grid.RowAddress(panel: panel, row: row)
    }
  }
}

extension MapReader {
  fileprivate func isList(_ key: String) -> Bool { if case .list? = node(key) { true } else { false } }
}
