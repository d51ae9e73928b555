import Diagnostics
import Fiscal

/// A form as a tree for the terminal: every column and row with what it says and follows from.
public struct FormOutline {
  private typealias Line = (depth: Int, title: String, details: [String])

  private let form: Form
  private let facts: FactModel
  private var lines: [Line] = []

  public init(_ form: Form, facts: FactModel) {
    self.form = form
    self.facts = facts
    for block in form.blocks { add(block) }
    if !form.relations.isEmpty {
      lines.append((0, "勾稽关系", []))
      for relation in form.relations { lines.append((1, relation.equation.text, [])) }
    }
  }

  /// The outline, each line ended; titles are padded by the columns they take on a terminal.
  public var text: String { head + drawn }

  private var head: String {
    var head = "\(form.title)  \(form.fullName)\n"
    var measures = form.unit.map { ["单位 \($0.rawValue)", "\(form.decimals) 位小数"] } ?? []
    let blanks: [BlankMeaning: String] = [.zero: "空格算零", .nothing: "空格不填", .missing: "空格算漏填"]
    measures.append(blanks[form.blank] ?? "")
    if let instances = form.instances {
      measures.append("一个\(facts.dimension(instances)?.title ?? instances)一张")
    }
    head +=
      "  " + measures.joined(separator: "，") + (mark(form.states, over: Tags()).map { " " + $0 } ?? "") + "\n"
    if !form.aliases.isEmpty { head += "  别名：" + form.aliases.joined(separator: "、") + "\n" }
    for note in form.notes { head += "  注：\(note)\n" }
    if let empty = form.empty { head += "  空表：\(empty)\n" }
    return head + "  \(form.place.file)\n"
  }

  // MARK: Blocks

  private mutating func add(_ block: Block) {
    switch block {
    case .fields(let title, let rows):
      lines.append((0, title ?? "栏目", []))
      for field in rows.flatMap({ $0 }) {
        let unit = field.type == .amount ? field.unit?.rawValue : field.countUnit
        let flags = [field.isRequired ? "必填" : nil, field.isPersonal ? "不公开" : nil]
        let own = field.isTagged ? mark(field.states) : nil
        lines.append(
          (1, field.title, details(field.id, field.title, [field.type.rawValue, unit] + flags + [own])))
      }
    case .grid(let grid):
      let isPart = form.isSheet
      if isPart { lines.append((0, grid.title ?? grid.id, details(grid.id, grid.title, ["表格"]))) }
      for panel in grid.panels { add(panel, depth: isPart ? 1 : 0, isOnly: grid.panels.count == 1) }
    case .texts(let texts):
      lines.append((0, texts.title, details(texts.id, texts.title, ["长文本", texts.isRequired ? "必填" : nil])))
      for column in texts.columns { lines.append((1, column, [])) }
    case .indicators(let indicators):
      lines.append((0, indicators.title, details(indicators.id, indicators.title, ["指标表"])))
      add(indicators.panel.columns, of: indicators.panel, depth: 1)
      if !indicators.groups.isEmpty {
        lines.append((1, "分组", []))
        add(indicators.groups, depth: 2)
      }
    case .score(let score):
      let points = score.points.map { "满分 " + shown($0) }
      let execution = score.execution.map { "含执行率 \($0.text)" }
      let grades = score.grades.map(\.name).joined(separator: "、")
      lines.append((0, score.title, details(score.id, score.title, ["总分", points, execution, grades])))
    }
  }

  private mutating func add(_ panel: Panel, depth: Int, isOnly: Bool) {
    var inner = depth
    if !panel.id.isEmpty || !isOnly {
      lines.append(
        (depth, panel.title ?? panel.id, details(panel.id, panel.title, ["分栏", mark(panel.states)])))
      inner += 1
    } else if let states = mark(panel.states) {
      lines.append((depth, "标签", [states]))
    }
    lines.append((inner, "列", panel.strips > 1 ? ["折成 \(panel.strips) 条"] : []))
    add(panel.columns, of: panel, depth: inner + 1)
    lines.append((inner, "行", []))
    for index in panel.rows.indices { add(row: index, of: panel, depth: inner + 1) }
  }

  private mutating func add(_ groups: [IndicatorGroup], depth: Int) {
    for group in groups {
      let points = group.points.map(shown).joined(separator: " 或 ")
      lines.append(
        (
          depth, group.title,
          [points.isEmpty ? "" : points + " 分", group.isRequired ? "必有" : ""].filter { !$0.isEmpty }
        ))
      add(group.groups, depth: depth + 1)
    }
  }

  private func shown(_ number: Rational) -> String { number.text(decimals: number.exactDecimals ?? 2) ?? "" }

  // MARK: Columns

  private mutating func add(_ columns: [Column], of panel: Panel, depth: Int) {
    for column in columns {
      if let index = column.leaf, panel.leaves.indices.contains(index) {
        lines.append(
          (depth, column.title, details(column.id, column.title, describe(panel.leaves[index], in: panel))))
      } else {
        lines.append((depth, column.title, details(column.id, column.title, [])))
        add(column.children, of: panel, depth: depth + 1)
      }
    }
  }

  private func describe(_ leaf: Leaf, in panel: Panel) -> [String?] {
    let type = leaf.type.rawValue + (leaf.classification.map { "（\($0)）" } ?? "")
    let unit =
      leaf.type == .amount ? leaf.unit.flatMap { $0 == form.unit ? nil : $0.rawValue } : leaf.countUnit
    let flags = [
      leaf.isOptional ? "可缺" : nil, leaf.isPersonal ? "不公开" : nil, leaf.isMerged ? "合并" : nil,
      leaf.only.isEmpty ? nil : "只有 " + leaf.only.joined(separator: "、"),
      leaf.csvTitle.map { "CSV 列名 \($0)" },
      panel.codeColumns?.lists.first { $0.place == leaf.listed?.list }.map { "每个科目一列（\(describe($0))）" },
    ]
    return [type, unit] + leaf.rules.map { describe($0, in: panel) } + flags + [mark(leaf.states)]
  }

  private func describe(_ rule: ColumnRule, in panel: Panel) -> String {
    func name(_ index: Int) -> String {
      guard panel.leaves.indices.contains(index) else { return "?" }
      let leaf = panel.leaves[index]
      let isAlone = panel.leaves.count { $0.id == leaf.id } == 1
      return isAlone ? leaf.id : leaf.path.joined(separator: ".")
    }
    return switch rule {
    case .sum(let parts): "= " + parts.map(name).joined(separator: " + ")
    case .ofWhich(let parts): "其中 " + parts.map(name).joined(separator: "、")
    case .difference(let first, let second): "= \(name(first)) - \(name(second))"
    case .growth(let first, let second): "= (\(name(first)) - \(name(second))) / \(name(second))"
    case .share(let part, let whole): "= \(name(part)) / \(name(whole))"
    case .equals(let expression, _): "= \(expression.text)"
    }
  }

  // MARK: Rows

  private mutating func add(row index: Int, of panel: Panel, depth: Int) {
    let row = panel.rows[index]
    let parts = panel.rows.indices.filter { panel.rows[$0].parent == index }
    func names(_ rows: [Int]) -> String {
      rows.map { panel.rows[$0].title.isEmpty ? panel.rows[$0].id : panel.rows[$0].title }.joined(
        separator: " + ")
    }
    let sum = parts.contains { panel.rows[$0].relation == .part } ? "= 各分项之和" : nil
    let adds = row.adds.isEmpty ? nil : "= " + names(row.adds)
    let difference =
      row.difference.count == 2 ? "= " + names([row.difference[0]]) + " - " + names([row.difference[1]]) : nil
    let flags = [
      row.relation == .ofWhich ? "其中项" : nil, row.isOptional && !row.isOpen ? "可缺" : nil,
      row.isComplete ? nil : "只列一部分", row.sideHeading.map { "左侧 \($0)" }, mark(row.states),
    ]
    let title = row.isOpen ? describe(row.kind) : row.title
    lines.append((depth + row.depth, title, details(row.id, title, [sum, adds, difference] + flags)))
  }

  private func describe(_ list: CodeList) -> String {
    ([list.classification] + [list.paired].compactMap { $0 }).joined(separator: " + ")
      + (list.under.isEmpty ? "" : "：" + list.under.joined(separator: "、"))
      + (list.isComplete ? "，全部印出" : "")
  }

  private func describe(_ kind: RowSpec.Kind) -> String {
    switch kind {
    case .fixed: ""
    case .codes(let list): "（科目行 \(describe(list))）"
    case .levels(let levels, let lines, _):
      "（层级行 " + levels.map(\.of).joined(separator: " → ")
        + (lines.isEmpty ? "" : "，每行 " + lines.map(\.title).joined(separator: "、")) + "）"
    case .free(let dimension, _): "（任意行\(dimension.map { " " + $0 } ?? "")）"
    }
  }

  // MARK: Drawing

  private func details(_ id: String, _ title: String?, _ rest: [String?]) -> [String] {
    ([id == title || id.isEmpty ? "" : id] + rest.map { $0 ?? "" }).filter { !$0.isEmpty }
  }

  /// Tags in the order of the model: `〔flow=支出 phase=年初预算〕`; one that is taken away is told where there was one.
  private func mark(_ states: Tags, over ground: Tags? = nil) -> String? {
    let ground = ground ?? form.states
    let known = facts.dimensions.compactMap { dimension -> String? in
      guard let value = states.values[dimension.id] else { return nil }
      if !value.isEmpty { return "\(dimension.id)=\(value)" }
      return ground[dimension.id] == nil ? nil : "不限 \(dimension.id)"
    }
    return known.isEmpty ? nil : "〔" + known.joined(separator: " ") + "〕"
  }

  private var drawn: String {
    let stems = lines.indices.map { branches(at: $0) + lines[$0].title }
    // One long title does not push the details of all others to the edge.
    let widths = zip(stems, lines).filter { !$1.details.isEmpty }.map { displayWidth(of: $0.0) }
    let width = widths.filter { $0 <= 40 }.max() ?? 0
    return zip(stems, lines).map { stem, line in
      guard !line.details.isEmpty else { return stem + "\n" }
      let gap = String(repeating: " ", count: max(0, width - displayWidth(of: stem)) + 2)
      return stem + gap + line.details.joined(separator: "  ") + "\n"
    }.joined()
  }

  /// The lines of the tree before a title: whether more follow at its depth, and at each depth above.
  private func branches(at index: Int) -> String {
    func hasNext(_ depth: Int) -> Bool {
      lines[(index + 1)...].first { $0.depth <= depth }?.depth == depth
    }
    let depth = lines[index].depth
    guard depth > 0 else { return "" }
    return (1..<depth).map { hasNext($0) ? "│ " : "  " }.joined() + (hasNext(depth) ? "├ " : "└ ")
  }
}
