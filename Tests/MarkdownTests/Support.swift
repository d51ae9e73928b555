import Diagnostics
import Markdown

/// A narrative's document and findings together.
struct Reading {
  var document: MarkdownDocument
  var findings: [Finding] = []

  init(_ text: String, numbering: HeadingNumbering = .none) {
    document = parseMarkdown(text, file: "narrative.md", numbering: numbering, findings: &findings)
  }

  /// Findings as a short table.
  var table: [[String]] { findings.map { ["\($0.place.line):\($0.place.column)", $0.id] } }

  /// The HTML, with each placeholder shown as its text in brackets, and without the last line break.
  var html: String {
    var html = document.renderHTML(placeholder: { "⟦\(document.placeholders[$0].text)⟧" })
    if html.hasSuffix("\n") { html.removeLast() }
    return html
  }
}

/// The text that a place marks in a source.
func marked(_ place: Place, in text: String) -> String {
  let lines = text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
  guard lines.indices.contains(place.line - 1) else { return "(no line \(place.line))" }
  return String(
    String.UnicodeScalarView(
      lines[place.line - 1].unicodeScalars.dropFirst(place.column - 1).prefix(place.length)))
}
