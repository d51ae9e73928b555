import Diagnostics
import Fiscal
import Forms
import Parsing

/// Binds a sheet's YAML file to its form: fields, tables as inline CSV, long texts, indicators, score.
struct SheetBinder {
  let context: BindingContext
  let form: Form
  let table: String
  var findings: [Finding] = []
  /// Whether a table within the sheet could not be read.
  private(set) var isIncomplete = false
  private var used: Set<String> = []
  /// Where each long text begins, by the id of its block.
  private(set) var textPlaces: [String: [Place]] = [:]

  init(context: BindingContext, form: Form, table: String) {
    self.context = context
    self.form = form
    self.table = table
  }

  mutating func bind(_ root: YAML) -> [FilledBlock]? {
    guard case .map(let pairs, let place) = root else {
      report("sheet-syntax", at: root.place, "应当是“栏目: 内容”的映射，这里是\(root.chinese)", hint: "每个栏目一行，写作 栏目名: 内容")
      return nil
    }
    let blocks = form.blocks.map { bind($0, pairs, place) }
    for (key, _) in pairs where !used.contains(key.text) {
      let known = knownTitles
      report(
        "sheet-unknown-field", at: key.place, "表样里没有“\(key.text)”这一栏",
        hint: nearest(to: key.text, among: known).map { "是否想写“\($0)”？" } ?? "表样的栏目："
          + known.joined(separator: "、"))
    }
    return blocks
  }

  private var knownTitles: [String] {
    form.blocks.flatMap { block -> [String] in
      switch block {
      case .fields(_, let rows): rows.flatMap { $0.map(\.title) }
      case .grid(let grid): [grid.title ?? grid.id]
      case .texts(let texts): [texts.title]
      case .indicators(let indicators): [indicators.title]
      case .score(let score): [score.title]
      }
    }
  }

  private mutating func bind(_ block: Block, _ pairs: [(key: YAMLScalar, value: YAML)], _ place: Place)
    -> FilledBlock
  {
    switch block {
    case .fields(let title, let rows):
      var inner = pairs
      if let title, let nested = find([title], in: pairs), case .map(let nestedPairs, _) = nested {
        inner += nestedPairs
      }
      return .fields(title: title, rows: rows.map { row in row.map { bind($0, inner, place) } })
    case .grid(let grid):
      let names = [grid.id, grid.title].compactMap { $0 }
      var binder = TableBinder(context: context, table: table)
      guard let csv = csv(names, in: pairs) else { return .grid(binder.empty(grid)) }
      let filled = binder.bind(csv, to: grid)
      findings += binder.findings
      if filled == nil { isIncomplete = true }
      return .grid(filled ?? binder.empty(grid))
    case .texts(let texts): return bind(texts, pairs, place)
    case .indicators(let indicators): return bind(indicators, pairs, place)
    case .score(let score): return bind(score, pairs, place)
    }
  }

  private mutating func bind(_ field: Field, _ pairs: [(key: YAMLScalar, value: YAML)], _ place: Place)
    -> FilledField
  {
    guard let node = find([field.id, field.title], in: pairs) else {
      if field.isRequired {
        report(
          "required-field-empty", at: place, "缺少“\(field.title)”", row: field.title,
          hint: "补上 \(field.title): …")
      }
      return FilledField(field: field, cell: .absent)
    }
    guard case .scalar(let scalar) = node else {
      report(
        "sheet-syntax", at: node.place, "“\(field.title)”应当是一个值，这里是\(node.chinese)", row: field.title,
        hint: "写作 \(field.title): 内容")
      return FilledField(field: field, cell: .absent)
    }
    let text = scalar.isNull ? "" : scalar.text
    let (cell, fault) = Cell.read(text, as: CellShape(type: field.type, unit: field.unit), at: scalar.content)
    if let fault {
      report(
        "not-an-amount", at: cell.place(in: node.place.file),
        "“\(field.title)”的“\(cell.text)”\(fault.message)",
        row: field.title, hint: "只写数字\(field.countUnit.map { "，单位（\($0)）由表样规定" } ?? "")")
    }
    if field.isRequired, cell.state == .blank {
      report(
        "required-field-empty", at: scalar.place, "“\(field.title)”没有填写", row: field.title, hint: "这一栏必须填写")
    }
    return FilledField(field: field, cell: cell)
  }

  private mutating func bind(_ texts: TextBlock, _ pairs: [(key: YAMLScalar, value: YAML)], _ place: Place)
    -> FilledBlock
  {
    let node = find([texts.id, texts.title], in: pairs)
    var values: [String] = []
    if texts.columns.isEmpty {
      if let node, node.scalar == nil, !node.isNullScalar {
        report(
          "sheet-syntax", at: node.place, "“\(texts.title)”应当是文字，这里是\(node.chinese)", row: texts.title,
          hint: "写作 \(texts.title): | 换行后缩进书写")
      }
      values = [node?.scalar?.text.trimmingBlanks ?? ""]
      textPlaces[texts.id] = [node?.scalar?.trimmedStart ?? place]
    } else {
      var inner: [(key: YAMLScalar, value: YAML)] = []
      if let node {
        if case .map(let pairs, _) = node {
          inner = pairs
        } else {
          report(
            "sheet-syntax", at: node.place, "“\(texts.title)”应当分栏书写，这里是\(node.chinese)", row: texts.title,
            hint: "分栏：" + texts.columns.joined(separator: "、"))
        }
      }
      for (key, _) in inner
      where !texts.columns.contains(where: { normalizedName($0) == normalizedName(key.text) }) {
        report(
          "sheet-unknown-field", at: key.place, "“\(texts.title)”没有“\(key.text)”这一栏",
          hint: "分栏：" + texts.columns.joined(separator: "、"))
      }
      let scalars = texts.columns.map { column in
        inner.first { normalizedName($0.key.text) == normalizedName(column) }?.value.scalar
      }
      values = scalars.map { $0?.text.trimmingBlanks ?? "" }
      textPlaces[texts.id] = scalars.map { $0?.trimmedStart ?? place }
    }
    if texts.isRequired, let empty = values.firstIndex(of: "") {
      let name = texts.columns.isEmpty ? texts.title : texts.title + "/" + texts.columns[empty]
      report("required-field-empty", at: node?.place ?? place, "“\(name)”没有填写", row: name, hint: "这一栏必须填写")
    }
    return .texts(texts, values, node?.place)
  }

  private mutating func bind(
    _ indicators: IndicatorBlock, _ pairs: [(key: YAMLScalar, value: YAML)], _ place: Place
  ) -> FilledBlock {
    guard let csv = csv([indicators.id, indicators.title], in: pairs) else {
      report(
        "required-field-empty", at: place, "缺少“\(indicators.title)”", row: indicators.title,
        hint: "补上 \(indicators.title): | 换行后以 CSV 书写，第一行是列名")
      return .indicators(indicators, FilledPanel(panel: indicators.panel, rows: []))
    }
    let grid = Grid(id: indicators.id, title: indicators.title, panel: indicators.panel)
    var binder = TableBinder(context: context, table: table)
    let filled = binder.bind(csv, to: grid)?.panels.first
    findings += binder.findings
    if filled == nil { isIncomplete = true }
    var panel = filled ?? FilledPanel(panel: indicators.panel, rows: [])
    let innermost = indicators.levels.last
    for index in panel.rows.indices {
      panel.rows[index].speaks = false
      if let innermost { panel.rows[index].title = panel.rows[index].cells[innermost].text }
    }
    return .indicators(indicators, panel)
  }

  private mutating func bind(_ score: ScoreBlock, _ pairs: [(key: YAMLScalar, value: YAML)], _ place: Place)
    -> FilledBlock
  {
    var filled = FilledScore(points: nil, score: nil, grade: nil, place: place)
    guard let node = find([score.id, score.title], in: pairs) else {
      report(
        "required-field-empty", at: place, "缺少“\(score.title)”", row: score.title,
        hint: "补上 \(score.title): {分值: 100, 得分: …, 等级: …}")
      return .score(score, filled)
    }
    filled.place = node.place
    guard case .map(let inner, _) = node else {
      report(
        "sheet-syntax", at: node.place, "“\(score.title)”应写作 {分值: 100, 得分: …, 等级: …}", row: score.title,
        hint: "例如 \(score.title): {分值: 100, 得分: 96, 等级: 优}")
      return .score(score, filled)
    }
    for (key, value) in inner {
      let scalar = value.scalar
      let isGrade = key.text == "等级"
      guard isGrade || key.text == "分值" || key.text == "得分" else {
        report(
          "sheet-unknown-field", at: key.place, "“\(score.title)”没有“\(key.text)”这一栏", hint: "可写：分值、得分、等级")
        continue
      }
      let (cell, fault) = Cell.read(
        scalar?.text ?? "", as: CellShape(type: isGrade ? .text : .score, unit: nil),
        at: scalar?.content ?? value.place)
      if let fault {
        report(
          "not-an-amount", at: value.place, "\(score.title)的\(key.text)“\(cell.text)”\(fault.message)",
          row: score.title, hint: "只写数字")
      }
      switch key.text {
      case "分值": filled.points = cell
      case "得分": filled.score = cell
      default: filled.grade = cell
      }
    }
    return .score(score, filled)
  }

  // MARK: Finding values

  private mutating func find(_ names: [String], in pairs: [(key: YAMLScalar, value: YAML)]) -> YAML? {
    let wanted = names.map { normalizedName($0) }
    guard
      let (key, value) = pairs.first(where: {
        names.contains($0.key.text) || wanted.contains(normalizedName($0.key.text))
      })
    else { return nil }
    used.insert(key.text)
    return value
  }

  private mutating func csv(_ names: [String], in pairs: [(key: YAMLScalar, value: YAML)]) -> CSVTable? {
    guard let node = find(names, in: pairs), let scalar = node.scalar else { return nil }
    // Only the lines of a literal block are lines of the file.
    guard scalar.isBlock else {
      report(
        "sheet-syntax", at: scalar.place, "“\(names.last ?? "")”应当以“|”起头、换行缩进书写",
        hint: "写作 \(names.last ?? ""): | 换行后以 CSV 书写，第一行是列名")
      isIncomplete = true
      return nil
    }
    let csv = parseCSV(
      SourceText(file: node.place.file, text: scalar.text),
      firstLine: scalar.content.line - scalar.text.prefix { $0.isNewline }.count,
      indent: scalar.content.column - 1, findings: &findings)
    if csv == nil { isIncomplete = true }
    return csv
  }

  private mutating func report(
    _ id: String, at place: Place, _ message: String, row: String? = nil, hint: String
  ) {
    var subject = context.subject
    subject.table = table
    subject.row = row
    findings.append(Finding(id, at: place, message, hint: hint, subject: subject))
  }
}

extension YAMLScalar {
  /// Where the text begins once the white space before it is left out.
  fileprivate var trimmedStart: Place {
    var start = content
    for scalar in text.unicodeScalars {
      guard scalar.isBlank || scalar == "\n" || scalar == "\r" else { break }
      if scalar == "\n" {
        start.line += 1
        start.column = content.column
      } else {
        start.column += 1
      }
    }
    return start
  }
}

extension YAML {
  fileprivate var isNullScalar: Bool {
    if case .scalar(let scalar) = self { scalar.isNull } else { false }
  }
}
