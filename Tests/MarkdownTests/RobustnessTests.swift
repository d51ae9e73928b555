import Diagnostics
import Testing

@testable import Markdown

/// A small generator with a fixed seed, so that a failure comes again.
private struct Dice: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }
}

private let alphabet =
  Array(
    "*_[](){}|<>#&`\\n \"“（。中a1*`*{}~-+=!:^;.）\t\r\\\\\u{0}\u{E000}\u{3000}é𠮷".unicodeScalars) + ["\n", "\n"]
private let words = [
  "{{ x }}", "**", "> ", "- ", "\n\n", "&amp;", "](a)", "[^1]", "~~", "<b>", "|---|", "1. ", "    ", "```\n",
]

@Test func `no text of nasty characters crashes the reader, and every place lies in the text`() {
  var dice = Dice(state: 42)
  for _ in 0..<20_000 {
    var text = ""
    for _ in 0..<Int.random(in: 0..<40, using: &dice) {
      if Int.random(in: 0..<4, using: &dice) == 0 {
        text += words.randomElement(using: &dice) ?? ""
      } else if let scalar = alphabet.randomElement(using: &dice) {
        text.unicodeScalars.append(scalar)
      }
    }
    let reading = Reading(text, numbering: .parts)
    let html = reading.html
    let isClean = !html.unicodeScalars.contains { (0xE000...0xE002).contains($0.value) }
    #expect(isClean, "\(text.debugDescription) → \(html.debugDescription)")
    let lines = LineTable(Array(text.utf8)).lineCount
    let places = reading.findings.map(\.place) + reading.document.placeholders.map(\.place)
    let areInside = places.allSatisfy { $0.line >= 1 && $0.line <= lines && $0.column >= 1 }
    #expect(areInside, "\(text.debugDescription)")
    expectExactPlaces(in: reading.document, of: text)
  }
}

/// Every piece of text stands where its place says, up to escapes and entities.
private func expectExactPlaces(in document: MarkdownDocument, of text: String) {
  guard !text.unicodeScalars.contains(where: { $0.value == 0 || $0.value == 0xE000 || $0 == "\r" }) else {
    return
  }
  func check(_ inlines: [Inline]) {
    for inline in inlines {
      switch inline {
      case .text(let piece, let place):
        let source = marked(place, in: text)
        let isExact =
          source == piece || source.contains("\\") || source.contains("&") || piece.contains("\n")
        #expect(
          isExact, "\(piece.debugDescription) at \(source.debugDescription) in \(text.debugDescription)")
      case .emphasis(let children), .strong(let children), .link(_, let children): check(children)
      default: break
      }
    }
  }
  func check(_ blocks: [Block]) {
    for block in blocks {
      switch block {
      case .paragraph(let inlines, _): check(inlines)
      case .heading(let heading): check(heading.inlines)
      case .quote(let blocks, _): check(blocks)
      case .list(let list): list.items.forEach(check)
      default: break
      }
    }
  }
  check(document.blocks)
}

@Test(arguments: [
  String(repeating: ">", count: 10_000), String(repeating: "> ", count: 10_000) + "甲",
  (0..<1_000).map { String(repeating: " ", count: $0 * 2) + "- 甲" }.joined(separator: "\n"),
  String(repeating: "**甲 *乙 ", count: 3_000) + String(repeating: "丙* 丁** ", count: 3_000),
])
func `nesting past the limit is one error`(_ text: String) {
  #expect(Reading(text).findings.filter { $0.id == "markdown-too-deep" }.count == 1)
}

@Test(arguments: [
  "[", "](", "![", "`", "<a", "{{", "**“", "*a ", "&", "~~", "[^1]", "\\", "`a``", "{{a}}", "[a](b) ",
  "|---|\n", "[a]: b\n", "“**",
])
func `a long row of one piece of syntax takes no long time`(_ piece: String) {
  let text = String(repeating: piece, count: 100_000 / piece.utf8.count)
  let took = ContinuousClock().measure { _ = Reading(text).html }
  #expect(took < .seconds(5), "\(piece): \(took)")
}

@Test func `an empty text is an empty document`() {
  #expect(Reading("").document == MarkdownDocument())
  #expect(Reading("\u{FEFF}# 甲").document.headings.map(\.text) == ["甲"])
}
