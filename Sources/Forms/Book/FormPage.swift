import Diagnostics
import Fiscal

/// A form as a section of `docs/forms.md`: its header as a sketch, its rows as a tree, and what holds between its figures.
struct FormPage {
  private let form: Form
  private let facts: FactModel
  private let words: FormWords
  /// Blocks of Markdown, in order.
  private(set) var blocks: [String] = []

  init(_ form: Form, facts: FactModel) {
    self.form = form
    self.facts = facts
    words = FormWords(form: form, facts: facts, style: .print)
    for block in form.blocks { add(block) }
    let relations = form.relations.map { "`\(words.text(of: $0))`" }
    if !relations.isEmpty { blocks.append("勾稽关系：" + relations.joined(separator: "；") + "。") }
  }

  /// Unit, ground, names and notes: what may differ between forms that are printed alike.
  var head: String {
    var parts = [form.measures(facts)]
    if let ground = words.mark(form.states, over: Tags()) { parts.append("全表说的是\(ground)") }
    if let grid = form.grids.first(where: { $0.rowNumbers != nil || $0.columnNumbers != nil }) {
      parts.append("印" + [grid.rowNumbers, grid.columnNumbers].compactMap { $0 }.joined(separator: "、"))
    }
    if !form.aliases.isEmpty { parts.append("也叫" + form.aliases.joined(separator: "、")) }
    if let empty = form.empty { parts.append("没有数时印“\(empty)”") }
    var text = parts.joined(separator: "；") + "。"
    if !form.notes.isEmpty { text += "表下注 \(form.notes.count) 条。" }
    return text
  }

  // MARK: Blocks

  private mutating func add(_ block: Block) {
    switch block {
    case .fields(let title, let rows):
      blocks.append("**\(title ?? "栏目")**：" + rows.joined().map(describe).joined(separator: "、") + "。")
    case .grid(let grid):
      if form.isSheet, let title = grid.title { blocks.append("**\(title)**") }
      add(grid.panels, numbers: (grid.rowNumbers, grid.columnNumbers))
    case .texts(let texts):
      let parts = texts.columns.isEmpty ? "" : "，分" + texts.columns.map { "“\($0)”" }.joined(separator: "、")
      blocks.append("**\(texts.title)**：长文本\(texts.isRequired ? "，必填" : "")\(parts)。")
    case .indicators(let indicators):
      blocks.append("**\(indicators.title)**（指标表）")
      add([indicators.panel])
      let groups = indicators.groups.map(describe)
      if !groups.isEmpty { blocks.append("- 指标分组：" + groups.joined(separator: "；") + "。") }
    case .score(let score):
      let points = score.points.map { "满分 " + $0.shown }
      let execution = score.execution.map { "含执行率得分（\(words.text(of: $0))）" }
      let grades = score.grades.map(\.name).joined(separator: "、")
      let rest = [points, execution, grades.isEmpty ? nil : "等级 " + grades].compactMap { $0 }
      blocks.append("**\(score.title)**：" + rest.joined(separator: "，") + "。")
    }
  }

  private func describe(_ field: Field) -> String {
    let unit = field.type == .amount ? field.unit?.rawValue : field.countUnit
    let flags = [unit, field.isRequired ? "必填" : nil, field.isPersonal ? "不公开" : nil].compactMap { $0 }
    let mark = field.isTagged ? words.mark(field.states) ?? "" : ""
    return field.title + (flags.isEmpty ? "" : "（\(flags.joined(separator: "，"))）") + mark
  }

  private func describe(_ group: IndicatorGroup) -> String {
    let flags = [group.shownPoints, group.isRequired ? "必有" : nil].compactMap { $0 }
    return group.title + (flags.isEmpty ? "" : "（\(flags.joined(separator: "，"))）")
      + (group.groups.isEmpty ? "" : "：" + group.groups.map(describe).joined(separator: "、"))
  }

  // MARK: Tables

  private mutating func add(_ declared: [Panel], numbers: (rows: String?, columns: String?) = (nil, nil)) {
    let panels = declared.map(\.namingRepeatedCodes)
    var text = HeaderSketch(panels, rowNumbers: numbers.rows, columnNumbers: numbers.columns).text
    var tree = TextTree()
    for panel in panels where !panel.rows.isEmpty {
      let isNamed = panels.count > 1 && !(panel.title ?? panel.id).isEmpty
      if isNamed { tree.add(0, panel.title ?? panel.id, [words.mark(panel.states)].compactMap { $0 }) }
      add(rowsOf: panel, depth: isNamed ? 1 : 0, to: &tree)
    }
    text += tree.text
    blocks.append("```text\n" + text + "```")
    let rules = panels.flatMap { panel in columnRules(of: panel) }
    if !rules.isEmpty { blocks.append("- 列：" + rules.joined(separator: "；") + "。") }
    let marks = panels.compactMap { panel in columnMarks(of: panel) }
    if !marks.isEmpty { blocks.append("- 列说的是：" + marks.joined(separator: "；") + "。") }
    let flags = panels.flatMap { panel in columnFlags(of: panel) }
    if !flags.isEmpty { blocks.append("- " + flags.joined(separator: "；") + "。") }
  }

  private func columnRules(of panel: Panel) -> [String] {
    panel.leaves.flatMap { leaf in
      leaf.rules.map { rule in
        let name = words.name(of: leaf.index, in: panel)
        if case .ofWhich = rule { return "\(name)，" + words.text(of: rule, in: panel) }
        return "\(name) " + words.text(of: rule, in: panel)
      }
    }
  }

  /// 基本支出〔基本〕、项目支出〔项目〕: the columns that say more than the table.
  private func columnMarks(of panel: Panel) -> String? {
    let ground = form.states.overlaid(by: panel.states)
    let marks = panel.leaves.compactMap { leaf in
      words.mark(panel.states(of: leaf), over: ground).map { words.name(of: leaf.index, in: panel) + $0 }
    }
    return marks.isEmpty ? nil : marks.joined(separator: "、")
  }

  private func columnFlags(of panel: Panel) -> [String] {
    func names(_ isMeant: (Leaf) -> Bool) -> String? {
      let names = panel.leaves.filter(isMeant).map { words.name(of: $0.index, in: panel) }
      return names.isEmpty ? nil : names.joined(separator: "、")
    }
    let others = panel.leaves.filter { $0.type == .amount && $0.unit != form.unit }
    return [
      names(\.isOptional).map { "数据里可以没有：\($0)" }, names(\.isPersonal).map { "不公开：\($0)" },
      panel.strips > 1 ? "折成 \(panel.strips) 条并排" : nil,
    ].compactMap { $0 }
      + others.compactMap { leaf in
        leaf.unit.map { "\(words.name(of: leaf.index, in: panel)) 的单位是\($0.rawValue)" }
      }
      + panel.leaves.filter { !$0.only.isEmpty }.map { leaf in
        let rows = leaf.only.map { id in panel.rows.first { $0.id == id }?.title ?? id }
        return "\(words.name(of: leaf.index, in: panel))只填在\(rows.joined(separator: "、"))行"
      }
      + panel.leaves.compactMap { leaf in
        panel.codeList(of: leaf).map { list in
          "\(words.name(of: leaf.index, in: panel))：每个科目一列（\(words.text(of: list))）"
        }
      }
  }

  // MARK: Rows

  private func add(rowsOf panel: Panel, depth: Int, to tree: inout TextTree) {
    var index = 0
    while index < panel.rows.count {
      let run = run(from: index, in: panel)
      let row = panel.rows[index]
      if run.count > 5, let last = run.last {
        let about = mark(row, in: panel, isRun: true).map { "\($0)，各行不同" }
        tree.add(
          depth + row.depth, "\(row.title) 至 \(panel.rows[last].title)",
          ["共 \(run.count) 行"] + [about].compactMap { $0 })
      } else {
        for index in run {
          let row = panel.rows[index]
          let title = row.isOpen ? words.text(of: row.kind) : row.title
          tree.add(
            depth + row.depth, title,
            words.rules(ofRow: index, in: panel) + [mark(row, in: panel)].compactMap { $0 })
        }
      }
      index = (run.last ?? index) + 1
    }
  }

  /// Rows beside one another that follow from nothing and speak in the same dimensions: the classes of a classification.
  private func run(from first: Int, in panel: Panel) -> [Int] {
    func isPlain(_ index: Int) -> Bool {
      !panel.rows[index].isOpen && words.rules(ofRow: index, in: panel).isEmpty
        && !panel.rows.contains { $0.parent == index }
    }
    guard isPlain(first) else { return [first] }
    let row = panel.rows[first]
    var run = [first]
    for index in panel.rows.indices.dropFirst(first + 1) {
      let next = panel.rows[index]
      guard isPlain(index), next.depth == row.depth, next.parent == row.parent,
        Set(next.states.values.keys) == Set(row.states.values.keys)
      else { break }
      run.append(index)
    }
    return run
  }

  /// What a row says beyond the rows it stands in; of a run only in which dimensions.
  private func mark(_ row: RowSpec, in panel: Panel, isRun: Bool = false) -> String? {
    let around = form.states.overlaid(by: panel.states)
    let ground = row.parent.map { around.overlaid(by: panel.rows[$0].states) } ?? around
    guard isRun else { return words.mark(row.states, over: ground) }
    let dimensions = facts.dimensions.filter {
      row.states[$0.id] != nil && row.states[$0.id] != ground[$0.id]
    }
    return dimensions.isEmpty ? nil : "〔" + dimensions.map(\.title).joined(separator: "·") + "〕"
  }
}
