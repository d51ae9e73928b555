import Content
import Fiscal
import Forms

/// What a percentage may be measured by: figures of tables, and amounts that the text itself gives.
struct TextWholes {
  var part: Measure
  var partCell: TextCell?
  var cells: [TextCell]
  var amounts: [Measure]
  /// Figures that confirm a share, but never accuse one.
  var others: [TextCell] = []
  /// Whether the words name the whole.
  var isNamed: Bool
}

extension TextReading {
  /// The parts that 占……% may be a share of something of, each with what that may be; none where the words leave it
  /// open.
  func wholes(ofShare index: Int) -> [TextWholes] {
    let tie = ties[index]
    // 较上年占比…… is of last year, and 分别占…… gives each of several its own.
    guard case .share = tie.clause.role, !tie.clause.isBase,
      !passages[tie.passage].text(tie.clause.near).contains("分别")
    else { return [] }
    if saysTogether(tie) { return together(ofShare: index) }
    if ownSubject(of: index) { return parts(ofShare: index).compactMap { wholes($0, index) } }
    guard let level = level(before: index) else { return [] }
    let part = ties[level]
    guard case .money = part.clause.number.kind, !part.clause.number.isRough else { return [] }
    let measure = part.cell.map { Measure($0) } ?? Measure(part.clause.number)
    guard var wholes = wholes(part.cell, index) else { return [] }
    wholes.part = measure
    return [wholes]
  }

  /// Whether several amounts are taken together: 合计占, 共占, 两项之和占.
  private func saysTogether(_ tie: TextTie) -> Bool {
    guard let named = tie.clause.named else { return false }
    let before = passages[tie.passage].text(
      tie.clause.near.lowerBound..<max(tie.clause.near.lowerBound, named.lowerBound))
    return ["合计", "共", "总计", "之和", "累计", "加起来"].contains { before.contains($0) }
  }

  /// A、B 合计占……%: the sums of the last two amounts and more, of which one is meant.
  private func together(ofShare index: Int) -> [TextWholes] {
    var sum: Measure?
    var found: [TextWholes] = []
    let before = sentence(of: index).filter {
      $0 < index && ties[$0].clause.role == .level && ties[$0].clause.number.isMoney
    }
    for level in before.reversed() {
      let own = ties[level].cell.map { Measure($0) } ?? Measure(ties[level].clause.number)
      guard let next = sum.map({ $0.plus(own) }) ?? own else { break }
      defer { sum = next }
      guard sum != nil, let first = before.first,
        var wholes = wholes(ties[level].cell ?? ties[first].cell, index)
      else { continue }
      wholes.part = next
      wholes.partCell = nil
      found.append(wholes)
    }
    return found
  }

  /// What a part may be a share of.
  private func wholes(_ part: TextCell?, _ index: Int) -> TextWholes? {
    let tie = ties[index]
    var wholes = TextWholes(
      part: part.map { Measure($0) } ?? Measure(tie.clause.number), partCell: part, cells: [], amounts: [],
      isNamed: false)
    if let named = tie.clause.named, !words[tie.passage].content(in: named).isEmpty {
      wholes.isNamed = true
      guard let found = self.named(in: named, of: tie.passage, year: 0, context: TextContext(), kind: .money)
      else { return nil }
      wholes.cells = found.cells
      if let around = context(of: index, confirmsOnly: true),
        let nearer = self.named(in: named, of: tie.passage, year: 0, context: around, kind: .money)
      {
        wholes.cells += nearer.cells
      }
      return wholes
    }
    guard let cell = part else { return nil }
    wholes.cells = column(of: cell).filter { $0.value >= cell.value } + totals
    // 人员经费占基本支出的 93%，公用经费占 7%: of whatever was named before, any figure may be the whole.
    wholes.others = anyFigure.filter { $0.value >= cell.value }
    wholes.amounts = amountsAround(index).filter { $0.value >= wholes.part.value }
    return wholes
  }

  /// 基本支出占 62%: the figures that the words before 占 name, of whatever fund, phase or basis.
  private func parts(ofShare index: Int) -> [TextCell] {
    let tie = ties[index]
    let clause = tie.clause
    guard clause.baseline == nil, let whole = clause.named, let context = context(of: index) else {
      return []
    }
    let subject = clause.near.lowerBound..<max(clause.near.lowerBound, whole.lowerBound - 1)
    guard (clause.yearOffset ?? sentenceYear(of: index)) == 0,
      let named = named(in: subject, of: tie.passage, year: 0, context: context, kind: .money), named.isOne,
      let first = named.cells.first
    else { return [] }
    guard let fact = first.fact else { return [first] }
    let own = facts.key(fact)
    let others = (0..<facts.count).filter { other in
      let key = facts.key(other)
      return other != fact && !facts.isDisputed(other) && lanes.year.map { key[$0] == own[$0] } ?? true
        && lanes.narrowing.allSatisfy { $0 == lanes.flow || key[$0] == own[$0] }
    }
    return [first] + others.compactMap { cells(of: $0).first }
  }

  /// Every figure of the same column.
  private func column(of cell: TextCell) -> [TextCell] {
    guard cell.place.table >= 0, cell.place.panel >= 0 else { return [] }
    let table = disclosure.tables[Int(cell.place.table)]
    let filled = table.panels[Int(cell.place.panel)]
    var found: [TextCell] = []
    // The totals of a row, and the rows above and below.
    for leaf in filled.panel.leaves where leaf.type == .amount && !leaf.isDerived {
      let isOwn = leaf.index == Int(cell.place.leaf)
      for (row, filledRow) in filled.rows.enumerated() where isOwn || row == Int(cell.place.row) {
        guard leaf.index < filledRow.cells.count, !filled.isChange(filledRow) else { continue }
        let place = FigurePlace(
          table: Int(cell.place.table), panel: Int(cell.place.panel), row: row, leaf: leaf.index)
        if let other = CellShape(leaf).cell(filledRow.cells[leaf.index], at: place) { found.append(other) }
      }
    }
    return found
  }

  /// Every fact of the year, once.
  func statedFacts() -> [TextCell] {
    (0..<facts.count).compactMap { fact -> TextCell? in
      guard let first = facts.stated(fact), facts.statements[first].unit != nil,
        lanes.year.map({ facts.key(fact)[$0] == 0 }) ?? true
      else { return nil }
      let statement = facts.statements[first]
      return TextCell(
        place: statement.place, value: statement.value, step: statement.lastDigit, isMoney: true, fact: fact)
    }
  }

  func statedTotals() -> [TextCell] {
    guard let flow = lanes.flow else { return [] }
    return (0..<facts.count).compactMap { fact -> TextCell? in
      let key = facts.key(fact)
      guard lanes.narrowing.allSatisfy({ $0 == flow || key[$0] == 0 }), let first = facts.stated(fact) else {
        return nil
      }
      let statement = facts.statements[first]
      guard statement.unit != nil else { return nil }
      return TextCell(
        place: statement.place, value: statement.value, step: statement.lastDigit, isMoney: true, fact: fact)
    }
  }

  /// The amounts that a passage, what introduces it and what stands before it under the same heading give.
  private func amountsAround(_ index: Int) -> [Measure] {
    let passage = ties[index].passage
    var some: [Int] = [passage]
    if let lead = passages[passage].lead { some.append(lead) }
    var other = passage - 1
    while other >= 0, !passages[other].isHeading, passages[other].headings == passages[passage].headings {
      some.append(other)
      other -= 1
    }
    return some.flatMap { tiesOfPassage[$0] }.filter {
      ties[$0].clause.role == .level && ties[$0].clause.number.isMoney
    }.map { Measure(ties[$0].clause.number) }
  }

  func tieShare(_ index: Int) {
    let number = ties[index].clause.number
    for wholes in wholes(ofShare: index) {
      if let cell = wholes.cells.first(where: { agrees(number, wholes.part, of: Measure($0)) }) {
        if let part = wholes.partCell { setRatio(index, part, cell) } else { setConfirmed(index) }
        return
      }
      if wholes.amounts.contains(where: { agrees(number, wholes.part, of: $0) })
        || wholes.others.contains(where: { agrees(number, wholes.part, of: Measure($0)) })
      {
        setConfirmed(index)
      }
    }
  }

  func agrees(_ number: TextNumber, _ part: Measure, of whole: Measure) -> Bool {
    part.percent(of: whole).map { number.agrees(with: $0) } ?? false
  }

  /// The two amounts of which 完成……% gives the ratio: what was done, and what was planned.
  func completion(_ index: Int) -> (done: Int, planned: Int)? {
    let tie = ties[index]
    guard case .completion = tie.clause.role else { return nil }
    let before = sentence(of: index).filter {
      $0 < index && ties[$0].clause.role == .level && ties[$0].clause.number.isMoney
    }
    guard before.count == 2 else { return nil }
    let (planned, done) = (ties[before[0]].clause, ties[before[1]].clause)
    func has(_ clause: TextClause, _ words: [String]) -> Bool {
      let near = passages[tie.passage].text(clause.near)
      return words.contains { near.contains($0) }
    }
    // 执行率 is measured by the adjusted budget, which may stand elsewhere.
    let near = passages[tie.passage].text(tie.clause.near)
    if near.contains("执行率"), !has(planned, ["全年预算", "调整预算"]) { return nil }
    if near.contains("年初"), !has(planned, ["年初"]) { return nil }
    // 年初预算 A，决算 B: what words do not tell apart is left alone.
    guard has(planned, ["预算"]), has(done, ["决算", "执行", "实际", "支出"]), !has(done, ["预算"]),
      !planned.number.isRough,
      !done.number.isRough
    else { return nil }
    return (before[1], before[0])
  }

  func tieCompletion(_ index: Int) {
    guard ties[index].cell == nil, let (done, planned) = completion(index) else { return }
    guard
      agrees(
        ties[index].clause.number, Measure(ties[done].clause.number), of: Measure(ties[planned].clause.number)
      )
    else { return }
    if let part = ties[done].cell, let whole = ties[planned].cell {
      setRatio(index, part, whole)
    } else {
      setConfirmed(index)
    }
  }
}
