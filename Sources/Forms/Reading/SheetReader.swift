import Diagnostics
import Fiscal
import Formulas
import Parsing

/// Reads the blocks of a sheet: fields, tables, long texts, indicators, score.
struct SheetReader {
  static let fieldKeys = ["id", "title", "type", "unit", "decimals", "states", "required", "personal"]
  static let blockKeys = ["fields", "table", "texts", "indicators", "score", "id", "title"] + GridReader.keys
  static let textKeys = ["id", "title", "columns", "required"]
  static let indicatorKeys = [
    "id", "title", "columns", "merge", "levels", "groups", "target", "actual", "points", "score", "note",
  ]
  static let groupKeys = ["title", "points", "required", "groups"]
  static let scoreKeys = ["id", "title", "points", "includes-execution", "execution", "grades"]

  let around: Surroundings
  var findings: [Finding] = []

  init(around: Surroundings) { self.around = around }

  mutating func read(_ items: [YAML]) -> [Block] {
    let blocks = items.compactMap { block($0) }
    checkIdentifiers(blocks)
    return blocks
  }

  /// Parts and fields are called by their ids, so that each must be one of a kind.
  private mutating func checkIdentifiers(_ blocks: [Block]) {
    var seen: Set<String> = []
    for block in blocks {
      let named: [(id: String, place: Place)]
      switch block {
      case .fields(_, let rows): named = rows.flatMap { $0.map { ($0.id, $0.place) } }
      case .grid(let grid):
        named = [(grid.id, grid.panels.first?.leaves.first?.place ?? Place(file: around.file))]
      case .texts(let texts): named = [(texts.id, texts.place)]
      case .indicators(let indicators): named = [(indicators.id, indicators.place)]
      case .score(let score): named = [(score.id, score.place)]
      }
      for (id, place) in named where !seen.insert(id).inserted {
        findings.append(Finding("form-duplicate-id", at: place, "有两个栏目都叫“\(id)”", hint: "给其中一个加上不同的 id"))
      }
    }
  }

  private mutating func block(_ item: YAML) -> Block? {
    var reader = MapReader(item, "表样的部分", keys: Self.blockKeys, id: "form-syntax")
    defer { findings += reader.findings }
    let kinds = ["fields", "table", "texts", "indicators", "score"].filter { reader.has($0) }
    if kinds.count > 1 {
      reader.report(
        reader.keyPlace(kinds[1]), "一个部分只能是一种，这里同时写了 \(kinds.joined(separator: "、"))", hint: "分成两项，各以 “- ” 开头"
      )
    }
    if reader.has("id"), !reader.has("fields"), let kind = kinds.first {
      let own = kind == "table" ? "table 的值就是它的 id" : "写在 \(kind) 之下"
      reader.report(reader.keyPlace("id"), "“id”只用在写 fields 的部分", hint: own)
    }
    if reader.has("fields") {
      let title = reader.text("title")
      return .fields(title: title, rows: reader.list("fields").map { fieldRow($0) })
    }
    if reader.has("table") {
      let id = reader.text("table") ?? "table"
      var grids = GridReader(around: around)
      let grid = grids.read(&reader, id: id, title: reader.text("title"), isBlock: true)
      findings += grids.findings
      return grid.map { .grid($0) }
    }
    if let node = reader.node("texts") { return .texts(texts(node)) }
    if let node = reader.node("indicators") { return indicators(node) }
    if let node = reader.node("score") { return .score(score(node)) }
    // After a mistyped key, that is what it would have said.
    guard reader.findings.isEmpty else { return nil }
    reader.report(
      item.place, "看不出这一部分是什么", hint: "写明 fields、table、texts、indicators 或 score")
    return nil
  }

  private mutating func fieldRow(_ item: YAML) -> [Field] {
    if case .list(let items, _) = item { return items.map { field($0) } }
    return [field(item)]
  }

  private mutating func field(_ item: YAML) -> Field {
    if let scalar = item.scalar { return Field(scalar.text, place: scalar.place, around: around) }
    var reader = MapReader(item, "栏目", keys: Self.fieldKeys, id: "form-syntax")
    defer { findings += reader.findings }
    var field = Field(reader.text("title", required: true) ?? "", place: item.place, around: around)
    if let id = reader.text("id") { field.id = id }
    field.type = reader.choice("type", ColumnType.allCases.map { ($0.rawValue, $0) }) ?? .text
    if let unit = reader.text("unit") {
      if let money = MoneyUnit(rawValue: unit) { field.unit = money } else { field.countUnit = unit }
      if field.type == .amount, field.countUnit != nil {
        reader.report(
          reader.place(of: "unit"), "“\(unit)”不是金额单位",
          hint: "可以是：" + MoneyUnit.allCases.map(\.rawValue).joined(separator: "、"))
      }
    } else if field.type == .amount, field.unit == nil {
      reader.report(item.place, "金额“\(field.title)”没有单位", hint: "在表样开头写 unit: 万元，或在这一栏写 unit")
    }
    field.decimals = reader.decimals() ?? around.decimals
    field.states = around.facts.tags(&reader, "states")
    field.isTagged = reader.has("states")
    field.isPersonal = reader.flag("personal") ?? false
    field.isRequired = reader.flag("required") ?? false
    return field
  }

  private mutating func texts(_ node: YAML) -> TextBlock {
    var reader = MapReader(node, "长文本", keys: Self.textKeys, id: "form-syntax")
    defer { findings += reader.findings }
    let title = reader.text("title", required: true) ?? ""
    return TextBlock(
      id: reader.text("id") ?? title, title: title, columns: reader.texts("columns"),
      isRequired: reader.flag("required") ?? false, place: node.place)
  }

  private mutating func indicators(_ node: YAML) -> Block? {
    var reader = MapReader(node, "指标表", keys: Self.indicatorKeys, id: "form-syntax")
    defer { findings += reader.findings }
    let title = reader.text("title", required: true) ?? ""
    var columns = ColumnReader(around: around)
    var (tree, leaves) = columns.read(reader.list("columns"))
    findings += columns.findings
    for list in columns.codeLists { reader.report(list.place, "指标表的列不能按科目重复", hint: "把各列逐一写出") }
    func index(_ scalar: YAMLScalar?) -> Int? {
      guard let scalar else { return nil }
      if let leaf = leaves.first(where: { $0.id == scalar.text || $0.title == scalar.text }) {
        return leaf.index
      }
      reader.report(
        scalar.place, "指标表没有“\(scalar.text)”这一列", hint: "可用的列：" + leaves.map(\.title).joined(separator: "、"))
      return nil
    }
    for merged in reader.scalars("merge") {
      if let column = index(merged) { leaves[column].isMerged = true }
    }
    let levels = reader.scalars("levels").compactMap { index($0) }
    let groups = reader.list("groups").map { group($0, under: levels.count - 1) }
    let roles = ["target", "actual", "points", "score", "note"].map { index(reader.scalar($0)) }
    if tree.isEmpty { tree = [] }
    let rows = RowSpec(
      kind: .free(of: nil, in: nil), id: "indicators", title: "", aliases: [], states: Tags(),
      isTagged: false,
      parent: nil, relation: .part, adds: [], difference: [], sideHeading: nil, isOptional: true,
      isComplete: false,
      depth: 0, place: node.place)
    let panel = Panel(
      id: reader.text("id") ?? title, title: nil, states: Tags(), columns: tree, leaves: leaves, rows: [rows],
      strips: 1)
    return .indicators(
      IndicatorBlock(
        id: panel.id, title: title, panel: panel,
        levels: levels.isEmpty ? Array(0..<min(1, leaves.count)) : levels, groups: groups,
        target: roles[0], actual: roles[1], points: roles[2], score: roles[3], note: roles[4],
        place: node.place))
  }

  /// A group of indicators: its title only, or with its points and the groups within it.
  private mutating func group(_ node: YAML, under levels: Int) -> IndicatorGroup {
    if let scalar = node.scalar { return IndicatorGroup(title: scalar.text, place: scalar.place) }
    var reader = MapReader(node, "指标的分组", keys: Self.groupKeys, id: "form-syntax")
    defer { findings += reader.findings }
    var group = IndicatorGroup(title: reader.text("title", required: true) ?? "", place: node.place)
    group.points = reader.scalars("points").compactMap { number($0) }
    group.isRequired = reader.flag("required") ?? false
    let inner = reader.list("groups")
    if levels < 2, !inner.isEmpty {
      reader.report(reader.keyPlace("groups"), "分组比 levels 的层次多", hint: "levels 最里面的一列是指标，不分组")
    }
    group.groups = inner.map { self.group($0, under: levels - 1) }
    return group
  }

  private mutating func score(_ node: YAML) -> ScoreBlock {
    var reader = MapReader(node, "总分", keys: Self.scoreKeys, id: "form-syntax")
    defer { findings += reader.findings }
    let title = reader.text("title", required: true) ?? ""
    var block = ScoreBlock(
      id: reader.text("id") ?? title, title: title, points: nil,
      includesExecution: reader.flag("includes-execution") ?? false, execution: nil, grades: [],
      place: node.place)
    block.points = reader.scalar("points").flatMap { number($0) }
    if let scalar = reader.scalar("execution") {
      do throws(FormulaError) {
        block.execution = try parseExpression(scalar.text, at: scalar.place)
      } catch {
        findings.append(Finding("form-syntax", at: error.place, error.message, hint: error.hint))
      }
    }
    for (name, value) in reader.pairs("grades") {
      guard let scalar = value.scalar, let grade = grade(name.text, scalar.text) else {
        reader.report(
          value.place, "等级“\(name.text)”的分数段应写作 80..90（含 80，不含 90）、90.. 或 ..60，这里是\(value.chinese)")
        continue
      }
      block.grades.append(grade)
    }
    checkGrades(of: block, &reader)
    if block.includesExecution, block.execution == nil, !reader.has("execution") {
      reader.report(
        reader.keyPlace("includes-execution"), "满分里含执行率的分，没有写它在哪一格", hint: "写 execution: 表格的 id.行的 id.列的 id")
    }
    return block
  }

  /// Every score has one grade: bands neither overlap nor leave out what lies between them.
  private func checkGrades(of block: ScoreBlock, _ reader: inout MapReader) {
    let grades = block.grades.sorted { first, second in
      guard let low = second.from else { return false }
      return first.from.map { $0 < low } ?? true
    }
    for (lower, upper) in zip(grades, grades.dropFirst()) {
      guard let end = lower.below, let begin = upper.from, begin >= end else {
        return reader.report(
          reader.place(of: "grades"), "等级“\(lower.name)”与“\(upper.name)”的分数段重叠",
          hint: "80..90 含 80，不含 90；各段首尾相接")
      }
      if end < begin {
        return reader.report(
          reader.place(of: "grades"), "等级“\(lower.name)”与“\(upper.name)”的分数段之间有空当",
          hint: "80..90 含 80，不含 90；各段首尾相接")
      }
    }
  }

  private mutating func number(_ scalar: YAMLScalar) -> Rational? {
    do throws(NumberSyntaxError) {
      return try DecimalText(scalar.text).rational
    } catch {
      findings.append(Finding("form-syntax", at: scalar.place, "“\(scalar.text)”\(error.message)"))
      return nil
    }
  }

  private func grade(_ name: String, _ band: String) -> ScoreBlock.Grade? {
    guard let dots = band.firstRange(of: "..") else { return nil }
    let ends = [band[..<dots.lowerBound], band[dots.upperBound...]].map { text -> Rational?? in
      text.isEmpty ? .some(nil) : (try? DecimalText(String(text))).map { $0.rational }
    }
    guard let from = ends[0], let below = ends[1], from != nil || below != nil else { return nil }
    return ScoreBlock.Grade(name: name, from: from, below: below)
  }
}

extension Field {
  init(_ title: String, place: Place, around: Surroundings) {
    self.init(
      id: title, title: title, type: .text, unit: around.unit, countUnit: nil, decimals: around.decimals,
      states: Tags(), isTagged: false, isRequired: false, isPersonal: false, place: place)
  }
}
