import Diagnostics

/// The forms of a library as a book: `docs/forms.md` is made from it.
public struct FormBook {
  private let library: FormLibrary
  /// Where a way of printing was shown first.
  private var shown: [[String]: (title: String, anchor: String)] = [:]

  public init(_ library: FormLibrary) { self.library = library }

  /// All sets with their forms as Markdown.
  public static func markdown(of library: FormLibrary) -> String {
    var book = FormBook(library)
    return book.markdown()
  }

  private mutating func markdown() -> String {
    let sets = library.kinds.flatMap { kind in library.sets.filter { $0.kind == kind.id } }
    var text = """
      # 表样目录

      本页由 `make docs` 从随软件附带的表样生成，请勿手改。写法见 [forms-language.md](forms-language.md)；带 id 的样子用
      `gongkai forms show 表套/表样` 印出。

      每张表先画表头，再列行：`├` 之后是印出的行名，旁边是它由哪些行得出；括号里的行由数据决定。〔 〕里是这一行、这一列说的是什么
      （见 [facts.md](facts.md)），没有写的与全表相同。标题里的年度只是举例。与前面某张印法完全相同的表只写不同之处。

      | 公开类别 | 地区 | 表套 | 年度 | 表 |
      |---|---|---|---|---:|

      """
    for set in sets {
      let kind = library.kind(set.kind)?.title ?? set.kind
      text +=
        "| \(kind) | \(set.shownRegion) | [\(set.title)](#\(set.id)) | \(set.shownYears) | \(set.entries.count) |\n"
    }
    for set in sets { text += section(of: set) }
    return text
  }

  private mutating func section(of set: FormSet) -> String {
    let kind = library.kind(set.kind)?.title ?? set.kind
    let year = set.sampleYear
    var text = "\n<a id=\"\(set.id)\"></a>\n\n## \(set.title)\n\n"
    text += "`\(set.id)`，\(kind)，\(set.shownRegion)，\(set.shownYears)"
    text += set.lawsOff.isEmpty ? "。\n\n" : "；不核对的定律：\(set.lawsOff.joined(separator: "、"))。\n\n"
    let entries = set.entries.compactMap { entry in
      library.form(entry.form, year: year).map { (entry: entry, form: $0) }
    }
    let links = entries.map { entry, form in
      let number = entry.number.map { $0 + " " } ?? ""
      return "\(number)[\(form.name)](#\(anchor(form)))\(entry.isRequired ? "" : "（可选）")"
    }
    text += links.joined(separator: "、") + "。\n"
    for (entry, form) in entries where form.setID == set.id { text += section(of: form, entry) }
    return text
  }

  private mutating func section(of form: Form, _ entry: FormSet.Entry) -> String {
    let title = (entry.number.map { $0 + "　" } ?? "") + form.name
    let page = FormPage(form, facts: library.facts)
    var text = "\n<a id=\"\(anchor(form))\"></a>\n\n### \(title)\(entry.isRequired ? "" : "（可选）")\n\n"
    text += "[`\(form.fullName)`](\(source(of: form)))：\(page.head)\n"
    let body = page.blocks
    if let first = shown[body] {
      return text + "\n印法与[\(first.title)](#\(first.anchor))相同。\n"
    }
    shown[body] = (form.fullName, anchor(form))
    var isInList = false
    for block in body {
      // Points stand together, anything else by itself.
      let isPoint = block.hasPrefix("- ")
      text += (isPoint && isInList ? "" : "\n") + block + "\n"
      isInList = isPoint
    }
    return text
  }

  private func anchor(_ form: Form) -> String { form.fullName.replacing("/", with: "--") }

  private func source(of form: Form) -> String {
    "../Sources/Forms/Catalogue/" + form.place.file.split(separator: "/").dropFirst().joined(separator: "/")
  }
}

extension FormSet {
  /// 全国, 湖南省长沙市.
  public var shownRegion: String { region.isEmpty ? "全国" : region.joined() }

  /// 2022 年, 2020 年起, 2020—2023 年.
  public var shownYears: String {
    let (low, high) = (years.lowerBound, years.upperBound)
    if low == 0, high == 9999 { return "各年" }
    if high == 9999 { return "\(low) 年起" }
    if low == 0 { return "至 \(high) 年" }
    return low == high ? "\(low) 年" : "\(low)—\(high) 年"
  }

  /// The year that titles show where any would do.
  public static let firstSampleYear = 2020

  /// A year in which the set is valid, for titles with the year in them.
  public var sampleYear: Int { min(max(years.lowerBound, Self.firstSampleYear), years.upperBound) }
}
