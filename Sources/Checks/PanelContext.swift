import Content
import Diagnostics
import Fiscal
import Forms

/// One panel of a table while it is judged, with the words to report in.
///
/// Columns are called by their place in `panel.leaves`; what is asked of every cell needs neither its text nor its
/// column's description.
final class PanelContext {
  unowned let context: CheckContext
  let facts: FactStore
  let table: Table
  let tableIndex: Int
  let panelIndex: Int
  let filled: FilledPanel
  let families: RowFamilies
  /// The columns whose rows add up: amounts, counts and plain numbers.
  let addends: [Int]
  /// Whether a column's figures are amounts, which are added in fen.
  private let amounts: [Bool]
  /// All cells row by row.
  private let cells: [AmountCell]
  private let width: Int
  /// For each column the declared rows that have a value in it; nil means all.
  private let applying: [[Bool]?]

  init(_ context: CheckContext, _ table: Table, _ tableIndex: Int, _ filled: FilledPanel, _ panelIndex: Int) {
    self.context = context
    facts = context.facts
    self.table = table
    self.tableIndex = tableIndex
    self.panelIndex = panelIndex
    self.filled = filled
    families = RowFamilies(filled)
    let leaves = filled.panel.leaves
    width = leaves.count
    addends = leaves.indices.filter { leaves[$0].isAddend }
    amounts = leaves.indices.map { leaves[$0].type == .amount }
    applying = leaves.indices.map { leaf in
      leaves[leaf].only.isEmpty ? nil : filled.panel.rows.map { leaves[leaf].only.contains($0.id) }
    }
    var cells: [AmountCell] = []
    cells.reserveCapacity(filled.rows.count * leaves.count)
    for row in filled.rows.indices {
      for leaf in leaves.indices {
        cells.append(
          AmountCell(filled.rows[row].cells[leaf].amount?.fen, filled.rows[row].cells[leaf].state))
      }
    }
    self.cells = cells
  }

  var panel: Panel { filled.panel }
  var rows: [Row] { filled.rows }

  func cell(_ row: Int, _ leaf: Leaf) -> Cell { rows[row].cells[leaf.index] }

  /// What a cell is in a sum.
  func cell(_ row: Int, _ leaf: Int) -> AmountCell { cells[row * width + leaf] }

  func isAmount(_ leaf: Int) -> Bool { amounts[leaf] }

  func term(_ row: Int, _ leaf: Leaf) -> Term? { cell(row, leaf).term(leaf: leaf) }

  /// Whether a column has a value in a row at all.
  func applies(_ leaf: Int, to row: Int) -> Bool {
    guard let applying = applying[leaf] else { return true }
    return filled.rows[row].spec.map { applying[$0] } ?? false
  }

  /// Whether parts that are all left empty say nothing of their total: only empty amounts may be zeros.
  func isSilent(_ cells: some Sequence<AmountCell>, of leaf: Int) -> Bool {
    (table.form.blank != .zero || !isAmount(leaf)) && cells.allSatisfy(\.isOpen)
  }

  func applies(_ leaf: Leaf, to row: Int) -> Bool { applies(leaf.index, to: row) }

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
    guard leaf.type != .amount else {
      return shown(value, in: leaf.unit ?? .tenThousandYuan, decimals: leaf.decimals)
    }
    return value.text(decimals: max(leaf.decimals, value.exactDecimals ?? leaf.decimals), grouped: true) ?? ""
  }

  /// The unit of a column in brackets, where it has one: （万元）.
  func unit(_ leaf: Leaf) -> String {
    let unit = leaf.type == .amount ? (leaf.unit ?? .tenThousandYuan).rawValue : leaf.countUnit
    return unit.map { "（\($0)）" } ?? ""
  }

  /// Which figure of the disclosure a cell is.
  func figure(_ row: Int, _ leaf: Leaf) -> FigurePlace {
    FigurePlace(table: tableIndex, panel: panelIndex, row: row, leaf: leaf.index)
  }

  func dispute(_ row: Int, _ leaf: Leaf) {
    if let fact = fact(row, leaf.index) { facts.dispute(fact) }
  }

  /// The fact that a cell states.
  func fact(_ row: Int, _ leaf: Int) -> Int? {
    facts.fact(at: row, leaf, ofPanel: panelIndex, table: tableIndex)
  }

  /// The rows directly below one that add up to it, or are 其中 of it.
  func parts(of row: Int, _ relation: RowSpec.Relation) -> [Int] {
    standing(families.children[row].filter { filled.rows[$0].relation == relation })
  }

  /// The outermost rows of a declared row: itself, or those of its block.
  func outermost(of spec: Int) -> [Int] {
    standing(families.outermost[spec])
  }

  /// Rows with those that only hold others replaced by what they hold.
  private func standing(_ some: [Int]) -> [Int] {
    guard some.contains(where: { filled.rows[$0].isHollow }) else { return some }
    return some.flatMap { filled.rows[$0].isHollow ? parts(of: $0, .part) : [$0] }
  }
}

/// How far a total may be from its parts and still be 尾差: five last digits, however many parts there are.
let roundingCap = 5

extension PanelContext {
  /// Judges one sum and reports it: inconsistent is the check's fault, a rounding difference (尾差) information.
  ///
  /// - Parameters:
  ///   - added: The cells of the terms.
  ///   - isDifference: Whether the second term is taken from the first.
  ///   - isDisputed: Whether the terms are in dispute too, not only the total.
  func judge(
    total: Term, terms: [Term], at row: Int, _ leaf: Leaf, parts names: [String], whole: String, what: String,
    id: String, hint: String, added: [(row: Int, leaf: Leaf)], isDifference: Bool = false,
    isDisputed: Bool = true
  ) -> Finding? {
    guard let verdict = SumVerdict(total: total, terms: terms) else { return nil }
    let last = total.interval.upper.subtracting(total.interval.lower) ?? .zero
    let cap = last.multiplied(by: Rational(roundingCap)) ?? .zero
    let message =
      "\(whole) \(amount(verdict.stated, leaf))，\(what) \(amount(verdict.summed, leaf))，相差 \(amount(verdict.difference.magnitude, leaf))\(unit(leaf))"
    let note = Finding.Note("分项：" + listed(names))
    let finding: Finding
    switch verdict.agreement {
    case .exact: return nil
    case .rounding:
      let isWide = verdict.difference.magnitude > cap
      finding = Finding(
        id, isWide ? .warning : .info, at: place(row, leaf), message + (isWide ? "，超出通常的尾差" : "，属于尾差"),
        hint: isWide ? hint : nil, notes: [note], subject: subject(row, leaf))
    case .inconsistent:
      dispute(row, leaf)
      if isDisputed { for part in added { dispute(part.row, part.leaf) } }
      finding = Finding(
        id, .error, at: place(row, leaf), message, hint: hint, notes: [note], subject: subject(row, leaf))
    }
    var suspects = Suspects(missing: verdict.difference)
    suspects.add(figure(row, leaf), .lowered)
    for (index, part) in added.enumerated() {
      suspects.add(figure(part.row, part.leaf), isDifference && index == 1 ? .lowered : .raised)
    }
    context.suspect(suspects, for: finding)
    return finding
  }
}
