import Checks
import Content
import Diagnostics
import Files
import Fiscal
import Forms
import Parsing

/// Drafts a form from a CSV file; what it says of the file's figures has been judged by the checks themselves.
///
/// - Returns: The text of the form, or nil with the findings that tell why the file cannot be read.
public func draftForm(of path: String, year: Int?, library: FormLibrary, on disk: Disk) -> (
  text: String?, findings: [Finding]
) {
  var findings: [Finding] = []
  let bytes: [UInt8]
  do throws(DiskError) {
    bytes = try disk.read(path, limit: textLimit)
  } catch {
    return (nil, [Finding("disk", at: Place(file: path), error.message, hint: "写 CSV 文件的路径")])
  }
  guard let source = SourceText.decode(bytes, file: path, findings: &findings),
    let csv = parseCSV(source, findings: &findings)
  else { return (nil, findings) }
  for (number, cell) in csv.header.enumerated() where cell.text.trimmingBlanks.isEmpty {
    findings.append(
      Finding("csv-unknown-column", at: csv.place(of: cell), "第 \(number + 1) 列没有名称", hint: "在表头写上这一列的名称，再起草")
    )
  }
  findings += undeclarable(csv)
  guard findings.blocking.isEmpty else { return (nil, findings) }
  let parts = path.split(separator: "/").map(String.init)
  let stem = (parts.last ?? path).dropLastEnding
  let folderYear = parts.dropLast().last { $0.utf8.count == 4 && (1990...2100).contains(Int($0) ?? 0) }
  var draft = FormDraft(csv, name: stem, year: year ?? folderYear.flatMap { Int($0) }, library: library)
  var steps = 0
  while steps < 64 {
    let faults = judge(draft, on: bytes)
    guard !faults.isEmpty else { break }
    guard draft.giveWay(to: faults) else { return (nil, findings + placed(faults, in: csv)) }
    steps += 1
  }
  return (draft.text, findings)
}

/// What no form can say of a header: columns that only their places tell apart, and the words that stand for years.
private func undeclarable(_ csv: CSVTable) -> [Finding] {
  var findings: [Finding] = []
  var seen: [String: CSVCell] = [:]
  for cell in csv.header where !cell.text.trimmingBlanks.isEmpty {
    let name = normalizedName(cell.text)
    if let first = seen[name] {
      findings.append(
        Finding(
          "csv-duplicate-column", at: csv.place(of: cell), "“\(cell.text)”这一列出现了不止一次，表样分不清是哪一列",
          hint: "改成不同的名称，或写全上级表头，例如 上级/下级，再起草", notes: [.init("前一列", at: csv.place(of: first))]))
    }
    seen[name] = cell
    if cell.text.contains("{year") {
      findings.append(
        Finding(
          "csv-unknown-column", at: csv.place(of: cell), "“\(cell.text)”里的“{year”在表样里代表年度，不能照样用作列名",
          hint: "表头写明年度，如 2025年，再起草：表样会自动逐年换算"))
    }
  }
  return findings
}

/// Findings of a draft at their places in the user's file, each once; those of the draft itself at its beginning.
private func placed(_ findings: [Finding], in csv: CSVTable) -> [Finding] {
  var seen: Set<Finding> = []
  return findings.compactMap { finding in
    var finding = finding
    finding.subject = Subject()
    if finding.place.file.hasSuffix(".csv") {
      finding.place.file = csv.file
    } else {
      finding.place = Place(file: csv.file, line: 1, column: 1, length: 1)
      finding.message = "这张表起草不出能用的表样：" + finding.message
    }
    finding.notes = []
    return seen.insert(finding).inserted ? finding : nil
  }
}

/// What the reader of forms, the binder and every check say of a draft with the table it was made from.
func judge(_ draft: FormDraft, on bytes: [UInt8]) -> [Finding] {
  let form = SourceText(file: "content/forms/draft.yaml", text: draft.text)
  let set = SourceText(
    file: "content/forms/drafted/set.yaml", text: "id: drafted\ntitle: 草稿\nkind: budget\nforms: []\n")
  let library = FormLibrary(own: [form, set])
  var findings = library.findings
  guard findings.blocking.isEmpty else { return findings }
  let year = draft.year ?? 2025
  let folder = "\(year)/budget/"
  let files = [
    ("unit.yaml", Array("name: 单位\n".utf8)),
    (folder + "disclosure.yaml", Array("form-set: drafted\npublished: \(year)-02-01 09:00\n".utf8)),
    (folder + draft.name + ".csv", bytes),
  ]
  let parsed = parse(
    UnitFiles(
      slug: "unit", folder: "content/unit",
      files: files.map { UnitFiles.File(path: $0.0, bytes: $0.1, size: $0.1.count) }), findings: &findings)
  guard let unit = bind(parsed, to: library, findings: &findings) else { return findings }
  findings += check(unit.disclosures, with: library.facts)
  // No form changes the words of a table.
  let ofWords = Set(Check.ofWords.map(\.id))
  return findings.filter { $0.severity > .info && !ofWords.contains($0.id) }
}

extension String {
  /// A file's name without its ending.
  fileprivate var dropLastEnding: String {
    lastIndex(of: ".").map { $0 == startIndex ? self : String(self[..<$0]) } ?? self
  }
}
