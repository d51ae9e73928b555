import Foundation
import Testing

/// `RECORD_COMMANDS=1` writes what the commands print into the cases; read the difference.
private let isRecording = ProcessInfo.processInfo.environment["RECORD_COMMANDS"] == "1"

@Suite struct CommandTests {
  @Test(arguments: CommandCase.all)
  func `commands print and leave what their case says`(_ test: CommandCase) throws {
    let (steps, files) = try test.read()
    #expect(!steps.isEmpty)
    let folder = try WorkFolder(files: files)
    defer { folder.remove() }
    var recorded: [Int: CommandLineProgram.Result] = [:]
    for step in steps {
      let result = try folder.run(step.command)
      if isRecording {
        // What still fits stays as it is, with its `…`.
        if !fits(step, result) { recorded[step.line] = result }
        continue
      }
      let place = "\(test.name).txt:\(step.line): $ \(step.command)"
      #expect(result.code == step.code, "\(place)\n退出码 \(result.code)，应为 \(step.code)\n\(result.errors)")
      #expect(matches(step.output, lines(result.output)), "\(place)\n标准输出：\n\(result.output)")
      #expect(matches(step.errors, lines(result.errors)), "\(place)\n标准错误：\n\(result.errors)")
      #expect(!(result.output + result.errors).contains("\u{1B}"), "\(place)\n没有终端，却有控制字符")
    }
    if isRecording { try record(recorded, in: test) }
  }

  private func fits(_ step: CommandCase.Step, _ result: CommandLineProgram.Result) -> Bool {
    result.code == step.code && matches(step.output, lines(result.output))
      && matches(step.errors, lines(result.errors))
  }

  /// Puts what was printed in place of what was expected.
  private func record(_ results: [Int: CommandLineProgram.Result], in test: CommandCase) throws {
    let text = try String(contentsOfFile: test.path, encoding: .utf8)
    var kept: [String] = []
    var isReplaced = false
    var isFile = false
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      .enumerated()
    {
      isFile = isFile || (line.hasPrefix("-- ") && line.hasSuffix(" --"))
      if line.hasPrefix("$ "), !isFile {
        if isReplaced { kept.append("") }
        kept.append(line)
        isReplaced = false
        guard let result = results[index + 1] else { continue }
        kept += lines(result.output) + lines(result.errors).map { $0.isEmpty ? "!" : "! " + $0 }
        if result.code != 0 { kept.append("[\(result.code)]") }
        isReplaced = true
      } else if isFile {
        if isReplaced { kept.append("") }
        isReplaced = false
        kept.append(line)
      } else if !isReplaced || line.hasPrefix("#") {
        kept.append(line)
      }
    }
    while kept.last == "" { kept.removeLast() }
    try Data((kept.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: test.path))
  }
}

/// The lines of a text, without the empty one after the last.
func lines(_ text: String) -> [String] {
  var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  if lines.last == "" { lines.removeLast() }
  return lines
}
