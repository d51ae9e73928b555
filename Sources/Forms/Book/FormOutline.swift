import Diagnostics
import Fiscal

/// A form as a tree for the terminal: every column and row with what it says and follows from.
public struct FormOutline {
  private let form: Form
  private let facts: FactModel
  private let words: FormWords
  private var tree = TextTree()

  public init(_ form: Form, facts: FactModel) {
    self.form = form
    self.facts = facts
    words = FormWords(form: form, facts: facts, style: .file)
    for block in form.blocks { add(block) }
    if !form.relations.isEmpty {
      tree.add(0, "勾稽关系")
      for relation in form.relations { tree.add(1, words.text(of: relation)) }
    }
  }

  /// The outline, each line ended; titles are padded by the columns they take on a terminal.
  public var text: String { head + tree.text }

  private var head: String {
    var head = "\(form.title)  \(form.fullName)\n"
    head +=
      "  " + form.measures(facts) + (words.mark(form.states, over: Tags()).map { " " + $0 } ?? "") + "\n"
    if !form.aliases.isEmpty { head += "  别名：" + form.aliases.joined(separator: "、") + "\n" }
    for note in form.notes { head += "  注：\(note)\n" }
    if let empty = form.empty { head += "  空表：\(empty)\n" }
    return head + "  \(form.place.file)\n"
  }

  // MARK: Blocks

  private mutating func add(_ block: Block) {
    switch block {
    case .fields(let title, let rows):
      tree.add(0, title ?? "栏目")
      for field in rows.flatMap({ $0 }) {
        let unit = field.type == .amount ? field.unit?.rawValue : field.countUnit
        let flags = [field.isRequired ? "必填" : nil, field.isPersonal ? "不公开" : nil]
        let own = field.isTagged ? words.mark(field.states) : nil
        tree.add(1, field.title, details(field.id, field.title, [field.type.rawValue, unit] + flags + [own]))
      }
    case .grid(let grid):
      let isPart = form.isSheet
      if isPart { tree.add(0, grid.title ?? grid.id, details(grid.id, grid.title, ["表格"])) }
      for panel in grid.panels { add(panel, depth: isPart ? 1 : 0, isOnly: grid.panels.count == 1) }
    case .texts(let texts):
      tree.add(0, texts.title, details(texts.id, texts.title, ["长文本", texts.isRequired ? "必填" : nil]))
      for column in texts.columns { tree.add(1, column) }
    case .indicators(let indicators):
      tree.add(0, indicators.title, details(indicators.id, indicators.title, ["指标表"]))
      add(indicators.panel.columns, of: indicators.panel, depth: 1)
      if !indicators.groups.isEmpty {
        tree.add(1, "分组")
        add(indicators.groups, depth: 2)
      }
    case .score(let score):
      let execution = score.execution.map { "含执行率 \($0.text)" }
      let grades = score.grades.map(\.name).joined(separator: "、")
      tree.add(
        0, score.title,
        details(score.id, score.title, ["总分", score.points.map { "满分 " + $0.shown }, execution, grades]))
    }
  }

  private mutating func add(_ panel: Panel, depth: Int, isOnly: Bool) {
    var inner = depth
    if !panel.id.isEmpty || !isOnly {
      tree.add(
        depth, panel.title ?? panel.id, details(panel.id, panel.title, ["分栏", words.mark(panel.states)]))
      inner += 1
    } else if let states = words.mark(panel.states) {
      tree.add(depth, "标签", [states])
    }
    tree.add(inner, "列", panel.strips > 1 ? ["折成 \(panel.strips) 条"] : [])
    add(panel.columns, of: panel, depth: inner + 1)
    tree.add(inner, "行")
    for index in panel.rows.indices { add(row: index, of: panel, depth: inner + 1) }
  }

  private mutating func add(_ groups: [IndicatorGroup], depth: Int) {
    for group in groups {
      tree.add(depth, group.title, [group.shownPoints, group.isRequired ? "必有" : nil].compactMap { $0 })
      add(group.groups, depth: depth + 1)
    }
  }

  // MARK: Columns and rows

  private mutating func add(_ columns: [Column], of panel: Panel, depth: Int) {
    for column in columns {
      if let index = column.leaf, panel.leaves.indices.contains(index) {
        tree.add(
          depth, column.title, details(column.id, column.title, describe(panel.leaves[index], in: panel)))
      } else {
        tree.add(depth, column.title, details(column.id, column.title, []))
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
      panel.codeList(of: leaf).map { "每个科目一列（\(words.text(of: $0))）" },
    ]
    return [type, unit] + leaf.rules.map { words.text(of: $0, in: panel) } + flags + [words.mark(leaf.states)]
  }

  private mutating func add(row index: Int, of panel: Panel, depth: Int) {
    let row = panel.rows[index]
    let title = row.isOpen ? words.text(of: row.kind) : row.title
    let rules = words.rules(ofRow: index, in: panel)
    tree.add(depth + row.depth, title, details(row.id, title, rules + [words.mark(row.states)]))
  }

  private func details(_ id: String, _ title: String?, _ rest: [String?]) -> [String] {
    ([id == title || id.isEmpty ? "" : id] + rest.map { $0 ?? "" }).filter { !$0.isEmpty }
  }
}

extension Form {
  /// 单位 万元，2 位小数，空格算零.
  func measures(_ facts: FactModel) -> String {
    var measures = unit.map { ["单位 \($0.rawValue)", "\(decimals) 位小数"] } ?? []
    let blanks: [BlankMeaning: String] = [.zero: "空格算零", .nothing: "空格不填", .missing: "空格算漏填"]
    measures.append(blanks[blank] ?? "")
    if let instances { measures.append("一个\(facts.dimension(instances)?.title ?? instances)一张") }
    return measures.joined(separator: "，")
  }
}

extension IndicatorGroup {
  /// 10 或 20 分.
  var shownPoints: String? { points.isEmpty ? nil : points.map(\.shown).joined(separator: " 或 ") + " 分" }
}

extension Rational {
  /// With the decimals it needs.
  var shown: String { text(decimals: exactDecimals ?? 2) ?? "" }
}
