import Foundation
import Testing

/// A command test as one text file: commands with what they print, then the files they find.
///
///     $ gongkai check
///     核对了 1 个单位…
///     [1]
///     -- content/site.yaml --
///     name: 示例
///
/// A line `$ …` is a command, run in a new folder that holds the files. What follows is its standard output and
/// then, lines beginning with `! `, its standard error; `[N]` is the exit code where it is not 0. `…` alone on a
/// line stands for any number of lines, within a line for any text. Lines beginning with `#` are remarks.
///
/// Besides `gongkai` there are `files DIR` (names of all files below it), `keep DIR` and later `compare DIR` (which
/// files have other bytes, appeared or are gone), `cat FILE`, `write FILE 'TEXT'` (`\n` ends a line), `remove FILE`, `rename FILE NAME`, `gbk FILE` (encodes a file anew as GB18030), `matches FILE TEXT` (lines that contain it),
/// and `json` (whether the last output is JSON, and one line for each finding in it).
struct CommandCase: Sendable, CustomTestStringConvertible {
  struct Step: Sendable {
    var line: Int
    var command: String
    var output: [String] = []
    var errors: [String] = []
    var code: Int32 = 0
  }

  let name: String
  let path: String
  var testDescription: String { name }

  static let folder = URL(filePath: #filePath).deletingLastPathComponent().path + "/Cases"

  static let all: [CommandCase] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.sorted().filter { $0.hasSuffix(".txt") }
      .map { CommandCase(name: String($0.dropLast(4)), path: folder + "/" + $0) }
  }()

  func read() throws -> (steps: [Step], files: [(name: String, text: String)]) {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    var steps: [Step] = []
    var files: [(name: String, text: String)] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      .enumerated()
    {
      if line.hasPrefix("-- "), line.hasSuffix(" --") {
        files.append((String(line.dropFirst(3).dropLast(3)), ""))
      } else if !files.isEmpty {
        files[files.count - 1].text += line + "\n"
      } else if line.hasPrefix("$ ") {
        steps.append(Step(line: index + 1, command: String(line.dropFirst(2))))
      } else if line.hasPrefix("#") || steps.isEmpty {
        continue
      } else if line.hasPrefix("! ") || line == "!" {
        steps[steps.count - 1].errors.append(String(line.dropFirst(2)))
      } else if line.hasPrefix("["), line.hasSuffix("]"), let code = Int32(line.dropFirst().dropLast()) {
        steps[steps.count - 1].code = code
      } else {
        steps[steps.count - 1].output.append(line)
      }
    }
    // A blank line before the next command or file is for the eye.
    for index in steps.indices where steps[index].output.last == "" { steps[index].output.removeLast() }
    for index in files.indices where files[index].text.hasSuffix("\n\n") || files[index].text == "\n" {
      files[index].text.removeLast()
    }
    return (steps, files)
  }
}

/// Whether printed lines are what a case wants, where `…` stands for anything.
func matches(_ wanted: [String], _ printed: [String]) -> Bool {
  var reachable: Set<Int> = [0]
  for line in wanted {
    var next: Set<Int> = []
    for start in reachable {
      if line == "…" {
        next.formUnion(start...printed.count)
      } else if start < printed.count, fits(line, printed[start]) {
        next.insert(start + 1)
      }
    }
    reachable = next
  }
  return reachable.contains(printed.count)
}

private func fits(_ wanted: String, _ printed: String) -> Bool {
  if wanted == printed { return true }
  let parts = wanted.split(separator: "…", omittingEmptySubsequences: false)
  guard parts.count > 1, let first = parts.first, let last = parts.last else { return false }
  guard printed.hasPrefix(first), printed.dropFirst(first.count).hasSuffix(last) else { return false }
  var rest = printed.dropFirst(first.count).dropLast(last.count)
  for part in parts.dropFirst().dropLast() where !part.isEmpty {
    guard let found = rest.firstRange(of: part) else { return false }
    rest = rest[found.upperBound...]
  }
  return true
}
