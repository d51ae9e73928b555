import ArgumentParser
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
      let low = set.years.lowerBound == 0 ? "" : String(set.years.lowerBound)
      let high = set.years.upperBound == 9999 ? "" : String(set.years.upperBound)
      let years = low == high ? low : "\(low)–\(high)"
      Terminal.out("\(set.id)  \(set.title)（\(library.kind(set.kind)?.title ?? set.kind)，\(region)，\(years)）\n")
      for entry in set.entries {
        let year = min(max(set.years.lowerBound, 2020), set.years.upperBound)
        let name = library.form(entry.form, year: year)?.name ?? entry.form
        Terminal.out("  \(entry.number.map { $0 + " " } ?? "")\(name)  \(entry.form)\(entry.isRequired ? "" : "（可选）")\n")
      }
    }
  }
}
