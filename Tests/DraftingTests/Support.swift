import Checks
import Content
import Diagnostics
import Files
import Forms
import Foundation
import Parsing

@testable import Drafting

/// The folders of the project, found from this file.
let testsFolder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path

let catalogue = FormLibrary(own: [])

/// A unit in memory, which drafts are added to.
struct DraftedUnit {
  var library: FormLibrary
  var slug = "danwei"
  var files: [String: String]

  init(_ library: FormLibrary, region: [String] = []) {
    self.library = library
    files = [
      "unit.yaml": "name: 某某县教育局\n" + (region.isEmpty ? "" : "region: \(region.joined(separator: "/"))\n")
    ]
  }

  /// A unit of one of the sites under `Tests`.
  init(site: String, unit: String) throws {
    let content = testsFolder + "/" + site + "/content"
    var own: [SourceText] = []
    for file in Disk.real.fileTree(at: content + "/forms").files {
      let bytes = try Disk.real.read(content + "/forms/" + file.path)
      own.append(SourceText(file: "content/forms/" + file.path, text: String(decoding: bytes, as: UTF8.self)))
    }
    library = FormLibrary(own: own)
    slug = unit
    files = [:]
    for file in Disk.real.fileTree(at: content + "/" + unit).files {
      let bytes = try Disk.real.read(content + "/" + unit + "/" + file.path)
      files[file.path] = String(decoding: bytes, as: UTF8.self)
    }
  }

  mutating func add(_ drafted: [NewFile]) {
    for file in drafted { files[file.path] = String(decoding: file.bytes, as: UTF8.self) }
  }

  func read() throws -> ReadUnit {
    let disk = Disk.inMemory(
      files: Dictionary(uniqueKeysWithValues: files.map { ("content/\(slug)/\($0.key)", $0.value) }))
    return try ReadUnit(slug, in: "content", library: library, on: disk)
  }

  /// What the checks say of it, all but information.
  func findings() throws -> [Finding] {
    let unit = try read()
    return check(unit.bound, with: library.facts, siteWaivers: [], earlier: unit.findings).filter {
      $0.severity > .info && $0.waived == nil
    }
  }

  /// With every mark worked off as shortly as can be: zeros for figures, but no points and no scores.
  func filled() -> DraftedUnit {
    var unit = self
    for (path, text) in files {
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { part -> String in
        let line = String(part)
        if line.hasPrefix("published: 【待填】") { return "published: 2030-01-01" }
        let isDate = ["approved:", "written:", "index-number:"].contains { line.hasPrefix($0) }
        if isDate { return "" }
        // In a sheet: the rows of its tables, the total, and fields of points.
        let isSheet = path.hasSuffix(".yaml") && !path.hasSuffix("disclosure.yaml")
        let isScored = line.contains(",") || line.contains("分值:")
        if isSheet, line.contains("分值: 【"), !line.contains(",") {
          return line.replacing("【待填】", with: "100").replacing("【示例】", with: "100")
        }
        let figure = isSheet && isScored ? "" : "0"
        return line.replacing(" 【待填】, 得分: 【待填】", with: " \"\", 得分: \"\"")
          .replacing("等级: 【待填】", with: "等级: \"\"").replacing("得分: 【待填】", with: "得分: \"\"")
          .replacing("【待填】", with: figure).replacing("【待核】", with: "").replacing("【示例】", with: "例")
      }
      unit.files[path] = lines.joined(separator: "\n")
    }
    return unit
  }
}

func lines(_ findings: [Finding]) -> String {
  findings.map { "\($0.place.file):\($0.place.line):\($0.place.column) \($0.id) \($0.message)" }
    .joined(separator: "\n")
}
