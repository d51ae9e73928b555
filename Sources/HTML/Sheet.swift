/// A form that is filled in rather than a list (表单): labelled fields, tables, long texts, one below another.
///
///     let sheet = Sheet(
///       id: "review.labour-day", caption: Caption(title: "项目支出绩效自评表", meta: ["2022年度"]),
///       blocks: [.fields([[Field("项目名称", .text("劳模慰问"))], [Field("分值", .number("10", value: "10"))]])])
public struct Sheet: Sendable, Hashable {
  /// A part of the sheet that can be read by itself.
  public enum Block: Sendable, Hashable {
    /// Lines of labelled values, as the official form sets them side by side.
    case fields([[Field]])
    /// A money block or an indicator table; its caption is the title of the block.
    case table(DataTable)
    /// Long texts under one title, such as 年度总体目标: 预期目标｜实际完成情况.
    case texts(title: String, columns: [TextColumn])
  }

  public var id: String
  public var caption: Caption
  public var blocks: [Block]
  public var notes: [String]
  public var downloads: [Download]

  public init(
    id: String, caption: Caption, blocks: [Block], notes: [String] = [], downloads: [Download] = []
  ) {
    self.id = id
    self.caption = caption
    self.blocks = blocks
    self.notes = notes
    self.downloads = downloads
  }
}

/// A label and its value in a sheet.
public struct Field: Sendable, Hashable {
  public var label: String
  /// Only `content`, `id` and `classes` count here.
  public var value: Cell

  public init(_ label: String, _ value: Cell) {
    self.label = label
    self.value = value
  }
}

/// A long text, under a heading of its own when several stand side by side.
public struct TextColumn: Sendable, Hashable {
  public var heading: String?
  public var paragraphs: [String]
  /// Where the text comes from, for the preview; see `Cell.place`.
  public var place: String?

  public init(_ heading: String? = nil, _ paragraphs: [String], place: String? = nil) {
    self.heading = heading
    self.paragraphs = paragraphs
    self.place = place
  }
}
