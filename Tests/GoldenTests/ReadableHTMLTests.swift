import Testing

@Suite struct ReadableHTMLTests {
  @Test func `an element of words is one line, others open a block`() {
    let html =
      "<html><head><title>页</title></head><body><main><h1>甲 <em>乙</em></h1><ul><li>一</li></ul></main></body></html>"
    #expect(
      ReadableHTML.page(html) == """
        <title>页</title>
        <main>
          <h1>甲 <em>乙</em></h1>
          <ul>
            <li>一</li>
          </ul>
        </main>

        """)
  }

  @Test func `a row is one line without what only joins cells and headers`() {
    let html = """
      <main><table><tr class="total"><th id="r" scope="row" class="name">合计</th>
      <td headers="r c"><data value="1273.52">1,273.52</data></td><td><data value="5">5%</data></td></tr></table></main>
      """
    #expect(
      ReadableHTML.page(html).contains(
        "    <tr class=\"total\"><th class=\"name\">合计 <td>1,273.52<td><data value=\"5\">5%</data></tr>\n"))
  }

  @Test(arguments: GoldenSite.all)
  func `the readable form of a page loses no word of it`(_ site: GoldenSite) async throws {
    let built = try await BuiltSite.build(site.content)
    for (path, bytes) in built.files where path.hasSuffix("/index.html") {
      let html = String(decoding: bytes, as: UTF8.self)
      let mains = HTMLTree.all(named: ["main"], in: HTMLTree.parse(html)).map { HTMLTree.Node.element($0) }
      let printed = HTMLTree.all(named: ["main"], in: HTMLTree.parse(closed(ReadableHTML.page(html))))
      #expect(words(mains) == words(printed.map { .element($0) }), "\(site.name) \(path)")
    }
  }

  /// Cells are printed without end tags; the tree wants them.
  private func closed(_ text: String) -> String {
    text.replacing(/<(td|th)(?=[ >])/) { "\u{0}<\($0.1)" }.split(separator: "\n").map { line in
      guard line.contains("\u{0}") else { return String(line) }
      let parts = line.split(separator: "\u{0}", omittingEmptySubsequences: false)
      let cells = parts.dropFirst().map { part in
        let end = part.hasPrefix("<td") ? "</td>" : "</th>"
        return part.hasSuffix("</tr>") ? part.dropLast(5) + end + "</tr>" : part + end
      }
      return parts[0] + cells.joined()
    }.joined(separator: "\n")
  }

  private func words(_ nodes: [HTMLTree.Node]) -> String {
    nodes.map { node in
      switch node {
      case .text(let text): text.filter { !$0.isWhitespace }
      case .element(let element): words(element.children)
      }
    }.joined()
  }
}
