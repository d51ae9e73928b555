import Diagnostics
import Fiscal
import Parsing

/// What is valid in a site's own form, and yet likely to be an oversight; nothing here stops publication.
struct FormHints {
  private(set) var findings: [Finding] = []
  private let form: Form
  /// Titles as they are written, by what they are in the year that the form was read for.
  private var written: [String: String] = [:]

  /// - Parameters:
  ///   - root: The form's text, forms that it extends worked in; what it takes over from others is theirs.
  ///   - year: The year that the form was read for.
  init(_ form: Form, root: YAML, year: Int) {
    self.form = form
    collectWritten(root, year: year)
    let file = root.place.file
    defer { findings.removeAll { $0.place.file != file } }
    for grid in form.grids {
      for panel in grid.panels { look(at: panel) }
    }
    lookAtAliases(root)
    lookForTags()
  }

  private mutating func hint(
    _ id: String, _ severity: Severity = .info, at place: Place, _ message: String, _ hint: String
  ) {
    findings.append(Finding(id, severity, at: place, message, hint: hint))
  }

  // MARK: Years

  private mutating func collectWritten(_ node: YAML, year: Int) {
    switch node {
    case .scalar(let scalar):
      guard scalar.text.contains("{year") else { return }
      written[YAML.replaceYear(in: scalar.text, by: year)] = scalar.text
    case .list(let items, _): for item in items { collectWritten(item, year: year) }
    case .map(let pairs, _): for (_, value) in pairs { collectWritten(value, year: year) }
    }
  }

  /// A column or row as it is written: a hint is for every year.
  private func name(_ titles: [String]) -> String {
    titles.map { written[$0] ?? $0 }.joined(separator: "/")
  }

  // MARK: Totals

  private mutating func look(at panel: Panel) {
    let amounts = panel.leaves.filter { $0.type == .amount }
    let hasParts = amounts.contains { !saysTotal($0.id, $0.title) }
    for leaf in amounts where saysTotal(leaf.id, leaf.title) && leaf.rules.isEmpty && hasParts {
      guard !isNamed([leaf.id, leaf.title]) else { continue }
      hint(
        "form-total-unchecked", at: leaf.place, "“\(name(leaf.titles))”列没有写由哪些列相加，不会核对",
        "写 adds: [各分项列]；本来就不等于它们之和的，不用理会")
    }
    for (index, row) in panel.rows.enumerated() where !row.isOpen && saysTotal(row.id, row.title) {
      let hasParts = panel.rows.contains { $0.parent == index && $0.relation == .part }
      let isPart = !row.adds.isEmpty || !row.difference.isEmpty || hasParts
      let hasOthers = panel.rows.contains { $0.isOpen || !saysTotal($0.id, $0.title) }
      guard !isPart, hasOthers, !isNamed([row.id, row.title]) else { continue }
      hint(
        "form-total-unchecked", at: row.place, "“\(name([row.title]))”行没有写由哪些行相加，不会核对",
        "把分项写在它的 rows 里，或写 adds: [各分项行]；本来就不等于它们之和的，不用理会")
    }
  }

  private func saysTotal(_ id: String, _ title: String) -> Bool {
    id == "total" || ["合计", "总计", "小计"].contains { title.contains($0) }
  }

  /// Whether a relation of the form speaks of it.
  private func isNamed(_ names: [String]) -> Bool {
    form.relations.contains { relation in
      relation.equation.names.contains { name in
        name.text.split(separator: ".").contains { names.contains(String($0)) }
      }
    }
  }

  // MARK: Aliases, tags

  private mutating func lookAtAliases(_ root: YAML) {
    var seen = [normalizedName(form.id): "id"]
    seen[normalizedName(form.name)] = "标题"
    guard let aliases = root["aliases"] else { return }
    for alias in (aliases.items ?? [aliases]).compactMap(\.scalar) {
      if let other = seen.updateValue("前面的别名", forKey: normalizedName(alias.text)) {
        hint("form-alias-twice", at: alias.place, "别名“\(alias.text)”与\(other)相同", "删去这个别名")
      }
    }
  }

  /// A column beside tagged ones that says just what another does states nothing.
  private mutating func lookForTags() {
    for panel in form.grids.flatMap(\.panels) {
      let amounts = panel.leaves.filter {
        $0.type == .amount && !$0.isDerived && !$0.rules.contains(where: \.isSum)
      }
      guard amounts.contains(where: \.isTagged) else { continue }
      for leaf in amounts where !leaf.isTagged {
        guard amounts.contains(where: { $0.index != leaf.index && $0.states == leaf.states }) else {
          continue
        }
        hint(
          "form-column-untagged", at: leaf.place, "“\(name(leaf.titles))”列没有标签，不会与别的表核对，而旁边的列有",
          "写 states 标明它说的是什么；拿不准就不写")
      }
    }
  }
}

extension ColumnRule {
  fileprivate var isSum: Bool { if case .sum = self { true } else { false } }
}

extension FormHints {
  /// Names that two forms of one set share, where one of them is the site's own: a file of that name would be both.
  static func sharedNames(in sets: [FormSet], own: [String: Form], other: (String) -> Form?) -> [Finding] {
    var findings: [Finding] = []
    for set in sets where set.entries.contains(where: { own[$0.form] != nil }) {
      var owners: [String: Form] = [:]
      for entry in set.entries {
        guard let form = own[entry.form] ?? other(entry.form) else { continue }
        let clash = Set(form.names.map { normalizedName($0) }).sorted().first { owners[$0] != nil }
        if let clash, let first = owners[clash] {
          let mine = own[entry.form] != nil ? form : first
          findings.append(
            Finding(
              "form-name-twice", .warning, at: mine.place,
              "表套“\(set.id)”里“\(form.id)”和“\(first.id)”都叫“\(clash)”",
              hint: "改一张的标题或别名，否则这个名称的数据文件两张表都会用"))
        }
        for name in form.names { owners[normalizedName(name)] = form }
      }
    }
    return findings
  }
}
