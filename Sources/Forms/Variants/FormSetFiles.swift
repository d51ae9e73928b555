import Diagnostics
import Parsing

/// The files of all sets: those of a site take the place of the catalogue's, and each may extend another.
struct FormSetFiles {
  private var shipped: [String: YAML] = [:]
  private var own: [String: YAML] = [:]
  /// Sets without an id, which are read only for their mistakes.
  private var nameless: [YAML] = []

  mutating func add(_ root: YAML, isOwn: Bool, _ findings: inout [Finding]) {
    guard let id = root["id"]?.scalar?.text else {
      nameless.append(root)
      return
    }
    if isOwn {
      if own[id] != nil {
        findings.append(Finding("form-duplicate-id", at: root.place, "表套“\(id)”在另一个文件里已经有了"))
      }
      own[id] = root
    } else {
      shipped[id] = root
    }
  }

  /// All sets, in the order of their ids.
  func sets(facts: FactModel, kinds: Set<String>, forms: Set<String>, findings: inout [Finding]) -> [FormSet]
  {
    for root in nameless { _ = FormSet.read(root, facts: facts, kinds: kinds, findings: &findings) }
    var said: Set<Finding> = []
    var sets: [FormSet] = []
    for id in Set(shipped.keys).union(own.keys).sorted() {
      var problems: [Finding] = []
      guard let root = resolve(id, forms, &problems) else {
        findings += problems.filter { said.insert($0).inserted }
        continue
      }
      let place = problems.isEmpty ? nil : root.place
      var mistakes: [Finding] = []
      let set = FormSet.read(root, facts: facts, kinds: kinds, findings: &mistakes)
      problems += mistakes.filter { place == nil || $0.place.file == place?.file }
      findings += problems.filter { said.insert($0).inserted }
      if let set { sets.append(set) }
    }
    return sets
  }

  private func root(_ id: String, shipped isShipped: Bool) -> YAML? {
    isShipped ? shipped[id] : own[id] ?? shipped[id]
  }

  private func resolve(_ id: String, _ forms: Set<String>, _ findings: inout [Finding]) -> YAML? {
    guard let first = root(id, shipped: false) else { return nil }
    var chain: [(id: String, isShipped: Bool, root: YAML)] = [(id, own[id] == nil, first)]
    while let last = chain.last, let extends = last.root["extends"] {
      guard let name = extends.scalar else {
        findings.append(
          Finding("form-extends", at: extends.place, "“extends”应当是一套表的 id，这里是\(extends.chinese)"))
        return nil
      }
      let isShipped =
        own[name.text] == nil || shipped[name.text] != nil && (name.text == last.id || last.isShipped)
      guard let base = root(name.text, shipped: isShipped) else {
        let near = nearest(to: name.text, among: Set(shipped.keys).union(own.keys).sorted())
        findings.append(
          Finding(
            "form-extends", at: name.place, "没有表套“\(name.text)”，无法扩展", hint: near.map { "是否想写 \($0)？" }))
        return nil
      }
      if let start = chain.firstIndex(where: { $0.id == name.text && $0.isShipped == isShipped }) {
        let names = (chain[start...].map(\.id) + [name.text]).joined(separator: " → ")
        let place = chain[start].root["extends"]?.place ?? name.place
        findings.append(Finding("form-extends", at: place, "extends 绕成一圈：\(names)", hint: "其中一套要全部写出"))
        return nil
      }
      guard chain.count <= FormSources.limit else {
        findings.append(Finding("form-extends", at: name.place, "extends 超过 \(FormSources.limit) 层"))
        return nil
      }
      chain.append((name.text, isShipped, base))
    }
    guard var root = chain.last?.root else { return nil }
    for link in chain.dropLast().reversed() {
      let variant = FormSetVariant(root, by: link.root, forms: forms)
      findings += variant.findings
      root = variant.root
    }
    return root
  }
}

/// A set that says only what differs from another one, worked into a set that says everything.
struct FormSetVariant {
  static let editKeys = ["add", "drop", "change", "reorder"]
  static let keys = ["extends"] + editKeys

  private(set) var root: YAML
  private(set) var findings: [Finding] = []
  private var entries: [YAML] = []

  /// - Parameter forms: the full names of all forms: a form of the set's own takes the place of the base's.
  init(_ base: YAML, by variant: YAML, forms: Set<String>) {
    root = variant
    guard case .map(let pairs, let place) = variant, case .map(let inherited, _) = base else { return }
    let baseID = base["id"]?.scalar?.text ?? ""
    let id = variant["id"]?.scalar?.text ?? ""
    entries = (base["forms"]?.items ?? []).map { entry in
      guard var name = entry["form"]?.scalar else { return entry }
      let last = name.text.split(separator: "/").last.map(String.init) ?? ""
      let full = name.text.contains("/") ? name.text : "\(baseID)/\(name.text)"
      name.text = forms.contains("\(id)/\(last)") ? "\(id)/\(last)" : full
      return entry.setting("form", to: .scalar(name))
    }
    let listPlace = base["forms"]?.place ?? place
    root = YAML.map(inherited.filter { !["id", "extends", "automatic"].contains($0.key.text) }, place)
      .setting("forms", to: .list(entries, listPlace))
      .overlaid(by: .map(pairs.filter { !Self.keys.contains($0.key.text) }, place), joining: [])
    let edits = pairs.filter { Self.editKeys.contains($0.key.text) }
    guard !edits.isEmpty else { return }
    entries = root["forms"]?.items ?? []
    var reader = MapReader(.map(edits, place), "表套", keys: Self.editKeys, id: "form-set-syntax")
    for item in reader.list("add") { add(item) }
    for reference in reader.scalars("drop") {
      if let index = index(of: reference) { entries.remove(at: index) }
    }
    let order = reader.scalars("reorder").compactMap { index(of: $0) }
    if Set(order).count == order.count {
      let old = entries
      for (slot, index) in zip(order.sorted(), order) { entries[slot] = old[index] }
    } else {
      reader.report(reader.place(of: "reorder"), "“reorder”里有一张表写了两次")
    }
    for (reference, keys) in reader.pairs("change") {
      guard case .map = keys else {
        reader.report(
          keys.place, "“\(reference.text)”要改的应写作 {键: 值}，这里是\(keys.chinese)", hint: "例如 {number: 表2}")
        continue
      }
      if let index = index(of: reference) { entries[index] = entries[index].overlaid(by: keys) }
    }
    findings += reader.findings
    root = root.setting("forms", to: .list(entries, root["forms"]?.place ?? place))
  }

  private mutating func add(_ item: YAML) {
    let positions = ["after", "before"].compactMap { key in item[key]?.scalar.map { (key, $0) } }
    var new = item
    for key in ["after", "before"] { new = new.setting(key, to: nil) }
    if positions.count > 1 {
      findings.append(Finding("form-extends", at: positions[1].1.place, "“after”和“before”只能写一个"))
    } else if let (key, reference) = positions.first {
      if let index = index(of: reference) { entries.insert(new, at: key == "after" ? index + 1 : index) }
    } else {
      entries.append(new)
    }
  }

  private mutating func index(of reference: YAMLScalar) -> Int? {
    let names = entries.map { $0["form"]?.scalar?.text ?? "" }
    let found = names.indices.filter {
      names[$0] == reference.text || names[$0].hasSuffix("/" + reference.text)
    }
    if found.count == 1 { return found[0] }
    let ids = names.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
    findings.append(
      Finding(
        "form-extends", at: reference.place,
        found.isEmpty ? "所扩展的表套里没有表样“\(reference.text)”" : "表样“\(reference.text)”有 \(found.count) 张，要写全名",
        hint: "表样：" + (found.isEmpty ? ids : found.map { names[$0] }).joined(separator: "、")))
    return nil
  }
}
