/// A table with every cell in its place, written as one `<table>` element.
struct LaidOutTable {
  let table: DataTable
  let titleID: String
  let header: HeaderGrid
  let body: BodyGrid
  /// Every data cell names its headers; otherwise `scope` says it all.
  let namesHeaders: Bool
  private let columnHeaders: [String]
  /// For each leaf the class of its kind, where it has one, and whether a further panel begins with it.
  private let leafClasses: [(kind: String?, beginsPanel: Bool)]

  init(_ table: DataTable) {
    var identifiers = IdentifierPool(prefix: table.id)
    self.table = table
    titleID = identifiers.take("title")
    header = HeaderGrid(table.panels, identifiers: &identifiers)
    body = BodyGrid(
      table.rows, leaves: header.leaves.count, panels: header.panels, identifiers: &identifiers)
    namesHeaders = header.levels.count > 2 || table.panels.count > 1 || body.hasComplexHeaders
    columnHeaders = header.leaves.map { $0.headers.joined(separator: " ") }
    leafClasses = header.leaves.map {
      ($0.column.kind == .text ? nil : $0.column.kind.rawValue, $0.beginsPanel)
    }
  }

  func write(to html: inout HTMLWriter) {
    html.raw("<table>\n<caption>")
    html.caption(table.caption, titleID: titleID)
    html.raw("</caption>\n")
    writeColumns(to: &html)
    writeHeader(to: &html)
    writeBody(to: &html)
    html.raw("</table>\n")
  }

  private func writeColumns(to html: inout HTMLWriter) {
    for group in header.groups {
      html.raw("<colgroup>")
      for leaf in group { html.raw("<col class=\"\(header.leaves[leaf].column.kind.rawValue)\">") }
      html.raw("</colgroup>\n")
    }
  }

  private func writeHeader(to html: inout HTMLWriter) {
    guard !header.leaves.isEmpty else { return }
    html.raw("<thead>\n")
    writeRunningLine(to: &html)
    for level in header.levels {
      html.raw("<tr>")
      for placed in level { write(placed, to: &html) }
      html.raw("</tr>\n")
    }
    if header.hasNumbers {
      html.raw("<tr class=\"column-numbers\">")
      for (leaf, column) in header.leaves.enumerated() {
        html.raw("<td")
        if column.beginsPanel { html.raw(" class=\"begins-panel\"") }
        if namesHeaders { html.attributeUnlessEmpty("headers", columnHeaders[leaf]) }
        html.raw(">")
        html.text(column.column.number ?? "")
        html.raw("</td>")
      }
      html.raw("</tr>\n")
    }
    html.raw("</thead>\n")
  }

  /// Name and unit again, shown only on paper, where the header is repeated on every sheet.
  private func writeRunningLine(to html: inout HTMLWriter) {
    let caption = table.caption
    let name = [caption.number, caption.title].compactMap(\.self).joined(separator: " ")
    let words = [name] + [caption.subject].compactMap(\.self) + caption.meta
    html.raw("<tr class=\"running\" aria-hidden=\"true\"><td colspan=\"\(header.leaves.count)\">")
    html.text(words.joined(separator: " · "))
    html.raw("</td></tr>\n")
  }

  private func write(_ placed: HeaderGrid.Placed, to html: inout HTMLWriter) {
    let isLeaf = placed.column.children.isEmpty
    let isEmpty = placed.column.title.isBlank
    var classes = isLeaf ? [placed.column.kind.rawValue] : ["group"]
    if header.leaves[placed.firstLeaf].beginsPanel { classes.append("begins-panel") }
    html.raw(isEmpty ? "<td" : "<th")
    html.attribute("class", classes.joined(separator: " "))
    if !isEmpty {
      html.attribute("id", placed.id)
      html.attribute("scope", placed.isColumnGroup ? "colgroup" : "col")
    }
    html.spans(rows: placed.rowSpan, columns: placed.leafCount)
    html.raw(">")
    html.brokenText(placed.column.title)
    html.raw(isEmpty ? "</td>" : "</th>")
  }

  private func writeBody(to html: inout HTMLWriter) {
    html.raw("<tbody>\n")
    for line in body.lines {
      if line.beginsGroup { html.raw("</tbody>\n<tbody>\n") }
      if let role = line.role, role != .ordinary {
        html.raw("<tr class=\"\(role.rawValue)\">")
      } else {
        html.raw("<tr>")
      }
      for place in line.cells.indices { write(line.cells[place], in: line, to: &html) }
      html.raw("</tr>\n")
    }
    if body.lines.isEmpty {
      html.raw("<tr class=\"statement\"><td colspan=\"\(max(1, header.leaves.count))\">")
      html.text(table.emptyStatement ?? "本表无数据。")
      html.raw("</td></tr>\n")
    }
    html.raw("</tbody>\n")
  }

  private func write(_ placed: BodyGrid.Placed, in line: BodyGrid.Line, to html: inout HTMLWriter) {
    let isHeader = placed.kind == .rowHeader || placed.kind == .groupHeader
    html.raw(isHeader ? "<th" : "<td")
    writeClasses(of: placed, role: line.role == nil ? line.roles[placed.panel] : .ordinary, to: &html)
    if isHeader {
      html.attributeUnlessEmpty("id", placed.cell.id ?? placed.id ?? "")
      html.raw(placed.kind == .groupHeader ? " scope=\"rowgroup\"" : " scope=\"row\"")
    } else {
      if let id = placed.cell.id { html.attribute("id", id) }
      if namesHeaders {
        writeHeaders(of: placed, rows: placed.kind == .ended ? "" : line.headers[placed.panel], to: &html)
      }
    }
    html.spans(rows: placed.rowSpan, columns: placed.colSpan)
    if let place = placed.cell.place { html.place(place) }
    html.raw(">")
    if placed.kind == .ended {
      html.raw("<span class=\"hidden\">此处无项目</span>")
    } else {
      html.content(of: placed.cell)
    }
    html.raw(isHeader ? "</th>" : "</td>")
  }

  private func writeHeaders(of placed: BodyGrid.Placed, rows: String, to html: inout HTMLWriter) {
    var columns = columnHeaders[placed.leaf]
    if placed.colSpan > 1 {
      var seen: Set<String> = []
      let all = header.leaves[placed.leaf..<placed.leaf + placed.colSpan].flatMap(\.headers)
      columns = all.filter { seen.insert($0).inserted }.joined(separator: " ")
    }
    guard !rows.isEmpty || !columns.isEmpty else { return }
    html.raw(" headers=\"")
    html.text(rows)
    if !rows.isEmpty, !columns.isEmpty { html.raw(" ") }
    html.text(columns)
    html.raw("\"")
  }

  private func writeClasses(of placed: BodyGrid.Placed, role: Row.Role, to html: inout HTMLWriter) {
    let leaf = leafClasses[placed.leaf]
    var isFirst = true
    /// Names of this room need no escaping; those from elsewhere do.
    func begin(_ html: inout HTMLWriter) {
      html.raw(isFirst ? " class=\"" : " ")
      isFirst = false
    }
    func add(_ name: String, _ html: inout HTMLWriter) {
      begin(&html)
      html.raw(name)
    }
    if placed.kind == .ended {
      add("ended", &html)
    } else {
      if let kind = leaf.kind { add(kind, &html) }
      if let state = placed.cell.stateClass { add(state, &html) }
      if placed.cell.indent > 0 { add(Self.indentClasses[min(placed.cell.indent, 8)], &html) }
      if role != .ordinary { add(role.rawValue, &html) }
      for name in placed.cell.classes {
        begin(&html)
        html.text(name)
      }
    }
    if leaf.beginsPanel { add("begins-panel", &html) }
    if !isFirst { html.raw("\"") }
  }

  private static let indentClasses = (0...8).map { "indent-\($0)" }
}

extension HTMLWriter {
  /// Says where the content of an element comes from; see `Cell.place`.
  mutating func place(_ place: String) { attribute("data-place", place) }

  mutating func spans(rows: Int, columns: Int) {
    if rows > 1 { raw(" rowspan=\"\(rows)\"") }
    if columns > 1 { raw(" colspan=\"\(columns)\"") }
  }

  /// Text in which a line feed is a break of the form, such as 公务用车⏎购置费.
  mutating func brokenText(_ text: String) {
    guard text.utf8.contains(UInt8(ascii: "\n")) else { return self.text(text) }
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if index > 0 { raw("<br>") }
      self.text(String(line))
    }
  }

  mutating func content(of cell: Cell) {
    if cell.indent > 0, cell.hasWords { raw("<span class=\"hidden\">第\(cell.indent + 1)级：</span>") }
    switch cell.content {
    case .text(let text): brokenText(text)
    case .lines(let lines):
      for line in lines where !line.isBlank { element("p", text: line) }
    case .number(let shown, let value):
      guard !shown.isBlank else { return absence(.blank, shown: nil) }
      raw("<data")
      attribute("value", value)
      raw(">")
      text(shown)
      raw("</data>")
    case .absent(let absence, let shown): self.absence(absence, shown: shown)
    case .link(let text, let href, let hidden):
      raw("<a")
      attribute("href", href)
      raw(">")
      self.text(text)
      if !hidden.isEmpty { element("span", [("class", "hidden")], text: hidden) }
      raw("</a>")
    case .empty, .above, .left: break
    }
  }

  private mutating func absence(_ absence: Cell.Absence, shown: String?) {
    let words = shown.flatMap { $0.isBlank ? nil : $0 } ?? absence.shown
    if words.isBlank {
      raw("<span class=\"hidden\">空</span>")
    } else {
      text(words)
    }
  }
}
