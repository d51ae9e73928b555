import Content
import Fiscal
import Forms

/// The figures that words name beyond doubt.
struct NamedFigures {
  var cells: [TextCell]
  /// Whether the words themselves name all of it, and nothing comes from a heading or from an earlier clause.
  var isDirect: Bool

  /// Whether all of them have one value.
  var isOne: Bool { Set(cells.map(\.value)).count == 1 }
}

extension TextReading {
  /// What a number of the narrative is said to be, where the words name it fully and nothing around them is unknown.
  func named(by index: Int) -> NamedFigures? {
    let clause = ties[index].clause
    let passage = ties[index].passage
    if passages[passage].has(["的"], at: clause.number.range.upperBound) { return nil }
    // 主要用于…… lists parts of what they name.
    let said = passages[passage].text(clause.sentence.lowerBound..<clause.number.range.lowerBound)
    if ["用于", "主要", "不含", "含上年", "预计"].contains(where: { said.contains($0) }) || isOfOtherScope(index) {
      return nil
    }
    guard let context = context(of: index) else { return nil }
    var near = clause.near
    // 国内公务接待 46 批次、378 人次: the second is of the same.
    if clause.number.kind.isCount, words[passage].content(in: near).isEmpty, index > 0,
      sentence(of: index).contains(index - 1), ties[index - 1].clause.number.kind.isCount
    {
      near = ties[index - 1].clause.near
    }
    return named(
      in: near, of: passage, year: clause.yearOffset ?? sentenceYear(of: index), context: context,
      kind: clause.number.kind, isBudget: isOfBudget(index))
  }

  /// Whether an amount without a word for what was spent goes on with a budget: 年初预算基本支出 1 万元、项目支出 2 万元.
  func isOfBudget(_ index: Int) -> Bool {
    let passage = ties[index].passage
    let own = passages[passage].text(ties[index].clause.near)
    if ["年初安排", "年初预算", "预算批复", "批复预算"].contains(where: { own.contains($0) }) { return true }
    if ["决算", "执行", "实际", "完成", "列支", "支出数"].contains(where: { own.contains($0) }) { return false }
    for other in sentence(of: index).reversed() where other < index {
      let near = passages[passage].text(ties[other].clause.near)
      if ["决算", "执行", "实际", "完成"].contains(where: { near.contains($0) }) { return false }
      guard ties[other].clause.role == .level, !ties[other].clause.isBase else { continue }
      if near.contains("年初") && !near.contains("结") { return true }
      if words[passage].saysBudget(in: ties[other].clause.near, besides: lanes.fund, of: passages[passage]) {
        return true
      }
    }
    return false
  }

  /// Whether a row stands within one of some others.
  private func isWithin(_ address: WordBook.RowAddress, _ others: [WordBook.RowAddress]) -> Bool {
    guard address.table >= 0, address.panel >= 0 else { return false }
    let rows = disclosure.tables[address.table].panels[address.panel].rows
    var row = rows[address.row].parent
    while let above = row {
      if others.contains(.init(table: address.table, panel: address.panel, row: above)) { return true }
      row = rows[above].parent
    }
    return false
  }

  /// Whether rows of one list bear the same name under several codes (行政运行), so that their sum may be meant.
  private func isAmbiguous(_ rows: [WordBook.RowAddress]) -> Bool {
    guard rows.count > 1 else { return false }
    var codes: [WordBook.RowAddress: [String]] = [:]
    for address in rows where address.table >= 0 && address.panel >= 0 {
      guard let code = disclosure.tables[address.table].panels[address.panel].rows[address.row].code else {
        continue
      }
      let list = WordBook.RowAddress(table: address.table, panel: address.panel, row: 0)
      for other in codes[list] ?? [] where !code.hasPrefix(other) && !other.hasPrefix(code) { return true }
      codes[list, default: []].append(code)
    }
    return false
  }

  /// Whether the words of a sentence before a number speak of a part of the year, of several years, of a region's
  /// finances or of money from elsewhere, none of which the tables hold.
  func isOfOtherScope(_ index: Int) -> Bool {
    let clause = ties[index].clause
    let line = passages[ties[index].passage]
    let said = line.text(clause.sentence.lowerBound..<clause.number.range.lowerBound)
    if otherScopes.contains(where: { said.contains($0) }) { return true }
    if said.contains("月"), !said.contains("12月") { return true }
    let range = clause.sentence.lowerBound..<clause.number.range.lowerBound
    if readers[ties[index].passage].spansYears(in: range) { return true }
    // 其他资金安排基本支出: of which table, nobody can say; 其他资金 22.15 万元 is a row.
    guard let other = readers[ties[index].passage].find(otherFunds, in: range) else { return false }
    return !words[ties[index].passage].content(in: other.upperBound..<range.upperBound).isEmpty
  }

  /// The year that the beginning of a sentence gives all its numbers.
  func sentenceYear(of index: Int) -> Int {
    guard let first = sentence(of: index).first, first <= index else { return 0 }
    let clause = ties[first].clause
    if clause.baseline == nil, let offset = clause.yearOffset { return offset }
    // 2021 年，本单位……收入总计: the clauses before the first number.
    let lead = clause.sentence.lowerBound..<max(clause.sentence.lowerBound, clause.near.lowerBound)
    let passage = ties[first].passage
    let text = passages[passage].text(lead)
    guard !["比", "较", "根据", "按照", "依据", "《", "〔", "与上年", "与去年"].contains(where: { text.contains($0) })
    else {
      return 0
    }
    return readers[passage].yearOffset(in: lead, without: nil) ?? 0
  }

  /// - Parameters:
  ///   - context: what headings and earlier clauses say.
  ///   - isBudget: whether earlier words say that a budget is spoken of.
  func named(
    in range: Range<Int>, of passage: Int, year: Int, context: TextContext, kind: TextNumber.Kind,
    isBudget: Bool = false
  ) -> NamedFigures? {
    let content = words[passage].content(in: range)
    guard !content.isEmpty, content.allSatisfy({ $0.entry != nil }) else { return nil }
    var tags: [Int: UInt16] = [:]
    var rows: [WordBook.RowAddress] = []
    var columns: Set<WordBook.RowAddress> = []
    var names = 0
    for (_, entry) in content {
      guard let entry else { return nil }
      // 国内公务接待 46 批次: a row of counts, whatever else its name says.
      let isCounted = kind.isCount && !entry.rows.isEmpty
      for tag in entry.tags where !isCounted {
        // Two values of one dimension: the words speak of more than one figure.
        if let other = tags[tag.dimension], other != tag.value,
          !facts.isWithin(tag.value, other, in: tag.dimension)
        {
          guard facts.isWithin(other, tag.value, in: tag.dimension) || isFlow(tag.dimension) else {
            return nil
          }
          if facts.isWithin(other, tag.value, in: tag.dimension) { continue }
        }
        tags[tag.dimension] = tag.value
      }
      guard entry.tags.isEmpty || isCounted else { continue }
      if !entry.rows.isEmpty {
        // 教育支出（类）普通教育（款）小学教育（项）: each within the one before.
        rows = names == 0 ? entry.rows : entry.rows.filter { isWithin($0, rows) }
        if rows.isEmpty { return nil }
        names += 1
      } else {
        columns.formUnion(entry.columns)
      }
    }
    var around = context.tags
    for (dimension, value) in tags { around[dimension] = value }
    let inherits = !context.rows.isEmpty || context.tags.contains { tags[$0.key] == nil }
    // 科目A：基本支出…… is of the row that was named before; a project named here is itself.
    let isNarrow = lanes.narrowing.contains { $0 != lanes.flow && $0 != lanes.nature && tags[$0] != nil }
    if names == 0, !isNarrow { rows = context.rows.filter { $0.table >= 0 && $0.panel >= 0 } }
    if kind.isCount, rows.isEmpty { rows = totalRows(of: columns) }
    if isAmbiguous(rows) { return nil }
    let saysThisYear = words[passage].saysThisYear(in: range)
    let saysBudget =
      isBudget || words[passage].saysBudget(in: range, besides: lanes.fund, of: passages[passage])
    let cells =
      !rows.isEmpty
      ? figures(of: rows, tags, around, year: year, kind)
      : statedFigures(
        tags, around, year: year, saysThisYear: saysThisYear,
        saysGranted: passages[passage].text(range).contains("拨款"), kind)
    // 预算 in a text about final accounts is not what was spent.
    let fitting = cells.filter { cell in
      if saysBudget, isSpent(cell) { return false }
      let place = cell.place
      return columns.isEmpty
        || columns.contains(.init(table: Int(place.table), panel: Int(place.panel), row: Int(place.leaf)))
    }
    return fitting.isEmpty ? nil : NamedFigures(cells: fitting, isDirect: !inherits)
  }

  /// The rows of totals, or the only rows, of the lists that some columns belong to: 年末实有人数 59 人.
  private func totalRows(of columns: Set<WordBook.RowAddress>) -> [WordBook.RowAddress] {
    var found: [WordBook.RowAddress] = []
    for column in columns.sorted(by: { ($0.table, $0.panel) < ($1.table, $1.panel) })
    where column.table >= 0 && column.panel >= 0 {
      let rows = disclosure.tables[column.table].panels[column.panel].rows
      for row in rows.indices where rows.count == 1 || ["合计", "总计"].contains(normalizedTitle(rows[row].title)) {
        let address = WordBook.RowAddress(table: column.table, panel: column.panel, row: row)
        if !found.contains(address) { found.append(address) }
      }
    }
    return found
  }

  /// Whether a figure is of what was carried out, not of a budget.
  func isSpent(_ cell: TextCell) -> Bool {
    guard let lane = lanes.phase, let fact = cell.fact else { return false }
    let value = facts.key(fact)[lane]
    return value != 0 && !facts.text(of: value, in: lane).hasSuffix("预算")
  }

  private func isFlow(_ dimension: Int) -> Bool { dimension == lanes.flow }

  /// The facts of exactly these tags; where words leave the fund open, of the only fund there is.
  private func statedFigures(
    _ tags: [Int: UInt16], _ around: [Int: UInt16], year: Int, saysThisYear: Bool, saysGranted: Bool,
    _ kind: TextNumber.Kind
  ) -> [TextCell] {
    guard kind == .money, let flow = lanes.flow, let fund = lanes.fund else { return [] }
    // 某项目：全年预算……，执行……: what was named before goes on, once a phase is named.
    let goesOn = lanes.phase.map { tags[$0] != nil } ?? false
    let says = lanes.narrowing.contains { $0 != flow && (goesOn ? around : tags)[$0] != nil }
    let isOrigin = lanes.origin.map { tags[$0] != nil } ?? false
    guard says || isOrigin || tags[flow] != nil || tags[fund] != nil else { return [] }
    // 项目支出 and the like are spent; of a fund alone both sides may be meant.
    let wantedFlow =
      tags[flow]
      ?? (says
        ? facts.number(of: "支出", in: flow) : isOrigin ? facts.number(of: "收入", in: flow) : around[flow])
    guard let wantedFlow else {
      // 一般公共预算当年拨款: what is received is spent.
      guard tags.keys.allSatisfy({ $0 == fund || $0 == lanes.origin || $0 == lanes.phase }), saysGranted else {
        return []
      }
      return ["收入", "支出"].flatMap { value -> [TextCell] in
        guard let side = facts.number(of: value, in: flow) else { return [] }
        var sided = tags
        sided[flow] = side
        return statedFigures(
          sided, around.merging([flow: side]) { $1 }, year: year, saysThisYear: saysThisYear,
          saysGranted: false, kind)
      }
    }
    // 收入……，其中人员经费拨款……: what is received for something is not what is spent on it.
    if says, tags[flow] == nil, let around = around[flow], around == facts.number(of: "收入", in: flow) {
      return []
    }
    // What is asked of every fact is asked of all its dimensions at once.
    var looksAt = SIMD16<UInt16>()
    var wanted = SIMD16<UInt16>()
    func want(_ value: UInt16, in lane: Int) {
      looksAt[lane] = .max
      wanted[lane] = value
    }
    for lane in lanes.narrowing where !isImplied(lane, around) { want(around[lane] ?? 0, in: lane) }
    for lane in [lanes.phase, lanes.origin, lanes.basis] {
      if let lane, let value = around[lane] { want(value, in: lane) }
    }
    want(wantedFlow, in: flow)
    // 本年财政拨款收入 is without what was carried over.
    let isWithoutRest = saysThisYear && wantedFlow == facts.number(of: "收入", in: flow)
    var found: [Int] = []
    for fact in 0..<facts.count {
      let key = facts.key(fact)
      guard key.values & looksAt == wanted, !facts.isDisputed(fact), yearOffset(of: key) == year else {
        continue
      }
      if isWithoutRest, let origin = lanes.origin, key[origin] == 0 { continue }
      // A heading may speak of all appropriations where a table has one of them only.
      if let wanted = around[fund], key[fund] != wanted,
        tags[fund] != nil || !facts.isWithin(key[fund], wanted, in: fund)
      {
        continue
      }
      found.append(fact)
    }
    // 机关运行经费 is always 公用经费 of one fund, said or not.
    if found.isEmpty, let item = lanes.item, let wantedItem = tags[item], let nature = lanes.nature,
      around[nature] == nil
    {
      found = (0..<facts.count).filter { fact in
        let key = facts.key(fact)
        return key[item] == wantedItem && key[flow] == wantedFlow && yearOffset(of: key) == year
          && !facts.isDisputed(fact) && lanes.phase.map { lane in around[lane].map { key[lane] == $0 } ?? true } ?? true
          && lanes.narrowing.allSatisfy { $0 == flow || $0 == item || $0 == nature || key[$0] == (around[$0] ?? 0) }
      }
      return Set(found.compactMap { facts.stated($0).map { facts.statements[$0].value } }).count == 1
        ? found.flatMap { cells(of: $0) } : []
    }
    let whole = found.filter { facts.key($0)[fund] == around[fund] ?? 0 }
    if !whole.isEmpty {
      found = whole
    } else if !says || Set(found.map { facts.key($0)[fund] }).count > 1 {
      // 收入总计 is of all funds; 机关运行经费 may be of the only one there is.
      return []
    }
    // 收入总计 before 本年收入: what says least beside the words.
    func unsaid(_ fact: Int) -> Int {
      [lanes.origin, lanes.basis].count { lane in
        lane.map { around[$0] == nil && facts.key(fact)[$0] != 0 } ?? false
      }
    }
    let least = found.map { unsaid($0) }.min()
    return found.filter { unsaid($0) == least }.flatMap { cells(of: $0) }
  }

  /// A project is 项目支出, whether words say so or not.
  private func isImplied(_ lane: Int, _ around: [Int: UInt16]) -> Bool {
    guard let project = lanes.project, around[project] != nil, around[lane] == nil else { return false }
    return lane == lanes.nature || lane == lanes.unit
  }

  private func yearOffset(of key: FactKey) -> Int {
    guard let lane = lanes.year, key[lane] != 0 else { return 0 }
    return Int(facts.text(of: key[lane], in: lane)) ?? 0
  }

  /// The figures that state a fact.
  func cells(of fact: Int) -> [TextCell] {
    facts.statements(of: fact).compactMap { number in
      let statement = facts.statements[number]
      guard statement.sum == nil else { return nil }
      return TextCell(
        place: statement.place, value: statement.value, step: statement.lastDigit,
        isMoney: statement.unit != nil,
        fact: fact)
    }
  }

  /// The figures of rows that bear a name, in the columns that the words around allow.
  private func figures(
    of rows: [WordBook.RowAddress], _ tags: [Int: UInt16], _ around: [Int: UInt16], year: Int,
    _ kind: TextNumber.Kind
  ) -> [TextCell] {
    var found: [(cell: TextCell, fits: Bool)] = []
    for address in rows {
      if address.table < 0 {
        let figure = disclosure.figures[address.row]
        if var cell = TextCell(figure, at: address.row), isSame(kind, cell) {
          cell.fact = facts.statement(at: cell.place)
          found.append((cell, true))
        }
        continue
      }
      let table = disclosure.tables[address.table]
      guard !table.form.isAsWritten || kind != .money else { continue }
      guard address.panel >= 0 else {
        let filled = table.fields[address.row]
        let place = FigurePlace(table: address.table, row: address.row)
        if var cell = CellShape(filled.field).cell(filled.cell, at: place), isSame(kind, cell) {
          cell.fact = facts.statement(at: place)
          // The sheet of one project speaks of it only where it is named.
          let key = cell.fact.map { facts.key($0) }
          let isNamed = lanes.project.map { lane in
            key.map { $0[lane] == 0 || around[lane] == $0[lane] } ?? (table.instance == nil || kind != .money)
          }
          if isNamed ?? true { found.append((cell, true)) }
        }
        continue
      }
      found += figures(of: address, tags, around, year: year, kind)
    }
    let fitting = found.filter(\.fits)
    // Where no row is of what the words before speak of, the figure that is meant may stand in no table.
    return fitting.isEmpty ? [] : fitting.map(\.cell)
  }

  private func figures(
    of address: WordBook.RowAddress, _ tags: [Int: UInt16], _ around: [Int: UInt16], year: Int,
    _ kind: TextNumber.Kind
  ) -> [(cell: TextCell, fits: Bool)] {
    let filled = disclosure.tables[address.table].panels[address.panel]
    let row = filled.rows[address.row]
    if filled.isChange(row) { return [] }
    let own = Set(row.tags.values.keys.compactMap { facts.dimension($0) })
    var found: [(cell: TextCell, fits: Bool)] = []
    for leaf in filled.panel.leaves
    where leaf.index < row.cells.count && leaf.type.isNumeric && !leaf.isDerived {
      let place = FigurePlace(table: address.table, panel: address.panel, row: address.row, leaf: leaf.index)
      guard var cell = CellShape(leaf).cell(row.cells[leaf.index], at: place), isSame(kind, cell) else {
        continue
      }
      if case .count(let unit) = kind {
        guard counts(unit, leaf, row), yearOffset(of: leaf) == year else { continue }
      }
      cell.fact = facts.fact(at: address.row, leaf.index, ofPanel: address.panel, table: address.table)
      guard let fact = cell.fact else {
        found.append((cell, around.isEmpty || kind != .money))
        continue
      }
      if facts.isDisputed(fact) { continue }
      let key = facts.key(fact)
      let isOfProject = lanes.project.map { key[$0] != 0 } ?? false
      let agrees = tags.allSatisfy { lane, value in
        if facts.isWithin(key[lane], value, in: lane) { return true }
        // 行政运行……，其中人员经费……: the whole row is not a part of it.
        guard key[lane] == 0 else { return false }
        return !lanes.narrowing.contains(lane) || lane == lanes.flow || (isOfProject && lane == lanes.nature)
      }
      let stays = lanes.narrowing.allSatisfy { lane in
        own.contains(lane) || tags[lane] != nil || key[lane] == (around[lane] ?? 0) || lane == lanes.flow
      }
      let funded =
        lanes.fund.map { lane in
          around[lane].map {
            own.contains(lane) || tags[lane] == nil
              ? facts.isWithin(key[lane], $0, in: lane) : key[lane] == $0
          } ?? true
        } ?? true
      found.append((cell, agrees && stays && funded && yearOffset(of: key) == year))
    }
    return found
  }

  /// Whether a row and a column count in a unit: as the column declares, as the row's own column of units (计量单位) says,
  /// or as the row is called (接待批次, 接待人次). Columns that are worked out (增减数) count nothing.
  private func counts(_ unit: String, _ leaf: Leaf, _ row: Row) -> Bool {
    if leaf.rules.contains(where: { if case .equals = $0 { true } else { false } }) { return false }
    if let counted = leaf.countUnit { return counted == unit }
    if let said = row.cells.first(where: { $0.amount == nil && $0.number == nil && countUnits.contains($0.text) }) {
      return said.text == unit || said.text.hasPrefix(unit) || unit.hasPrefix(said.text)
    }
    let named = countUnits.filter { $0.count > 1 && row.title.contains($0) }
    return named.isEmpty || named.contains(unit)
  }

  private func yearOffset(of leaf: Leaf) -> Int { leaf.states["year"].flatMap { Int($0) } ?? 0 }

  private func isSame(_ kind: TextNumber.Kind, _ cell: TextCell) -> Bool {
    switch kind {
    case .money: cell.isMoney
    case .percent: cell.isPercent
    case .count: !cell.isMoney && !cell.isPercent
    case .points: false
    }
  }
}

private let otherFunds: [Unicode.Scalar] = ["其", "他", "资", "金"]

/// What the tables of one year and one unit do not hold.
private let otherScopes = [
  "季度", "上半年", "下半年", "目前", "累计", "历年", "近三年", "近两年", "近五年", "年来", "以来", "三年合计", "十三五", "十四五", "十五五", "财政总收入",
  "地方财政", "税收收入", "生产总值", "全省", "全市", "全县", "全区", "全镇", "全乡", "全旗", "全州", "辖区", "人均",
]
