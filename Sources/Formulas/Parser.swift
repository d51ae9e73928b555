import Fiscal

/// Reads one formula from left to right.
///
/// There is no separate lexer: what a character means depends on whether an operand or an operator may come.
struct Parser {
  let text: FormulaText
  /// The words that name a kind of disclosure in front of a table.
  let kinds: Set<String>
  var position = 0
  private var nesting = 0

  /// Longer texts, deeper brackets and longer chains of operators are no formulas that a person writes.
  static let longestText = 4_000
  static let deepestNesting = 48
  static let deepestTree = 256

  init(_ text: FormulaText, kinds: Set<String>) {
    self.text = text
    self.kinds = kinds
  }

  // MARK: Expressions

  mutating func expression() throws(FormulaError) -> Node {
    guard text.scalars.count <= Self.longestText else {
      throw text.error(.syntax, "公式超过 \(Self.longestText) 个字符", 0..<1, hint: "把公式拆成几个较短的公式")
    }
    var left = try product()
    while let (symbol, range) = nextOperator(), symbol == .plus || symbol == .minus {
      position = range.upperBound
      let right = try product()
      left = try node(.binary(symbol, left, right), from: left.range.lowerBound)
    }
    return left
  }

  private mutating func product() throws(FormulaError) -> Node {
    var left = try signed()
    while let (symbol, range) = nextOperator(), symbol == .times || symbol == .over {
      position = range.upperBound
      let right = try signed()
      left = try node(.binary(symbol, left, right), from: left.range.lowerBound)
    }
    return left
  }

  private mutating func signed() throws(FormulaError) -> Node {
    var signs: [(start: Int, isMinus: Bool)] = []
    while let (symbol, range) = nextOperator(), symbol == .plus || symbol == .minus {
      signs.append((range.lowerBound, symbol == .minus))
      position = range.upperBound
    }
    var operand = try operand()
    for sign in signs.reversed() where sign.isMinus {
      operand = try node(.negated(operand), from: sign.start)
    }
    return operand
  }

  private mutating func operand() throws(FormulaError) -> Node {
    skipSpace()
    let start = position
    guard let scalar = current else {
      throw text.error(
        .syntax, start == 0 || nothingBefore(start) ? "公式是空的" : "公式没有写完，后面还应有数或名称",
        max(start - 1, 0)..<max(start, 1), hint: "写成如 收支总表[收入总计] 的形式")
    }
    if let run = try nameRun() { return try operand(named: run) }
    guard scalar.opensParenthesis else { throw unexpected("这里应是数、名称或括号") }
    position += 1
    let inner = try nested { (parser: inout Parser) throws(FormulaError) in try parser.expression() }
    try close(parenthesisAt: start)
    return inner
  }

  /// An operand that begins with a name: a number, a call, a reference or a bare name.
  private mutating func operand(named run: NameRun) throws(FormulaError) -> Node {
    let after = afterSpace()
    if let after, text.scalars[after].opensSelectors {
      position = after
      let reference = try reference(run)
      return try node(.reference(reference), from: run.range.lowerBound)
    }
    if let number = try number(run) { return try node(.number(number), from: run.range.lowerBound) }
    if let after, text.scalars[after].opensParenthesis {
      let word = text[run.range]
      if let function = Function(named: word) { return try call(function, run, openAt: after) }
      if after == position, run.parts.count == 1 {
        throw text.error(
          .syntax, "不认识的函数“\(word)”", run.range,
          hint: "可用的函数：\(enumeration(Function.allCases.map(\.rawValue)))；若“(”是名称的一部分，用英文双引号把名称括起来")
      }
    }
    return try node(.name(Name(run.parts)), from: run.range.lowerBound)
  }

  private mutating func call(_ function: Function, _ run: NameRun, openAt open: Int) throws(FormulaError)
    -> Node
  {
    position = open + 1
    var arguments: [Node] = []
    skipSpace()
    if current?.closesParenthesis != true {
      repeat {
        arguments.append(
          try nested { (parser: inout Parser) throws(FormulaError) in try parser.expression() })
      } while takeComma()
    }
    try close(parenthesisAt: open)
    let range = run.range.lowerBound..<position
    guard function.arity.contains(arguments.count) else {
      let (least, most) = (function.arity.lowerBound, function.arity.upperBound)
      let wanted = least == most ? "\(least) 个" : "\(least) 至 \(most) 个"
      throw text.error(
        .syntax, "\(function.rawValue) 要 \(wanted)参数，这里有 \(arguments.count) 个", range,
        hint: "写作 \(function.usage)")
    }
    var label: String?
    if function == .change, arguments.count == 3, let last = arguments.popLast() {
      guard case .name(let name) = last.kind else {
        throw text.error(.syntax, "增减 的第三个参数应是文字", last.range, hint: "如 增减(本年, 年初预算, \"年初预算\")")
      }
      label = name.text
    }
    return try node(.call(function, arguments, label: label), from: range.lowerBound)
  }

  // MARK: Small steps

  var current: Unicode.Scalar? { scalar(at: position) }

  func scalar(at index: Int) -> Unicode.Scalar? {
    text.scalars.indices.contains(index) ? text.scalars[index] : nil
  }

  mutating func skipSpace() { position = afterSpace() ?? text.scalars.count }

  /// The position of the next scalar that is no white space.
  func afterSpace() -> Int? {
    var index = position
    while let scalar = scalar(at: index) {
      if !scalar.isBlank { return index }
      index += 1
    }
    return nil
  }

  mutating func takeComma() -> Bool {
    skipSpace()
    guard current?.isComma == true else { return false }
    position += 1
    return true
  }

  private func nothingBefore(_ index: Int) -> Bool {
    text.scalars.prefix(index).allSatisfy { $0.isBlank }
  }

  private func nextOperator() -> (Operator, Range<Int>)? {
    guard let index = afterSpace() else { return nil }
    switch text.scalars[index] {
    case "+", "＋": return (.plus, index..<(index + 1))
    case "-", "−", "－": return (.minus, index..<(index + 1))
    case "*", "×", "＊": return (.times, index..<(index + 1))
    case "/", "÷", "／": return (.over, index..<(index + 1))
    default: return nil
    }
  }

  private mutating func close(parenthesisAt open: Int) throws(FormulaError) {
    skipSpace()
    guard let scalar = current else {
      throw text.error(.syntax, "括号“\(text[open..<(open + 1)])”没有闭合", open..<(open + 1), hint: "补上对应的“)”")
    }
    guard scalar.closesParenthesis else { throw unexpected("这里应是运算符或“)”") }
    position += 1
  }

  private mutating func nested<Result>(
    _ body: (inout Parser) throws(FormulaError) -> Result
  ) throws(FormulaError) -> Result {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= Self.deepestNesting else {
      throw text.error(
        .syntax, "括号套得太深，超过 \(Self.deepestNesting) 层", max(position - 1, 0)..<max(position, 1), hint: "把公式拆开写"
      )
    }
    return try body(&self)
  }

  /// A node from `start` up to here. What it is made of must have been read before the call.
  private func node(_ kind: Node.Kind, from start: Int) throws(FormulaError) -> Node {
    let node = Node(kind, start..<max(position, start))
    guard node.depth <= Self.deepestTree else {
      throw text.error(
        .syntax, "公式太长，连续的运算超过 \(Self.deepestTree) 次", start..<position, hint: "改用 sum(…)，或把公式拆开写")
    }
    return node
  }
}
