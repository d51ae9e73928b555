import Foundation

/// The project's folder, found from this file.
let projectFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

/// A target of the manifest, as far as its text says.
struct Room {
  var kind: String
  var name: String
  /// Names of targets and products.
  var dependencies: [String]
  var folder: String
}

/// Reads the targets out of the manifest's text: asking the package manager would wait for ever on its own lock.
func readManifest(_ text: String) -> [Room] {
  let body = text.split(separator: "\n").map { line in
    line.firstRange(of: "//").map { String(line[..<$0.lowerBound]) } ?? String(line)
  }
  .joined(separator: "\n")
  guard let list = body.firstRange(of: "targets: [\n") else { return [] }
  var rooms: [Room] = []
  var rest = body[list.upperBound...]
  let start = /\.(target|systemLibrary|executableTarget|testTarget|plugin)\(/
  while let match = rest.firstMatch(of: start) {
    var depth = 1
    var end = match.range.upperBound
    while end < rest.endIndex, depth > 0 {
      if rest[end] == "(" { depth += 1 }
      if rest[end] == ")" { depth -= 1 }
      end = rest.index(after: end)
    }
    let arguments = rest[match.range.upperBound..<end]
    if let name = arguments.firstMatch(of: /name: "([^"]+)"/)?.1 {
      let isTest = match.1 == "testTarget"
      let path = arguments.firstMatch(of: /path: "([^"]+)"/).map { String($0.1) }
      rooms.append(
        Room(
          kind: String(match.1), name: String(name), dependencies: dependencies(in: arguments),
          folder: path ?? (isTest ? "Tests/" : "Sources/") + name))
    }
    rest = rest[end...]
  }
  return rooms
}

private func dependencies(in arguments: Substring) -> [String] {
  guard let list = arguments.firstRange(of: "dependencies: [") else { return [] }
  var depth = 1
  var end = list.upperBound
  while end < arguments.endIndex, depth > 0 {
    if arguments[end] == "[" { depth += 1 }
    if arguments[end] == "]" { depth -= 1 }
    end = arguments.index(after: end)
  }
  // A product counts by its own name, not by that of its package.
  let inside = arguments[list.upperBound..<end].replacing(/, package: "[^"]+"/, with: "")
  return inside.matches(of: /"([^"]+)"/).map { String($0.1) }
}

/// The Swift files below a folder of the project, by path, in order.
func swiftFiles(below folder: String) throws -> [(path: String, text: String)] {
  let root = projectFolder.appendingPathComponent(folder)
  let names = try FileManager.default.subpathsOfDirectory(atPath: root.path).filter { $0.hasSuffix(".swift") }
    .sorted()
  return try names.map {
    (folder + "/" + $0, try String(contentsOf: root.appendingPathComponent($0), encoding: .utf8))
  }
}

/// The modules that a file imports, with the line of each.
func imports(of text: String) -> [(line: Int, module: String)] {
  let pattern =
    /^\s*(?:@[A-Za-z()]+\s+)*(?:public |package |internal |fileprivate |private )?import\s+(?:struct |class |enum |protocol |typealias |func |let |var )?([A-Za-z_0-9]+)/
  return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap {
    number, line in
    line.firstMatch(of: pattern).map { (number + 1, String($0.1)) }
  }
}
