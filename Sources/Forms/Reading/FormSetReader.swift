import Diagnostics
import Formulas
import Parsing

extension FormSet {
  static let keys =
    [
      "id", "title", "kind", "region", "years", "forms", "outline", "numbering", "key-figures", "relations",
      "laws", "checks", "rounding-note", "automatic",
    ] + FormSetVariant.keys
  static let entryKeys = ["form", "number", "required", "succeeds"]
  static let keyFigureKeys = ["title", "formula", "format"]
  static let lawKeys = ["off"]

  /// Reads a set file.
  static func read(_ root: YAML, facts: FactModel, kinds: Set<String>, findings: inout [Finding]) -> FormSet?
  {
    var reader = MapReader(root, "表套", keys: keys, id: "form-set-syntax")
    defer { findings += reader.findings }
    for key in FormSetVariant.editKeys where reader.has(key) {
      reader.report(reader.keyPlace(key), "没有 extends 的表套不能写“\(key)”", hint: "先写 extends: 表套的 id")
    }
    guard let id = reader.text("id", required: true) else { return nil }
    if let title = reader.scalar("title"), title.text.trimmingBlanks.isEmpty {
      reader.report(title.place, "“title”没有填写", hint: "写表套的名称")
    }
    var set = FormSet(
      id: id, title: reader.text("title", required: true) ?? id,
      kind: reader.text("kind", required: true) ?? "",
      region: regionPath(reader.text("region") ?? ""), years: 0...9999,
      entries: [],
      outline: reader.texts("outline"),
      numbering: reader.choice("numbering", [("parts", "parts"), ("plain", "plain"), ("none", "none")])
        ?? "plain",
      keyFigures: [], relations: [], lawsOff: [], isAutomatic: reader.flag("automatic") ?? true,
      place: root.place)
    set.kindPlace = reader.place(of: "kind")
    set.kindNames = kinds.sorted()
    if let years = reader.scalar("years") {
      if let range = yearRange(years.text) {
        set.years = range
      } else {
        reader.report(years.place, "年度“\(years.text)”应写作 2022、2022..2024、2022.. 或 ..2024", hint: "年度写四位，先写早的")
      }
    }
    checkYears(reader.scalars("outline"), &reader)
    for item in reader.list("forms") {
      var entry = MapReader(item, "表套里的表", keys: entryKeys, id: "form-set-syntax")
      if let name = entry.text("form", required: true) {
        let fullName = name.contains("/") ? name : "\(id)/\(name)"
        if set.entries.contains(where: { $0.form == fullName }) {
          entry.report(entry.place(of: "form"), "表样“\(name)”在这套里列了两次", hint: "删去其中一项")
          findings += entry.findings
          continue
        }
        set.entries.append(
          Entry(
            form: fullName, number: entry.text("number"), isRequired: entry.flag("required") ?? true,
            succeeds: entry.scalar("succeeds"), place: entry.place(of: "form")))
      }
      findings += entry.findings
    }
    for item in reader.list("key-figures") {
      var figure = MapReader(item, "关键数字", keys: keyFigureKeys, id: "form-set-syntax")
      if let formula = figure.scalar("formula", required: true) {
        let format = figure.scalar("format")
        do throws(FormulaError) {
          if let format { _ = try parseFormat(format.text, at: format.place) }
          set.keyFigures.append(
            KeyFigure(
              title: figure.text("title", required: true) ?? "",
              expression: try parseExpression(formula.text, at: formula.place, kinds: kinds),
              format: format?.text,
              place: formula.place, formatPlace: format?.place ?? formula.place))
        } catch {
          findings.append(Finding("form-set-syntax", at: error.place, error.message, hint: error.hint))
        }
      }
      checkYears([figure.node("title")?.scalar, figure.node("formula")?.scalar].compactMap { $0 }, &figure)
      findings += figure.findings
    }
    let relations = reader.scalars("relations")
    checkYears(relations, &reader)
    for relation in relations {
      do throws(FormulaError) {
        let equation = try parseEquation(relation.text, at: relation.place, kinds: kinds)
        set.relations.append(Relation(equation: equation, place: relation.place))
      } catch {
        findings.append(error.finding("form-set-syntax"))
      }
    }
    set.checks = RuleSwitches(&reader)
    set.roundingNote = reader.text("rounding-note")
    if let node = reader.node("laws") {
      var laws = MapReader(node, "定律", keys: lawKeys, id: "form-set-syntax")
      for name in laws.scalars("off") {
        if facts.laws.contains(where: { $0.id == name.text }) {
          set.lawsOff.append(name.text)
        } else {
          laws.report(
            name.place, "没有“\(name.text)”这条定律", hint: "已有：" + facts.laws.map(\.id).joined(separator: "、"))
        }
      }
      findings += laws.findings
    }
    return set
  }

  /// 甲省/乙市 as its parts.
  static func regionPath(_ text: String) -> [String] { text.split(separator: "/").map(String.init) }

  /// A `{year…}` that cannot be replaced would be printed as it stands.
  private static func checkYears(_ texts: [YAMLScalar], _ reader: inout MapReader) {
    for text in texts where YAML.holdsUnknownPlace(YAML.replaceYear(in: text.text, by: 2000)) {
      reader.report(text.place, "“\(text.text)”里的年度不能这样写", hint: "写作 {year}、{year-1}、{year+1}，前后最多三年")
    }
  }

  static func yearRange(_ text: String) -> ClosedRange<Int>? {
    guard let dots = text.firstRange(of: "..") else { return year(text).map { $0...$0 } }
    let (low, high) = (text[..<dots.lowerBound], text[dots.upperBound...])
    let first = low.isEmpty ? 0 : year(String(low))
    let last = high.isEmpty ? 9999 : year(String(high))
    guard let first, let last, first <= last else { return nil }
    return first...last
  }

  /// A year of four digits: `22` is none.
  private static func year(_ text: String) -> Int? {
    Int(text).flatMap { (1900...2999).contains($0) ? $0 : nil }
  }
}
