import Archive
import Content
import Diagnostics
import Files

/// Holds the content of archived disclosures against their bags: what is published may not change in silence.
struct ArchivedContent {
  let archived: ArchivedYears
  let reader: Reader

  /// The findings of a unit: of archived disclosures not those of the checks, which were settled on the day of
  /// archiving, but what differs from the bag.
  func judge(_ unit: BoundUnit, _ files: UnitFiles, _ findings: [Finding]) -> [Finding] {
    let disclosures = unit.disclosures.filter(archived.holds)
    guard !disclosures.isEmpty else { return findings }
    let kept = findings.filter { finding in
      !disclosures.contains { disclosure in
        (disclosure.year == finding.subject.year && disclosure.kind.id == finding.subject.kind)
          || finding.place.file.hasPrefix(disclosure.folder + "/")
      }
    }
    return kept + disclosures.flatMap { differences(of: $0, files) }
  }

  private func differences(of disclosure: Disclosure, _ files: UnitFiles) -> [Finding] {
    guard let entry = archived.entries[disclosure.unit.slug]?[disclosure.key] else { return [] }
    let prefix = disclosure.key + "/"
    var left = entry.sources
    var changed: [String] = []
    var findings: [Finding] = []
    for file in files.files where file.path.hasPrefix(prefix) {
      let name = String(file.path.dropFirst(prefix.count))
      let old = left.removeValue(forKey: name)
      guard let old else {
        // A file that no page uses is reported as such elsewhere.
        findings.append(finding(disclosure, entry, Path.join(files.folder, file.path), "封存之后新加的文件“\(name)”"))
        continue
      }
      if digest(of: file, in: files) != old { changed.append(name) }
    }
    for name in left.keys.sorted(by: Path.precedes) {
      findings.append(finding(disclosure, entry, disclosure.folder, "封存时有的文件“\(name)”不见了"))
    }
    guard !changed.isEmpty || !findings.isEmpty else { return [] }
    let figures = figureFindings(disclosure, entry)
    let isTable = { (name: String) in
      name.hasSuffix(".csv") || (name.hasSuffix(".yaml") && name != "disclosure.yaml")
    }
    // A table that only was saved in another way says the same as before.
    let texts = changed.filter { !isTable($0) && !($0 == "disclosure.yaml" && !figures.isEmpty) }
    findings += texts.map { name in
      finding(
        disclosure, entry, Path.join(disclosure.folder, name), "“\(name)”与封存时不同",
        at: firstDifference(name, disclosure, entry))
    }
    return figures + findings
  }

  private func figureFindings(_ disclosure: Disclosure, _ entry: ArchivedYears.Entry) -> [Finding] {
    let old = archived.boundUnit(disclosure.unit.slug, in: entry.bag)?.disclosures.first {
      $0.key == disclosure.key
    }
    guard let old else { return [] }
    return disclosure.differences(from: old).map { difference in
      var found = finding(
        disclosure, entry, difference.place.file, disclosure.unit.name + words(for: difference))
      found.place = difference.place
      found.subject.table = difference.table
      found.subject.row = difference.row
      found.subject.column = difference.column
      return found
    }
  }

  private func words(for difference: FigureDifference) -> String {
    guard let row = difference.row else {
      return difference.new == nil
        ? "“\(difference.table)”：封存时有这张表，现在没有或读不出" : "“\(difference.table)”：封存时没有这张表"
    }
    let cell = [row, difference.column].compactMap(\.self).joined(separator: "、")
    let before = difference.old.map { "是“\($0)”" } ?? "没有这一格"
    let after = difference.new.map { "是“\($0)”" } ?? "没有这一格"
    return "“\(difference.table)”\(cell)：封存时\(before)，现在\(after)"
  }

  /// The line on which a text first differs.
  private func firstDifference(_ name: String, _ disclosure: Disclosure, _ entry: ArchivedYears.Entry) -> Int
  {
    guard name.hasSuffix(".md") || name.hasSuffix(".yaml"),
      let new = try? reader.readAttachment(Path.join(disclosure.folder, name)),
      let old = try? entry.bag.read(
        Path.join(Payload.source, "content", disclosure.unit.slug, disclosure.key, name))
    else { return 0 }
    var line = 1
    for (left, right) in zip(old, new) {
      if left != right { return line }
      if left == 0x0A { line += 1 }
    }
    return line
  }

  private func digest(of file: UnitFiles.File, in files: UnitFiles) -> String? {
    let isText = [".yaml", ".csv", ".md"].contains { file.path.hasSuffix($0) }
    guard let bytes = isText ? file.bytes : try? reader.readAttachment(Path.join(files.folder, file.path))
    else { return nil }
    return try? sha512(bytes)
  }

  private func finding(
    _ disclosure: Disclosure, _ entry: ArchivedYears.Entry, _ file: String, _ message: String,
    at line: Int = 0
  ) -> Finding {
    Finding(
      "archived-content-changed",
      at: Place(file: file, line: line, column: line > 0 ? 1 : 0, length: line > 0 ? 1 : 0), message,
      hint: "已公开并封存的内容不能悄悄改动：恢复原文；要更正，另发更正说明", notes: [.init("封存在这里", at: Place(file: entry.bag.folder))],
      subject: disclosure.subject)
  }
}
