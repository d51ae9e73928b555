import Content
import Diagnostics
import Fiscal
import Forms

/// One panel of a table while it is judged, with the words to report in.
struct PanelContext {
  let context: CheckContext
  let table: Table
  let tableIndex: Int
  let panelIndex: Int
  let filled: FilledPanel
  let families: RowFamilies

  var panel: Panel { filled.panel }
  var rows: [Row] { filled.rows }

  func cell(_ row: Int, _ leaf: Leaf) -> Cell { rows[row].cells[leaf.index] }

  func term(_ row: Int, _ leaf: Leaf) -> Term? { cell(row, leaf).term(leaf: leaf) }

  /// Whether a column has a value in a row at all.
  func applies(_ leaf: Leaf, to row: Int) -> Bool {
    guard !leaf.only.isEmpty else { return true }
    return rows[row].spec.map { leaf.only.contains(panel.rows[$0].id) } ?? false
  }

  func place(_ row: Int, _ leaf: Leaf) -> Place {
    let cell = cell(row, leaf)
    return cell.line > 0 ? cell.place(in: rows[row].file) : rows[row].place
  }

  func subject(_ row: Int, _ leaf: Leaf?) -> Subject {
    context.subject(table, row: name(row), column: leaf?.name)
  }

  /// A row as findings and waivers call it: with its side heading where it has one (资金来源/合计).
  func name(_ row: Int) -> String {
    let side = rows[row].spec.flatMap { panel.rows[$0].sideHeading }
    return (side.map { $0 + "/" } ?? "") + rows[row].title
  }

  func amount(_ value: Rational, _ leaf: Leaf) -> String {
    shown(value, in: leaf.unit ?? .tenThousandYuan, decimals: leaf.decimals)
  }

  func unit(_ leaf: Leaf) -> String { (leaf.unit ?? .tenThousandYuan).rawValue }

  func dispute(_ row: Int, _ leaf: Leaf) {
    if let key = key(row, leaf) { context.facts.dispute(key) }
  }

  func key(_ row: Int, _ leaf: Leaf) -> FactKey? {
    context.facts.key(at: .init(table: tableIndex, panel: panelIndex, row: row, leaf: leaf.index))
  }

  /// The rows directly below one that add up to it, or are 其中 of it.
  func parts(of row: Int, _ relation: RowSpec.Relation) -> [Int] {
    standing(families.children[row].filter { rows[$0].relation == relation })
  }

  /// The outermost rows of a declared row: itself, or those of its block.
  func outermost(of spec: Int) -> [Int] {
    standing(families.outermost[spec])
  }

  /// Rows with those that only hold others replaced by what they hold.
  private func standing(_ some: [Int]) -> [Int] {
    some.flatMap { rows[$0].isHollow ? parts(of: $0, .part) : [$0] }
  }
}

extension CheckContext {
  /// Every panel of the disclosure, in order, but for tables without a form: of those nothing is known.
  var panels: [PanelContext] {
    zip(disclosure.tables.indices, disclosure.tables).flatMap { index, table in
      table.form.isAsWritten
        ? []
        : zip(table.panels.indices, table.panels).map { panelIndex, filled in
          PanelContext(
            context: self, table: table, tableIndex: index, panelIndex: panelIndex, filled: filled,
            families: families[index][panelIndex])
        }
    }
  }
}

/// How far a total may be from its parts and still be 尾差: five last digits, however many parts there are.
let roundingCap = 5

extension PanelContext {
  /// Judges one sum and reports it: inconsistent is the check's fault, a rounding difference (尾差) information.
  func judge(
    total: Term, terms: [Term], at row: Int, _ leaf: Leaf, parts names: [String], whole: String, what: String,
    id: String,
    hint: String, disputes: [(Int, Leaf)]
  ) -> Finding? {
    guard let verdict = SumVerdict(total: total, terms: terms) else { return nil }
    let last = total.interval.upper.subtracting(total.interval.lower) ?? .zero
    let cap = last.multiplied(by: Rational(roundingCap)) ?? .zero
    let message =
      "\(whole) \(amount(verdict.stated, leaf))，\(what) \(amount(verdict.summed, leaf))，相差 \(amount(verdict.difference.magnitude, leaf))（\(unit(leaf))）"
    let note = Finding.Note("分项：" + listed(names))
    switch verdict.agreement {
    case .exact: return nil
    case .rounding:
      let isWide = verdict.difference.magnitude > cap
      return Finding(
        id, isWide ? .warning : .info, at: place(row, leaf), message + (isWide ? "，超出通常的尾差" : "，属于尾差"),
        hint: isWide ? hint : nil, notes: [note], subject: subject(row, leaf))
    case .inconsistent:
      for (row, leaf) in disputes { dispute(row, leaf) }
      return Finding(
        id, .error, at: place(row, leaf), message, hint: hint, notes: [note], subject: subject(row, leaf))
    }
  }
}
