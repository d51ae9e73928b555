extension PublishedChanges {
  /// The changes in words, for the person who is to say yes.
  ///
  /// - Parameter limit: How many items of each list are shown; `nil` shows all.
  public func text(limit: Int?) -> String {
    var lines = ["网页：\(counts(pages, unchanged: present.pages))"]
    lines += list("新增", pages.appeared.map(words), limit)
    lines += list("变化", pages.changed.map(words), limit)
    lines += list("消失", pages.vanished.map(words), limit)
    if !tables.isEmpty || !pages.changed.isEmpty { lines.append("数据表：\(tableCounts)") }
    lines += sections(tables.map { (heading(of: $0), details(of: $0)) }, limit)
    if !texts.isEmpty { lines.append("正文：\(textCounts)") }
    lines += sections(texts.map { (name(of: $0.page), details(of: $0.difference)) }, limit)
    if !others.isEmpty {
      lines.append("其他文件（样式、图片、附件等）：\(counts(others, unchanged: nil))")
      // What is added or renewed goes with the pages; what goes is worth a look.
      lines += list("消失", others.vanished, limit)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// How many figures change.
  public var figures: Int {
    differences.reduce(0) { $0 + $1.cells.count { $0.isFigure } }
  }

  private var differences: [TableDifference] {
    tables.compactMap { table in
      guard case .changed(let difference) = table.change else { return nil }
      return difference
    }
  }

  private var tableCounts: String {
    guard !tables.isEmpty else { return "没有变化" }
    let words = differences.reduce(0) { $0 + $1.cells.count } - figures
    let rows = (
      differences.reduce(0) { $0 + $1.addedRows.count }, differences.reduce(0) { $0 + $1.removedRows.count }
    )
    var parts = ["变化的数字 \(figures) 个"]
    if words > 0 { parts.append("变化的文字 \(words) 处") }
    if rows.0 > 0 { parts.append("新增 \(rows.0) 行") }
    if rows.1 > 0 { parts.append("去掉 \(rows.1) 行") }
    return parts.joined(separator: "，") + "（涉及 \(tables.count) 张表）"
  }

  private var textCounts: String {
    let figures = texts.reduce(0) { $0 + $1.difference.figures.count }
    let (added, removed) = (
      texts.reduce(0) { $0 + $1.difference.added.count }, texts.reduce(0) { $0 + $1.difference.removed.count }
    )
    var parts = ["变化的数字 \(figures) 个"]
    if added > 0 { parts.append("新增或改写 \(added) 段") }
    if removed > 0 { parts.append("去掉或改写 \(removed) 段") }
    return parts.joined(separator: "，") + "（涉及 \(texts.count) 个网页）"
  }

  /// Lists under headings, all of them together no longer than the limit.
  private func sections(_ sections: [(heading: String, details: [String])], _ limit: Int?) -> [String] {
    var lines: [String] = []
    var left = limit ?? .max
    var hidden = 0
    for section in sections {
      let shown = section.details.prefix(left)
      hidden += section.details.count - shown.count
      left -= shown.count
      guard !shown.isEmpty else { continue }
      lines.append("  " + section.heading)
      lines += shown.map { "    " + $0 }
    }
    if hidden > 0 { lines.append("  另有 \(hidden) 处") }
    return lines
  }

  private func heading(of table: Table) -> String {
    let unit = table.page.title.contains(table.unit) ? "" : table.unit + " · "
    return "\(unit)\(name(of: table.page)) · \(table.title)"
  }

  private func name(of page: Page) -> String { page.title.isEmpty ? page.path : page.title }

  /// Paragraphs without figures are only counted.
  private func holdsFigure(_ text: String) -> Bool { text.contains { ("0"..."9").contains($0) } }

  private func details(of text: TextDifference) -> [String] {
    text.figures.map { "\($0.before)\($0.old) → \($0.new)\($0.after)" }
      + text.removed.filter(holdsFigure).map { "原有：\(cell($0))" }
      + text.added.filter(holdsFigure).map { "现为：\(cell($0))" }
  }

  private func details(of table: Table) -> [String] {
    switch table.change {
    case .appeared: return ["新增这张表"]
    case .vanished: return ["去掉这张表"]
    case .unreadable: return ["文件变了，不能逐格比较"]
    case .changed(let difference):
      if difference.isEmpty { return ["数字和文字没有变化，只是写法或次序不同"] }
      let cells = difference.cells.map { "\($0.row)、\($0.column)：\(cell($0.old)) → \(cell($0.new))" }
      return cells + difference.addedRows.map { "新增行：\($0)" } + difference.removedRows.map { "去掉行：\($0)" }
        + difference.addedColumns.map { "新增列：\($0)" } + difference.removedColumns.map { "去掉列：\($0)" }
    }
  }

  /// A cell in one line, cut where it is long.
  private func cell(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    if line.isEmpty { return "（空）" }
    return line.count > 40 ? line.prefix(39) + "…" : line
  }

  private func words(_ page: Page) -> String {
    page.title.isEmpty ? page.path : "\(page.path)  \(page.title)"
  }

  private func counts<Item>(_ three: Three<Item>, unchanged all: Int?) -> String {
    let text = "新增 \(three.appeared.count) 个，变化 \(three.changed.count) 个，消失 \(three.vanished.count) 个"
    return text + (all.map { "，不变 \($0 - three.changed.count - three.vanished.count) 个" } ?? "")
  }

  private func list(_ title: String, _ items: [String], _ limit: Int?) -> [String] {
    let shown = items.prefix(limit ?? .max)
    let rest = items.count - shown.count
    return shown.map { "  \(title)  \($0)" } + (rest > 0 ? ["  \(title)  另有 \(rest) 个"] : [])
  }
}
