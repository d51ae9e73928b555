import Diagnostics
import Fiscal
import Parsing

/// What holds between columns: which ones a rule means, and that they are told apart.
extension ColumnReader {
  // MARK: Names

  /// Columns of one group must be told apart.
  mutating func checkSiblings(_ nodes: [Node]) {
    var seen: Set<String> = []
    for node in nodes {
      if !seen.insert(node.id).inserted {
        findings.append(
          Finding(
            "form-duplicate-id", at: node.place, "同一层里有两列都叫“\(node.id)”",
            hint: "给其中一列加上不同的 id（CSV 里的名称用 csv 写）"))
      }
      if let children = node.children { checkSiblings(children) }
    }
  }

  /// An alias must not be what another column is called: a file would not tell them apart.
  mutating func checkAliases(of nodes: [Node], in leaves: [Leaf]) {
    for node in nodes {
      for alias in node.aliases {
        let name = normalizedName(alias.text)
        let others = leaves.filter { leaf in
          leaf.place != node.place
            && [leaf.title, leaf.csvTitle ?? "", leaf.name].contains { normalizedName($0) == name }
        }
        guard let other = others.first else { continue }
        findings.append(
          Finding(
            "form-duplicate-id", at: alias.place, "“\(alias.text)”已经是另一列“\(other.name)”的名称",
            hint: "从 aliases 里删去"))
      }
      checkAliases(of: node.children ?? [], in: leaves)
    }
  }

  // MARK: Rules

  mutating func resolve(
    _ rule: (leaf: Int, depth: Int, kind: String, references: [YAMLScalar]), in leaves: inout [Leaf]
  ) {
    if rule.kind == "equals" {
      if let scalar = rule.references.first {
        resolve(formula: scalar, leaf: rule.leaf, depth: rule.depth, in: &leaves)
      }
      return
    }
    var columns: [Int] = []
    for reference in rule.references {
      if ["adds", "of-which"].contains(rule.kind),
        let listed = listed(reference.text, for: leaves[rule.leaf], depth: rule.depth, in: leaves)
      {
        columns += listed
        continue
      }
      guard let column = find(reference, for: leaves[rule.leaf], depth: rule.depth, in: leaves) else {
        return
      }
      if FigureShape(leaves[rule.leaf]).isNumeric, !FigureShape(leaves[column]).isNumeric {
        return reportOnce(
          reference.place, "“\(reference.text)”是文字列，没有可以计算的数", hint: "写金额、数量一类的列，或给它写 type")
      }
      if columns.contains(column) {
        return reportOnce(reference.place, "“\(reference.text)”写了两次", hint: "从 \(rule.kind) 里去掉一个")
      }
      columns.append(column)
    }
    if columns.contains(rule.leaf), let first = rule.references.first {
      findings.append(Finding("form-syntax", at: first.place, "一列不能由它自己算出", hint: "从 \(rule.kind) 里去掉这一列"))
      return
    }
    guard !columns.isEmpty else { return }
    switch rule.kind {
    case "adds": leaves[rule.leaf].rules.append(.sum(columns))
    case "of-which": leaves[rule.leaf].rules.append(.ofWhich(columns))
    case "difference": leaves[rule.leaf].rules.append(.difference(columns[0], columns[1]))
    case "growth": leaves[rule.leaf].rules.append(.growth(columns[0], columns[1]))
    default: leaves[rule.leaf].rules.append(.share(columns[0], columns[1]))
    }
  }

  /// Says once what holds for each column of a group.
  private mutating func reportOnce(_ place: Place, _ message: String, hint: String) {
    let finding = Finding("form-syntax", at: place, message, hint: hint)
    if !findings.contains(finding) { findings.append(finding) }
  }

  /// Sums that come round to themselves could never be worked out.
  mutating func checkCircles(in leaves: [Leaf]) {
    let parts = leaves.map { leaf in
      leaf.rules.flatMap { rule -> [Int] in if case .sum(let columns) = rule { columns } else { [] } }
    }
    guard let circle = firstCircle(parts) else { return }
    let names = (circle + circle.prefix(1)).map { leaves[$0].id }.joined(separator: " → ")
    reportOnce(leaves[circle[0]].place, "adds 绕成一圈：\(names)", hint: "从其中一列的 adds 里去掉另一列")
  }

  /// The column a rule means: the sibling of the node that declares it, at the same place below; else farther out, else deeper down.
  private mutating func find(_ reference: YAMLScalar, for leaf: Leaf, depth: Int, in leaves: [Leaf]) -> Int? {
    let name = reference.text.split(separator: ".").map(String.init)
    let suffix = Array(leaf.path.dropFirst(depth + 1))
    for outer in stride(from: depth, through: 0, by: -1) {
      let wanted = Array(leaf.path.prefix(outer)) + name + suffix
      if let found = leaves.first(where: { $0.path == wanted }) { return found.index }
    }
    // Deeper down, in the nearest group that has such a column.
    let tail = name + suffix
    var matches: [Leaf] = []
    for outer in stride(from: depth, through: 0, by: -1) where matches.isEmpty {
      matches = leaves.filter {
        $0.path.starts(with: leaf.path.prefix(outer)) && Array($0.path.suffix(tail.count)) == tail
      }
    }
    if matches.count == 1 { return matches[0].index }
    findings.append(
      Finding(
        matches.isEmpty ? "form-unknown-column" : "form-ambiguous-column", at: reference.place,
        matches.isEmpty ? "没有“\(reference.text)”这一列" : "“\(reference.text)”有 \(matches.count) 列，不知道是哪一列",
        hint: "可用的列：" + leaves.map { $0.path.joined(separator: ".") }.uniqued.joined(separator: "、")))
    return nil
  }
}
