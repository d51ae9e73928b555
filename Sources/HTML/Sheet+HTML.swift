extension Sheet {
  /// The sheet as the official form looks, in parts that a screen reader and a phone can follow one by one.
  public func html(_ layout: DataTable.Layout = DataTable.Layout()) -> [UInt8] {
    var writer = HTMLWriter(reserving: 8192)
    write(to: &writer, layout)
    return writer.bytes
  }

  public func write(to html: inout HTMLWriter, _ layout: DataTable.Layout = DataTable.Layout()) {
    var identifiers = IdentifierPool(prefix: id)
    let titleID = identifiers.take("title")
    html.raw("<div class=\"sheet\" role=\"group\"")
    html.attribute("id", id)
    html.attribute("aria-labelledby", titleID)
    html.raw(">\n<div class=\"sheet-caption\">")
    html.caption(caption, titleID: titleID)
    html.raw("</div>\n<div class=\"sheet-grid\">\n")
    for block in blocks {
      switch block {
      case .fields(let lines): html.fields(lines)
      case .texts(let title, let columns): html.texts(title, columns, below: caption.headingLevel)
      case .table(let table):
        let table = LaidOutTable(table)
        html.raw("<div class=\"table-scroll\" role=\"region\" tabindex=\"0\"")
        html.attribute("id", table.table.id)
        html.attribute("aria-labelledby", titleID + " " + table.titleID)
        html.raw(">\n")
        table.write(to: &html)
        html.raw("</div>\n")
        html.notes(table.table.notes)
      }
    }
    html.raw("</div>\n")
    html.notes(notes)
    html.downloads(downloads, of: caption.title)
    html.raw("</div>\n")
  }
}

extension HTMLWriter {
  /// Fields of one line share its width; a phone sets them one below another.
  fileprivate mutating func fields(_ lines: [[Field]]) {
    guard lines.contains(where: { !$0.isEmpty }) else { return }
    raw("<dl class=\"fields\">\n")
    for line in lines {
      for field in line {
        raw("<div class=\"field share-\(min(line.count, 6))\"><dt>")
        brokenText(field.label)
        raw("</dt><dd")
        let classes = [field.value.stateClass].compactMap(\.self) + field.value.classes
        attributeUnlessEmpty("class", classes.joined(separator: " "))
        if let id = field.value.id { attribute("id", id) }
        if let place = field.value.place { self.place(place) }
        raw(">")
        if case .empty = field.value.content {
          raw("<span class=\"hidden\">空</span>")
        } else {
          content(of: field.value)
        }
        raw("</dd></div>\n")
      }
    }
    raw("</dl>\n")
  }

  fileprivate mutating func texts(_ title: String, _ columns: [TextColumn], below level: Int?) {
    let tag = level.map { "h\(min(max($0, 2) + 1, 6))" } ?? "p"
    let inner = level.map { "h\(min(max($0, 2) + 2, 6))" } ?? "p"
    raw("<div class=\"texts\">\n")
    element(tag, [("class", "block-title")], text: title)
    guard !columns.isEmpty else {
      raw("\n</div>\n")
      return
    }
    raw("\n<div class=\"text-columns columns-\(min(max(columns.count, 1), 3))\">\n")
    for column in columns {
      raw("<div class=\"text-column\"")
      if let place = column.place { self.place(place) }
      raw(">\n")
      if let heading = column.heading {
        element(inner, [("class", "text-heading")], text: heading)
        raw("\n")
      }
      let paragraphs = column.paragraphs.filter { !$0.isBlank }
      for paragraph in paragraphs {
        element("p", text: paragraph)
        raw("\n")
      }
      if paragraphs.isEmpty { raw("<p class=\"blank\"><span class=\"hidden\">空</span></p>\n") }
      raw("</div>\n")
    }
    raw("</div>\n</div>\n")
  }
}
