import Diagnostics
import Fiscal
import Parsing

/// Reads the declared rows of a panel into printed order, and resolves the sums between them.
struct RowReader {
  static let keys = [
    "id", "title", "aliases", "states", "rows", "of-which", "total", "adds", "difference", "under",
    "optional",
    "codes", "from", "depth", "levels", "lines", "lines-in", "free", "of", "in", "complete", "repeat",
    "ordinal",
  ]
  static let levelKeys = ["of", "in", "states"]

  let around: Surroundings
  let leaves: [Leaf]
  var findings: [Finding] = []
  var rows: [RowSpec] = []
  /// Items still to be read: fragments within fragments must end.
  private var budget = 10_000
  private(set) var aliases: [(row: Int, name: YAMLScalar)] = []
  private var references: [(row: Int, kind: String, names: [YAMLScalar])] = []

  init(around: Surroundings, leaves: [Leaf]) {
    self.around = around
    self.leaves = leaves
  }

  mutating func read(_ items: [YAML]) -> [RowSpec] {
    _ = append(items, parent: nil, relation: .part, states: Tags(), depth: 0)
    for reference in references { resolve(reference) }
    checkCircles()
    checkAliases()
    var seen: [String: Place] = [:]
    for row in rows where seen.updateValue(row.place, forKey: row.id) != nil {
      // Rows that read alike are told apart by their order; only a declared id must be unique.
      if row.id != row.title {
        findings.append(
          Finding("form-duplicate-id", at: row.place, "有两行的 id 都是“\(row.id)”", hint: "改其中一行的 id，引用它的地方一并改"))
      }
    }
    return rows
  }

  /// Appends rows in printed order and gives the indices of those directly at this level.
  private mutating func append(
    _ items: [YAML], parent: Int?, relation: RowSpec.Relation, states: Tags, depth: Int
  ) -> [Int] {
    guard depth < 16, budget > items.count else {
      // Said once, however many branches run out.
      if let first = items.first, budget > 0 {
        findings.append(
          Finding("form-syntax", at: first.place, "行太多、行的层次过深，或片段引用了自己", hint: "检查 repeat 引用的片段"))
      }
      budget = 0
      return []
    }
    budget -= items.count
    return items.flatMap { append($0, parent: parent, relation: relation, states: states, depth: depth) }
  }

  private mutating func append(
    _ item: YAML, parent: Int?, relation: RowSpec.Relation, states: Tags, depth: Int
  ) -> [Int] {
    if case .scalar(let scalar) = item, !scalar.isNull {
      rows.append(
        fixed(scalar.text, scalar.text, place: scalar.place, states: states, parent: parent, relation, depth))
      return [rows.count - 1]
    }
    var reader = MapReader(item, "行", keys: Self.keys, id: "form-syntax")
    defer { findings += reader.findings }
    guard case .map = item else { return [] }
    if let name = reader.scalar("repeat") {
      guard let fragment = around.fragments[name.text] else {
        reader.report(
          name.place, "没有名为“\(name.text)”的片段",
          hint: "已有片段：" + around.fragments.keys.sorted().joined(separator: "、"))
        return []
      }
      return append(fragment, parent: parent, relation: relation, states: states, depth: depth + 1)
    }
    let own = states.overlaid(by: around.facts.tags(&reader, "states"))
    if let kind = openKind(&reader) {
      refuse(
        ["title", "aliases", "rows", "of-which", "total", "adds", "difference", "optional"], in: &reader,
        "由数据决定的行")
      var row = fixed(
        reader.text("id") ?? "", "", place: item.place, states: own, parent: parent, relation, depth)
      row.kind = kind
      if row.id.isEmpty { row.id = RowSpec.automaticID + "\(rows.count)" }
      row.isTagged = reader.has("states")
      row.isOptional = true
      row.isComplete = reader.flag("complete") ?? true
      row.ordinal = reader.choice("ordinal", RowSpec.Ordinal.allCases.map { ($0.rawValue, $0) })
      rows.append(row)
      return [rows.count - 1]
    }
    return appendFixed(&reader, states: own, parent: parent, relation: relation, depth: depth)
  }

  private mutating func appendFixed(
    _ reader: inout MapReader, states: Tags, parent: Int?, relation: RowSpec.Relation, depth: Int
  ) -> [Int] {
    refuse(["from", "depth", "lines", "lines-in", "of", "in", "complete", "ordinal"], in: &reader, "固定的行")
    let title = reader.text("title", required: true) ?? ""
    var row = fixed(
      reader.text("id") ?? title, title, place: reader.place, states: states, parent: parent, relation, depth)
    let aliases = reader.scalars("aliases")
    row.aliases = aliases.map(\.text)
    row.isTagged = reader.has("states")
    row.isOptional = reader.flag("optional") ?? false
    row.sideHeading = reader.text("under")
    let isBelow = reader.choice("total", [("below", true), ("above", false)]) ?? false
    let first = rows.count
    if !isBelow { rows.append(row) }
    // What a total below sums stands beside it, not under it.
    let below = isBelow ? depth : depth + 1
    let inner =
      append(reader.list("rows"), parent: -1, relation: .part, states: states, depth: below)
      + append(reader.list("of-which"), parent: -1, relation: .ofWhich, states: states, depth: below)
    if isBelow { rows.append(row) }
    let index = isBelow ? rows.count - 1 : first
    for child in inner { rows[child].parent = index }
    self.aliases += aliases.map { (index, $0) }
    for kind in ["adds", "difference"] where reader.has(kind) {
      references.append((index, kind, reader.scalars(kind)))
    }
    return [index]
  }

  private func fixed(
    _ id: String, _ title: String, place: Place, states: Tags, parent: Int?, _ relation: RowSpec.Relation,
    _ depth: Int
  ) -> RowSpec {
    RowSpec(
      kind: .fixed, id: id, title: title, aliases: [], states: states, isTagged: false, parent: parent,
      relation: relation, adds: [], difference: [], sideHeading: nil, isOptional: false, isComplete: true,
      depth: depth, place: place)
  }

  /// Keys that say nothing here would be lost without a word.
  private func refuse(_ keys: [String], in reader: inout MapReader, _ rows: String) {
    for key in keys where reader.has(key) { reader.report(reader.keyPlace(key), "\(rows)不能写“\(key)”") }
  }

  private mutating func openKind(_ reader: inout MapReader) -> RowSpec.Kind? {
    let kinds = ["codes", "levels", "free"].filter { reader.has($0) }
    if kinds.count > 1 {
      reader.report(
        reader.keyPlace(kinds[1]), "一项只能是 codes、levels、free 中的一种，这里同时写了 \(kinds.joined(separator: "、"))",
        hint: "分成两项，各以 “- ” 开头")
    }
    if !kinds.isEmpty, !reader.has("levels") { refuse(["lines", "lines-in"], in: &reader, "不按 levels 的行") }
    if !kinds.isEmpty, !reader.has("free") { refuse(["of", "in"], in: &reader, "不是 free 的行") }
    if reader.has("codes") {
      let list = CodeList(&reader, around.facts)
      if reader.has("depth"), !list.isComplete {
        reader.report(reader.keyPlace("depth"), "“depth”只和 from: all 连用", hint: "数据有哪些科目就印哪些的，不限层数")
      }
      for classification in [list.classification, list.paired].compactMap({ $0 }) where list.paired != nil {
        let isThere = leaves.contains {
          $0.type == .code && $0.classification == classification && $0.spread == nil
        }
        guard !isThere else { continue }
        reader.report(
          reader.place(of: "codes"), "没有“\(classification)”的编码列",
          hint: "成对的科目各要一列：{title: …, type: code, of: \(classification)}")
      }
      return .codes(list)
    }
    if reader.has("levels") || reader.has("free") {
      refuse(["from", "under", "depth", "ordinal"], in: &reader, "不按 codes 的行")
    }
    if reader.has("levels") {
      let levels = reader.list("levels").map { level($0) }
      if levels.isEmpty {
        reader.report(
          reader.place(of: "levels"), "“levels”里没有层级", hint: "例如 levels: [{of: unit}, {of: project}]")
      }
      let lines = reader.scalar("lines").map { lineEntries($0) } ?? []
      if reader.has("lines"), !reader.has("lines-in") {
        reader.report(
          reader.keyPlace("lines"), "写了 lines，没有写 lines-in", hint: "lines-in 写线的名称所在的列，例如 lines-in: 年度")
      }
      return .levels(levels, lines: lines, linesIn: column(reader.scalar("lines-in")))
    }
    if reader.has("free") {
      let dimension = reader.choice("of", around.facts.dimensions.map { ($0.id, $0.id) })
      return .free(of: dimension, in: column(reader.scalar("in")))
    }
    return nil
  }

  private mutating func level(_ item: YAML) -> RowSpec.Level {
    var reader = MapReader(item, "层级", keys: Self.levelKeys, id: "form-syntax")
    let kinds = ["department", "unit", "function", "economic", "gov-economic", "project", "category", "text"]
    let of = reader.choice("of", kinds.map { ($0, $0) }) ?? "text"
    let states = around.facts.tags(&reader, "states")
    let column = column(reader.scalar("in"))
    findings += reader.findings
    return RowSpec.Level(of: of, column: column, states: states)
  }

  private mutating func lineEntries(_ name: YAMLScalar) -> [RowSpec.Line] {
    guard let fragment = around.fragments[name.text] else {
      findings.append(
        Finding(
          "form-syntax", at: name.place, "没有名为“\(name.text)”的片段",
          hint: "已有片段：" + around.fragments.keys.sorted().joined(separator: "、")))
      return []
    }
    let ids = Set(
      fragment.compactMap { MapReader($0, "行", keys: Self.keys, id: "form-syntax").node("id")?.scalar?.text })
    return fragment.map { item in
      var reader = MapReader(item, "行", keys: Self.keys, id: "form-syntax")
      let title = reader.text("title", required: true) ?? ""
      let line = RowSpec.Line(
        id: reader.text("id") ?? title, title: title, states: around.facts.tags(&reader, "states"),
        difference: reader.texts("difference"))
      for name in reader.scalars("difference") where !ids.contains(name.text) {
        reader.report(
          name.place, "片段里没有 id 为“\(name.text)”的一行", hint: "可用的 id：" + ids.sorted().joined(separator: "、"))
      }
      findings += reader.findings
      return line
    }
  }

  private mutating func column(_ name: YAMLScalar?) -> String? {
    guard let name else { return nil }
    guard leaves.contains(where: { $0.isNamed(name.text) }) else {
      findings.append(
        Finding(
          "form-unknown-column", at: name.place, "没有“\(name.text)”这一列",
          hint: "可用的列：" + leaves.map(\.id).joined(separator: "、")))
      return nil
    }
    return name.text
  }
}

extension RowSpec {
  /// What begins the ids of rows from the data that the form gives none.
  fileprivate static let automaticID = "rows-"
}

extension [RowSpec] {
  /// The rows that rules may name, for hints.
  var callable: String {
    let named = filter { !$0.isOpen || !$0.id.hasPrefix(RowSpec.automaticID) }
    let names = named.map(\.id).uniqued.joined(separator: "、")
    guard named.count < count else { return names }
    return (names.isEmpty ? "" : names + "；") + "由数据决定的行没有 id，要引用就给这一项写 id"
  }
}
