import Diagnostics
import Parsing
import Synchronization

/// The files of all forms, and what each says once the forms that it extends are worked in.
final class FormSources: Sendable {
  struct Source: Sendable {
    var text: SourceText
    var set: String?
    var isOwn: Bool
    /// Sites' own files are read at once.
    var root: YAML?
  }

  /// How many forms may extend one another.
  static let limit = 16

  private struct Version: Hashable {
    var name: String
    var isShipped: Bool
  }

  /// A form's text as YAML, its base worked in, and where it says what it extends.
  struct Resolved: Sendable {
    var root: YAML
    var extends: Place?
    /// What is valid in the changes and yet likely to be an oversight.
    var hints: [Finding] = []
  }

  private typealias Link = (version: Version, root: YAML, extends: YAMLScalar?)

  private let current: [String: Source]
  /// Forms of the catalogue whose place one of the site's takes: it may still extend them.
  private let replaced: [String: Source]
  private let fragments: [String: [YAML]]
  private let unreadable: UnreadableForms
  private let cache = Mutex<[String: Resolved]>([:])

  init(
    current: [String: Source], replaced: [String: Source], fragments: [String: [YAML]],
    unreadable: UnreadableForms = UnreadableForms([])
  ) {
    self.unreadable = unreadable
    self.current = current
    self.replaced = replaced
    self.fragments = fragments
  }

  subscript(name: String) -> Source? { current[name] }

  var names: [String] { current.keys.sorted() }
  var standaloneNames: [String] { current.filter { $0.value.set == nil }.keys.sorted() }

  /// A form as its file and those that it extends make it; nil where it cannot be read.
  func form(_ name: String) -> (resolved: Resolved?, findings: [Finding]) {
    if let known = cache.withLock({ $0[name] }) { return (known, []) }
    var findings: [Finding] = []
    let resolved = resolve(name, &findings)
    if let resolved, findings.isEmpty { cache.withLock { $0[name] = resolved } }
    return (resolved, findings)
  }

  /// Follows `extends` to the form that extends nothing, then comes back, laying each variant over its base.
  private func resolve(_ name: String, _ findings: inout [Finding]) -> Resolved? {
    guard let first = link(Version(name: name, isShipped: false), &findings) else { return nil }
    var chain = [first]
    while let last = chain.last, let extends = last.extends {
      let base = self.base(of: last.version, extends)
      guard let next = link(base, &findings) else {
        if current[base.name] == nil, !unreadable.mayBe(base.name) {
          let near = nearest(to: extends.text, among: names + names.compactMap { Self.id(of: $0) })
          findings.append(
            Finding(
              "form-extends", at: extends.place, "没有表样“\(extends.text)”，无法扩展",
              hint: near.map { "是否想写 \($0)？" } ?? "写同一套里表样的 id，或写全 表套/表样"))
        }
        return nil
      }
      if let start = chain.firstIndex(where: { $0.version == base }) {
        // From wherever one comes into the circle, it is told alike.
        let circle = Array(chain[start...])
        let names = circle.map(\.version.name)
        let begin = names.indices.min { names[$0] < names[$1] } ?? 0
        let round = (names[begin...] + names[..<begin] + [names[begin]]).joined(separator: " → ")
        findings.append(
          Finding(
            "form-extends", at: circle[begin].extends?.place ?? extends.place, "extends 绕成一圈：\(round)",
            hint: "其中一张要把整张表写全"))
        return nil
      }
      guard chain.count <= Self.limit else {
        findings.append(
          Finding(
            "form-extends", at: first.extends?.place ?? extends.place, "extends 超过 \(Self.limit) 层",
            hint: "直接扩展更靠前的一张"))
        return nil
      }
      chain.append(next)
    }
    guard var root = chain.last?.root else { return nil }
    var hints: [Finding] = []
    for link in chain.dropLast().reversed() {
      let id = Self.id(of: link.version.name) ?? link.version.name
      let variant = FormVariant(root, by: link.root, id: id, fragments: fragments)
      findings += variant.findings
      hints = variant.hints
      root = variant.root
    }
    return Resolved(root: root, extends: first.extends?.place, hints: hints)
  }

  private func link(_ version: Version, _ findings: inout [Finding]) -> Link? {
    guard let source = version.isShipped ? replaced[version.name] : current[version.name] else { return nil }
    guard let root = source.root ?? parseYAML(source.text, findings: &findings) else { return nil }
    guard let extends = root["extends"] else { return (version, root, nil) }
    guard let scalar = extends.scalar else {
      findings.append(
        Finding("form-extends", at: extends.place, "“extends”应当是一张表样的名称，这里是\(extends.chinese)"))
      return nil
    }
    return (version, root, scalar)
  }

  /// A form of the same set, or one that is named in full; a form that extends its own name means the catalogue's.
  private func base(of version: Version, _ extends: YAMLScalar) -> Version {
    let set = current[version.name]?.set
    let name = extends.text.contains("/") ? extends.text : set.map { "\($0)/\(extends.text)" } ?? extends.text
    return Version(
      name: name, isShipped: (name == version.name || version.isShipped) && replaced[name] != nil)
  }

  private static func id(of fullName: String) -> String? {
    fullName.split(separator: "/").last.map(String.init)
  }
}
