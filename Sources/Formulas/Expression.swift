import Diagnostics
import Fiscal

/// A parsed formula (公式), ready to be evaluated against any source of figures.
///
///     let formula = try parseExpression("收支总表[收入总计] - 上年.收支总表[收入总计]", at: place)
///     formula.references.map(\.table)  // ["收支总表", "收支总表"]
public struct Expression: Hashable, Sendable {
  let source: FormulaText
  let root: Node

  /// The formula as typed, without the white space around it.
  public var text: String { source[root.range] }

  /// Where the formula stands.
  public var place: Place { source.place(of: root.range) }

  /// The cells that the formula reads, each once, in the order of the text.
  public var references: [Reference] {
    var found: [Reference] = []
    root.eachLeaf {
      if case .reference(let reference) = $0.kind, !found.contains(reference) { found.append(reference) }
    }
    return found
  }

  /// The bare names that the formula reads, each once, in the order of the text.
  public var names: [Name] {
    var found: [Name] = []
    root.eachLeaf { if case .name(let name) = $0.kind, !found.contains(name) { found.append(name) } }
    return found
  }
}

extension Expression {
  /// The cells that are read as one figure each: all but those that sum, min and max go through.
  public var singleReferences: [Reference] {
    var found: [Reference] = []
    root.eachSingle {
      if case .reference(let reference) = $0.kind, !found.contains(reference) { found.append(reference) }
    }
    return found
  }

  /// The formula with other words for what it reads, for messages; nil leaves what was typed.
  public func text(naming name: (Name) -> String?, _ reference: (Reference) -> String?) -> String {
    var text = ""
    var next = root.range.lowerBound
    root.eachLeaf { leaf in
      let words: String? =
        switch leaf.kind {
        case .name(let typed): name(typed)
        case .reference(let typed): reference(typed)
        case .number, .negated, .binary, .call: nil
        }
      guard let words, leaf.range.lowerBound >= next else { return }
      text += source[next..<leaf.range.lowerBound] + words
      next = leaf.range.upperBound
    }
    return text + source[next..<max(next, root.range.upperBound)]
  }
}

/// How the two sides of a relation stand to each other.
public enum Relation: String, Hashable, Sendable {
  case equal = "="
  case atMost = "≤"
  case atLeast = "≥"
}

/// A relation (勾稽关系) between two formulas: `合计 = 基本支出 + 项目支出`.
public struct Equation: Hashable, Sendable {
  public let left: Expression
  public let relation: Relation
  public let right: Expression

  /// The relation in a uniform spelling, for messages.
  public var text: String { "\(left.text) \(relation.rawValue) \(right.text)" }
  public var references: [Reference] {
    left.references + right.references.filter { !left.references.contains($0) }
  }
  public var names: [Name] { left.names + right.names.filter { !left.names.contains($0) } }
}

/// What stands between `{{` and `}}` in a narrative.
public enum Insertion: Hashable, Sendable {
  /// A figure, written in a format or in its own unit.
  case figure(Expression, Format?)
  /// A whole table placed here: `表 收支总表`, `表 项目支出绩效目标表.帮扶基金`.
  case table(name: String, instance: String?, place: Place)
}

/// One node of the syntax tree; `range` counts scalars of the formula's text.
struct Node: Hashable, Sendable {
  indirect enum Kind: Hashable, Sendable {
    case number(Figure)
    case reference(Reference)
    case name(Name)
    case negated(Node)
    case binary(Operator, Node, Node)
    /// `label` is the word for the base of 增减, where one is given.
    case call(Function, [Node], label: String?)
  }

  let kind: Kind
  let range: Range<Int>
  let depth: Int

  init(_ kind: Kind, _ range: Range<Int>) {
    self.kind = kind
    self.range = range
    depth = 1 + (kind.children.map(\.depth).max() ?? 0)
  }

  func eachLeaf(_ body: (Node) -> Void) {
    let children = kind.children
    if children.isEmpty { body(self) }
    for child in children { child.eachLeaf(body) }
  }
}

extension Node {
  /// What is read as one figure, and not as one of several of a function.
  func eachSingle(_ body: (Node) -> Void) {
    let children = kind.children
    if children.isEmpty { return body(self) }
    var isFold = false
    if case .call(let function, _, _) = kind { isFold = [.sum, .min, .max].contains(function) }
    for child in children where !isFold || !child.kind.children.isEmpty { child.eachSingle(body) }
  }
}

extension Node.Kind {
  var children: [Node] {
    switch self {
    case .number, .reference, .name: []
    case .negated(let node): [node]
    case .binary(_, let left, let right): [left, right]
    case .call(_, let arguments, _): arguments
    }
  }
}

enum Operator: String, Hashable, Sendable {
  case plus = "+"
  case minus = "-"
  case times = "×"
  case over = "÷"
}

/// The functions of the language.
enum Function: String, Hashable, Sendable, CaseIterable {
  case sum, min, max, abs, round
  case change = "增减"
  case difference = "增减额"
  case growth = "增减率"

  /// How many arguments it takes.
  var arity: ClosedRange<Int> {
    switch self {
    case .sum, .min, .max: 1...64
    case .abs: 1...1
    case .round, .difference, .growth: 2...2
    case .change: 2...3
    }
  }

  /// How it is written.
  var usage: String {
    switch self {
    case .sum, .min, .max: "\(rawValue)(数, …)"
    case .abs: "abs(数)"
    case .round: "round(数, 小数位数)"
    case .change: "增减(本年, 上年)"
    case .difference, .growth: "\(rawValue)(本年, 上年)"
    }
  }

  init?(named text: String) { self.init(rawValue: text.lowercased()) }
}
