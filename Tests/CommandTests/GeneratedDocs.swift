import Checks
import Content
import Forms
import Foundation
import Testing

/// `make docs` writes the pages anew.
private let isRecording = ProcessInfo.processInfo.environment["RECORD_DOCS"] == "1"

/// Pages of `docs/` that are made from declarations, and so cannot fall behind them.
@Suite struct GeneratedDocs {
  @Test func `docs checks md is what the checks say of themselves`() throws {
    // How well numbers of narratives are tied is measured by the tests of the catalogue; how many faults are found, by
    // make mutation.
    let project = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let measured = try ["Tests/CatalogueTests/tying.md", "Benchmarks/Mutation/result.md"].map {
      try String(contentsOf: project.appending(path: $0), encoding: .utf8)
    }
    try expect(([RuleBook.markdown] + measured).joined(separator: "\n"), in: "checks.md")
  }

  @Test func `docs forms md is what the forms of the catalogue say`() throws {
    try expect(FormBook.markdown(of: FormLibrary(own: [])), in: "forms.md")
  }

  @Test func `docs facts md is what the forms of the catalogue state`() throws {
    try expect(FactBook.markdown(of: FormLibrary(own: [])), in: "facts.md")
  }

  @Test func `docs commands md is what the commands say of themselves`() throws {
    let folder = FileManager.default.temporaryDirectory.path
    let dump = try CommandLineProgram.run(["--experimental-dump-help"], in: folder)
    let help = try JSONDecoder().decode(CommandHelp.self, from: Data(dump.output.utf8))
    try expect(help.command.page, in: "commands.md")
  }

  private func expect(_ text: String, in name: String) throws {
    let docs = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let url = docs.appending(path: "docs").appending(path: name)
    if isRecording {
      try Data(text.utf8).write(to: url)
      return
    }
    let written = try? String(contentsOf: url, encoding: .utf8)
    #expect(written == text, "docs/\(name) 已经过时，请运行 make docs")
  }
}

/// The help of all commands, as the program itself puts it out.
struct CommandHelp: Decodable {
  struct Name: Decodable {
    var kind: String
    var name: String

    var shown: String { (kind == "long" ? "--" : "-") + name }
  }

  struct Argument: Decodable {
    var kind: String
    var shouldDisplay: Bool
    var isOptional: Bool
    var names: [Name]?
    var valueName: String?
    var abstract: String?
    var allValues: [String]?
    var defaultValue: String?

    var explanation: String {
      guard let allValues, let defaultValue else { return abstract ?? "" }
      return "\(abstract ?? "")可选 \(allValues.joined(separator: "、"))，默认 \(defaultValue)。"
    }

    var shown: String {
      let names = (names ?? []).map(\.shown).joined(separator: "、")
      switch kind {
      case "positional": return "`<\(valueName ?? "")>`"
      case "flag": return "`\(names)`"
      default: return "`\(names) <\(valueName ?? "")>`"
      }
    }
  }

  struct Command: Decodable {
    var commandName: String
    var abstract: String?
    var discussion: String?
    var arguments: [Argument]?
    var subcommands: [Command]?

    /// The whole of `docs/commands.md`.
    var page: String {
      var text = "# 命令\n\n本页由 `make docs` 从命令的声明生成，请勿手改。\n\n\(abstract ?? "")\n"
      if let discussion { text += "\n\(discussion)\n" }
      for command in subcommands ?? [] where command.commandName != "help" { text += command.section() }
      return text
    }

    private func section(of parent: String? = nil) -> String {
      let name = (parent.map { $0 + " " } ?? "") + commandName
      let inner = (subcommands ?? []).filter { $0.commandName != "help" }
      if !inner.isEmpty { return inner.map { $0.section(of: name) }.joined() }
      let shown = (arguments ?? []).filter { argument in
        argument.shouldDisplay && !(argument.names ?? []).contains { ["help", "version"].contains($0.name) }
      }
      let positional = shown.filter { $0.kind == "positional" }.map {
        $0.isOptional ? "[<\($0.valueName ?? "")>]" : "<\($0.valueName ?? "")>"
      }
      let line = (["gongkai", name] + positional + (shown.count > positional.count ? ["[选项]"] : []))
        .joined(separator: " ")
      var text = "\n## gongkai \(name)\n\n```\n\(line)\n```\n\n\(abstract ?? "")\n"
      if let discussion { text += "\n\(discussion)\n" }
      guard !shown.isEmpty else { return text }
      text += "\n| 写法 | 说明 |\n|---|---|\n"
      for argument in shown { text += "| \(argument.shown) | \(argument.explanation) |\n" }
      return text
    }
  }

  var command: Command
}
