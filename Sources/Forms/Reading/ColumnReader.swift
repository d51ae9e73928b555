import Diagnostics
import Fiscal
import Formulas
import Parsing

/// What columns and fields take over from the form around them.
struct Surroundings {
  var unit: MoneyUnit?
  var decimals: Int
  var file: String
  var fragments: [String: [YAML]]
  var facts: FactModel
}

/// Reads a header tree: groups, columns, `repeat` and `split`, and resolves the rules between columns.
struct ColumnReader {
  static let keys = [
    "id", "title", "csv", "aliases", "type", "of", "unit", "decimals", "states", "columns", "adds",
    "of-which",
    "difference",
    "growth", "share", "rate", "equals", "only", "personal", "optional", "merge", "spread", "repeat", "split",
  ]

  let around: Surroundings
  /// The codes of each list that columns are repeated for; nil while the form is read, when one of each stands for all.
  var codes: [Place: [ListedCode]]?
  /// The lists that columns are repeated for.
  var codeLists: [CodeList] = []
  /// What rules call them.
  var codeSets: Set<String> = []
  var findings: [Finding] = []
  /// Rows that columns name in `only`, for whoever knows the rows.
  private(set) var onlyRows: [YAMLScalar] = []
  /// How many nodes may still be made: fragments that repeat each other must come to an end.
  private var budget = 2_000

  init(around: Surroundings, codes: [Place: [ListedCode]]? = nil) {
    self.around = around
    self.codes = codes
  }

  /// A node while it is being expanded.
  struct Node {
    var id: String
    var title: String
    var place: Place
    var states = Tags()
    var isTagged = false
    var rules: [(kind: String, references: [YAMLScalar])] = []
    var children: [Node]?
    var csv: String?
    var aliases: [YAMLScalar] = []
    var type: ColumnType?
    var classification: String?
    var unit: MoneyUnit?
    var countUnit: String?
    var decimals: Int?
    var only: [String] = []
    var personal = false
    var optional = false
    var merged = false
    var spread: Int?
    var listed: Leaf.Listed?
  }

  mutating func read(_ items: [YAML]) -> (columns: [Column], leaves: [Leaf]) {
    let nodes = expand(items, depth: 0)
    checkSiblings(nodes)
    var leaves: [Leaf] = []
    var declared: [(leaf: Int, depth: Int, kind: String, references: [YAMLScalar])] = []
    let columns = nodes.map {
      flatten(
        $0, path: [], titles: [], above: Tags(), tagged: false, merged: false, rules: [], into: &leaves,
        &declared)
    }
    for rule in declared { resolve(rule, in: &leaves) }
    checkCircles(in: leaves)
    checkAliases(of: nodes, in: leaves)
    if let second = leaves.filter({ $0.spread == 0 }).dropFirst().first {
      findings.append(Finding("form-syntax", at: second.place, "一栏里只能有一个编码分几列印（spread）", hint: "另一个编码写成一列"))
    }
    if let bare = leaves.first(where: { $0.type == .amount && $0.unit == nil && $0.countUnit == nil }) {
      findings.append(
        Finding("form-syntax", at: bare.place, "金额列“\(bare.name)”没有单位", hint: "在表样开头写 unit: 万元，或在这一列写 unit"))
    }
    return (columns, leaves)
  }

  /// The items of a list, or of the fragment that a name stands for.
  mutating func items(of node: YAML?, at place: Place) -> [YAML] {
    switch node {
    case .list(let items, _)?: return items
    case .scalar(let name)? where !name.isNull:
      if let fragment = around.fragments[name.text] { return fragment }
      findings.append(
        Finding(
          "form-syntax", at: name.place, "没有名为“\(name.text)”的片段",
          hint: "已有片段：" + around.fragments.keys.sorted().joined(separator: "、")))
      return []
    default:
      findings.append(
        Finding(
          "form-syntax", at: node?.place ?? place,
          "应当是列的列表，或一个片段的名称\(node.map { "，这里是\($0.chinese)" } ?? "")", hint: "每行一个 “- ”，或写作 [甲, 乙]"))
      return []
    }
  }

  private mutating func expand(_ items: [YAML], depth: Int) -> [Node] {
    items.flatMap { expand($0, depth: depth) }
  }

  private mutating func expand(_ item: YAML, depth: Int) -> [Node] {
    guard depth < 12, spend(1, at: item.place) else {
      stop(at: item.place)
      return []
    }
    if case .scalar(let scalar) = item, !scalar.isNull {
      return [Node(id: scalar.text, title: scalar.text, place: scalar.place)]
    }
    var reader = MapReader(item, "列", keys: Self.keys, id: "form-syntax")
    defer { findings += reader.findings }
    guard case .map = item else { return [] }
    var nodes: [Node]
    if case .map? = reader.node("repeat") {
      nodes = repeated(&reader, depth: depth)
    } else if reader.has("repeat") {
      let inner = self.items(of: reader.node("columns"), at: item.place)
      nodes = self.items(of: reader.node("repeat"), at: item.place).flatMap { entry -> [Node] in
        expand(entry, depth: depth + 1).map { entryNode in
          var group = entryNode
          group.children = expand(inner, depth: depth + 1)
          return group
        }
      }
      if let title = reader.text("title") {
        var group = Node(id: reader.text("id") ?? title, title: title, place: item.place)
        group.children = nodes
        nodes = [group]
      }
    } else if reader.has("columns"), !reader.has("title") {
      nodes = expand(self.items(of: reader.node("columns"), at: item.place), depth: depth + 1)
    } else {
      nodes = [read(&reader, depth: depth)]
    }
    if reader.has("split") {
      let entries = expand(self.items(of: reader.node("split"), at: item.place), depth: depth + 1)
      nodes = nodes.map { split($0, by: entries) }
    }
    return nodes
  }

  /// Takes columns from the budget; tells whether there were as many.
  private mutating func spend(_ count: Int, at place: Place) -> Bool {
    if count > budget { stop(at: place) }
    budget = max(0, budget - count)
    return budget > 0
  }

  /// Says once that the header does not end, however many branches run out.
  private mutating func stop(at place: Place) {
    guard budget > 0 else { return }
    budget = 0
    findings.append(
      Finding("form-syntax", at: place, "列太多、表头层次过深，或片段引用了自己", hint: "检查 columns、repeat 和 split 引用的片段"))
  }

  private mutating func split(_ node: Node, by entries: [Node]) -> Node {
    var node = node
    guard spend(entries.count, at: node.place) else { return node }
    if let children = node.children {
      node.children = children.map { split($0, by: entries) }
    } else {
      node.children = entries.map { entry in
        var leaf = node
        leaf.id = entry.id
        leaf.title = entry.title
        leaf.states = entry.states
        leaf.isTagged = entry.isTagged
        leaf.rules = entry.rules
        leaf.csv = nil
        leaf.aliases = []
        return leaf
      }
    }
    return node
  }

  mutating func read(_ reader: inout MapReader, depth: Int, isTitled: Bool = true) -> Node {
    let title = reader.text("title", required: isTitled) ?? ""
    var node = Node(id: reader.text("id") ?? title, title: title, place: reader.place)
    node.csv = reader.text("csv")
    node.aliases = reader.scalars("aliases")
    node.type = reader.choice("type", ColumnType.allCases.map { ($0.rawValue, $0) })
    node.classification = reader.choice("of", around.facts.classifications.map { ($0, $0) })
    if let unit = reader.text("unit") {
      node.unit = MoneyUnit(rawValue: unit)
      if node.unit == nil { node.countUnit = unit }
      let isAmount = node.type == .amount || node.type == nil && reader.has("difference")
      if node.unit == nil, isAmount {
        reader.report(
          reader.place(of: "unit"), "“\(unit)”不是金额单位",
          hint: "可以是：" + MoneyUnit.allCases.map(\.rawValue).joined(separator: "、")
            + (node.type == nil ? "；数人、数辆的写 type: count" : ""))
      }
    }
    node.decimals = reader.decimals()
    node.states = around.facts.tags(&reader, "states")
    node.isTagged = reader.has("states")
    let only = reader.scalars("only")
    node.only = only.map(\.text)
    onlyRows += only
    node.personal = reader.flag("personal") ?? false
    node.optional = reader.flag("optional") ?? false
    node.merged = reader.flag("merge") ?? false
    for kind in ["adds", "of-which", "difference", "growth", "share", "rate", "equals"] where reader.has(kind)
    {
      let references = kind == "equals" ? [reader.scalar(kind)].compactMap { $0 } : reader.scalars(kind)
      let wanted = ["adds", "of-which", "equals"].contains(kind) ? nil : 2
      if let wanted, references.count != wanted {
        reader.report(
          reader.place(of: kind), "“\(kind)”要写两列：[被减或被除的列, 基数列]，这里有 \(references.count) 列",
          hint: kind == "difference" ? "例如 difference: [本年, 上年]；几列相加写 adds" : "例如 \(kind): [本年, 上年]")
      } else {
        node.rules.append((kind, references))
      }
    }
    if reader.has("columns") {
      node.children = expand(items(of: reader.node("columns"), at: reader.place), depth: depth + 1)
      if node.type != nil {
        reader.report(reader.place(of: "type"), "“\(title)”下面还有列，不能再写 type", hint: "type 写在下级的各列")
      }
      if let alias = node.aliases.first {
        reader.report(alias.place, "“\(title)”下面还有列，不能写 aliases", hint: "aliases 写在下级的各列")
      }
    }
    if !isTitled, let alias = node.aliases.first {
      reader.report(alias.place, "按科目重复的列不能写 aliases", hint: "数据的列名写科目名称或编码")
    }
    if reader.has("spread") { spread(&node, over: reader.scalars("spread"), &reader) }
    return node
  }

  private func flatten(
    _ node: Node, path: [String], titles: [String], above: Tags, tagged: Bool, merged: Bool,
    rules: [(depth: Int, kind: String, references: [YAMLScalar])], listed: Leaf.Listed? = nil,
    into leaves: inout [Leaf],
    _ declared: inout [(leaf: Int, depth: Int, kind: String, references: [YAMLScalar])]
  ) -> Column {
    let path = path + [node.id]
    var listed = listed
    if let own = node.listed {
      listed = own
      listed?.depth = path.count - 1
    }
    let titles = titles + [node.title]
    let states = above.overlaid(by: node.states)
    let tagged = tagged || node.isTagged
    let rules = rules + node.rules.map { (depth: path.count - 1, kind: $0.kind, references: $0.references) }
    if let children = node.children {
      let columns = children.map {
        flatten(
          $0, path: path, titles: titles, above: states, tagged: tagged, merged: merged || node.merged,
          rules: rules, listed: listed, into: &leaves, &declared)
      }
      return Column(id: node.id, title: node.title, children: columns, leaf: nil, place: node.place)
    }
    let kinds = rules.map(\.kind)
    let implied: ColumnType? =
      kinds.contains("growth") || kinds.contains("share") || kinds.contains("rate")
      ? .percent : kinds.contains("difference") ? .amount : nil
    let type = node.type ?? implied ?? .text
    let index = leaves.count
    leaves.append(
      Leaf(
        index: index, path: path, titles: titles, csvTitle: node.csv, type: type,
        classification: node.classification,
        unit: node.unit ?? around.unit, countUnit: node.countUnit,
        decimals: node.decimals ?? (type == .amount ? around.decimals : type == .percent ? 2 : 0),
        states: states,
        isTagged: tagged, rules: [], only: node.only, isPersonal: node.personal, isOptional: node.optional,
        isMerged: node.merged || merged, spread: node.spread, listed: listed, place: node.place))
    leaves[index].aliases = node.aliases.map(\.text)
    for rule in rules { declared.append((index, rule.depth, rule.kind, rule.references)) }
    return Column(id: node.id, title: node.title, children: [], leaf: index, place: node.place)
  }
}

extension MapReader {
  /// The number of decimals, between 0 and what a fen allows.
  mutating func decimals() -> Int? {
    guard let value = integer("decimals") else { return nil }
    guard (0...10).contains(value) else {
      report(place(of: "decimals"), "decimals 应当在 0 到 10 之间，这里是 \(value)")
      return nil
    }
    return value
  }
}
