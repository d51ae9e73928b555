import Diagnostics
import Fiscal
import Parsing
import Synchronization

/// All forms that a site can use: the embedded catalogue, and over it the site's own `content/forms/`.
///
/// Sets are read at once; forms when first asked for, once for each year, since their titles carry the year.
public final class FormLibrary: Sendable {
  public let kinds: [Kind]
  public let sets: [FormSet]
  public let facts: FactModel
  /// Words that checks of wording look for.
  public let wording: Wording
  /// Findings of the site's own files and of the data files.
  public let findings: [Finding]
  /// What is valid in the site's own forms, and yet likely to be an oversight.
  public let hints: [Finding]

  /// Ids of the sets that the site declares itself.
  private let ownSets: Set<String>
  private let fragments: [String: [YAML]]
  private let classificationTexts: [String: String]
  /// By full name; sites' own files replace embedded ones.
  private let sources: FormSources
  private let cache = Mutex(Cache())

  private struct Cache: Sendable {
    var forms: [String: Form?] = [:]
    var classifications: [String: Classification] = [:]
  }

  /// - Parameters:
  ///   - catalogue: Files that stand in for the embedded catalogue, by their path in it.
  ///   - own: The files below the site's `content/forms/`.
  public convenience init(catalogue: [SourceText]? = nil, own: [SourceText]) {
    let embedded = (catalogue ?? Self.embeddedFiles).map {
      SourceText(file: "forms/" + $0.file, text: $0.text)
    }
    self.init(embedded: embedded, own: own)
  }

  /// The embedded catalogue, by path.
  public static var embeddedFiles: [SourceText] {
    embeddedCatalogue.map { SourceText(file: $0.path, text: $0.text) }
  }

  init(embedded: [SourceText], own: [SourceText]) {
    var findings: [Finding] = []
    var parsed: [(source: SourceText, root: YAML, isOwn: Bool)] = []
    var sources: [String: FormSources.Source] = [:]
    var replaced: [String: FormSources.Source] = [:]
    var classificationTexts: [String: String] = [:]

    for (source, isOwn) in embedded.map({ ($0, false) }) + own.map({ ($0, true) }) {
      let path = source.file.split(separator: "/").map(String.init)
      let name = path.last ?? ""
      if name.hasSuffix(".csv"), path.dropLast().last == "classifications" {
        let id = String(name.dropLast(4))
        classificationTexts[id] = (classificationTexts[id].map { $0 + "\n" } ?? "") + source.text
        continue
      }
      guard name.hasSuffix(".yaml") else {
        if isOwn {
          findings.append(
            Finding(
              "unused-file", .warning, at: Place(file: source.file),
              "forms 里只放表样（.yaml）和 classifications/ 里的科目（.csv），这个文件没有用处"))
        }
        continue
      }
      // Forms of the catalogue are parsed when they are used.
      let isData = (Self.dataFiles + ["set.yaml"]).contains(name)
      if !isOwn, !isData, let set = path.dropLast().last {
        sources["\(set)/\(name.dropLast(5))"] = FormSources.Source(text: source, set: set, isOwn: false)
        continue
      }
      if let root = parseYAML(source, findings: &findings) { parsed.append((source, root, isOwn)) }
    }

    var facts = FactModel.empty
    var kinds: [Kind] = []
    var fragments: [String: [YAML]] = [:]
    var wordings: [YAML] = []
    for (source, root, _) in parsed {
      switch source.file.split(separator: "/").last {
      case "facts.yaml": facts = FactModel(root, findings: &findings)
      case "kinds.yaml":
        for kind in Self.readKinds(root, findings: &findings) {
          kinds.removeAll { $0.id == kind.id }
          kinds.append(kind)
        }
      case "wording.yaml": wordings.append(root)
      case "fragments.yaml": fragments.merge(Self.readFragments(root, findings: &findings)) { _, new in new }
      default: break
      }
    }

    var setFiles = FormSetFiles()
    var ownForms: [String] = []
    var ownSets: Set<String> = []
    for (source, root, isOwn) in parsed {
      let path = source.file.split(separator: "/").map(String.init)
      guard let file = path.last, !Self.dataFiles.contains(file) else {
        continue
      }
      guard case .map(let pairs, _) = root else {
        let subject = file == "set.yaml" ? "表套" : "表样"
        findings +=
          MapReader(root, subject, keys: [], id: file == "set.yaml" ? "form-set-syntax" : "form-syntax")
          .findings
        continue
      }
      if pairs.contains(where: { $0.key.text == "forms" }) || file == "set.yaml" {
        setFiles.add(root, isOwn: isOwn, &findings)
        if isOwn, let id = root["id"]?.scalar?.text { ownSets.insert(id) }
      } else if isOwn {
        let id = pairs.first { $0.key.text == "id" }?.value.scalar?.text ?? String(file.dropLast(5))
        let stated = pairs.first { $0.key.text == "set" }?.value.scalar?.text
        let folder = path.count > 1 && path[path.count - 2] != "forms" ? path[path.count - 2] : nil
        let set = stated ?? folder
        let fullName = set.map { "\($0)/\(id)" } ?? id
        if ownForms.contains(fullName) {
          findings.append(
            Finding(
              "form-duplicate-id", at: Place(file: source.file, line: 1, column: 1),
              "表样“\(fullName)”在另一个文件里已经有了", hint: "改其中一个的 id，或删去一个文件"))
        }
        if let shipped = sources[fullName], !shipped.isOwn { replaced[fullName] = shipped }
        sources[fullName] = FormSources.Source(text: source, set: set, isOwn: true, root: root)
        ownForms.append(fullName)
      }
    }
    let files = FormSources(current: sources, replaced: replaced, fragments: fragments)
    let sets = setFiles.sets(facts: facts, forms: Set(sources.keys), findings: &findings)

    self.kinds = kinds
    self.facts = facts
    wording = Wording.read(wordings, findings: &findings)
    self.ownSets = ownSets
    self.fragments = fragments
    self.classificationTexts = classificationTexts
    self.sources = files
    self.sets = sets.sorted { $0.id < $1.id }
    for set in sets {
      if !set.kind.isEmpty, !kinds.contains(where: { $0.id == set.kind }) {
        findings.append(
          Finding(
            "form-set-syntax", at: set.place, "没有“\(set.kind)”这个公开类别",
            hint: "已有：" + kinds.map(\.id).joined(separator: "、")))
      }
      for entry in set.entries where files[entry.form] == nil {
        findings.append(
          Finding(
            "form-set-syntax", at: entry.place, "没有表样“\(entry.form)”",
            hint: nearest(to: entry.form, among: files.names).map { "是否想写 \($0)？" } ?? "写本套里表样的 id，或写全 表套/表样")
        )
      }
    }
    // A site's own forms are checked even where nothing uses them yet; what several inherit is said once.
    var said: Set<String> = []
    var hints: [Finding] = []
    var ownRead: [String: Form] = [:]
    for name in ownForms {
      let (form, problems) = Self.read(name, year: 2000, files, facts, fragments)
      if problems.isEmpty, let form {
        ownRead[name] = form
        if let root = sources[name]?.root { hints += FormHints(form, root: root).findings }
      }
      for problem in problems where said.insert("\(problem.place) \(problem.id) \(problem.message)").inserted
      {
        findings.append(problem)
      }
    }
    self.findings = findings
    self.hints =
      hints
      + FormHints.sharedNames(in: sets, own: ownRead) {
        Self.read($0, year: 2000, files, facts, fragments).form
      }
  }

  public func set(_ id: String) -> FormSet? { sets.first { $0.id == id } }
  public func kind(_ id: String) -> Kind? { kinds.first { $0.id == id } }

  /// The sets valid for a kind, region and year, the most local first; of those equally near, the site's own.
  public func sets(kind: String, region: [String], year: Int) -> [FormSet] {
    sets.filter { $0.covers(kind: kind, region: region, year: year) }
      .sorted { isNearer($0, $1) || !isNearer($1, $0) && $0.id < $1.id }
  }

  /// Whether a set is nearer to a unit than another that fits it, too.
  public func isNearer(_ first: FormSet, _ second: FormSet) -> Bool {
    let (own, other) = (ownSets.contains(first.id), ownSets.contains(second.id))
    return first.region.count > second.region.count
      || first.region.count == second.region.count && own && !other
  }

  /// All forms' full names, in order.
  public var formNames: [String] { sources.names }

  /// Free-standing forms: those of the site that belong to no set.
  public var standaloneNames: [String] { sources.standaloneNames }

  /// A form by its full name, for one year; nil where there is none or it cannot be read.
  public func form(_ fullName: String, year: Int) -> Form? {
    load(fullName, year: year).form
  }

  /// A form with the findings of its file, as a catalogue's author wants them.
  public func load(_ fullName: String, year: Int) -> (form: Form?, findings: [Finding]) {
    let key = "\(fullName)@\(year)"
    if let known = cache.withLock({ $0.forms[key] }) { return (known, []) }
    guard sources[fullName] != nil else { return (nil, []) }
    let (form, findings) = Self.read(fullName, year: year, sources, facts, fragments)
    let usable = findings.blocking.isEmpty ? form : nil
    cache.withLock { $0.forms[key] = .some(usable) }
    return (usable, findings)
  }

  private static func read(
    _ name: String, year: Int, _ sources: FormSources, _ facts: FactModel, _ fragments: [String: [YAML]]
  ) -> (form: Form?, findings: [Finding]) {
    let (resolved, problems) = sources.form(name)
    guard let resolved, let source = sources[name] else { return (nil, problems) }
    var reader = FormReader(facts: facts, fragments: fragments, year: year)
    let form = reader.read(resolved.root, set: source.set)
    guard let extends = resolved.extends else {
      return (form, problems + reader.findings)
    }
    // After a mistake in `add` or `drop` what is inherited may lack something: the mistake itself is enough.
    let own = reader.findings.filter { problems.isEmpty || $0.place.file == extends.file }
    let told = own.map { finding in
      var finding = finding
      if finding.place.file != extends.file { finding.notes.append(.init("由这里的 extends 继承", at: extends)) }
      return finding
    }
    return (form, problems + told)
  }

  /// A classification (function, economic …), as it stood in a year.
  public func classification(_ id: String) -> Classification {
    if let known = cache.withLock({ $0.classifications[id] }) { return known }
    let entries = (classificationTexts[id] ?? "").split(separator: "\n").compactMap {
      line -> (String, String)? in
      let parts = line.split(separator: ",", maxSplits: 2).map(String.init)
      guard parts.count >= 2, parts[0].utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
      return (parts[0], parts[1].trimmingBlanks)
    }
    let classification = Classification(entries)
    cache.withLock { $0.classifications[id] = classification }
    return classification
  }

  /// Files that hold no form.
  static let dataFiles = ["facts.yaml", "kinds.yaml", "fragments.yaml", "wording.yaml"]

  static let kindKeys = ["id", "title", "other-names", "foreign-words"]

  private static func readKinds(_ root: YAML, findings: inout [Finding]) -> [Kind] {
    var reader = MapReader(root, "公开类别", keys: ["kinds"], id: "form-set-syntax")
    var kinds: [Kind] = []
    for item in reader.list("kinds") {
      var entry = MapReader(item, "公开类别", keys: kindKeys, id: "form-set-syntax")
      if let id = entry.text("id", required: true), let title = entry.text("title", required: true) {
        kinds.append(
          Kind(
            id: id, title: title, otherNames: entry.texts("other-names"),
            foreignWords: Wording.words(&entry, "foreign-words", &findings)))
      }
      findings += entry.findings
    }
    findings += reader.findings
    return kinds
  }

  private static func readFragments(_ root: YAML, findings: inout [Finding]) -> [String: [YAML]] {
    var reader = MapReader(root, "片段文件", keys: ["fragments"], id: "form-syntax")
    var result: [String: [YAML]] = [:]
    for (name, value) in reader.pairs("fragments") {
      if case .list(let items, _) = value {
        result[name.text] = items
      } else {
        reader.report(value.place, "片段“\(name.text)”应当是列表，这里是\(value.chinese)")
      }
    }
    findings += reader.findings
    return result
  }
}
