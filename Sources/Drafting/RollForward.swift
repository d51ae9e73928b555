import Content
import Files
import Fiscal
import Forms
import Parsing

/// A disclosure made from an earlier one of the same kind (结转起草).
struct RollForward {
  let unit: ReadUnit
  let old: Disclosure
  let year: Int
  let choice: SetChoice
  let library: FormLibrary
  /// What the disclosures of the year before state.
  private let priorFigures: [PriorKey: Set<String>]

  init(unit: ReadUnit, old: Disclosure, year: Int, choice: SetChoice, library: FormLibrary) {
    self.unit = unit
    self.old = old
    self.year = year
    self.choice = choice
    self.library = library
    priorFigures = Self.figures(of: unit.bound.disclosures.filter { $0.year == year - 1 })
  }

  var years: Years { Years(old: old.year, new: year) }
  /// Last year's figures are this year's 上年 only where no year lies between.
  var isNext: Bool { old.year + 1 == year }
  var folder: String { "\(year)/\(old.kind.id)/" }

  func draft() -> DisclosureDraft {
    var files: [NewFile] = []
    var notes: [String] = []
    var empty: [String] = []
    for entry in choice.set.entries {
      guard let form = library.form(entry.form, year: year) else { continue }
      let sources = old.tables.filter { takes($0, entry, form) }
      if sources.isEmpty {
        guard entry.isRequired else { continue }
        notes.append("\(form.name)：上一份里没有，按表样从头建")
        files.append(fresh(form))
      }
      for table in sources {
        let text = text(of: form, from: table)
        files.append(NewFile(folder + form.fileName(instance: table.instance), text))
        if !form.isSheet, table.panels.allSatisfy(\.rows.isEmpty) { empty.append(table.name) }
      }
    }
    for table in old.tables where !choice.set.entries.contains(where: { covers($0, table) }) {
      notes.append("\(table.name)：新的表套里没有，没有带来")
    }
    if let other = fuller {
      notes.append(
        "上一份的表有 \(other.more) 张只在表套 \(other.set.id)（\(other.set.title)，\(other.set.shownYears)）里接得上；仍照它公开的，用 --form-set \(other.set.id) 起草"
      )
    }
    let settings = SettingsDraft(rollForward: self, emptyTables: empty)
    files.append(NewFile(folder + "disclosure.yaml", settings.text))
    if let narrative = unit.texts["\(old.key)/narrative.md"] {
      let draft = NarrativeDraft(years: years)
      let outcomes = formulas(draft.formulas(in: narrative.text), with: files)
      files.append(NewFile(folder + "narrative.md", draft.text(narrative.text, formulas: outcomes.texts)))
      if outcomes.unresolved > 0 {
        notes.append("正文有 \(outcomes.unresolved) 个公式在新的表里取不到数，换成了“\(Mark.fill.text)”和原来的写法")
      }
    }
    if !isNext { notes.append("\(year - 1) 年的不在本站，上年数要自己填") }
    if !old.waivers.isEmpty { notes.append("\(old.waivers.count) 条豁免没有带来：仍有同样的问题，写明今年的理由") }
    if !old.attachments.isEmpty {
      let names = old.attachments.map(\.name).joined(separator: "、")
      notes.append("正文链接的 \(names) 没有带来：放入今年的，或删去链接")
    }
    return DisclosureDraft(files: files, notes: notes)
  }

  // MARK: Forms

  /// Whether tables of both are filled in alike: as lists or sheets, once or several times.
  private func isAlike(_ earlier: Form, _ form: Form) -> Bool {
    earlier.isSheet == form.isSheet && (earlier.instances == nil) == (form.instances == nil)
  }

  /// Whether one form takes the other's place: by its id, else by its name.
  private func isSame(_ earlier: Form, _ form: Form) -> Bool {
    earlier.id == form.id || earlier.name == form.name || form.aliases.contains(earlier.name)
  }

  /// Whether a table goes on in an entry of the new set: the one that names its form, else the one like it.
  private func takes(_ table: Table, _ entry: FormSet.Entry, _ form: Form, in set: FormSet? = nil) -> Bool {
    guard isAlike(table.form, form) else { return false }
    if entry.succeeds != nil { return entry.isSuccessor(of: table.form) }
    let set = set ?? choice.set
    return !set.entries.contains { $0.isSuccessor(of: table.form) } && isSame(table.form, form)
  }

  /// The form of a set that a table goes on in.
  func successor(of table: Table, in set: FormSet, year: Int) -> Form? {
    for entry in set.entries {
      if let form = library.form(entry.form, year: year), takes(table, entry, form, in: set) { return form }
    }
    return nil
  }

  /// What a table of the old disclosure is called in the new one; nil where it does not go on, or there is none.
  func nameNow(ofTableNamed name: String) -> String? {
    let wanted = normalizedName(name)
    func isNamed(_ names: [String]) -> Bool { names.contains { normalizedName($0) == wanted } }
    for table in old.tables where isNamed(table.form.names + [table.name]) {
      guard let form = successor(of: table, in: choice.set, year: year) else { continue }
      if isNamed(form.names) { return name }
      guard !isNamed(table.form.names), let instance = table.instance else { return form.name }
      return form.name + "." + instance
    }
    return nil
  }

  /// The unit's set in which most of the old tables go on, where more of them do than in the chosen one.
  ///
  /// One that ends before the year counts: where no newer one is known, the layout may still be the same.
  private var fuller: (set: FormSet, more: Int)? {
    func count(_ set: FormSet) -> Int {
      old.tables.count { successor(of: $0, in: set, year: year) != nil }
    }
    let region = old.unit.region
    let own = count(choice.set)
    guard own < old.tables.count else { return nil }
    let others = library.sets.filter {
      $0.id != choice.set.id && $0.kind == old.kind.id && region.starts(with: $0.region)
    }.map { (set: $0, more: count($0) - own) }
    return others.max { ($0.more, $1.set.id) < ($1.more, $0.set.id) }.flatMap { $0.more > 0 ? $0 : nil }
  }

  /// What becomes of each formula of the old text, by what it was.
  private func formulas(_ sources: [String], with files: [NewFile]) -> (
    texts: [String: String], unresolved: Int
  ) {
    let draft = FormulaDraft(rollForward: self)
    let moved = Dictionary(sources.map { ($0, draft.text($0)) }) { first, _ in first }
    let unresolved = draft.unresolved(Array(moved.values), with: files)
    let texts = moved.map { source, text -> (String, String) in
      guard unresolved.contains(text) else { return (source, "{{\(text)}}") }
      let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      return (source, "\(Mark.fill.text)（原为 `\(words.replacing("`", with: "'"))`）")
    }
    return (Dictionary(texts) { first, _ in first }, sources.count { unresolved.contains(moved[$0] ?? "") })
  }

  private func covers(_ entry: FormSet.Entry, _ table: Table) -> Bool {
    library.form(entry.form, year: year).map { takes(table, entry, $0) } ?? false
  }

  private func fresh(_ form: Form) -> NewFile {
    let skeleton = DisclosureSkeleton(
      library, unit: unit.unit, year: year, kind: old.kind, choice: choice, filling: .marked)
    let file = skeleton.file(of: form)
    return NewFile(folder + file.name, file.text)
  }

  private func text(of form: Form, from table: Table) -> String {
    let contents = RolledTable(rollForward: self, form: form, table: table)
    if form.isSheet { return SheetWriter(form: form, contents: contents).text }
    guard let grid = form.grids.first else { return "" }
    return csvFile(contents.table(grid).csv)
  }
}

extension RollForward {
  /// A fact and the unit it is printed in.
  private struct PriorKey: Hashable {
    var tags: Tags
    var unit: MoneyUnit?
  }

  /// How last year's disclosures print a fact, where all print the same.
  func printed(_ tags: Tags, as leaf: Leaf, isStated: Bool) -> String? {
    guard isStated, leaf.type == .amount else { return nil }
    let found = priorFigures[PriorKey(tags: tags.withoutYear, unit: leaf.unit)] ?? []
    return found.count == 1 ? found.first : nil
  }

  /// The figures of tables as they are printed; sheets may speak of another scope.
  private static func figures(of disclosures: [Disclosure]) -> [PriorKey: Set<String>] {
    var figures: [PriorKey: Set<String>] = [:]
    for table in disclosures.flatMap(\.tables) where !table.form.isSheet {
      guard let ground = ground(of: table) else { continue }
      for filled in table.panels {
        let panelGround = ground.overlaid(by: filled.panel.states)
        let speaking = filled.panel.speakingLeaves
        for row in filled.rows where row.speaks && !row.isLeftOut {
          let name = row.spec.map { filled.panel.rows[$0].id } ?? ""
          for leaf in speaking where leaf.only.isEmpty || leaf.only.contains(name) {
            let (tags, conflict) = Tags.meeting(ground: panelGround, column: leaf.states, row: row.tags)
            let cell = row.cells[leaf.index]
            guard conflict == nil, tags["year"] == nil, cell.amount != nil else { continue }
            figures[PriorKey(tags: tags.withoutYear, unit: leaf.unit), default: []].insert(cell.text)
          }
        }
      }
    }
    return figures
  }

  /// What all cells of a table speak of; nil where a sheet's subject is not known.
  static func ground(of table: Table) -> Tags? {
    guard let dimension = table.form.instances else { return table.form.states }
    return table.subject.map { table.form.states.overlaid(by: Tags([dimension: $0])) }
  }
}

/// What text and figures become in the next year's draft.
struct Rewording {
  let years: Years

  /// Words with figures or years in them are to be looked at; others hold on.
  func words(_ text: String) -> String {
    text.unicodeScalars.contains { Years.isDigit($0) } ? text + Mark.review.text : text
  }

  /// The name of a row: only a year in it is to be looked at.
  func label(_ text: String) -> String { years.occur(in: text) ? text + Mark.review.text : text }

  /// Long texts are about one year as a whole.
  func longText(_ text: String) -> String { text.isEmpty ? text : text + Mark.review.text }
}
