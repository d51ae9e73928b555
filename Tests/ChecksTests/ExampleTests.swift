import Content
import Diagnostics
import Forms
import Parsing
import Testing

@testable import Checks

/// A small disclosure made from the files of an example.
struct ExampleDisclosure {
  var findings: [Finding]
  /// Where ↓ stood, as file:line:column.
  var marked: String?

  init(_ example: Check.Example) throws {
    var marked: String?
    var own: [SourceText] = []
    var ids: [String] = []
    var files: [UnitFiles.File] = [
      .init(path: "unit.yaml", bytes: Array("name: 县局\n".utf8), size: 0)
    ]
    var rest = ""
    var folders: Set<String> = []
    for file in example.files {
      if file.name.hasPrefix("forms/") {
        own.append(SourceText(file: "content/forms/example/" + file.name.dropFirst(6), text: file.text))
        let line = try #require(file.text.split(separator: "\n").first { $0.hasPrefix("id: ") })
        ids.append(String(line.dropFirst(4)))
        continue
      }
      if file.name == "set.yaml" {
        rest = file.text
        continue
      }
      // Without a folder, a file of the budget of 2022.
      let path = file.name.contains("/") ? file.name : "2022/budget/" + file.name
      let folder = path.split(separator: "/").dropLast().joined(separator: "/")
      folders.insert(folder)
      var text = file.text
      if path.hasSuffix("/disclosure.yaml"), !text.contains("published:") {
        text = Self.settings(of: folder) + text
      }
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      for (number, line) in lines.enumerated() {
        guard let arrow = line.unicodeScalars.firstIndex(of: "↓") else { continue }
        let column = line.unicodeScalars.distance(from: line.unicodeScalars.startIndex, to: arrow) + 1
        marked = "content/xian/\(path):\(number + 1):\(column)"
      }
      files.append(.init(path: path, bytes: Array(text.replacing("↓", with: "").utf8), size: 0))
    }
    if folders.isEmpty { folders.insert("2022/budget") }
    for folder in folders.sorted() where !files.contains(where: { $0.path == folder + "/disclosure.yaml" }) {
      files.append(
        .init(path: folder + "/disclosure.yaml", bytes: Array(Self.settings(of: folder).utf8), size: 0))
    }
    // Each kind has a set with the same forms.
    for kind in Set(folders.compactMap { $0.split(separator: "/").last.map(String.init) }).sorted() {
      let name = kind == "budget" ? "example" : "example-" + kind
      let entries = ids.map { "  - {form: example/\($0), required: false}\n" }.joined()
      own.append(
        SourceText(
          file: "content/forms/\(name)/set.yaml",
          text: "id: \(name)\ntitle: 例\nkind: \(kind)\nforms:\n" + entries + rest))
    }
    let library = FormLibrary(own: own)
    var found = library.findings
    let parsed = parse(UnitFiles(slug: "xian", folder: "content/xian", files: files), findings: &found)
    let unit = try #require(bind(parsed, to: library, findings: &found))
    found += check(unit.disclosures, with: library.facts)
    findings = found
    self.marked = marked
  }

  /// What a disclosure must say of itself: accounts are published in the year after.
  private static func settings(of folder: String) -> String {
    let year = folder.split(separator: "/").first.flatMap { Int($0) } ?? 2022
    return folder.hasSuffix("final-accounts")
      ? "published: \(year + 1)-09-01 09:00\n" : "published: \(year)-02-01 09:00\n"
  }
}

@Suite struct CheckExampleTests {
  @Test(arguments: Check.all.map(\.id))
  func `each check speaks at the marked place of its failing examples and nowhere else`(_ id: String) throws {
    let check = try #require(Check.named(id))
    #expect(check.examples.contains { $0.fails })
    #expect(check.examples.contains { !$0.fails })
    for example in check.examples {
      let result = try ExampleDisclosure(example)
      let serious = result.findings.filter { $0.severity > .info }
      let mine = result.findings.filter { $0.id == id && $0.severity >= min(check.severity, .warning) }
      let places = mine.map { "\($0.place.file):\($0.place.line):\($0.place.column)" }
      if example.fails {
        #expect(result.marked != nil)
        #expect(
          places == [result.marked],
          "\(id): \(serious.map { "\($0.place.file):\($0.place.line):\($0.place.column) \($0.id) \($0.message)" })"
        )
      } else {
        #expect(
          serious.isEmpty, "\(serious.map { "\($0.place.file):\($0.place.line) \($0.id) \($0.message)" })")
      }
    }
  }

  @Test func `ids are unique and every check says why`() {
    #expect(Set(Check.all.map(\.id)).count == Check.all.count)
    #expect(Check.all.allSatisfy { !$0.why.isEmpty && !$0.title.isEmpty })
  }
}
