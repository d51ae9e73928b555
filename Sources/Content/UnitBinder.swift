import Diagnostics
import Fiscal
import Formulas
import Forms
import Markdown
import Parsing

/// The files of one unit, as they were read.
public struct UnitFiles: Sendable {
  public struct File: Sendable {
    /// Path below the unit's folder: `2022/budget/收支总表.csv`.
    public var path: String
    public var bytes: [UInt8]
    /// For pictures and attachments, which are not read: their size.
    public var size: Int

    public init(path: String, bytes: [UInt8], size: Int) {
      self.path = path
      self.bytes = bytes
      self.size = size
    }
  }

  public var slug: String
  /// The unit's folder, as findings print it: `content/jyj`.
  public var folder: String
  public var files: [File]
  /// What could not be read, by its path; findings tell why.
  public var unreadable: Set<String>

  public init(slug: String, folder: String, files: [File], unreadable: Set<String> = []) {
    self.slug = slug
    self.folder = folder
    self.files = files
    self.unreadable = unreadable
  }
}

/// The files of one unit, parsed: raw tables with their places.
public struct ParsedUnit: Sendable {
  var slug: String
  var folder: String
  var yaml: [String: YAML] = [:]
  var csv: [String: CSVTable] = [:]
  var markdown: [String: SourceText] = [:]
  /// Files that are neither: pictures and attachments, by path.
  var others: [String: Int] = [:]
  /// Files that could not be parsed.
  var broken: Set<String> = []
}

/// A unit with all its disclosures, oldest first.
public struct BoundUnit: Sendable {
  public var unit: Unit
  public var waivers: [Waiver]
  public var disclosures: [Disclosure]
}

/// Parses the files of a unit by their endings.
public func parse(_ files: UnitFiles, findings: inout [Finding]) -> ParsedUnit {
  var parsed = ParsedUnit(slug: files.slug, folder: files.folder, broken: files.unreadable)
  for file in files.files {
    let shown = files.folder + "/" + file.path
    let isText = [".yaml", ".csv", ".md"].contains { file.path.hasSuffix($0) }
    guard isText else {
      parsed.others[file.path] = file.size
      continue
    }
    guard let source = SourceText.decode(file.bytes, file: shown, findings: &findings) else {
      parsed.broken.insert(file.path)
      continue
    }
    if file.path.hasSuffix(".yaml") {
      if let root = parseYAML(source, findings: &findings) { parsed.yaml[file.path] = root } else { parsed.broken.insert(file.path) }
    } else if file.path.hasSuffix(".csv") {
      if let table = parseCSV(source, findings: &findings) { parsed.csv[file.path] = table } else { parsed.broken.insert(file.path) }
    } else {
      parsed.markdown[file.path] = source
    }
  }
  return parsed
}

/// Binds a parsed unit to the forms: tables typed, texts with their formulas worked out.
public func bind(_ parsed: ParsedUnit, to library: FormLibrary, findings: inout [Finding]) -> BoundUnit? {
  var binder = UnitBinder(parsed: parsed, library: library)
  let unit = binder.bind()
  findings += binder.findings
  return unit
}

private struct UnitBinder {
  let parsed: ParsedUnit
  let library: FormLibrary
  var findings: [Finding] = []
  private var used: Set<String> = []
  /// By folder, the names of tables whose file cannot be read: one fault there is not reported again elsewhere.
  private var unreadable: [String: Set<String>] = [:]
  /// Folders without a `disclosure.yaml` that can be read.
  private var unreadableFolders: Set<String> = []

  init(parsed: ParsedUnit, library: FormLibrary) {
    self.parsed = parsed
    self.library = library
  }

  mutating func bind() -> BoundUnit? {
    used.insert("unit.yaml")
    guard let root = parsed.yaml["unit.yaml"] else {
      // The empty path is the folder itself.
      if parsed.broken.isDisjoint(with: ["unit.yaml", ""]) {
        findings.append(
          Finding(
            "unit-settings", at: Place(file: parsed.folder), "单位文件夹“\(parsed.slug)”里没有 unit.yaml",
            hint: "新建 unit.yaml，至少写 name: 单位全称"))
      }
      return nil
    }
    guard let (unit, waivers) = Unit.read(root, slug: parsed.slug, findings: &findings) else { return nil }
    var disclosures: [Disclosure] = []
    for (year, kind) in folders() {
      if let disclosure = bindTables(unit: unit, year: year, kind: kind) { disclosures.append(disclosure) }
    }
    for index in disclosures.indices { bindTexts(&disclosures, index) }
    let unused = UnusedFiles(folder: parsed.folder, library: library, disclosures: disclosures)
    for path in allPaths where !used.contains(path) && !parsed.broken.contains(path) { findings.append(unused.finding(for: path)) }
    return BoundUnit(unit: unit, waivers: waivers, disclosures: disclosures)
  }

  private var allPaths: [String] {
    (Array(parsed.yaml.keys) + Array(parsed.csv.keys) + Array(parsed.markdown.keys) + Array(parsed.others.keys) + Array(parsed.broken))
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Years and kinds found, oldest first; folders with other names are findings.
  private mutating func folders() -> [(Int, Kind)] {
    var found: [(Int, Kind)] = []
    var reported: Set<String> = []
    for path in allPaths {
      let parts = path.split(separator: "/").map(String.init)
      guard parts.count > 1 else { continue }
      guard let year = Int(parts[0]), (1990...2100).contains(year), String(year) == parts[0] else {
        used.insert(path)
        if reported.insert(parts[0]).inserted {
          findings.append(
            Finding(
              "unknown-folder", at: Place(file: parsed.folder + "/" + parts[0]), "文件夹“\(parts[0])”不是年度",
              hint: "单位文件夹下是年度（如 2022），年度下是公开类别（如 budget）"))
        }
        continue
      }
      guard parts.count > 2 else { continue }
      guard let kind = library.kind(parts[1]) else {
        used.insert(path)
        if reported.insert(parts[0] + "/" + parts[1]).inserted {
          findings.append(
            Finding(
              "unknown-folder", at: Place(file: parsed.folder + "/" + parts[0] + "/" + parts[1]),
              "“\(parts[1])”不是公开类别", hint: "可用的类别：" + library.kinds.map { "\($0.id)（\($0.title)）" }.joined(separator: "、")))
        }
        continue
      }
      if !found.contains(where: { $0.0 == year && $0.1 == kind }) { found.append((year, kind)) }
    }
    let order = library.kinds.map(\.id)
    return found.sorted { left, right in
      left.0 != right.0 ? left.0 < right.0 : (order.firstIndex(of: left.1.id) ?? 0) < (order.firstIndex(of: right.1.id) ?? 0)
    }
  }

  // MARK: Tables

  private mutating func bindTables(unit: Unit, year: Int, kind: Kind) -> Disclosure? {
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
          "disclosure-settings", at: root.place, "disclosure.yaml 应当是“键: 值”的映射，这里是\(root.chinese)", hint: "写 title、published、form-set 等各行"))
      for path in allPaths where path.hasPrefix(folder) { used.insert(path) }
      unreadableFolders.insert(folder)
      return Disclosure(unreadableOf: unit, year: year, kind: kind, folder: String(shown.dropLast()))
    }
    var reader = DisclosureReader(unit: unit, year: year, kind: kind, library: library)
    var disclosure = reader.read(root, folder: String(shown.dropLast()))
    findings += reader.findings
    let context = BindingContext(library: library, projects: disclosure.projects, subject: disclosure.subject)
    disclosure.tables = tables(of: disclosure, in: folder, context: context)
    disclosure.unreadable = unreadable[folder] ?? []
    if parsed.broken.contains(folder + "narrative.md") { disclosure.unreadable.insert("narrative.md") }
    attach(reader.notes, to: &disclosure)
    return disclosure
  }

  private mutating func tables(of disclosure: Disclosure, in folder: String, context: BindingContext) -> [Table] {
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
      let mine = files.filter { $0.fits(form) }
      if brokenFiles(in: folder).contains(where: { $0.fits(form) }) {
        markUnreadable(form, in: folder)
      } else if mine.isEmpty, entry.isRequired {
        var subject = disclosure.subject
        subject.table = form.name
        findings.append(
          Finding(
            "required-table-missing", at: Place(file: String((parsed.folder + "/" + folder).dropLast())),
            "缺少\(entry.number.map { $0 + " " } ?? "")“\(form.name)”", hint: missingTableHint(form), subject: subject))
      }
      for file in mine {
        used.insert(file.path)
        if let table = bind(file, to: form, entry: entry, context: context) {
          tables.append(table)
        } else {
          markUnreadable(form, in: folder)
        }
      }
      checkDuplicates(mine, of: form)
    }
    for name in library.standaloneNames {
      guard let form = library.form(name, year: disclosure.year) else { continue }
      for file in files where file.fits(form) && !used.contains(file.path) {
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
    return tables
  }

  private mutating func markUnreadable(_ form: Form, in folder: String) {
    unreadable[folder, default: []].formUnion(form.names.map { normalizedName($0) })
  }

  private func missingTableHint(_ form: Form) -> String {
    form.isSheet
      ? "新建 \(form.id)\(form.instances.map { ".\(library.facts.dimension($0)?.title ?? $0)名" } ?? "").yaml" : "新建 \(form.name).csv；没有数据的表也要公开，保留表头一行即可"
  }

  private struct TableFile {
    var path: String
    /// File name without its ending, split at the first dot: form, and the name that tells apart.
    var name: String
    var instance: String?
    var isSheet: Bool

    func fits(_ form: Form) -> Bool {
      let wanted = normalizedName(name)
      return isSheet == form.isSheet && form.names.contains { $0 == name || normalizedName($0) == wanted }
        && (form.instances != nil || instance == nil)
    }
  }

  private func tableFiles(in folder: String) -> [TableFile] {
    tableFiles(in: folder, among: allPaths.filter { !parsed.broken.contains($0) })
  }

  private func brokenFiles(in folder: String) -> [TableFile] {
    parsed.broken.isEmpty ? [] : tableFiles(in: folder, among: parsed.broken.sorted())
  }

  private func tableFiles(in folder: String, among paths: [String]) -> [TableFile] {
    paths.compactMap { path in
      guard path.hasPrefix(folder) else { return nil }
      let file = path.dropFirst(folder.count)
      guard !file.contains("/"), file != "disclosure.yaml" else { return nil }
      let isSheet = file.hasSuffix(".yaml")
      guard isSheet || file.hasSuffix(".csv") else { return nil }
      let stem = file.dropLast(isSheet ? 5 : 4)
      let parts = stem.split(separator: ".", maxSplits: 1).map(String.init)
      return TableFile(path: path, name: parts.first ?? "", instance: parts.count > 1 ? parts[1] : nil, isSheet: isSheet)
    }
  }

  private mutating func checkDuplicates(_ files: [TableFile], of form: Form) {
    var seen: Set<String> = []
    for file in files where !seen.insert(file.instance ?? "").inserted {
      findings.append(
        Finding(
          "table-file-twice", at: Place(file: parsed.folder + "/" + file.path), "“\(form.name)”已经有另一个文件", hint: "只留一个文件"))
    }
  }

  private mutating func bind(_ file: TableFile, to form: Form, entry: FormSet.Entry?, context: BindingContext) -> Table? {
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
      if binder.isIncomplete { markUnreadable(form, in: String(file.path.prefix { $0 != "/" }) + "/\(context.subject.kind ?? "")/") }
      guard let blocks else { return nil }
      table.blocks = blocks
    } else {
      guard let csv = parsed.csv[file.path], let grid = form.grids.first else { return nil }
      var binder = TableBinder(context: context, table: table.name)
      let filled = binder.bind(csv, to: grid)
      findings += binder.findings
      guard let filled else { return nil }
      table.blocks = [.grid(filled)]
    }
    return table
  }

  /// What a sheet's facts speak of, by the name in its file's name; what the dimension does not know says nothing.
  private func subject(named name: String, of form: Form, _ context: BindingContext) -> String? {
    switch form.instances {
    case nil: nil
    case "project": context.project(named: name)
    case "unit": normalizedName(name)
    case let dimension?: library.facts.dimension(dimension)?.accepts(name) == true ? name : nil
    }
  }

  private mutating func attach(_ notes: [(name: YAMLScalar, notes: [Table.Note])], to disclosure: inout Disclosure) {
    for (name, lines) in notes {
      let wanted = normalizedName(name.text)
      let found = disclosure.tables.indices.filter { index in
        let table = disclosure.tables[index]
        return normalizedName(table.name) == wanted || table.form.names.contains { normalizedName($0) == wanted }
      }
      if found.isEmpty, !disclosure.unreadable.contains(wanted) {
        findings.append(
          Finding(
            "disclosure-settings", at: name.place, "没有“\(name.text)”这张表",
            hint: "本文档的表：" + disclosure.tables.map(\.name).joined(separator: "、"), subject: disclosure.subject))
      }
      for index in found { disclosure.tables[index].notes += lines }
    }
  }

  // MARK: Texts

  private mutating func bindTexts(_ disclosures: inout [Disclosure], _ index: Int) {
    let shelves = disclosures.map {
      FigureLookup.Shelf(
        year: $0.year, kind: $0.kind, tables: $0.tables, figures: $0.figures,
        unreadable: unreadable["\($0.key)/"] ?? [], isUnreadable: unreadableFolders.contains("\($0.key)/"))
    }
    let lookup = FigureLookup(
      home: shelves[index], others: shelves.indices.filter { $0 != index }.map { shelves[$0] }, kinds: library.kinds)
    var disclosure = disclosures[index]
    if unreadableFolders.contains(disclosure.key + "/") { return }
    let folder = "\(disclosure.year)/\(disclosure.kind.id)/"
    if let source = parsed.markdown[folder + "narrative.md"] {
      used.insert(folder + "narrative.md")
      var binder = NarrativeBinder(disclosure: disclosure, lookup: lookup)
      disclosure.narrative = binder.bind(source)
      findings += binder.findings
    }
    for figure in disclosure.set?.keyFigures ?? [] {
      if let fact = keyFact(figure, lookup) { disclosure.keyFacts.append(fact) }
    }
    disclosure.attachments = attachments(of: disclosure, in: folder)
    disclosures[index] = disclosure
  }

  /// A figure for overview pages; one that this disclosure does not state is left out, since the set only suggests it.
  private func keyFact(_ figure: FormSet.KeyFigure, _ lookup: FigureLookup) -> KeyFact? {
    do throws(FormulaError) {
      let format = try figure.format.map { text throws(FormulaError) in try parseFormat(text, at: figure.place) }
      return KeyFact(title: figure.title, text: try figure.expression.text(as: format, with: lookup))
    } catch {
      return nil
    }
  }

  private mutating func attachments(of disclosure: Disclosure, in folder: String) -> [Attachment] {
    guard let narrative = disclosure.narrative else { return [] }
    var result: [Attachment] = []
    for link in narrative.document.links where !link.destination.contains(":") && !link.destination.hasPrefix("#") {
      let name = percentDecoded(link.destination)
      guard let size = parsed.others[folder + name] else {
        let near = nearest(to: name, among: parsed.others.keys.filter { $0.hasPrefix(folder) }.map { String($0.dropFirst(folder.count)) })
        findings.append(
          Finding(
            "attachment-missing", at: link.place, "正文链接的文件“\(name)”不在本文件夹里",
            hint: near.map { "是否想写“\($0)”？" } ?? "把文件放到 narrative.md 旁边，或改正链接", subject: disclosure.subject))
        continue
      }
      used.insert(folder + name)
      if !result.contains(where: { $0.name == name }) {
        result.append(Attachment(name: name, size: size, path: parsed.folder + "/" + folder + name))
      }
    }
    return result
  }
}

/// A link's destination as a file name.
func percentDecoded(_ text: String) -> String {
  var bytes: [UInt8] = []
  var rest = Array(text.utf8)[...]
  while let byte = rest.first {
    if byte == 37, rest.count >= 3, let value = UInt8(String(decoding: rest.dropFirst().prefix(2), as: UTF8.self), radix: 16) {
      bytes.append(value)
      rest = rest.dropFirst(3)
    } else {
      bytes.append(byte)
      rest = rest.dropFirst()
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}
