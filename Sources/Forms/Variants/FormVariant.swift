import Diagnostics
import Parsing

/// A form that says only what differs from another one (`extends`), worked into a form that says everything.
///
/// What it takes over keeps its places in the base's file, so that every finding names the file to mend.
struct FormVariant {
  /// Keys that name places in the base, and what changes there.
  static let editKeys = ["add", "drop", "rename", "change", "reorder"]
  static let keys = ["extends"] + editKeys
  static let positionKeys = ["after", "before", "in"]
  static let contentKeys = ["columns", "rows", "of-which", "panels", "sheet", "fields"]
  static let addKeys = positionKeys + contentKeys

  private(set) var root: YAML
  private(set) var findings: [Finding] = []
  /// Totals whose parts are all dropped, so that nothing checks them any more.
  private(set) var hints: [Finding] = []
  private var parts: FormParts

  /// - Parameters:
  ///   - base: a form that extends nothing, or whose own `extends` is worked in.
  ///   - id: the name of the variant's file, its id where it writes none.
  init(_ base: YAML, by variant: YAML, id: String, fragments: [String: [YAML]]) {
    root = Self.merged(base, variant, id: id)
    parts = FormParts(of: root)
    guard case .map(let pairs, let place) = variant else { return }
    let whole = root
    let edits = pairs.filter { Self.editKeys.contains($0.key.text) }
    guard !edits.isEmpty else { return }
    var own: [String: [YAML]] = [:]
    if case .map(let pairs, _)? = root["fragments"] {
      for (name, value) in pairs { own[name.text] = value.items }
    }
    var inliner = FragmentInliner(fragments.merging(own) { _, own in own })
    edit { inliner.inlined($0) }
    var reader = MapReader(.map(edits, place), "变体", keys: Self.editKeys, id: "form-syntax")
    for reference in reader.scalars("drop") { drop(reference) }
    for item in reader.list("add") { add(item) }
    reorder(reader.list("reorder"))
    for (reference, value) in reader.pairs("change") { change(reference, value) }
    for (reference, title) in reader.pairs("rename") { rename(reference, title) }
    findings += reader.findings
    let cleaner = VariantCleaner(parts)
    let cleaned = cleaner.cleaned(root)
    guard let gone = cleaner.emptied(root, cleaned) else {
      let drops = reader.place(of: "drop")
      hints = cleaner.totalsWithoutParts(in: root).map { total in
        Finding(
          "form-total-unchecked", .info, at: drops, "“\(total)”的各分项全部去掉了，不会再核对",
          hint: "一并去掉它，或用 change 写由谁相加（adds）")
      }
      root = cleaned ?? root
      return
    }
    report(reader.place(of: "drop"), "\(gone)全部去掉了，表里没有内容", hint: "至少留下一处，或用 add 补上")
    root = whole
  }

  /// The base with the keys that the variant writes in place of its own.
  private static func merged(_ base: YAML, _ variant: YAML, id: String) -> YAML {
    guard case .map(let pairs, let place) = variant, case .map(let inherited, _) = base else {
      return variant
    }
    let written = pairs.filter { !keys.contains($0.key.text) }
    var kept = inherited.filter { !["id", "set"].contains($0.key.text) }
    // A new body takes the place of the whole old one, of whatever kind.
    let bodies = [["columns", "rows", "strips"], ["panels"], ["sheet"]]
    if let body = bodies.first(where: { body in written.contains { body[0] == $0.key.text } }) {
      let others = bodies.flatMap { $0 }.filter { !body.contains($0) } + ["align"]
      kept.removeAll { others.contains($0.key.text) }
    }
    // Other names belong to the title: two forms of one set must not answer to one name.
    if written.contains(where: { $0.key.text == "title" }) { kept.removeAll { $0.key.text == "aliases" } }
    var result = YAML.map(kept, place).overlaid(
      by: .map(written, place), joining: ["states", "fragments", "numbers"])
    if result["id"] == nil { result = result.setting("id", to: .scalar(YAMLScalar(text: id, place: place))) }
    return result
  }

  // MARK: Editing

  private mutating func edit(_ change: (YAML) -> YAML) {
    root = change(root)
    parts = FormParts(of: root)
  }

  private mutating func edit(at path: some Collection<YAMLStep>, _ change: (YAML) -> YAML) {
    edit { $0.changing(at: path, change) }
  }

  private mutating func report(_ place: Place, _ message: String, hint: String? = nil) {
    findings.append(Finding("form-extends", at: place, message, hint: hint))
  }

  /// The one part that a reference means; none or several are a finding.
  private mutating func part(
    _ reference: YAMLScalar, among kinds: Set<FormPart.Kind>, dropped: Bool = false
  ) -> FormPart? {
    let found = parts.matches(reference.text, among: kinds, dropped: dropped)
    if found.count == 1 { return found[0] }
    if found.count > 1 {
      // What lies between may be left out of a path; a path that is whole means one part only.
      let whole = found.filter { $0.fullAddress == reference.text && !$0.isDropped }
      if whole.count == 1 { return whole[0] }
      // A dropped part and the one that takes its place bear one name: what stands is meant.
      let standing = found.filter { !$0.isDropped }
      if standing.count == 1 { return standing[0] }
      report(
        reference.place, "“\(reference.text)”有 \(found.count) 处，不知道是哪一处",
        hint: "写路径：" + found.map(\.fullAddress).joined(separator: "、"))
      return nil
    }
    let known = parts.all.filter { kinds.contains($0.kind) && !$0.isDropped && !$0.name.isEmpty }
    let near = nearest(to: reference.text, among: known.flatMap { [$0.address] + $0.names })
    let names = known.prefix(40).map(\.name).joined(separator: "、")
    report(
      reference.place, "所扩展的表样里没有“\(reference.text)”",
      hint: near.map { "是否想写 \($0)？" } ?? (known.isEmpty ? nil : "可用的名称：" + names))
    return nil
  }

  private static let everything: Set<FormPart.Kind> = [.panel, .column, .row, .block, .field]

  private mutating func drop(_ reference: YAMLScalar) {
    guard let part = part(reference, among: Self.everything) else { return }
    edit(at: part.path) {
      .map([(YAMLScalar(text: FormParts.droppedKey, place: reference.place), $0)], $0.place)
    }
  }

  private mutating func rename(_ reference: YAMLScalar, _ title: YAML) {
    guard let new = title.scalar else {
      report(title.place, "“\(reference.text)”的新标题应当是一个值，这里是\(title.chinese)")
      return
    }
    guard let part = part(reference, among: Self.everything) else { return }
    edit(at: part.keysPath) { node in
      // Rules and formulas go on calling it by its old name.
      if let scalar = node.scalar {
        return .map(
          [
            (YAMLScalar(text: "id", place: scalar.place), node),
            (YAMLScalar(text: "title", place: new.place), title),
          ],
          node.place)
      }
      let hasName = node["id"] != nil || node["table"] != nil || node["title"] == nil
      let named = hasName ? node : node.setting("id", to: node["title"])
      return named.setting("title", to: title)
    }
  }

  private mutating func change(_ reference: YAMLScalar, _ keys: YAML) {
    guard case .map = keys else {
      report(
        keys.place, "“\(reference.text)”要改的应写作 {键: 值}，这里是\(keys.chinese)",
        hint: "例如 \(reference.text): {optional: true}")
      return
    }
    guard let part = part(reference, among: Self.everything) else { return }
    edit(at: part.keysPath) { node in
      let titled = node.scalar.map {
        YAML.map([(YAMLScalar(text: "title", place: $0.place), node)], node.place)
      }
      return (titled ?? node).overlaid(by: keys)
    }
  }

  private mutating func reorder(_ items: [YAML]) {
    let isOneList = items.contains { $0.items == nil }
    for group in isOneList ? [items] : items.compactMap(\.items) {
      guard let found = siblings(group) else { return }
      guard let first = found.first else { continue }
      edit(at: first.listPath) { list in
        guard case .list(var siblings, let place) = list else { return list }
        let old = siblings
        for (slot, part) in zip(found.map(\.index).sorted(), found) { siblings[slot] = old[part.index] }
        return .list(siblings, place)
      }
    }
  }

  /// The parts that references mean, which lie in one list; a name that stands in several lists means the others'.
  private mutating func siblings(_ group: [YAML]) -> [FormPart]? {
    let references = group.compactMap(\.scalar)
    if let other = group.first(where: { $0.scalar == nil }) {
      report(other.place, "“reorder”的每一项应当是一个名称，这里是\(other.chinese)")
      return nil
    }
    let lists = references.map { parts.matches($0.text, among: Self.everything).map(\.listPath) }
    let common = lists.dropFirst().reduce(Set(lists.first ?? [])) { $0.intersection($1) }
    var found: [FormPart] = []
    for reference in references {
      let inCommon = parts.matches(reference.text, among: Self.everything).filter { common == [$0.listPath] }
      guard let part = inCommon.count == 1 ? inCommon[0] : part(reference, among: Self.everything) else {
        return nil
      }
      if let first = found.first, first.listPath != part.listPath {
        report(
          reference.place, "“\(reference.text)”与“\(first.name)”不在同一层，不能一起排序",
          hint: "几层各写一个列表：[[甲, 乙], [丙, 丁]]")
        return nil
      }
      if found.contains(where: { $0.path == part.path }) {
        report(reference.place, "“\(reference.text)”写了两次")
        return nil
      }
      found.append(part)
    }
    return found
  }

  // MARK: Adding

  private mutating func add(_ item: YAML) {
    var reader = MapReader(item, "增加的一项", keys: Self.addKeys, id: "form-syntax")
    defer { findings += reader.findings }
    guard case .map = item else { return }
    let contents = Self.contentKeys.filter { reader.has($0) }
    guard contents.count == 1, let content = contents.first else {
      reader.report(
        item.place, "一项要写明增加什么，而且只能是一种", hint: "例如 {after: total, columns: [{title: 其中：专项, type: amount}]}")
      return
    }
    let new = reader.list(content)
    let positions = Self.positionKeys.filter { reader.has($0) }
    if positions.count > 1 {
      reader.report(
        reader.keyPlace(positions[1]), "“\(positions[0])”和“\(positions[1])”只能写一个", hint: "同名的几处，用路径分清")
      return
    }
    let kind = Self.kinds[content] ?? .column
    guard let position = positions.first else {
      append(new, to: [], content, named: nil, at: reader.keyPlace(content))
      return
    }
    guard let reference = reader.scalar(position, required: true) else { return }
    if position == "in" {
      guard let part = part(reference, among: Self.containers[content] ?? []) else { return }
      append(new, to: part.keysPath, content, named: part.name, at: reference.place)
      return
    }
    if content == "of-which" {
      reader.report(
        reader.keyPlace(position), "其中项写在哪一行之内，用 in", hint: "例如 {in: total, of-which: [{title: 其中：专项}]}")
      return
    }
    guard let part = part(reference, among: [kind], dropped: true) else { return }
    insert(new, beside: part, after: position == "after")
  }

  private static let kinds: [String: FormPart.Kind] = [
    "columns": .column, "rows": .row, "of-which": .row, "panels": .panel, "sheet": .block, "fields": .field,
  ]

  private static let containers: [String: Set<FormPart.Kind>] = [
    "columns": [.column, .panel, .block], "rows": [.row, .panel, .block], "of-which": [.row],
    "panels": [.block],
    "fields": [.block],
  ]

  private mutating func insert(_ new: [YAML], beside part: FormPart, after: Bool) {
    var list = part.listPath
    var index = part.index
    // A field that stands alone on its line is written without a list.
    if part.kind == .field, list.last == .key("fields") {
      edit(at: part.path) { .list([$0], $0.place) }
      list = part.path
      index = 0
    }
    edit(at: list) { node in
      guard case .list(var items, let place) = node else { return node }
      items.insert(contentsOf: new, at: min(after ? index + 1 : index, items.count))
      return .list(items, place)
    }
  }

  private mutating func append(
    _ new: [YAML], to path: [YAMLStep], _ content: String, named: String?, at place: Place
  ) {
    let holder = root.value(at: path)
    if let list = holder?[content], list.items != nil {
      edit(at: path + [.key(content)]) { node in
        guard case .list(let items, let place) = node else { return node }
        // Fields that are added to a part form a printed line of their own.
        return .list(items + (content == "fields" ? [.list(new, place)] : new), place)
      }
    } else if named != nil, ["rows", "of-which"].contains(content), holder?["title"] != nil,
      holder?["columns"] == nil
    {
      edit(at: path) { $0.setting(content, to: .list(new, place)) }
    } else if let named {
      report(place, "“\(named)”里没有 \(content)，不能往里加", hint: "用 after 或 before 写明在哪一处的旁边")
    } else {
      report(place, "所扩展的表样最外层没有 \(content)", hint: "用 after、before 或 in 写明加在哪里")
    }
  }
}
