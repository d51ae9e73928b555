import Foundation
import Testing

/// A page of `docs/guide/` as a newcomer follows it: files to save and commands to type, from top to bottom.
///
/// A fence that names a file holds that file, and a later one replaces it; below `public/` it holds lines that are
/// read on that page. A fence `console` holds commands with what they print. Any other piece of YAML is an excerpt.
private struct Guide {
  enum Action {
    /// What the paragraph before the fence says matters: a page shown on screen hides the fence's own words.
    case save(name: String, text: String, isNamed: Bool)
    case read(page: String, texts: [String])
    case run(CommandCase.Step)
  }

  private(set) var actions: [(line: Int, action: Action)] = []
  private(set) var excerpts: [(line: Int, text: String)] = []

  init(_ name: String) throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let text = try String(contentsOf: root.appending(path: "docs/guide/" + name), encoding: .utf8)
    var fence: (line: Int, words: [String])?
    var body: [String] = []
    // The last lines of text without an empty one between them.
    var paragraph: (text: String, isDone: Bool) = ("", true)
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      .enumerated()
    {
      if !line.hasPrefix("```") {
        body.append(line)
        guard fence == nil else { continue }
        if line.isEmpty {
          paragraph.isDone = true
        } else {
          paragraph = (paragraph.isDone ? line : paragraph.text + line, false)
        }
      } else if let open = fence {
        take(body, open.words, from: open.line, after: paragraph.text)
        fence = nil
      } else {
        fence = (index + 1, line.dropFirst(3).split(separator: " ").map(String.init))
        body = []
      }
    }
    try #require(fence == nil, "\(name):\(fence?.line ?? 0): 没有结束的代码块")
  }

  private mutating func take(_ body: [String], _ words: [String], from line: Int, after paragraph: String) {
    let text = body.map { $0 + "\n" }.joined()
    if let file = words.dropFirst().first {
      let isPage = file.hasPrefix("public/")
      let isNamed = paragraph.contains("`\(file)`")
      actions.append(
        (line, isPage ? .read(page: file, texts: body) : .save(name: file, text: text, isNamed: isNamed)))
    } else if words.first == "console" {
      actions += steps(in: body, from: line).map { ($0.line, .run($0)) }
    } else if words.first == "yaml" {
      excerpts.append((line, text))
    }
  }

  /// The commands of a console; their output is as on a terminal, findings before the summary.
  private func steps(in body: [String], from line: Int) -> [CommandCase.Step] {
    var steps: [CommandCase.Step] = []
    for (index, printed) in body.enumerated() {
      if printed.hasPrefix("$ ") {
        steps.append(.init(line: line + index + 1, command: String(printed.dropFirst(2))))
      } else if !steps.isEmpty {
        steps[steps.count - 1].output.append(printed)
      }
    }
    for index in steps.indices where steps[index].output.last == "" { steps[index].output.removeLast() }
    return steps
  }
}

@Suite struct GuideTests {
  @Test(arguments: ["add-a-form.md"])
  func `whoever follows the guide sees what it says`(_ name: String) throws {
    let guide = try Guide(name)
    let folder = try WorkFolder(files: [])
    defer { folder.remove() }
    var commands = 0
    var pages = 0
    for (line, action) in guide.actions {
      let place = "docs/guide/\(name):\(line)"
      switch action {
      case .save(let file, let text, let isNamed):
        #expect(isNamed, "\(place): 前一段没有写明存为“\(file)”")
        try folder.write(file, Data(text.utf8))
      case .read(let page, let texts):
        pages += 1
        let shown = try folder.run("cat " + page).output.replacing(/<[^>]*>/, with: "")
        for text in texts { #expect(shown.contains(text), "\(place): 网页上没有“\(text)”") }
      case .run(let step):
        commands += 1
        #expect(step.command.hasPrefix("gongkai "), "\(place): $ \(step.command)")
        let result = try folder.run(step.command)
        let printed = result.errors + result.output
        #expect(matches(step.output, lines(printed)), "\(place): $ \(step.command)\n\(printed)")
        let fails = step.output.contains { $0.contains(": 错误: ") || $0.hasPrefix("没有生成网页") }
        #expect(result.code == (fails ? 1 : 0), "\(place): $ \(step.command)：退出码 \(result.code)")
      }
    }
    #expect(commands > 0 && pages > 0)
  }

  @Test(arguments: ["add-a-form.md"])
  func `what the guide quotes stands in one of its files`(_ name: String) throws {
    let guide = try Guide(name)
    let files = guide.actions.compactMap { _, action -> String? in
      if case .save(_, let text, _) = action { text } else { nil }
    }
    #expect(!guide.excerpts.isEmpty)
    for (line, text) in guide.excerpts {
      #expect(files.contains { $0.contains(text) }, "docs/guide/\(name):\(line): 各文件里没有这一段")
    }
  }
}
