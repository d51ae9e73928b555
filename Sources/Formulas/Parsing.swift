import Diagnostics
import Fiscal

/// Reads a formula.
/// - Parameters:
///   - place: where the text begins; errors and the parts of the formula get their exact places from it.
///   - kinds: the words that name a kind of disclosure, so that `决算.收支总表[…]` is not read as table and
///     instance.
public func parseExpression(
  _ text: String, at place: Place, kinds: Set<String> = []
) throws(FormulaError) -> Expression {
  var parser = Parser(FormulaText(text, at: place), kinds: kinds)
  let root = try parser.expression()
  try parser.end()
  return Expression(source: parser.text, root: root)
}

/// Reads a relation: two formulas with `=`, `<=` (`≤`) or `>=` (`≥`) between them.
public func parseEquation(
  _ text: String, at place: Place, kinds: Set<String> = []
) throws(FormulaError) -> Equation {
  var parser = Parser(FormulaText(text, at: place), kinds: kinds)
  let left = try parser.expression()
  let relation = try parser.relation()
  let right = try parser.expression()
  try parser.end()
  return Equation(
    left: Expression(source: parser.text, root: left), relation: relation,
    right: Expression(source: parser.text, root: right))
}

/// Reads what stands between `{{` and `}}`: a formula with an optional format, or a table to be placed.
public func parseInsertion(
  _ text: String, at place: Place, kinds: Set<String> = []
) throws(FormulaError) -> Insertion {
  var parser = Parser(FormulaText(text, at: place), kinds: kinds)
  if let table = try parser.placedTable() { return table }
  let root = try parser.expression()
  let format = try parser.takeBar() ? parser.format() : nil
  try parser.end()
  return .figure(Expression(source: parser.text, root: root), format)
}

/// Reads a format by itself: `万元`, `万元(1)`, `百分比`.
public func parseFormat(_ text: String, at place: Place) throws(FormulaError) -> Format {
  var parser = Parser(FormulaText(text, at: place), kinds: [])
  let format = try parser.format()
  try parser.end()
  return format
}

extension Parser {
  /// Refuses whatever is left.
  mutating func end() throws(FormulaError) {
    skipSpace()
    if current != nil { throw unexpected("这里应是运算符") }
  }

  mutating func relation() throws(FormulaError) -> Relation {
    skipSpace()
    guard let scalar = current else {
      throw text.error(.syntax, "关系式缺少“=”和右边", max(position - 1, 0)..<position, hint: "写作 合计 = 甲 + 乙")
    }
    let start = position
    position += 1
    let followedByEqual = current == "=" || current == "＝"
    switch scalar {
    case "≤", "≥":
      return scalar == "≤" ? .atMost : .atLeast
    case "=", "＝":
      if followedByEqual { position += 1 }
      return .equal
    case "<", "＜", ">", "＞":
      guard followedByEqual else {
        throw text.error(.syntax, "不认识的关系“\(scalar)”", start..<position, hint: "可用的关系：=、<=（≤）、>=（≥）")
      }
      position += 1
      return scalar == "<" || scalar == "＜" ? .atMost : .atLeast
    default:
      position = start
      throw unexpected("这里应是运算符或“=”")
    }
  }

  mutating func takeBar() -> Bool {
    skipSpace()
    guard current?.isBar == true else { return false }
    position += 1
    return true
  }

  mutating func format() throws(FormulaError) -> Format {
    skipSpace()
    let start = position
    while current?.isNamePart == true { position += 1 }
    let known = "可用的格式：\(enumeration(Format.Kind.all.map(\.word), limit: 20))"
    guard position > start else {
      throw text.error(.syntax, "没有写格式", max(start - 1, 0)..<max(start, 1), hint: known)
    }
    let word = text[start..<position]
    guard let kind = Format.Kind.all.first(where: { $0.word == word }) else {
      throw text.error(.syntax, "不认识的格式“\(word)”", start..<position, hint: known)
    }
    let decimals = try decimals(of: word)
    if kind == .capitals, decimals != nil {
      throw text.error(.syntax, "大写不能指定小数位数", start..<position, hint: "只写“大写”")
    }
    return Format(kind, decimals: decimals, place: text.place(of: start..<position))
  }

  private mutating func decimals(of word: String) throws(FormulaError) -> Int? {
    guard let open = afterSpace(), text.scalars[open].opensParenthesis else { return nil }
    let end = endOfBrackets(from: open) ?? text.scalars.count
    position = end
    let inside = text[(open + 1)..<max(end - 1, open + 1)].filter { !$0.isWhitespace }
    guard text.scalars[end - 1].closesParenthesis, let count = Int(inside), inside.allSatisfy(\.isASCII),
      (0...Format.mostDecimals).contains(count)
    else {
      throw text.error(
        .syntax, "小数位数应是 0 至 \(Format.mostDecimals) 的整数", open..<end, hint: "写作 \(word)(2)")
    }
    return count
  }

  /// `表 名称` or `表 名称.实例`; nil where the text is a formula.
  mutating func placedTable() throws(FormulaError) -> Insertion? {
    skipSpace()
    let start = position
    guard current == "表" else { return nil }
    position += 1
    guard current.map({ $0.isBlank }) ?? true else {
      position = start
      return nil
    }
    skipSpace()
    guard current != nil else {
      throw text.error(.syntax, "没有写要放哪张表", start..<(start + 1), hint: "写作 表 收支总表")
    }
    guard let run = try nameRun() else {
      position = start
      return nil
    }
    skipSpace()
    if current?.opensSelectors == true {
      throw text.error(.syntax, "放整张表不写方括号", position..<text.scalars.count, hint: "只写表名；要一个数，去掉前面的“表”字")
    }
    try end()
    if run.parts.count > 1, yearOffsetNamed(run.parts[0]) != nil || kinds.contains(run.parts[0]) {
      throw text.error(.syntax, "只能放本文档的表，不能放“\(run.parts[0])”的表", run.range, hint: "去掉“\(run.parts[0]).”")
    }
    guard run.parts.count <= 2 else {
      throw text.error(.syntax, "“\(text[run.range])”的层次太多", run.range, hint: "写作 表 表名.实例名")
    }
    return .table(
      name: run.parts[0], instance: run.parts.count == 2 ? run.parts[1] : nil,
      place: text.place(of: run.range))
  }

  /// The error for a character that cannot stand here.
  func unexpected(_ wanted: String) -> FormulaError {
    guard let index = afterSpace() else {
      return text.error(.syntax, wanted + "，公式却到此为止", max(position - 1, 0)..<max(position, 1))
    }
    let scalar = text.scalars[index]
    let one = index..<(index + 1)
    switch scalar {
    case ")", "）": return text.error(.syntax, "多了一个“\(scalar)”，或它前面不完整", one, hint: "核对括号和运算符")
    case "(", "（": return text.error(.syntax, wanted + "，却是“\(scalar)”", one, hint: "核对括号是否成对；两个数之间要有运算符")
    case "]", "］": return text.error(.syntax, "多了一个“\(scalar)”", one, hint: "行和列写在表名后的一对方括号里")
    case "[", "［": return text.error(.syntax, "“\(scalar)”前面没有表名", one, hint: "写作 表名[行, 列]")
    case "【", "】": return text.error(.syntax, "方括号用错了：“\(scalar)”", one, hint: "改用“[”和“]”")
    case "=", "＝", "<", ">", "＜", "＞", "≤", "≥":
      return text.error(.syntax, "这里不能写“\(scalar)”", one, hint: "公式只算出一个数；等式只用于表样的关系，且只写一个")
    case "|", "｜": return text.error(.syntax, "这里不能写格式“\(scalar)”", one, hint: "格式只写一个，放在整个公式之后")
    case ",", "，": return text.error(.syntax, "这里不应有逗号", one, hint: "逗号只用于方括号里和函数的参数之间；数字里不写千分位")
    case ".": return text.error(.syntax, "“.”前面没有名称或数字", one, hint: "小数写作 0.5")
    case "*", "/", "×", "÷", "＊", "／", "+", "-", "−", "＋", "－":
      return text.error(.syntax, "运算符“\(scalar)”前面缺少数", one, hint: "补上前面的数或名称")
    default: break
    }
    if scalar.isInvisible {
      let code = String(scalar.value, radix: 16, uppercase: true)
      return text.error(.syntax, "有看不见的字符 U+\(code)", one, hint: "删去它，重新输入这一处")
    }
    guard scalar.isNamePart || scalar == "\"" else {
      return text.error(.syntax, "不认识的字符“\(scalar)”", one, hint: "名称里有特殊字符时，用英文双引号括起来")
    }
    let end = text.scalars.indices.dropFirst(index).first { !text.scalars[$0].isNamePart && $0 > index }
    let word = index..<(end ?? text.scalars.count)
    return text.error(
      .syntax, wanted + "，却是“\(text[word])”", word, hint: "两个数之间写 +、-、*、/；名称里有空格时，用英文双引号括起来")
  }
}
