import Diagnostics
import Parsing

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
