import Diagnostics
import Fiscal
import Forms

/// One row of a table as it was filled in.
public struct Row: Sendable {
  /// The declared row, or the block of rows, that it belongs to; nil for a row the form does not know.
  public var spec: Int?
  /// As printed.
  public var title: String
  /// 科目编码, written or found by the name.
  public var code: String?
  /// For printing.
  public var depth: Int
  /// The row it adds up to, or is 其中 of.
  public var parent: Int?
  public var relation: RowSpec.Relation
  /// The place of its level in a block of levels.
  public var level: Int?
  /// The printed line of its row, in a block with several lines to a row.
  public var line: Int?
  /// 行次, where the data has it.
  public var number: Cell?
  /// Tags of the row axis.
  public var tags: Tags
  /// Whether the row says more than the row it belongs to: only then its amounts are facts of their own.
  public var speaks: Bool
  public var cells: [Cell]
  public var file: String
  /// Whether the data leaves it out and has only rows within it: its blank cells say nothing, those within speak for it.
  public var isHollow = false

  public var place: Place {
    let first = cells.first { !$0.text.isEmpty } ?? cells.first ?? .absent
    return first.place(in: file)
  }

  /// Whether the data leaves it out, and the form prints it all the same.
  public var isLeftOut: Bool { cells.allSatisfy { $0.line == 0 } }
}

/// A panel with its rows.
public struct FilledPanel: Sendable {
  /// The number of a column (栏次), where the data has it.
  public struct ColumnNumber: Sendable {
    public var strip: Int
    public var leaf: Int
    public var cell: Cell
  }

  public var panel: Panel
  public var rows: [Row]
  public var columnNumbers: [ColumnNumber] = []

  /// Whether a row's amounts say how another row's changed (增减), so that they state no fact of their own.
  ///
  /// A declared row that is the difference of two of one year is no change but an amount (收支结余).
  public func isChange(_ row: Row) -> Bool {
    guard let spec = row.spec, panel.rows.indices.contains(spec) else { return false }
    let declared = panel.rows[spec]
    if case .levels(_, let lines, _) = declared.kind {
      return row.line.map { lines.indices.contains($0) && !lines[$0].difference.isEmpty } ?? false
    }
    let years = declared.difference.map { panel.rows[$0].states["year"] }
    return years.count == 2 && years[0] != years[1]
  }

  /// The columns that are printed: personal ones never, optional ones where something is written.
  public var printedLeaves: [Leaf] {
    panel.leaves.filter { leaf in
      if leaf.isPersonal { return false }
      return !leaf.isOptional
        || rows.contains { leaf.index < $0.cells.count && !$0.cells[leaf.index].text.isEmpty }
    }
  }
}

/// Which rows of a panel belong to which, found once for all of them.
public struct RowFamilies: Sendable {
  /// For each row those directly below it.
  public let children: [[Int]]
  /// For each declared row the outermost rows that fill it in: itself, or those of its block.
  public let outermost: [[Int]]

  public init(_ filled: FilledPanel) {
    var children = Array(repeating: [Int](), count: filled.rows.count)
    var outermost = Array(repeating: [Int](), count: filled.panel.rows.count)
    for (index, row) in filled.rows.enumerated() {
      if let parent = row.parent { children[parent].append(index) }
      if let spec = row.spec, row.parent.map({ filled.rows[$0].spec != spec }) ?? true {
        outermost[spec].append(index)
      }
    }
    self.children = children
    self.outermost = outermost
  }
}

/// A grid with its panels, and which rows are printed on one line.
public struct FilledGrid: Sendable {
  public var grid: Grid
  public var panels: [FilledPanel]
  /// For each line the row of each panel, or nil where that panel has none; a list in strips is one list here.
  public var lines: [[Int?]]
}

/// A field with its value.
public struct FilledField: Sendable {
  public var field: Field
  public var cell: Cell
}

/// A part of a table as it was filled in.
public enum FilledBlock: Sendable {
  case fields(title: String?, rows: [[FilledField]])
  case grid(FilledGrid)
  case texts(TextBlock, [String], Place?)
  case indicators(IndicatorBlock, FilledPanel)
  case score(ScoreBlock, FilledScore)
}

/// The total score as it was filled in.
public struct FilledScore: Sendable {
  public var points: Cell?
  public var score: Cell?
  public var grade: Cell?
  public var place: Place
}

/// A form filled in for one disclosure (表).
public struct Table: Sendable {
  public var form: Form
  /// The name that tells apart sheets of one form.
  public var instance: String?
  /// 表1, 公开09表.
  public var number: String?
  public var blocks: [FilledBlock]
  /// Notes of this table in this disclosure, after those of the form.
  public var notes: [Note]
  public var file: String
  /// The project, unit or other thing that a sheet describes, as its facts name it; nil where that is not known.
  public var subject: String?
  /// Where each long text of a sheet begins, by the id of its block.
  public var textPlaces: [String: [Place]] = [:]

  public struct Note: Sendable, Hashable {
    public var text: String
    public var place: Place

    public init(text: String, place: Place) {
      self.text = text
      self.place = place
    }
  }

  /// The project that a sheet describes.
  public var project: String? { form.instances == "project" ? subject : nil }

  /// The anchor: the form's id, and the name of the sheet.
  public var anchor: String { instance.map { form.id + "." + $0 } ?? form.id }

  /// As printed over the table.
  public var title: String { form.title }

  /// As formulas and findings call it.
  public var name: String { instance.map { form.name + "." + $0 } ?? form.name }

  public var panels: [FilledPanel] { blocks.flatMap(\.panels) }

  public var grids: [FilledGrid] {
    blocks.compactMap { if case .grid(let grid) = $0 { grid } else { nil } }
  }

  public var fields: [FilledField] {
    blocks.flatMap { block -> [FilledField] in
      if case .fields(_, let rows) = block { rows.flatMap { $0 } } else { [] }
    }
  }

  /// Whether no cell of an amount column holds anything but zeros and blanks.
  public var isWithoutAmounts: Bool {
    grids.allSatisfy { grid in
      grid.panels.allSatisfy { filled in
        filled.panel.leaves.filter { $0.type == .amount }.allSatisfy { leaf in
          filled.rows.allSatisfy { row in
            let cell = leaf.index < row.cells.count ? row.cells[leaf.index] : .absent
            return cell.amount.map { $0.fen == 0 } ?? (cell.state != .invalid)
          }
        }
      }
    }
  }

  /// How many figures it prints.
  public var figureCount: Int {
    panels.reduce(0) {
      $0 + $1.rows.reduce(0) { $0 + $1.cells.count { $0.amount != nil || $0.number != nil } }
    }
      + fields.count { $0.cell.amount != nil || $0.cell.number != nil }
  }
}
