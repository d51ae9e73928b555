import Content
import Fiscal
import Forms
import Formulas

extension TableJudge {
  // MARK: Relations of the form

  func rowRelations(of filled: FilledPanel) -> [Oracle.Violation] {
    table.form.relations.filter(\.isRowwise).flatMap { relation -> [Oracle.Violation] in
      var columns: [Name: Leaf] = [:]
      for name in relation.equation.names {
        let meant = filled.panel.leaves.meant(by: name)
        guard meant.count == 1 else { return [] }
        columns[name] = meant[0]
      }
      return filled.rows.indices.compactMap { row in
        let cells = filled.rows[row].cells
        let sides = [relation.equation.left, relation.equation.right]
        let speaks = sides.allSatisfy { side in
          let read = side.names.compactMap { columns[$0] }
          return read.isEmpty || read.contains { !cells[$0.index].isLeftOpen }
        }
        guard speaks, columns.values.allSatisfy({ filled.applies($0, to: row) }) else { return nil }
        let source = RowFigures(filled: filled, row: row, blank: table.form.blank, blankIsZero: true) {
          columns[$0]?.index
        }
        return holds { () throws(FormulaError) in try relation.equation.compare(with: source) }
          ? nil : violation(.relation, filled.rows[row].title, relation.text)
      }
    }
  }

  func formRelations() -> [Oracle.Violation] {
    table.form.relations.filter { !$0.isRowwise }.compactMap { relation in
      let source = table.relationSource(within: disclosure)
      let speaks = [relation.equation.left, relation.equation.right].allSatisfy { side in
        let cells =
          side.names.compactMap { source.cell(named: $0) } + side.references.flatMap { source.cells(of: $0) }
        let isConstant = side.names.isEmpty && side.references.isEmpty
        return isConstant || cells.contains { !$0.isLeftOpen } && cells.allSatisfy { $0.state != .invalid }
      }
      guard speaks else { return nil }
      return holds { () throws(FormulaError) in try relation.equation.compare(with: source) }
        ? nil : violation(.relation, relation.text)
    }
  }

  func holds(_ compare: () throws(FormulaError) -> Comparison) -> Bool {
    do throws(FormulaError) { return try compare().agreement != .inconsistent } catch { return true }
  }

  // MARK: Scores

  func scores() -> [Oracle.Violation] {
    var found: [Oracle.Violation] = []
    var points: Int128 = 0
    var got: Int128 = 0
    var isComplete = true
    for case .indicators(let block, let filled) in table.blocks {
      for row in filled.rows.indices {
        guard let full = block.points.flatMap({ filled.printed(row, $0) }),
          let score = block.score.flatMap({ filled.printed(row, $0) })
        else {
          isComplete = false
          continue
        }
        if score.value < 0 || score.value > full.value {
          found.append(violation(.scoreRange, filled.rows[row].title))
        }
        points += full.value
        got += score.value
      }
    }
    for case .score(let block, let filled) in table.blocks where isComplete && got > 0 {
      guard let stated = filled.score?.printed(.score, nil, decimals: 0) else { continue }
      if block.includesExecution {
        let source = table.relationSource(within: disclosure)
        guard let measure = try? block.execution?.measure(with: source),
          let digits = measure.figure.value.text(decimals: 9), let number = try? DecimalText(digits),
          let execution = Printed.plain(number, isRounded: false)
        else { continue }
        got += execution.value
      }
      if stated.value != got { found.append(violation(.score, block.title)) }
    }
    return found
  }
}

/// The cells of one row by the names of formulas.
struct RowFigures: FigureSource {
  let filled: FilledPanel
  let row: Int
  let blank: BlankMeaning
  let blankIsZero: Bool
  let column: (Name) -> Int?

  func look(up reference: Reference) -> Lookup { .failed(message: reference.text) }

  func look(upName name: Name) -> Lookup {
    guard let column = column(name), filled.panel.leaves.indices.contains(column) else {
      return .failed(message: name.text)
    }
    if let share = exactShare(filled.panel.leaves[column]) {
      return .figures([
        Figure(value: share, dimension: .percent, decimals: filled.panel.leaves[column].decimals)
      ])
    }
    if let figure = Figure(filled.rows[row].cells[column], leaf: filled.panel.leaves[column], blank: blank) {
      return .figures([figure])
    }
    guard blankIsZero else { return .failed(message: name.text) }
    return .figures([Figure(value: .zero, dimension: .plain(unit: nil), decimals: 0)])
  }

  /// A printed rate is rounded; what follows from it is worked out from the amounts.
  private func exactShare(_ leaf: Leaf) -> Rational? {
    guard leaf.type == .percent, filled.printed(row, leaf.index) != nil else { return nil }
    for case .share(let part, let whole) in leaf.rules {
      guard let above = filled.term(row, part), let below = filled.term(row, whole),
        let share = Rational(above.value, over: below.value)?.multiplied(by: Rational(100))
      else { continue }
      return share
    }
    return nil
  }
}
