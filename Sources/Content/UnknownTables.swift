import Diagnostics
import Fiscal
import Forms
import Parsing

/// Tables that no form declares are published as they stand, each with one warning that tells which form is nearest.
extension UnitBinder {
  mutating func unknownTables(of disclosure: Disclosure, in folder: String, beside known: [Table]) -> [Table]
  {
    let files = tableFiles(in: folder).filter { !$0.isSheet && !used.contains($0.path) }
    guard !files.isEmpty else { return [] }
    let forms = knownForms(of: disclosure)
    var elsewhere: [Form]?
    var tables: [Table] = []
    for file in files {
      guard let csv = parsed.csv[file.path] else { continue }
      used.insert(file.path)
      let stem = file.instance.map { "\(file.name).\($0)" } ?? file.name
      let table = Table(asWritten: csv, name: stem)
      var subject = disclosure.subject
      subject.table = table.name
      let nearest = NearestForms(to: csv, named: file.name, among: forms.filter { !$0.isSheet })
      if let form = foreign[file.path] {
        findings.append(
          Finding(
            "unknown-table", .warning, at: Place(file: csv.file, line: 1, column: 1, length: 1),
            "“\(stem).csv”与表样“\(form.name)”同名，表头却完全不同，照原样公开：表里的数没有核对",
            hint: foreignHint(form, csv, forms), notes: nearest.note.map { [Finding.Note($0)] } ?? [],
            subject: subject))
        tables.append(table)
        continue
      }
      var alike: [Form] = []
      // Another set's form is worth a word only where none of the document's own comes as near.
      if nearest.likeness < 1000 {
        let others = elsewhere ?? formsElsewhere(disclosure).filter { !$0.isSheet }
        elsewhere = others
        alike = likeliest(
          to: csv, named: file.name, among: others, above: nearest.best == nil ? 0 : 999)
      }
      findings.append(
        Finding(
          "unknown-table", .warning, at: Place(file: csv.file, line: 1, column: 1, length: 1),
          "“\(stem).csv”没有表样，照原样公开：表里的数没有核对",
          hint: hint(for: file, forms, nearest, alike, filled: Set((known + tables).map(\.form.fullName)))
            + "；运行 gongkai forms draft \(quoted(csv.file)) 起草一张表样",
          notes: nearest.note.map { [Finding.Note($0)] } ?? [], subject: subject))
      tables.append(table)
    }
    return tables
  }

  /// The forms of all other sets of a kind, those of the unit's region and of the year first.
  private func formsElsewhere(_ disclosure: Disclosure) -> [Form] {
    let region = disclosure.unit.region
    func distance(_ set: FormSet) -> (Int, Int, Int) {
      let isOfKind = set.kind == disclosure.kind.id
      let common = zip(set.region, region).prefix { $0 == $1 }.count
      return (isOfKind ? 0 : 1, set.years.contains(disclosure.year) ? 0 : 1, set.region.count - 2 * common)
    }
    let others = library.sets.filter { $0.id != disclosure.set?.id }
    let ordered = others.map { (distance($0), $0) }.sorted { $0.0 != $1.0 ? $0.0 < $1.0 : $0.1.id < $1.1.id }
      .map(\.1)
    let names = ordered.flatMap { $0.entries.map(\.form) }
    let own = Set(disclosure.set?.entries.map(\.form) ?? [])
    // Sets that share a form name it once.
    var seen = own
    return names.filter { seen.insert($0).inserted }.compactMap { library.form($0, year: disclosure.year) }
  }

  /// The forms that a file of the disclosure may have been meant for.
  func knownForms(of disclosure: Disclosure) -> [Form] {
    let names = (disclosure.set?.entries.map(\.form) ?? []) + library.standaloneNames
    return names.compactMap { library.form($0, year: disclosure.year) }
  }

  /// Files that no form takes.
  func strays(among files: [TableFile], of disclosure: Disclosure) -> [TableFile] {
    let forms = knownForms(of: disclosure)
    return files.filter { file in !forms.contains { file.fits($0) } }
  }

  /// Whether a file may be a form's table under another name: by that name, or by its columns.
  func similar(_ file: TableFile, to form: Form) -> Bool {
    if nearest(to: file.name, among: form.names) != nil { return true }
    guard let csv = parsed.csv[file.path] else { return false }
    return HeaderLikeness(csv, form).isSame
  }

  /// Why no form takes the file, and what to do about it.
  private func hint(
    for file: TableFile, _ forms: [Form], _ nearest: NearestForms, _ others: [Form], filled: Set<String>
  ) -> String {
    let elsewhere = suggestion(others)
    let wanted = normalizedName(file.name)
    if let form = forms.first(where: { $0.names.contains { normalizedName($0) == wanted } }) {
      if form.isSheet { return "“\(form.name)”是填报表，要写成 \(form.id).yaml" }
      if form.instances == nil { return "“\(form.name)”只有一张，文件名里不要再加“.”和别的字" }
    }
    guard let form = nearest.best else { return elsewhere ?? "若是已有的表，文件名改为表名" }
    let own =
      filled.contains(form.fullName)
      ? "最相近的表样“\(form.name)”已有数据文件" : "若是“\(form.name)”，文件名改为 \(form.name).csv"
    return own + (elsewhere.map { "；" + $0 } ?? "")
  }

  /// Forms of other sets that a table may follow.
  private func suggestion(_ forms: [Form]) -> String? {
    guard let first = forms.first else { return nil }
    let names = forms.map { "\($0.fullName)（\($0.name)）" }.joined(separator: "、")
    return "别的表套里相近的表样：\(names)；只用一张，在 content/forms/ 写 extends: \(first.fullName)，整份照那个表套公开的写 form-set"
  }

  /// A path as it is typed in a shell.
  func quoted(_ path: String) -> String {
    path.contains { " ()&;'\"“”".contains($0) } ? "'\(path.replacing("'", with: "'\\''"))'" : path
  }
}

/// Up to three forms whose name is a table's, or most of whose columns are; the likeliest first.
///
/// - Parameter least: How like it the form is that has been found already.
func likeliest(to csv: CSVTable, named name: String, among forms: [Form], above least: Int) -> [Form] {
  let ranked = forms.enumerated().map { ($0.offset, $0.element, Likeness.of($0.element, csv, named: name)) }
    .filter { $0.2 > max(least, Likeness.least) }.sorted { ($1.2, $0.0) < ($0.2, $1.0) }
  // Sets take forms over from one another.
  var seen: Set<String> = []
  return Array(ranked.map(\.1).filter { seen.insert(normalizedName($0.name)).inserted }.prefix(3))
}

/// How like a form a table is, as one number.
private enum Likeness {
  /// Half of the columns.
  static let least = 499

  static func of(_ form: Form, _ csv: CSVTable, named name: String) -> Int {
    let wanted = normalizedName(name)
    let isNamed = form.names.contains { normalizedName($0) == wanted }
    return HeaderLikeness(csv, form).share + (isNamed ? 1000 : 0)
  }
}

/// The known forms most like a table: by its name, and by its columns.
public struct NearestForms: Sendable {
  /// The likeliest of both.
  public let best: Form?
  /// What its header has in common with it and what not.
  public let note: String?
  /// How like it the likeliest is: the columns in common in thousandths, and a thousand for its very name.
  let likeness: Int

  public init(to csv: CSVTable, named name: String, among forms: [Form]) {
    let named = nearest(to: name, among: forms.flatMap(\.names))
    let likenesses = forms.map { HeaderLikeness(csv, $0) }
    let byName = named.flatMap { name in
      likenesses.filter { $0.form.names.contains(name) }.max { $0.share < $1.share }?.form
    }
    let byHeader = likenesses.filter(\.isNear).max {
      ($0.share, $1.form.fullName) < ($1.share, $0.form.fullName)
    }
    // Where the header is that of another form, the name may be anything.
    let chosen = byHeader.flatMap { $0.isSame || byName == nil ? $0.form : nil } ?? byName
    best = chosen
    likeness = chosen.map { Likeness.of($0, csv, named: name) } ?? 0
    note = chosen.flatMap { form in likenesses.first { $0.form.fullName == form.fullName } }?.words
  }
}

/// How much the header of a file has in common with the columns of a form.
struct HeaderLikeness {
  let form: Form
  private let common: Int
  private let onlyInForm: [String]
  private let onlyInFile: [String]

  init(_ csv: CSVTable, _ form: Form) {
    self.form = form
    var header = csv.header.map { headerTitles($0.text).map { normalizedName($0) } }
    var lacking: [String] = []
    var common = 0
    for panel in form.grids.flatMap(\.panels).map(\.namingRepeatedCodes) {
      for leaf in panel.leaves where !leaf.isPersonal && !leaf.isOptional {
        let titles = ([panel.title].compactMap { $0 } + leaf.titles).map { normalizedName($0) }
        let found =
          header.firstIndex(of: titles)
          ?? header.firstIndex {
            Array(titles.suffix($0.count)) == $0 || Array($0.suffix(titles.count)) == titles
          }
        if let found {
          header.remove(at: found)
          common += 1
        } else {
          lacking.append(leaf.csvTitle ?? leaf.name)
        }
      }
    }
    self.common = common
    onlyInForm = lacking
    onlyInFile = header.map { $0.joined(separator: "/") }
  }

  /// The columns in common as a share of all, in thousandths.
  var share: Int {
    let all = common + onlyInForm.count + onlyInFile.count
    return all == 0 ? 0 : common * 1000 / all
  }
  var isNear: Bool { share >= 500 }
  var isSame: Bool { common > 1 && share == 1000 }

  var words: String {
    if isSame { return "表头与“\(form.name)”相同" }
    let parts = [("少", onlyInForm), ("多", onlyInFile)].filter { !$0.1.isEmpty }.map { word, names in
      "\(word)“\(names.prefix(5).joined(separator: "”“"))”\(names.count > 5 ? "等 \(names.count) 列" : "")"
    }
    return "与“\(form.name)”的表头相比：" + parts.joined(separator: "，")
  }
}
