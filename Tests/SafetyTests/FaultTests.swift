import Diagnostics
import Testing

/// What a user may do to a site by mistake, and the finding that answers it.
struct FaultTests {
  /// A change of one file, and the ids of the errors that must follow: those and no others.
  struct Fault: Sendable, CustomTestStringConvertible {
    var name: String
    var path: String
    var change: @Sendable (String) -> [UInt8]
    var ids: Set<String>

    init(_ name: String, _ path: String, _ ids: Set<String>, _ change: @escaping @Sendable (String) -> String)
    {
      self.init(name, path, ids, bytes: { Array(change($0).utf8) })
    }

    init(_ name: String, _ path: String, _ ids: Set<String>, bytes: @escaping @Sendable (String) -> [UInt8]) {
      (self.name, self.path, self.ids, change) = (name, path, ids, bytes)
    }

    var testDescription: String { name }
  }

  static let folder = "content/small/2023/budget/"
  static let csv = folder + "收支表.csv"
  static let disclosure = folder + "disclosure.yaml"
  static let narrative = folder + "narrative.md"
  static let sheet = folder + "sheet.yaml"
  static let list = "content/forms/own/list.yaml"

  /// 项目 in GB18030, followed by the rest of the file in ASCII.
  static let chineseInGBK: [UInt8] = [0xCF, 0xEE, 0xC4, 0xBF, 0xBD, 0xF0, 0xB6, 0xEE]

  static let faults = [
    Fault("an empty table", csv, ["csv-empty"]) { _ in "" },
    Fault("a table of a byte order mark", csv, ["csv-empty"]) { _ in "\u{FEFF}" },
    Fault("a table in GBK", csv, ["encoding-not-utf8"], bytes: { _ in chineseInGBK + Array(",1\n".utf8) }),
    Fault("a table in UTF-16", csv, ["encoding-not-utf8"], bytes: { _ in [0xFF, 0xFE, 0x79, 0x98] }),
    Fault("broken UTF-8", csv, ["encoding-not-utf8"], bytes: { Array($0.utf8) + [0xFF] }),
    Fault("a NUL byte", csv, ["encoding-nul-byte"]) { $0 + "\0" },
    Fault("an open quote", csv, ["csv-unclosed-quote"]) { $0 + "\"" },
    Fault("a row too long", csv, ["csv-ragged-row"]) { $0 + "a,b,c,d,e,f,g\n" },
    Fault("columns twice", csv, ["csv-duplicate-column"]) {
      $0.split(separator: "\n").map { "\($0),\($0)" }.joined(separator: "\n")
    },
    Fault("semicolons", csv, ["csv-separator"]) { $0.replacing(",", with: ";") },
    Fault("words for a figure", csv, ["not-an-amount"]) { $0.replacing(",3.00,100%", with: ",3.00,abc") },
    Fault("a figure beyond all measure", csv, ["not-an-amount"]) {
      $0.replacing(",3.00,100%", with: "," + String(repeating: "9", count: 40) + ",100%")
    },
    Fault("a level beyond all measure", csv, ["not-a-level"]) { text in
      text.split(separator: "\n").enumerated().map { $1 + ($0 == 0 ? ",层级" : ",-9223372036854775808") }
        .joined(separator: "\n")
    },
    Fault("broken YAML", disclosure, ["yaml-syntax"]) { $0 + "a: [\n" },
    Fault("a tab in YAML", disclosure, ["yaml-syntax"]) { $0 + "a:\n\tb: c\n" },
    Fault("two documents in YAML", disclosure, ["yaml-syntax"]) { $0 + "---\na: b\n" },
    Fault("a key twice", disclosure, ["yaml-duplicate-key"]) { $0 + "title: 又一个\n" },
    Fault("a list for a key", disclosure, ["yaml-syntax"]) { $0 + "[a]: b\n" },
    Fault("a list for a file", disclosure, ["disclosure-settings"]) { _ in "- a\n" },
    Fault("YAML as deep as a well", disclosure, ["yaml-syntax"]) { _ in String(repeating: "[", count: 100_000)
    },
    Fault("a bomb of aliases", disclosure, ["yaml-too-large"]) { _ in
      var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
      for level in 1...9 {
        text +=
          "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
          + "]\n"
      }
      return text
    },
    Fault("a text in broken UTF-8", narrative, ["encoding-not-utf8"], bytes: { Array($0.utf8) + [0xC3] }),
    Fault("a formula as deep as a well", narrative, ["formula-syntax"]) { text in
      text + "\n{{ " + String(repeating: "(", count: 5_000) + "1 }}\n"
    },
    Fault("a link to nothing", narrative, ["attachment-missing"]) { $0 + "\n[x](../../../../etc/passwd)\n" },
    Fault("a sheet's table in one line", sheet, ["sheet-syntax"]) { text in
      text.replacing("funds: |\n  项目,预算数\n  合计,3.00", with: "funds: \"项目,预算数\\n合计,3.00\"")
    },
    Fault("a fragment of fragments", list, ["form-syntax"]) { text in
      text.replacing(
        "months: [", with: "months: [" + String(repeating: "{title: x, columns: months}, ", count: 20))
    },
    Fault("columns that repeat themselves", list, ["form-syntax"]) { text in
      text.replacing("months: [", with: "months: [{repeat: months, columns: months}, ")
    },
    Fault("rows that repeat themselves", list, ["form-syntax"]) { text in
      text.replacing("rows:\n", with: "rows:\n  - {repeat: r}\n").replacing(
        "fragments:\n", with: "fragments:\n  r: [{repeat: r}, {repeat: r}]\n")
    },
    Fault("levels without a level", list, ["form-syntax"]) {
      $0.replacing("free: lines, of: project", with: "levels: []")
    },
    Fault("decimals without end", list, ["form-syntax"]) {
      $0.replacing("decimals: 2", with: "decimals: 99")
    },
    Fault("a form that is a list", list, ["form-syntax"]) { _ in "- a\n" },
    Fault("a template that brings in itself", "Themes/own/404.mustache", ["theme-syntax"]) { _ in "{{>404}}"
    },
    Fault("a template as deep as a well", "Themes/own/404.mustache", ["theme-syntax"]) { _ in
      String(repeating: "{{#meta}}", count: 100_000) + String(repeating: "{{/meta}}", count: 100_000)
    },
    Fault("a template in bytes", "Themes/own/404.mustache", ["theme-syntax"], bytes: { _ in Array(0...255) }),
  ]

  @Test(arguments: faults)
  func `a fault has its finding, and only that`(_ fault: Fault) async throws {
    var site = try SampleSite(units: [])
    #expect(try await site.check().blocking == [])
    site.files[fault.path] = fault.change(site[fault.path])
    let found = try await site.check().blocking
    #expect(Set(found.map(\.id)) == fault.ids)
    #expect(found.count { $0.place.file == fault.path } > 0 || fault.path == Self.list)
  }

  /// Text is escaped where it stands: between tags, in attributes, in data for machines.
  @Test func `markup in texts is published as text`() async throws {
    let evil = "\"\u{0301}'><script>alert(1)</script>]]>"
    var site = try SampleSite(units: [])
    // Written out: a quote with a combining mark is one character, and would not be found in a text.
    let quoted = "\"\"\"\u{0301}'><script>alert(1)</script>]]>\""
    site[Self.csv] = site[Self.csv].replacing("帮扶,", with: quoted + ",")
    site["content/small/unit.yaml"] = "name: '" + evil.replacing("'", with: "''") + "'\nregion: 示例省/示例县\n"
    site["content/site.yaml"] = site["content/site.yaml"].replacing("banner: ", with: "banner: <script>")
    let folder = try TemporarySite(site)
    let result = try folder.run("build")
    #expect(result.code == 0, "\(result.output)")
    let pages = try folder.publicFiles().filter { $0.key.hasSuffix(".html") || $0.key.hasSuffix(".xml") }
    #expect(pages.count > 4)
    for (path, bytes) in pages {
      let text = String(decoding: bytes, as: UTF8.self)
      let holdsScript = text.contains("<script>")
      #expect(!holdsScript, "\(path)")
      let holdsMarkup = text.unicodeScalars.contains("'><".unicodeScalars)
      #expect(!holdsMarkup, "\(path)")
    }
  }
}
