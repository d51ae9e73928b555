import Diagnostics
import Fiscal
import Forms
import Parsing

/// Says of files that nothing uses why that is, and what to do.
struct UnusedFiles {
  let folder: String
  let library: FormLibrary
  let disclosures: [Disclosure]

  /// - Parameter path: the file's path below the unit's folder.
  func finding(for path: String) -> Finding {
    let parts = path.split(separator: "/").map(String.init)
    let name = parts.last ?? path
    let place = Place(file: folder + "/" + path)
    let disclosure = disclosures.first { path.hasPrefix($0.key + "/") }
    guard let disclosure, name.hasSuffix(".csv") || name.hasSuffix(".yaml") else {
      let user = disclosure == nil ? "单位" : "这份文档"
      return Finding(
        "unused-file", .warning, at: place, "“\(name)”没有用处：\(user)没有用到它", hint: "删去它，或在正文里链接它")
    }
    // Data that reaches no page would be lost without a word.
    return Finding(
      "unused-file", at: place, "“\(name)”没有公开：没有一张表样用到它",
      hint: parts.count > 3 ? "放到 \(disclosure.key)/ 下，不要再分文件夹" : hint(name, disclosure),
      subject: disclosure.subject)
  }

  /// Why no form takes a sheet, as far as its name tells; tables are published without one.
  private func hint(_ name: String, _ disclosure: Disclosure) -> String {
    let stem = String(name.dropLast(5).prefix { $0 != "." })
    let names = (disclosure.set?.entries.map(\.form) ?? []) + library.standaloneNames
    let forms = names.compactMap { library.form($0, year: disclosure.year) }
    if let form = forms.first(where: { $0.names.contains { normalizedName($0) == normalizedName(stem) } }) {
      if !form.isSheet { return "“\(form.name)”是列表，要写成 \(form.name).csv" }
      if form.instances == nil { return "“\(form.name)”只有一张，文件名里不要再加“.”和别的字" }
    }
    let declare = "在 content/forms/ 里为它写一张表样"
    let sheets = forms.filter(\.isSheet)
    if let near = nearest(to: stem, among: sheets.flatMap(\.names)) {
      return "文件名应为表名，是否想写“\(near)”？不是的话，\(declare)"
    }
    let known = sheets.prefix(20).map(\.id).joined(separator: "、")
    return known.isEmpty ? declare : "文件名应为表名：\(known)；都不是的，\(declare)"
  }
}
