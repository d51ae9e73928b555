import Parsing

/// Takes dropped parts out of a form, and out of the sums and lists that name them.
///
/// A total that added a dropped column adds the others; what cannot do without it (a difference, a formula) is left,
/// for the form's reader to point out.
struct VariantCleaner {
  private let parts: FormParts
  private let dropped: [FormPart]

  init(_ parts: FormParts) {
    self.parts = parts
    dropped = parts.all.filter(\.isDropped)
  }

  /// Nil where nothing is left.
  func cleaned(_ root: YAML) -> YAML? {
    guard !dropped.isEmpty else { return root }
    var root = root
    for part in parts.all where !part.isDropped {
      switch part.kind {
      case .column:
        root = without(names(.column, in: part.scope), in: root, at: part.path, keys: ["adds", "of-which"])
        root = without(names(.row, in: part.scope), in: root, at: part.path, keys: ["only"])
      case .row: root = without(names(.row, in: part.scope), in: root, at: part.path, keys: ["adds"])
      case .block where part.keysPath.last == .key("indicators"):
        let columns = names(.column, in: part.keysPath)
        let roles = ["merge", "levels", "target", "actual", "points", "score", "note"]
        root = without(columns, in: root, at: part.keysPath, keys: roles)
      case .block, .panel, .field: break
      }
    }
    let grids = [[]] + parts.all.filter { $0.kind == .block && !$0.isDropped }.map(\.path)
    for path in grids { root = root.changing(at: path) { aligned($0, below: path) } }
    return purged(root)
  }

  /// What a form cannot do without and has lost; nil where it has kept something of each.
  func emptied(_ root: YAML, _ cleaned: YAML?) -> String? {
    let bodies = [("columns", "列"), ("rows", "行"), ("panels", "分栏"), ("sheet", "各部分")]
    guard let lost = bodies.first(where: { root[$0.0]?.items?.isEmpty == false && cleaned?[$0.0] == nil })
    else { return nil }
    return lost.1
  }

  /// Totals that stay, and of which every part is dropped.
  func totalsWithoutParts(in root: YAML) -> [String] {
    parts.all.compactMap { part in
      guard !part.isDropped, [.column, .row].contains(part.kind) else { return nil }
      guard let node = root.value(at: part.path)?["adds"] else { return nil }
      let adds = node.items ?? [node]
      let gone = names(part.kind, in: part.scope)
      let isGone = !adds.isEmpty && adds.allSatisfy { $0.scalar.map { gone.contains($0.text) } ?? false }
      return isGone ? part.title.isEmpty ? part.name : part.title : nil
    }
  }

  /// Names of dropped parts that no remaining part of their list bears.
  private func names(_ kind: FormPart.Kind, in scope: [YAMLStep]) -> Set<String> {
    let gone = dropped.filter { $0.kind == kind && $0.scope == scope }.flatMap(\.names)
    guard !gone.isEmpty else { return [] }
    let remaining = parts.all.filter { $0.kind == kind && $0.scope == scope && !$0.isDropped }.flatMap(
      \.names)
    return Set(gone).subtracting(remaining)
  }

  private func without(_ names: Set<String>, in root: YAML, at path: [YAMLStep], keys: [String]) -> YAML {
    guard !names.isEmpty else { return root }
    func isGone(_ item: YAML) -> Bool {
      guard let text = item.scalar?.text else { return false }
      return names.contains(text)
        || text.split(separator: ".").last.map { names.contains(String($0)) } ?? false
    }
    return root.changing(at: path) { node in
      keys.reduce(node) { node, key in
        guard let value = node[key] else { return node }
        if case .list(let items, let place) = value {
          let kept = items.filter { !isGone($0) }
          return node.setting(key, to: kept.isEmpty && !items.isEmpty ? nil : .list(kept, place))
        }
        return isGone(value) ? node.setting(key, to: nil) : node
      }
    }
  }

  /// Lines of `align` without the rows and panels that are gone; one row alone needs no line.
  private func aligned(_ grid: YAML, below path: [YAMLStep]) -> YAML {
    guard case .list(let lines, let place)? = grid["align"] else { return grid }
    let inside = dropped.filter { $0.scope.starts(with: path) }
    let panels = Set(inside.filter { $0.kind == .panel }.flatMap(\.names))
    let rows = Set(
      inside.filter { $0.kind == .row }.flatMap { row in
        (row.around.dropLast().last ?? []).flatMap { panel in row.names.map { "\(panel).\($0)" } }
          + (row.around.first ?? []).flatMap { panel in row.names.map { "\(panel).\($0)" } }
      })
    let kept = lines.compactMap { line -> YAML? in
      guard case .list(let items, let place) = line else { return line }
      let rest = items.filter { item in
        guard let text = item.scalar?.text else { return true }
        return !rows.contains(text) && !panels.contains(String(text.prefix { $0 != "." }))
      }
      return rest.count == items.count || rest.count > 1 ? .list(rest, place) : nil
    }
    return grid.setting("align", to: kept.isEmpty ? nil : .list(kept, place))
  }

  /// Without dropped parts, and without groups and lines that hold nothing any more.
  private func purged(_ node: YAML) -> YAML? {
    switch node {
    case .scalar: return node
    case .list(let items, let place):
      let kept = items.compactMap { $0[FormParts.droppedKey] == nil ? purged($0) : nil }
      return kept.isEmpty && !items.isEmpty ? nil : .list(kept, place)
    case .map(let pairs, let place):
      var kept: [(key: YAMLScalar, value: YAML)] = []
      for (key, value) in pairs {
        if let value = purged(value) {
          kept.append((key, value))
        } else if ["columns", "fields", "repeat", "split"].contains(key.text) {
          return nil
        }
      }
      return .map(kept, place)
    }
  }
}
