import Fiscal
import Forms

extension FormDraft {
  /// The form as a file: YAML with a remark beside whatever was guessed.
  public var text: String {
    var lines = [
      "# 由 gongkai forms draft 从“\(name).csv”起草。存为 content/forms/\(id).yaml；属于一个表套的，放进它的文件夹，列入 set.yaml。",
      "# 逐项核对，改好后可以删去这些注释。写法见 docs/forms-language.md。",
    ]
    if let best = nearest.best {
      let name = best.setID == nil ? best.id : best.fullName
      lines.append(
        "# 最相近的表样：\(name)（\(best.name)）。\(nearest.note.map { $0 + "。" } ?? "")只差几处的，改写 extends: \(name) 更省事。")
    }
    lines.append("id: \(yamlScalar(id))  # 网页锚点：取一个好认的英文名，定下后不要改")
    lines.append("title: \(yamlScalar(titled(name)))")
    lines.append("unit: \(settings.unit.rawValue)" + (isUnitGuessed ? "  # 核对单位：表头和文件名里都没有写" : ""))
    if settings.decimals != 2 { lines.append("decimals: \(settings.decimals)  # 数据里最多的小数位数") }
    let numbers = [rowNumbers.map { "rows: \($0)" }, columnNumbers.map { "columns: \(yamlScalar($0))" }]
      .compactMap { $0 }
    if !numbers.isEmpty { lines.append("numbers: {\(numbers.joined(separator: ", "))}") }
    if year != nil, panels.contains(where: { !$0.columns.allSatisfy { titled($0.name) == $0.name } }) {
      lines.append("# 标题里的年度按 \(year ?? 0) 年写成 {year}，逐年不用改。")
    }
    lines.append("# states: {flow: 支出, phase: 年初预算}  # 标明全表说的是什么，就能与别的表核对；拿不准就不写")
    if let panel = panels.first, panels.count == 1 {
      lines += body(panel, indent: "")
    } else {
      lines.append("panels:")
      for panel in panels {
        lines.append("  - id: \(panel.id)")
        lines.append("    title: \(yamlScalar(titled(panel.title ?? "")))")
        lines += body(panel, indent: "    ")
      }
      lines += alignment
    }
    lines.append("empty: 本表本年无发生额。  # 没有数据时印的话")
    return lines.joined(separator: "\n") + "\n"
  }

  /// A title with the years in it as they follow from that of the disclosure.
  private func titled(_ text: String) -> String {
    guard let year else { return text }
    var result = text
    for offset in -3...3 {
      let name = offset == 0 ? "{year}" : offset < 0 ? "{year\(offset)}" : "{year+\(offset)}"
      result = result.replacing("\(year + offset)年", with: "\(name)年")
    }
    return result
  }

  private func body(_ panel: DraftPanel, indent: String) -> [String] {
    let plan = panel.plans.first ?? .anything
    var lines = [indent + "columns:"]
    lines += columns(panel, plan, panel.columns.indices, depth: 0, indent: indent + "  ")
    lines.append(indent + "rows:")
    let rows = panel.rows(plan, settings.library)
    for row in rows { lines += self.lines(row, among: rows, indent: indent + "  ") }
    return lines
  }

  // MARK: Columns

  private func columns(_ panel: DraftPanel, _ plan: RowPlan, _ range: Range<Int>, depth: Int, indent: String)
    -> [String]
  {
    var lines: [String] = []
    var rest = range
    var titles: Set<String> = []
    while let first = rest.first {
      let column = panel.columns[first]
      guard depth + 1 < column.titles.count else {
        if case .codes(let classification) = plan, panel.isSpread, first == panel.codeColumns.first {
          let parts = panel.codeColumns.map { yamlScalar(titled(panel.columns[$0].title)) }
          lines.append(
            indent
              + "- {id: code, title: 科目编码, type: code, of: \(classification), spread: [\(parts.joined(separator: ", "))]}"
          )
          rest = rest.dropFirst(panel.codeColumns.count)
          continue
        }
        lines.append(indent + "- " + entry(first, of: panel, plan))
        rest = rest.dropFirst()
        continue
      }
      let title = column.titles[depth]
      let members = rest.prefix {
        depth + 1 < panel.columns[$0].titles.count && panel.columns[$0].titles[depth] == title
      }
      lines.append(indent + "- title: \(yamlScalar(titled(title)))")
      if !titles.insert(title).inserted { lines.append(indent + "  id: g\(first + 1)") }
      lines.append(indent + "  columns:")
      lines += columns(panel, plan, members, depth: depth + 1, indent: indent + "    ")
      rest = rest.dropFirst(members.count)
    }
    return lines
  }

  private func entry(_ index: Int, of panel: DraftPanel, _ plan: RowPlan) -> String {
    let column = panel.columns[index]
    var parts: [String] = []
    var remarks: [String] = []
    if let id = column.id { parts.append("id: \(id)") }
    parts.append("title: \(yamlScalar(titled(column.title)))")
    if case .pairs = plan, let pair = panel.pairs.first(where: { $0.code == index || $0.name == index }) {
      parts.append("type: \(pair.code == index ? "code" : "name"), of: \(pair.classification)")
    } else if let classification = plan.classification, index == panel.label {
      parts.append("type: name, of: \(classification)")
    } else if case .codes(let classification) = plan, !panel.isSpread, index == panel.codeColumns.first {
      parts.append("type: code, of: \(classification)")
    } else if column.type != .text {
      parts.append("type: \(column.type.rawValue)")
      if let unit = column.unit { parts.append("unit: \(yamlScalar(unit))") }
    }
    if let rule = column.rule {
      let names = rule.columns.map { yamlScalar(titled(panel.reference($0))) }.joined(separator: ", ")
      parts.append("\(rule.kind.rawValue): [\(names)]")
      remarks.append(rule.evidence.words("行"))
    } else if column.type == .amount, titleSaysTotal(column.title), panel.amounts.count > 1 {
      remarks.append("看不出由哪些列相加；是的话写 adds: […]")
    }
    return "{" + parts.joined(separator: ", ") + "}"
      + (remarks.isEmpty ? "" : "  # " + remarks.joined(separator: "；"))
  }

  // MARK: Rows

  private func lines(_ row: DraftRow, among rows: [DraftRow], indent: String) -> [String] {
    if let block = row.block {
      // A level's column may have the year in its title.
      return [indent + "- {id: lines, \(titled(block))}"]
    }
    var parts = ["title: \(yamlScalar(titled(row.title)))"]
    var remarks: [String] = []
    let id = name(of: row, among: rows)
    if id != titled(row.title) { parts.insert("id: \(id)", at: 0) }
    if !row.adds.isEmpty {
      parts.append(
        "adds: [\(row.adds.map { yamlScalar(name(of: rows[$0], among: rows)) }.joined(separator: ", "))]")
      if let evidence = row.evidence { remarks.append(evidence.words("个数")) }
    } else if row.isTotal, row.children.isEmpty, rows.count > 1, !row.totals.isEmpty {
      remarks.append("看不出由哪些行相加；是的话写 adds")
    }
    guard !row.children.isEmpty else {
      return [indent + "- {" + parts.joined(separator: ", ") + "}" + remark(remarks)]
    }
    var lines = [indent + "- " + (parts.first ?? "")]
    lines += parts.dropFirst().map { indent + "  " + $0 }
    if let evidence = row.childEvidence {
      lines.append(indent + "  rows:  # 合起来等于上一级：" + evidence.words("个数"))
    } else {
      lines.append(indent + "  of-which:  # 都不大于上一级；合起来等于上一级的，改成 rows")
    }
    for child in row.children { lines += self.lines(child, among: row.children, indent: indent + "    ") }
    return lines
  }

  private func remark(_ words: [String]) -> String {
    words.isEmpty ? "" : "  # " + words.joined(separator: "；")
  }

  /// What sums call a row: a list by its id, a row by its title where no other bears it.
  private func name(of row: DraftRow, among rows: [DraftRow]) -> String {
    if row.block != nil { return "lines" }
    let title = titled(row.title)
    let isAlone = rows.count { $0.title == row.title } == 1 && title != "lines"
    return isAlone ? title : "row-\((row.line ?? 0) + 1)"
  }

  /// Totals that stand on one line of the file are printed on one line.
  private var alignment: [String] {
    let rows = panels.map { panel in panel.rows(panel.plans.first ?? .anything, settings.library) }
    let totals = zip(panels, rows).map { panel, rows in
      rows.filter { row in row.isTotal && row.block == nil && rows.count { $0.title == row.title } == 1 }
        .map { (line: $0.line, name: "\(panel.id).\(titled($0.title))") }
    }
    let lines = Set(totals.flatMap { $0.compactMap(\.line) }).sorted()
    let groups = lines.compactMap { line -> String? in
      let names = totals.compactMap { rows in rows.first { $0.line == line }?.name }
      return names.count > 1 ? "  - [\(names.map(yamlScalar).joined(separator: ", "))]" : nil
    }
    return groups.isEmpty ? [] : ["align:  # 印在同一条线上的合计"] + groups
  }
}

extension DraftPanel {
  /// What rules call a column.
  func reference(_ column: Int) -> String { columns[column].id ?? columns[column].title }
}

/// A text as a YAML value, in quotes where it needs them, also within `[…]` and `{…}`.
func yamlScalar(_ text: String) -> String {
  let isPlain =
    !text.isEmpty && text.trimmingBlanks == text && !["~", "null"].contains(text)
    && !text.unicodeScalars.contains {
      ",[]{}:#&*!|>'\"%@`\\".unicodeScalars.contains($0) || $0.value < 0x20 || $0.value == 0x7F
        || $0.value == 0x85 || (0x2028...0x2029).contains($0.value)
    }
    && !text.hasPrefix("-") && !text.hasPrefix("?") && !text.hasPrefix("=")
  if isPlain { return text }
  let escaped = text.unicodeScalars.map { scalar -> String in
    switch scalar {
    case "\\": "\\\\"
    case "\"": "\\\""
    case _
    where scalar.value < 0x20 || scalar.value == 0x7F || scalar.value == 0x85
      || (0x2028...0x2029).contains(scalar.value):
      "\\u" + String(repeating: "0", count: max(0, 4 - String(scalar.value, radix: 16).count))
        + String(scalar.value, radix: 16)
    default: String(scalar)
    }
  }
  return "\"" + escaped.joined() + "\""
}
