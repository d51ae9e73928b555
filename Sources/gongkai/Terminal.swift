import Archive
import ArgumentParser
import Diagnostics
import Files
import Glibc
import Pipeline

/// The exit codes of design: clean, findings, wrong usage, disk or network trouble.
enum Exit {
  static let findings: Int32 = 1
  static let usage: Int32 = 64
  static let trouble: Int32 = 74
}

/// What a command prints to, and whether colours make sense there.
enum Terminal {
  /// Whether colours make sense where the findings go.
  static func isColored(_ descriptor: Int32) -> Bool { getenv("NO_COLOR") == nil && isatty(descriptor) == 1 }
  static var showsProgress: Bool { isatty(STDERR_FILENO) == 1 }

  static func out(_ text: String) { write(text, to: STDOUT_FILENO) }
  static func error(_ text: String) { write(text, to: STDERR_FILENO) }

  /// Writes all of a text; a closed pipe at the other end is not our fault.
  private static func write(_ text: String, to descriptor: Int32) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
    }
  }
}

extension ParsableCommand {
  /// Ends with the exit code of trouble that nobody can mend in `content/`.
  func stop(_ trouble: BuildTrouble) -> ExitCode {
    Terminal.error("gongkai: \(trouble.message)\n")
    return ExitCode(Exit.trouble)
  }

  /// Ends with 1 where the content can mend it, otherwise with the code of trouble.
  func stop(_ error: BagError) -> ExitCode {
    Terminal.error("gongkai: \(error.message)\n")
    return ExitCode(error.isOfContent ? Exit.findings : Exit.trouble)
  }
}

extension AsyncParsableCommand {
  /// Parses and runs; wrong usage ends with 64 and points to the help.
  static func runReportingUsageInChinese() async {
    if let word = CommandLine.arguments.dropFirst().first, !word.hasPrefix("-"), !isCommand(word) {
      Terminal.error(
        "gongkai: 没有“\(word)”这个命令；可用的命令：\(commandNames.joined(separator: "、"))\n详细用法：gongkai --help\n")
      Glibc.exit(Exit.usage)
    }
    do {
      var command = try parseAsRoot()
      if var asynchronous = command as? AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      let code = exitCode(for: error)
      let message = chineseUsage(fullMessage(for: error))
      if code.isSuccess {
        Terminal.out(message.hasSuffix("\n") ? message : message + "\n")
        Glibc.exit(0)
      }
      if !message.isEmpty { Terminal.error(message + "\n") }
      Glibc.exit(code == .validationFailure ? Exit.usage : code.rawValue)
    }
  }

  private static var commandNames: [String] {
    configuration.subcommands.map { $0.configuration.commandName ?? "" }
  }
  private static func isCommand(_ word: String) -> Bool { (commandNames + ["help"]).contains(word) }
}
