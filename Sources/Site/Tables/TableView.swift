import Content
import Diagnostics
import Fiscal
import Forms
import HTML

/// A table of a disclosure on its way to the page, with the files that hold the same figures.
struct TableView {
  let table: Content.Table
  let disclosure: Disclosure
  /// The anchor, without white space.
  let id: String
  /// As headings and lists call it; sheets of one form are told apart.
  let title: String
  /// File name and contents, in the order of the table's parts.
  let files: [(name: String, label: String, bytes: [UInt8])]
  /// For the preview.
  private let places: PlaceNames?
  /// What a table that is no sheet consists of.
  private let grid: GridView?

  init(_ table: Content.Table, of disclosure: Disclosure, places: PlaceNames? = nil) {
    self.table = table
    self.places = places
    self.disclosure = disclosure
    id = Self.identifier(table.anchor)
    let project = table.project.flatMap { id in disclosure.projects.first { $0.id == id }?.name }
    title = (project ?? table.instance).map { "\(table.title)（\($0)）" } ?? table.title
    if !table.form.isSheet, case .grid(let filled)? = table.blocks.first {
      let grid = GridView(filled, places: places)
      self.grid = grid
      files = [(id + ".csv", "CSV", grid.csv())]
    } else {
      grid = nil
      files = table.form.isSheet ? Self.files(ofSheet: table, id: id) : []
    }
  }

  /// White space and slashes would break an anchor or a file name.
  static func identifier(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          scalar.isBlank || scalar == "/" || scalar == "\\" || scalar.value < 0x20
            ? "-" : scalar
        }))
  }

  func html(headingLevel: Int) -> [UInt8] {
    var writer = HTMLWriter(reserving: 16_384)
    let downloads = files.map { file in
      Download(label: file.label, href: relativeFile(file.name), size: sizeText(file.bytes.count))
    }
    if table.form.isSheet {
      sheet(headingLevel, downloads).write(to: &writer)
    } else if let grid {
      grid.table(
        id: id, caption: caption(headingLevel), emptyStatement: emptyStatement(grid),
        notes: table.notes.map(\.text),
        downloads: downloads
      ).write(to: &writer, layout)
    }
    return writer.bytes
  }

  private var layout: DataTable.Layout {
    switch table.form.isLandscape {
    case true?: DataTable.Layout(widestPortrait: 0)
    case false?: DataTable.Layout(widestPortrait: .max)
    case nil: DataTable.Layout()
    }
  }

  // MARK: Captions and notes

  private func caption(_ headingLevel: Int) -> Caption {
    var meta: [String] = []
    if !table.title.contains(String(disclosure.year)) { meta.append("\(disclosure.year)年") }
    if let unit = table.form.unit { meta.append("单位：\(unit.rawValue)") }
    return Caption(
      number: table.number, title: title, subject: "部门名称：\(disclosure.unit.name)", meta: meta,
      headingLevel: headingLevel)
  }

  /// What an empty table must say, unless one of its notes says it already.
  private func emptyStatement(_ grid: GridView) -> String? {
    guard let statement = table.form.empty,
      !table.notes.contains(where: { $0.text == statement }) || grid.isEmpty
    else { return nil }
    let hasAmounts = table.panels.contains { $0.panel.leaves.contains { $0.type == .amount } }
    return grid.isEmpty || (hasAmounts && table.isWithoutAmounts) ? statement : nil
  }

  // MARK: Sheets

  private func sheet(_ headingLevel: Int, _ downloads: [Download]) -> Sheet {
    var blocks: [Sheet.Block] = []
    for block in table.blocks {
      switch block {
      case .fields(let title, let rows):
        if let title { blocks.append(.texts(title: title, columns: [])) }
        let lines = rows.map { row in row.filter { !$0.field.isPersonal }.map(view) }.filter { !$0.isEmpty }
        if !lines.isEmpty { blocks.append(.fields(lines)) }
      case .grid(let filled):
        let caption = Caption(title: filled.grid.shownTitle ?? title, headingLevel: min(headingLevel + 1, 6))
        let grid = GridView(filled, places: places)
        blocks.append(
          .table(
            grid.table(
              id: id + "." + Self.identifier(filled.grid.id), caption: caption,
              emptyStatement: grid.isEmpty ? table.form.empty : nil)))
      case .texts(let texts, let values, let place): blocks.append(view(of: texts, values, at: place))
      case .indicators(let indicators, let panel):
        let view = GridView(
          panel, levels: indicators.levels, id: indicators.id, title: indicators.title, places: places)
        blocks.append(
          .table(
            view.table(
              id: id + "." + Self.identifier(indicators.id),
              caption: Caption(title: indicators.title, headingLevel: min(headingLevel + 1, 6)),
              emptyStatement: nil)))
      case .score(let score, let filled): blocks.append(.fields([view(of: score, filled)]))
      }
    }
    return Sheet(
      id: id, caption: caption(headingLevel), blocks: blocks, notes: table.notes.map(\.text),
      downloads: downloads)
  }

  private func view(_ filled: FilledField) -> HTML.Field {
    let field = filled.field
    var content = filled.cell.content(CellStyle(field))
    if case .number(let shown, let value) = content, let unit = unitText(of: field) {
      content = .number(shown: shown + " " + unit, value: value)
    }
    return HTML.Field(field.title, HTML.Cell(content, place: place(of: filled.cell)))
  }

  private func place(of cell: Content.Cell) -> String? { places?.name(cell, in: table.file) }

  /// The unit behind a value, where neither the label nor the caption says it.
  private func unitText(of field: Forms.Field) -> String? {
    let unit =
      field.type == .amount ? (field.unit == table.form.unit ? nil : field.unit?.rawValue) : field.countUnit
    return unit.flatMap { field.title.contains($0) ? nil : $0 }
  }

  private func view(of texts: TextBlock, _ values: [String], at place: Place?) -> Sheet.Block {
    let name = place.flatMap { places?.name($0) }
    let columns = values.enumerated().map { index, value in
      let lines = value.split(separator: "\n").map { $0.trimmingBlanks }.filter { !$0.isEmpty }
      return TextColumn(index < texts.columns.count ? texts.columns[index] : nil, lines, place: name)
    }
    return .texts(title: texts.title, columns: columns)
  }

  private func view(of score: ScoreBlock, _ filled: FilledScore) -> [HTML.Field] {
    var fields: [HTML.Field] = []
    let style = CellStyle(type: .score)
    if let points = filled.points {
      fields.append(
        HTML.Field("\(score.title)（分值）", HTML.Cell(points.content(style), place: place(of: points))))
    } else if let points = score.points?.text(decimals: score.points?.exactDecimals ?? 2) {
      fields.append(HTML.Field("\(score.title)（分值）", HTML.Cell(.number(shown: points, value: points))))
    }
    let mark = filled.score?.content(style) ?? .absent(.blank)
    fields.append(
      HTML.Field(fields.isEmpty ? score.title : "得分", HTML.Cell(mark, place: filled.score.flatMap(place))))
    if let grade = filled.grade, !grade.text.isEmpty {
      fields.append(
        HTML.Field("等级", HTML.Cell(grade.content(CellStyle(type: .text)), place: place(of: grade))))
    }
    return fields
  }

  // MARK: Files

  private func relativeFile(_ name: String) -> String { URLText.encoded(path: name) }

  private static func files(ofSheet table: Content.Table, id: String) -> [(String, String, [UInt8])] {
    var files: [(String, String, [UInt8])] = []
    var fields = CSVWriter()
    fields.row(["栏目", "内容"])
    var count = 0
    func add(_ title: String, _ text: String) {
      fields.row([title, text])
      count += 1
    }
    for block in table.blocks {
      switch block {
      case .fields(let title, let rows):
        for filled in rows.flatMap({ $0 }) where !filled.field.isPersonal {
          let name = (title.map { $0 + "/" } ?? "") + filled.field.title
          add(name, filled.cell.csvText(CellStyle(filled.field)))
        }
      case .texts(let texts, let values, _):
        for (index, value) in values.enumerated() {
          add(index < texts.columns.count ? texts.title + "/" + texts.columns[index] : texts.title, value)
        }
      case .score(let score, let filled):
        let style = CellStyle(type: .score)
        add(score.title + "/分值", filled.points?.csvText(style) ?? "")
        add(score.title + "/得分", filled.score?.csvText(style) ?? "")
        add(score.title + "/等级", filled.grade?.text ?? "")
      case .grid(let filled):
        let name = identifier(filled.grid.id)
        files.append(
          ("\(id).\(name).csv", "\(filled.grid.shownTitle ?? filled.grid.id) CSV", GridView(filled).csv()))
      case .indicators(let indicators, let panel):
        let view = GridView(panel, levels: indicators.levels, id: indicators.id, title: indicators.title)
        files.append(("\(id).\(identifier(indicators.id)).csv", "\(indicators.title) CSV", view.csv()))
      }
    }
    return (count > 0 ? [(id + ".csv", "栏目 CSV", fields.bytes)] : []) + files
  }
}

extension Grid {
  /// What a part of a sheet is called: by its own title, else by those of its panels.
  var shownTitle: String? {
    let titles = panels.compactMap(\.title)
    return title ?? (titles.isEmpty ? nil : titles.joined(separator: "、"))
  }
}
