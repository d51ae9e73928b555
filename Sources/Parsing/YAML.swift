import Diagnostics
import Yams

/// A YAML value with its place; scalars keep their text as written (`01` stays `01`, `no` stays `no`).
public indirect enum YAML: Sendable {
  case scalar(YAMLScalar)
  case list([YAML], Place)
  case map([(key: YAMLScalar, value: YAML)], Place)

  public var place: Place {
    switch self {
    case .scalar(let scalar): scalar.place
    case .list(_, let place), .map(_, let place): place
    }
  }

  /// The scalar, where it is one and says something.
  public var scalar: YAMLScalar? {
    if case .scalar(let scalar) = self, !scalar.isNull { scalar } else { nil }
  }

  /// What kind of value it is, for findings.
  public var chinese: String {
    switch self {
    case .scalar(let scalar): scalar.isNull ? "空值" : "“\(scalar.text.prefix(20))”"
    case .list: "列表"
    case .map: "映射"
    }
  }
}

/// A YAML scalar: its text as written, and where.
public struct YAMLScalar: Hashable, Sendable {
  public var text: String
  public var place: Place
  /// For block scalars (`|`), the place of the first line of content; otherwise `place`.
  public var content: Place
  public var isQuoted: Bool
  /// A literal block (`|`), whose lines are lines of the file.
  public var isBlock: Bool

  public init(
    text: String, place: Place, content: Place? = nil, isQuoted: Bool = false, isBlock: Bool = false
  ) {
    self.text = text
    self.place = place
    self.content = content ?? place
    self.isQuoted = isQuoted
    self.isBlock = isBlock
  }

  /// An empty value, `~` or `null`.
  public var isNull: Bool { !isQuoted && (text.isEmpty || text == "~" || text == "null") }
}

/// Reads one YAML document with places; broken YAML, duplicate keys and bombs are findings.
public func parseYAML(_ source: SourceText, findings: inout [Finding]) -> YAML? {
  do {
    // The encoding is named: left to itself the library looks for it in the environment, each time.
    guard let node = try Yams.compose(yaml: source.text, .basic, .default, .utf8) else {
      return .map([], Place(file: source.file, line: 1, column: 1))
    }
    var converter = Converter(source)
    let value = converter.convert(node, depth: 0)
    findings += converter.findings
    guard let value else {
      findings.append(
        Finding(
          "yaml-too-large",
          at: Place(file: source.file, line: node.mark?.line ?? 0, column: node.mark?.column ?? 0),
          "YAML 嵌套过深或展开后过大", hint: "减少层次，不要用锚点重复引用大段内容"))
      return nil
    }
    return converter.findings.isEmpty ? value : nil
  } catch let error as YamlError {
    findings.append(finding(for: error, in: source))
    return nil
  } catch {
    findings.append(Finding("yaml-syntax", at: Place(file: source.file), "YAML 无法读取：\(error)"))
    return nil
  }
}

private func finding(for error: YamlError, in source: SourceText) -> Finding {
  let file = source.file
  func at(_ mark: Mark) -> Place {
    var place = mark.place(within: source.lines, of: file)
    place.length = 1
    return place
  }
  switch error {
  case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
    .composer(_, let problem, let mark, _):
    return Finding(
      "yaml-syntax", at: at(mark), "YAML 写法有误：\(yamlProblem(problem))",
      hint: "检查缩进（只用空格）、冒号后的空格和引号是否成对；含冒号、# 或以 [ { * & ! % 开头的文字要加引号")
  case .duplicatedKeysInMapping(let duplicates, let context):
    let names = duplicates.map { String(describing: $0) }.sorted().joined(separator: "、")
    return Finding(
      "yaml-duplicate-key", at: at(context.mark), "这一层里有重复的键：\(names)", hint: "删去或改名其中一个")
  case .reader(let problem, let offset, _, _):
    return Finding("yaml-syntax", at: Place(file: file), "YAML 无法读取（第 \(offset ?? 0) 字节）：\(problem)")
  default:
    return Finding("yaml-syntax", at: Place(file: file), "YAML 无法读取：\(error)")
  }
}

extension Mark {
  /// The library counts other ends of line than files have (U+2028, NEL): never point outside the file.
  fileprivate func place(within lines: [Substring], of file: String) -> Place {
    let line = max(1, min(self.line, lines.count + 1))
    let length = line <= lines.count ? lines[line - 1].unicodeScalars.count : 0
    return Place(file: file, line: line, column: max(1, min(column, length + 1)))
  }
}

private struct Converter {
  let file: String
  let lines: [Substring]
  private let hasOtherEnds: Bool
  var count = 0
  var findings: [Finding] = []

  init(_ source: SourceText) {
    file = source.file
    lines = source.lines
    hasOtherEnds = source.text.unicodeScalars.contains {
      $0 == "\u{85}" || $0 == "\u{2028}" || $0 == "\u{2029}"
    }
  }

  private func position(of node: Node) -> Place {
    guard let mark = node.mark else { return Place(file: file, line: 1, column: 1) }
    return hasOtherEnds
      ? mark.place(within: lines, of: file) : Place(file: file, line: mark.line, column: mark.column)
  }

  mutating func convert(_ node: Node, depth: Int) -> YAML? {
    count += 1
    guard depth < 64, count < 200_000 else { return nil }
    let place = position(of: node)
    switch node {
    case .scalar(let scalar): return .scalar(convert(scalar, at: place))
    case .sequence(let sequence):
      var items: [YAML] = []
      for child in sequence {
        guard let item = convert(child, depth: depth + 1) else { return nil }
        items.append(item)
      }
      return .list(items, place)
    case .mapping(let mapping):
      var pairs: [(key: YAMLScalar, value: YAML)] = []
      for (keyNode, valueNode) in mapping {
        guard let value = convert(valueNode, depth: depth + 1) else { return nil }
        let keyPlace = position(of: keyNode)
        guard case .scalar(let scalar) = keyNode else {
          findings.append(
            Finding("yaml-syntax", at: keyPlace, "键应当是文字，这里是列表或映射", hint: "写作 键: 值；以 [ 或 { 开头的键要加引号"))
          continue
        }
        pairs.append((convert(scalar, at: keyPlace), value))
      }
      return .map(pairs, place)
    case .alias: return .scalar(YAMLScalar(text: "", place: place))
    }
  }

  private func convert(_ scalar: Node.Scalar, at place: Place) -> YAMLScalar {
    var place = place
    let text = scalar.string
    let firstLine = text.prefix { !$0.isNewline }
    place.length = max(1, firstLine.unicodeScalars.count)
    switch scalar.style {
    case .literal, .folded:
      place.length = 1
      return YAMLScalar(
        text: text, place: place, content: blockContent(after: place), isQuoted: true,
        isBlock: scalar.style == .literal)
    case .singleQuoted, .doubleQuoted:
      var inside = place
      inside.column += 1
      return YAMLScalar(text: text, place: inside, isQuoted: true)
    default:
      return YAMLScalar(text: text, place: place)
    }
  }

  /// Where the first line of a block scalar's content stands.
  private func blockContent(after place: Place) -> Place {
    let first = place.line  // zero-based index of the line after the indicator
    guard let filled = lines.indices.dropFirst(first).first(where: { !lines[$0].allSatisfy { $0 == " " } })
    else { return place }
    let indent = lines[filled].prefix { $0 == " " }.count
    return Place(file: file, line: filled + 1, column: indent + 1, length: 1)
  }
}
