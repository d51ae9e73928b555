import ArgumentParser
import Diagnostics
import Files
import Fiscal
import Forms
import Glibc
import Parsing
import Pipeline

struct FormsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forms", abstract: "列出表套，印出一张表样。", usage: "gongkai forms <命令> [选项]",
    subcommands: [FormsListCommand.self, FormsShowCommand.self, FormsDraftCommand.self],
    defaultSubcommand: FormsListCommand.self)
}

/// Where a site's own forms lie.
struct FormsPlaceOptions: ParsableArguments {
  @Option(help: ArgumentHelp("内容文件夹，其中 forms/ 的表样也算（默认为 content）。", valueName: "dir"))
  var content: String?

  @Option(name: .customShort("C"), help: ArgumentHelp("先进入这个文件夹。", valueName: "dir"))
  var directory: String?

  func library() -> (library: FormLibrary, findings: [Finding]) {
    let folder = PlaceOptions.resolve(content ?? "content", in: directory)
    return forms(of: SiteFolders(content: folder), on: .real)
  }
}

struct FormsListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "列出内置的和网站自己的表套、表样。", usage: "gongkai forms list [选项]")

  @OptionGroup var place: FormsPlaceOptions

  @Option(help: "只列出某一公开类别，如 budget 或 部门预算。")
  var kind: String?

  @Option(help: "只列出这个地区可用的和它下面各地的表套，从省往下用 / 分开。")
  var region: String?

  @Option(help: "只列出这一年可用的表套。")
  var year: Int?

  @Option(help: "只列出名称、地区或其中某张表的名称、别名里含有这几个字的表套。")
  var search: String?

  func run() throws {
    let library = place.library().library
    let kind = try kind.map { word in
      guard let kind = library.kinds.first(where: { $0.names.contains(word) }) else {
        throw refusal(unknownKind(word, library))
      }
      return kind.id
    }
    let region = region.map { ReadRegion($0, library).region }
    var isFound = false
    for set in library.sets where fits(set, kind, region) {
      let lines = set.entries.map { FormLine($0, library.form($0.form, year: year ?? set.sampleYear)) }
      let hits = search.map { text in lines.compactMap { $0.matching(text) } }
      if let search, let hits, !names(of: set).contains(where: { $0.mentions(search) }) {
        guard !hits.isEmpty else { continue }
        list(set, hits, in: library)
        if hits.count < lines.count { Terminal.out("    （另有 \(lines.count - hits.count) 张）\n") }
      } else {
        list(set, lines, in: library)
      }
      isFound = true
    }
    let free = kind == nil && region == nil ? freeForms(in: library) : []
    if !free.isEmpty {
      Terminal.out("不属于表套的表样\n")
      print(free)
    }
    if !isFound, free.isEmpty { Terminal.error("没有符合的表套和表样；不带选项运行 gongkai forms 列出全部\n") }
  }

  private func fits(_ set: FormSet, _ kind: String?, _ region: [String]?) -> Bool {
    if let kind, set.kind != kind { return false }
    if let year, !set.years.contains(year) { return false }
    // Those of the region and around it, and those within it.
    if let region { return region.starts(with: set.region) || set.region.starts(with: region) }
    return true
  }

  private func names(of set: FormSet) -> [String] { [set.id, set.title, set.shownRegion] }

  private func freeForms(in library: FormLibrary) -> [FormLine] {
    let lines = library.standaloneNames.map {
      FormLine(id: $0, library.form($0, year: year ?? FormSet.firstSampleYear))
    }
    return search.map { text in lines.compactMap { $0.matching(text) } } ?? lines
  }

  private func list(_ set: FormSet, _ lines: [FormLine], in library: FormLibrary) {
    let kind = library.kind(set.kind)?.title ?? set.kind
    Terminal.out("\(set.id)\n  \(set.title)（\(kind)，\(set.shownRegion)，\(set.shownYears)）\n")
    print(lines)
  }

  private func print(_ lines: [FormLine]) {
    let numbers = lines.map { displayWidth(of: $0.number) }.max() ?? 0
    let names = lines.map { displayWidth(of: $0.title) }.max() ?? 0
    for line in lines {
      let number = numbers > 0 ? padded(line.number, to: numbers) + "  " : ""
      Terminal.out("    \(number)\(padded(line.title, to: names))  \(line.id)\n")
    }
  }

  /// Full-width characters take two columns.
  private func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - displayWidth(of: text)))
  }
}

/// A form as it is listed.
private struct FormLine {
  var id: String
  var number = ""
  var name: String
  var aliases: [String]
  /// What stands behind the name: whether it may be left out, by which other name it was found.
  var remarks: [String] = []

  init(id: String, _ form: Form?) {
    self.id = id
    name = form?.name ?? id
    aliases = form?.aliases ?? []
  }

  init(_ entry: FormSet.Entry, _ form: Form?) {
    self.init(id: entry.form, form)
    number = entry.number ?? ""
    if !entry.isRequired { remarks.append("可选") }
  }

  var title: String { name + (remarks.isEmpty ? "" : "（\(remarks.joined(separator: "，"))）") }

  /// The form with the name by which it is found; nil where none of its names has the text.
  func matching(_ text: String) -> FormLine? {
    if [name, id].contains(where: { $0.mentions(text) }) { return self }
    guard let alias = aliases.first(where: { $0.mentions(text) }) else { return nil }
    var line = self
    line.remarks.append("也叫\(alias)")
    return line
  }
}

extension String {
  /// Whether a text stands in it; quotation marks, white space and the width of brackets make no difference.
  fileprivate func mentions(_ text: String) -> Bool {
    func plain(_ text: String) -> String {
      normalizedName(text).filter { !"“”\"".contains($0) }.lowercased()
    }
    let wanted = plain(text)
    return contains(text) || !wanted.isEmpty && plain(self).contains(wanted)
  }
}

struct FormsShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "印出一张表样：栏、列、行、单位、标签、勾稽关系。", usage: "gongkai forms show <id> [选项]",
    discussion: "extends 的表样印出合并以后的样子。")

  @Argument(help: "表样的全名 表套/id；只有一处叫这个 id 时可以只写 id。")
  var id: String

  @Option(help: "哪一年的样子；不写取表套可用的最后一年，没有最后一年的取最早一年。")
  var year: Int?

  @OptionGroup var place: FormsPlaceOptions

  func run() throws {
    let (library, findings) = place.library()
    let names = library.formNames.filter { $0 == id || $0.hasSuffix("/" + id) }
    guard let name = names.first(where: { $0 == id }) ?? (names.count == 1 ? names.first : nil) else {
      let known = library.formNames
      let ids = known.compactMap { $0.split(separator: "/").last.map(String.init) }
      let near = nearest(to: id, among: known + ids)
      let all = near.map { "是否想写 \($0)？" } ?? "运行 gongkai forms 列出全部表样"
      let hint = names.isEmpty ? all : "写全名：" + names.joined(separator: "、")
      Terminal.error("gongkai: \(names.isEmpty ? "没有" : "有 \(names.count) 张")表样“\(id)”；\(hint)\n")
      throw ExitCode(Exit.usage)
    }
    guard let form = library.form(name, year: year ?? latestYear(of: name, in: library)) else {
      let lines = SourceLines(.real)
      let printer = TextReport(colored: Terminal.isColored(STDERR_FILENO))
      let told = findings.blocking.inReadingOrder()
      Terminal.error(told.map { printer.render($0) { lines.line($0, $1) } }.joined(separator: "\n"))
      Terminal.error("gongkai: 表样“\(name)”有错，改好以后才能印出\n")
      throw ExitCode(Exit.findings)
    }
    Terminal.out(FormOutline(form, facts: library.facts).text)
  }

  /// The last year of the sets that use a form; of an open range the first that is sure.
  private func latestYear(of name: String, in library: FormLibrary) -> Int {
    let ranges = library.sets.filter { $0.entries.contains { $0.form == name } }.map(\.years)
    let years = ranges.map {
      $0.upperBound < 9999 ? $0.upperBound : max($0.lowerBound, FormSet.firstSampleYear)
    }
    return years.max() ?? FormSet.firstSampleYear
  }
}
