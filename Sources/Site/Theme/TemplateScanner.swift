import Diagnostics
import Fiscal

/// A piece of a template, as far as checking it needs.
indirect enum TemplateNode: Sendable {
  case text(isBlank: Bool, Place)
  case variable(String, isEscaped: Bool, Place)
  case section(String, isInverted: Bool, [TemplateNode], Place)
  case partial(String, Place)
  /// `{{<layout}}…{{/layout}}`
  case parent(String, [TemplateNode], Place)
  /// `{{$main}}…{{/main}}`
  case block(String, [TemplateNode], Place)
}

/// Splits a template into its tags, each with its place; refuses what a theme may not do.
///
/// The library itself says neither where an unknown name stands nor that there is one.
struct TemplateScanner {
  private let file: String
  private let scalars: [Unicode.Scalar]
  private var index = 0
  private var line = 1
  private var column = 1
  private(set) var findings: [Finding] = []
  private var isTooDeep = false
  /// Sections within sections; far above any theme, far below what would exhaust the stack.
  private static let deepest = 32

  private struct Open {
    var sign: Unicode.Scalar
    var name: String
    var place: Place
    var nodes: [TemplateNode] = []
  }

  static func scan(_ text: String, file: String, findings: inout [Finding]) -> [TemplateNode]? {
    var scanner = TemplateScanner(file: file, scalars: Array(text.unicodeScalars))
    let nodes = scanner.scan()
    findings += scanner.findings
    return scanner.findings.isEmpty ? nodes : nil
  }

  private init(file: String, scalars: [Unicode.Scalar]) {
    self.file = file
    self.scalars = scalars
  }

  private mutating func scan() -> [TemplateNode] {
    var stack = [Open(sign: " ", name: "", place: Place(file: file))]
    while index < scalars.count {
      let start = place(length: 0)
      if starts(with: "{{") {
        readTag(&stack, at: start)
      } else {
        let isBlank = readText()
        stack[stack.count - 1].nodes.append(.text(isBlank: isBlank, start))
      }
    }
    for open in stack.dropFirst() where !isTooDeep {
      report(
        "theme-syntax", at: open.place, "“{{\(open.sign)\(open.name)}}”没有结束", hint: "补上 {{/\(open.name)}}")
    }
    return stack[0].nodes
  }

  /// Reads up to the next tag; tells whether all of it is white space.
  private mutating func readText() -> Bool {
    var isBlank = true
    while index < scalars.count, !starts(with: "{{") {
      let scalar = scalars[index]
      if !scalar.isBlank { isBlank = false }
      if scalar.value < 0x20, scalar != "\n", scalar != "\t", scalar != "\r" {
        report("theme-syntax", at: place(length: 1), "模板里有控制字符", hint: "删去它")
      }
      advance()
    }
    return isBlank
  }

  private mutating func readTag(_ stack: inout [Open], at start: Place) {
    advance(2)
    let sign = index < scalars.count ? scalars[index] : " "
    let isTriple = sign == "{"
    let close = isTriple ? "}}}" : "}}"
    let begin = index
    while index < scalars.count, !starts(with: close), sign == "!" || !starts(with: "{{") || index == begin {
      advance()
    }
    var tag = start
    tag.length = start.line == line ? column - start.column + close.count : 2
    guard starts(with: close) else {
      report("theme-syntax", at: start, "标签没有结束", hint: "补上 \(close)")
      return
    }
    var inside = scalars[begin..<index]
    advance(close.count)
    let signs: Set<Unicode.Scalar> = ["{", "#", "^", "/", "!", ">", "<", "$", "=", "&", "%"]
    let hasSign = signs.contains(sign)
    if hasSign { inside = inside.dropFirst() }
    while let first = inside.first, first.isBlank { inside.removeFirst() }
    while let last = inside.last, last.isBlank { inside.removeLast() }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: inside)
    let name = String(view)
    if sign == "!" { return }
    if sign == "=" || sign == "%" {
      report("theme-syntax", at: tag, "模板里不能使用“{{\(sign)…}}”", hint: "删去这个标签；转义方式和标签记号是固定的")
      return
    }
    guard isName(name, isPath: sign == ">" || sign == "<" || sign == "/") else {
      report(
        "theme-syntax", at: tag, "“\(name)”不是变量名", hint: "名称只用英文字母、数字和下划线，不支持函数、“.”和路径")
      return
    }
    let top = stack.count - 1
    switch sign {
    case "{", "&": stack[top].nodes.append(.variable(name, isEscaped: false, tag))
    case ">": stack[top].nodes.append(.partial(name, tag))
    case "#", "^", "<", "$":
      guard stack.count <= Self.deepest else {
        report("theme-syntax", at: tag, "标签套得太深，超过 \(Self.deepest) 层", hint: "把内层写成部件，用 {{>…}} 引入")
        isTooDeep = true
        index = scalars.count
        return
      }
      stack.append(Open(sign: sign, name: name, place: tag))
    case "/": end(name, &stack, at: tag)
    default: stack[top].nodes.append(.variable(name, isEscaped: true, tag))
    }
  }

  private mutating func end(_ name: String, _ stack: inout [Open], at tag: Place) {
    guard stack.count > 1, let open = stack.last else {
      report("theme-syntax", at: tag, "“{{/\(name)}}”没有对应的开头", hint: "删去它，或在前面补上 {{#\(name)}}")
      return
    }
    guard open.name == name else {
      var finding = Finding(
        "theme-syntax", at: tag, "“{{/\(name)}}”与前面的“{{\(open.sign)\(open.name)}}”不成对",
        hint: "应为 {{/\(open.name)}}")
      finding.notes = [.init("这里开始", at: open.place)]
      findings.append(finding)
      return
    }
    stack.removeLast()
    let node: TemplateNode =
      switch open.sign {
      case "<": .parent(name, open.nodes, open.place)
      case "$": .block(name, open.nodes, open.place)
      default: .section(name, isInverted: open.sign == "^", open.nodes, open.place)
      }
    stack[stack.count - 1].nodes.append(node)
  }

  private func isName(_ name: String, isPath: Bool) -> Bool {
    !name.isEmpty
      && name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
          true
        case UInt8(ascii: "/"), UInt8(ascii: "-"): isPath
        default: false
        }
      }
  }

  // MARK: Moving on

  private func starts(with text: String) -> Bool {
    let wanted = text.unicodeScalars
    return index + wanted.count <= scalars.count
      && scalars[index..<index + wanted.count].elementsEqual(wanted)
  }

  private mutating func advance(_ count: Int = 1) {
    for _ in 0..<count where index < scalars.count {
      // A line may end in a return alone.
      let isReturn = scalars[index] == "\r" && (index + 1 >= scalars.count || scalars[index + 1] != "\n")
      if scalars[index] == "\n" || isReturn {
        line += 1
        column = 1
      } else {
        column += 1
      }
      index += 1
    }
  }

  private func place(length: Int) -> Place { Place(file: file, line: line, column: column, length: length) }

  private mutating func report(_ id: String, at place: Place, _ message: String, hint: String) {
    findings.append(Finding(id, at: place, message, hint: hint))
  }
}
