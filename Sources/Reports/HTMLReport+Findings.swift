import Diagnostics
import HTML

extension HTMLReport {
  /// What is to be done, under each disclosure.
  func writeFindings(to html: inout HTMLWriter) {
    guard !open.isEmpty else { return }
    html.raw("<section>\n<h2 id=\"findings\">要处理的问题</h2>\n")
    for group in open {
      html.raw("<section class=\"document\">\n<h3")
      html.attribute("id", anchors[group.key] ?? "findings")
      html.raw(">")
      html.text(group.title)
      html.raw("</h3>\n<ol class=\"findings\">\n")
      for item in group.findings.folded(limit: Self.limit) {
        switch item {
        case .finding(let finding): write(finding, to: &html)
        case .more(let rest):
          html.raw("<li class=\"more\">")
          html.text("还有 \(rest.count) 处同类的\(rest[0].severity.chinese)，在 \(rest.placesInShort())；")
          html.raw("<code>gongkai check -v</code>")
          html.text(" 全部列出。")
          html.raw("</li>\n")
        }
      }
      html.raw("</ol>\n</section>\n")
    }
    html.raw("</section>\n")
  }

  private func write(_ finding: Finding, to html: inout HTMLWriter) {
    html.raw("<li")
    html.attribute("class", finding.severity.key)
    html.raw(">\n<p class=\"message\">")
    html.element("strong", [("class", "severity")], text: finding.severity.chinese)
    html.raw(" ")
    html.text(finding.message)
    html.raw("</p>\n<p class=\"place\">")
    if let subject = words(of: finding.subject) {
      html.text(subject)
      html.raw("　")
    }
    write(finding.place, to: &html)
    html.raw("</p>\n")
    writeExcerpt(at: finding.place, to: &html)
    if let hint = finding.hint {
      html.raw("<p class=\"advice\"><b>怎么办</b>　")
      html.text(hint)
      html.raw("</p>\n")
    }
    writeNotes(of: finding, to: &html)
    html.raw("<p class=\"rule\">规则　<a")
    html.attribute("href", "#rule-" + finding.id)
    html.raw(">")
    html.text(rules[finding.id]?.title ?? finding.id)
    html.raw("</a></p>\n</li>\n")
  }

  /// 支出预算表 › 合计 › 预算数
  func words(of subject: Subject) -> String? {
    let names = [subject.table, subject.row, subject.column].compactMap { $0 }.filter { !$0.isEmpty }
    return names.isEmpty ? nil : names.joined(separator: " › ")
  }

  func write(_ place: Place, to html: inout HTMLWriter) {
    html.raw("<code>")
    html.text(place.file)
    html.raw("</code>")
    if place.line > 0 { html.text(" 第 \(place.line) 行第 \(max(place.column, 1)) 字") }
  }

  /// The source line with the marked words; of a long line what stands around them.
  private func writeExcerpt(at place: Place, to html: inout HTMLWriter) {
    guard place.line > 0, let line = lines(place.file, place.line) else { return }
    let scalars = Array(line.unicodeScalars)
    let start = min(max(place.column, 1) - 1, scalars.count)
    let end = min(start + max(place.length, 1), scalars.count)
    let (first, last) = (max(0, start - 60), min(scalars.count, max(end, start) + 60))
    // The marked words may be as long as a line of a text.
    let marked = min(end, start + 120)
    html.raw("<pre><code>")
    html.text((first > 0 ? "…" : "") + string(scalars[first..<start]))
    html.element("mark", text: string(scalars[start..<marked]))
    html.text(string(scalars[marked..<max(marked, last)]) + (last < scalars.count ? "…" : ""))
    html.raw("</code></pre>\n")
  }

  private func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  private func writeNotes(of finding: Finding, to html: inout HTMLWriter) {
    guard !finding.notes.isEmpty else { return }
    html.raw("<ul class=\"notes\">\n")
    for note in finding.notes.prefix(Self.notesShown) {
      html.raw("<li>")
      html.text(note.message)
      if let place = note.place {
        html.raw("<br><span class=\"place\">")
        write(place, to: &html)
        html.raw("</span>")
      }
      html.raw("</li>\n")
    }
    if finding.notes.count > Self.notesShown {
      html.element("li", text: "等 \(finding.notes.count) 处")
      html.raw("\n")
    }
    html.raw("</ul>\n")
  }
}
