import Diagnostics
import Parsing

/// What a set says of itself in one line each: enough to choose it, without reading the whole file.
struct FormSetHead: Sendable {
  var id: String
  var kind: String
  var region: [String]
  var years: ClosedRange<Int>
  /// Whether it is taken for a unit that names no set.
  var isAutomatic: Bool

  func covers(kind: String, region: [String], year: Int) -> Bool {
    self.kind == kind && years.contains(year) && region.starts(with: self.region)
  }
}

/// The files of all sets: those of a site take the place of the catalogue's, and each may extend another.
///
/// Sets of the embedded catalogue come with their head and are parsed when they are used.
struct FormSetFiles: Sendable {
  private enum File: Sendable {
    case read(YAML)
    case unread(SourceText)
  }

  private var shipped: [String: File] = [:]
  private var own: [String: YAML] = [:]
  /// The first lines of sets that are not read, by id.
  private var unreadHeads: [String: [String: String]] = [:]
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
      shipped[id] = .read(root)
    }
  }

  /// A set of the catalogue that is parsed later, with the values of its keys that stand in one line each.
  mutating func add(_ source: SourceText, head: [String: String]) {
    guard let id = head["id"] else { return }
    shipped[id] = .unread(source)
    unreadHeads[id] = head
  }

  /// The ids of sets whose files were parsed at once, in order.
  var readIDs: [String] {
    Set(shipped.keys.filter { unreadHeads[$0] == nil }).union(own.keys).sorted()
  }

  /// The heads of the sets that are parsed when they are used.
  var heads: [FormSetHead] {
    unreadHeads.keys.filter { own[$0] == nil }.sorted().map { id in
      FormSetHead(
        id: id, kind: value("kind", of: id) ?? "", region: FormSet.regionPath(value("region", of: id) ?? ""),
        years: value("years", of: id).flatMap(FormSet.yearRange) ?? 0...9999,
        isAutomatic: unreadHeads[id]?["automatic"] != "false")
    }
  }

  func isShipped(_ id: String) -> Bool { shipped[id] != nil }

  /// A key of an unread set or the nearest one that it extends.
  private func value(_ key: String, of id: String) -> String? {
    var current: String? = id
    for _ in 0...FormSources.limit {
      guard let head = current.flatMap({ unreadHeads[$0] }) else { return nil }
      if let value = head[key] { return value }
      current = head["extends"]
    }
    return nil
  }

  /// Reads the sets without an id for their mistakes.
  func readNameless(facts: FactModel, kinds: Set<String>, findings: inout [Finding]) {
    for root in nameless { _ = FormSet.read(root, facts: facts, kinds: kinds, findings: &findings) }
  }

  /// A set with those that it extends worked in.
  func set(_ id: String, facts: FactModel, kinds: Set<String>, forms: Set<String>, findings: inout [Finding])
    -> FormSet?
  {
    guard let root = resolve(id, forms, &findings) else { return nil }
    let hasProblems = !findings.isEmpty
    var mistakes: [Finding] = []
    let set = FormSet.read(root, facts: facts, kinds: kinds, findings: &mistakes)
    // After a mistake in the changes what is inherited may be wrong, too: the mistake itself is enough.
    findings += mistakes.filter { !hasProblems || $0.place.file == root.place.file }
    return set
  }

  private func root(_ id: String, shipped isShipped: Bool, _ findings: inout [Finding]) -> YAML? {
    if !isShipped, let root = own[id] { return root }
    switch shipped[id] {
    case .read(let root): return root
    case .unread(let source): return parseYAML(source, findings: &findings)
    case nil: return nil
    }
  }

  private func resolve(_ id: String, _ forms: Set<String>, _ findings: inout [Finding]) -> YAML? {
    guard let first = root(id, shipped: false, &findings) else { return nil }
    var chain: [(id: String, isShipped: Bool, root: YAML)] = [(id, own[id] == nil, first)]
    while let last = chain.last, let extends = last.root["extends"] {
      guard let name = extends.scalar else {
        findings.append(
          Finding("form-extends", at: extends.place, "“extends”应当是一套表的 id，这里是\(extends.chinese)"))
        return nil
      }
      let isShipped =
        own[name.text] == nil || shipped[name.text] != nil && (name.text == last.id || last.isShipped)
      guard let base = root(name.text, shipped: isShipped, &findings) else {
        let near = nearest(to: name.text, among: Set(shipped.keys).union(own.keys).sorted())
        findings.append(
          Finding(
            "form-extends", at: name.place, "没有表套“\(name.text)”，无法扩展", hint: near.map { "是否想写 \($0)？" }))
        return nil
      }
      if let start = chain.firstIndex(where: { $0.id == name.text && $0.isShipped == isShipped }) {
        // From wherever one comes into the circle, it is told alike.
        let circle = Array(chain[start...])
        let names = circle.map(\.id)
        let begin = names.indices.min { names[$0] < names[$1] } ?? 0
        let round = (names[begin...] + names[..<begin] + [names[begin]]).joined(separator: " → ")
        let place = circle[begin].root["extends"]?.place ?? name.place
        findings.append(Finding("form-extends", at: place, "extends 绕成一圈：\(round)", hint: "其中一套要全部写出"))
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
