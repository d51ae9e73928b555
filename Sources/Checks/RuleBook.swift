import Diagnostics
import Forms
import Parsing

/// The checks as a book: what `gongkai explain` prints and `docs/checks.md` is made from.
public enum RuleBook {
  /// Every id that a finding may have: the checks, then what readers report.
  public static let rules: [FindingRule] =
    Check.all.map { FindingRule($0.id, $0.severity, $0.title, why: $0.why) } + ReaderRules.all

  public static func rule(_ id: String) -> FindingRule? { rules.first { $0.id == id } }

  /// One line an id: the checks, then the readers.
  public static var list: String {
    let width = rules.map(\.id.count).max() ?? 0
    func lines(_ rules: some Sequence<FindingRule>) -> String {
      rules.map { rule in
        rule.id + String(repeating: " ", count: width - rule.id.count)
          + "  \(rule.severity.chinese)  \(rule.title)\n"
      }.joined()
    }
    return "核对规则（数与数、数与说明）：\n" + lines(rules.prefix(Check.all.count)) + "\n读取时的问题（文件、设置、表样、正文、网页、存档）：\n"
      + lines(rules.dropFirst(Check.all.count))
  }

  public static func nearest(to id: String) -> String? { Parsing.nearest(to: id, among: rules.map(\.id)) }

  /// The page of an id for the terminal.
  public static func page(for id: String) -> String? {
    guard let rule = rule(id) else { return nil }
    var text = "\(rule.id)  \(rule.severity.chinese)\n\(rule.title)\n\n为什么：\(rule.why)\n"
    if !rule.advice.isEmpty { text += "怎么办：\(rule.advice)\n" }
    guard let check = Check.named(id) else { return text }
    if !check.references.isEmpty { text += "规则目录：\(check.references.joined(separator: "、"))\n" }
    for example in check.examples {
      text += "\n" + (example.fails ? "例（有问题，↓ 处）：" : "例（没有问题）：") + "\n"
      for file in example.files where !file.name.hasPrefix("forms/") {
        text += "  \(file.name)\n" + indented(file.text, by: "    ")
      }
    }
    return text
  }

  /// All checks as Markdown.
  public static var markdown: String {
    var text = """
      # 核对规则

      本页由 `make docs` 从规则的代码生成，请勿手改。每条规则的例子同时是它的测试；↓ 标出问题所在。
      读取文件、设置、表样、正文和网页时的问题不在这里：`gongkai explain` 列出全部 id，`gongkai explain id` 说明一条。

      | 规则 | 级别 | 查什么 | 规则目录 |
      |---|---|---|---|

      """
    for check in Check.all {
      text +=
        "| [`\(check.id)`](#\(check.id)) | \(check.severity.chinese) | \(check.title) | \(check.references.joined(separator: " ")) |\n"
    }
    for check in Check.all {
      text += "\n## \(check.id)\n\n**\(check.title)**（\(check.severity.chinese)）\n\n\(check.why)\n"
      for example in check.examples {
        text += "\n" + (example.fails ? "有问题：" : "没有问题：") + "\n"
        for file in example.files where !file.name.hasPrefix("forms/") {
          text += "\n`\(file.name)`\n\n```\n\(file.text.hasSuffix("\n") ? file.text : file.text + "\n")```\n"
        }
      }
    }
    return text + catalogue
  }

  /// Which rule of the field's catalogue is decided where, or why not.
  private static var catalogue: String {
    var text = """

      ## 规则目录

      预算公开领域的勾稽关系与审核规则，各由哪条规则判断；不能由一份文档的数据判断的，说明原因。级别：E 错误，W 警告，I 提示。
      表样和表套里没有的表、列、标签，相应的规则就不作声；表套可以关掉不适用的定律（`laws: {off: […]}`）
      和规则（`checks: {off: […]}`），写出当地才有的关系（`relations`）；`site.yaml` 的 `checks` 关掉全站不适用的规则。
      \(switches)

      | 编号 | 级别 | 要求 | 由谁判断 |
      |---|---|---|---|

      """
    for rule in CataloguedRule.all {
      let checks = rule.checks.map { "[`\($0)`](#\($0))" }
      let decided = (checks + [rule.decision]).filter { !$0.isEmpty }.joined(separator: "；")
      text += "| \(rule.id) | \(rule.severity) | \(rule.title) | \(decided.isEmpty ? "尚未实现" : decided) |\n"
    }
    return text
  }

  /// Which sets of the catalogue turn something off, or have relations of their own.
  private static var switches: String {
    let lines = FormLibrary(own: []).sets.compactMap { set -> String? in
      let parts = [
        set.lawsOff.isEmpty ? nil : "关掉定律 " + set.lawsOff.joined(separator: "、"),
        set.checks.off.isEmpty ? nil : "关掉规则 " + set.checks.off.map { "`\($0.text)`" }.joined(separator: "、"),
        set.relations.isEmpty ? nil : "另有表间关系 \(set.relations.count) 条",
      ].compactMap { $0 }
      return parts.isEmpty ? nil : "\(set.title)（`\(set.id)`）\(parts.joined(separator: "，"))"
    }
    return lines.isEmpty
      ? "附带的表套目前都不关掉什么，也没有另加关系。" : "附带的表套里：" + lines.joined(separator: "；") + "。"
  }

  private static func indented(_ text: String, by margin: String) -> String {
    text.split(separator: "\n").map { margin + $0 + "\n" }.joined()
  }
}
