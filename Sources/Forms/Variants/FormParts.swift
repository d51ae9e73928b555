import Diagnostics
import Fiscal
import Parsing

/// Something in a form that a variant can name: a panel, column, row, part of a sheet, or field.
struct FormPart {
  enum Kind { case panel, column, row, block, field }

  var kind: Kind
  var path: [YAMLStep]
  /// Where its own keys stand: below `texts`, `indicators` or `score` for such parts of a sheet.
  var keysPath: [YAMLStep]
  var id: String
  var title: String
  /// The names of what encloses it, outermost first; lists of columns and rows go by `columns` and `rows`.
  var around: [[String]]
  /// Where the panel, table or form begins that its references are looked up in.
  var scope: [YAMLStep]
  var isDropped = false

  var names: [String] { [id, title].filter { !$0.isEmpty } }
  var name: String { id.isEmpty ? title : id }

  /// All of it, for findings: `income.rows.total`.
  var address: String { (around.compactMap(\.first) + [name]).joined(separator: ".") }

  var listPath: [YAMLStep] { Array(path.dropLast()) }

  var index: Int {
    if case .index(let index)? = path.last { index } else { 0 }
  }
}

/// All parts of a form, in the order they are written.
struct FormParts {
  private(set) var all: [FormPart] = []

  /// What holds the place of a dropped part until the variant is finished.
  static let droppedKey = "\u{0}dropped"

  init(of root: YAML) {
    if let sheet = root["sheet"]?.items {
      for (index, block) in sheet.enumerated() { add(block: block, at: [.key("sheet"), .index(index)]) }
    } else {
      add(grid: root, at: [], around: [])
    }
  }

  private mutating func add(grid: YAML, at path: [YAMLStep], around: [[String]]) {
    add(columns: grid["columns"], at: path + [.key("columns")], around: around + [["columns", "列"]], scope: path)
    add(rows: grid["rows"], at: path + [.key("rows")], around: around + [["rows", "行"]], scope: path)
    for (index, item) in (grid["panels"]?.items ?? []).enumerated() {
      let here = path + [.key("panels"), .index(index)]
      guard let panel = append(.panel, item, at: here, around: around, scope: path, fallback: "panel-\(index + 1)") else {
        continue
      }
      add(grid: item, at: here, around: around + [panel.names])
    }
  }

  private mutating func add(columns: YAML?, at path: [YAMLStep], around: [[String]], scope: [YAMLStep]) {
    for (index, item) in (columns?.items ?? []).enumerated() {
      let here = path + [.index(index)]
      var inner = around
      if item["title"] != nil || item["columns"] == nil && item["repeat"] == nil {
        guard let part = append(.column, item, at: here, around: around, scope: scope) else { continue }
        inner.append(part.names)
      }
      for key in ["repeat", "columns", "split"] {
        add(columns: item[key], at: here + [.key(key)], around: inner, scope: scope)
      }
    }
  }

  private mutating func add(rows: YAML?, at path: [YAMLStep], around: [[String]], scope: [YAMLStep]) {
    for (index, item) in (rows?.items ?? []).enumerated() {
      let here = path + [.index(index)]
      guard let part = append(.row, item, at: here, around: around, scope: scope) else { continue }
      for key in ["rows", "of-which"] {
        add(rows: item[key], at: here + [.key(key)], around: around + [part.names], scope: scope)
      }
    }
  }

  private mutating func add(block item: YAML, at path: [YAMLStep]) {
    let nested = ["texts", "indicators", "score"].first { item[$0] != nil }
    guard var part = append(.block, item, at: path, around: [], scope: path, keys: nested) else { return }
    if let table = item["table"]?.scalar { part.id = table.text }
    all[all.count - 1] = part
    let around = [part.names].filter { !$0.isEmpty }
    for (line, row) in (item["fields"]?.items ?? []).enumerated() {
      let here = path + [.key("fields"), .index(line)]
      if let fields = row.items {
        for (index, field) in fields.enumerated() {
          append(.field, field, at: here + [.index(index)], around: around, scope: path)
        }
      } else {
        append(.field, row, at: here, around: around, scope: path)
      }
    }
    if item["table"] != nil { add(grid: item, at: path, around: around) }
    if nested == "indicators" {
      let here = path + [.key("indicators")]
      let columns = item["indicators"]?["columns"]
      add(columns: columns, at: here + [.key("columns")], around: around + [["columns", "列"]], scope: here)
    }
  }

  /// Adds a part; nil for one that is dropped, whose inside is out of reach.
  @discardableResult
  private mutating func append(
    _ kind: FormPart.Kind, _ item: YAML, at path: [YAMLStep], around: [[String]], scope: [YAMLStep],
    keys: String? = nil, fallback: String = ""
  ) -> FormPart? {
    let dropped = item[Self.droppedKey]
    let node = dropped ?? item
    let inner = keys ?? ["texts", "indicators", "score"].first { kind == .block && node[$0] != nil }
    let own = inner.flatMap { node[$0] } ?? node
    var part = FormPart(
      kind: kind, path: path, keysPath: path + (inner.map { [.key($0)] } ?? []), id: "", title: "", around: around,
      scope: scope, isDropped: dropped != nil)
    if let scalar = own.scalar {
      part.id = scalar.text
      part.title = scalar.text
    } else {
      part.title = own["title"]?.scalar?.text ?? ""
      part.id = (own["id"] ?? own["table"])?.scalar?.text ?? (part.title.isEmpty ? fallback : part.title)
      // Rows that come from the data often bear no name: what they are made of names them.
      if part.id.isEmpty, kind == .row { part.id = (own["codes"] ?? own["free"])?.scalar?.text ?? "" }
    }
    all.append(part)
    return dropped == nil ? part : nil
  }

  /// The parts that a reference may mean: by id, else by title, else by title without numbering and spaces.
  func matches(_ reference: String, among kinds: Set<FormPart.Kind>, dropped: Bool = false) -> [FormPart] {
    let open = all.filter { kinds.contains($0.kind) && (dropped || !$0.isDropped) }
    let tests: [(FormPart, String) -> Bool] = [
      { $0.id == $1 }, { $0.title == $1 }, { normalizedName($0.title) == normalizedName($1) && !$0.title.isEmpty },
    ]
    for test in tests {
      let found = open.filter { part in
        test(part, reference)
          || reference.indices.contains { dot in
            reference[dot] == "." && test(part, String(reference[reference.index(after: dot)...]))
              && Self.lies(in: part.around[...], String(reference[..<dot]))
          }
      }
      if !found.isEmpty { return found }
    }
    return []
  }

  /// Whether a path's beginning names things that enclose a part; what lies between may be left out.
  private static func lies(in around: ArraySlice<[String]>, _ beginning: String) -> Bool {
    around.indices.contains { index in
      around[index].contains { name in
        if name == beginning || normalizedName(name) == normalizedName(beginning) { return true }
        guard beginning.hasSuffix("." + name) else { return false }
        return lies(in: around[..<index], String(beginning.dropLast(name.count + 1)))
      }
    }
  }
}
