import Diagnostics
import Fiscal
import Forms
import Formulas
import Markdown
import Parsing

/// Finds the files of each form and binds them.
extension UnitBinder {
  mutating func bindTables(unit: Unit, year: Int, kind: Kind) -> Disclosure? {
    let folder = "\(year)/\(kind.id)/"
    let shown = parsed.folder + "/" + folder
    used.insert(folder + "disclosure.yaml")
    guard let root = parsed.yaml[folder + "disclosure.yaml"] else {
      if !parsed.broken.contains(folder + "disclosure.yaml") {
        findings.append(
          Finding(
            "disclosure-settings", at: Place(file: String(shown.dropLast())), "缺少 disclosure.yaml",
            hint: "新建 disclosure.yaml，写 title、published、form-set"))
      }
      for path in allPaths where path.hasPrefix(folder) { used.insert(path) }
      unreadableFolders.insert(folder)
      return Disclosure(unreadableOf: unit, year: year, kind: kind, folder: String(shown.dropLast()))
    }
    guard case .map = root else {
      findings.append(
        Finding(
          "disclosure-settings", at: root.place, "disclosure.yaml 应当是“键: 值”的映射，这里是\(root.chinese)",
          hint: "写 title、published、form-set 等各行"))
      for path in allPaths where path.hasPrefix(folder) { used.insert(path) }
      unreadableFolders.insert(folder)
      return Disclosure(unreadableOf: unit, year: year, kind: kind, folder: String(shown.dropLast()))
    }
    var reader = DisclosureReader(unit: unit, year: year, kind: kind, library: library)
    var disclosure = reader.read(root, folder: String(shown.dropLast()))
    findings += reader.findings
    let context = BindingContext(library: library, projects: disclosure.projects, subject: disclosure.subject)
    disclosure.classifications = library.classifications(year: year)
    disclosure.tables = tables(of: disclosure, in: folder, context: context)
    disclosure.unreadable = unreadable[folder] ?? []
    disclosure.marks = parsed.marks.filter { $0.key.hasPrefix(folder) }.values.flatMap { $0 }.sorted {
      $0.place < $1.place
    }
    if parsed.broken.contains(folder + "narrative.md") { disclosure.unreadable.insert("narrative.md") }
    attach(reader.notes, to: &disclosure)
    return disclosure
  }

  mutating func tables(of disclosure: Disclosure, in folder: String, context: BindingContext)
    -> [Table]
  {
    guard let set = disclosure.set else {
      for path in allPaths where path.hasPrefix(folder) { used.insert(path) }
      return []
    }
    var tables: [Table] = []
    let files = tableFiles(in: folder)
    var lacksForm = false
    for entry in set.entries {
      guard let form = library.form(entry.form, year: disclosure.year) else {
        lacksForm = true
        continue
      }
      let mine = inOrder(files.filter { $0.fits(form) }, of: form, context)
      if brokenFiles(in: folder).contains(where: { $0.fits(form) }) {
        markUnreadable(form, in: folder)
      } else if mine.isEmpty, entry.isRequired {
        var subject = disclosure.subject
        subject.table = form.name
        findings.append(
          Finding(
            "required-table-missing", at: Place(file: String((parsed.folder + "/" + folder).dropLast())),
            "缺少\(entry.number.map { $0 + " " } ?? "")“\(form.name)”",
            hint: missingTableHint(form, strays: strays(among: files, of: disclosure)),
            subject: subject))
      }
      for file in mine {
        used.insert(file.path)
        if let table = bind(file, to: form, entry: entry, context: context) {
          tables.append(table)
        } else if foreign[file.path] != nil {
          used.remove(file.path)
        } else {
          markUnreadable(form, in: folder)
        }
      }
      checkDuplicates(mine.filter { foreign[$0.path] == nil }, of: form)
    }
    for name in library.standaloneNames {
      guard let form = library.form(name, year: disclosure.year) else {
        lacksForm = true
        continue
      }
      let mine = files.filter { $0.fits(form) && !used.contains($0.path) }
      for file in inOrder(mine, of: form, context) {
        used.insert(file.path)
        if let table = bind(file, to: form, entry: nil, context: context) {
          tables.append(table)
        } else {
          markUnreadable(form, in: folder)
        }
      }
      if brokenFiles(in: folder).contains(where: { $0.fits(form) }) { markUnreadable(form, in: folder) }
    }
    // What belongs to a form with mistakes of its own has no other fault.
    if lacksForm {
      for file in files where !used.contains(file.path) {
        used.insert(file.path)
        unreadable[folder, default: []].insert(normalizedName(file.name))
      }
    }
    return tables + unknownTables(of: disclosure, in: folder, beside: tables)
  }

  /// Sheets of projects in the order of the disclosure's list; what it does not name follows, by file name.
  func inOrder(_ files: [TableFile], of form: Form, _ context: BindingContext) -> [TableFile] {
    guard form.instances == "project", files.count > 1 else { return files }
    let ids = context.projects.map(\.id)
    let ranked = files.enumerated().map { offset, file in
      let project = file.instance.flatMap { context.project(named: $0) }
      return (rank: project.flatMap { ids.firstIndex(of: $0) } ?? ids.count, offset: offset, file: file)
    }
    return ranked.sorted { ($0.rank, $0.offset) < ($1.rank, $1.offset) }.map(\.file)
  }

  mutating func markUnreadable(_ form: Form, in folder: String) {
    unreadable[folder, default: []].formUnion(form.names.map { normalizedName($0) })
  }

  func missingTableHint(_ form: Form, strays: [TableFile]) -> String {
    if let near = strays.first(where: { $0.isSheet == form.isSheet && similar($0, to: form) }) {
      let ending = form.isSheet ? ".yaml" : ".csv"
      let file = near.path.split(separator: "/").last ?? ""
      return "“\(file)”若就是这张表，改名为 \(form.isSheet ? form.id : form.name)\(ending)"
    }
    return form.isSheet
      ? "新建 \(form.id)\(form.instances.map { ".\(library.facts.dimension($0)?.title ?? $0)名" } ?? "").yaml"
      : "新建 \(form.name).csv；没有数据的表也要公开，保留表头一行即可"
  }

  struct TableFile {
    var path: String
    /// File name without its ending, split at the first dot: form, and the name that tells apart.
    let name: String
    /// The name as it is compared.
    let key: String
    var instance: String?
    var isSheet: Bool

    init(path: String, name: String, instance: String?, isSheet: Bool) {
      self.path = path
      self.name = name
      key = normalizedName(name)
      self.instance = instance
      self.isSheet = isSheet
    }

    func fits(_ form: Form) -> Bool {
      isSheet == form.isSheet && (form.instances != nil || instance == nil)
        && form.names.contains { $0 == name || normalizedName($0) == key }
    }
  }

  func tableFiles(in folder: String) -> [TableFile] {
    tableFiles(in: folder, among: allPaths.filter { !parsed.broken.contains($0) })
  }

  func brokenFiles(in folder: String) -> [TableFile] {
    parsed.broken.isEmpty ? [] : tableFiles(in: folder, among: parsed.broken.sorted())
  }

  func tableFiles(in folder: String, among paths: [String]) -> [TableFile] {
    paths.compactMap { path in
      guard path.hasPrefix(folder) else { return nil }
      let file = path.dropFirst(folder.count)
      guard !file.contains("/"), file != "disclosure.yaml" else { return nil }
      let isSheet = file.hasSuffix(".yaml")
      guard isSheet || file.hasSuffix(".csv") else { return nil }
      let stem = file.dropLast(isSheet ? 5 : 4)
      let parts = stem.split(separator: ".", maxSplits: 1).map(String.init)
      return TableFile(
        path: path, name: parts.first ?? "", instance: parts.count > 1 ? parts[1] : nil, isSheet: isSheet)
    }
  }

  mutating func checkDuplicates(_ files: [TableFile], of form: Form) {
    var seen: Set<String> = []
    for file in files where !seen.insert(file.instance ?? "").inserted {
      findings.append(
        Finding(
          "table-file-twice", at: Place(file: parsed.folder + "/" + file.path), "“\(form.name)”已经有另一个文件",
          hint: "只留一个文件"))
    }
  }

  mutating func bind(_ file: TableFile, to form: Form, entry: FormSet.Entry?, context: BindingContext)
    -> Table?
  {
    let shown = parsed.folder + "/" + file.path
    var table = Table(
      form: form, instance: file.instance, number: entry?.number, blocks: [],
      notes: form.notes.map { Table.Note(text: $0, place: form.place) }, file: shown,
      subject: file.instance.flatMap { subject(named: $0, of: form, context) })
    if form.isSheet {
      guard let root = parsed.yaml[file.path] else { return nil }
      var binder = SheetBinder(context: context, form: form, table: table.name)
      let blocks = binder.bind(root)
      findings += binder.findings
      if binder.isIncomplete {
        markUnreadable(form, in: String(file.path.prefix { $0 != "/" }) + "/\(context.subject.kind ?? "")/")
      }
      guard let blocks else { return nil }
      table.blocks = blocks
      table.textPlaces = binder.textPlaces
    } else {
      guard let csv = parsed.csv[file.path], let grid = form.grids.first else { return nil }
      var binder = TableBinder(context: context, table: table.name)
      let filled = binder.bind(csv, to: grid)
      guard let filled else {
        if binder.isForeign(csv, to: form, grid) {
          tellForeign(file, csv, form, isRequired: entry?.isRequired ?? true, context)
        } else {
          findings += binder.findings
        }
        return nil
      }
      findings += binder.findings
      table.blocks = [.grid(filled)]
    }
    return table
  }

  /// What a sheet's facts speak of, by the name in its file's name; what the dimension does not know says nothing.
  func subject(named name: String, of form: Form, _ context: BindingContext) -> String? {
    switch form.instances {
    case nil: nil
    case "project": context.project(named: name)
    case "unit": normalizedName(name)
    case let dimension?: library.facts.dimension(dimension)?.accepts(name) == true ? name : nil
    }
  }

  mutating func attach(
    _ notes: [(name: YAMLScalar, notes: [Table.Note])], to disclosure: inout Disclosure
  ) {
    for (name, lines) in notes {
      let wanted = normalizedName(name.text)
      let found = disclosure.tables.indices.filter { index in
        let table = disclosure.tables[index]
        return normalizedName(table.name) == wanted
          || table.form.names.contains { normalizedName($0) == wanted }
      }
      if found.isEmpty, !disclosure.unreadable.contains(wanted) {
        findings.append(
          Finding(
            "disclosure-settings", at: name.place, "没有“\(name.text)”这张表",
            hint: "本文档的表：" + disclosure.tables.map(\.name).joined(separator: "、"), subject: disclosure.subject
          ))
      }
      for index in found { disclosure.tables[index].notes += lines }
    }
  }
}
