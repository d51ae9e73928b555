import Diagnostics
import Fiscal
import Formulas
import Parsing

/// Reads one form file for one year, strictly: every mistake is a finding at its place.
struct FormReader {
  static let keys =
    [
      "id", "set", "title", "aliases", "description", "unit", "decimals", "blank", "sheet", "relations",
      "empty", "rounding-note", "notes", "instances", "landscape", "fragments",
    ] + GridReader.keys + FormVariant.keys

  let facts: FactModel
  let fragments: [String: [YAML]]
  let year: Int
  var findings: [Finding] = []

  init(facts: FactModel, fragments: [String: [YAML]], year: Int) {
    self.facts = facts
    self.fragments = fragments.mapValues { items in items.map { $0.inYear(year) } }
    self.year = year
  }

  /// - Parameter set: the set whose folder holds the file; nil for a file that stands free.
  mutating func read(_ root: YAML, set: String?) -> Form? {
    var template = MapReader(root, "表样", keys: Self.keys, id: "form-syntax")
    let titleTemplate = template.text("title") ?? ""
    let root = root.inYear(year)
    var reader = MapReader(root, "表样", keys: Self.keys, id: "form-syntax")
    defer { findings += reader.findings }
    for key in FormVariant.editKeys where reader.has(key) {
      reader.report(reader.keyPlace(key), "没有 extends 的表样不能写“\(key)”", hint: "先写 extends: 表套/表样")
    }
    guard let id = reader.scalar("id", required: true) else { return nil }
    checkIdentifier(id)
    if let title = reader.node("title")?.scalar, title.text.trimmingBlanks.isEmpty {
      reader.report(title.place, "“title”没有填写", hint: "写表的名称")
    }

    let faults = reader.findings.count
    let unit = reader.choice("unit", MoneyUnit.allCases.map { ($0.rawValue, $0) })
    let around = Surroundings(
      // Any unit will do after a mistake in it: that columns lack one would only follow from that.
      unit: unit ?? (reader.findings.count > faults ? .tenThousandYuan : nil),
      decimals: reader.decimals() ?? 2,
      file: root.place.file, fragments: fragments.merging(ownFragments(&reader)) { _, own in own },
      facts: facts)
    var form = Form(
      setID: set ?? reader.text("set"), id: id.text, title: reader.text("title", required: true) ?? "",
      name: titleWithoutYear(titleTemplate), aliases: reader.texts("aliases"), unit: around.unit,
      decimals: around.decimals,
      blank: reader.choice("blank", BlankMeaning.allCases.map { ($0.rawValue, $0) })
        ?? (reader.has("sheet") ? .nothing : .zero),
      states: facts.tags(&reader, "states"), blocks: [], isSheet: reader.has("sheet"), relations: [],
      empty: reader.text("empty"), notes: reader.texts("notes"),
      instances: reader.choice("instances", facts.dimensions.map { ($0.id, $0.id) }),
      isLandscape: reader.flag("landscape"), place: root.place)

    form.roundingNote = reader.text("rounding-note")
    if form.isSheet {
      var sheet = SheetReader(around: around)
      form.blocks = sheet.read(reader.list("sheet"))
      findings += sheet.findings
      if form.blocks.isEmpty, sheet.findings.isEmpty, reader.findings.isEmpty {
        reader.report(
          reader.place(of: "sheet"), "“sheet”里没有任何部分", hint: "每一部分是 fields、table、texts、indicators 或 score")
      }
    } else {
      var grids = GridReader(around: around)
      if let grid = grids.read(&reader, id: form.id, title: nil) { form.blocks = [.grid(grid)] }
      findings += grids.findings
    }
    // Where columns or rows have mistakes, names that seem to be missing follow from them.
    if findings.blocking.isEmpty {
      var relations = RelationReader(form)
      form.relations = reader.scalars("relations").compactMap { relations.read($0) }
      findings += relations.findings
    }
    checkScores(of: form)
    checkYears(in: root)
    checkTags(of: form)
    return form
  }

  private mutating func ownFragments(_ reader: inout MapReader) -> [String: [YAML]] {
    var result: [String: [YAML]] = [:]
    for (name, value) in reader.pairs("fragments") {
      guard case .list(let items, _) = value else {
        reader.report(value.place, "片段“\(name.text)”应当是列表，这里是\(value.chinese)", hint: "写列或行的列表，每行一个 “- ”")
        continue
      }
      result[name.text] = items
    }
    return result
  }

  static func isIdentifier(_ id: String) -> Bool {
    !id.isEmpty
      && id.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
  }

  private mutating func checkIdentifier(_ id: YAMLScalar) {
    if !Self.isIdentifier(id.text) {
      findings.append(
        Finding(
          "form-syntax", at: id.place, "id“\(id.text)”只能用小写字母、数字和连字符",
          hint: "例如 general-expenditure；它用作网页锚点，定下后不要改"))
    }
  }

  /// The address of an execution score must name a cell of this form.
  private mutating func checkScores(of form: Form) {
    let known = ReferableNames(form)
    for case .score(let score) in form.blocks {
      guard let execution = score.execution,
        let name = execution.names.first(where: { !known.meaning(of: $0).isCell })
      else { continue }
      findings.append(
        Finding(
          "form-unknown-name", at: execution.place, "“\(name.text)”不是这张表的栏目、行或列",
          hint: "写作 表格的 id.行的 id.列的 id，例如 funds.total.score"))
    }
  }

  /// A `{year…}` that was not replaced would be printed as it stands.
  private mutating func checkYears(in node: YAML) {
    switch node {
    case .scalar(let scalar):
      guard YAML.holdsUnknownPlace(scalar.text) else { return }
      findings.append(
        Finding(
          "form-syntax", at: scalar.place, "“\(scalar.text)”里的年度不能这样写",
          hint: "写作 {year}、{year-1}、{year+1}，前后最多三年"))
    case .list(let items, _): for item in items { checkYears(in: item) }
    case .map(let pairs, _): for (_, value) in pairs { checkYears(in: value) }
    }
  }

  /// Row and column of a declared cell must not speak of different things.
  private mutating func checkTags(of form: Form) {
    for grid in form.grids {
      for panel in grid.panels {
        let ground = form.states.overlaid(by: panel.states)
        for row in panel.rows where !row.isOpen {
          for leaf in panel.leaves where leaf.type == .amount && !leaf.isDerived {
            let meeting = Tags.meeting(ground: ground, column: leaf.states, row: row.states)
            guard let dimension = meeting.conflict, let across = leaf.states[dimension],
              let down = row.states[dimension]
            else { continue }
            findings.append(
              Finding(
                "form-tags-conflict", at: row.place,
                "“\(row.title)”行说的是\(facts.dimension(dimension)?.title ?? dimension)“\(down)”，“\(leaf.name)”列说的是“\(across)”，两者互不包含",
                hint: "用 ~ 去掉其中一处的标签，或让一处包含另一处", notes: [.init("列的标签", at: leaf.place)]))
          }
        }
      }
    }
  }
}

extension YAML {
  /// With `{year}`, `{year-1}` and `{year+1}` replaced in every scalar.
  func inYear(_ year: Int) -> YAML { changed(to: year) ?? self }

  /// Nil where nothing in it mentions a year, as in most of a form.
  private func changed(to year: Int) -> YAML? {
    switch self {
    case .scalar(var scalar):
      guard Self.mentionsYear(scalar.text) else { return nil }
      scalar.text = Self.replaceYear(in: scalar.text, by: year)
      return .scalar(scalar)
    case .list(var items, let place):
      var hasChanged = false
      for index in items.indices {
        guard let item = items[index].changed(to: year) else { continue }
        items[index] = item
        hasChanged = true
      }
      return hasChanged ? .list(items, place) : nil
    case .map(var pairs, let place):
      var hasChanged = false
      for index in pairs.indices {
        guard let value = pairs[index].value.changed(to: year) else { continue }
        pairs[index].value = value
        hasChanged = true
      }
      return hasChanged ? .map(pairs, place) : nil
    }
  }

  /// Whether a text may hold a year's place; cheaper than to search for it.
  static func mentionsYear(_ text: String) -> Bool {
    text.utf8.contains(UInt8(ascii: "{")) && text.contains("{year")
  }

  /// Whether something like `{year}` is left that no year takes the place of: `{year-9}`, `{yaer}`.
  static func holdsUnknownPlace(_ text: String) -> Bool {
    guard text.utf8.contains(UInt8(ascii: "{")) else { return false }
    if text.contains("{year") { return true }
    return text.split(separator: "{", omittingEmptySubsequences: false).dropFirst().contains { rest in
      let word = rest.prefix { $0.isASCII && $0.isLetter }
      let tail = rest.dropFirst(word.count).prefix { $0 != "}" }
      guard word.count > 1, rest.dropFirst(word.count + tail.count).first == "}" else { return false }
      return tail.allSatisfy { $0 == "+" || $0 == "-" || $0.isNumber }
        && nearest(to: word.lowercased(), among: ["year"]) != nil
    }
  }

  static func replaceYear(in text: String, by year: Int) -> String {
    guard mentionsYear(text) else { return text }
    var result = text
    for offset in -3...3 {
      let name = offset == 0 ? "{year}" : offset < 0 ? "{year\(offset)}" : "{year+\(offset)}"
      result = result.replacing(name, with: String(year + offset))
    }
    return result
  }
}

/// A title without its `{year}年`, `{year}年度` and the brackets these leave empty: the name that stays over the years.
func titleWithoutYear(_ template: String) -> String {
  guard YAML.mentionsYear(template) else { return template.trimmingBlanks }
  var result = template
  for offset in -3...3 {
    let name = offset == 0 ? "{year}" : offset < 0 ? "{year\(offset)}" : "{year+\(offset)}"
    for suffix in ["年度", "年", ""] { result = result.replacing(name + suffix, with: "") }
  }
  for brackets in ["（）", "()", "〔〕", "［］", "[]", "【】"] where !template.contains(brackets) {
    result = result.replacing(brackets, with: "")
  }
  return result.trimmingBlanks
}
