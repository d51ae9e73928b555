import Foundation

/// A new folder with the files of a case, and the few commands that look into it.
final class WorkFolder {
  let path: String
  /// What the last command printed, and what `keep` saw.
  private var last = ""
  private var kept: [Entry] = []

  init(files: [(name: String, text: String)]) throws {
    path = FileManager.default.temporaryDirectory.path + "/gongkai-case-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for file in files { try write(file.name, Data(file.text.utf8)) }
  }

  func remove() { try? FileManager.default.removeItem(atPath: path) }

  func run(_ command: String) throws -> CommandLineProgram.Result {
    var words = split(command)
    var environment: [String: String] = [:]
    while let word = words.first, let equals = word.firstIndex(of: "="), !word.hasPrefix("-") {
      environment[String(word[..<equals])] = String(word[word.index(after: equals)...])
      words.removeFirst()
    }
    guard let program = words.first else { return .init(output: "", errors: "没有命令", code: 127) }
    let arguments = Array(words.dropFirst())
    if program == "gongkai" {
      let result = try CommandLineProgram.run(arguments, in: path, environment: environment)
      last = result.output
      return result
    }
    return .init(output: try builtIn(program, arguments), errors: "", code: 0)
  }

  private func builtIn(_ program: String, _ arguments: [String]) throws -> String {
    let file = arguments.first ?? ""
    switch program {
    case "files": return listing(of: file).map { $0.name + "\n" }.joined()
    case "keep":
      kept = listing(of: file)
      return ""
    case "compare":
      let now = listing(of: file)
      let changed = Set(now).symmetricDifference(kept).map(\.name)
      return changed.isEmpty ? "\(now.count) 个文件，没有变化\n" : Set(changed).sorted().map { "变了：\($0)\n" }.joined()
    case "cat": return try String(contentsOfFile: path + "/" + file, encoding: .utf8)
    case "write":
      try write(
        file, Data((arguments.dropFirst().joined(separator: " ").replacing("\\n", with: "\n") + "\n").utf8))
      return ""
    case "remove":
      try FileManager.default.removeItem(atPath: path + "/" + file)
      return ""
    case "rename":
      try FileManager.default.moveItem(atPath: path + "/" + file, toPath: path + "/" + (arguments.last ?? ""))
      return ""
    case "gbk":
      let text = try String(contentsOfFile: path + "/" + file, encoding: .utf8)
      try write(file, try Self.encodedAsGB18030(text))
      return ""
    case "matches":
      let text = try String(contentsOfFile: path + "/" + file, encoding: .utf8)
      let wanted = arguments.dropFirst().joined(separator: " ")
      return text.split(separator: "\n").filter { $0.contains(wanted) }.map { $0 + "\n" }.joined()
    case "json": return try findingsInJSON()
    default: return "没有这个命令：\(program)\n"
    }
  }

  private struct Entry: Hashable {
    var name: String
    var bytes: Data
  }

  /// All files below a folder in order; none where there is no such folder.
  private func listing(of folder: String) -> [Entry] {
    guard let walk = FileManager.default.enumerator(atPath: path + "/" + folder) else { return [] }
    var entries: [Entry] = []
    for case let name as String in walk {
      var isFolder: ObjCBool = false
      let full = path + "/" + folder + "/" + name
      guard FileManager.default.fileExists(atPath: full, isDirectory: &isFolder), !isFolder.boolValue else {
        continue
      }
      entries.append(Entry(name: name, bytes: FileManager.default.contents(atPath: full) ?? Data()))
    }
    return entries.sorted { $0.name < $1.name }
  }

  private func findingsInJSON() throws -> String {
    struct Report: Decodable {
      struct Finding: Decodable {
        var id: String
        var severity: String
        var file: String
        var line: Int?
        var column: Int?
        var waived: Bool
        var waiverReason: String?
      }
      var errors: Int
      var warnings: Int
      var infos: Int
      var waived: Int
      var findings: [Finding]
    }
    let report = try JSONDecoder().decode(Report.self, from: Data(last.utf8))
    let counts =
      "errors \(report.errors) warnings \(report.warnings) infos \(report.infos) waived \(report.waived)\n"
    return counts
      + report.findings.map { finding in
        let place = [finding.file, finding.line.map(String.init), finding.column.map(String.init)].compactMap
        { $0 }
        let reason = finding.waiverReason.map { "（\($0)）" } ?? ""
        return
          "\(place.joined(separator: ":")) \(finding.severity) \(finding.id)\(finding.waived ? " waived" : "")\(reason)\n"
      }.joined()
  }

  func write(_ name: String, _ data: Data) throws {
    let url = URL(filePath: path + "/" + name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: url)
  }

  /// Words apart by spaces; `'…'` holds spaces together.
  private func split(_ command: String) -> [String] {
    var words: [String] = []
    var word: String?
    var isQuoted = false
    for character in command {
      if character == "'" {
        isQuoted.toggle()
        word = word ?? ""
      } else if character == " ", !isQuoted {
        if let done = word { words.append(done) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    return words + (word.map { [$0] } ?? [])
  }

  private static func encodedAsGB18030(_ text: String) throws -> Data {
    let process = Process()
    let (input, output) = (Pipe(), Pipe())
    process.executableURL = URL(filePath: "/usr/bin/iconv")
    process.arguments = ["-f", "UTF-8", "-t", "GB18030"]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
    try input.fileHandleForWriting.close()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return data
  }
}
