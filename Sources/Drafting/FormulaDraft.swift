import Content
import Diagnostics
import Files
import Fiscal
import Forms
import Formulas
import Parsing

/// Last year's formulas for this year: tables, rows and columns are called as the new forms call them.
struct FormulaDraft {
  let rollForward: RollForward

  private var years: Years { rollForward.years }
  private var kinds: Set<String> { Set(rollForward.library.kinds.flatMap(\.names)) }

  /// What stands between the braces, with its years moved on and its names those of the new tables.
  func text(_ source: String) -> String {
    let moved = years.moved(source)
    guard let insertion = try? parseInsertion(moved, at: Self.start, kinds: kinds) else { return moved }
    switch insertion {
    case .figure(let expression, _):
      let old = expression.text
      let new = expression.text(naming: { _ in nil }, { renamed($0).map { typed($0) } })
      guard old != new, let range = moved.firstRange(of: old) else { return moved }
      return String(moved[..<range.lowerBound]) + new + String(moved[range.upperBound...])
    case .table(let name, let instance, _):
      let reference = Reference(table: name, instance: instance, row: .all)
      guard let new = renamed(reference) else { return moved }
      return " 表 \(head(of: new)) "
    }
  }

  private static let start = Place(file: "", line: 1, column: 1, length: 1)

  // MARK: Names

  /// The reference with the names of the form that its table goes on in; nil where it stays as it is.
  private func renamed(_ reference: Reference) -> Reference? {
    guard let (table, form) = successor(of: reference) else { return nil }
    var result = reference
    let wanted = normalizedName(reference.table)
    if !form.names.contains(where: { normalizedName($0) == wanted }) { result.table = form.name }
    if !form.isSheet {
      for (index, panel) in (form.grids.first?.panels ?? []).enumerated() {
        guard let filled = earlier(panel, at: index, of: form, in: table) else { continue }
        let match = PanelMatch(panel, filled, years: years)
        result.row = row(result.row, match, form)
        result.column = result.column.map { column($0, match, form) }
      }
    }
    return result == reference ? nil : result
  }

  private func earlier(_ panel: Panel, at index: Int, of form: Form, in table: Table) -> FilledPanel? {
    let panels = table.grids.first?.panels ?? []
    let isAlike = panels.count == form.grids.first?.panels.count
    return panels.first { $0.panel.id == panel.id } ?? (isAlike ? panels[index] : nil)
  }

  /// The table that a reference meant, and the form that takes its place in the disclosure it now means.
  private func successor(of reference: Reference) -> (Table, Form)? {
    let old = rollForward.old
    let kind =
      reference.kind.map { name in rollForward.library.kinds.first { $0.names.contains(name) } } ?? old.kind
    guard let kind else { return nil }
    func disclosure(_ year: Int) -> Disclosure? {
      rollForward.unit.bound.disclosures.first { $0.year == year && $0.kind == kind }
    }
    let isOwn = reference.yearOffset == 0 && kind == old.kind
    let year = rollForward.year + reference.yearOffset
    let set = isOwn ? rollForward.choice.set : disclosure(year)?.set
    let wanted = normalizedName(reference.table)
    let named = disclosure(old.year + reference.yearOffset)?.tables.first { table in
      table.form.names.contains { normalizedName(years.moved($0)) == wanted || normalizedName($0) == wanted }
    }
    guard let set, let named, let form = rollForward.successor(of: named, in: set, year: year) else {
      return nil
    }
    return (named, form)
  }

  private func row(_ selector: Selector, _ match: PanelMatch, _ form: Form) -> Selector {
    guard case .path(var parts) = selector, let last = parts.last else { return selector }
    let wanted = normalizedName(last)
    func isNamed(_ spec: RowSpec) -> Bool {
      ([spec.id, spec.title] + spec.aliases).contains { normalizedName(years.moved($0)) == wanted }
        || ([spec.id, spec.title] + spec.aliases).contains { normalizedName($0) == wanted }
    }
    if form.grids.flatMap(\.panels).flatMap(\.rows).contains(where: isNamed) { return selector }
    let found = match.specs.indices.filter { index in
      match.specs[index].map { isNamed(match.filled.panel.rows[$0]) } ?? false
    }
    guard found.count == 1, !match.panel.rows[found[0]].isOpen else { return selector }
    parts[parts.count - 1] = match.panel.rows[found[0]].title
    return .path(parts)
  }

  private func column(_ selector: Selector, _ match: PanelMatch, _ form: Form) -> Selector {
    guard case .path(let parts) = selector else { return selector }
    let wanted = parts.map { normalizedName($0) }
    func isNamed(_ leaf: Leaf) -> Bool {
      let names = [leaf.titles, leaf.path].map { $0.map { normalizedName(years.moved($0)) } }
      let plain = [leaf.titles, leaf.path].map { $0.map { normalizedName($0) } }
      return (names + plain).contains { $0.suffix(wanted.count) == wanted[...] }
        || leaf.csvTitle.map { normalizedName($0) } == wanted.joined(separator: "/")
    }
    if form.grids.flatMap(\.panels).flatMap(\.leaves).contains(where: isNamed) { return selector }
    let found = match.panel.leaves.filter { leaf in
      match.leaves[leaf.index].map { isNamed(match.filled.panel.leaves[$0]) } ?? false
    }
    guard found.count == 1 else { return selector }
    let isAlone = match.panel.leaves.count { $0.title == found[0].title } == 1
    return .path(isAlone ? [found[0].title] : found[0].titles)
  }

  // MARK: Typing

  /// The reference as it is typed, in quotation marks where a name needs them.
  private func typed(_ reference: Reference) -> String {
    var year = ""
    if reference.yearOffset != 0 {
      let word = reference.yearOffset < 0 ? "上" : "下"
      year = String(repeating: word, count: min(Int(reference.yearOffset.magnitude), 9)) + "年."
    }
    let selectors = [reference.row, reference.column].compactMap(\.self).map { selector -> String in
      switch selector {
      case .all: "*"
      case .path(let parts): parts.map { quoted($0, isTable: false) }.joined(separator: "/")
      }
    }
    return year + head(of: reference) + "[" + selectors.joined(separator: ", ") + "]"
  }

  private func head(of reference: Reference) -> String {
    let names = [reference.table, reference.instance].compactMap(\.self).map { quoted($0, isTable: true) }
    return ([reference.kind].compactMap(\.self) + names).joined(separator: ".")
  }

  private func quoted(_ name: String, isTable: Bool) -> String {
    let probe = isTable ? "\(name)[甲]" : "甲[\(name)]"
    if case .figure(let expression, _)? = try? parseInsertion(probe, at: Self.start, kinds: kinds),
      expression.references
        == [isTable ? Reference(table: name, row: .path(["甲"])) : Reference(table: "甲", row: .path([name]))]
    {
      return name
    }
    return "\"" + name.replacing("\"", with: "\"\"") + "\""
  }

  // MARK: Resolving

  /// Which of some formulas the new tables do not answer, whatever will be filled in.
  ///
  /// - Parameter files: The drafted tables and settings.
  func unresolved(_ formulas: [String], with files: [NewFile]) -> Set<String> {
    var probe: [String] = []
    var owners: [Int: String] = [:]
    func ask(_ text: String, for formula: String) {
      for line in "{{\(text)}}".split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
        probe.append(String(line))
        owners[probe.count] = formula
      }
      probe.append("")
    }
    for formula in Set(formulas).sorted() {
      ask(formula, for: formula)
      // One figure that is not there hides behind another that is still to be written.
      if case .figure(let expression, _)? = try? parseInsertion(formula, at: Self.start, kinds: kinds) {
        let single = expression.singleReferences
        if single.count > 1 { for reference in single { ask(typed(reference), for: formula) } }
      }
    }
    let path = rollForward.folder + "narrative.md"
    var texts = rollForward.unit.texts.filter { !$0.key.hasSuffix("/narrative.md") }.mapValues {
      Array($0.text.utf8)
    }
    for file in files { texts[file.path] = Array(file.bytes) }
    texts[path] = Array(probe.joined(separator: "\n").utf8)
    let unit = rollForward.unit
    var findings: [Finding] = []
    let read = texts.sorted { $0.key < $1.key }.map {
      UnitFiles.File(path: $0.key, bytes: $0.value, size: $0.value.count)
    }
    let parsed = parse(UnitFiles(slug: unit.slug, folder: unit.folder, files: read), findings: &findings)
    _ = bind(parsed, to: rollForward.library, findings: &findings)
    let failed = findings.filter {
      ["unresolved-figure", "unresolved-table", "formula-syntax"].contains($0.id)
        && $0.place.file.hasSuffix("/" + path)
    }
    return Set(failed.compactMap { owners[$0.place.line] })
  }
}
