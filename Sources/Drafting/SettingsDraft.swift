import Content
import Diagnostics
import Parsing

/// `disclosure.yaml` for the next year: names stay, dates and figures are asked for, waivers are left behind.
struct SettingsDraft {
  let rollForward: RollForward
  /// Tables that had no rows, of which it is to be said again that they have none.
  let emptyTables: [String]

  private var old: Disclosure { rollForward.old }
  private var years: Years { rollForward.years }
  private var rewording: Rewording { Rewording(years: years) }

  var text: String {
    let root = root
    var text = "form-set: \(rollForward.choice.set.id)\n"
    let title = years.moved(old.title)
    text += line("title", title == old.title ? old.title + Mark.review.text : title)
    let fill = Mark.fill.text
    text += "published: \(fill)   # 发布时间（北京时间），如 \(old.kind.exampleMoment(rollForward.year))\n"
    for (key, name) in [("approved", "批复日期"), ("written", "成文日期")] where has(key, root) {
      text += "\(key): \(fill)   # \(name)，如 \(rollForward.year)-02-10；没有就删去这一行\n"
    }
    if has("index-number", root) { text += "index-number: \(fill)\n" }
    if let summary = old.summary { text += line("description", rewording.words(years.moved(summary))) }
    if !old.keywords.isEmpty { text += "keywords: \(YAMLText.list(old.keywords.map { years.moved($0) }))\n" }
    if old.source != old.unit.name { text += line("source", old.source) }
    if !old.projects.isEmpty {
      text += "projects:   # \(Mark.review.text)今年的项目\n"
      text += old.projects.map { "  - \(flow($0))\n" }.joined()
    }
    text += figures(root)
    for (key, words) in [("tables", "表注"), ("withheld", "涉密剔除")] {
      guard let value = value(key, root), !isEmpty(value) else { continue }
      let (kept, left) = renamed(value)
      if !isEmpty(kept) { text += "\(key):   # \(Mark.review.text)\(words)\n" + block(kept) }
      for name in left { text += "# \(Mark.review.text)\(words)：新的表套里没有“\(name)”，没有带来；看过就删去这一行\n" }
    }
    for name in emptyTables { text += "# \(Mark.review.text)\(name)：\(old.year) 年是空表；今年仍没有数据就删去这一行\n" }
    return text
  }

  private var root: [(key: YAMLScalar, value: YAML)] {
    var ignored: [Finding] = []
    guard let source = rollForward.unit.texts["\(old.key)/disclosure.yaml"],
      case .map(let pairs, _)? = parseYAML(source, findings: &ignored)
    else { return [] }
    return pairs
  }

  private func value(_ key: String, _ pairs: [(key: YAMLScalar, value: YAML)]) -> YAML? {
    pairs.first { $0.key.text == key }?.value
  }
  private func has(_ key: String, _ pairs: [(key: YAMLScalar, value: YAML)]) -> Bool {
    value(key, pairs) != nil
  }

  private func isEmpty(_ value: YAML) -> Bool {
    switch value {
    case .scalar(let scalar): scalar.isNull
    case .list(let items, _): items.isEmpty
    case .map(let pairs, _): pairs.isEmpty
    }
  }

  private func line(_ key: String, _ text: String) -> String {
    "\(key): \(YAMLText.scalar(text, inFlow: false))\n"
  }

  /// A map by tables, or a list whose items name one, with the tables called as they now are, and those that are gone.
  private func renamed(_ value: YAML) -> (kept: YAML, left: [String]) {
    var left: [String] = []
    func name(_ scalar: YAMLScalar) -> YAMLScalar? {
      guard let now = rollForward.nameNow(ofTableNamed: scalar.text) else {
        left.append(scalar.text)
        return nil
      }
      var scalar = scalar
      scalar.text = now
      return scalar
    }
    switch value {
    case .scalar: return (value, [])
    case .map(let pairs, let place):
      let kept = pairs.compactMap { pair in name(pair.key).map { (key: $0, value: pair.value) } }
      return (.map(kept, place), left)
    case .list(let items, let place):
      let kept = items.compactMap { item -> YAML? in
        guard case .map(var pairs, let place) = item else { return item }
        for index in pairs.indices where pairs[index].key.text == "table" {
          guard let scalar = pairs[index].value.scalar else { continue }
          guard let scalar = name(scalar) else { return nil }
          pairs[index].value = .scalar(scalar)
        }
        return .map(pairs, place)
      }
      return (.list(kept, place), left)
    }
  }

  private func flow(_ project: Project) -> String {
    var pairs = [("id", YAMLText.scalar(project.id)), ("name", YAMLText.scalar(project.name))]
    if !project.otherNames.isEmpty { pairs.append(("other-names", YAMLText.list(project.otherNames))) }
    return YAMLText.map(pairs)
  }

  /// The entries of a list or map below their key, one on a line.
  private func block(_ value: YAML) -> String {
    switch value {
    case .scalar: "  \(YAMLText.flow(value))\n"
    case .list(let items, _): items.map { "  - \(YAMLText.flow($0))\n" }.joined()
    case .map(let pairs, _):
      pairs.map { "  \(YAMLText.scalar($0.key.text, inFlow: false)): \(YAMLText.flow($0.value))\n" }.joined()
    }
  }

  // MARK: Figures

  /// The figures that the text needs: names and tags stay, values are asked for.
  private func figures(_ root: [(key: YAMLScalar, value: YAML)]) -> String {
    guard case .list(let items, _)? = value("figures", root) else { return "" }
    let entries = items.compactMap { item -> String? in
      guard case .map(let pairs, _) = item, let id = value("id", pairs)?.scalar?.text else { return nil }
      guard let figure = old.figures.first(where: { $0.id == id }), isNeeded(figure) else { return nil }
      let prior = prior(of: figure)
      let lines = pairs.map { key, value -> String in
        let text =
          switch key.text {
          case "value": prior?.cell.text ?? Mark.fill.text
          case "source": prior.map { "\(years.new - 1)年公开文档（\($0.source)）" } ?? Mark.fill.text
          case "title", "for": years.moved(value.scalar?.text ?? "")
          default: ""
          }
        return "\(key.text): \(text.isEmpty ? YAMLText.flow(value) : YAMLText.scalar(text, inFlow: false))\n"
      }
      return "  - " + lines.joined(separator: "    ")
    }
    return entries.isEmpty ? "" : "figures:\n" + entries.joined()
  }

  /// What stood in for a disclosure that the site did not have yet is not needed once it has it.
  private func isNeeded(_ figure: ExtraFigure) -> Bool {
    guard let reference = figure.standsFor, reference.yearOffset < 0, rollForward.isNext else { return true }
    let isNamed = old.figures.contains { other in
      (other.adds + other.difference + other.growth).contains(figure.id)
    }
    let text = rollForward.unit.texts["\(old.key)/narrative.md"]?.text ?? ""
    return isNamed || text.contains("数据[\(figure.id)]")
  }

  /// The figure that said of its own year what this one says of the year before.
  private func prior(of figure: ExtraFigure) -> ExtraFigure? {
    guard rollForward.isNext, let tags = figure.tags, tags["year"] == "-1" else { return nil }
    let present = old.figures.filter { other in
      other.tags.map { $0["year"] == nil && $0.withoutYear == tags.withoutYear } ?? false
    }
    return present.count == 1 ? present[0] : nil
  }
}
