import Content
import Diagnostics
import Files
import Forms
import Parsing

/// Who discloses, as far as a draft needs it.
public struct DraftUnit: Sendable {
  public var slug: String
  public var name: String
  public var region: [String]

  public init(slug: String, name: String, region: [String]) {
    self.slug = slug
    self.name = name
    self.region = region
  }
}

/// A disclosure from nothing but its form set: settings, text, and every table of the set.
public struct DisclosureSkeleton {
  let library: FormLibrary
  let unit: DraftUnit
  let year: Int
  let kind: Kind
  let choice: SetChoice
  let filling: Filling

  public init(
    _ library: FormLibrary, unit: DraftUnit, year: Int, kind: Kind, choice: SetChoice, filling: Filling
  ) {
    self.library = library
    self.unit = unit
    self.year = year
    self.kind = kind
    self.choice = choice
    self.filling = filling
  }

  /// The files, by their path in the unit's folder.
  public func files() -> [NewFile] {
    let files = tablesAndSettings()
    return files + [NewFile(folder + "narrative.md", narrative(keyFigures(in: files)))]
  }

  private var folder: String { "\(year)/\(kind.id)/" }

  private func tablesAndSettings() -> [NewFile] {
    let forms = choice.set.entries.compactMap { library.form($0.form, year: year) }
    return [NewFile(folder + "disclosure.yaml", settings(forms))]
      + forms.map { NewFile(folder + fileName(of: $0), text(of: $0)) }
  }

  // MARK: Tables

  /// One table's file.
  func file(of form: Form) -> (name: String, text: String) { (fileName(of: form), text(of: form)) }

  private var tables: TableSkeleton {
    TableSkeleton(library, filling: filling, year: year, unitName: unit.name, projects: [Self.projectName])
  }

  private func text(of form: Form) -> String {
    if form.isSheet { return SheetWriter(form: form, contents: SheetSkeleton(tables: tables)).text }
    return form.grids.first.map { csvFile(tables.draft($0).csv) } ?? ""
  }

  private func fileName(of form: Form) -> String { form.fileName(instance: instance(of: form)) }

  /// A form that is filled in for each project or unit begins with one.
  private func instance(of form: Form) -> String? {
    switch form.instances {
    case nil: nil
    case "project": Self.projectName
    case "unit": unit.name
    default: Self.instanceName
    }
  }

  static let projectName = "示例项目"
  static let instanceName = "示例"

  // MARK: Settings

  private func settings(_ forms: [Form]) -> String {
    var text = "form-set: \(choice.set.id)"
    text += choice.alternatives.isEmpty ? "\n" : "   # 也可以用 \(choice.alternatives.joined(separator: "、"))\n"
    text += "title: \(YAMLText.scalar("\(unit.name)\(year)年\(kind.title)", inFlow: false))\n"
    let date = kind.exampleMoment(year)
    let when = "发布时间（北京时间），如 \(date)"
    switch filling {
    case .example: text += "published: \(date)   # \(Mark.example.text)\(when)\n"
    case .marked: text += "published: \(Mark.fill.text)   # \(when)\n"
    case .blank: text += "published:   # \(when)\n"
    }
    if forms.contains(where: { $0.instances == "project" || $0.listsProjects }) {
      let project = YAMLText.map([("id", "project-1"), ("name", Self.projectName)])
      text += "projects:\n  - \(project)\(filling.remark("一个项目一行；一个项目一张的表，文件名里写项目的名称"))\n"
    }
    // An empty table says so itself only where its form has words for it.
    let silent = forms.filter { !$0.isSheet && $0.empty == nil && $0.statesAmounts }
    if filling == .example, !silent.isEmpty {
      text += "tables:\n"
      for form in silent {
        text += "  \(YAMLText.scalar(form.name)): {notes: [\(Mark.example.text)数据尚未填写。]}\n"
      }
    }
    return text
  }

  // MARK: Text

  /// The prescribed parts, with the key figures in the second: the first is about who discloses.
  private func narrative(_ figures: [FormSet.KeyFigure]) -> String {
    let outline = choice.set.outline.isEmpty ? [kind.title] : choice.set.outline
    let sentence = figures.map { figure in
      "\(figure.title) {{ \(figure.expression.text)\(figure.format.map { " | " + $0 } ?? "") }}"
    }
    let parts = outline.enumerated().map { index, part in
      var text = "# \(part)\n"
      if filling != .blank { text += "\n\(filling.words)在这里写“\(part)”；没有内容也要写明。\n" }
      if index == min(1, outline.count - 1), !sentence.isEmpty {
        text += "\n\(year)年，\(sentence.joined(separator: "，"))。\n"
      }
      return text
    }
    return parts.joined(separator: "\n")
  }

  /// The key figures that can be worked out: from the tables as they are, or as they will be once they are filled in.
  private func keyFigures(in files: [NewFile]) -> [FormSet.KeyFigure] {
    if filling == .example { return stated(in: files) }
    let example = DisclosureSkeleton(
      library, unit: unit, year: year, kind: kind, choice: choice, filling: .example)
    return example.stated(in: example.tablesAndSettings())
  }

  private func stated(in files: [NewFile]) -> [FormSet.KeyFigure] {
    let settings = UnitSettings(unit).file
    let read = ([settings] + files).map {
      UnitFiles.File(path: $0.path, bytes: $0.bytes, size: $0.bytes.count)
    }
    var findings: [Finding] = []
    let parsed = parse(UnitFiles(slug: unit.slug, folder: unit.slug, files: read), findings: &findings)
    let bound = bind(parsed, to: library, findings: &findings)
    let known = bound?.disclosures.first?.keyFacts.map(\.title) ?? []
    return choice.set.keyFigures.filter { known.contains($0.title) }
  }
}

/// A file that Excel opens as what it is: it takes UTF-8 without a byte order mark for something else.
func csvFile(_ text: String) -> String { "\u{FEFF}" + text }

extension Form {
  func fileName(instance: String?) -> String {
    let stem = isSheet ? id : name
    return stem + (instance.map { "." + $0 } ?? "") + (isSheet ? ".yaml" : ".csv")
  }

  var statesAmounts: Bool {
    grids.contains { $0.panels.contains { $0.leaves.contains { $0.type == .amount } } }
  }

  /// Whether rows of it are projects.
  var listsProjects: Bool {
    grids.flatMap(\.panels).flatMap(\.rows).contains { row in
      switch row.kind {
      case .free(let dimension, _): dimension == "project"
      case .levels(let levels, _, _): levels.contains { $0.of == "project" }
      case .fixed, .codes: false
      }
    }
  }
}

extension Kind {
  /// When a disclosure of a year could be published, as an example: accounts come in the year after.
  func exampleMoment(_ year: Int) -> String {
    let later = max(0, timing.years?.upperBound ?? 0)
    return later == 0 ? "\(year)-02-20 09:00" : "\(year + later)-09-20 09:00"
  }
}
