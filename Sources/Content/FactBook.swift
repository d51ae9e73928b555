import Forms

/// The dimensions, the laws, and which forms state the same: `docs/facts.md` is made from it.
public struct FactBook {
  private let library: FormLibrary
  private var model: FactModel { library.facts }

  /// All of it as Markdown.
  public static func markdown(of library: FormLibrary) -> String { FactBook(library: library).markdown }

  private var markdown: String {
    """
    # 事实

    本页由 `make docs` 从 `facts.yaml` 和随软件附带的表样生成，请勿手改。标签的写法见 [forms-language.md](forms-language.md) 第八节，
    怎样核对见 [architecture.md](architecture.md)，表样见 [forms.md](forms.md)。

    ## 维度

    可加的维度，不提就是指全部；列出的各值合起来就是上一层。

    | 维度 | 名称 | 可加 | 取值 |
    |---|---|---|---|
    \(model.dimensions.map { "| `\($0.id)` | \($0.title) | \(isAdditive($0) ? "可加" : "") | \(values(of: $0)) |\n" }.joined())
    ## 定律

    左边和右边各数都知道时才核对；〔 〕里的标签之外都相同。提到“不适用”里任一维度的数不核对。

    | 定律 | 内容 | 不适用 |
    |---|---|---|
    \(splits + laws)
    ## 哪些表说的是同一件事

    一行是一件事（或一族事，如各功能分类科目），后面是说到它的表和格：行名，或行名 × 列名。同一行里各表的数必须相等。只有一张表说到的，
    在每套末尾计数：它们只由表内的合计和上面的定律核对。没有写年度的是本年。

    """ + sets.map(section).joined()
  }

  private var sets: [FormSet] { library.kinds.flatMap { kind in library.sets.filter { $0.kind == kind.id } } }

  // MARK: Dimensions and laws

  private func isAdditive(_ dimension: FactModel.Dimension) -> Bool {
    dimension.isAdditive || dimension.hasParts || model.classifications.contains(dimension.id)
  }

  private func values(of dimension: FactModel.Dimension) -> String {
    if model.classifications.contains(dimension.id) { return "科目编码" }
    if dimension.isOpen { return "由表样或数据定" }
    return values(of: dimension, under: "")
  }

  /// 财政拨款（一般公共、政府性基金）、专户.
  private func values(of dimension: FactModel.Dimension, under whole: String) -> String {
    dimension.order.filter { value in
      let path = value.split(separator: ".").dropLast().joined(separator: ".")
      return path == whole
    }.map { value in
      let inner = values(of: dimension, under: value)
      let name = value.split(separator: ".").last.map(String.init) ?? value
      return name + (inner.isEmpty ? "" : "（\(inner)）")
    }.joined(separator: "、")
  }

  private var splits: String {
    model.dimensions.flatMap { dimension in
      dimension.splits.keys.sorted().map { whole in
        let parts = (dimension.splits[whole] ?? []).map { "〔\($0)〕" }.joined(separator: " + ")
        let name = whole.isEmpty ? "全部" : "〔\(whole)〕"
        return "| \(dimension.title)的完整拆分 | \(name) = \(parts) | |\n"
      }
    }.joined()
  }

  private var laws: String {
    model.laws.map { law in
      let without = law.without.map { model.dimension($0)?.title ?? $0 }.joined(separator: "、")
      return "| \(law.title) | 〔\(said(law.whole))〕 = "
        + law.parts.map { "〔\(said($0))〕" }.joined(separator: " + ") + " | \(without) |\n"
    }.joined()
  }

  // MARK: Forms

  private struct Statement {
    var form: String
    var cells: [String]
  }

  private func section(of set: FormSet) -> String {
    var order: [Tags] = []
    var stated: [Tags: [Statement]] = [:]
    for entry in set.entries {
      guard let form = library.form(entry.form, year: set.sampleYear) else { continue }
      let name = entry.number ?? form.name
      for fact in form.declaredFacts(model) {
        let tags = whole(fact.tags)
        let cell = [fact.row, fact.column].filter { !$0.isEmpty }.joined(separator: " × ")
        if stated[tags] == nil { order.append(tags) }
        if stated[tags]?.last?.form == name, let last = stated[tags]?.indices.last {
          stated[tags]?[last].cells.append(cell)
        } else {
          stated[tags, default: []].append(Statement(form: name, cells: [cell]))
        }
      }
    }
    guard !order.isEmpty else { return "" }
    let shared = order.filter { (stated[$0]?.count ?? 0) > 1 }
    var text = "\n### \(set.title)\n\n`\(set.id)`，\(set.shownYears)。见 [表样](forms.md#\(set.id))。\n"
    if !shared.isEmpty {
      text += "\n| 说的是什么 | 表和格 |\n|---|---|\n"
      for tags in shared {
        text += "| \(said(tags)) | \((stated[tags] ?? []).map(shown).joined(separator: "；")) |\n"
      }
    }
    var single: [String: Int] = [:]
    for tags in order where stated[tags]?.count == 1 {
      if let form = stated[tags]?.first?.form { single[form, default: 0] += 1 }
    }
    let names = set.entries.compactMap { entry in
      entry.number ?? library.form(entry.form, year: set.sampleYear)?.name
    }
    let counts = names.compactMap { name in single[name].map { "\(name) \($0) 件" } }
    if !counts.isEmpty { text += "\n只有一张表说到的：\(counts.joined(separator: "、"))。\n" }
    return text
  }

  /// With any code for a single one, so that the classes of a classification are one line.
  private func whole(_ tags: Tags) -> Tags {
    Tags(
      tags.values.reduce(into: [:]) { values, pair in
        let isCode = model.classifications.contains(pair.key)
        values[pair.key] = isCode ? DeclaredFact.any : pair.value
      })
  }

  private func shown(_ statement: Statement) -> String {
    let cells = statement.cells.filter { !$0.isEmpty }
    guard let first = cells.first else { return statement.form }
    let rest = cells.count > 2 ? " 等 \(cells.count) 格" : cells.dropFirst().map { "、" + $0 }.joined()
    return "**\(statement.form)** \(first)\(rest)"
  }

  /// 支出·年初预算·一般公共: what a fact is about first, then the rest in the order of the model.
  private func said(_ tags: Tags) -> String {
    let closed = model.dimensions.filter { !$0.isAdditive && !$0.isOpen }
    let others = model.dimensions.filter { $0.isAdditive || $0.isOpen }
    return (closed + others).compactMap { dimension -> String? in
      guard let value = tags[dimension.id] else { return nil }
      return value == DeclaredFact.any ? "各" + dimension.title : model.short(value, of: dimension)
    }.joined(separator: "·")
  }
}
