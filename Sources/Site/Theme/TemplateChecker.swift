import Diagnostics
import Fiscal
import Parsing

/// Walks each page's templates as they will be rendered, and holds every name against the contract.
struct TemplateChecker {
  let templates: [String: [TemplateNode]]
  /// Variables of the theme's assets.
  let assets: ThemeVariables
  private(set) var findings: [Finding] = []
  /// Templates that some page reaches.
  private(set) var reached: Set<String> = []
  private var reported: Set<Finding> = []
  /// Parts brought in by the page being walked: parts that bring in parts double quickly.
  private var parts = 0
  private static let mostParts = 2_000

  init(templates: [String: [TemplateNode]], assets: ThemeVariables) {
    self.templates = templates
    self.assets = assets
  }

  /// Where the walk stands: the variables in reach, innermost last, and what the page puts into blocks.
  private struct Scope {
    var variables: [ThemeVariables]
    var blocks: [String: (nodes: [TemplateNode], place: Place)] = [:]
    var within: [String] = []

    func find(_ name: String) -> ThemeVariable? {
      for level in variables.reversed() {
        if let found = level[name] { return found }
      }
      return nil
    }

    /// `hasICP` tells whether there is an `icpNumber`.
    func flag(of name: String) -> String? {
      names.filter { flag in
        flag.hasPrefix("has") && name.lowercased().hasPrefix(flag.dropFirst(3).lowercased())
      }.max { $0.count < $1.count }
    }

    var names: [String] { variables.flatMap(\.keys).sorted() }
  }

  mutating func check(_ template: ThemeContract.Template) {
    let variables = ThemeContract.common.merging(assets) { own, _ in own }
    reached.insert(template.rawValue)
    parts = 0
    var scope = Scope(variables: [variables, template.variables])
    scope.within = [template.rawValue]
    walk(templates[template.rawValue] ?? [], scope)
  }

  private mutating func walk(_ nodes: [TemplateNode], _ scope: Scope) {
    for node in nodes {
      switch node {
      case .text: break
      case .variable(let name, let isEscaped, let place): check(name, isEscaped: isEscaped, at: place, scope)
      case .section(let name, let isInverted, let inner, let place):
        walkSection(name, isInverted, inner, at: place, scope)
      case .partial(let name, let place):
        if let nodes = template(name, at: place, scope) {
          var inner = scope
          inner.within.append(name)
          inner.blocks = [:]
          walk(nodes, inner)
        }
      case .parent(let name, let inner, let place): walkParent(name, inner, at: place, scope)
      case .block(let name, let inner, _):
        // What the page puts in is rendered here, with what is in reach here.
        var outer = scope
        outer.blocks = [:]
        walk(scope.blocks[name]?.nodes ?? inner, scope.blocks[name] == nil ? scope : outer)
      }
    }
  }

  private mutating func check(_ name: String, isEscaped: Bool, at place: Place, _ scope: Scope) {
    guard let variable = find(name, at: place, scope) else { return }
    switch variable {
    case .text where !isEscaped:
      report("theme-wrong-use", at: place, "“\(name)”是文本，不能原样输出", hint: "写作 {{\(name)}}，以便转义")
    case .fragment where isEscaped:
      report("theme-wrong-use", at: place, "“\(name)”是写好的片段，转义后会显示为代码", hint: "写作 {{{\(name)}}}")
    case .flag, .list:
      report(
        "theme-wrong-use", at: place, "“\(name)”是\(variable.chinese)，不能直接输出",
        hint: "写作 {{#\(name)}}…{{/\(name)}}")
    case .text, .fragment: break
    }
  }

  private mutating func walkSection(
    _ name: String, _ isInverted: Bool, _ inner: [TemplateNode], at place: Place, _ scope: Scope
  ) {
    var deeper = scope
    switch find(name, at: place, scope) {
    case .list(let variables)? where !isInverted: deeper.variables.append(variables)
    case .list?, .flag?, nil: break
    case .text?, .fragment?:
      report(
        "theme-wrong-use", at: place, "“\(name)”不能成段：它总是有值，哪怕是空的",
        hint: scope.flag(of: name).map { "写作 {{#\($0)}}…{{/\($0)}}" } ?? "直接写 {{\(name)}}")
    }
    walk(inner, deeper)
  }

  private mutating func walkParent(_ name: String, _ inner: [TemplateNode], at place: Place, _ scope: Scope) {
    var blocks = scope.blocks
    for node in inner {
      switch node {
      case .block(let name, let nodes, let place): if blocks[name] == nil { blocks[name] = (nodes, place) }
      case .text(let isBlank, let place):
        if !isBlank {
          report("theme-syntax", at: place, "继承“\(name)”时，块以外的内容不会输出", hint: "把它放进 {{$main}}…{{/main}}")
        }
      case .variable(_, _, let place), .section(_, _, _, let place), .partial(_, let place),
        .parent(_, _, let place):
        report("theme-syntax", at: place, "继承“\(name)”时，块以外不能有标签", hint: "把它放进 {{$main}}…{{/main}}")
      }
    }
    guard let nodes = template(name, at: place, scope) else { return }
    var deeper = scope
    deeper.within.append(name)
    deeper.blocks = blocks
    let known = Self.blockNames(nodes)
    for case .block(let block, _, let place) in inner where !known.contains(block) {
      report(
        "theme-unknown-block", at: place, "“\(name)”里没有名为“\(block)”的块，其内容不会输出",
        hint: Self.hint(nearest(to: block, among: known), among: known, "可用的块"))
    }
    walk(nodes, deeper)
  }

  private static func blockNames(_ nodes: [TemplateNode]) -> [String] {
    nodes.flatMap { node -> [String] in
      switch node {
      case .block(let name, let inner, _): [name] + blockNames(inner)
      case .section(_, _, let inner, _): blockNames(inner)
      case .parent(_, let inner, _):
        inner.flatMap { if case .block(_, let nodes, _) = $0 { blockNames(nodes) } else { [String]() } }
      case .text, .variable, .partial: []
      }
    }
  }

  // MARK: Names

  private mutating func find(_ name: String, at place: Place, _ scope: Scope) -> ThemeVariable? {
    if let found = scope.find(name) { return found }
    report(
      "theme-unknown-variable", at: place, "这里没有变量“\(name)”",
      hint: Self.hint(
        nearest(to: name, among: scope.names), among: scope.variables.last?.keys.sorted() ?? [], "可用的变量"))
    return nil
  }

  private mutating func template(_ name: String, at place: Place, _ scope: Scope) -> [TemplateNode]? {
    guard let nodes = templates[name] else {
      let names = templates.keys.sorted()
      report(
        "theme-unknown-partial", at: place, "没有部件“\(name).mustache”",
        hint: Self.hint(nearest(to: name, among: names), among: names, "可用的部件"))
      return nil
    }
    reached.insert(name)
    parts += 1
    if parts > Self.mostParts {
      if parts == Self.mostParts + 1 {
        report("theme-syntax", at: place, "一个页面引入的部件超过 \(Self.mostParts) 次", hint: "减少部件之间的层层引入")
      }
      return nil
    }
    if scope.within.contains(name) {
      report("theme-syntax", at: place, "“\(name)”引入了它自己", hint: "部件不能循环引入")
      return nil
    }
    return nodes
  }

  private static func hint(_ near: String?, among names: [String], _ words: String) -> String {
    near.map { "是否想写“\($0)”？" } ?? words + "：" + names.joined(separator: "、")
  }

  private mutating func report(_ id: String, at place: Place, _ message: String, hint: String) {
    let finding = Finding(id, at: place, message, hint: hint)
    // A part that several pages bring in is named once.
    if reported.insert(finding).inserted { findings.append(finding) }
  }
}
