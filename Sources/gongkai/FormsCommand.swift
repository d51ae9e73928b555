import ArgumentParser
import Diagnostics
import Files
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

  @Option(help: "只列出某一公开类别，如 budget。")
  var kind: String?

  @Option(help: "只列出这个地区可用的表套，从省往下用 / 分开。")
  var region: String?

  @Option(help: "只列出这一年可用的表套。")
  var year: Int?

  @Option(help: "只列出名称或地区里含有这几个字的表套。")
  var search: String?

  func run() throws {
    let library = place.library().library
    if let kind, library.kind(kind) == nil {
      let known = library.kinds.map { "\($0.id)（\($0.title)）" }.joined(separator: "、")
      Terminal.error("gongkai: 没有“\(kind)”这个公开类别；可用的类别：\(known)\n")
      throw ExitCode(Exit.usage)
    }
    let sets = library.sets.filter { includes($0) }
    if sets.isEmpty { Terminal.error("没有符合的表套；不带选项运行 gongkai forms 列出全部\n") }
    for set in sets { list(set, in: library) }
    let free = library.standaloneNames
    guard kind == nil, region == nil, search == nil, !free.isEmpty else { return }
    Terminal.out("不属于表套的表样\n")
    list(free.map { ("", library.form($0, year: year ?? 2020)?.name ?? $0, $0) })
  }

  private func includes(_ set: FormSet) -> Bool {
    if let kind, set.kind != kind { return false }
    if let year, !set.years.contains(year) { return false }
    if let region, !region.split(separator: "/").map(String.init).starts(with: set.region) { return false }
    guard let search else { return true }
    return set.title.contains(search) || regionName(of: set).contains(search) || set.id.contains(search)
  }

  private func list(_ set: FormSet, in library: FormLibrary) {
    let kind = library.kind(set.kind)?.title ?? set.kind
    Terminal.out("\(set.id)\n  \(set.title)（\(kind)，\(regionName(of: set))，\(years(of: set))）\n")
    let first = min(max(set.years.lowerBound, 2020), set.years.upperBound)
    list(
      set.entries.map { entry in
        let name = library.form(entry.form, year: year ?? first)?.name ?? entry.form
        return (entry.number ?? "", name + (entry.isRequired ? "" : "（可选）"), entry.form)
      })
  }

  private func list(_ lines: [(number: String, name: String, id: String)]) {
    let numbers = lines.map { displayWidth(of: $0.number) }.max() ?? 0
    let names = lines.map { displayWidth(of: $0.name) }.max() ?? 0
    for line in lines {
      let number = numbers > 0 ? padded(line.number, to: numbers) + "  " : ""
      Terminal.out("    \(number)\(padded(line.name, to: names))  \(line.id)\n")
    }
  }

  private func regionName(of set: FormSet) -> String { set.region.isEmpty ? "全国" : set.region.joined() }

  /// 2022 年, 2020 年起, 2020—2023 年.
  private func years(of set: FormSet) -> String {
    let (low, high) = (set.years.lowerBound, set.years.upperBound)
    if low == 0, high == 9999 { return "各年" }
    if high == 9999 { return "\(low) 年起" }
    if low == 0 { return "至 \(high) 年" }
    return low == high ? "\(low) 年" : "\(low)—\(high) 年"
  }

  /// Full-width characters take two columns.
  private func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - displayWidth(of: text)))
  }
}

struct FormsShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "印出一张表样：栏、列、行、单位、标签、勾稽关系。", usage: "gongkai forms show <id> [选项]",
    discussion: "extends 的表样印出合并以后的样子。")

  @Argument(help: "表样的全名 表套/id；只有一处叫这个 id 时可以只写 id。")
  var id: String

  @Option(help: "哪一年的样子；不写取表套可用的最近一年。")
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
    let years = ranges.map { $0.upperBound < 9999 ? $0.upperBound : max($0.lowerBound, 2020) }
    return years.max() ?? 2020
  }
}
