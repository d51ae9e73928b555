import Foundation
import Testing

/// Regions, units and tables are data: no program text may name one.
@Suite struct DataInCodeTests {
  @Test func `no Swift file names a region, a unit or a table`() throws {
    let names = try namesInData()
    #expect(names.count > 20)
    for file in try swiftFiles(below: "Sources") where !file.path.hasPrefix("Sources/Forms/Catalogue") {
      for (number, line) in file.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
        let code = withoutExamples(line)
        for name in names where code.contains(name) {
          Issue.record("\(file.path):\(number + 1) names “\(name)”")
        }
      }
    }
  }

  /// Comments and hints explain by example; what the program does must not depend on a name.
  private func withoutExamples(_ line: Substring) -> Substring {
    let body = line.firstRange(of: "//").map { line[..<$0.lowerBound] } ?? line
    if let hint = body.firstRange(of: "hint: \"") { return body[..<hint.lowerBound] }
    return body.contains("例如") || body.contains("写作") ? "" : body
  }

  /// Regions of the sets and units, names of units, titles of forms, as the data files say.
  private func namesInData() throws -> Set<String> {
    var names: Set<String> = []
    for path in try dataFiles(below: "Sources/Forms/Catalogue") + dataFiles(below: "content") {
      let text = try String(contentsOf: projectFolder.appendingPathComponent(path), encoding: .utf8)
      let file = path.split(separator: "/").last.map(String.init) ?? ""
      for region in values(of: "region", in: text) {
        names.formUnion(region.split(separator: "/").map(String.init))
      }
      if file == "unit.yaml" {
        names.formUnion(values(of: "name", in: text) + values(of: "short-name", in: text))
      } else if path.hasPrefix("Sources"), !["kinds.yaml", "facts.yaml", "fragments.yaml"].contains(file) {
        names.formUnion(
          values(of: "title", in: text).map { $0.replacing(/\{year[^}]*\}年?度?/, with: "") }.filter {
            $0.count >= 4
          })
      }
    }
    return names.filter { $0.count >= 2 }
  }

  private func dataFiles(below folder: String) throws -> [String] {
    let root = projectFolder.appendingPathComponent(folder).path
    return try FileManager.default.subpathsOfDirectory(atPath: root).filter { $0.hasSuffix(".yaml") }.sorted()
      .map { folder + "/" + $0 }
  }

  /// Values of a key at the beginning of a line.
  private func values(of key: String, in text: String) -> [String] {
    text.split(separator: "\n").compactMap { line in
      guard line.hasPrefix(key + ":") else { return nil }
      let value = line.dropFirst(key.count + 1)
      let bare = value.firstRange(of: " #").map { value[..<$0.lowerBound] } ?? value
      return bare.trimmingCharacters(in: CharacterSet(charactersIn: " \"'"))
    }
  }
}
