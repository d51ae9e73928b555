import Diagnostics
import Fiscal
import Forms
import Formulas
import Markdown
import Parsing

/// A unit with all its disclosures, oldest first.
public struct BoundUnit: Sendable {
  public var unit: Unit
  public var waivers: [Waiver]
  public var disclosures: [Disclosure]
  /// What `unit.yaml` says in words that pages print, but for the office's contact.
  public var settingTexts: [PlacedText] = []
}

/// Binds a parsed unit to the forms: tables typed, texts with their formulas worked out.
public func bind(_ parsed: ParsedUnit, to library: FormLibrary, findings: inout [Finding]) -> BoundUnit? {
  var binder = UnitBinder(parsed: parsed, library: library)
  let unit = binder.bind()
  findings += binder.findings
  return unit
}

struct UnitBinder {
  let parsed: ParsedUnit
  let library: FormLibrary
  /// Of every file, in order.
  let allPaths: [String]
  var findings: [Finding] = []
  var used: Set<String> = []
  /// By folder, the names of tables whose file cannot be read: one fault there is not reported again elsewhere.
  var unreadable: [String: Set<String>] = [:]
  /// By file, the form that its name is of, though its header has nothing of it.
  var foreign: [String: Form] = [:]
  /// Folders without a `disclosure.yaml` that can be read.
  var unreadableFolders: Set<String> = []

  init(parsed: ParsedUnit, library: FormLibrary) {
    self.parsed = parsed
    self.library = library
    allPaths =
      (Array(parsed.yaml.keys) + Array(parsed.csv.keys) + Array(parsed.markdown.keys)
      + Array(parsed.others.keys) + Array(parsed.broken))
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
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
    findings += (parsed.marks["unit.yaml"] ?? []).map { $0.finding() }
    var disclosures: [Disclosure] = []
    for (year, kind) in folders() {
      if let disclosure = bindTables(unit: unit, year: year, kind: kind) { disclosures.append(disclosure) }
    }
    let shelves = disclosures.map { shelf(of: $0) }
    for index in disclosures.indices { bindTexts(&disclosures[index], home: index, shelves) }
    let unused = UnusedFiles(folder: parsed.folder, library: library, disclosures: disclosures)
    for path in allPaths where !used.contains(path) && !parsed.broken.contains(path) {
      findings.append(unused.finding(for: path))
    }
    return BoundUnit(
      unit: unit, waivers: waivers, disclosures: disclosures,
      settingTexts: Unit.settingTexts(root))
  }

  /// Years and kinds found, oldest first; folders with other names are findings.
  mutating func folders() -> [(Int, Kind)] {
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
              "“\(parts[1])”不是公开类别",
              hint: "可用的类别：" + library.kinds.map { "\($0.id)（\($0.title)）" }.joined(separator: "、")))
        }
        continue
      }
      if !found.contains(where: { $0.0 == year && $0.1 == kind }) { found.append((year, kind)) }
    }
    let order = library.kinds.map(\.id)
    return found.sorted { left, right in
      left.0 != right.0
        ? left.0 < right.0 : (order.firstIndex(of: left.1.id) ?? 0) < (order.firstIndex(of: right.1.id) ?? 0)
    }
  }

  // MARK: Texts

  /// What formulas may read of a disclosure; its tables stay as they are from here on.
  func shelf(of disclosure: Disclosure) -> Shelf {
    let folder = disclosure.key + "/"
    return Shelf(
      year: disclosure.year, kind: disclosure.kind, tables: disclosure.tables, figures: disclosure.figures,
      unreadable: unreadable[folder] ?? [], isUnreadable: unreadableFolders.contains(folder))
  }

  mutating func bindTexts(_ disclosure: inout Disclosure, home: Int, _ shelves: [Shelf]) {
    var lookup = FigureLookup(
      home: shelves[home], others: shelves.indices.filter { $0 != home }.map { shelves[$0] },
      kinds: library.kinds)
    let readings = Readings()
    lookup.readings = readings
    if unreadableFolders.contains(disclosure.key + "/") { return }
    let folder = "\(disclosure.year)/\(disclosure.kind.id)/"
    if let source = parsed.markdown[folder + "narrative.md"] {
      used.insert(folder + "narrative.md")
      var binder = NarrativeBinder(disclosure: disclosure, lookup: lookup)
      disclosure.narrative = binder.bind(source)
      findings += binder.findings
      for (cell, finding) in binder.disturbed { tell(finding, at: cell) }
    }
    for figure in disclosure.set?.keyFigures ?? [] {
      if let fact = keyFact(figure, lookup, of: disclosure) { disclosure.keyFacts.append(fact) }
    }
    disclosure.brokenRelations = lookup.brokenRelations(of: disclosure.set)
    for (relation, error) in lookup.ambiguousRelations(of: disclosure.set)
    where !isRefused(relation.place) {
      findings.append(
        Finding(
          "relation-ambiguous", .warning, at: disclosure.place,
          "表套的关系“\(relation.equation.text)”没有核对：\(error.message)",
          hint: error.hint ?? "在表套的公式里写明是哪一行、哪一列",
          notes: [.init("表套里的关系", at: relation.place)], subject: disclosure.subject))
    }
    disclosure.attachments = attachments(of: disclosure, in: folder)
    disclosure.reads = readings.keys
  }

  /// Names what cannot be worked out under the finding of the cell that it needs.
  private mutating func tell(_ finding: Finding, at cell: Place) {
    guard let index = findings.lastIndex(where: { $0.id == "not-an-amount" && $0.place == cell }) else {
      return findings.append(finding)
    }
    findings[index].notes.append(Finding.Note("正文要用这一格的数", at: finding.place, id: finding.id))
  }

  /// Whether a formula of a set is told to be wrong in the set itself.
  private func isRefused(_ place: Place) -> Bool {
    library.findings.contains { $0.id == "form-set-syntax" && $0.place == place }
  }

  /// A figure for overview pages; one that this disclosure does not state is left out, since the set only suggests it.
  mutating func keyFact(_ figure: FormSet.KeyFigure, _ lookup: FigureLookup, of disclosure: Disclosure)
    -> KeyFact?
  {
    do throws(FormulaError) {
      let format = try figure.format.map { text throws(FormulaError) in
        try parseFormat(text, at: figure.place)
      }
      return KeyFact(title: figure.title, text: try figure.expression.text(as: format, with: lookup))
    } catch {
      // Where several fit, nobody would miss the one that was meant.
      if error.reason == .severalFigures, !isRefused(figure.place) {
        var subject = disclosure.subject
        subject.row = figure.title
        findings.append(
          Finding(
            "key-figure-ambiguous", .warning, at: disclosure.place,
            "关键数字“\(figure.title)”没有印出：\(error.message)", hint: error.hint ?? "在表套的公式里写明是哪一行、哪一列",
            notes: [.init("表套里的公式", at: figure.place)], subject: subject))
      }
      return nil
    }
  }

  mutating func attachments(of disclosure: Disclosure, in folder: String) -> [Attachment] {
    guard let narrative = disclosure.narrative else { return [] }
    var result: [Attachment] = []
    for link in narrative.document.links
    where !link.destination.contains(":") && !link.destination.hasPrefix("#") {
      let name = percentDecoded(link.destination)
      guard let size = parsed.others[folder + name] else {
        let near = nearest(
          to: name,
          among: parsed.others.keys.filter { $0.hasPrefix(folder) }.map { String($0.dropFirst(folder.count)) }
        )
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
    if byte == 37, rest.count >= 3,
      let value = UInt8(String(decoding: rest.dropFirst().prefix(2), as: UTF8.self), radix: 16)
    {
      bytes.append(value)
      rest = rest.dropFirst(3)
    } else {
      bytes.append(byte)
      rest = rest.dropFirst()
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}
