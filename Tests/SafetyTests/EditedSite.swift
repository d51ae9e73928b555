import Files
import Foundation

/// A site on the disk that is edited at random, as people, programs and accidents edit sites.
///
/// Its units publish several years, and their texts read the figures of the year before.
final class EditedSite {
  let root: String
  private var numbers: SeededNumbers
  private let files = FileManager.default
  /// The sources as they were when they last could be published, by path.
  private var good: [String: Data] = [:]

  init(seed: UInt64) throws {
    numbers = SeededNumbers(seed: seed)
    root = NSTemporaryDirectory() + "gongkai-edits-\(UUID().uuidString)"
    for (path, text) in Self.base { try write(path, text) }
    for name in ["kinds", "facts", "fragments"] {
      let text = SampleSite.root + "/Sources/Forms/Catalogue/\(name).yaml"
      try write("catalogue/\(name).yaml", String(contentsOfFile: text, encoding: .utf8))
    }
    for unit in ["jyj", "czj", "wtj"] {
      for year in [2022, 2023, 2024] { try addDisclosure(unit, year) }
    }
  }

  deinit { try? files.removeItem(atPath: root) }

  func path(_ name: String) -> String { root + "/" + name }

  // MARK: Mending

  /// Notes the present state as one that can be published.
  func noteGood() throws { good = try sources() }

  /// Undoes what was done since: most states of a site are to be published.
  func mend() throws -> Set<String> {
    let present = try sources()
    let paths = Set(present.keys).union(good.keys).filter { present[$0] != good[$0] }
    for path in paths {
      if let data = good[path] {
        let place = URL(fileURLWithPath: self.path(path))
        try files.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: place)
      } else {
        try files.removeItem(atPath: self.path(path))
      }
    }
    // A folder without files is no trace of good times either.
    for folder in Disk.real.fileTree(at: path("content")).folders.reversed() {
      _ = rmdir(path("content/" + folder))
    }
    return paths
  }

  private func sources() throws -> [String: Data] {
    var all: [String: Data] = [:]
    for folder in ["content", "Themes"] {
      for file in Disk.real.fileTree(at: path(folder)).files {
        let path = folder + "/" + file.path
        all[path] = try Data(contentsOf: URL(fileURLWithPath: self.path(path)))
      }
    }
    return all
  }

  // MARK: Edits

  /// Does something to the site; returns what, and the paths it touched (nil: anything may have changed).
  func edit() throws -> (what: String, paths: Set<String>?) {
    let number = Int.random(in: 0..<22, using: &numbers)
    switch number {
    case 0...4: return try changeFigure()
    case 5, 6: return try changeText()
    case 7: return try changeMetadata()
    case 8: return try addOrRemoveDisclosure()
    case 9: return try renameDisclosure()
    case 10: return try addRemoveOrRenameUnit()
    case 11: return try changeAttachment()
    case 12: return try changeSettings()
    case 13: return try changeTheme()
    case 14: return try changeForm()
    case 15: return try touch()
    case 16, 17: return try breakFile()
    case 18: return try strayFile()
    case 19: return try damageMemory()
    case 20: return try damageOutput()
    default: return try saveByRename()
    }
  }

  private func changeFigure() throws -> (String, Set<String>?) {
    guard let path = anyFile(where: { $0.hasSuffix(".csv") }) else { return ("nothing", []) }
    // Of the same length as before, so that the size of the file does not tell.
    try change(path) { text in
      text.replacing(/\d\.\d\d(?=\n)/, maxReplacements: 1) { _ in self.figure() }
    }
    return ("figure in \(path)", [path])
  }

  private func changeText() throws -> (String, Set<String>?) {
    guard let path = anyFile(where: { $0.hasSuffix("narrative.md") }) else { return ("nothing", []) }
    let sentence = [
      "新写的一句话 \(number(1000))。", "上年收入 {{ 上年.收入表[拨款] | 万元 }}。",
      "{{ 增减(收入表[拨款], 上年.收入表[拨款]) }}。", "## 新的一节 \(number(1000))", "**重点** {{ 收入表[其他] | 元 }}。",
    ].randomElement(using: &numbers)
    try change(path) { $0 + "\n" + (sentence ?? "") + "\n" }
    return ("text \(path)", [path])
  }

  private func changeMetadata() throws -> (String, Set<String>?) {
    if chance(2), let path = anyFile(where: { $0.hasSuffix("unit.yaml") }) {
      try change(path) { $0.replacing(/short-name: .*/) { _ in "short-name: 简称\(self.number(100))" } }
      return ("unit \(path)", [path])
    }
    guard let path = anyFile(where: { $0.hasSuffix("disclosure.yaml") }) else { return ("nothing", []) }
    try change(path) { $0.replacing(/title: .*/) { _ in "title: 标题\(self.number(100))" } }
    return ("metadata \(path)", [path])
  }

  private func addOrRemoveDisclosure() throws -> (String, Set<String>?) {
    let (unit, year) = (anyUnit(), 2019 + number(8))
    let folder = "content/\(unit)/\(year)"
    if files.fileExists(atPath: path(folder)) {
      try files.removeItem(atPath: path(folder))
      return ("remove \(folder)", [folder])
    }
    try addDisclosure(unit, year)
    return ("add \(folder)", [folder])
  }

  private func renameDisclosure() throws -> (String, Set<String>?) {
    let unit = anyUnit()
    let (old, new) = ("content/\(unit)/\(2019 + number(8))", "content/\(unit)/\(2019 + number(8))")
    guard files.fileExists(atPath: path(old)), !files.fileExists(atPath: path(new)) else {
      return ("nothing", [])
    }
    try files.moveItem(atPath: path(old), toPath: path(new))
    return ("rename \(old) to \(new)", [old, new])
  }

  private func addRemoveOrRenameUnit() throws -> (String, Set<String>?) {
    let unit = anyUnit()
    let other = "dw\(number(6))"
    let (old, new) = ("content/\(unit)", "content/\(other)")
    if unit.isEmpty || (!files.fileExists(atPath: path(new)) && units.count < 5) {
      try write("\(new)/unit.yaml", "name: 示例县\(other)\nshort-name: 简称\nregion: 示例省/示例县\n")
      try addDisclosure(other, 2024)
      return ("add \(new)", chance(2) ? [new] : nil)
    }
    if units.count > 4 {
      try files.removeItem(atPath: path(old))
      return ("remove \(old)", chance(2) ? [old] : nil)
    }
    guard !files.fileExists(atPath: path(new)) else { return ("nothing", []) }
    try files.moveItem(atPath: path(old), toPath: path(new))
    return ("rename \(old) to \(new)", [old, new])
  }

  private func changeAttachment() throws -> (String, Set<String>?) {
    guard let path = anyFile(where: { $0.hasSuffix("附件.txt") }) else { return ("nothing", []) }
    // Of the same length as before.
    try write(path, "附件\(100 + number(900))")
    return ("attachment \(path)", [path])
  }

  private func changeSettings() throws -> (String, Set<String>?) {
    try change("content/site.yaml") { text in
      switch self.number(3) {
      case 0: text.replacing(/name: .*/) { _ in "name: 网站\(self.number(10))" }
      case 1: text.replacing(/theme: .*/) { _ in self.chance(2) ? "theme: own" : "theme: standard" }
      default: text.replacing(/base-path: .*/) { _ in self.chance(2) ? "base-path: /" : "base-path: /czj/" }
      }
    }
    return ("settings", ["content/site.yaml"])
  }

  private func changeTheme() throws -> (String, Set<String>?) {
    let css = "Themes/own/assets/own.css"
    let template = "Themes/own/404.mustache"
    if chance(2) {
      try write(css, "body { color: #\(100 + number(900)) }\n")
      return ("theme \(css)", [css])
    }
    try change(template) { $0.replacing(/<h1>.*/) { _ in "<h1>{{title}} \(self.number(10))</h1>" } }
    return ("theme \(template)", [template])
  }

  private func changeForm() throws -> (String, Set<String>?) {
    let path = "content/forms/own/income.yaml"
    try change(path) { text in
      self.chance(2)
        ? text.replacing(/empty: .*/) { _ in "empty: 没有数 \(self.number(10))。" }
        : text.replacing(/notes: .*/) { _ in "notes: [注 \(self.number(10))]" }
    }
    return ("form", [path])
  }

  private func touch() throws -> (String, Set<String>?) {
    guard let path = anyFile(where: { _ in true }) else { return ("nothing", []) }
    let data = try Data(contentsOf: URL(fileURLWithPath: self.path(path)))
    try data.write(to: URL(fileURLWithPath: self.path(path)))
    return ("touch \(path)", [path])
  }

  private func saveByRename() throws -> (String, Set<String>?) {
    guard let path = anyFile(where: { $0.hasSuffix(".csv") }) else { return ("nothing", []) }
    let text = try String(contentsOfFile: self.path(path), encoding: .utf8)
    let draft = (path as NSString).deletingLastPathComponent + "/.draft"
    try write(draft, text.replacing(/\d\.\d\d(?=\n)/, maxReplacements: 1) { _ in self.figure() })
    _ = rename(self.path(draft), self.path(path))
    return ("save \(path) by renaming", [path])
  }

  private func breakFile() throws -> (String, Set<String>?) {
    guard let path = anyFile(where: { !$0.hasSuffix(".txt") }) else {
      return ("nothing", [])
    }
    let data = try Data(contentsOf: URL(fileURLWithPath: self.path(path)))
    switch number(4) {
    case 0: try files.removeItem(atPath: self.path(path))
    case 1: try (data + Data([0xFF, 0xFE])).write(to: URL(fileURLWithPath: self.path(path)))
    case 2: try (data + Data("\"没有结束的引号: [\n".utf8)).write(to: URL(fileURLWithPath: self.path(path)))
    default: try data.prefix(data.count / 2).write(to: URL(fileURLWithPath: self.path(path)))
    }
    return ("break \(path)", [path])
  }

  private func strayFile() throws -> (String, Set<String>?) {
    let path = "content/\(anyUnit())/\(2022 + number(3))/budget/多余\(number(3)).\(chance(2) ? "csv" : "pdf")"
    if files.fileExists(atPath: self.path(path)) {
      try files.removeItem(atPath: self.path(path))
      return ("remove stray \(path)", [path])
    }
    guard files.fileExists(atPath: self.path((path as NSString).deletingLastPathComponent)) else {
      return ("nothing", [])
    }
    try write(path, "多余\n")
    return ("stray \(path)", [path])
  }

  private func damageMemory() throws -> (String, Set<String>?) {
    if chance(4) {
      try? files.removeItem(atPath: path(".gongkai"))
      return ("forget all", [])
    }
    let records = Disk.real.fileTree(at: path("memory-link")).files.map(\.path)
    guard let name = records.randomElement(using: &numbers) else { return ("nothing", []) }
    return try damage(path("memory-link/" + name), "record \(name)")
  }

  private func damageOutput() throws -> (String, Set<String>?) {
    let pages = Disk.real.fileTree(at: path("public")).files.map(\.path)
    guard let name = pages.randomElement(using: &numbers) else { return ("nothing", []) }
    if chance(4) {
      try write("public/" + (name as NSString).deletingLastPathComponent + "/stray.html", "多余")
      return ("stray page", [])
    }
    return try damage(path("public/" + name), "page \(name)")
  }

  private func damage(_ path: String, _ what: String) throws -> (String, Set<String>?) {
    var data = try Data(contentsOf: URL(fileURLWithPath: path))
    switch number(4) {
    case 0: try files.removeItem(atPath: path)
    case 1: try data.prefix(data.count / 2).write(to: URL(fileURLWithPath: path))
    case 2 where !data.isEmpty:
      data[data.startIndex + number(data.count)] ^= 1
      try data.write(to: URL(fileURLWithPath: path))
    default: try (data + Data("多余".utf8)).write(to: URL(fileURLWithPath: path))
    }
    return ("damage \(what)", [])
  }

  // MARK: Helpers

  private func number(_ limit: Int) -> Int { Int.random(in: 0..<max(1, limit), using: &numbers) }
  private func chance(_ inverse: Int) -> Bool { number(inverse) == 0 }
  private func figure() -> String { "\(number(10)).\(number(10))\(number(10))" }

  private var units: [String] {
    ((try? Disk.real.list(path("content"))) ?? [])
      .filter { $0.kind == .folder && $0.name != "forms" }.map(\.name)
  }

  private func anyUnit() -> String { units.randomElement(using: &numbers) ?? "jyj" }

  private func anyFile(where isWanted: (String) -> Bool) -> String? {
    Disk.real.fileTree(at: path("content")).files.map(\.path)
      .filter { !$0.hasPrefix("forms/") && $0.contains("/") && isWanted($0) }
      .randomElement(using: &numbers).map { "content/" + $0 }
  }

  private func change(_ path: String, _ body: (String) -> String) throws {
    guard let text = try? String(contentsOfFile: self.path(path), encoding: .utf8) else { return }
    try write(path, body(text))
  }

  private func write(_ path: String, _ text: String) throws {
    let place = URL(fileURLWithPath: self.path(path))
    try files.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: place)
  }

  private func addDisclosure(_ unit: String, _ year: Int) throws {
    let folder = "content/\(unit)/\(year)/budget/"
    try write(folder + "disclosure.yaml", "title: \(unit)\(year)\npublished: \(year)-02-20 09:00\n")
    try write(folder + "收入表.csv", "项目,金额\n拨款,\(figure())\n其他,\(figure())\n")
    try write(folder + "附件.txt", "附件000")
    let past =
      files.fileExists(atPath: path("content/\(unit)/\(year - 1)"))
      ? "{{ 增减(收入表[拨款], 上年.收入表[拨款]) }}。" : ""
    try write(
      folder + "narrative.md", "# 一、收入\n\n拨款 {{ 收入表[拨款] | 万元 }}。\(past)见[附件](附件.txt)。\n\n{{ 表 收入表 }}\n")
  }

  private static let base = [
    "content/site.yaml": """
    name: 示例县预决算公开
    domain: www.example.gov.cn
    site-code: "4300000000"
    organiser: 示例县财政局
    description: 示例
    theme: own
    base-path: /

    """,
    "content/jyj/unit.yaml": "name: 示例县教育局\nshort-name: 教育局\nregion: 示例省/示例县\n",
    "content/czj/unit.yaml": "name: 示例县财政局\nshort-name: 财政局\nregion: 示例省/示例县\n",
    "content/wtj/unit.yaml":
      "name: 示例县文体局\nshort-name: 文体局\nregion: 示例省/示例县\ndepartment: jyj\n",
    "content/forms/own/set.yaml": """
    id: own
    title: 自有表套
    kind: budget
    region: 示例省/示例县
    years: 2010..
    forms: [{form: income, number: 表1}]
    key-figures: [{title: 拨款, formula: "收入表[拨款]", format: 万元}]

    """,
    "content/forms/own/income.yaml": """
    id: income
    title: "{year}年收入表"
    unit: 万元
    decimals: 2
    columns: [{id: item, title: 项目}, {id: amount, title: 金额, type: amount}]
    rows: [{id: lines, free: lines}]
    empty: 没有数。
    notes: [注]

    """,
    "Themes/own/404.mustache": """
    {{<layout}}{{$main}}
    <h1>{{title}}</h1>
    {{/main}}{{/layout}}

    """,
    "Themes/own/assets/own.css": "body { color: #000 }\n",
  ]
}
