import Diagnostics
import Fiscal
import Parsing
import Synchronization

/// All forms that a site can use: the embedded catalogue, and over it the site's own `content/forms/`.
///
/// A site's own sets and forms are read at once, so that their mistakes are told. Those of the embedded catalogue are
/// read when first asked for; forms once for each year, since their titles carry the year.
public final class FormLibrary: Sendable {
  public let kinds: [Kind]
  public let facts: FactModel
  /// Words that checks of wording look for.
  public let wording: Wording
  /// Findings of the site's own files and of the data files.
  public let findings: [Finding]
  /// What is valid in the site's own forms, and yet likely to be an oversight.
  public let hints: [Finding]

  /// Ids of the sets that the site declares itself.
  let ownSets: Set<String>
  let setFiles: FormSetFiles
  /// Enough of every set to choose it, in the order of their ids.
  let heads: [FormSetHead]
  private let fragments: [String: [YAML]]
  /// The files of each classification: the catalogue's and, over them, what the site's own files add.
  let classificationFiles: [String: SourceText]
  let ownCodes: [String: [Classification.Entry]]
  /// By full name; sites' own files replace embedded ones.
  let sources: FormSources
  let cache = Mutex(Cache())

  struct Cache: Sendable {
    var forms: [String: Form?] = [:]
    var entries: [String: [Classification.Entry]] = [:]
    var sets: [String: FormSet] = [:]
    var classifications: [String: Classification] = [:]
  }

  /// - Parameters:
  ///   - catalogue: Files that stand in for the embedded catalogue, by their path in it.
  ///   - own: The files below the site's `content/forms/`.
  public convenience init(catalogue: [SourceText]? = nil, own: [SourceText]) {
    let embedded = (catalogue ?? Self.embeddedFiles).map {
      SourceText(file: "forms/" + $0.file, text: $0.text)
    }
    self.init(embedded: embedded, own: own, heads: catalogue == nil ? embeddedCatalogueHeads : [:])
  }

  /// The embedded catalogue, by path.
  public static var embeddedFiles: [SourceText] {
    embeddedCatalogue.map { SourceText(file: $0.path, text: $0.text) }
  }

  /// - Parameter heads: Of set files that need not be parsed yet, by path: their keys that take one line each.
  init(embedded: [SourceText], own: [SourceText], heads: [String: [String: String]]) {
    var findings: [Finding] = []
    let files = LibraryFiles(embedded: embedded, own: own, heads: heads, findings: &findings)
    let parsed = files.parsed
    var (sources, setFiles, unreadable) = (files.sources, files.setFiles, files.unreadable)
    var replaced: [String: FormSources.Source] = [:]

    var facts = FactModel.empty
    var kinds: [Kind] = []
    var fragments: [String: [YAML]] = [:]
    var wordings: [YAML] = []
    for (source, root, _) in parsed {
      switch source.file.split(separator: "/").last {
      case "facts.yaml":
        let count = findings.count
        let read = FactModel(root, findings: &findings)
        if read.dimensions.isEmpty, !facts.dimensions.isEmpty {
          // Everything that forms say would be unknown: the reason is enough.
          if findings.count == count {
            findings.append(
              Finding(
                "facts-syntax", at: root["dimensions"]?.place ?? root.place, "facts.yaml 里没有事实维度，表样里的标签都没有着落",
                hint: "自己的 facts.yaml 整个取代自带的，要写全 dimensions；不改事实维度的，删去这个文件"))
          }
        } else {
          facts = read
        }
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

    for (id, file) in files.ownCodeFiles where !facts.classifications.contains(id) {
      findings.append(
        Finding(
          "unused-file", .warning, at: Place(file: file), "没有“\(id)”这种科目，这个文件没有用处",
          hint: "文件名可以是：" + facts.classifications.map { $0 + ".csv" }.joined(separator: "、")))
    }

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
        if isOwn, file != "set.yaml" { unreadable.append(path) }
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
        // A set may list it by the id that was meant.
        if !FormReader.isIdentifier(id) { unreadable.append(path) }
      }
    }
    let unread = UnreadableForms(unreadable)
    let forms = FormSources(
      current: sources, replaced: replaced, fragments: fragments, unreadable: unread)
    let names = Set(sources.keys)
    let kindNames = Set(kinds.flatMap(\.names))
    setFiles.readNameless(facts: facts, kinds: kindNames, findings: &findings)
    var readSets: [FormSet] = []
    var told: Set<Finding> = []
    for id in setFiles.readIDs {
      var problems: [Finding] = []
      if let set = setFiles.set(id, facts: facts, kinds: kindNames, forms: names, findings: &problems) {
        readSets.append(set)
      }
      findings += problems.filter { told.insert($0).inserted }
    }

    self.kinds = kinds
    self.facts = facts
    wording = Wording.read(wordings, findings: &findings)
    self.ownSets = ownSets
    self.fragments = fragments
    classificationFiles = files.classificationFiles
    ownCodes = files.ownCodes
    self.sources = forms
    self.setFiles = setFiles
    self.heads = (setFiles.heads + readSets.map(\.head)).sorted { $0.id < $1.id }
    for set in readSets {
      if !set.kind.isEmpty, !kinds.contains(where: { $0.id == set.kind }) {
        findings.append(
          Finding(
            "form-set-syntax", at: set.kindPlace ?? set.place, "没有“\(set.kind)”这个公开类别",
            hint: (nearest(to: set.kind, among: kinds.map(\.id)).map { "是否想写 \($0)？" } ?? "") + "已有："
              + kinds.map(\.id).joined(separator: "、")))
      }
      findings += set.unknownPredecessors(among: forms.names).filter { _ in unreadable.isEmpty }
      for entry in set.entries where forms[entry.form] == nil && !unread.mayBe(entry.form) {
        findings.append(
          Finding(
            "form-set-syntax", at: entry.place, "没有表样“\(entry.form)”",
            hint: nearest(to: entry.form, among: forms.names).map { "是否想写 \($0)？" } ?? "写本套里表样的 id，或写全 表套/表样")
        )
      }
    }
    // A site's own forms are checked even where nothing uses them yet; what several inherit is said once.
    var said: Set<String> = []
    var hints: [Finding] = []
    var ownRead: [String: Form] = [:]
    for name in ownForms {
      let (form, problems) = Self.read(name, year: Self.sampleYear, forms, facts, fragments)
      hints += forms.form(name).resolved?.hints ?? []
      if problems.isEmpty, let form {
        ownRead[name] = form
        if let root = sources[name]?.root {
          hints += FormHints(form, root: root, year: Self.sampleYear).findings
        }
      }
      for problem in problems where said.insert("\(problem.place) \(problem.id) \(problem.message)").inserted
      {
        findings.append(problem.unplaced)
      }
    }
    for set in readSets where ownSets.contains(set.id) {
      let problems = SetFormulas(set, standalone: forms.standaloneNames) {
        if let form = ownRead[$0] { return form }
        // A form with mistakes may lack what a formula names.
        let read = Self.read($0, year: Self.sampleYear, forms, facts, fragments)
        return read.findings.blocking.isEmpty ? read.form : nil
      }.findings.map(\.unplaced)
      findings += problems.filter { said.insert("\($0.place) \($0.id) \($0.message)").inserted }
      if set.entries.isEmpty {
        hints.append(
          Finding("form-set-syntax", .info, at: set.place, "表套“\(set.title)”里没有表样", hint: "在 forms 里列出各张表的表样")
        )
      }
    }
    self.findings = findings
    hints = hints.map(\.unplaced)
    // A form in a set of the catalogue may come to stand in that set and in those that extend it.
    var sets = readSets
    if ownRead.keys.contains(where: { forms[$0]?.set.map(setFiles.isShipped) ?? false }) {
      var ignored: [Finding] = []
      sets += setFiles.heads.compactMap {
        setFiles.set($0.id, facts: facts, kinds: kindNames, forms: names, findings: &ignored)
      }
      sets.sort { $0.id < $1.id }
    }
    self.hints =
      hints
      + FormHints.sharedNames(in: sets, own: ownRead) {
        Self.read($0, year: Self.sampleYear, forms, facts, fragments).form
      }
    cache.withLock { cache in
      for set in sets { cache.sets[set.id] = set }
    }
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

  /// The year that stands for all while forms are only looked through: one that nobody writes, told apart in messages.
  static let sampleYear = 9_873

  /// Files that hold no form.
  static let dataFiles = ["facts.yaml", "kinds.yaml", "fragments.yaml", "wording.yaml"]
}
