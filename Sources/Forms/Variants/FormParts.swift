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
  /// Whether it, or what encloses it, is dropped; the last place of a dropped part itself can still be named.
  var isDropped = false
  var isInsideDropped = false

  var names: [String] { [id, title].filter { !$0.isEmpty } }
  var name: String { id.isEmpty ? title : id }

  /// All of it, for findings: `income.rows.total`.
  var address: String { (around.compactMap(\.first) + [name]).joined(separator: ".") }

  /// What is written to tell it from parts of other kinds with the same name: `sheet.tasks`, `income.rows.total`.
  var fullAddress: String {
    switch kind {
    case .panel where around.isEmpty: "panels." + name
    case .block: "sheet." + name
    case .field where around.isEmpty: "fields." + name
    case .panel, .column, .row, .field: address
    }
  }

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

  /// Whether the walk is inside a dropped part.
  private var isInside = false

  init(of root: YAML) {
    if root["sheet"]?.items != nil {
      each(of: root["sheet"], at: [.key("sheet")]) { $0.add(block: $1, at: $2, inside: $3) }
    } else {
      add(grid: root, at: [], around: [])
    }
  }

  /// Goes through a list; what is dropped lies one step deeper, below its mark.
  private mutating func each(
    of list: YAML?, at path: [YAMLStep],
    _ visit: (inout FormParts, _ node: YAML, _ path: [YAMLStep], _ inside: [YAMLStep]) -> Void
  ) {
    for (index, item) in (list?.items ?? []).enumerated() {
      let here = path + [.index(index)]
      guard let dropped = item[Self.droppedKey] else {
        visit(&self, item, here, here)
        continue
      }
      let wasInside = isInside
      isInside = true
      let first = all.count
      visit(&self, dropped, here, here + [.key(Self.droppedKey)])
      if !wasInside, all.indices.contains(first) { all[first].isInsideDropped = false }
      isInside = wasInside
    }
  }

  private mutating func add(grid: YAML, at path: [YAMLStep], around: [[String]]) {
    add(
      columns: grid["columns"], at: path + [.key("columns")], around: around + [["columns", "列"]], scope: path
    )
    add(rows: grid["rows"], at: path + [.key("rows")], around: around + [["rows", "行"]], scope: path)
    var count = 0
    each(of: grid["panels"], at: path + [.key("panels")]) { parts, item, here, inside in
      count += 1
      let part = parts.append(.panel, item, at: here, around: around, scope: path, fallback: "panel-\(count)")
      parts.add(grid: item, at: inside, around: around + [part.names])
    }
  }

  private mutating func add(columns: YAML?, at path: [YAMLStep], around: [[String]], scope: [YAMLStep]) {
    each(of: columns, at: path) { parts, item, here, inside in
      var inner = around
      // Columns for codes are one set, which its id names even where no title stands over it.
      let isSet = item["id"] != nil && item["repeat"]?["codes"] != nil
      if isSet || item["title"] != nil || item["columns"] == nil && item["repeat"] == nil {
        inner.append(parts.append(.column, item, at: here, around: around, scope: scope).names)
      }
      for key in ["repeat", "columns", "split"] {
        parts.add(columns: item[key], at: inside + [.key(key)], around: inner, scope: scope)
      }
    }
  }

  private mutating func add(rows: YAML?, at path: [YAMLStep], around: [[String]], scope: [YAMLStep]) {
    each(of: rows, at: path) { parts, item, here, inside in
      let part = parts.append(.row, item, at: here, around: around, scope: scope)
      for key in ["rows", "of-which"] {
        parts.add(rows: item[key], at: inside + [.key(key)], around: around + [part.names], scope: scope)
      }
    }
  }

  private mutating func add(block item: YAML, at path: [YAMLStep], inside: [YAMLStep]) {
    let nested = ["texts", "indicators", "score"].first { item[$0] != nil }
    let block = append(.block, item, at: path, around: [], scope: path, keys: nested)
    let around = [block.names].filter { !$0.isEmpty }
    each(of: item["fields"], at: inside + [.key("fields")]) { parts, row, here, inner in
      guard row.items != nil else {
        parts.append(.field, row, at: here, around: around, scope: path)
        return
      }
      parts.each(of: row, at: inner) { parts, field, here, _ in
        parts.append(.field, field, at: here, around: around, scope: path)
      }
    }
    if item["table"] != nil { add(grid: item, at: inside, around: around) }
    if nested == "indicators" {
      let here = inside + [.key("indicators")]
      let columns = item["indicators"]?["columns"]
      add(columns: columns, at: here + [.key("columns")], around: around + [["columns", "列"]], scope: here)
    }
  }

  @discardableResult
  private mutating func append(
    _ kind: FormPart.Kind, _ node: YAML, at path: [YAMLStep], around: [[String]], scope: [YAMLStep],
    keys: String? = nil, fallback: String = ""
  ) -> FormPart {
    let own = keys.flatMap { node[$0] } ?? node
    var part = FormPart(
      kind: kind, path: path, keysPath: path + (keys.map { [.key($0)] } ?? []), id: "", title: "",
      around: around,
      scope: scope, isDropped: isInside, isInsideDropped: isInside)
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
    return part
  }

  /// The parts that a reference may mean: by id, else by title, else by title without numbering and spaces.
  func matches(_ reference: String, among kinds: Set<FormPart.Kind>, dropped: Bool = false) -> [FormPart] {
    let open = all.filter { kinds.contains($0.kind) && (!$0.isDropped || dropped && !$0.isInsideDropped) }
    let tests: [(FormPart, String) -> Bool] = [
      { $0.id == $1 }, { $0.title == $1 },
      { normalizedName($0.title) == normalizedName($1) && !$0.title.isEmpty },
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
    return open.filter { $0.fullAddress == reference }
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
