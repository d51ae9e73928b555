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
    for set in library.sets where kind == nil || set.kind == kind {
      let region = set.region.isEmpty ? "全国" : set.region.joined()
      if let search, !set.title.contains(search), !region.contains(search), !set.id.contains(search) { continue }
      Terminal.out("\(set.id)\n  \(set.title)（\(library.kind(set.kind)?.title ?? set.kind)，\(region)，\(years(of: set))）\n")
      let lines = set.entries.map { entry in
        let year = min(max(set.years.lowerBound, 2020), set.years.upperBound)
        let name = library.form(entry.form, year: year)?.name ?? entry.form
        return (entry.number ?? "", name + (entry.isRequired ? "" : "（可选）"), entry.form)
      }
      let widths = (lines.map { displayWidth(of: $0.0) }.max() ?? 0, lines.map { displayWidth(of: $0.1) }.max() ?? 0)
      for line in lines {
        let number = widths.0 > 0 ? padded(line.0, to: widths.0) + "  " : ""
        Terminal.out("    \(number)\(padded(line.1, to: widths.1))  \(line.2)\n")
      }
    }
  }

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
