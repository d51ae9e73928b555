import Diagnostics
import Fiscal
import Forms
import Formulas
import Markdown
import Parsing

/// Reads a narrative and works out its formulas.
struct NarrativeBinder {
  let disclosure: Disclosure
  let lookup: FigureLookup
  /// What kinds of disclosures may be called.
  private let kindNames: Set<String>
  var findings: [Finding] = []
  /// Formulas that fail because a cell cannot be read, which has been reported at the cell.
  private(set) var disturbed: [(cell: Place, finding: Finding)] = []
  private var placed: [Int: Place] = [:]

  init(disclosure: Disclosure, lookup: FigureLookup) {
    self.disclosure = disclosure
    self.lookup = lookup
    kindNames = Set(lookup.kinds.flatMap(\.names))
  }

  mutating func bind(_ source: SourceText) -> Narrative {
    var found: [Finding] = []
    let numbering: HeadingNumbering =
      switch disclosure.set?.numbering {
      case "parts": .parts
      case "none": .none
      default: .plain
      }
    let document = parseMarkdown(source.text, file: source.file, numbering: numbering, findings: &found)
    findings += found.map { finding in
      var finding = finding
      finding.subject = disclosure.subject
      return finding
    }
    let insertions = document.placeholders.map { resolve($0) }
    return Narrative(document: document, insertions: insertions, file: source.file)
  }

  private mutating func resolve(_ placeholder: Placeholder) -> Narrative.Insertion {
    lookup.readings?.unreadableCell = nil
    do throws(FormulaError) {
      switch try parseInsertion(placeholder.text, at: placeholder.place, kinds: kindNames) {
      case .figure(let expression, let format):
        if lookup.needsUnreadable(expression.references) { return .failed }
        if lookup.needsUnwritten(expression.references) { return .failed }
        return .text(try expression.text(as: format, with: lookup))
      case .table(let name, let instance, let place):
        return table(name, instance, at: place, isBlock: placeholder.isBlock)
      }
    } catch {
      let finding = error.finding(
        error.reason == .syntax ? "formula-syntax" : "unresolved-figure", subject: disclosure.subject)
      if let cell = lookup.readings?.unreadableCell {
        disturbed.append((cell, finding))
      } else {
        findings.append(finding)
      }
      return .failed
    }
  }

  private mutating func table(_ name: String, _ instance: String?, at place: Place, isBlock: Bool)
    -> Narrative.Insertion
  {
    let wanted = normalizedName(name)
    let named = disclosure.tables.indices.filter { index in
      disclosure.tables[index].form.names.contains { normalizedName($0) == wanted }
    }
    let found =
      instance.map { name in
        named.filter { disclosure.tables[$0].instance.map { normalizedName($0) } == normalizedName(name) }
      } ?? named
    guard found.count == 1 else {
      if lookup.home.unreadable.contains(wanted) { return .failed }
      report(
        "unresolved-table", at: place,
        found.isEmpty
          ? "没有“\(instance.map { name + "." + $0 } ?? name)”这张表" : "“\(name)”有 \(found.count) 份，不知道放哪一份",
        hint: (found.isEmpty ? "本文档的表：" : "写明是哪一份：")
          + (found.isEmpty ? disclosure.tables.map(\.name) : found.map { disclosure.tables[$0].name }).joined(
            separator: "、"))
      return .failed
    }
    guard isBlock else {
      report("table-inside-text", at: place, "表格要单独成段", hint: "把 {{ 表 \(name) }} 单独放一行，上下各空一行")
      return .failed
    }
    if let earlier = placed[found[0]] {
      findings.append(
        Finding(
          "table-placed-twice", at: place, "“\(name)”在正文里放了两次", hint: "只留一处，另一处用链接",
          notes: [.init("先在这里放过", at: earlier)], subject: disclosure.subject))
      return .failed
    }
    placed[found[0]] = place
    return .table(found[0])
  }

  private mutating func report(_ id: String, at place: Place, _ message: String, hint: String) {
    findings.append(Finding(id, at: place, message, hint: hint, subject: disclosure.subject))
  }
}
