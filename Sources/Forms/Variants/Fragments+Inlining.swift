import Parsing

/// Puts the items of fragments in the place of their names, so that a variant can reach each of them.
///
/// The form says the same as before; names of unknown fragments stay, for its reader to point out.
struct FragmentInliner {
  let fragments: [String: [YAML]]
  /// Fragments that name each other must come to an end.
  private var budget = 4_000

  init(_ fragments: [String: [YAML]]) { self.fragments = fragments }

  mutating func inlined(_ root: YAML) -> YAML {
    guard case .list(let blocks, let place)? = root["sheet"] else { return grid(root) }
    let sheet = blocks.map { block -> YAML in
      if block["table"] != nil { return grid(block) }
      guard let indicators = block["indicators"] else { return block }
      return block.setting("indicators", to: grid(indicators))
    }
    return root.setting("sheet", to: .list(sheet, place))
  }

  private mutating func grid(_ node: YAML) -> YAML {
    var node = node
    if let columns = node["columns"] { node = node.setting("columns", to: self.columns(columns, depth: 0)) }
    if let rows = node["rows"] { node = node.setting("rows", to: self.rows(rows, depth: 0)) }
    if case .list(let panels, let place)? = node["panels"] {
      node = node.setting("panels", to: .list(panels.map { grid($0) }, place))
    }
    return node
  }

  private mutating func columns(_ node: YAML, depth: Int) -> YAML {
    guard depth < 12, budget > 0 else { return node }
    var node = node
    if let name = node.scalar, let fragment = fragments[name.text] { node = .list(fragment, name.place) }
    guard case .list(let items, let place) = node else { return node }
    return .list(
      items.map { item in
        budget -= 1
        return ["repeat", "columns", "split"].reduce(item) { item, key in
          item[key].map { item.setting(key, to: columns($0, depth: depth + 1)) } ?? item
        }
      }, place)
  }

  private mutating func rows(_ node: YAML, depth: Int) -> YAML {
    guard depth < 16, budget > 0, case .list(let items, let place) = node else { return node }
    return .list(
      items.flatMap { item -> [YAML] in
        budget -= 1
        if let name = item["repeat"]?.scalar, let fragment = fragments[name.text] {
          return rows(.list(fragment, name.place), depth: depth + 1).items ?? []
        }
        return [
          ["rows", "of-which"].reduce(item) { item, key in
            item[key].map { item.setting(key, to: rows($0, depth: depth + 1)) } ?? item
          }
        ]
      }, place)
  }
}
