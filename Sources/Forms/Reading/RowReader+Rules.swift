import Diagnostics
import Fiscal
import Parsing

/// What holds between rows: which ones a sum or a difference means, and that they are told apart.
extension RowReader {
  /// Sums that come round to themselves could never be worked out.
  mutating func checkCircles() {
    guard let circle = firstCircle(rows.map(\.adds)) else { return }
    let names = (circle + circle.prefix(1)).map { rows[$0].id }.joined(separator: " → ")
    findings.append(
      Finding(
        "form-syntax", at: rows[circle[0]].place, "adds 绕成一圈：\(names)", hint: "从其中一行的 adds 里去掉另一行"))
  }

  /// An alias must not be what a row beside it is called: a file would not tell them apart.
  mutating func checkAliases() {
    for (row, alias) in aliases {
      let isTaken = rows.indices.contains { other in
        other != row && rows[other].parent == rows[row].parent && !rows[other].isOpen
          && normalizedName(rows[other].title) == normalizedName(alias.text)
      }
      guard isTaken else { continue }
      findings.append(
        Finding("form-duplicate-id", at: alias.place, "“\(alias.text)”已经是另一行的标题", hint: "从 aliases 里删去"))
    }
  }

  mutating func resolve(_ reference: (row: Int, kind: String, names: [YAMLScalar])) {
    var found: [Int] = []
    for name in reference.names {
      guard let index = rows.firstIndex(where: { $0.id == name.text || $0.title == name.text }) else {
        findings.append(
          Finding(
            "form-unknown-row", at: name.place, "没有“\(name.text)”这一行",
            hint: "可用的行：" + rows.callable))
        return
      }
      if found.contains(index), reference.kind == "adds" || reference.names.count == 2 {
        findings.append(
          Finding("form-syntax", at: name.place, "“\(name.text)”写了两次", hint: "从 \(reference.kind) 里去掉一个"))
        return
      }
      found.append(index)
    }
    if found.contains(reference.row), let first = reference.names.first {
      findings.append(
        Finding("form-syntax", at: first.place, "一行不能由它自己算出", hint: "从 \(reference.kind) 里去掉这一行"))
    } else if reference.kind == "adds" {
      rows[reference.row].adds = found
    } else if found.count == 2 {
      rows[reference.row].difference = found
    } else if let first = reference.names.first {
      findings.append(
        Finding(
          "form-syntax", at: first.place, "“difference”要写两行：[被减的行, 减去的行]，这里有 \(reference.names.count) 行",
          hint: "几行相加写 adds"))
    }
  }
}
