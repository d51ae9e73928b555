import Diagnostics
import Fiscal
import Forms
import Formulas
import Parsing

extension YAMLScalar {
  var placed: PlacedText { PlacedText(text: text, place: content) }
}

extension Unit {
  public static let keys = [
    "name", "short-name", "region", "department", "code", "contact", "description", "waivers",
  ]

  /// What `unit.yaml` says in words that pages print, but for the contact of the office, which is meant to be public.
  static func settingTexts(_ root: YAML) -> [PlacedText] {
    guard case .map(let pairs, _) = root else { return [] }
    return pairs.compactMap { key, value in
      ["name", "short-name", "description"].contains(key.text) ? value.scalar?.placed : nil
    }
  }

  /// Reads `unit.yaml`.
  static func read(_ root: YAML, slug: String, findings: inout [Finding]) -> (unit: Unit, waivers: [Waiver])?
  {
    var reader = MapReader(root, "单位", keys: keys, id: "unit-settings")
    let name = reader.text("name", required: true)
    let unit = Unit(
      slug: slug, name: name ?? slug, shortName: reader.text("short-name") ?? name ?? slug,
      region: (reader.text("region") ?? "").split(separator: "/").map(String.init),
      department: reader.text("department"),
      code: reader.text("code"), contact: reader.text("contact"), description: reader.text("description"),
      place: root.place)
    let waivers = Waiver.read(&reader)
    findings += reader.findings
    return name == nil ? nil : (unit, waivers)
  }
}

/// The keys of `disclosure.yaml`.
public enum DisclosureKeys {
  public static let disclosure = [
    "form-set", "title", "published", "approved", "written", "index-number", "description", "keywords",
    "source",
    "projects", "figures", "tables", "withheld", "waivers",
  ]
  public static let project = ["id", "name", "other-names"]
  public static let figure = [
    "id", "title", "value", "unit", "source", "for", "states", "adds", "difference", "growth",
  ]
  public static let table = ["notes"]
  public static let withheld = ["table", "below", "reason"]
}

/// Reads `disclosure.yaml` into everything but the tables and the text.
struct DisclosureReader {
  let unit: Unit
  let year: Int
  let kind: Kind
  let library: FormLibrary
  var findings: [Finding] = []
  /// Notes under single tables, by the name they were given.
  private(set) var notes: [(name: YAMLScalar, notes: [Table.Note])] = []

  init(unit: Unit, year: Int, kind: Kind, library: FormLibrary) {
    self.unit = unit
    self.year = year
    self.kind = kind
    self.library = library
  }

  mutating func read(_ root: YAML, folder: String) -> Disclosure {
    var reader = MapReader(root, "公开文档", keys: DisclosureKeys.disclosure, id: "disclosure-settings")
    var disclosure = Disclosure(
      unit: unit, year: year, kind: kind, set: nil,
      title: reader.text("title") ?? "\(unit.name)\(year)年\(kind.title)",
      published: moment(&reader, "published"), approved: date(&reader, "approved"),
      written: date(&reader, "written"),
      indexNumber: reader.text("index-number"), source: reader.text("source") ?? unit.name,
      summary: reader.text("description"), keywords: reader.texts("keywords"), figures: [], projects: [],
      withheld: [], waivers: Waiver.read(&reader), tables: [], narrative: nil, keyFacts: [], attachments: [],
      folder: folder, place: root.place)
    for key in ["published", "approved", "written"] where reader.has(key) {
      disclosure.datePlaces[key] = reader.place(of: key)
    }
    disclosure.set = formSet(&reader)?.inYear(year)
    disclosure.wording = library.wording
    disclosure.settingTexts = ["title", "description", "source"].compactMap {
      reader.node($0)?.scalar?.placed
    }
    disclosure.settingTexts += reader.scalars("keywords").map(\.placed)
    disclosure.projects = projects(&reader)
    disclosure.figures = figures(&reader)
    disclosure.withheld = reader.list("withheld").map { item in
      var entry = MapReader(item, "涉密剔除", keys: DisclosureKeys.withheld, id: "disclosure-settings")
      let withheld = Withheld(
        table: entry.text("table"), below: entry.text("below", required: true) ?? "",
        reason: entry.text("reason", required: true) ?? "", place: item.place)
      findings += entry.findings
      return withheld
    }
    for (name, value) in reader.pairs("tables") {
      var entry = MapReader(value, "表的说明", keys: DisclosureKeys.table, id: "disclosure-settings")
      notes.append((name, entry.scalars("notes").map { Table.Note(text: $0.text, place: $0.place) }))
      findings += entry.findings
    }
    var isUndated = !reader.has("published")
    if case .scalar(let scalar)? = reader.node("published"), scalar.isNull { isUndated = true }
    if isUndated {
      reader.report(
        reader.place, "缺少“published”（发布日期）", hint: "补上 published: \(year)-02-20 09:00（北京时间），页面和政府网站标签都要用它")
    }
    findings += reader.findings
    return disclosure
  }

  private func formSet(_ reader: inout MapReader) -> FormSet? {
    let fitting = library.sets(kind: kind.id, region: unit.region, year: year)
    guard let name = reader.scalar("form-set") else {
      if fitting.isEmpty {
        reader.report(
          reader.place, "没有适用于\(unit.region.joined())、\(year)年、\(kind.title)的表套",
          hint: "写 form-set: 表套的 id，或在 content/forms/ 里声明一套")
      } else if fitting.count > 1, !library.isNearer(fitting[0], fitting[1]) {
        reader.report(
          reader.place, "有 \(fitting.count) 套表适用，不知道用哪一套",
          hint: "写 form-set: " + fitting.map(\.id).joined(separator: " 或 "))
        return nil
      }
      return fitting.first
    }
    guard let set = library.set(name.text) else {
      let all = library.sets.filter { $0.kind == kind.id }.map(\.id)
      reader.report(
        name.place, "没有“\(name.text)”这个表套",
        hint: nearest(to: name.text, among: all).map { "是否想写 \($0)？" } ?? "本类别的表套："
          + all.joined(separator: "、"))
      return nil
    }
    if set.kind != kind.id {
      reader.report(
        name.place, "表套“\(set.id)”用于\(library.kind(set.kind)?.title ?? set.kind)，这里是\(kind.title)")
    }
    return set
  }

  private mutating func projects(_ reader: inout MapReader) -> [Project] {
    var projects: [Project] = []
    for item in reader.list("projects") {
      var entry = MapReader(item, "项目", keys: DisclosureKeys.project, id: "disclosure-settings")
      let project = Project(
        id: entry.text("id", required: true) ?? "", name: entry.text("name", required: true) ?? "",
        otherNames: entry.texts("other-names"))
      if projects.contains(where: { $0.id == project.id }) {
        entry.report(entry.place(of: "id"), "有两个项目的 id 都是“\(project.id)”")
      }
      findings += entry.findings
      projects.append(project)
    }
    return projects
  }

  private mutating func figures(_ reader: inout MapReader) -> [ExtraFigure] {
    var figures: [ExtraFigure] = []
    for item in reader.list("figures") {
      var entry = MapReader(item, "补充数据", keys: DisclosureKeys.figure, id: "disclosure-settings")
      if let figure = figure(&entry) {
        if figures.contains(where: { $0.id == figure.id }) {
          entry.report(entry.place(of: "id"), "补充数据里有两个“\(figure.id)”")
        }
        figures.append(figure)
      }
      findings += entry.findings
    }
    let ids = Set(figures.map(\.id))
    for figure in figures {
      for name in figure.adds + figure.difference + figure.growth where !ids.contains(name) {
        findings.append(
          Finding(
            "disclosure-settings", at: figure.place, "补充数据“\(figure.id)”引用的“\(name)”不在补充数据里",
            hint: nearest(to: name, among: ids.sorted()).map { "是否想写“\($0)”？" }))
      }
    }
    return figures
  }

  private func figure(_ entry: inout MapReader) -> ExtraFigure? {
    guard let id = entry.text("id", required: true), let value = entry.scalar("value", required: true) else {
      return nil
    }
    let unit = entry.text("unit")
    let money = unit.flatMap { MoneyUnit(rawValue: $0) }
    let type: ColumnType = money != nil ? .amount : unit == "%" ? .percent : .number
    let (cell, fault) = Cell.read(value.text, as: CellShape(type: type, unit: money), at: value.place)
    if let fault {
      entry.report(value.place, "“\(value.text)”\(fault.message)", hint: "value 只写数字，单位写在 unit")
    }
    var figure = ExtraFigure(
      id: id, title: entry.text("title") ?? id, cell: cell, figure: nil,
      source: entry.text("source", required: true) ?? "",
      standsFor: nil, tags: entry.has("states") ? library.facts.tags(&entry, "states") : nil,
      adds: entry.texts("adds"),
      difference: entry.texts("difference"), growth: entry.texts("growth"), place: value.place)
    figure.figure = Figure(
      cell, type: type, unit: money, countUnit: type == .number ? unit : nil, decimals: cell.decimals,
      blank: .nothing)
    // “4 万元”in a text is printed short, not rounded: it counts as 4.00.
    if let money, let power = powerOfTen(max(2, cell.decimals)) {
      figure.figure?.lastDigit = Rational(Int128(money.fen), over: power)
    }
    for key in ["difference", "growth"]
    where entry.has(key) && (key == "growth" ? figure.growth : figure.difference).count != 2 {
      entry.report(entry.place(of: key), "“\(key)”要写两个数的 id")
    }
    if let formula = entry.scalar("for") {
      do throws(FormulaError) {
        let expression = try parseExpression(
          formula.text, at: formula.place, kinds: Set(library.kinds.flatMap(\.names)))
        guard expression.references.count == 1 else {
          entry.report(formula.place, "for 应当是一个引用，例如 上年.收支总表[收入总计]")
          return figure
        }
        figure.standsFor = expression.references[0]
      } catch {
        entry.report(error.place, error.message, hint: error.hint)
      }
    }
    return figure
  }

  private func moment(_ reader: inout MapReader, _ key: String) -> String? {
    guard let scalar = reader.scalar(key), !Mark.isOpen(in: scalar.text) else { return nil }
    let parts = scalar.text.split(separator: " ").map(String.init)
    if parts.count == 1, isDate(parts[0]) { return parts[0] + " 00:00" }
    if parts.count == 2, isDate(parts[0]), isTime(parts[1]) { return scalar.text }
    reader.report(scalar.place, "“\(key)”应写作 \(year)-02-20 09:00，这里是“\(scalar.text)”")
    return nil
  }

  private func date(_ reader: inout MapReader, _ key: String) -> String? {
    guard let scalar = reader.scalar(key), !Mark.isOpen(in: scalar.text) else { return nil }
    if isDate(scalar.text) { return scalar.text }
    reader.report(scalar.place, "“\(key)”应写作 \(year)-02-20，这里是“\(scalar.text)”")
    return nil
  }
}

/// Whether a text is a day of the calendar, `2022-02-28`.
func isDate(_ text: String) -> Bool { CalendarDay(text) != nil }

private func isTime(_ text: String) -> Bool {
  let parts = text.split(separator: ":", omittingEmptySubsequences: false)
  guard parts.map(\.count) == [2, 2], let hour = Int(parts[0]), let minute = Int(parts[1]) else {
    return false
  }
  return (0...23).contains(hour) && (0...59).contains(minute)
}
