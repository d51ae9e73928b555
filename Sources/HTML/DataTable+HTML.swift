extension DataTable {
  /// How a table is put on the page.
  public struct Layout: Sendable, Hashable {
    /// Tables with more leaf columns than this are printed on landscape paper.
    public var widestPortrait: Int

    public init(widestPortrait: Int = 8) {
      self.widestPortrait = widestPortrait
    }
  }

  /// The table with its caption, notes and downloads, ready to be put into a page.
  public func html(_ layout: Layout = Layout()) -> [UInt8] {
    var writer = HTMLWriter(reserving: 4096 + rows.count * 512)
    write(to: &writer, layout)
    return writer.bytes
  }

  public func write(to html: inout HTMLWriter, _ layout: Layout = Layout()) {
    let table = LaidOutTable(self)
    var classes = ["data-table"]
    if table.header.leaves.count > layout.widestPortrait { classes.append("wide") }
    if panels.count > 1 { classes.append("panels") }
    if table.body.hasMergedHeaders { classes.append("merged") }
    html.raw("<div")
    html.attribute("class", classes.joined(separator: " "))
    html.attribute("id", id)
    html.raw(">\n<div class=\"table-scroll\" role=\"region\" tabindex=\"0\"")
    html.attribute("aria-labelledby", table.titleID)
    html.raw(">\n")
    table.write(to: &html)
    html.raw("</div>\n")
    html.notes(rows.isEmpty ? notes : notes + (emptyStatement.map { [$0] } ?? []))
    html.downloads(downloads, of: caption.title)
    html.raw("</div>\n")
  }
}

extension HTMLWriter {
  mutating func notes(_ notes: [String]) {
    guard !notes.isEmpty else { return }
    raw("<div class=\"notes\">\n")
    for note in notes {
      element("p", text: note)
      raw("\n")
    }
    raw("</div>\n")
  }

  mutating func downloads(_ downloads: [Download], of title: String) {
    guard !downloads.isEmpty else { return }
    raw("<ul class=\"downloads\">\n")
    for download in downloads {
      raw("<li><a download")
      attribute("href", download.href)
      raw("><span class=\"hidden\">下载")
      text(title)
      raw("：</span>")
      text(download.label)
      if let size = download.size {
        raw("<span class=\"size\">（")
        text(size)
        raw("）</span>")
      }
      raw("</a></li>\n")
    }
    raw("</ul>\n")
  }

  /// The words of a caption: number and title, then the line of small print.
  mutating func caption(_ caption: Caption, titleID: String) {
    let tag = caption.headingLevel.map { "h\(min(max($0, 2), 6))" } ?? "span"
    raw("<\(tag) class=\"table-title\"")
    attribute("id", titleID)
    raw(">")
    if let number = caption.number {
      element("span", [("class", "table-number")], text: number)
      raw(" ")
    }
    text(caption.title)
    raw("</\(tag)>")
    guard caption.subject != nil || !caption.meta.isEmpty else { return }
    raw("\n<span class=\"table-facts\">")
    if let subject = caption.subject {
      element("span", [("class", "table-subject")], text: subject)
      raw(" ")
    }
    if !caption.meta.isEmpty {
      element("span", [("class", "table-meta")], text: caption.meta.joined(separator: " · "))
    }
    raw("</span>")
  }
}
