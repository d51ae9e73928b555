import Diagnostics
import Formulas
import Parsing

extension ColumnReader {
  /// Reads the formula of a column (`equals`) and finds the columns that it names; one that could never be judged is refused.
  mutating func resolve(formula: YAMLScalar, leaf index: Int, depth: Int, in leaves: inout [Leaf]) {
    let leaf = leaves[index]
    do throws(FormulaError) {
      let expression = try parseExpression(formula.text, at: formula.place)
      if let reference = expression.references.first {
        report(
          "form-syntax", at: formula.place, "公式只用本行的列，不能写“\(reference.text)”",
          hint: "写列的 id 或标题；别的格写在 relations 里")
        return
      }
      var columns: [Name: Int] = [:]
      for name in expression.names {
        let found = Self.columns(named: name, for: leaf, depth: depth, in: leaves)
        guard found.count == 1, let column = found.first else {
          report(
            found.isEmpty ? "form-unknown-column" : "form-ambiguous-column", at: formula.place,
            found.isEmpty
              ? "公式里的“\(name.text)”不是这张表的列" : "公式里的“\(name.text)”有 \(found.count) 列，不知道是哪一列",
            hint: "可用的列："
              + leaves.map { found.isEmpty ? $0.id : $0.path.joined(separator: ".") }.joined(separator: "、"))
          return
        }
        guard column.index != index else {
          report("form-syntax", at: formula.place, "一列不能由它自己算出", hint: "从 equals 里去掉这一列")
          return
        }
        guard FigureShape(column).isNumeric else {
          report(
            "form-syntax", at: formula.place, "公式里的“\(name.text)”是文字列，没有可以计算的数", hint: "写金额、数量一类的列，或给它写 type")
          return
        }
        columns[name] = column.index
      }
      guard !columns.isEmpty else {
        report("form-syntax", at: formula.place, "公式“\(expression.text)”没有用到任何一列", hint: "写本表列的 id 或标题")
        return
      }
      guard let stated = FigureShape(leaf).sample else {
        report(
          "form-syntax", at: formula.place, "“\(leaf.title)”列不是数，不能由公式算出",
          hint: "写明 type，例如 type: amount 或 type: score")
        return
      }
      let shapes = columns.mapValues { FigureShape(leaves[$0]) }
      let misfit = SampleSource.misfit { () throws(FormulaError) in
        try expression.compare(stated, with: SampleSource(name: { shapes[$0] }))
      }
      if let misfit {
        findings.append(misfit.finding("form-syntax"))
      } else {
        leaves[index].rules.append(.equals(expression, columns))
      }
    } catch {
      findings.append(error.finding("form-syntax"))
    }
  }

  private mutating func report(_ id: String, at place: Place, _ message: String, hint: String) {
    findings.append(Finding(id, at: place, message, hint: hint))
  }

  /// The columns that a formula means: those in the nearest group that has them, at the same place below; else by their
  /// own name alone.
  private static func columns(named name: Name, for leaf: Leaf, depth: Int, in leaves: [Leaf]) -> [Leaf] {
    let suffix = leaf.path.dropFirst(depth + 1)
    let titles = leaf.titles.dropFirst(depth + 1)
    for outer in stride(from: depth, through: 0, by: -1) {
      let group = leaves.filter { $0.path.starts(with: leaf.path.prefix(outer)) }
      let exact = group.filter { $0.path == leaf.path.prefix(outer) + name.parts + suffix }
      if !exact.isEmpty { return exact }
      let found = group.filter { column in
        [name.parts + suffix, name.parts + titles].contains { ![column].named($0).isEmpty }
      }
      guard !found.isEmpty else { continue }
      let whole = found.meant(by: name)
      return whole.count == 1 ? whole : found
    }
    return leaves.meant(by: name)
  }
}
