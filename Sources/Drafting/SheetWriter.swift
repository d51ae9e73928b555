import Fiscal
import Forms

/// Where the contents of a sheet come from.
protocol SheetContents {
  func value(of field: Field) -> String
  func table(_ grid: Grid) -> TableDraft
  /// One for each column, or one.
  func values(of texts: TextBlock) -> [String]
  func indicators(_ block: IndicatorBlock) -> TableDraft
  func score(_ block: ScoreBlock) -> (points: String, score: String, grade: String)
}

/// Writes a sheet (填报表) as YAML with every key of its form, in the form's order.
struct SheetWriter<Contents: SheetContents> {
  let form: Form
  let contents: Contents

  var text: String { form.blocks.map { text(of: $0) }.joined() }

  private func text(of block: Block) -> String {
    switch block {
    case .fields(_, let rows):
      rows.flatMap { $0 }.filter { !$0.isPersonal }.map { field in
        key(field.title, field.id) + value(contents.value(of: field))
      }.joined()
    case .grid(let grid):
      key(grid.title ?? grid.id, grid.id) + " " + YAMLText.block(contents.table(grid).csv, indent: 2)
    case .texts(let texts): text(of: texts, contents.values(of: texts))
    case .indicators(let block):
      key(block.title, block.id) + " " + YAMLText.block(contents.indicators(block).csv, indent: 2)
    case .score(let block): key(block.title, block.id) + " " + text(of: contents.score(block)) + "\n"
    }
  }

  private func text(of block: TextBlock, _ values: [String]) -> String {
    guard !block.columns.isEmpty else {
      return key(block.title, block.id) + long(values.first ?? "", indent: 2)
    }
    let columns = zip(block.columns, values).map { column, text in
      "  " + YAMLText.scalar(column, inFlow: false) + ":" + long(text, indent: 4)
    }
    return key(block.title, block.id) + "\n" + columns.joined()
  }

  private func text(of score: (points: String, score: String, grade: String)) -> String {
    func entry(_ name: String, _ value: String) -> String {
      name + ": " + YAMLText.scalar(value)
    }
    return
      "{\(entry("分值", score.points)), \(entry("得分", score.score)), \(entry("等级", score.grade))}"
  }

  /// The title, or the id where several parts bear one title.
  private func key(_ title: String, _ id: String) -> String {
    let isAlone = titles.count { normalizedName($0) == normalizedName(title) } == 1
    return YAMLText.scalar(isAlone ? title : id, inFlow: false) + ":"
  }

  private var titles: [String] {
    form.blocks.flatMap { block -> [String] in
      switch block {
      case .fields(_, let rows): rows.flatMap { $0.map(\.title) }
      case .grid(let grid): [grid.title ?? grid.id]
      case .texts(let texts): [texts.title]
      case .indicators(let block): [block.title]
      case .score(let block): [block.title]
      }
    }
  }

  private func value(_ text: String) -> String {
    text.isEmpty ? "\n" : " " + YAMLText.scalar(text, inFlow: false) + "\n"
  }

  private func long(_ text: String, indent: Int) -> String {
    text.isEmpty ? "\n" : " " + YAMLText.block(text, indent: indent)
  }
}

/// An empty sheet.
struct SheetSkeleton: SheetContents {
  let tables: TableSkeleton
  var filling: Filling { tables.filling }

  func value(of field: Field) -> String {
    if field.type.isNumeric {
      let figure = filling.figure(field.type)
      return figure.isEmpty && field.isRequired ? filling.words : figure
    }
    if filling == .example, !field.isRequired { return "" }
    return filling.words
  }

  func table(_ grid: Grid) -> TableDraft { tables.draft(grid) }

  func values(of texts: TextBlock) -> [String] {
    texts.columns.isEmpty
      ? [filling == .blank ? "" : filling.words + texts.title]
      : texts.columns.map { filling == .blank ? "" : filling.words + $0 }
  }

  func indicators(_ block: IndicatorBlock) -> TableDraft { tables.indicators(block) }

  func score(_ block: ScoreBlock) -> (points: String, score: String, grade: String) {
    filling == .marked ? (filling.words, filling.words, filling.words) : ("", "", "")
  }
}
