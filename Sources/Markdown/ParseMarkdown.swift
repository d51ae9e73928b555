import Diagnostics

/// Reads a narrative: CommonMark without HTML, with `{{ … }}` kept aside for the formula language.
///
///     var findings: [Finding] = []
///     let text = "## 收入\n共**{{ 收支总表[收入总计] }}**元。"
///     let document = parseMarkdown(text, file: "narrative.md", findings: &findings)
///     document.placeholders[0].text   // 收支总表[收入总计]
///
/// Nothing is lost on the way: what this dialect does not know is a finding at its place, and stays as text.
/// - Parameter firstLine: The number of the text's first line in its file.
public func parseMarkdown(
  _ text: String, file: String, firstLine: Int = 1, numbering: HeadingNumbering = .none,
  findings: inout [Finding]
) -> MarkdownDocument {
  var found: [Finding] = []
  var source = SourceText(text, file: file, firstLine: firstLine)
  source.blankUnwantedScalars(&found)
  var rewriter = Rewriter(source, Leaves(in: source))
  let rewritten = rewriter.rewrite(&found)
  var builder = DocumentBuilder(source, rewritten, numbering: numbering)
  let document = builder.build(&found)
  findings += found.inReadingOrder()
  return document
}
