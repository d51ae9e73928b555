import ArgumentParser
import Diagnostics
import Forms

struct FormsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forms", abstract: "列出内置的表套和表样。", usage: "gongkai forms [选项]")

  @Option(help: "只列出某一公开类别，如 budget。")
  var kind: String?

  @Option(help: "只列出名称或地区里含有这几个字的表套。")
  var search: String?

  func run() throws {
    let library = FormLibrary(own: [])
    if let kind, library.kind(kind) == nil {
      let known = library.kinds.map { "\($0.id)（\($0.title)）" }.joined(separator: "、")
      Terminal.error("gongkai: 没有“\(kind)”这个公开类别；可用的类别：\(known)\n")
      throw ExitCode(Exit.usage)
    }
    let sets = library.sets.filter { fits($0) }
    if sets.isEmpty { Terminal.error("没有符合的内置表套；不带选项运行 gongkai forms 列出全部\n") }
    for set in sets { show(set, in: library) }
  }

  private func fits(_ set: FormSet) -> Bool {
    guard kind == nil || set.kind == kind else { return false }
    guard let search else { return true }
    return [set.title, region(of: set), set.id].contains { $0.contains(search) }
  }

  private func show(_ set: FormSet, in library: FormLibrary) {
    let kind = library.kind(set.kind)?.title ?? set.kind
    Terminal.out("\(set.id)\n  \(set.title)（\(kind)，\(region(of: set))，\(years(of: set))）\n")
    let lines = set.entries.map { entry in
      let year = min(max(set.years.lowerBound, 2020), set.years.upperBound)
      let name = library.form(entry.form, year: year)?.name ?? entry.form
      return (number: entry.number ?? "", name: name + (entry.isRequired ? "" : "（可选）"), form: entry.form)
    }
    let numberWidth = lines.map { displayWidth(of: $0.number) }.max() ?? 0
    let nameWidth = lines.map { displayWidth(of: $0.name) }.max() ?? 0
    for line in lines {
      let number = numberWidth > 0 ? padded(line.number, to: numberWidth) + "  " : ""
      Terminal.out("    \(number)\(padded(line.name, to: nameWidth))  \(line.form)\n")
    }
  }

  private func region(of set: FormSet) -> String { set.region.isEmpty ? "全国" : set.region.joined() }

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
