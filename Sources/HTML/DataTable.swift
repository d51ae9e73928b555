/// A table of figures (数据表) on its way to accessible HTML; it knows header trees and cell states, no money rules.
///
/// One or more panels lie side by side (收入｜支出); most tables have one. Every row has one part for each panel,
/// and a part holds one cell for each leaf column of its panel, in order.
///
///     let table = DataTable(
///       id: "overview", caption: Caption(number: "表1", title: "收支总表", meta: ["单位：万元"]),
///       columns: [Column("项目", kind: .name), Column("2022年预算数", key: "amount", kind: .number)],
///       rows: [Row([.header("收入总计"), .number("1,273.52", value: "1273.52")], role: .total)])
///     table.html()  // "<div class=\"data-table\" id=\"overview\">…"
public struct DataTable: Sendable, Hashable {
  /// The anchor of the table and the prefix of the ids in it; unique on the page, without spaces.
  public var id: String
  public var caption: Caption
  public var panels: [Panel]
  public var rows: [Row]
  /// What the table says when it has no rows, such as 本表本年无发生额。
  public var emptyStatement: String?
  public var notes: [String]
  public var downloads: [Download]

  public init(
    id: String, caption: Caption, panels: [Panel], rows: [Row],
    emptyStatement: String? = nil, notes: [String] = [], downloads: [Download] = []
  ) {
    self.id = id
    self.caption = caption
    self.panels = panels
    self.rows = rows
    self.emptyStatement = emptyStatement
    self.notes = notes
    self.downloads = downloads
  }

  /// A table of one panel.
  public init(
    id: String, caption: Caption, columns: [Column], rows: [Row],
    emptyStatement: String? = nil, notes: [String] = [], downloads: [Download] = []
  ) {
    self.init(
      id: id, caption: caption, panels: [Panel(columns)], rows: rows,
      emptyStatement: emptyStatement, notes: notes, downloads: downloads)
  }
}

/// What stands above a table: its number, its name, and the line of small print.
public struct Caption: Sendable, Hashable {
  /// 表1, 公开02表.
  public var number: String?
  public var title: String
  /// Of whom the table speaks, such as 部门名称：某某区教育局; printed at the left.
  public var subject: String?
  /// 2022年, 单位：万元; printed at the right, and again on every printed page.
  public var meta: [String]
  /// Makes the title a heading (2 is `<h2>`), so that it can be jumped to; `nil` leaves it plain.
  public var headingLevel: Int?

  public init(
    number: String? = nil, title: String, subject: String? = nil, meta: [String] = [],
    headingLevel: Int? = nil
  ) {
    self.number = number
    self.title = title
    self.subject = subject
    self.meta = meta
    self.headingLevel = headingLevel
  }
}

/// Columns that share their row headers (栏).
public struct Panel: Sendable, Hashable {
  public var columns: [Column]

  public init(_ columns: [Column]) {
    self.columns = columns
  }
}

/// A node of the header tree (表头): a leaf is a column, an inner node a group of columns.
public struct Column: Sendable, Hashable {
  /// What the cells of a leaf hold; decides alignment and width.
  public enum Kind: String, Sendable, Hashable {
    /// Short words.
    case text
    /// The name of the row; usually holds row headers.
    case name
    /// 科目编码 and other codes.
    case code
    /// Amounts, percentages, counts, scores; aligned at the right.
    case number
    /// 行次.
    case line
    /// Sentences.
    case prose
    /// A word or a link that says how things stand, centred.
    case status
  }

  public var title: String
  /// Gives the header a lasting id `<table>:c-<key>`; without it the place in the header is counted.
  public var key: String?
  public var kind: Kind
  /// 栏次, printed in a row of its own below the header.
  public var number: String?
  public var children: [Column]

  public init(_ title: String, key: String? = nil, kind: Kind = .text, number: String? = nil) {
    self.title = title
    self.key = key
    self.kind = kind
    self.number = number
    self.children = []
  }

  /// A group of columns.
  public init(_ title: String, key: String? = nil, _ children: [Column]) {
    self.title = title
    self.key = key
    self.kind = .text
    self.number = nil
    self.children = children
  }
}

/// A printed line of the table, with one part for each panel.
public struct Row: Sendable, Hashable {
  public enum Role: String, Sendable, Hashable {
    case ordinary
    case subtotal
    case total
    /// A heading inside the body; its first cell covers the panel and heads the rows below it.
    case group
  }

  /// The cells of one panel in one line.
  public struct Part: Sendable, Hashable {
    public var cells: [Cell]
    public var role: Role
    /// Gives the row's header a lasting id `<table>:r-<key>`; without it lines are counted.
    public var key: String?
    /// The panel has nothing in this line; shown as a space that belongs to the layout, not as empty cells.
    public var isEnded: Bool

    public init(_ cells: [Cell], role: Role = .ordinary, key: String? = nil) {
      self.cells = cells
      self.role = role
      self.key = key
      self.isEnded = false
    }

    /// A panel whose list is over, or has not begun, while another goes on.
    public static var ended: Part {
      var part = Part([])
      part.isEnded = true
      return part
    }
  }

  public var parts: [Part]

  /// A line of several panels; missing parts count as ended.
  public init(parts: [Part]) {
    self.parts = parts
  }

  /// A line of a table with one panel.
  public init(_ cells: [Cell], role: Role = .ordinary, key: String? = nil) {
    self.parts = [Part(cells, role: role, key: key)]
  }

  /// A heading across the table, over the rows up to the next heading or total.
  public static func group(_ title: String, key: String? = nil) -> Row {
    Row([.header(title)], role: .group, key: key)
  }
}

/// A file that holds the same figures.
public struct Download: Sendable, Hashable {
  /// CSV, XLSX, JSON.
  public var label: String
  public var href: String
  /// 12.3 KB.
  public var size: String?

  public init(label: String, href: String, size: String? = nil) {
    self.label = label
    self.href = href
    self.size = size
  }
}
