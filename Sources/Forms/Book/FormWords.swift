import Diagnostics
import Fiscal
import Formulas

/// What the columns and rows of a form say and follow from, in words.
struct FormWords {
  /// How columns, dimensions and signs are written: as in form files, or as they are printed.
  enum Style { case file, print }

  let form: Form
  let facts: FactModel
  let style: Style

  private var minus: String { style == .file ? "-" : "−" }
  private var over: String { style == .file ? "/" : "÷" }

  // MARK: Columns

  /// `= basic + project`.
  func text(of rule: ColumnRule, in panel: Panel) -> String {
    func name(_ index: Int) -> String { self.name(of: index, in: panel) }
    return switch rule {
    case .sum(let parts): "= " + joined(parts.map { name($0) + (isRepeated($0, in: panel) ? "之和" : "") })
    case .ofWhich(let parts): "其中 " + parts.map { partName($0, in: panel) }.joined(separator: "、")
    case .difference(let first, let second): "= \(name(first)) \(minus) \(name(second))"
    case .growth(let first, let second):
      "= (\(name(first)) \(minus) \(name(second))) \(over) \(name(second))"
    case .share(let part, let whole): "= \(name(part)) \(over) \(name(whole))"
    case .equals(let expression, _): "= " + text(of: expression)
    }
  }

  /// A column's id, or its title; with the groups it stands in where others are called the same.
  func name(of index: Int, in panel: Panel) -> String {
    guard panel.leaves.indices.contains(index) else { return "?" }
    let leaf = panel.leaves[index]
    switch style {
    case .file:
      let isAlone = panel.leaves.count { $0.id == leaf.id } == 1
      return isAlone ? leaf.id : leaf.path.joined(separator: ".")
    case .print:
      let titles = leaf.titles.filter { !$0.isEmpty }
      guard panel.leaves.count(where: { $0.title == leaf.title }) == 1 else {
        return titles.joined(separator: "/")
      }
      // Two characters (小计, 金额) say little without the group above them.
      return displayWidth(of: leaf.title) > 4 ? leaf.title : titles.suffix(2).joined(separator: "/")
    }
  }

  /// Whether a column stands for one of each code.
  private func isRepeated(_ index: Int, in panel: Panel) -> Bool {
    style == .print && panel.leaves.indices.contains(index) && panel.leaves[index].listed != nil
  }

  /// 其中：小微企业 behind “其中” is 小微企业.
  private func partName(_ index: Int, in panel: Panel) -> String {
    let name = name(of: index, in: panel)
    let lead = "其中："
    return style == .print && name.hasPrefix(lead) ? String(name.dropFirst(lead.count)) : name
  }

  /// A formula as typed, or with titles for the ids in it.
  func text(of expression: Expression) -> String {
    style == .file ? expression.text : printed(expression.text, names: expression.names)
  }

  func text(of relation: FormRelation) -> String {
    let equation = relation.equation
    return style == .file ? equation.text : printed(equation.text, names: equation.names)
  }

  /// With titles for the ids in names: `funds.total.score` becomes 资金情况.合计.得分.
  private func printed(_ text: String, names: [Name]) -> String {
    var titles: [String: Set<String>] = [:]
    func add(_ id: String, _ title: String) { if !title.isEmpty { titles[id, default: []].insert(title) } }
    for panel in form.panels {
      add(panel.id, panel.title ?? "")
      for leaf in panel.leaves { for (id, title) in zip(leaf.path, leaf.titles) { add(id, title) } }
      for row in panel.rows { add(row.id, row.title) }
    }
    for block in form.blocks {
      switch block {
      case .fields(_, let rows): for field in rows.joined() { add(field.id, field.title) }
      case .grid(let grid): add(grid.id, grid.title ?? "")
      case .texts, .indicators, .score: break
      }
    }
    var result = ""
    var word = ""
    // Ids are ASCII words; a title that several things bear under one id is not told apart, so the id stays.
    func end() {
      let known = titles[word] ?? []
      result += known.count == 1 ? known.first ?? word : word
      word = ""
    }
    let ids = Set(names.flatMap(\.parts))
    for character in text {
      if character.isASCII, character.isLetter || character.isNumber || character == "-" {
        word.append(character)
        continue
      }
      if ids.contains(word) { end() } else { (result, word) = (result + word, "") }
      result.append(character)
    }
    if ids.contains(word) { end() } else { result += word }
    for (sign, printed) in [(" * ", " × "), (" / ", " ÷ "), (" - ", " − ")] {
      result = result.replacing(sign, with: printed)
    }
    return result
  }

  // MARK: Rows

  /// What a row follows from: `= 各分项之和`, `= 甲 + 乙`.
  func rules(ofRow index: Int, in panel: Panel) -> [String] {
    let row = panel.rows[index]
    let hasParts = panel.rows.contains { $0.parent == index && $0.relation == .part }
    func title(_ row: Int) -> String {
      let row = panel.rows[row]
      if row.isOpen, style == .print { return sum(of: row.kind) }
      return row.title.isEmpty ? row.id : row.title
    }
    let difference =
      row.difference.count == 2
      ? "= \(title(row.difference[0])) \(minus) \(title(row.difference[1]))" : nil
    return [
      hasParts ? "= 各分项之和" : nil, row.adds.isEmpty ? nil : "= " + joined(row.adds.map(title)), difference,
      row.relation == .ofWhich && row.parent != nil ? "其中项" : nil,
      row.isOptional && !row.isOpen ? "可缺" : nil, row.isComplete ? nil : "只列一部分",
      row.sideHeading.map { "左侧 \($0)" },
    ].compactMap { $0 }
  }

  /// Where the rows of a block come from.
  func text(of kind: RowSpec.Kind) -> String {
    switch kind {
    case .fixed: ""
    case .codes(let list): "（科目行\(style == .file ? " " : "：")\(text(of: list))）"
    case .levels(let levels, let lines, _):
      "（层级行\(style == .file ? " " : "：")" + levels.map { subject($0.of) }.joined(separator: " → ")
        + (lines.isEmpty ? "" : "，每行 " + lines.map(\.title).joined(separator: "、")) + "）"
    case .free(let dimension, _):
      "（任意行\(dimension.map { (style == .file ? " " : "：") + subject($0) } ?? "")）"
    }
  }

  /// 科目行之和, as a term of a sum.
  private func sum(of kind: RowSpec.Kind) -> String {
    switch kind {
    case .fixed: ""
    case .codes: "科目行之和"
    case .levels: "层级行之和"
    case .free: "任意行之和"
    }
  }

  func text(of list: CodeList) -> String {
    subject(list.classification) + (list.paired.map { "、" + subject($0) } ?? "")
      + (list.under.isEmpty ? "" : (style == .file ? "：" : " ") + list.under.joined(separator: "、"))
      + (list.isComplete ? "，全部印出" : "")
  }

  private func subject(_ name: String) -> String {
    style == .file ? name : facts.subject(name)
  }

  // MARK: Tags

  /// Tags in the order of the model, where they differ from the ground: `〔flow=支出 phase=年初预算〕`, `〔支出·年初预算〕`.
  ///
  /// One that is taken away is told where there was one.
  func mark(_ states: Tags, over ground: Tags? = nil) -> String? {
    let ground = ground ?? form.states
    let known = facts.dimensions.compactMap { dimension -> String? in
      guard let value = states.values[dimension.id] else { return nil }
      if style == .print, !value.isEmpty, ground[dimension.id] == value { return nil }
      let name = style == .file ? " " + dimension.id : dimension.title
      if value.isEmpty { return ground[dimension.id] == nil ? nil : "不限" + name }
      return style == .file ? "\(dimension.id)=\(value)" : facts.short(value, of: dimension)
    }
    return known.isEmpty ? nil : "〔" + known.joined(separator: style == .file ? " " : "·") + "〕"
  }

  /// Many parts are told by the first and the last.
  private func joined(_ names: [String]) -> String {
    guard style == .print, names.count > 8, let last = names.last else {
      return names.joined(separator: " + ")
    }
    return names.prefix(2).joined(separator: " + ") + " + … + \(last)（\(names.count) 项）"
  }
}

extension FactModel {
  /// What a row of a level is: a dimension by its title, department 部门.
  public func subject(_ level: String) -> String {
    let others = ["department": "部门", "category": "类别", "text": "名称"]
    return dimension(level)?.title ?? others[level] ?? level
  }

  /// A tag's value as people say it: 上年, 科目 201; what is listed in the model speaks for itself.
  public func short(_ value: String, of dimension: Dimension) -> String {
    if dimension.id == "year", let offset = Int(value) {
      let near = [-1: "上年", 0: "本年", 1: "下年"]
      return near[offset] ?? (offset < 0 ? "前 \(-offset) 年" : "后 \(offset) 年")
    }
    return classifications.contains(dimension.id) ? "\(dimension.title) \(value)" : value
  }
}
