import Parsing

extension ColumnReader {
  /// A column, or a group of columns, for each code of a list.
  mutating func repeated(_ reader: inout MapReader, depth: Int) -> [Node] {
    guard let node = reader.node("repeat") else { return [] }
    var listReader = MapReader(node, "按科目重复", keys: CodeList.keys, id: "form-syntax")
    let list = CodeList(&listReader, around.facts)
    if list.paired != nil { listReader.report(listReader.place(of: "codes"), "列不能按成对的科目重复", hint: "写一种科目") }
    if !listReader.has("codes") {
      listReader.report(node.place, "按科目重复要写 codes", hint: "例如 {codes: gov-economic, under: [501]}")
    }
    findings += listReader.findings
    if !codeLists.contains(where: { $0.place == list.place }) { codeLists.append(list) }
    let listed = codes.map { $0[list.place] ?? [] } ?? [ListedCode(code: list.sample, name: list.sample)]
    let template = read(&reader, depth: depth, isTitled: false)
    let set = reader.text("id") ?? reader.text("title") ?? ""
    codeSets.insert(set)
    let solid = listed.filter { !Self.isHollow($0, in: listed) }
    let nodes = listed.map { entry -> Node in
      var node = template
      node.id = entry.code
      node.title = entry.name
      node.states[list.classification] = entry.code
      node.isTagged = true
      node.listed = Leaf.Listed(
        code: entry.code, list: list.place, set: set, depth: 0, isHollow: Self.isHollow(entry, in: listed))
      if node.children == nil, node.type == nil { node.type = .amount }
      // A code is the sum of those directly below it.
      let below = solid.filter { other in Self.whole(of: other.code, in: solid) == entry.code }
      if !below.isEmpty {
        node.rules.append(("adds", below.map { YAMLScalar(text: $0.code, place: node.place) }))
      }
      return node
    }
    guard let title = reader.text("title") else { return nodes }
    var group = Node(id: set, title: title, place: reader.place)
    group.children = nodes
    return [group]
  }

  /// Whether the data leaves a code out and has only codes within it.
  private static func isHollow(_ entry: ListedCode, in listed: [ListedCode]) -> Bool {
    !entry.isStated
      && listed.contains { $0.isStated && $0.code != entry.code && $0.code.hasPrefix(entry.code) }
  }

  /// The nearest code of a list that another lies below.
  private static func whole(of code: String, in listed: [ListedCode]) -> String? {
    listed.map(\.code).filter { $0 != code && code.hasPrefix($0) }.max { $0.utf8.count < $1.utf8.count }
  }

  /// A code that is printed in several columns, one for each of its levels.
  func spread(_ node: inout Node, over titles: [YAMLScalar], _ reader: inout MapReader) {
    guard node.type == .code, node.children == nil, !reader.has("csv"), (2...4).contains(titles.count) else {
      reader.report(
        reader.place(of: "spread"), "“spread”用在 type: code 的列上，写各列的标题",
        hint: "例如 {title: 科目编码, type: code, of: function, spread: [类, 款, 项]}")
      return
    }
    let column = node
    node.children = titles.enumerated().map { level, title in
      var part = column
      part.id = title.text
      part.aliases = []
      part.title = title.text
      part.spread = level
      return part
    }
  }

  /// The outermost columns of a repetition for codes, in the nearest group that has one of this name; nil where none has.
  func listed(_ set: String, for leaf: Leaf, depth: Int, in leaves: [Leaf]) -> [Int]? {
    let suffix = Array(leaf.path.dropFirst(depth + 1))
    for outer in stride(from: depth, through: 0, by: -1) {
      let found = leaves.filter { other in
        guard let listed = other.listed, listed.set == set, !listed.isHollow else { return false }
        return other.path.starts(with: leaf.path.prefix(outer))
          && Array(other.path.dropFirst(listed.depth + 1)) == suffix
      }
      guard !found.isEmpty else { continue }
      return found.filter { part in
        !found.contains { whole in
          guard let inner = part.listed?.code, let outer = whole.listed?.code else { return false }
          return inner != outer && inner.hasPrefix(outer)
        }
      }.map(\.index)
    }
    return codes != nil && codeSets.contains(set) ? [] : nil
  }
}
